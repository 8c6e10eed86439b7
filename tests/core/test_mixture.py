"""Mixtures: supports that join, and what the densities share standing once."""

from __future__ import annotations

import pytest
from sympy import Abs, Eq, Expr, Piecewise, Rational, gamma, log, oo, symbols

from symkl import KL, Exponential, Mixture, Normal, Poisson, Uniform, cross_entropy, derive, evaluate, kl, prove
from symkl.core.supports import Continuum
from symkl.errors import DomainError

a = symbols("a", positive=True)
HALF = Rational(1, 2)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (HALF, 2), (1, 2)])
def test_overlapping_and_touching_intervals_join(low: Rational, high: Rational) -> None:
    assert Mixture([HALF, HALF], [Uniform(low, high), Uniform(0, 1)]).support == Continuum(0, max(1, high))


def test_intervals_with_a_gap_do_not() -> None:
    with pytest.raises(DomainError, match="do not join"):
        _ = Mixture([HALF, HALF], [Uniform(0, 1), Uniform(2, 3)]).support


def test_the_value_of_a_mixture_of_touching_intervals() -> None:
    """H = −1/3 log 1/3 − 2/3 log 2/3, and the mean is 1/3·1/2 + 2/3·3/2 = 7/6."""
    mixture = Mixture([Rational(1, 3), Rational(2, 3)], [Uniform(0, 1), Uniform(1, 2)])
    expected = Rational(7, 6) + log(Rational(1, 3)) / 3 + 2 * log(Rational(2, 3)) / 3
    assert str(evaluate(KL(mixture, Exponential(1)), 20)) == str(evaluate(expected, 20))


def test_what_the_densities_share_stands_once() -> None:
    result = kl(Poisson(a), Mixture([HALF, HALF], [Poisson(a), Poisson(2 * a)]))
    assert not result.has(gamma)
    assert derive(KL(Poisson(a), Mixture([HALF, HALF], [Poisson(a), Poisson(2 * a)]))).check().is_proved


def test_moments_of_a_mixture() -> None:
    mixture = Mixture([HALF, HALF], [Normal(-a, 1), Normal(a, 1)])
    assert not cross_entropy(mixture, Normal(0, 1)).has(Piecewise, Abs)


@pytest.mark.parametrize("weight", [0, 1])
def test_components_of_weight_0_are_dropped(weight: int) -> None:
    """Also where a weight becomes 0 by substitution: D_KL(1·P + 0·Q ‖ P) = 0, although Q's support is larger."""
    p = symbols("p")
    P, Q = Exponential(1), Normal(0, 1)
    kept = P if weight else Q
    for mixture in (Mixture([weight, 1 - weight], [P, Q]), Mixture([p, 1 - p], [P, Q]).subs(p, weight)):
        assert mixture.components == (kept,) and mixture.support == kept.support and str(mixture) == str(kept)
        assert kl(mixture, kept) == 0 and evaluate(KL(mixture, kept)).mid == 0


@pytest.mark.parametrize("claimed", [oo, 3])
def test_claims_on_a_mixture_with_a_weight_of_0(claimed: Expr) -> None:
    divergence = KL(Mixture([1, 0], [Exponential(1), Normal(0, 1)]), Exponential(1))
    assert prove(Eq(divergence, claimed)).is_refuted


def test_conditions_that_exclude_each_other() -> None:
    q = symbols("q")
    with pytest.raises(DomainError, match="exclude each other"):
        kl(Mixture([a, 1 - 2 * a], [Exponential(1), Normal(0, 1)]), Exponential(1))
    with pytest.raises(DomainError, match="exclude each other"):
        kl(Uniform(q, a), Uniform(a, q))
