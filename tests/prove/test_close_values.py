"""Claims about given laws whose sides agree in many digits, or whose parameters are very large or small."""

from __future__ import annotations

import pytest
from sympy import Ge, Gt, Le, Lt, Rational, Symbol

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


def test_sides_that_differ_by_a_billionth_are_shown_in_digits_that_differ() -> None:
    verdict = prove("J(P,Q) >= (2+1e-9)*TV(P,Q)*log((1+TV(P,Q))/(1-TV(P,Q)))")
    assert verdict.is_refuted
    left, right = str(verdict.reason).split(", right = ")
    assert left.split("≈ ")[1] != right.split("≈ ")[1]


@pytest.mark.parametrize("claim", ["D(P||Q) <= 10", "D(P||Q) <= 2*TV(P,Q) + 3", "Chi2(P||Q) <= 100", "D(Exponential(a)||Exponential(b)) <= 1"])
def test_finite_sides_are_preferred_to_an_infinity(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_refuted and "oo" not in str(verdict.reason), verdict.reason


@pytest.mark.parametrize(
    ("claim", "given", "status"),
    [
        ("(1+x)^n >= 1 + n*x", ["x >= -1", "n >= 1"], "proved"),
        ("(1+x)^n >= 1 + n*x", ["x >= -1"], "refuted"),
        ("(1+x)^n >= 1 + n*x", ["n >= 1"], "refuted"),
        ("(1+x)^n >= 1 + (n+1e-9)*x", ["x >= -1", "n >= 1"], "refuted"),
        ("(1+x)^n >= 1 + n*x + 1e-9", ["x >= -1", "n >= 1"], "refuted"),
    ],
)
def test_a_power_lies_above_its_tangent(claim: str, given: list[str], status: str) -> None:
    assert prove(claim, given).status == status


def test_powers_with_integer_exponents_are_read_from_symbols() -> None:
    x, n = Symbol("x", real=True), Symbol("n", integer=True, positive=True)
    assert prove(Ge((1 + x) ** n, 1 + n * x, evaluate=False), [x >= -1]).is_proved
    assert prove(Ge((1 + x) ** n, 1 + n * x, evaluate=False)).is_refuted
