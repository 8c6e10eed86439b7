"""The sign of a number, decided."""

from __future__ import annotations

from sympy import Expr, expand

from symkl.errors import Undecided
from symkl.exact.fallback import interval_enclosure
from symkl.exact.logparse import as_fraction
from symkl.exact.logsum import LogSum

__all__ = ["number_sign"]

#: Of the enclosure of a number whose sign is wanted; the precision rises by itself.
DIGITS = 10


def number_sign(value: Expr) -> int:
    """−1, 0 or 1: decided for rational combinations of logarithms of rationals; other numbers are enclosed, and must not be zero.

    >>> from sympy import S, log, sqrt
    >>> number_sign(log(4) - 2 * log(2)), number_sign(log(2) - S(693) / 1000), number_sign(sqrt(2) - log(4) - S(1) / 10)
    (0, 1, -1)
    """
    if value.is_infinite:
        return 1 if value.is_extended_positive else -1
    start, rest = expand(value).as_coeff_Add()
    logarithms = LogSum.from_sympy(rest)
    if logarithms is not None:
        return logarithms.compare(-as_fraction(start))
    ball = interval_enclosure(value, DIGITS)
    if ball is None or not ball.sign:
        raise Undecided(f"the sign of {value} is not seen")
    return ball.sign
