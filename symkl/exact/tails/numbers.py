"""Coefficients of expansions: exact numbers as long as they are short, balls otherwise.

A number is a `Fraction`, an exact SymPy number, or a ball (`flint.acb`). Only exact numbers may be exponents. A ball as a
coefficient stands for a function with values in the ball, so a constant known by a ball alone is a special case.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Mul, Rational

from symkl.exact.arithmetic import flint_module
from symkl.exact.enclosures import enclosure_of, sign_of
from symkl.exact.logparse import as_fraction

__all__ = ["Number", "acb", "added", "exact", "is_exact", "multiplied", "raised", "sign", "sympy_number"]

Number = Any
# An exact number whose expression grows beyond this many operations is better a ball.
LONGEST = 12
# A rational whose numerator or denominator has more bits is better a ball.
WIDEST = 20_000


def exact(number: Expr) -> Number:
    """A SymPy number as a Fraction where it is rational."""
    return as_fraction(number) if isinstance(number, Rational) else number


def is_exact(number: Number) -> bool:
    return isinstance(number, (Fraction, Expr))


def acb(number: Number) -> Any:
    """The number as a ball at the current precision."""
    flint: Any = flint_module()
    if isinstance(number, Fraction):
        return flint.acb(flint.fmpq(number.numerator, number.denominator))
    if isinstance(number, Expr):
        return enclosure_of(number)(flint.ctx.prec)
    return number


def sympy_number(number: Number) -> Expr:
    return Rational(number.numerator, number.denominator) if isinstance(number, Fraction) else number


def _tidy(number: Expr) -> Number:
    if isinstance(number, Rational):
        return as_fraction(number)
    return acb(number) if number.count_ops() > LONGEST else number


def _short(number: Fraction) -> Number:
    if number.numerator.bit_length() + number.denominator.bit_length() > WIDEST:
        return acb(number)
    return number


def added(a: Number, b: Number) -> Number:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _short(a + b)
    if is_exact(a) and is_exact(b):
        return _tidy(Add(sympy_number(a), sympy_number(b)))
    return acb(a) + acb(b)


def multiplied(a: Number, b: Number) -> Number:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _short(a * b)
    if (isinstance(a, Fraction) and not a) or (isinstance(b, Fraction) and not b):
        return Fraction(0)
    if (isinstance(a, Fraction) and is_exact(b)) or (isinstance(b, Fraction) and is_exact(a)):
        return _tidy(Mul(sympy_number(a), sympy_number(b)))
    return acb(a) * acb(b)


def raised(a: Number, exponent: Number) -> Number:
    """a ** exponent for a > 0, or any a and an integer exponent."""
    if isinstance(a, Fraction) and isinstance(exponent, Fraction):
        if exponent.denominator == 1 and abs(exponent) < 1000:
            return _short(a ** int(exponent))
        if a == 1:
            return a
    return acb(a).pow(acb(exponent), analytic=True)


def sign(number: Number) -> int | None:
    """−1, 0 or 1; None where a ball does not tell, or the number is not real."""
    if isinstance(number, Fraction):
        return (number > 0) - (number < 0)
    if isinstance(number, Expr):
        return sign_of(number)
    if not number.imag.is_zero():
        return None
    return 1 if number.real > 0 else -1 if number.real < 0 else None
