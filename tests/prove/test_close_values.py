"""Claims about given laws whose sides agree in many digits, or whose parameters are very large or small."""

from __future__ import annotations

import pytest
from sympy import Gt, Le, Lt, Rational

from symkl import KL, Exponential, Finite, Normal, Poisson, prove

TINY = Rational(1, 10**500)
P, NEAR, Q = (Finite([Rational(7, 10) + t, Rational(3, 10) - t]) for t in (0, TINY, -Rational(1, 5)))


def test_values_that_differ_by_ten_to_the_minus_500_are_told_apart() -> None:
    assert prove(KL(NEAR, Q) > KL(P, Q)).is_proved
    refuted = prove(KL(NEAR, Q) < KL(P, Q))
    assert refuted.is_refuted and refuted.witness is not None


STEP, LARGE = Rational(1, 10**20), 10**40
LAWS = [
    ((Normal(0, 1), Normal(STEP, 1)), STEP**2 / 2, 0),
    ((Exponential(1), Exponential(1 + STEP)), STEP**2 / 2, -1),
    ((Poisson(LARGE), Poisson(LARGE + 1)), Rational(1, 2 * LARGE), -1),
]


@pytest.mark.parametrize(("laws", "bound", "order"), LAWS, ids=lambda each: str(each)[:12])
def test_small_divergences_of_families(laws: tuple[Normal, Normal], bound: Rational, order: int) -> None:
    """The divergence equals its second order, or is below it by the third."""
    head = KL(*laws)
    assert prove(Le(head, bound, evaluate=False)).is_proved
    assert prove(Lt(head, bound, evaluate=False)).status == ("proved" if order else "refuted")
    assert prove(Le(head, bound * (1 - Rational(1, 10**9)), evaluate=False)).is_refuted


def test_sides_that_differ_are_shown_in_digits_that_differ() -> None:
    refuted = prove(Gt(KL(Poisson(LARGE), Poisson(LARGE + 1)), Rational(1, 2 * LARGE), evaluate=False))
    assert refuted.is_refuted and refuted.witness.left != refuted.witness.right
    assert str(refuted.witness.left).startswith("4.99999999999999999999999999999999999999")
