"""Lengths and places as powers of two, and small balls."""

from __future__ import annotations

from math import log
from typing import Any

from sympy import Expr

from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import enclosure_of
from symkl.exact.tails.numbers import Q

__all__ = ["LENGTH_BITS", "LN2", "about_zero", "arb_exp", "exact_power", "log_of", "two_power", "twos"]

# Bits of the lengths of intervals, which are differences.
LENGTH_BITS = (64, 1 << 10, 1 << 13)
LN2 = log(2)


def two_power(exponent: float) -> Any:
    return Q(2) ** round(exponent)


def exact_power(y: float, flint: Any) -> Any:
    """2^k with k log 2 ≈ y, exactly: the same cut for the tail and the inside."""
    return flint.arb(2) ** twos(y)


def twos(y: float) -> int:
    return round(y / LN2)


def about_zero(bound: Any) -> Any:
    from flint import acb, arb

    return acb(arb(0, bound))


def arb_exp(value: float) -> Any:
    from flint import arb

    return arb(value).exp()


def log_of(number: Expr) -> float:
    """About log of a positive number, which may be a small difference of large ones."""
    for bits in LENGTH_BITS:
        with precision(bits):
            found = enclosure_of(number)(bits).real.log()
            if found.is_finite():
                return float(found.mid())
    raise Undecided("the length of an interval is not known")
