"""Parquet files in batches of rows, each counted on its own, wherever; errors name file, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symkl.errors import DomainError
from symkl.exact.accumulate import CountedPairs
from symkl.exact.cells import exact_count
from symkl.exact.csvblocks import Part, digest_of

__all__ = ["Batch", "ParquetReader", "count_columns"]

#: Rows for each piece of work.
ROWS = 1 << 16


@dataclass(frozen=True)
class Batch:
    """Rows from the given one on: two named columns, and the outcomes' names if there are any."""

    path: str
    row: int
    first: tuple[str, list[Any]]
    second: tuple[str, list[Any]]
    labels: tuple[str, list[Any]] | None


class ParquetReader:
    """Finds the two columns, those that are asked for or the first two of numbers; a first column of texts names the outcomes."""

    def __init__(self, path: str, columns: tuple[str, ...]) -> None:
        self.path, self.columns = path, columns
        self.titles = "the first column", "the second column"

    def pieces(self) -> Iterator[Batch]:
        try:
            from pyarrow import ArrowInvalid, parquet
        except ImportError:
            raise DomainError(f"{self.path}: reading Parquet needs pyarrow, which is not installed") from None
        try:
            table = parquet.ParquetFile(self.path)
        except OSError as error:
            raise DomainError(f"{self.path}: {error.strerror or str(error).splitlines()[0]}") from None
        except ArrowInvalid as error:
            raise DomainError(f"{self.path}: {str(error).splitlines()[0]}") from None
        first, second, label = self._chosen(table.schema_arrow)
        self.titles = f"column {first}", f"column {second}"
        row = 1
        wanted = dict.fromkeys(name for name in (first, second, label) if name is not None)
        try:
            for batch in table.iter_batches(batch_size=ROWS, columns=list(wanted)):
                values = {name: batch.column(name).to_pylist() for name in wanted}
                yield Batch(self.path, row, (first, values[first]), (second, values[second]), None if label is None else (label, values[label]))
                row += len(values[first])
        except (OSError, ArrowInvalid) as error:
            raise DomainError(f"{self.path}: from row {row} on: {str(error).splitlines()[0]}") from None

    def _chosen(self, schema: Any) -> tuple[str, str, str | None]:
        names = list(schema.names)
        texts = [name for name in names if str(schema.field(name).type) in ("string", "large_string", "string_view")]
        chosen = [self._named(names, column) for column in self.columns] or [name for name in names if name not in texts]
        if len(chosen) != 2:
            raise DomainError(f"{self.path}: two columns of counts are needed, not {len(chosen)}; its columns are {', '.join(names)}")
        label = names[0] if names[0] in texts and names[0] not in chosen else None
        return chosen[0], chosen[1], label

    def _named(self, names: list[str], column: str) -> str:
        if names.count(column) > 1:
            raise DomainError(f"{self.path}: two columns are called {column!r}")
        if column in names:
            return column
        if column.isascii() and column.isdigit() and 1 <= int(column) <= len(names):
            return names[int(column) - 1]
        raise DomainError(f"{self.path}: there is no column {column!r}; its columns are {', '.join(names)}")


def count_columns(batch: Batch, pairs: CountedPairs | None = None) -> Part:
    """The counts of one batch of rows, added to `pairs`."""
    left, right = ([_cell(batch, i, name, value) for i, value in enumerate(values)] for name, values in (batch.first, batch.second))
    total = CountedPairs() if pairs is None else pairs
    title, labels = batch.labels or ("", [])
    digests = [(digest_of(str(label)), batch.row + i) for i, label in enumerate(labels)]
    return Part(total.extend_columns(left, right), 0, digests, batch.path, title, "row")


def _cell(batch: Batch, index: int, name: str, value: Any) -> int | Fraction:
    try:
        count = None if value is None else exact_count(value)
    except DomainError as error:
        raise DomainError(f"{_place(batch, index, name)}: {error}") from None
    if count is None or count < 0:
        raise DomainError(f"{_place(batch, index, name)}: {'the cell is empty' if count is None else f'{count} is negative'}")
    return count


def _place(batch: Batch, index: int, name: str) -> str:
    return f"{batch.path}: row {batch.row + index}, column {name}"
