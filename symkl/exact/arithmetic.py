"""Where ball arithmetic comes from: Arb through python-flint when installed, and one place that sets its precision."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from typing import Any

from mpmath.ctx_iv import MPIntervalContext

__all__ = ["bits_of", "flint_module", "fraction_of", "interval_context", "precision"]

# python-flint keeps one working precision for the whole process, so threads take turns.
_TURN = threading.RLock()


@lru_cache(maxsize=1)
def flint_module() -> Any | None:
    """The module `flint`, or None where python-flint is not installed."""
    try:
        return import_module("flint")
    except ImportError:
        return None


#: Power series are cut off here, if not before.
MOST_COEFFICIENTS = 10_000


@contextmanager
def precision(bits: int) -> Iterator[Any]:
    """Arb with `bits` bits inside the block; the former precision comes back after it."""
    flint = flint_module()
    if flint is None:
        raise ImportError("python-flint is not installed")
    with _TURN:
        former = flint.ctx.prec, flint.ctx.cap
        # A series has as many coefficients as it is asked for, and not ten at most.
        flint.ctx.prec, flint.ctx.cap = bits, MOST_COEFFICIENTS
        try:
            yield flint
        finally:
            flint.ctx.prec, flint.ctx.cap = former


def interval_context(bits: int) -> Any:
    """mpmath's interval arithmetic with `bits` bits, in a context of its own."""
    context = MPIntervalContext()
    context.prec = bits
    return context


def bits_of(digits: int) -> int:
    """Bits that hold `digits` decimal digits: ⌈digits · log₂ 10⌉."""
    return digits * 3322 // 1000 + 1


def fraction_of(man: int, exp: int) -> Fraction:
    """man · 2^exp, exactly."""
    return Fraction(int(man) << int(exp)) if exp >= 0 else Fraction(int(man), 1 << -int(exp))
