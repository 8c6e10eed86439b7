"""Counts of any number of outcomes in one pass and bounded memory: CSV files, Parquet files, iterables, chunks over any executor."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from symkl.errors import DomainError
from symkl.exact.accumulate import CountedPairs
from symkl.exact.cells import exact_count
from symkl.exact.compressed import is_compressed, opened
from symkl.exact.csvblocks import Part, TableReader, blocks_of, count_block
from symkl.exact.parquet import ParquetReader, count_columns

__all__ = ["Tally", "counted"]

#: Called with the rows and the bytes counted so far; the bytes of the whole come as third argument where they are known.
Progress = Callable[[int, int, "int | None"], None]
# Pairs taken from an iterable for each piece of work.
CHUNK = 1 << 16
# Pieces of work that wait at any time, for each worker.
AHEAD = 3


@dataclass
class Tally:
    """The counts so far, and the outcomes seen where they are named."""

    pairs: CountedPairs = field(default_factory=CountedPairs)
    labels: set[bytes] = field(default_factory=set)

    def add(self, part: Part) -> None:
        if part.pairs is not self.pairs:
            self.pairs.merge(part.pairs)
        for digest, line in part.digests:
            if digest in self.labels:
                raise part.duplicate(digest, line)
            self.labels.add(digest)


def counted(source: Any, columns: tuple[str, ...] = (), executor: Any = None, progress: Progress | None = None, *, normalise: bool = False) -> CountedPairs:
    """The counts of P and Q of a CSV file, a Parquet file, standard input ("-") or an iterable of pairs (n, m).

    A file has one outcome a row; `columns` names two of its columns by header or number, the first two numeric ones unless
    given. Probabilities of a file sum to exactly one; with `normalise` the numbers, of whatever sum, are divided by it. Work goes in chunks through `executor`, any `concurrent.futures.Executor` or a Dask client, in bounded memory; the
    result does not depend on it. What is no exact non-negative number is an error that names file, line and column.

    >>> counted([(7, 1), (3, 1)]).kl()
    7*log(7)/10 + 3*log(3)/10 - log(5)
    """
    work = _works(source, columns)
    tally, done = Tally(), 0
    for part in _parts(work, tally.pairs, _executor(executor)):
        tally.add(part)
        done += part.size
        if progress is not None:
            progress(tally.pairs.rows, done, work.size)
    if not tally.pairs.rows:
        raise DomainError(f"{work.name}: there are no counts")
    work.check(tally.pairs, normalise)
    return tally.pairs


@dataclass
class _Work:
    """Pieces of work in order, a function that does one, and a name for messages."""

    name: str
    pieces: Iterable[Any]
    function: Callable[..., Part]
    size: int | None = None
    #: Whether sums that are not whole must be 1: so for files, where a stray decimal is more likely a mistake.
    strict: bool = True
    #: How the two columns are called, known when the first rows are read.
    titles: Callable[[], tuple[str, str]] = lambda: ("the first column", "the second column")

    def check(self, pairs: CountedPairs, normalise: bool) -> None:
        """Whole counts of any sum, or probabilities that sum to exactly one."""
        first, second = self.titles()
        for side, total, numbers in ((first, pairs.total_p, pairs.occurrences), (second, pairs.total_q, pairs.weights)):
            if self.strict and not total:
                raise DomainError(f"{self.name}: {side} sums to 0, so it gives no law")
            whole = all(isinstance(n, int) for n in numbers) and isinstance(total, int)
            if self.strict and not whole and total != 1 and not normalise:
                raise DomainError(
                    f"{self.name}: {side} sums to {_shown(total)}; probabilities sum to 1, and counts are whole numbers; "
                    "to divide by the sum, --normalise (in Python normalise=True)"
                )


def _shown(total: int | Fraction) -> str:
    return str(total) if Fraction(total).denominator < 10**6 else repr(float(total))


def _works(source: Any, columns: tuple[str, ...]) -> _Work:
    if isinstance(source, (str, Path)):
        path = str(source)
        if path.lower().endswith((".parquet", ".pq")):
            reader = ParquetReader(path, columns)
            return _Work(path, reader.pieces(), count_columns, titles=lambda: reader.titles)
        return _csv_file(path, columns)
    if hasattr(source, "read"):
        return _csv(getattr(source, "name", "the stream"), columns, lambda: source)
    return _Work("the iterable", _chunks(source), _count_pairs, strict=False)


def _csv_file(path: str, columns: tuple[str, ...]) -> _Work:
    if path == "-":
        return _csv("standard input", columns, lambda: sys.stdin.buffer)
    try:
        size = Path(path).stat().st_size
    except OSError as error:
        raise DomainError(f"{path}: {error.strerror}") from None
    # How much a compressed file holds is not known before it is read.
    return _csv(path, columns, lambda: opened(path), None if is_compressed(path) else size)


def _csv(name: str, columns: tuple[str, ...], opened: Callable[[], BinaryIO], size: int | None = None) -> _Work:
    reader = TableReader(name, columns)
    return _Work(name, blocks_of(opened, reader), count_block, size, titles=lambda: reader.titles)


def _chunks(pairs: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(pairs)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _count_pairs(chunk: list[Any], pairs: CountedPairs | None = None) -> Part:
    left, right = [exact_count(n) for n, _ in chunk], [exact_count(m) for _, m in chunk]
    return Part((CountedPairs() if pairs is None else pairs).extend_columns(left, right))


def _executor(executor: Any) -> Executor | None:
    """A Dask client gives its own executor; everything else is taken as one."""
    return executor.get_executor() if hasattr(executor, "get_executor") else executor


def _parts(work: _Work, pairs: CountedPairs, executor: Executor | None) -> Iterator[Part]:
    """The results in order; a piece whose worker died is done here, so nothing is lost and nothing counted twice.

    Without an executor each piece is added to `pairs` at once.
    """
    if executor is None:
        for piece in work.pieces:
            yield work.function(piece, pairs)
        return
    waiting: deque[tuple[Any, Future[Part]]] = deque()
    limit = AHEAD * max(1, getattr(executor, "_max_workers", 4))
    for piece in work.pieces:
        waiting.append((piece, _submitted(executor, work.function, piece)))
        if len(waiting) >= limit:
            yield _result(work, *waiting.popleft())
    while waiting:
        yield _result(work, *waiting.popleft())


def _submitted(executor: Executor, function: Callable[..., Part], piece: Any) -> Future[Part]:
    try:
        return executor.submit(function, piece)
    except BrokenProcessPool as broken:
        failed: Future[Part] = Future()
        failed.set_exception(broken)
        return failed


def _result(work: _Work, piece: Any, future: Future[Part]) -> Part:
    try:
        return future.result()
    except BrokenProcessPool:
        return work.function(piece)
