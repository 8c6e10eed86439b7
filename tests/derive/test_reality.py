"""Conditions under which a typed density with symbols is real and not negative, read off its logarithms."""

import pytest
from sympy import Rational, S, exp, log, oo, pi, sin, symbols

from symkl import KL, Density, Exponential, Geometric0, LogSeries, Uniform, derive

p, a, c, lam, x, k = symbols("p a c lam x k")

CASES = [
    (KL(Density((1 - p) * p**k, k, S.Naturals0), Geometric0(Rational(1, 2))), {p: Rational(1, 3)}, ({p: 2}, {p: -1})),
    (KL(Density((1 + a * x) / 2, x, (-1, 1)), Uniform(-1, 1)), {a: Rational(1, 2)}, ({a: 3}, {a: -2})),
    (KL(Density((1 + c * sin(x)) / (2 * pi), x, (-pi, pi)), Uniform(-pi, pi)), {c: -Rational(1, 2)}, ({c: 2}, {c: -2})),
    (KL(Density(lam * exp(-lam * x), x, (0, oo)), Exponential(2)), {lam: 3}, ({lam: -1},)),
    (KL(Density(-(p**k) / (k * log(1 - p)), k, S.Naturals), LogSeries(Rational(1, 2))), {p: Rational(1, 3)}, ({p: 2}, {p: -1})),
]


@pytest.mark.parametrize(("head", "inside", "outside"), CASES, ids=lambda each: str(each)[:40])
def test_conditions_hold_inside_and_fail_outside(head, inside, outside) -> None:
    conditions = derive(head).conditions
    assert all(condition.subs(inside) is S.true for condition in conditions)
    for point in outside:
        assert any(condition.subs(point) in (S.false, S.NaN) or condition.subs(point).is_Relational for condition in conditions)


def test_nothing_is_asked_where_nothing_can_fail() -> None:
    b = symbols("b", positive=True)
    assert Density(b * exp(-b * x), x, (0, oo)).conditions == ()
    assert Density(2 * x * exp(-(x**2)), x, (0, oo)).conditions == ()
