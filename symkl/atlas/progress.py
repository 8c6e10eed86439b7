"""How far a long run is: one line with the rate and the time left."""

from __future__ import annotations

import sys
import time
from typing import TextIO

__all__ = ["Progress"]


class Progress:
    """Counts what is done of `total` and says so on `stream`: over and over in one line of a terminal, else now and then in a line each."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.total, self.done = total, 0
        self.overwrite = self.stream.isatty()
        self.every = 0.1 if self.overwrite else 10.0
        self.started = self.said = time.monotonic()

    def step(self, what: str) -> None:
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if now - self.said < self.every and self.done < self.total:
            return
        self.said = now
        line = self.line(now - self.started, what)
        self.stream.write(f"\r{line[:79]:79}" if self.overwrite else f"{line}\n")
        self.stream.flush()

    def line(self, elapsed: float, what: str) -> str:
        """
        >>> progress = Progress(100)
        >>> progress.done = 25
        >>> progress.line(10.0, "Normal || Gamma")
        '25/100  25 %  2.5/s  30 s left  Normal || Gamma'
        """
        rate = self.done / elapsed if elapsed > 0 else 0.0
        left = duration((self.total - self.done) / rate) if rate else "?"
        return f"{self.done}/{self.total}  {100 * self.done // self.total} %  {rate:.3g}/s  {left} left  {what}"

    def close(self) -> None:
        if self.overwrite and self.done:
            self.stream.write("\n")


def duration(seconds: float) -> str:
    """
    >>> duration(42.3), duration(200), duration(10000)
    ('42 s', '3 min 20 s', '2 h 46 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
