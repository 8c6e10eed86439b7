"""Tables of counts or probabilities: CSV and TSV files and standard input, one outcome a row; every cell is taken exactly."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TextIO

from symkl.errors import DomainError, ParseError
from symkl.exact.compressed import opened, plain_name
from symkl.exact.headers import comment_lines, delimiter_of, has_header, is_position

__all__ = ["Column", "Table", "is_table", "no_table", "read_table"]

SUFFIXES = (".csv", ".tsv", ".parquet", ".pq")
MAX_CELL = 4_000
MAX_EXPONENT = 4_000
_NUMBER = re.compile(r"\s*([+-]?)((?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?)(?:/(\d+))?\s*", re.ASCII)


@dataclass(frozen=True)
class Column:
    """The values of one column, its name, and the labels of its rows (None where the table has none)."""

    name: str
    values: list[Fraction]
    labels: list[str] | None
    source: str

    def masses(self, normalise: bool = False) -> list[Fraction]:
        """The probabilities: the values if they sum to one, the relative frequencies if they are whole counts, or with `normalise`."""
        total = sum(self.values, Fraction(0))
        if total == 1:
            return self.values
        if not total:
            raise DomainError(f"{self.source}: column {self.name} sums to 0, so it gives no law")
        if normalise or all(value.denominator == 1 for value in self.values):
            return [value / total for value in self.values]
        shown = float(total) if total.denominator > 10**6 else total
        raise DomainError(f"{self.source}: column {self.name} sums to {shown}; probabilities sum to 1, and counts are whole numbers; to divide by the sum, --normalise")


@dataclass(frozen=True)
class Table:
    """The columns that were asked for, in that order."""

    columns: tuple[Column, ...]


def is_table(text: str) -> bool:
    """Whether an argument names a table rather than a law: a path that ends in .csv, .tsv (perhaps compressed, .csv.gz) or .parquet, or - for standard input.

    >>> is_table("counts.csv"), is_table("Normal(0, 1)")
    (True, False)
    """
    return text == "-" or plain_name(text).endswith(SUFFIXES)


@contextmanager
def no_table(text: str) -> Iterator[None]:
    """Where a text is read that is no table: one that cannot be read and is the name of a file gets a word on that."""
    try:
        yield
    except ParseError:
        try:
            is_file = Path(text).is_file()
        except (OSError, ValueError):
            is_file = False
        if is_file:
            raise ParseError(f"{text} is a file, and the name of a table ends in .csv, .tsv or .parquet; or give it as -, on standard input") from None
        raise


def read_table(source: str, columns: tuple[str, ...] = ()) -> Table:
    """The named columns of a table, or all numeric ones. A column is named by its header or by its number, from 1.

    Lines with # in front are skipped at the beginning; what a header is, `has_header` says. A first column that is not asked for and holds texts gives the labels.
    Letters, NaN, infinities and negative numbers are a `ParseError` or `DomainError` that names file, line and column.
    """
    name = "standard input" if source == "-" else source
    if source.lower().endswith((".parquet", ".pq")):
        raise DomainError(f"{name}: Parquet files are read by symkl eval only")
    with _opened(source) as stream:
        rows = _rows(stream, name, source)
        first = next(rows, None)
        if first is None:
            raise DomainError(f"{name}: the file is empty")
        second = next(rows, None)
        reader = _Reader(name, first[1], columns, second[1] if second else None)
        if not reader.has_header:
            reader.add(*first)
        if second is not None:
            reader.add(*second)
        for line, cells in rows:
            reader.add(line, cells)
    return reader.table()


@contextmanager
def _opened(source: str) -> Iterator[TextIO]:
    if source == "-":
        yield sys.stdin
        return
    with opened(source) as binary, TextIOWrapper(binary, encoding="utf-8-sig", newline="") as stream:
        yield stream


def _rows(stream: TextIO, name: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with their line numbers."""
    line = 0
    try:
        head = [stream.readline()]
        while head[-1] and (head[-1].startswith("#") or not head[-1].strip()):
            head.append(stream.readline())
        comments = comment_lines(head)
        delimiter = "\t" if plain_name(source).endswith(".tsv") else delimiter_of(head[comments])

        reader = csv.reader(chain(head[comments:], stream), delimiter=delimiter, strict=True)
        for cells in reader:
            line = comments + reader.line_num
            if any("\0" in cell for cell in cells):
                raise ParseError(f"{name}: line {line} holds a NUL byte, so this is no text")
            if any(cell.strip() for cell in cells):
                yield line, cells
    except UnicodeDecodeError:
        raise ParseError(f"{name}: line {line + 1} is not UTF-8 text") from None
    except csv.Error as error:
        raise ParseError(f"{name}: line {line + 1}: {error}") from None


class _Reader:
    def __init__(self, name: str, first: list[str], wanted: tuple[str, ...], second: list[str] | None = None) -> None:
        self.name = name
        self.first = [cell.strip() for cell in first]
        self.has_header = has_header(name, self.first, second and [cell.strip() for cell in second], wanted)
        self.label_index: int | None = None
        self.indices = [self.index(column) for column in wanted]
        self.values: list[list[Fraction]] = []
        self.labels: list[str] = []
        self.lines: dict[str, int] = {}

    def index(self, column: str) -> int:
        """Where a column stands, by header or by number from 1."""
        if self.has_header and column in self.first:
            if self.first.count(column) > 1:
                raise DomainError(f"{self.name}: two columns are called {column!r}; name it by its number")
            return self.first.index(column)
        if is_position(column, len(self.first)):
            return int(column) - 1
        known = f"its columns are {', '.join(self.first)}" if self.has_header else f"it has {len(self.first)} columns and no header"
        raise DomainError(f"{self.name}: there is no column {column!r}; {known}")

    def title(self, index: int) -> str:
        return self.first[index] if self.has_header else str(index + 1)

    def add(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self.first):
            raise ParseError(f"{self.name}: line {line} has {len(cells)} columns, not {len(self.first)}")
        if not self.values:
            self.choose(cells)
        for values, index in zip(self.values, self.indices):
            values.append(self.number(cells[index], line, index))
        if self.label_index is not None:
            self.label(cells[self.label_index].strip(), line)

    def choose(self, cells: list[str]) -> None:
        """Without --columns: every column whose first cell is a number; a first column of texts gives labels in any case."""
        if not self.indices:
            self.indices = [i for i, cell in enumerate(cells) if i > 0 or _NUMBER.fullmatch(cell)]
        self.values = [[] for _ in self.indices]
        if 0 not in self.indices and not _NUMBER.fullmatch(cells[0]):
            self.label_index = 0

    def number(self, cell: str, line: int, index: int) -> Fraction:
        where = f"{self.name}: line {line}, column {self.title(index)}"
        match = _NUMBER.fullmatch(cell)
        if match is None:
            shown = cell.strip() if len(cell) <= 40 else cell.strip()[:40] + "…"
            raise ParseError(f"{where}: {shown!r} is not a number" if shown else f"{where}: the cell is empty")
        if len(cell) > MAX_CELL or abs(int(match[3] or 0)) > MAX_EXPONENT:
            raise ParseError(f"{where}: the number is too long")
        if match[1] == "-" and Fraction(match[2]):
            raise DomainError(f"{where}: {cell.strip()} is negative")
        if match[4] is not None and not int(match[4]):
            raise DomainError(f"{where}: {cell.strip()} divides by zero")
        value = int(match[2]) if match[2].isdigit() else Fraction(match[2])
        return Fraction(value, int(match[4] or 1))

    def label(self, label: str, line: int) -> None:
        if label in self.lines:
            raise DomainError(f"{self.name}: line {line}, column {self.title(0)}: the outcome {label!r} stands on line {self.lines[label]} already")
        self.lines[label] = line
        self.labels.append(label)

    def table(self) -> Table:
        if not self.values or not self.values[0]:
            raise DomainError(f"{self.name}: the file holds no numbers")
        labels = self.labels if self.label_index is not None else None
        return Table(tuple(Column(self.title(i), values, labels, self.name) for i, values in zip(self.indices, self.values)))
