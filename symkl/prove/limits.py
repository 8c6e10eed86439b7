"""Limits of computing time: for what asks now and then whether it is over, and, in a child process, for what may run away."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from time import process_time
from typing import Any, TypeVar

__all__ = ["SECONDS", "TimeUp", "ask_time", "in_time", "limited"]

#: Of computing, not by the clock, so that an answer does not hang on what else the machine does; by the clock, WAITING times this.
SECONDS = 30
WAITING = 4
T = TypeVar("T")


class TimeUp(Exception):
    """The computation was ended before it was done."""


_END: ContextVar[float] = ContextVar("when the time is up", default=float("inf"))


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """So long may what is done here compute; it asks with `ask_time`, which raises `TimeUp` when the time is up."""
    before = _END.set(min(_END.get(), process_time() + seconds))
    try:
        yield
    finally:
        _END.reset(before)


def ask_time() -> None:
    """Raise `TimeUp` if the time of the innermost `limited` is up."""
    if process_time() > _END.get():
        raise TimeUp


def in_time(compute: Callable[[], T], seconds: float = SECONDS) -> T:
    """What `compute` returns or raises; `TimeUp` after `seconds` of it. Where no child can be forked, beside other threads too, there is no limit."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return compute()
    reader, writer = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _answer(compute, writer, seconds)
    os.close(writer)
    try:
        data = _read(reader, seconds * WAITING)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not data:
        raise TimeUp
    good, found = pickle.loads(data)
    if not good:
        raise found
    answer: T = found
    return answer


def _answer(compute: Callable[[], Any], writer: int, seconds: float) -> None:
    """In the child: write the answer and end, whatever happens."""
    try:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(seconds * WAITING) + 1)  # should nobody be left to watch the time
        try:
            answer: tuple[bool, Any] = True, compute()
        except Exception as error:  # noqa: BLE001
            answer = False, error
        with os.fdopen(writer, "wb") as stream:
            stream.write(pickle.dumps(answer))
    finally:
        os._exit(0)


def _read(reader: int, seconds: float) -> bytes:
    """All that is written, or nothing if that is not begun in time."""
    found = []
    while select.select([reader], [], [], seconds)[0] and (part := os.read(reader, 1 << 16)):
        found.append(part)
    return b"".join(found)
