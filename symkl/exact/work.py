"""The limit of computing time of an evaluation: looked at wherever balls are computed, so that there is an answer, if only that there is none.

An exception may not pass through Arb's quadrature, which calls back: there it waits until the quadrature has ended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from typing import Any

from symkl.errors import DomainError, Undecided

__all__ = ["SECONDS", "SliceUp", "TimeUp", "checkpoint", "integral", "left", "limited", "reached", "sliced", "without_answer"]

#: Of computing time, for one evaluation.
SECONDS = 60.0
LOG2_OF_10 = 3.3219


class TimeUp(Exception):
    """The limit is passed. Not an `Undecided`, after which another way would be tried."""


class SliceUp(Exception):
    """The time of one way is up; another may be tried."""


@dataclass
class Work:
    """What one evaluation may still take, and how far it came."""

    end: float
    earliest: float
    right_bits: int = -1
    wanted_bits: int = 0
    working_bits: int = 0


_NOW: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def limited(seconds: float | None) -> Iterator[Work | None]:
    """A block with a limit of computing time of this thread; within another one, or with None, without a limit of its own."""
    if _NOW.get() is not None or seconds is None:
        yield _NOW.get()
        return
    if not seconds > 0:
        raise DomainError(f"seconds = {seconds}: a limit of computing time is positive, or None")
    work = Work(time.thread_time() + seconds, time.monotonic() + seconds)
    token = _NOW.set(work)
    try:
        yield work
    finally:
        _NOW.reset(token)


@contextmanager
def sliced(seconds: float) -> Iterator[None]:
    """A block that raises `SliceUp` after so much computing time; `TimeUp` where the limit around it is passed."""
    outer = _NOW.get()
    work = outer if outer is not None else Work(inf, inf)
    token = _NOW.set(work) if outer is None else None
    end, work.end = work.end, min(work.end, time.thread_time() + seconds)
    work.earliest = min(work.earliest, time.monotonic() + seconds)
    try:
        yield
    except TimeUp:
        if time.thread_time() < end:
            raise SliceUp from None
        raise
    finally:
        # The clock is looked at again at the next checkpoint.
        work.end, work.earliest = end, 0.0
        if token is not None:
            _NOW.reset(token)


def checkpoint() -> None:
    """Raises `TimeUp` when the limit is passed."""
    work = _NOW.get()
    if work is None:
        return
    # No less time passes than is spent on computing, and to ask for that one takes longer.
    if time.monotonic() > work.earliest:
        left = work.end - time.thread_time()
        if left <= 0:
            raise TimeUp
        work.earliest = time.monotonic() + left


def left() -> float | None:
    """Seconds of computing time up to the limit; None without one."""
    work = _NOW.get()
    return None if work is None or work.end == inf else work.end - time.thread_time()


def reached(right: int, wanted: int, working: int) -> None:
    """Notes that an integral or sum was enclosed with `right` of the `wanted` bits."""
    work = _NOW.get()
    if work is not None:
        work.right_bits, work.wanted_bits, work.working_bits = right, wanted, working


def without_answer(asked: str, digits: int, seconds: float, work: Work) -> Undecided:
    """What is said when the time is up."""
    right, wanted = (int(max(bits, 0) / LOG2_OF_10) for bits in (work.right_bits, work.wanted_bits))
    came = "no integral or sum of it was enclosed yet"
    if work.right_bits >= 0:
        came = f"{right} digits of {wanted} were right in the last integral or sum, with {work.working_bits} bits of working precision"
    return Undecided(
        f"{asked} was not enclosed to {digits} digits in {seconds:g} s of computing time, the limit: {came}. "
        f"A larger limit (evaluate(..., seconds=...)), fewer digits or less extreme parameters may help."
    )


def integral(f: Callable[[Any, bool], Any], low: Any, high: Any, **options: Any) -> Any:
    """acb.integral, which ends the process where f raises: instead f is 0 from then on, and what was raised is raised afterwards."""
    from flint import acb

    kept = _Kept()

    def guarded(z: Any, analytic: bool) -> Any:
        if kept.error is None:
            with kept:
                checkpoint()
                return f(z, analytic)
        return acb(0)

    value = acb.integral(guarded, low, high, **options)
    if kept.error is not None:
        raise kept.error
    return value


class _Kept:
    """A block whose exception, be it Ctrl-C, is kept."""

    error: BaseException | None = None

    def __enter__(self) -> None:
        """Nothing is to be done."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        return True
