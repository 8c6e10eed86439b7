"""Members drawn for tests and certificates are exact, inside the domains, and the same for the same seed."""

from __future__ import annotations

import random

import pytest
from sympy import Float, Rational

from symkl import families
from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum
from symkl.errors import Undecided
from symkl.families.sampling import draw, draw_value


@pytest.mark.parametrize("family", families(), ids=lambda family: family.__name__)
def test_draws_are_exact_members_and_reproducible(family: type[Family]) -> None:
    for seed in range(25):
        member = draw(family, random.Random(seed))
        assert isinstance(member, family)
        assert not member.atoms(Float) and not member.free_symbols
        assert member.conditions == ()
        assert member == draw(family, random.Random(seed))


def test_draws_differ() -> None:
    rng = random.Random(0)
    for family in families():
        if family.parameters:
            assert len({draw(family, rng) for _ in range(12)}) > 1, family


def test_denominators_are_chosen() -> None:
    parameter = Parameter("x", REAL, "x", "x", typical=(0, 1))
    assert all((draw_value(parameter, random.Random(i), (6,)) * 6).is_integer for i in range(10))
    narrow = Parameter("x", REAL, "x", "x", typical=(Rational(2, 5), Rational(9, 20)))
    assert draw_value(narrow, random.Random(0), (2, 3)) == Rational(17, 40)


def test_a_family_without_members_is_undecided() -> None:
    class Impossible(Family):
        """p(x) = …"""

        parameters = (Parameter("a", POSITIVE, "a", "a", typical=(-2, -1)),)

        @property
        def support(self) -> Continuum:
            return Continuum(0, 1)

    with pytest.raises(Undecided, match="Impossible"):
        draw(Impossible, random.Random(0))
