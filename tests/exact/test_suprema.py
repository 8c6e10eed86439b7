"""Rényi's divergence of order ∞, log sup p/q, against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Integer, Rational, Symbol, acosh, exp, log, oo, sin, sqrt

from symkl import (
    Beta,
    Binomial,
    Cauchy,
    DiscreteLaplace,
    Exponential,
    Gamma,
    Geometric,
    Gumbel,
    Laplace,
    LogNormal,
    NegativeBinomial,
    Normal,
    Poisson,
    Renyi,
    Skellam,
    StudentT,
    Uniform,
    Weibull,
    Zeta,
    Zipf,
    evaluate,
)
from symkl.exact.arithmetic import precision
from symkl.exact.arms import Diverges
from symkl.exact.enclosures import enclosure_of
from symkl.exact.suprema import supremum

flint: Any = pytest.importorskip("flint")
X, T = Symbol("x", real=True), Symbol("t", positive=True)

KNOWN = [
    # log(σ₂/σ₁) + (μ₁ − μ₂)²/(2 (σ₂² − σ₁²))
    (Normal(0, 1), Normal(1, 2), log(2) + Rational(1, 6)),
    (LogNormal(0, 1), LogNormal(1, 2), log(2) + Rational(1, 6)),
    (Normal(0, 1), Normal(10, 2), log(2) + Rational(50, 3)),
    # The limit at infinity, and a place next to it.
    (Cauchy(0, 2), Cauchy(0, 1), log(2)),
    (Cauchy(0, 1), Cauchy(1, 2), acosh(Rational(3, 2))),
    (StudentT(3), Cauchy(0, 1), log(Rational(9, 4) / sqrt(3))),
    # At an end, on a whole half line, and where the ratio vanishes at both ends.
    (Exponential(2), Exponential(1), log(2)),
    (Laplace(0, 1), Laplace(1, 1), Integer(1)),
    (Gamma(3, 2), Gamma(2, 1), log(4) - 1),
    (Beta(3, 2), Beta(2, 2), log(2)),
    (Uniform(0, 1), Uniform(0, 2), log(2)),
    (Gumbel(0, 1), Gumbel(0, 2), log(2)),
    (Weibull(2, 1), Exponential(1), log(2)),
]


@pytest.mark.parametrize(("P", "Q", "expected"), KNOWN, ids=lambda each: type(each).__name__)
def test_known_suprema(P: Any, Q: Any, expected: Any) -> None:
    """The ball holds the value, and does not hold one that differs by a part in 10^11."""
    found = evaluate(Renyi(P, Q, oo), 12)
    assert found.is_rigorous
    value = enclosure_of(expected)(400).real
    with precision(400):
        ends = [flint.arb(flint.fmpq(int(end.numerator), int(end.denominator))) for end in (found.lower, found.upper)]
        assert not value < ends[0]
        assert not value > ends[1]
        for planted in (value * (1 + flint.arb(10) ** -11), value * (1 - flint.arb(10) ** -11)):
            assert planted < ends[0] or planted > ends[1]


@pytest.mark.parametrize(("P", "Q"), [(Normal(0, 2), Normal(1, 1)), (Cauchy(0, 1), StudentT(3)), (Gamma(2, 1), Gamma(3, 2)), (Uniform(0, 2), Uniform(0, 1))])
def test_unbounded_ratios(P: Any, Q: Any) -> None:
    assert not evaluate(Renyi(P, Q, oo)).is_finite


def test_several_hills() -> None:
    """The highest of many hills, a function that climbs to its limit for ever, a pole, and a function that falls at both ends."""
    with precision(200):
        hills = supremum(T, -T, sin(3 * T) - T / 5, Integer(0), oo, 60)
        # The first hill is where 3 cos 3t = 1/5.
        top = (flint.arb(1) / 15).acos() / 3
        highest = (3 * top).sin() - top / 5
        assert hills.overlaps(highest)
        assert hills.rad() < flint.arb(2) ** -58
        assert not hills.overlaps(highest + flint.arb(2) ** -50)
        assert supremum(T, -T, T / (1 + T), Integer(0), oo, 60).contains(1)
        assert supremum(X, -(X**2) / 2, X - exp(X) - 1000, -oo, oo, 60).contains(-1001)
        with pytest.raises(Diverges):
            supremum(T, -T, -log(T), Integer(0), oo, 60)


LATTICES = [
    (Binomial(10, Rational(1, 2)), Poisson(5), 11),
    (Poisson(1), Poisson(2), 40),
    (Zeta(3), Zeta(2), 40),
    (NegativeBinomial(3, Rational(1, 2)), NegativeBinomial(5, Rational(1, 3)), 60),
    (Binomial(700, Rational(1, 2)), Binomial(900, Rational(2, 5)), 701),
    (Skellam(1, 2), DiscreteLaplace(0, Rational(1, 2)), 30),
    (DiscreteLaplace(0, Rational(1, 2)), DiscreteLaplace(3, Rational(2, 3)), 30),
    (Zipf(1, 50), Zipf(2, 90), 50),
]


@pytest.mark.parametrize(("P", "Q", "count"), LATTICES, ids=lambda each: type(each).__name__)
def test_lattices_against_all_points(P: Any, Q: Any, count: int) -> None:
    found = evaluate(Renyi(P, Q, oo), 12)
    low: Any = P.support.lower if P.support.lower.is_finite else Integer(-count)
    with precision(200):
        values = [enclosure_of(log(P.density(low + k)) - log(Q.density(low + k)))(200).real for k in range(count + 1) if P.support.upper - low - k >= 0]
        most = values[0]
        for value in values[1:]:
            most = most.max(value)
        ends = [flint.arb(flint.fmpq(int(end.numerator), int(end.denominator))) for end in (found.lower, found.upper)]
        assert not most < ends[0] and not most > ends[1]
        assert most * (1 + flint.arb(10) ** -11) > ends[1] and most * (1 - flint.arb(10) ** -11) < ends[0]


@pytest.mark.parametrize(
    ("P", "Q", "expected"),
    [
        (Binomial(10**40, Rational(1, 2)), Binomial(10**40, Rational(1, 3)), 10**40 * log(Rational(3, 2))),
        (Poisson(10**40), Poisson(2 * 10**40), Integer(10**40)),
        (Geometric(Rational(1, 2)), Geometric(Rational(1, 10**300)), log(Integer(10) ** 300 / 2)),
        (Poisson(3), Poisson(3 + Rational(1, 10**40)), Rational(1, 10**40)),
        (Normal(10**40, 1), Normal(0, 2), log(2) + Rational(10**80, 6)),
        (Normal(0, 1), Normal(0, 1 + Rational(1, 10**40)), log(1 + Rational(1, 10**40))),
    ],
    ids=["binomial", "poisson", "geometric", "near", "far", "near normal"],
)
def test_extreme_ratios(P: Any, Q: Any, expected: Any) -> None:
    found, value = evaluate(Renyi(P, Q, oo), 12), evaluate(expected, 14)
    assert found.is_rigorous and found.lower * (1 - Fraction(1, 10**13)) <= value.lower and value.upper <= found.upper * (1 + Fraction(1, 10**13))
    assert found.upper - found.lower < found.upper / 10**11


@pytest.mark.parametrize(("P", "Q"), [(Poisson(2), Poisson(1)), (DiscreteLaplace(0, Rational(1, 2)), Skellam(1, 2)), (Geometric(Rational(1, 3)), Geometric(Rational(1, 2)))])
def test_unbounded_ratios_on_lattices(P: Any, Q: Any) -> None:
    assert not evaluate(Renyi(P, Q, oo)).is_finite
