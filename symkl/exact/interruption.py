"""A limit of computing time for work that never looks at the clock, as SymPy's: it is interrupted from outside, between two of its steps.

Only for pure Python: an exception may not pass through Arb's quadrature, and one long operation of whole numbers ends before it.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from symkl.exact.work import TimeUp, left

__all__ = ["interrupted"]

# Seconds between two looks at the clock, and before an interruption that was swallowed is repeated.
PAUSE = 0.05


@contextmanager
def interrupted() -> Iterator[None]:
    """A block into which `TimeUp` is raised when the limit around it is passed; without a limit, nothing is done."""
    allowed = left()
    if allowed is None:
        yield
        return
    watch = _Watch(allowed)
    try:
        watch.thread.start()
        yield
    finally:
        watch.end()


class _Watch:
    """A thread that raises `TimeUp` in the one that made it, after so many seconds of that one's computing time."""

    def __init__(self, seconds: float) -> None:
        self.watched, self.seconds = threading.get_ident(), seconds
        self.begun = _clock(self.watched)
        self.lock, self.over = threading.Lock(), threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        remaining = self.seconds
        while not self.over.wait(max(PAUSE, remaining)):
            remaining = self.seconds - (_clock(self.watched) - self.begun)
            if remaining <= 0:
                with self.lock:
                    if not self.over.is_set():
                        _raise_in(self.watched, TimeUp)

    def end(self) -> None:
        """Ends the watch; an interruption on its way is called back, or comes here, where it tells nothing new."""
        while True:
            try:
                with self.lock:
                    self.over.set()
                    _raise_in(self.watched, None)
                return
            except TimeUp:
                continue


def _clock(thread: int) -> float:
    """Computing time of a thread; where that is not told, the time of day."""
    read = getattr(time, "pthread_getcpuclockid", None)
    return time.monotonic() if read is None else time.clock_gettime(read(thread))


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None if error is None else ctypes.py_object(error))
