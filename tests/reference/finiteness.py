"""Whether D(P ‖ Q) is finite, decided from the densities typed in `numerics`, exactly on a boundary as well as beside it.

P ≪ Q is read from the end points. Then E_P|log p − log q| is followed to each end of P's support: with x = a ± e^±s (k = e^s on a
lattice) the logarithm of p·(1 + |log p − log q|)·|dx/ds| behaves like −c s + d log s + e, and c and d are read at s, 2s and 4s so
far out that c = 0 is told from c = 1/1000. Where an exponential of an exponential cannot be written that far out, the slope at
the last place where it can be decides: there, the integrand falls or rises like e^{−c x}, or is a power.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from mpmath import mp, mpf

sys.path.insert(0, str(Path(__file__).parent))
numerics = import_module("numerics")

__all__ = ["finite"]

#: How far out c and d are read; 10^-DIGITS resolves e^-4·FAR.
FAR, DIGITS = 300, 600
#: Ends closer than this are the same: m − s and a, say, each rounded from exact numbers.
ROUNDING = mpf(10) ** -100
#: A rate c smaller than this is none: parameters are put on a boundary or at least this far from it.
NO_RATE = mpf(1) / 1000
#: ∫ s^d ds converges for d < −1; powers of logarithms are read to about 1/100.
LEAST_POWER = mpf("-1.05")
#: Where to look for the last place at which a double exponential can be written.
NEAR = [mpf(j) / 8 for j in range(1440, 7, -1)]
STEP = mpf(1) / 4
CAP = 10**80


def finite(P: tuple[str, Sequence[Any]], Q: tuple[str, Sequence[Any]]) -> bool:
    """Whether D(P ‖ Q) < ∞ for laws given as (family's name, exact parameters)."""
    with mp.workdps(DIGITS):
        p, q = numerics.density(*P), numerics.density(*Q)
        return _nested(p, q) and all(_converges(_logarithm(p, q, place)) for place in _ends(p))


def _nested(p: Any, q: Any) -> bool:
    """Whether P's support lies in Q's; ends that differ by rounding alone are the same."""
    widened = replace(q, lower=q.lower - ROUNDING, upper=q.upper + ROUNDING)
    return bool(numerics.nested(p, q if q.discrete else widened))


def _ends(p: Any) -> list[Callable[[Any], Any]]:
    """s ↦ (x, log |dx/ds|) for each end that the support of P runs to as s → ∞."""
    if p.points is not None:
        return []
    if p.discrete:
        return [_outward(sign, mpf(0)) for end, sign in ((p.lower, -1), (p.upper, 1)) if mp.isinf(end)]
    return [_outward(sign, mpf(0)) if mp.isinf(end) else _inward(sign, end) for end, sign in ((p.lower, -1), (p.upper, 1))]


def _outward(sign: int, centre: Any) -> Callable[[Any], Any]:
    return lambda s: (centre + sign * mp.exp(s), s)


def _inward(sign: int, end: Any) -> Callable[[Any], Any]:
    return lambda s: (end - sign * mp.exp(-s), -s)


def _logarithm(p: Any, q: Any, place: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """s ↦ log of p·(1 + |log p − log q|)·|dx/ds|, None where it cannot be written."""

    def log(s: Any) -> Any:
        x, jacobian = place(s)
        if not p.discrete and not p.holds(x):
            return None
        try:
            lp = p.log(x)
            return lp + mp.log1p(abs(lp - q.log(x))) + jacobian
        except (numerics.Capped, ValueError, OverflowError):
            return None

    return log


def _converges(log: Callable[[Any], Any]) -> bool:
    one, two, four = (log(mpf(FAR * k)) for k in (1, 2, 4))
    if one is None or two is None or four is None:
        return _falls_at_last(log)
    first, second = two - one, four - two
    rate = -(second - first) / FAR
    if abs(rate) > NO_RATE:
        return bool(rate > 0)
    return bool((2 * first - second) / mp.ln2 < LEAST_POWER)


def _falls_at_last(log: Callable[[Any], Any]) -> bool:
    with mp.workdps(numerics.WORKING), _larger_exponents():
        for s in NEAR:
            far, near = log(s + STEP), log(s)
            if far is not None and near is not None:
                return bool(far - near < -STEP / 8)
    raise numerics.NotConverged("no place where both densities can be written")


@contextmanager
def _larger_exponents() -> Iterator[None]:
    """e^{(x/b)^(65/64)} against e^x is not decided before x = b⁶⁵; a number with so large an exponent takes no room."""
    usual, numerics.CAP = numerics.CAP, CAP
    try:
        yield
    finally:
        numerics.CAP = usual
