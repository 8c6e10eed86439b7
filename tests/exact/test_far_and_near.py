"""Components far apart, peaks cut at their kinks, laws that differ by 10^-40 next to an end, and extreme orders: values by exact theory."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from sympy import Integer, Rational

from symkl import KL, Cauchy, Entropy, Exponential, Gamma, Mixture, Normal, RaisedCosine, Renyi, TotalVariation, Tsallis, evaluate

pytest.importorskip("flint")

FAR = Integer(10) ** 40
TINY = Rational(1, 10**40)
HALF, THIRD = Rational(1, 2), Rational(1, 3)


def _value(x: Any) -> Any:
    found = evaluate(x, 30)
    assert found.is_rigorous
    return mpmath.mpf(str(found))


def _normal_entropy(sigma: Any = 1) -> Any:
    return mpmath.log(2 * mpmath.pi * mpmath.e) / 2 + mpmath.log(sigma)


@pytest.fixture(autouse=True)
def _digits() -> Any:
    with mpmath.workdps(60):
        yield


def test_entropy_of_a_mixture_of_far_components() -> None:
    # Where nothing overlaps, H = Σ w_i (H(P_i) − log w_i).
    both = _value(Entropy(Mixture((HALF, Normal(0, 1)), (HALF, Normal(FAR, 1)))))
    assert mpmath.almosteq(both, _normal_entropy() + mpmath.log(2), 1e-29)
    thirds = _value(Entropy(Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(FAR, 3))), 2))
    expected = (_normal_entropy() + 2 * _normal_entropy(3) + 3 * mpmath.log(3) - 2 * mpmath.log(2)) / 3 / mpmath.log(2)
    assert mpmath.almosteq(thirds, expected, 1e-29)
    # What one has of weight 10^-300 is of no account.
    assert mpmath.almosteq(_value(Entropy(Mixture((TINY**7, Normal(0, 1)), (1 - TINY**7, Normal(5, 1))))), _normal_entropy(), 1e-29)


def test_divergence_from_a_mixture_of_far_components() -> None:
    # ⅔ (½ 10^80) + Σ w log w.
    found = _value(KL(Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(FAR, 1))), Normal(0, 1)))
    assert mpmath.almosteq(found, mpmath.mpf(10) ** 80 / 3, 1e-29)


def test_heavy_tails_far_apart() -> None:
    both = Mixture((HALF, Cauchy(0, 1)), (HALF, Cauchy(FAR, 1)))
    # H = Σ w_i (H(P_i) − log w_i) up to 10^-39.
    assert mpmath.almosteq(_value(Entropy(both)), mpmath.log(8 * mpmath.pi), 1e-29)
    # The divergence of Cauchy laws at the distance d is log(1 + d²/4).
    assert mpmath.almosteq(_value(KL(both, Cauchy(0, 1))), mpmath.log(1 + mpmath.mpf(10) ** 80 / 4) / 2 - mpmath.log(2), 1e-29)


def test_a_kink_on_the_edge_of_a_sharp_peak() -> None:
    # ½ δ E|score| = ½ √(2/(π a)), a = 10^40.
    assert mpmath.almosteq(_value(TotalVariation(Gamma(FAR, 1), Gamma(FAR + 1, 1))), mpmath.sqrt(1 / (2 * mpmath.pi * mpmath.mpf(10) ** 40)), 1e-28)


def test_laws_that_are_near_up_to_an_end() -> None:
    # ½ δ² times the Fisher information of the scale, E (x p′/p)² − 1 = π²/3 + 1.
    assert mpmath.almosteq(_value(KL(RaisedCosine(0, 1), RaisedCosine(0, 1 + TINY))), (mpmath.pi**2 / 3 + 1) / 2 * mpmath.mpf(10) ** -80, 1e-28)


def test_orders_next_to_one_and_to_zero() -> None:
    kl = mpmath.log(2) - mpmath.mpf(3) / 8
    assert mpmath.almosteq(_value(Renyi(Normal(0, 1), Normal(0, 2), 1 + TINY**7)), kl, 1e-29)
    # α KL(Q ‖ P) to first order.
    assert mpmath.almosteq(_value(Renyi(Normal(0, 1), Normal(0, 2), TINY**7)), (mpmath.mpf(3) / 2 - mpmath.log(2)) * mpmath.mpf(10) ** -280, 1e-29)
    assert not evaluate(Tsallis(Exponential(1), Exponential(2), FAR)).is_finite
