"""Sums of logarithms that are the logarithm of one, where a root hides it."""

from __future__ import annotations

import pytest
from sympy import Expr, Rational, Symbol, cos, log, sqrt, symbols

from symkl.form.facts import Facts
from symkl.form.log_products import is_log_of_one
from symkl.form.zero import is_zero

y, r, p, q = symbols("y r p q", positive=True)
x, z = symbols("x z", real=True)
w = sqrt(1 - y**2)
FACTS = Facts.of([y < 1, r < 1, p < 1, q < Rational(1, 2)])
UGLY = 1 + y**2 * r**2 / (1 + w) ** 2 + 2 * y * r * cos(x) / (1 + w)
PLAIN = 1 + w + r**2 * (1 - w) + 2 * r * y * cos(x)


@pytest.mark.parametrize(
    "expr",
    [
        2 * log(1 + w) - log(2 + 2 * w - y**2),
        log(1 + w) / 2 - log(2 + 2 * w - y**2) / 4,
        log(1 + w) + log(UGLY) - log(PLAIN),
        2 * log(1 + w) + log(1 / (2 + 2 * w - y**2)),
        log(z * (1 + w) ** 2) - log(z * (2 + 2 * w - y**2)),
    ],
    ids=str,
)
def test_is_the_logarithm_of_one(expr: Expr) -> None:
    assert is_log_of_one(expr, FACTS)
    assert is_zero(expr, FACTS) is True


@pytest.mark.parametrize(
    "expr",
    [
        2 * log(1 + w) - log(2 + 2 * w + y**2),
        2 * log(1 + w) - (1 + Rational(1, 10**9)) * log(2 + 2 * w - y**2),
        2 * log(1 + w) - log(2 + 2 * w - y**2) + y,
        # of these two the sign is not known, and both may be negative
        log(z * (1 + w)) + log((1 + w) / z) - log(2 + 2 * w - y**2),
        log(z**2) / 2 + log(1 + w) - log(z * (2 + 2 * w - y**2)) + log(1 + w),
        log(Symbol("u") * (1 + w)) - log(Symbol("u")) - log(1 + w),
    ],
    ids=str,
)
def test_is_not_seen_to_be(expr: Expr) -> None:
    assert not is_log_of_one(expr, FACTS)
