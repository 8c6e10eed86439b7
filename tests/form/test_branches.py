"""Branches and conditions: what is dropped follows from the rest, and what does not follow stays."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, strategies as st
from sympy import And, Eq, Ge, Gt, Le, Lt, Ne, Or, Piecewise, Rational, S, symbols
from sympy.logic.boolalg import Boolean

from symkl.form.branches import equated, simplest, tidied

x, y, z = symbols("x y z", real=True)


def test_the_conditions_of_a_divergence_that_touches() -> None:
    inner = Or(x < y, And(z > 1, Eq(x, y)))
    assert simplest(And(Eq(x, y), x - y <= 0, inner, z > 0)) == And(Eq(x, y), z > 1)


def test_what_does_not_follow_stays() -> None:
    for condition in (And(x > 0, y > 0), And(x > y, x < z), And(Ne(x, 0), x >= -1), Or(x > 0, x > 1), And(x > 0, Or(x > 1, y > 1))):
        assert simplest(condition) == condition
    parts = Piecewise((1, x > 1), (2, x > 0), (3, True))
    assert tidied(parts) == parts


def test_branches_that_are_never_reached() -> None:
    assert tidied(Piecewise((1, x > 0), (S.NaN, And(x > 1, y > 0)), (2, True))) == Piecewise((1, x > 0), (2, True))
    assert tidied(Piecewise((S.NaN, And(Eq(x, y), x > y, evaluate=False)), (2, True))) == 2


def test_equations_are_put_into_one_another() -> None:
    assert equated(And(Eq(x, y), Eq(x, -z))) in ({x: -z, y: -z}, {x: y, z: -y})
    assert equated(Or(Eq(x, y), Eq(x, z))) == {}


relations = st.builds(
    lambda kind, left, right, number: kind(left, number if right is None else right),
    st.sampled_from([Eq, Ge, Gt, Le, Lt, Ne]),
    st.sampled_from([x, 2 * y, x - y]),
    st.sampled_from([None, z, y + 1]),
    st.sampled_from([S.Zero, S.One, Rational(1, 2)]),
)


@given(st.lists(relations, min_size=2, max_size=4), st.lists(relations, min_size=2, max_size=2))
def test_the_same_points_satisfy_the_simplest_condition(parts: list[Boolean], alternatives: list[Boolean]) -> None:
    condition = And(*parts, Or(*alternatives))
    short = simplest(condition)
    for values in product([S.NegativeOne, S.Zero, Rational(1, 2), S.One], repeat=3):
        point = dict(zip((x, y, z), values))
        assert condition.subs(point) == short.subs(point)


@pytest.mark.parametrize("sign", [1, -1])
def test_planted_error_a_weaker_bound_does_not_replace_a_stronger_one(sign: int) -> None:
    stronger, weaker = sign * x > 1, sign * x > 0
    assert simplest(And(stronger, weaker)) == stronger
