"""Reading SymPy expressions as rational combinations of logarithms of rationals."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Mul, Pow, Rational, log, sympify

__all__ = ["as_fraction", "log_pairs"]

Pairs = list[tuple[Fraction, Fraction]]


def as_fraction(value: Any) -> Fraction:
    """An int, Fraction or SymPy Rational as a Fraction; anything else is a TypeError."""
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    number = sympify(value, strict=True)
    if not isinstance(number, Rational):
        raise TypeError(f"{value!r} is not a rational number")
    return Fraction(int(number.p), int(number.q))


def log_pairs(expr: Any, factor: Fraction) -> Pairs | None:
    """(c, r) with expr · factor = Σ c log r, or None."""
    own = getattr(expr, "log_terms", None)
    if own is not None:
        return [(factor * c, Fraction(b)) for b, c in own.items()]
    if expr == 0:
        return []
    if isinstance(expr, Add):
        return _joined(log_pairs(term, factor) for term in expr.args)
    if isinstance(expr, Mul) and expr.args[0].is_Rational:
        return log_pairs(Mul(*expr.args[1:]), factor * as_fraction(expr.args[0]))
    if isinstance(expr, log):
        return _pairs_of_log(expr.args[0], factor)
    return None


def _pairs_of_log(number: Expr, factor: Fraction) -> Pairs | None:
    if isinstance(number, Rational):
        return [(factor, as_fraction(number))] if number.p > 0 else None
    if isinstance(number, Mul) and all(part.is_positive for part in number.args):
        return _joined(_pairs_of_log(part, factor) for part in number.args)
    if isinstance(number, Pow) and number.base.is_positive and number.exp.is_Rational:
        return _pairs_of_log(number.base, factor * as_fraction(number.exp))
    return None


def _joined(lists: Iterable[Pairs | None]) -> Pairs | None:
    joined = []
    for each in lists:
        if each is None:
            return None
        joined += each
    return joined
