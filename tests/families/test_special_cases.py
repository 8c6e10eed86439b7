"""Special cases keep their own textbook form, and agree with the general family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Rational, S, Symbol, latex, log, oo, pi, sqrt, symbols

from symkl import (
    Arcsine,
    Bernoulli,
    Beta,
    BetaBinomial,
    BetaPrime,
    Binomial,
    BurrXII,
    Cauchy,
    Chi,
    ChiSquared,
    Dagum,
    DiscreteUniform,
    Erlang,
    Exponential,
    FDist,
    Frechet,
    Gamma,
    GeneralizedExtremeValue,
    GeneralizedGamma,
    GeneralizedInverseGaussian,
    GeneralizedNormal,
    GeneralizedPareto,
    Geometric0,
    HalfNormal,
    InverseChiSquared,
    InverseGamma,
    InverseGaussian,
    Kumaraswamy,
    Laplace,
    Levy,
    Logistic,
    LogLogistic,
    Lomax,
    Maxwell,
    Nakagami,
    NegativeBinomial,
    Normal,
    Pareto,
    PowerFunction,
    Rayleigh,
    ScaledInverseChiSquared,
    ShiftedExponential,
    SkewNormal,
    StudentT,
    TruncatedExponential,
    Uniform,
    VonMises,
    Weibull,
)

H = Rational(1, 2)
A, B, C = Rational(7, 3), Rational(5, 4), Rational(3, 7)

PAIRS: list[tuple[Any, Any]] = [
    (Exponential(A), Gamma(1, A)),
    (Exponential(A), Weibull(1, 1 / A)),
    (Exponential(A), ShiftedExponential(0, A)),
    (Erlang(3, A), Gamma(3, A)),
    (ChiSquared(A), Gamma(A / 2, H)),
    (InverseChiSquared(A), InverseGamma(A / 2, H)),
    (ScaledInverseChiSquared(A, B), InverseGamma(A / 2, A * B / 2)),
    (Levy(A), InverseGamma(H, A / 2)),
    (Rayleigh(A), Weibull(2, A * sqrt(2))),
    (Maxwell(A), GeneralizedGamma(A * sqrt(2), 3, 2)),
    (Maxwell(1), Chi(3)),
    (HalfNormal(A), GeneralizedGamma(A * sqrt(2), 1, 2)),
    (Chi(A), GeneralizedGamma(sqrt(2), A, 2)),
    (Gamma(A, B), GeneralizedGamma(1 / B, A, 1)),
    (Weibull(A, B), GeneralizedGamma(B, A, A)),
    (Nakagami(A, B), GeneralizedGamma(sqrt(B / A), 2 * A, 2)),
    (InverseGaussian(A, B), GeneralizedInverseGaussian(-H, B / A**2, B)),
    (LogLogistic(A, B), BurrXII(B, 1, A)),
    (LogLogistic(A, B), Dagum(1, B, A)),
    (Lomax(A, B), BurrXII(1, A, B)),
    (Lomax(A, B), GeneralizedPareto(B / A, 1 / A)),
    (Lomax(A, 1), BetaPrime(1, A)),
    (FDist(2, 2 * A), Lomax(A, A)),
    (Frechet(A, B), GeneralizedExtremeValue(B, B / A, 1 / A)),
    (Arcsine(), Beta(H, H)),
    (PowerFunction(A), Beta(A, 1)),
    (PowerFunction(A), Kumaraswamy(A, 1)),
    (Uniform(0, 1), Beta(1, 1)),
    (Cauchy(A, B), StudentT(1, A, B)),
    (Normal(A, B), GeneralizedNormal(A, B * sqrt(2), 2)),
    (Laplace(A, B), GeneralizedNormal(A, B, 1)),
    (Normal(A, B), SkewNormal(A, B, 0)),
    (Bernoulli(C), Binomial(1, C)),
    (Geometric0(C), NegativeBinomial(1, C)),
    (DiscreteUniform(0, 5), BetaBinomial(5, 1, 1)),
]


@pytest.mark.parametrize(("special", "general"), PAIRS, ids=lambda law: type(law).__name__)
def test_special_case_is_the_general_family(special: Any, general: Any) -> None:
    assert special.support == general.support
    for point in (Rational(1, 3), Rational(3, 4), Rational(5, 2)):
        if special.is_discrete:
            point = S.One if point < 1 else S.Zero
        elif point > 1 and special.support.upper == 1:
            point = Rational(9, 10)
        difference = (special.log_density(point) - general.log_density(point)).evalf(30)
        assert abs(difference) < Rational(1, 10**25)


def test_textbook_forms() -> None:
    x = symbols("x", positive=True)
    sigma = symbols("sigma", positive=True)
    assert Rayleigh(sigma).log_density(x) == log(x) - x**2 / (2 * sigma**2) - 2 * log(sigma)
    assert str(Gamma(shape=2, scale=sigma)) == "Gamma(2, 1/sigma)"
    assert latex(Normal(0, sigma)) == r"\mathcal{N}\left(0, \sigma\right)"
    assert latex(Arcsine()) == r"\operatorname{Arcsine}"


@pytest.mark.parametrize(
    ("built", "standard"),
    [
        (lambda: Normal(mu=1, variance=4), Normal(1, 2)),
        (lambda: Normal(mu=1, precision=4), Normal(1, H)),
        (lambda: Gamma(shape=A, rate=B), Gamma(A, B)),
        (lambda: Gamma(shape=A, scale=B), Gamma(A, 1 / B)),
        (lambda: Gamma(k=A, theta=B), Gamma(A, 1 / B)),
        (lambda: Exponential(scale=A), Exponential(1 / A)),
        (lambda: Erlang(n=2, scale=A), Erlang(2, 1 / A)),
        (lambda: Beta(mean=Rational(1, 4), concentration=8), Beta(2, 6)),
        (lambda: NegativeBinomial(r=2, mean=6), NegativeBinomial(2, Rational(1, 4))),
        (lambda: Bernoulli(logits=0), Bernoulli(H)),
        (lambda: Binomial(n=3, logits=log(3)), Binomial(3, Rational(3, 4))),
    ],
)
def test_alternative_parametrisations(built: Callable[[], Any], standard: Any) -> None:
    assert built() == standard


def test_lattice_and_circle_supports() -> None:
    assert VonMises(0, 1).support.args == (-pi, pi)
    assert Logistic(0, 1).support.args == (-oo, oo)
    assert Pareto(2, Symbol("m", positive=True)).support.args[0] == Symbol("m", positive=True)
    assert TruncatedExponential(1, 2).support.args == (0, 2)
