"""Signs of numbers and of functions on (0, 1), against planted near misses."""

from __future__ import annotations

import pytest
from sympy import Expr, Rational, S, Symbol, exp, log, oo, sqrt

from symkl.errors import DomainError, Undecided
from symkl.exact.curves import UNIT as s, is_not_negative, is_positive, limit_sign, not_negative
from symkl.exact.signs import number_sign


@pytest.mark.parametrize(
    ("value", "sign"),
    [
        (log(6) - log(2) - log(3), 0),
        (log(2) - Rational(693147180559945309, 10**18), 1),
        (log(2) - Rational(693147180559945310, 10**18), -1),
        (log(10**60 + 1) - log(10**60), 1),
        (sqrt(2) - Rational(14142135623730950488, 10**19), 1),
        (exp(-log(3) / 2) - sqrt(3) / 3 - Rational(1, 10**30), -1),
        (S.Zero, 0),
        (oo, 1),
        (-oo, -1),
    ],
)
def test_numbers(value: Expr, sign: int) -> None:
    assert number_sign(value) == sign


def test_what_is_not_seen_is_not_said() -> None:
    for value in (sqrt(2) + sqrt(3) - sqrt(5 + 2 * sqrt(6)), Symbol("x"), log(-2)):
        with pytest.raises((Undecided, DomainError)):
            number_sign(value)


@pytest.mark.parametrize(
    ("polynomial", "expected"),
    [(1 - s, True), (s, True), ((1 - s) ** 2 * s, True), (1 - 3 * s + s**2, False), ((s - Rational(1, 3)) ** 2, False), (S(-1), False), (S(0), False)],
)
def test_positive_polynomials(polynomial: Expr, expected: bool) -> None:
    assert is_positive(polynomial) is expected


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        ((s - Rational(1, 3)) ** 2, True),
        ((s - Rational(1, 3)) ** 3, False),
        (1 / (1 - s), True),
        (1 / (s - Rational(1, 3)) ** 2, False),
        (S(0), True),
        (-s, False),
        (s * log(s) - log(s) * s + s, True),
        (-log(s), False),
    ],
)
def test_rational_functions_that_are_not_negative(f: Expr, expected: bool) -> None:
    assert is_not_negative(f) is expected


@pytest.mark.parametrize(
    ("f", "end", "sign"),
    [
        (s * log(s) - s + 1, 0, 1),
        (s * log(s) - s + 1, 1, 0),
        (log(2 * s**2) * s - Rational(1, 7), 0, -1),
        (log(s**2 + s) - log(s) - log(s + 1), 0, 0),
        (log((1 + s) / 2), 1, 0),
        (log(s) * log(1 + s), 1, 0),
        (s * log(s) ** 2 - log(1 + s) * log(2 + s), 1, -1),
        (s * log(s) ** 2 + Rational(1, 9), 0, 1),
    ],
)
def test_limits(f: Expr, end: int, sign: int) -> None:
    assert limit_sign(f, end) == sign


@pytest.mark.parametrize(("f", "end"), [(log(s), 0), (1 / s, 0), (log(s - Rational(1, 2)), 1), (log(s) * log(1 + s), 0), (log(s) ** s, 1), (log(-s), 1), (sqrt(s), 1)])
def test_what_has_no_limit_or_is_another_function(f: Expr, end: int) -> None:
    with pytest.raises((DomainError, ArithmeticError, ValueError)):
        limit_sign(f, end)


@pytest.mark.parametrize(
    ("f", "at", "good"),
    [
        ((s - Rational(1, 2)) ** 2, "1/2", True),
        ((s - Rational(1, 2)) ** 2, "1/3", False),
        (s * log(s) + Rational(2, 5), "2/5", True),
        (s * log(s) + Rational(1, 3), "2/5", False),
        (-((s - Rational(1, 2)) ** 2) + 1, "1/2", False),
        ((s - Rational(1, 2)) ** 2, "0", False),
        ((s - Rational(1, 2)) ** 2, "3/2", False),
    ],
)
def test_above_a_tangent(f: Expr, at: str, good: bool) -> None:
    """Convex, with a tangent that is not negative at either end."""
    assert not_negative(f, s, 1, [{"tangent": at}]) is good


@pytest.mark.parametrize(("f", "good"), [(1 + log(s) + log(s) ** 2 / 2 - s, True), (1 + log(s) + Rational(499, 1000) * log(s) ** 2 - s, False)])
def test_powers_of_logarithms(f: Expr, good: bool) -> None:
    moves = ["fall", {"scale": [["0", "1"], ["1"]]}, "fall"]
    assert not_negative(f, s, 1, moves) is good
