"""What must hold of the divergences of all pairs, whatever the families."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import mpmath
import pytest
from sympy import Expr, Piecewise, Rational, S, Symbol, diff, exp, oo, sqrt, symbols

from symkl import (
    KL,
    Arcsine,
    Bernoulli,
    Beta,
    BetaPrime,
    Binomial,
    BurrXII,
    Cauchy,
    ChiSquared,
    CrossEntropy,
    Dagum,
    DiscreteUniform,
    Entropy,
    Erlang,
    ExpGamma,
    Exponential,
    FDist,
    Finite,
    Frechet,
    Gamma,
    GeneralizedGamma,
    GeneralizedNormal,
    GeneralizedPareto,
    Geometric,
    Geometric0,
    Gumbel,
    HalfNormal,
    InverseChiSquared,
    InverseGamma,
    Kumaraswamy,
    Laplace,
    Levy,
    LogitNormal,
    LogLogistic,
    LogNormal,
    LogUniform,
    Lomax,
    Maxwell,
    Moyal,
    Nakagami,
    NegativeBinomial,
    Normal,
    Pareto,
    PowerFunction,
    Rayleigh,
    ScaledInverseChiSquared,
    ShiftedExponential,
    StudentT,
    TruncatedExponential,
    Uniform,
    Weibull,
    derive,
    families,
    kl,
)  # fmt: skip
from symkl.core.family import Family
from symkl.core.heads import Expectation
from symkl.derive.evaluable import evaluable
from symkl.families.sampling import draw
from symkl.form.zero import is_zero

_spec = importlib.util.spec_from_file_location("numerics", Path(__file__).parents[1] / "reference" / "numerics.py")
assert _spec is not None and _spec.loader is not None
numerics = importlib.util.module_from_spec(_spec)
sys.modules["numerics"] = numerics
_spec.loader.exec_module(numerics)

FAMILIES = {family.__name__: family for family in families()}
a, b, c, k, l, s = symbols("a b c k lambda s", positive=True)
a1, a2, b1, b2, c1, c2, k1, k2, l1, l2, s1, s2 = symbols("a_1 a_2 b_1 b_2 c_1 c_2 k_1 k_2 lambda_1 lambda_2 s_1 s_2", positive=True)
m, m1, m2 = symbols("m m_1 m_2", real=True)
p = Symbol("p", positive=True)
n = Symbol("n", integer=True, positive=True)
HALF = Rational(1, 2)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_law_does_not_diverge_from_itself(name: str) -> None:
    member = FAMILIES[name].generic()
    assert kl(member, member) == 0
    number = draw(FAMILIES[name], random.Random(name))
    assert kl(number, number) == 0


#: One law under two names.
SAME: list[tuple[Any, Any]] = [
    (Exponential(l), Gamma(1, l)),
    (Exponential(l), ShiftedExponential(0, l)),
    (Exponential(l), Weibull(1, 1 / l)),
    (Erlang(n, l), Gamma(n, l)),
    (ChiSquared(k), Gamma(k / 2, HALF)),
    (Rayleigh(s), Weibull(2, s * sqrt(2))),
    (InverseChiSquared(k), InverseGamma(k / 2, HALF)),
    (ScaledInverseChiSquared(k, c), InverseGamma(k / 2, k * c / 2)),
    (Levy(c), InverseGamma(HALF, c / 2)),
    (GeneralizedGamma(l, k, k), Weibull(k, l)),
    (GeneralizedGamma(1 / b, a, 1), Gamma(a, b)),
    (Nakagami(HALF, s**2), HalfNormal(s)),
    (Nakagami(1, 2 * s**2), Rayleigh(s)),
    (Maxwell(a), GeneralizedGamma(a * sqrt(2), 3, 2)),
    (GeneralizedNormal(m, b, 1), Laplace(m, b)),
    (GeneralizedNormal(m, s * sqrt(2), 2), Normal(m, s)),
    (StudentT(1, m, c), Cauchy(m, c)),
    (BurrXII(1, a, l), Lomax(a, l)),
    (BurrXII(b, 1, a), LogLogistic(a, b)),
    (Dagum(1, b, a), LogLogistic(a, b)),
    (GeneralizedPareto(l / a, 1 / a), Lomax(a, l)),
    (Kumaraswamy(a, 1), PowerFunction(a)),
    (Beta(a, 1), PowerFunction(a)),
    (Beta(HALF, HALF), Arcsine()),
    (Beta(1, 1), Uniform(0, 1)),
    (Binomial(1, p), Bernoulli(p)),
    (NegativeBinomial(1, p), Geometric0(p)),
    (Finite({0: 1 - p, 1: p}), Bernoulli(p)),
    (DiscreteUniform(0, 1), Bernoulli(HALF)),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=str)
def test_a_law_under_another_name_is_the_same_law(one: Any, other: Any) -> None:
    for first, second in ((one, other), (other, one)):
        assert is_zero(kl(first, second)) is True


#: Pairs of laws that one map takes to each other: X → e^X, 1/X, −log X, X², a rescaling, and so on.
MAPPED: list[tuple[Any, Any, Any, Any]] = [
    (LogNormal(m1, s1), LogNormal(m2, s2), Normal(m1, s1), Normal(m2, s2)),
    (LogitNormal(m1, s1), LogitNormal(m2, s2), Normal(m1, s1), Normal(m2, s2)),
    (InverseGamma(a1, b1), InverseGamma(a2, b2), Gamma(a1, b1), Gamma(a2, b2)),
    (Frechet(a1, s1), Frechet(a2, s2), Weibull(a1, 1 / s1), Weibull(a2, 1 / s2)),
    (Gumbel(m1, s1), Gumbel(m2, s2), Frechet(1 / s1, exp(m1)), Frechet(1 / s2, exp(m2))),
    (Gumbel(m1, s1), Gumbel(m2, s2), Weibull(1 / s1, exp(-m1)), Weibull(1 / s2, exp(-m2))),
    (ExpGamma(a1, c1), ExpGamma(a2, c2), Gamma(a1, 1 / c1), Gamma(a2, 1 / c2)),
    (Pareto(a1, c), Pareto(a2, c), Exponential(a1), Exponential(a2)),
    (PowerFunction(a1), PowerFunction(a2), Exponential(a1), Exponential(a2)),
    (Pareto(a1, 1), Pareto(a2, 1), PowerFunction(a1), PowerFunction(a2)),
    (Rayleigh(s1), Rayleigh(s2), Exponential(1 / (2 * s1**2)), Exponential(1 / (2 * s2**2))),
    (Nakagami(k1, c1), Nakagami(k2, c2), Gamma(k1, k1 / c1), Gamma(k2, k2 / c2)),
    (BetaPrime(a1, b1), BetaPrime(a2, b2), Beta(a1, b1), Beta(a2, b2)),
    (FDist(2 * a1, 2 * b1), FDist(2 * a1, 2 * b1), Beta(a1, b1), Beta(a1, b1)),
    (Geometric(a1 / (1 + a1)), Geometric(a2 / (1 + a2)), Geometric0(a1 / (1 + a1)), Geometric0(a2 / (1 + a2))),
    (Moyal(m1, s1), Moyal(m2, s1), ExpGamma(HALF, 2 * exp(-m1 / s1)), ExpGamma(HALF, 2 * exp(-m2 / s1))),
    (Kumaraswamy(a, b1), Kumaraswamy(a, b2), Exponential(b1), Exponential(b2)),
    (Lomax(a1, l), Lomax(a2, l), Exponential(a1), Exponential(a2)),
    (LogUniform(2, 3), LogUniform(1, 4), LogUniform(2 * c, 3 * c), LogUniform(c, 4 * c)),
    (TruncatedExponential(l1, b), TruncatedExponential(l2, b), TruncatedExponential(l1 * b, 1), TruncatedExponential(l2 * b, 1)),
    (LogNormal(m1, s1), Gamma(a, b), Normal(m1, s1), ExpGamma(a, 1 / b)),
    (Gamma(a, b), LogNormal(m, s), ExpGamma(a, 1 / b), Normal(m, s)),
    (Weibull(k, l), LogNormal(m, s), Frechet(k, 1 / l), LogNormal(-m, s)),
    (Gamma(a, b), Frechet(k, s), InverseGamma(a, b), Weibull(k, 1 / s)),
    (Gamma(a, b), Weibull(k, l), Gamma(a, b * c), Weibull(k, l / c)),
]


#: Families whose divergences are not found closed yet, though those of their images are.
PENDING: tuple[type, ...] = ()


@pytest.mark.parametrize(
    ("P", "Q", "image_of_P", "image_of_Q"),
    [
        pytest.param(*each, marks=pytest.mark.xfail(strict=False, reason="not found closed yet") if isinstance(each[0], PENDING) else ())
        for each in MAPPED
    ],
    ids=str,
)
def test_invertible_maps_keep_divergences(P: Any, Q: Any, image_of_P: Any, image_of_Q: Any) -> None:
    one, other = derive(KL(P, Q)), derive(KL(image_of_P, image_of_Q))
    assert one.status == other.status == "closed"
    assert is_zero(_branch(one.result) - _branch(other.result)) is True
    assert _condition(one.result) == _condition(other.result)


def _branch(value: Expr) -> Expr:
    return value.args[0][0] if isinstance(value, Piecewise) else value


def _condition(value: Expr) -> Any:
    return value.args[0][1] if isinstance(value, Piecewise) else S.true


def _pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """A seeded sample of pairs on comparable supports."""
    rng = random.Random(seed)
    found: list[tuple[str, str]] = []
    while len(found) < count:
        first, second = rng.choice(list(FAMILIES)), rng.choice(list(FAMILIES))
        one, other = (draw(FAMILIES[each], random.Random(seed)) for each in (first, second))
        if one.support.within(other.support) is S.true:
            found.append((first, second))
    return found


def _number(value: Expr) -> Any:
    shown = value.evalf(25)
    assert shown is oo or shown.is_Float or shown.is_Integer, shown
    return mpmath.inf if shown is oo else mpmath.mpf(str(shown))


@pytest.mark.parametrize(("first", "second"), _pairs(50, seed=1))
def test_divergences_are_not_negative(first: str, second: str) -> None:
    rng = random.Random(f"{first} {second}")
    P, Q = draw(FAMILIES[first], rng), draw(FAMILIES[second], rng)
    value = derive(KL(P, Q)).result
    if not value.has(Expectation):
        assert _number(value) > (0 if P != Q else -1)


@pytest.mark.parametrize(("first", "second"), _pairs(40, seed=2))
def test_cross_entropy_is_entropy_plus_divergence(first: str, second: str) -> None:
    rng = random.Random(f"{first} {second}")
    P, Q = draw(FAMILIES[first], rng), draw(FAMILIES[second], rng)
    cross, own, between = (derive(head) for head in (CrossEntropy(P, Q), Entropy(P), KL(P, Q)))
    if any(each.result.has(Expectation) for each in (cross, own, between)):
        return
    if between.result is oo:
        assert cross.result is oo or own.result is oo
        return
    with mpmath.workdps(30):
        difference = _number(cross.result) - _number(own.result) - _number(between.result)
        assert abs(difference) < mpmath.mpf(10) ** -18 * (1 + abs(_number(between.result)))


#: Families whose log-density is smooth in every parameter and whose support does not move.
SMOOTH = [
    "Normal", "Gumbel", "Moyal", "ExpGamma", "Cauchy", "Exponential", "Gamma", "InverseGamma", "Weibull", "Frechet", "LogNormal", "HalfNormal",
    "Rayleigh", "Maxwell", "Chi", "ChiSquared", "InverseChiSquared", "ScaledInverseChiSquared", "Nakagami", "GeneralizedGamma", "InverseGaussian",
    "BetaPrime", "Levy", "Beta", "PowerFunction", "VonMises", "WrappedCauchy", "Bernoulli", "Geometric", "Geometric0", "Poisson", "LogSeries", "Borel",
    "ZeroTruncatedPoisson", "Zeta",
]  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
def test_hessian_is_the_fisher_information(name: str) -> None:
    """∂²D(θ ‖ φ)/∂φᵢ∂φⱼ = −E_θ[∂ᵢ∂ⱼ log p] at φ = θ, the right side by quadrature of densities typed apart."""
    family = FAMILIES[name]
    derivation = derive(KL(family.generic("_1"), family.generic("_2")))
    assert derivation.status == "closed"
    member = draw(family, random.Random(f"Fisher {name}"))
    first, second = family.generic("_1").args, family.generic("_2").args
    values = {**dict(zip(first, member.args)), **dict(zip(second, member.args))}
    for i, one in enumerate(second):
        assert abs(_number(evaluable(diff(derivation.result, one)).subs(values))) < mpmath.mpf(10) ** -15
        for other in second[i:]:
            here = _number(evaluable(diff(derivation.result, one, other)).subs(values))
            assert abs(here - _information(name, member, i, second.index(other))) < mpmath.mpf(10) ** -12 * (1 + abs(here))


def _information(name: str, member: Family, i: int, j: int) -> Any:
    """−E_θ[∂ᵢ∂ⱼ log p_θ], by a difference so fine that only the working precision of the reference numerics is left of its error."""
    with mpmath.workdps(120):
        step = mpmath.mpf(10) ** -25

        def moved(*shifts: tuple[int, int]) -> Any:
            values = [numerics.number(each) for each in member.args]
            for index, sign in shifts:
                values[index] += sign * step
            return numerics.DENSITIES[name](*values).log

        corners = [moved((i, 1), (j, 1)), moved((i, -1), (j, -1)), moved((i, 1), (j, -1)), moved((i, -1), (j, 1))]

        def negative_second_derivative(x: Any) -> Any:
            return -(corners[0](x) + corners[1](x) - corners[2](x) - corners[3](x)) / (2 * step) ** 2

    return numerics.expectation(negative_second_derivative, (name, list(member.args)))
