"""Closed forms of users' densities that are 0/0 at a value of a parameter have the value there as a case of their own."""

from __future__ import annotations

import pytest
from sympy import S, log, nan, oo, symbols, zoo

from symkl import KL, Density, Uniform, derive, entropy, evaluate
from symkl.core.laws import Law

a, x = symbols("a x")
SLOPING = Density(a * x + 1 - a / 2, x, 0, 1)


@pytest.mark.parametrize(("P", "Q"), [(SLOPING, Uniform(0, 1)), (Uniform(0, 1), SLOPING)])
def test_the_slope_may_be_zero(P: Law, Q: Law) -> None:
    derivation = derive(KL(P, Q))
    assert derivation.check().is_proved
    for value in (-2, -1, 0, 1, 2):
        there = derivation.result.subs(a, value)
        assert not there.has(nan, zoo, oo)
        assert str(evaluate(there, 12)) == str(evaluate(KL(P.subs(a, value), Q.subs(a, value)), 12))


def test_the_entropy_at_the_slope_zero() -> None:
    assert entropy(SLOPING).subs(a, 0) == 0
    assert (entropy(SLOPING).subs(a, 2) - (S.Half - log(2))).equals(0)
