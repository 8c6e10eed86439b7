"""Signs under facts: what follows, what is refuted, and what stays unknown."""

from __future__ import annotations

import pytest
from sympy import And, Expr, Ne, Symbol, cos, erf, exp, gamma, log, sqrt, symbols, tanh

from symkl.form.facts import Facts

a, b, c, x, y = symbols("a b c x y", real=True)
p, q = symbols("p q", positive=True)
alpha = Symbol("alpha", positive=True)
FACTS = Facts.of([p < 1, q < 1, a < c, c < b, alpha > 1])

POSITIVE = [
    1 - p, b - a, 2 * b - 2 * a, b - c, (1 - p) * (b - a), 1 / (1 - p) + b - a, 1 - p * q, alpha - 1, alpha - p, 1 - 1 / alpha, 1 - exp(-alpha),
    alpha * (b - a) / (1 - p), 1 - p**2, log(alpha), -log(p), gamma(alpha - 1), p - p * q, 1 - p**alpha, 1 - (1 - p) ** alpha, p + q - p * q, p**2 - 2 * p * q + 1, p**2 - 2 * p * cos(x) + 1, 1 - erf(x), erf(b) - erf(a), exp(c) - exp(a), log(q / p**2) - log(q), 1 / sqrt(p) - 1 / sqrt(alpha), alpha**x * 2, 1 + tanh(y), 2 - p, 3 * alpha - 3, b - a + 1 - p, x**2 + p, p**x,
]  # fmt: skip


@pytest.mark.parametrize("expr", POSITIVE, ids=str)
def test_positive(expr: Expr) -> None:
    assert FACTS.is_positive(expr) is True
    assert FACTS.is_negative(-expr) is True
    assert FACTS.is_positive(-expr) is False
    assert FACTS.is_nonnegative(expr) is True


@pytest.mark.parametrize(
    "expr",
    [
        x - y,
        a,
        2 * p - 1,
        p - q,
        alpha - 2,
        log(alpha - 1),
        1 - alpha * p,
        x * y,
        1 / x,
        exp(p) - 2,
        erf(x) - erf(y),
        alpha**x - p**x,
        b + a,
        Symbol("z"),
    ],
    ids=str,
)
def test_unknown(expr: Expr) -> None:
    assert FACTS.is_positive(expr) is None
    assert FACTS.is_negative(expr) is None


def test_squares_are_nonnegative_but_not_positive() -> None:
    assert FACTS.is_nonnegative(x**2 - 2 * x * y + y**2) is True
    assert FACTS.is_positive(x**2 - 2 * x * y + y**2) is None


def test_unusable_conditions_are_ignored() -> None:
    assert Facts.of([Ne(x, y), True]) == Facts()
    assert Facts.of(And(x > 0, y > x)).is_positive(y) is True
    assert Facts.of([x >= 1]).is_nonnegative(x - 1) is True
    assert Facts.of([x >= 1]).is_positive(x - 1) is None


def test_facts_are_hashable_and_join() -> None:
    assert hash(Facts.of(p < 1)) == hash(Facts.of([p < 1]))
    assert (Facts.of(p < 1) | Facts.of(q < 1)).is_positive((1 - p) * (1 - q)) is True
