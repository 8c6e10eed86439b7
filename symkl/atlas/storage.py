"""Files that are either whole or not there, and say themselves whether they are unharmed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from symkl.errors import DomainError

__all__ = ["canonical", "locked", "read_sealed", "sealed", "write_whole"]

SEAL = "sha256"
TEMPORARY = ".tmp"


def canonical(data: Any) -> str:
    """JSON that is the same for the same data: keys in order, no NaN; for people too, so indented.

    >>> canonical({"b": 1, "a": "σ"})
    '{\\n  "a": "σ",\\n  "b": 1\\n}\\n'
    """
    return json.dumps(data, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def sealed(record: dict[str, Any]) -> str:
    """The text of a record with the hash of its content inside."""
    body = {key: value for key, value in record.items() if key != SEAL}
    return canonical(body | {SEAL: _hash(body)})


def _hash(body: dict[str, Any]) -> str:
    return sha256(canonical(body).encode()).hexdigest()


def read_sealed(path: Path) -> dict[str, Any] | None:
    """The record in the file; None where there is none, or it is not as it was written."""
    try:
        text = path.read_text(encoding="utf-8")
        record = json.loads(text)
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(record, dict) or SEAL not in record:
        return None
    return record if sealed(record) == text else None


def write_whole(path: Path, text: str) -> None:
    """Write the file so that a reader, or a run after a crash at any moment, finds the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder for one writer at a time; what a killed writer left half-written is removed.

    The lock is the system's and ends with the process, so that a kill leaves nothing behind that must be cleared by hand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = _lock(folder)
    try:
        for left in folder.glob(f"**/.*{TEMPORARY}"):
            left.unlink()
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # where the system has no such locks, the user must see to it
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise DomainError(f"{folder}: another run is writing this atlas") from None
    return handle
