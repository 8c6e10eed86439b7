"""Coefficients of expansions: exact numbers as long as they are short, balls otherwise.

A number is a rational `Q`, an exact SymPy number, or a ball (`flint.acb`). Only exact numbers may be exponents. A ball as a
coefficient stands for a function with values in the ball, so a constant known by a ball alone is a special case.
"""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import Any

from sympy import Add, Expr, Mul, Rational

from symkl.exact.arithmetic import flint_module
from symkl.exact.enclosures import enclosure_of, sign_of

__all__ = [
    "RATIONAL",
    "ZERO",
    "Number",
    "Q",
    "acb",
    "added",
    "exact",
    "exact_product",
    "exact_sum",
    "is_exact",
    "multiplied",
    "raised",
    "sign",
    "sympy_number",
]

Number = Any
try:
    # Many times faster than Fraction, above all as part of a key.
    Q: Any = import_module("gmpy2").mpq
except ImportError:
    Q = Fraction
ZERO = Q(0)
RATIONAL = (type(ZERO), Fraction)
EXACT = (*RATIONAL, Expr)
# An exact number whose expression grows beyond this many operations is better a ball.
LONGEST = 12
# Products of irrational numbers are exact up to this many operations, such as √2·√2.
SHORT = 6
# A rational whose numerator or denominator has more bits is better a ball.
WIDEST = 20_000


def exact(number: Expr) -> Number:
    """A SymPy number as a Fraction where it is rational."""
    return Q(int(number.p), int(number.q)) if isinstance(number, Rational) else number


def is_exact(number: Number) -> bool:
    return isinstance(number, EXACT)


def acb(number: Number) -> Any:
    """The number as a ball at the current precision."""
    flint: Any = flint_module()
    if isinstance(number, RATIONAL):
        return flint.acb(flint.fmpq(int(number.numerator), int(number.denominator)))
    if isinstance(number, Expr):
        return enclosure_of(number)(flint.ctx.prec)
    return number


def sympy_number(number: Number) -> Expr:
    return Rational(int(number.numerator), int(number.denominator)) if isinstance(number, RATIONAL) else number


def _tidy(number: Expr) -> Number:
    if isinstance(number, Rational):
        return Q(int(number.p), int(number.q))
    return acb(number) if number.count_ops() > LONGEST else number


def _short(number: Any) -> Number:
    if number.numerator.bit_length() + number.denominator.bit_length() > WIDEST:
        return acb(number)
    return number


def added(a: Number, b: Number) -> Number:
    if isinstance(a, RATIONAL) and isinstance(b, RATIONAL):
        return _short(a + b)
    if is_exact(a) and is_exact(b):
        return _tidy(Add(sympy_number(a), sympy_number(b)))
    return acb(a) + acb(b)


def multiplied(a: Number, b: Number) -> Number:
    if isinstance(a, RATIONAL) and isinstance(b, RATIONAL):
        return _short(a * b)
    if (isinstance(a, RATIONAL) and not a) or (isinstance(b, RATIONAL) and not b):
        return ZERO
    if (isinstance(a, RATIONAL) and is_exact(b)) or (isinstance(b, RATIONAL) and is_exact(a)):
        return _tidy(Mul(sympy_number(a), sympy_number(b)))
    if is_exact(a) and is_exact(b) and a.count_ops() + b.count_ops() <= SHORT:
        return _tidy(Mul(a, b))
    return acb(a) * acb(b)


def exact_sum(a: Number, b: Number) -> Number:
    """a + b of exact numbers, kept exact however long: exponents must be."""
    if isinstance(a, RATIONAL) and isinstance(b, RATIONAL):
        return (a + b if a else b) if b else a
    return exact(Add(sympy_number(a), sympy_number(b)))


def exact_product(a: Number, b: Number) -> Number:
    """a · b of exact numbers, kept exact however long."""
    return a * b if isinstance(a, RATIONAL) and isinstance(b, RATIONAL) else exact(Mul(sympy_number(a), sympy_number(b)))


def raised(a: Number, exponent: Number) -> Number:
    """a ** exponent for a > 0, or any a and an integer exponent."""
    if isinstance(a, RATIONAL) and isinstance(exponent, RATIONAL):
        if exponent.denominator == 1 and abs(exponent) < 1000:
            return _short(a ** int(exponent))
        if a == 1:
            return a
    return acb(a).pow(acb(exponent), analytic=True)


def sign(number: Number) -> int | None:
    """−1, 0 or 1; None where a ball does not tell, or the number is not real."""
    if isinstance(number, RATIONAL):
        return (number > 0) - (number < 0)
    if isinstance(number, Expr):
        return sign_of(number)
    if not number.imag.is_zero():
        return None
    return 1 if number.real > 0 else -1 if number.real < 0 else None
