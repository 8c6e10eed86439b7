"""Building an atlas: what is not yet finished is settled over an executor, and every result is stored as it comes."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import symkl
from symkl.atlas.index import read_index, write_index
from symkl.atlas.record import CERTIFIABLE, Certification
from symkl.atlas.statements import Statement, statements
from symkl.atlas.storage import locked, read_sealed, sealed, write_whole
from symkl.atlas.task import ask
from symkl.errors import DomainError

__all__ = ["SETTLED", "Atlas", "Row", "build_atlas"]

#: The statuses of a result; anything else is an error.
SETTLED = ("closed", "semi-closed", "infinite")
LIMIT = 60.0


@dataclass(frozen=True)
class Row:
    """What became of a statement. `reason` says what went wrong where `status` is "error"."""

    statement: Statement
    status: str
    kind: str = ""
    check: str = ""
    certificate: str = ""
    reason: str = ""

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def is_refuted(self) -> bool:
        return "refuted" in (self.check, self.certificate)


@dataclass(frozen=True)
class Atlas:
    """The rows in the order of the catalogue, and how long those of this run took in seconds."""

    folder: Path
    measure: str
    rows: tuple[Row, ...]
    seconds: Mapping[Statement, float] = field(default_factory=dict, compare=False)
    elapsed: float = field(default=0.0, compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether every statement is settled."""
        return all(row.is_settled for row in self.rows)

    @property
    def errors(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.is_settled)

    @property
    def refuted(self) -> tuple[Row, ...]:
        """Rows that a check or a certificate contradicts."""
        return tuple(row for row in self.rows if row.is_refuted)

    def counts(self, column: str, status: str | None = None) -> dict[str, int]:
        """How many rows (of one status) have each value of "status", "kind", "check" or "certificate"."""
        found = Counter(getattr(row, column) for row in self.rows if status in (None, row.status))
        return {value: found[value] for value in sorted(found) if value}


def build_atlas(
    out: str | Path = "atlas",
    *,
    measure: str = "kl",
    families: Sequence[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    certify: int | None = None,
    points: int = 3,
    jobs: int | None = None,
    executor: Executor | None = None,
    limit: float = LIMIT,
    fresh: bool = False,
    progress: Callable[[int], Any] | None = None,
) -> Atlas:
    """Settle the measure ("kl" or "entropy") for all families, or those named, and store a file a result under `out`.

    What an earlier run has finished, even one that was killed, is kept (unless `fresh`): a file counts if its content has the hash it
    states, and it is of this version and as much certified as asked. `sample` takes that many statements at random by `seed`, `certify`
    asks for enclosures to that many digits at `points` points. The statements are spread over `jobs` worker processes (one for each
    processor), or over `executor`, any `concurrent.futures.Executor`. A statement that takes more than `limit` seconds, or fails, is an
    error row: it has no file and is tried again by the next run. `progress` makes the progress line from the number of statements to do.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     build_atlas(folder, families=["Exponential"], jobs=1).counts("status")
    {'closed': 1}
    """
    asked = statements(measure, families, sample, seed)
    certification = None if certify is None else Certification(certify, points)
    folder = Path(out)
    start = time.perf_counter()
    with locked(folder):
        rows = {} if fresh else _finished(folder, asked, certification)
        pending = [each for each in asked if each not in rows]
        seconds: dict[Statement, float] = {}
        shown = progress(len(pending)) if progress is not None and pending else None
        try:
            for statement, answer in _answers(pending, certification, limit, jobs, executor):
                rows[statement] = _stored(folder, statement, answer)
                seconds[statement] = answer["seconds"]
                if shown is not None:
                    shown.step(str(statement))
        finally:
            if shown is not None:
                shown.close()
        atlas = Atlas(folder, measure, tuple(rows[each] for each in asked), seconds, time.perf_counter() - start)
        write_index(atlas)
    return atlas


def _finished(folder: Path, asked: Sequence[Statement], certification: Certification | None) -> dict[Statement, Row]:
    index = read_index(folder)
    if index is not None and asked and index.get("measure") != asked[0].measure:
        raise DomainError(f"{folder} holds the atlas of {index.get('measure')}; give another folder to that of {asked[0].measure}")
    found = {}
    for statement in asked:
        record = read_sealed(folder / statement.path)
        if record is not None and _serves(record, statement, certification):
            found[statement] = _row(statement, record)
    return found


def _serves(record: dict[str, Any], statement: Statement, certification: Certification | None) -> bool:
    """Whether the record answers the statement as it is asked now."""
    if record.get("id") != statement.id or record.get("symkl") != symkl.__version__:
        return False
    certificate = record.get("certificate")
    if certification is None or record.get("status") not in CERTIFIABLE:
        return certificate is None
    return certificate is not None and certificate.items() >= certification.data().items()


def _answers(
    pending: Sequence[Statement], certification: Certification | None, limit: float, jobs: int | None, executor: Executor | None
) -> Iterator[tuple[Statement, dict[str, Any]]]:
    """Each statement with its answer, as they come."""
    if not pending:
        return
    with _running(executor, jobs, len(pending)) as pool:
        futures: dict[Future[dict[str, Any]], Statement] = {}
        try:
            for each in pending:
                request = {
                    "measure": each.measure,
                    "families": list(each.families),
                    "certification": certification and certification.data(),
                    "limit": limit,
                }
                futures[pool.submit(ask, request)] = each
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            for future in futures:
                future.cancel()


@contextmanager
def _running(executor: Executor | None, jobs: int | None, most: int) -> Iterator[Executor]:
    """The executor given, or threads of our own: a thread only waits for its worker process."""
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(min(jobs or os.cpu_count() or 1, most)) as own:
        yield own


def _stored(folder: Path, statement: Statement, answer: dict[str, Any]) -> Row:
    if "error" in answer:
        return Row(statement, "error", reason=answer["error"])
    record = answer["record"]
    if record["status"] not in SETTLED:
        return Row(statement, "error", reason=f"the status is {record['status']!r}")
    write_whole(folder / statement.path, sealed(record))
    return _row(statement, record)


def _row(statement: Statement, record: dict[str, Any]) -> Row:
    certificate = record["certificate"]
    return Row(statement, record["status"], record["kind"], record["check"]["status"], "" if certificate is None else certificate["status"])
