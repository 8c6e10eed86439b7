"""TV and JSD from cells on which p − q keeps its sign, or p/q its value, against the oracle; and where they must not speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sympy import Abs, Expr, Rational, atan, erf, exp, log, pi, sqrt, symbols

from symkl import (
    Beta,
    Cauchy,
    Exponential,
    Gamma,
    Geometric,
    Gumbel,
    JensenShannon,
    Laplace,
    Logistic,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    TotalVariation,
    Triangular,
    Uniform,
)
from symkl.errors import NoClosedForm
from symkl.exact.certify import certify
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

m, n = symbols("m n", real=True)
s, a, b = symbols("s a b", positive=True)
HALF, THIRD = Rational(1, 2), Rational(1, 3)

FORMS: list[tuple[Any, Expr]] = [
    (TotalVariation(Uniform(0, 1), Uniform(0, 2)), HALF),
    (TotalVariation(Uniform(0, 1), Uniform(2, 3)), Rational(1)),
    (TotalVariation(Uniform(0, a), Uniform(0, a + b)), b / (a + b)),
    (TotalVariation(Normal(0, 1), Normal(1, 1)), erf(1 / (2 * sqrt(2)))),
    (TotalVariation(Normal(m, s), Normal(n, s)), erf(Abs(m - n) / (2 * sqrt(2) * s))),
    (TotalVariation(Normal(0, 1), Normal(0, 2)), erf(2 * sqrt(log(2) / 3)) - erf(sqrt(log(2) / 3))),
    (TotalVariation(Exponential(1), Exponential(2)), Rational(1, 4)),
    (TotalVariation(Laplace(0, 1), Laplace(1, 1)), 1 - exp(-HALF)),
    (TotalVariation(Laplace(0, 1), Laplace(0, 2)), Rational(1, 4)),
    (TotalVariation(Cauchy(0, 1), Cauchy(1, 1)), 2 * atan(HALF) / pi),
    (TotalVariation(Beta(2, 1), Beta(1, 2)), HALF),
    (TotalVariation(Laplace(m, b), Laplace(n, b)), 1 - exp(-Abs(m - n) / (2 * b))),
    (TotalVariation(Cauchy(m, b), Cauchy(n, b)), 2 * atan(Abs(m - n) / (2 * b)) / pi),
    (TotalVariation(LogNormal(0, 1), LogNormal(1, 1)), erf(1 / (2 * sqrt(2)))),
    (TotalVariation(Poisson(1), Poisson(2)), 2 * exp(-1) - 3 * exp(-2)),
    (TotalVariation(Geometric(HALF), Geometric(THIRD)), Rational(7, 36)),
    (TotalVariation(Gamma(1, 1), Gamma(2, 1)), exp(-1)),
    (TotalVariation(Exponential(1), Uniform(0, 1)), exp(-1)),
    (TotalVariation(Triangular(0, HALF, 1), Uniform(0, 1)), Rational(1, 4)),
    (JensenShannon(Uniform(0, 1), Uniform(0, 2)), 3 * log(Rational(4, 3)) / 4),
    (JensenShannon(Uniform(0, 1), Uniform(2, 3)), log(2)),
]


@dataclass(frozen=True)
class Claimed:
    head: Any
    result: Expr
    conditions: tuple[Any, ...] = ()


@pytest.mark.parametrize(("head", "form"), FORMS, ids=lambda each: str(each)[:60])
def test_the_form_is_the_expected_one_and_meets_the_defining_integral(head: Any, form: Expr) -> None:
    found = head.doit()
    assert is_zero(found - form, Facts()) is True
    assert certify(Claimed(head, found), digits=20, points=2).is_proved


@pytest.mark.parametrize(
    "head",
    [
        TotalVariation(Normal(0, 1), Normal(1, 2)),
        TotalVariation(Laplace(0, 1), Laplace(1, 2)),
        TotalVariation(Cauchy(0, 1), Cauchy(1, 3)),
        TotalVariation(Gamma(2, 1), Gamma(2, 2)),
        TotalVariation(Poisson(THIRD), Poisson(9)),
        TotalVariation(Uniform(0, a), Uniform(0, b)),
        TotalVariation(Pareto(2, a), Pareto(2, b)),
        JensenShannon(Pareto(1, 2), Pareto(1, 3)),
        JensenShannon(Uniform(0, 1), Uniform(HALF, 2), weights=[THIRD, 2 * THIRD]),
        JensenShannon(Uniform(0, 1), Uniform(HALF, 2), Uniform(THIRD, 3)),
    ],
    ids=str,
)
def test_forms_that_nobody_prints_meet_the_defining_integral(head: Any) -> None:
    assert certify(Claimed(head, head.doit()), digits=20).is_proved


@pytest.mark.parametrize(
    "head",
    [
        TotalVariation(Exponential(a), Exponential(b)),  # the place log(a/b)/(a − b) is none where a = b
        TotalVariation(Logistic(0, 1), Logistic(1, 1)),
        TotalVariation(Gumbel(0, 1), Gumbel(1, 1)),
        TotalVariation(Uniform(0, a), Uniform(b, b + 1)),
        TotalVariation(Laplace(m, 1), Laplace(n, 2)),
        TotalVariation(Poisson(a), Poisson(b)),
        JensenShannon(Exponential(1), Exponential(2)),
    ],
    ids=str,
)
def test_where_not_all_zeros_or_orders_are_known_there_is_no_form(head: Any) -> None:
    with pytest.raises(NoClosedForm):
        head.doit()
