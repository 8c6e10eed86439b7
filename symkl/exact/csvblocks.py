"""CSV files in blocks of whole rows, each counted on its own, wherever; errors name file, line and column."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import BinaryIO

from symkl.errors import DomainError, ParseError, SymklError
from symkl.exact.accumulate import CountedPairs
from symkl.exact.cells import exact_cell
from symkl.exact.headers import DELIMITERS, comment_lines, delimiter_of, has_header, is_number, is_position

__all__ = ["Block", "Part", "TableReader", "blocks_of", "broken_cell", "count_block", "digest_of"]

BLOCK_BYTES = 1 << 21
#: Two columns of whole numbers and nothing else.
PLAIN = {d: re.compile(rf"(?:[0-9]++{re.escape(d)}[0-9]++\n)*+") for d in DELIMITERS}
Number = int | Fraction


@dataclass
class Part:
    """What a piece of work found."""

    pairs: CountedPairs
    size: int = 0
    #: A short digest of each outcome's name, and the line it stands on.
    digests: list[tuple[bytes, int]] = field(default_factory=list)
    name: str = ""
    title: str = ""
    #: What the numbers beside the digests count.
    unit: str = "line"

    def duplicate(self, digest: bytes, line: int) -> SymklError:
        return DomainError(f"{self.name}: {self.unit} {line}, column {self.title}: the outcome stands on an earlier {self.unit} already")


@dataclass(frozen=True)
class Layout:
    """Which columns are counted, as positions; `label` is that of the outcomes' names, if any."""

    name: str
    titles: tuple[str, ...]
    delimiter: str
    first: int
    second: int
    label: int | None


@dataclass(frozen=True)
class Block:
    """Whole rows as text, the number of the first line, and how to read them."""

    layout: Layout
    line: int
    text: str
    size: int


class TableReader:
    """Finds header, delimiter and columns from the first rows of a file."""

    def __init__(self, name: str, columns: tuple[str, ...]) -> None:
        self.name, self.columns = name, columns
        self.titles = "the first column", "the second column"

    def layout(self, rows: list[list[str]], delimiter: str, lines: tuple[int, int] = (1, 2)) -> tuple[Layout, bool]:
        """(layout, whether the first row is a header), from the first one or two rows that are not blank, and the lines that they stand on."""
        first = rows[0]
        header = has_header(self.name, first, rows[1] if len(rows) > 1 else None, self.columns)
        # A row of another length is named when it is read.
        sample = (rows[-1] + [""] * len(first))[: len(first)] if header else first
        if header and len(rows) < 2:
            raise DomainError(f"{self.name}: the file holds a header and no numbers")
        chosen = [self._index(first, column, header) for column in self.columns]
        if not chosen:
            chosen = [i for i, cell in enumerate(sample) if i > 0 or is_number(cell)]
        if len(chosen) == 1 and len(first) == 2 and not self.columns:
            # Two columns of which the first holds no number: these are no labels, because then the counts of Q are missing.
            line = lines[header]
            raise DomainError(f"{self.name}: line {line}, column {first[0] if header else 1}: {sample[0].strip()!r} is not a number")
        if len(chosen) != 2:
            raise DomainError(f"{self.name}: two columns of counts are needed, not {len(chosen)}; its columns are {', '.join(first)}")
        label = 0 if 0 not in chosen and sample and not is_number(sample[0]) else None
        titles = tuple(first if header else (str(i + 1) for i in range(len(first))))
        if not self.columns and titles[chosen[0]] == titles[chosen[1]]:
            raise self._twice(titles[chosen[0]])
        self.titles = f"column {titles[chosen[0]]}", f"column {titles[chosen[1]]}"
        return Layout(self.name, titles, delimiter, chosen[0], chosen[1], label), header

    def _twice(self, column: str) -> DomainError:
        return DomainError(f"{self.name}: two columns are called {column!r}; name it by its number")

    def _index(self, first: list[str], column: str, header: bool) -> int:
        if header and column in first:
            if first.count(column) > 1:
                raise self._twice(column)
            return first.index(column)
        if is_position(column, len(first)):
            return int(column) - 1
        known = f"its columns are {', '.join(first)}" if header else f"it has {len(first)} columns and no header"
        raise DomainError(f"{self.name}: there is no column {column!r}; {known}")


def blocks_of(opened: Callable[[], BinaryIO], reader: TableReader) -> Iterator[Block]:
    """Blocks of whole rows, of a few megabytes each; a quoted cell may hold line breaks."""
    with opened() as stream:
        layout: Layout | None = None
        rest, line = b"", 1
        while True:
            data = stream.read(BLOCK_BYTES)
            whole, rest = _split(rest + data, last=not data)
            if layout is None and data and not _reaches(whole):
                # Comments and a header alone do not tell the columns apart.
                rest = whole + rest
                continue
            if whole:
                text = _decoded(reader.name, whole, line)
                if layout is None:
                    layout, used = _start(reader, text)
                    line, text = line + text[:used].count("\n"), text[used:]
                if text.strip():
                    yield Block(layout, line, text, len(whole))
                line += text.count("\n")
            if not data:
                break
        if layout is None:
            raise DomainError(f"{reader.name}: the file is empty")


def _reaches(data: bytes) -> bool:
    """Whether two rows follow the comments."""
    return sum(1 for line in data.splitlines()[:10_000] if line.strip() and not line.startswith(b"#")) > 1


def _split(data: bytes, last: bool) -> tuple[bytes, bytes]:
    """(whole rows, what is left): cut after a line break with as many quotes before it as closes them."""
    if last:
        return data, b""
    end = cut = data.rfind(b"\n") + 1
    odd = data.count(b'"', 0, cut) % 2
    while cut and odd:
        before = data.rfind(b"\n", 0, cut - 1) + 1
        odd ^= data.count(b'"', before, cut) % 2
        cut = before
    # No cell is that long: a quote that is no quotation mark, or one that is never closed, which reading the rows tells.
    if not cut and len(data) > 2 * BLOCK_BYTES:
        cut = end
    return data[:cut], data[cut:]


def _decoded(name: str, data: bytes, line: int) -> str:
    try:
        text = data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(f"{name}: line {line + data[: error.start].count(10)} is not UTF-8 text") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _start(reader: TableReader, text: str) -> tuple[Layout, int]:
    """The layout, and how many characters the header takes with the comments and blank lines before it."""
    skipped = _comments(text)
    before = sum(len(line) for line in islice(io.StringIO(text), skipped))
    text = text[before:]
    stripped = text.lstrip("\n")
    if not stripped.strip():
        raise DomainError(f"{reader.name}: the file is empty")
    delimiter = delimiter_of(stripped[: stripped.find("\n")])
    rows: list[list[str]] = []
    ends: list[int] = []
    parser = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        for cells in parser:
            if any(cell.strip() for cell in cells):
                rows.append([cell.strip() for cell in cells])
                ends.append(parser.line_num)
                if len(rows) == 2:
                    break
    except csv.Error as error:
        titles = rows[0] if rows and not any(map(is_number, rows[0])) else []
        raise ParseError(f"{reader.name}: {broken_cell(text, delimiter, ends[-1] if ends else 0, titles, 1 + skipped, str(error))}") from None
    layout, header = reader.layout(rows, delimiter, (skipped + ends[0], skipped + ends[-1]))
    return layout, before + (sum(len(line) for line in islice(io.StringIO(text), ends[0])) if header else 0)


def _comments(text: str) -> int:
    """How many lines at the beginning are comments."""
    lines: list[str] = []
    for line in io.StringIO(text):
        lines.append(line)
        if line.strip() and not line.startswith("#"):
            break
    return comment_lines(lines)


def count_block(block: Block, pairs: CountedPairs | None = None) -> Part:
    """The counts of one block of rows, added to `pairs`: whole numbers by the fast way, anything else row by row."""
    layout = block.layout
    columns = _whole_numbers(block)
    digests: list[tuple[bytes, int]] = []
    if columns is None:
        left, right, digests = _row_by_row(block)
    else:
        left, right = columns
    total = CountedPairs() if pairs is None else pairs
    return Part(total.extend_columns(left, right), block.size, digests, layout.name, layout.titles[layout.label or 0])


def _whole_numbers(block: Block) -> tuple[list[Number], list[Number]] | None:
    """Both columns if the block is two columns of plain non-negative integers; else None."""
    layout = block.layout
    if layout.label is not None or len(layout.titles) != 2:
        return None
    text = block.text if block.text.endswith("\n") else block.text + "\n"
    if not PLAIN[layout.delimiter].fullmatch(text):
        return None
    cells = text.replace("\n", layout.delimiter).split(layout.delimiter)
    try:
        left: list[Number] = list(map(int, cells[0:-1:2]))
        right: list[Number] = list(map(int, cells[1::2]))
    except ValueError:
        # More digits than Python reads at once: the careful way says so.
        return None
    return (left, right) if (layout.first, layout.second) == (0, 1) else (right, left)


def _row_by_row(block: Block) -> tuple[list[Number], list[Number], list[tuple[bytes, int]]]:
    layout = block.layout
    left: list[Number] = []
    right: list[Number] = []
    digests: list[tuple[bytes, int]] = []
    seen: dict[str, int] = {}
    reader = csv.reader(io.StringIO(block.text), delimiter=layout.delimiter, strict=True)
    width, read = len(layout.titles), 0
    try:
        for cells in reader:
            line = block.line + reader.line_num - 1
            if not any(cell.strip() for cell in cells):
                read = reader.line_num
                continue
            if len(cells) != width:
                raise ParseError(_misfit(layout, line, len(cells)))
            left.append(_number(layout, cells, layout.first, line))
            right.append(_number(layout, cells, layout.second, line))
            if layout.label is not None:
                label = cells[layout.label].strip()
                if label in seen:
                    where = f"{layout.name}: line {line}, column {layout.titles[layout.label]}"
                    raise DomainError(f"{where}: the outcome {label!r} stands on line {seen[label]} already")
                seen[label] = line
                digests.append((digest_of(label), line))
            read = reader.line_num
    except csv.Error as error:
        raise ParseError(f"{layout.name}: {broken_cell(block.text, layout.delimiter, read, layout.titles, block.line, str(error))}") from None
    return left, right, digests


def broken_cell(text: str, delimiter: str, read: int, titles: Sequence[str], line: int, error: str) -> str:
    """Line and column of the cell that cannot be read, in the row that follows `read` lines of the text, and what is wrong with it."""
    row = "".join(islice(io.StringIO(text), read, None))
    good = re.compile(rf'(?:"(?:[^"]|"")*+"|(?!")[^{re.escape(delimiter)}\n]*+)(?=[{re.escape(delimiter)}\n]|\Z)')
    place, index = 0, 0
    while (cell := good.match(row, place)) and cell.end() < len(row) and row[cell.end()] == delimiter:
        place, index = cell.end() + 1, index + 1
    if cell is None:
        closed = re.compile(r'"(?:[^"]|"")*+"').match(row, place)
        error = "there is text after the closing quote" if closed else "the quote is not closed"
    title = titles[index] if index < len(titles) else index + 1
    return f"line {line + read + row.count(chr(10), 0, place)}, column {title}: {error}"


def digest_of(label: str) -> bytes:
    """Eight bytes that stand for an outcome's name."""
    return hashlib.blake2b(label.encode(), digest_size=8).digest()


def _misfit(layout: Layout, line: int, count: int) -> str:
    """What to say of a row that is too short or too long, with the first column that is missing or too many."""
    place = f"column {layout.titles[count]} is missing" if count < len(layout.titles) else f"column {len(layout.titles) + 1} is one too many"
    return f"{layout.name}: line {line} has {count} column{'s' * (count != 1)}, not {len(layout.titles)}: {place}"


def _number(layout: Layout, cells: list[str], index: int, line: int) -> Number:
    try:
        return exact_cell(cells[index])
    except ValueError as error:
        kind = DomainError if "negative" in str(error) else ParseError
        raise kind(f"{layout.name}: line {line}, column {layout.titles[index]}: {error}") from None
