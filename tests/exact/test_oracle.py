"""The oracle encloses defining sums and integrals; a wrong value is outside its ball."""

from __future__ import annotations

import random

import mpmath
import pytest
from sympy import E, Expr, Rational, Symbol, cos, exp, lambdify, log, loggamma, oo, pi, sympify

import symkl
from symkl import KL, CrossEntropy, Density, Entropy, Expectation, Mixture, Undecided, families
from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.exact import evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.integrals import Integral1D
from symkl.exact.oracle import enclose_defining
from symkl.families.sampling import draw

R = Rational
x, k = Symbol("x"), Symbol("k")


def reference(P: Law, Q: Law, breaks: list[Expr]) -> mpmath.mpf:
    """KL by mpmath's quadrature at 40 digits, with breaks given by hand."""
    t = Symbol("t", positive=True) if P.support.lower == 0 else Symbol("t", real=True)
    with mpmath.workdps(40):
        p, q = (lambdify(t, law.log_density(t), "mpmath") for law in (P, Q))
        points = [mpmath.mpf(str(sympify(b).evalf(45))) for b in breaks]
        return mpmath.quad(lambda v: mpmath.exp(p(v)) * (p(v) - q(v)), points)


CASES = [
    (symkl.Normal(0, 1), symkl.Laplace(R(1, 3), 2), [-20, 0, R(1, 3), 20]),
    (symkl.Gamma(R(5, 2), 2), symkl.Weibull(R(3, 2), 1), [0, 1, 5, 60]),
    (symkl.Gumbel(0, 1), symkl.Logistic(1, 2), [-6, 0, 10, 110]),
    (symkl.VonMises(0, 1), symkl.WrappedCauchy(1, R(1, 2)), [-pi, 1, pi]),
    (symkl.Beta(3, R(5, 2)), symkl.Kumaraswamy(2, R(3, 2)), [0, R(1, 2), 1]),
]


@pytest.mark.parametrize(("P", "Q", "breaks"), CASES, ids=str)
def test_the_ball_holds_an_independent_value(P: Law, Q: Law, breaks: list[Expr]) -> None:
    ball = enclose_defining(KL(P, Q), 30)
    assert ball.is_rigorous
    value = reference(P, Q, breaks)
    with mpmath.workdps(40):
        assert abs(ball.mid - value) < mpmath.mpf(10) ** -20
        assert ball.rad < mpmath.mpf(10) ** -29 * abs(ball.mid)


def test_planted_errors_lie_outside() -> None:
    P, Q = symkl.Gamma(R(1, 3), 2), symkl.Gamma(2, 1)
    right = enclose_defining(KL(P, Q), 30)
    for wrong in (KL(Q, P), KL(P, symkl.Gamma(2, 1 + R(1, 10**12))), CrossEntropy(P, Q)):
        assert not right.overlaps(enclose_defining(wrong, 30))


@pytest.mark.parametrize("family", families(), ids=lambda family: family.__name__)
def test_entropy_plus_divergence_is_cross_entropy_for_every_family(family: type[Family]) -> None:
    """Three integrals over one law of each family; they are computed apart and must agree within their balls."""
    generator = random.Random(5)
    P, Q = draw(family, generator), draw(family, generator)
    entropy = enclose_defining(Entropy(P), 15)
    assert entropy.is_rigorous
    cross = enclose_defining(CrossEntropy(P, Q), 15)
    divergence = enclose_defining(KL(P, Q), 15)
    assert divergence.sign in (0, 1)
    if cross.is_finite:
        assert cross.lower - entropy.upper <= divergence.upper and divergence.lower <= cross.upper - entropy.lower
    else:
        assert not divergence.is_finite


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (symkl.Cauchy(0, 1), symkl.Normal(0, 1)),
        (symkl.Pareto(1, 1), symkl.Exponential(1)),
        (symkl.Zeta(2), symkl.Poisson(1)),
        (symkl.InverseGamma(1, 1), symkl.Exponential(1)),
        (symkl.Uniform(0, 2), symkl.Uniform(0, 1)),
        (symkl.Normal(0, 1), symkl.Poisson(1)),
        (symkl.Geometric0(R(1, 2)), symkl.Geometric(R(1, 2))),
        (symkl.StudentT(1, 0, 1), symkl.Logistic(0, 1)),
    ],
    ids=str,
)
def test_infinite_divergences_are_proved(P: Law, Q: Law) -> None:
    assert str(enclose_defining(KL(P, Q), 20)) == "oo"


def test_both_sides_of_a_boundary_of_finiteness() -> None:
    assert enclose_defining(KL(symkl.StudentT(R(3, 2), 0, 1), symkl.Laplace(0, 1)), 15).is_finite
    assert not enclose_defining(KL(symkl.StudentT(1, 0, 1), symkl.Laplace(0, 1)), 15).is_finite
    assert enclose_defining(KL(symkl.Frechet(2, 1), symkl.InverseGamma(3, 1)), 15).is_finite


def test_extreme_parameters() -> None:
    tiny, huge = R(1, 10**40), 10**300
    Normal, Gamma = symkl.Normal, symkl.Gamma
    assert str(enclose_defining(KL(Normal(0, 1), Normal(tiny, 1)), 20)) == "5.0000000000000000000e-81"
    assert str(evaluate(KL(Normal(0, huge), Normal(0, 1)), 10)) == "5.000000000e+599"
    assert str(enclose_defining(KL(Normal(0, R(1, huge)), Normal(0, 1)), 15)) == str(evaluate(300 * log(10) - R(1, 2), 15))
    assert evaluate(KL(Gamma(huge, 1), Gamma(huge, 2)), 10).sign == 1
    assert evaluate(KL(symkl.Poisson(huge), symkl.Poisson(huge + 1)), 10).sign == 1


def test_laws_that_hardly_differ() -> None:
    # D is quadratic in a small step, here to 10^-20 and to 10^-300 of it.
    balls = [evaluate(KL(symkl.Skellam(R(3, 2) + step, 1 - step), symkl.Skellam(R(3, 2), 1)), 25) for step in (R(1, 10**20), R(1, 10**300))]
    assert abs(balls[0].upper * 10**40 / (balls[1].upper * 10**600) - 1) < R(1, 10**18)
    assert evaluate(KL(symkl.AsymmetricLaplace(2, 3, R(20, 7) + R(1, 10**300)), symkl.AsymmetricLaplace(2, 3, R(20, 7))), 10).sign == 1


def test_singular_ends_of_trigonometric_densities_take_few_evaluations() -> None:
    wave = log(1 + cos(pi * x))
    near = next(arm for arm in Integral1D(x, wave, wave, -R(1), R(1)).arms if arm.kind == "near")
    calls: list[bool] = []
    with precision(400) as flint:
        run = near.log_program.bind(400)
        value = flint.acb.integral(lambda y, analytic: calls.append(analytic) or run(y, analytic), -80, -1, abs_tol=flint.arb(2) ** -300)
        assert value.real.rad() < flint.arb(2) ** -290
    assert len(calls) < 3000


def test_a_density_nobody_has_named() -> None:
    rayleigh = Density(2 * x * exp(-(x**2)), x, (0, oo))
    assert enclose_defining(KL(rayleigh, symkl.Gamma(2, 3)), 25).overlaps(enclose_defining(KL(symkl.Weibull(2, 1), symkl.Gamma(2, 3)), 25))


def test_mixtures() -> None:
    mixture = Mixture((R(1, 2), symkl.Normal(-2, 1)), (R(1, 2), symkl.Normal(3, 2)))
    assert enclose_defining(KL(mixture, symkl.Normal(0, 3)), 20).sign == 1
    assert enclose_defining(KL(Mixture((R(1, 3), symkl.Poisson(2)), (R(2, 3), symkl.Poisson(2))), symkl.Poisson(2)), 20).sign == 0


def test_expectations_inside_results() -> None:
    semi_closed = 2 * Expectation(loggamma(k + 1), k, symkl.Poisson(3)) - 1
    assert str(evaluate(semi_closed, 20)) == "3.4546141283057960162"
    assert str(evaluate(1 + Expectation(x, x, symkl.Pareto(1, 1)))) == "oo"


def test_bits() -> None:
    half = symkl.Bernoulli(R(1, 2))
    assert str(enclose_defining(Entropy(half, base=2), 10)) == "1.000000000"


def test_many_terms_and_large_means() -> None:
    lam = 10**5
    ball = enclose_defining(KL(symkl.Poisson(lam), symkl.Poisson(lam + 1)), 20)
    assert ball.overlaps(evaluate(lam * log(R(lam, lam + 1)) + 1, 25))


def test_what_cannot_be_proved_is_undecided() -> None:
    # ∫ 2(u + 3 log u − log 2)/u³ du is finite, but in x the tail is slower than any power.
    with pytest.raises(Undecided):
        enclose_defining(Entropy(Density(2 / (x * log(x) ** 3), x, (E, oo))), 10)
    # ∫ (u + 2 log u)/u² du is not.
    assert not enclose_defining(Entropy(Density(1 / (x * log(x) ** 2), x, (E, oo))), 10).is_finite


@pytest.mark.parametrize("digits", [100, 400])
def test_many_digits(digits: int) -> None:
    ball = enclose_defining(KL(symkl.Normal(0, 1), symkl.Normal(1, 2)), digits)
    assert ball.digits == digits
    assert ball.overlaps(evaluate(log(2) - R(1, 4), digits + 5))
