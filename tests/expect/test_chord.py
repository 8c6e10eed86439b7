"""Potentials of the arcsine law and of the semicircle: closed, replayed and certified; no claim inside the support."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Rational, log, pi, sqrt, symbols

from symkl import KL, Arcsine, Density, Expectation, GeneralizedPareto, Lomax, Undecided, WignerSemicircle, derive

x = symbols("x")


@pytest.mark.parametrize(("first", "second"), [(WignerSemicircle, WignerSemicircle), (Arcsine, WignerSemicircle), (Arcsine, Lomax), (Arcsine, GeneralizedPareto)])
def test_closed_and_checked(first: type, second: type) -> None:
    derivation = derive(KL(first, second))
    assert derivation.status == "closed"
    assert derivation.check().is_proved
    assert derivation.certify(30, points=2).is_proved


def test_a_semicircle_without_a_name() -> None:
    """Radius 1 about 3, onto radius 5 about 0: as the family moved there."""
    moved = Density(2 * sqrt(1 - (x - 3) ** 2) / pi, x, (2, 4))
    derivation = derive(KL(moved, WignerSemicircle(5)))
    assert derivation.status == "closed"
    assert derivation.certify(30).is_proved


def test_inside_the_support_nothing_is_claimed() -> None:
    """log(1/2 + u) is not real on a part of (−1, 1)."""
    P = WignerSemicircle(1)
    assert derive(Expectation(log(2 + x), x, P)).status == "closed"
    with pytest.raises(Undecided, match="not decided"):
        derive(Expectation(log(Rational(1, 2) + x), x, P))


def test_planted_errors_in_the_potential() -> None:
    derivation = derive(KL(Arcsine, Lomax))
    steps = list(derivation.steps)
    at = next(i for i, step in enumerate(steps) if step.kind == "master" and step.data["master"] == "arcsine_logarithm")
    for wrong in (-steps[at].after, steps[at].after + Rational(1, 10**9)):
        damaged = [*steps[:at], replace(steps[at], after=wrong), *steps[at + 1 :]]
        assert not replace(derivation, steps=tuple(damaged)).check().is_proved
