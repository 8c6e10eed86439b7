"""A kink in the law and one in the statistic: |X − c|, its powers and triangular log-densities, wherever the kinks lie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Abs, Expr, N, Piecewise, Rational, Symbol, exp, log, symbols

import symkl
from symkl import KL, Expectation, derive, evaluate, kl
from symkl.derive.check import check_steps
from symkl.expect.primitives import primitive
from symkl.expect.terms import expand_in
from symkl.form.facts import Facts

R = Rational
x = Symbol("x", real=True)
m, n = symbols("m n", real=True)
a, b, c = symbols("a b c", positive=True)
lower, mode, other, upper = symbols("a_1 c_1 c_2 b_1", real=True)
PLACES = (R(-3), R(-2, 5), R(2, 7), R(7, 2))


@pytest.mark.parametrize(
    "head",
    [
        KL(symkl.Triangular(-1, R(1, 3), 2), symkl.Laplace(n, a)),
        KL(symkl.Triangular(-1, R(1, 3), 2), symkl.AsymmetricLaplace(n, a, b)),
        KL(symkl.Triangular(-1, 0, 1), symkl.GeneralizedNormal(n, a, b)),
        KL(symkl.Triangular(-1, 0, 1), symkl.Triangular(-4, n, 4)),
        KL(symkl.AsymmetricLaplace(m, a, b), symkl.Laplace(n, c)),
        KL(symkl.AsymmetricLaplace(m, a, b), symkl.AsymmetricLaplace(n, c, 2)),
        KL(symkl.Laplace(m, a), symkl.GeneralizedNormal(n, b, c)),
        KL(symkl.Uniform(-1, 1), symkl.GeneralizedNormal(n, b, c)),
        KL(symkl.Exponential(a), symkl.GeneralizedNormal(n, b, c)),
        KL(symkl.Exponential(a), symkl.GeneralizedNormal(0, b, c)),
        KL(symkl.Uniform(-1, 1), symkl.GeneralizedNormal(n, b, 3)),
        KL(symkl.Normal(m, a), symkl.GeneralizedNormal(n, b, 3)),
        KL(symkl.Normal(m, a), symkl.GeneralizedNormal(n, b, c)),
        KL(symkl.Normal(m, a), symkl.GeneralizedNormal(n, b, R(3, 2))),
    ],
    ids=str,
)
def test_pair_is_closed_checked_and_right(head: Expr) -> None:
    found = derive(head)
    assert (found.status, found.check().status) == ("closed", "proved"), found.result
    for place in PLACES:
        values = {m: R(1, 3), n: place, a: R(4, 3), b: R(3, 2), c: R(5, 4)}
        closed = found.result.subs(values).evalf(25)
        assert abs(closed - N(evaluate(head.subs(values), 15).mid, 25)) < 1e-13 * (1 + abs(closed))


def test_triangles_on_one_support() -> None:
    """Only the modes differ: with c₁ ≥ c₂ it is (c₁ − c₂ + (b − c₁) log((b − c₁)/(b − c₂)))/(c₁ − a)."""
    found = derive(KL(symkl.Triangular(lower, mode, upper), symkl.Triangular(lower, other, upper)))
    assert (found.status, found.check().status) == ("closed", "proved")
    wanted = (mode - other + (upper - mode) * log((upper - mode) / (upper - other))) / (mode - lower)
    assert isinstance(found.result, Piecewise)
    for place in (R(1, 7), R(1, 2)):
        values = {lower: -1, upper: 2, mode: R(1, 2), other: place}
        assert abs((found.result - wanted).subs(values).evalf(30)) < 1e-25
    assert kl(symkl.Triangular(0, R(1, 2), 1), symkl.Triangular(0, R(1, 3), 1)) == (R(1, 6) + log(R(3, 4)) / 2) * 2


def test_where_supports_may_touch_nothing_is_said() -> None:
    """At a₁ = a₂ the general antiderivative has no value, and the many cases are no formula."""
    found = derive(KL(symkl.Triangular, symkl.Triangular))
    assert found.status == "semi-closed"


@pytest.mark.parametrize("factor", [-1, 1 + R(1, 10**9)])
def test_planted_errors_are_caught(factor: Expr) -> None:
    """A wrong sign or factor of an antiderivative, or of a value at a kink, is not passed."""
    found = derive(KL(symkl.Triangular(-1, 0, 1), symkl.Laplace(R(1, 2), a)))
    assert found.check().is_proved
    place = next(i for i, each in enumerate(found.steps) if each.kind == "antiderivative")
    pieces = found.steps[place].data["pieces"]
    for at in range(2, 5):
        spoiled = [list(piece) for piece in pieces]
        spoiled[1][at] = spoiled[1][at] * factor if at == 2 else spoiled[1][at] + factor
        step = replace(found.steps[place], data={"pieces": tuple(map(tuple, spoiled))})
        steps = (*found.steps[:place], step, *found.steps[place + 1 :])
        assert not check_steps(found.head, steps, found.result, found.conditions).is_proved
    swapped = replace(found.steps[place], data={"pieces": (pieces[1], pieces[0], pieces[2])[:2]})
    assert not check_steps(found.head, (*found.steps[:place], swapped, *found.steps[place + 1 :]), found.result, found.conditions).is_proved


@pytest.mark.parametrize("statistic", [(x - 1) ** b, (1 - x) ** b, (2 * x - 1) ** b, (3 - 2 * x) ** b, x**b, (-x) ** b])
@pytest.mark.parametrize("rate", [R(-3, 2), R(1, 2)])
def test_primitive_of_a_power_of_a_line_times_an_exponential(statistic: Expr, rate: Expr) -> None:
    line = statistic.base
    facts = Facts((line,))
    ((coefficient, monomial),) = expand_in(statistic * exp(rate * x), x, facts)
    G = primitive(monomial, x, facts)
    assert G is not None
    at = {x: ((2 - line.subs(x, 0)) / line.diff(x)), b: R(5, 3)}
    assert abs((coefficient * G.diff(x) - statistic * exp(rate * x)).subs(at).evalf(30)) < 1e-25
    assert primitive(monomial, x, Facts()) is None or line == x


def test_a_kink_outside_is_none() -> None:
    assert derive(Expectation(Abs(x - 7), x, symkl.Triangular(-1, 0, 1))).result == 7


@pytest.mark.parametrize(
    "head",
    [
        KL(symkl.Laplace(m, a), symkl.Logistic(n, b)),
        KL(symkl.Laplace(m, a), symkl.HyperbolicSecant(m, b)),
        KL(symkl.Pareto(a, 1), symkl.LogLogistic(b, c)),
        KL(symkl.Pareto(a, b), symkl.Dagum(2, c, 1)),
    ],
    ids=str,
)
def test_logarithm_of_a_growing_sum_under_a_falling_power(head: Expr) -> None:
    found = derive(head)
    assert (found.status, found.check().status) == ("closed", "proved"), found.result
    for place in PLACES[:2]:
        values = {m: R(1, 3), n: place, a: R(4, 3), b: R(3, 2), c: R(5, 4)}
        closed = found.result.subs(values).evalf(25)
        assert abs(closed - N(evaluate(head.subs(values), 15).mid, 25)) < 1e-13 * (1 + abs(closed))
