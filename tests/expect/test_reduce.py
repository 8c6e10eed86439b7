"""Laws in standard form: the pieces have the law's density, transported, with weights that sum to one."""

import random
import sys

import pytest
from sympy import Add, Rational, log

import symkl.families  # noqa: F401
from symkl.core.laws import bound_variable
from symkl.expect.reduce import reduce_law
from symkl.families.sampling import draw
from symkl.form.facts import Facts

CATALOGUE = sys.modules["symkl.families"]
CONTINUOUS = [each.__name__ for each in CATALOGUE.families() if each.__name__ not in ("Finite", "Categorical") and not each.generic().is_discrete]


@pytest.mark.parametrize("name", CONTINUOUS)
def test_pieces_carry_the_transported_density(name):
    member = draw(getattr(CATALOGUE, name), random.Random(3))
    reduction = reduce_law(member, Facts.of(member.conditions))
    if reduction is None:
        pytest.skip("no standard form; other rules serve this law")
    assert abs(Add(*(piece.weight for piece in reduction.pieces)).evalf(30) - 1) < 1e-25
    x = bound_variable(member)
    for piece in reduction.pieces:
        u = piece.variable
        gap = member.log_density(x).xreplace({x: piece.inverse}) + log(abs(piece.inverse.diff(u))) - log(piece.weight) - piece.law.log_density(u)
        value = gap.subs(u, Rational(2, 7)).evalf(30)
        assert abs(complex(value)) < 1e-20, (piece, value)
