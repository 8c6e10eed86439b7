"""Distances from the centre of an even law, through the law of the distance: hyperbolic secant and logistic laws."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Abs, Catalan, Expr, N, Rational, S, log, pi, symbols

import symkl
from symkl import KL, Expectation, derive, evaluate, kl
from symkl.derive.check import check_steps
from symkl.expect.rules import fold
from symkl.form.facts import Facts

R = Rational
x, m, n = symbols("x m n", real=True)
a, b, c = symbols("a b c", positive=True)


@pytest.mark.parametrize(
    "head",
    [
        KL(symkl.HyperbolicSecant(m, a), symkl.Laplace(m, b)),
        KL(symkl.HyperbolicSecant(m, a), symkl.GeneralizedNormal(m, b, c)),
        KL(symkl.HyperbolicSecant(m, a), symkl.GeneralizedNormal(m, b, 3)),
        KL(symkl.Logistic(m, a), symkl.GeneralizedNormal(m, b, R(3, 2))),
    ],
    ids=str,
)
def test_pair_is_closed_checked_and_right(head: Expr) -> None:
    found = derive(head)
    assert (found.status, found.check().status) == ("closed", "proved"), found.result
    for shape in (R(1), R(5, 4), R(2)):
        values = {m: R(1, 3), a: R(4, 3), b: R(3, 2), c: shape}
        closed = found.result.subs(values).evalf(25)
        assert abs(closed - N(evaluate(head.subs(values), 15).mid, 25)) < 1e-13 * (1 + abs(closed))


def test_the_mean_distance_of_a_secant_law_is_catalans() -> None:
    assert (kl(symkl.HyperbolicSecant(m, a), symkl.Laplace(m, b)) - log(b / (2 * a)) - 8 * Catalan * a / (pi**2 * b)).expand() == 0


@pytest.mark.parametrize("damage", ["order", "coefficient", "weight", "value"])
def test_planted_errors_are_caught(damage: str) -> None:
    found = derive(KL(symkl.HyperbolicSecant(m, a), symkl.Laplace(m, b)))
    kind = "substitution" if damage == "weight" else "master"
    place = next(i for i, each in enumerate(found.steps) if each.kind == kind and (kind == "master" or len(each.data["maps"]) == 2))
    step, data = found.steps[place], dict(found.steps[place].data)
    if damage == "order":
        data["values"] = (("s", S(3)),)
    elif damage == "coefficient":
        data["coefficient"] *= 1 + R(1, 10**9)
    elif damage == "weight":
        data["maps"] = tuple((R(1, 3), *rest) for _, *rest in data["maps"])
    after = -step.after if damage == "value" else step.after
    steps = (*found.steps[:place], replace(step, after=after, data=data), *found.steps[place + 1 :])
    assert not check_steps(found.head, steps, found.result, found.conditions).is_proved


def test_keeps_away_from_what_is_not_even() -> None:
    """A distance from elsewhere, a statistic that is odd, a law that is not even."""
    law, facts = symkl.HyperbolicSecant(m, a), Facts()
    assert fold.rule(Abs(x - n), x, law, facts) is None
    assert fold.rule((x - m) * Abs(x - m), x, law, facts) is None
    assert fold.rule(Abs(x - m), x, symkl.Gumbel(m, a), facts) is None
    assert fold.rule(Abs(x - m), x, law, facts) is not None
    assert derive(Expectation(Abs(x - n), x, law)).status == "semi-closed"
