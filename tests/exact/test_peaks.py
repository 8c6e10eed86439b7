"""Densities whose mass lies in a tiny part of their support: the peak is found, resolved, and what lies beyond is bounded."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from sympy import E, Integer, Rational, Symbol, lambdify, oo

from symkl import (
    KL,
    Beta,
    BetaPrime,
    FDist,
    Gamma,
    GeneralizedGamma,
    Hellinger,
    InverseGamma,
    InverseGaussian,
    Kumaraswamy,
    Lindley,
    LogLogistic,
    TotalVariation,
    evaluate,
)
from symkl.exact.arithmetic import precision
from symkl.exact.integrals import Integral1D
from symkl.exact.laws import log_density_at, point_of
from symkl.exact.modes import mode_from
from symkl.exact.stable import Growth
from symkl.exact.taylor import growth

flint: Any = pytest.importorskip("flint")


def lindley_surprise(mean: Any, log_means: Any) -> Any:
    """−E log q for q = e^−x (1 + x)/2."""
    return mean - log_means + mpmath.log(2)


@pytest.mark.parametrize("a", [10**40, 10**300])
def test_gamma_onto_lindley(a: int) -> None:
    """−H(p) + E X − E log(1 + X) + log 2, with E log(1 + X) = E log X + E 1/X − … by moments of 1/X."""
    with mpmath.workdps(700):
        moments = mpmath.psi(0, a) + mpmath.mpf(1) / (a - 1) - mpmath.mpf(1) / (2 * (a - 1) * (a - 2))
        entropy = a + mpmath.loggamma(a) + (1 - a) * mpmath.psi(0, a)
        expected = lindley_surprise(mpmath.mpf(a), moments) - entropy
        found = evaluate(KL(Gamma(a, 1), Lindley(1)), 12)
        assert found.is_rigorous
        assert mpmath.mpf(found.lower.numerator) / found.lower.denominator <= expected * (1 + mpmath.mpf(10) ** -17)
        assert mpmath.mpf(found.upper.numerator) / found.upper.denominator >= expected * (1 - mpmath.mpf(10) ** -17)


def test_laws_one_standard_deviation_apart() -> None:
    """Next to normal laws, up to 10^-20: TV = erf(1/√8), H² = 1 − e^(−1/8)."""
    P, Q = Gamma(10**40, 1), Gamma(10**40 + 10**20, 1)
    with mpmath.workdps(30):
        for head, limit in ((TotalVariation(P, Q), mpmath.erf(1 / mpmath.sqrt(8))), (Hellinger(P, Q), mpmath.sqrt(-mpmath.expm1(-mpmath.mpf(1) / 8)))):
            assert abs(float(evaluate(head, 12)) - float(limit)) < 1e-11


def test_two_coordinates_agree() -> None:
    """X of Gamma(a), 1/X of InverseGamma, aX/(1 + aX) and the like: D is the same in each."""
    a = Integer(10) ** 30
    one = evaluate(KL(Gamma(a, 1), Gamma(a + 10**15, 1)), 12)
    other = evaluate(KL(InverseGamma(a, 1), InverseGamma(a + 10**15, 1)), 12)
    assert str(one) == str(other) == "0.500000000000"
    beta, prime = (evaluate(KL(law(a, 2 * a), law(a + 10**15, 2 * a)), 12) for law in (Beta, BetaPrime))
    assert str(beta) == str(prime)


@pytest.mark.parametrize(
    "head",
    [
        KL(Beta(10**40, 10**40), Kumaraswamy(3, 2)), KL(Beta(10**40, 10**30), Kumaraswamy(3, 2)), KL(FDist(10**40, 10**30), Lindley(2)),
        KL(GeneralizedGamma(1, 10**40, 10), Lindley(1)), KL(InverseGamma(10**40, 10**40), Lindley(1)), KL(InverseGaussian(1, 10**40), Lindley(2)),
    ],
)  # fmt: skip
def test_laplaces_value(head: Any) -> None:
    """−½ log(2πe s²) − log q(m), from the mode m and the curvature 1/s² there, typed anew by differences at 400 digits."""
    P, Q = head.laws
    x = point_of(P.support)
    p, q = log_density_at(P, x), log_density_at(Q, x)
    found = evaluate(head, 12)
    mode = mode_from(x, p, Rational(1, 2) if P.support.upper == 1 else Integer(1), P.support.lower, P.support.upper)
    m = _newton(p, x, mode)
    with mpmath.workdps(400):
        curvature = _number(p.diff(x, 2), x, m)
        laplace = (mpmath.log(-curvature / (2 * mpmath.pi)) - 1) / 2 - _number(q, x, m)
        assert abs(laplace - mpmath.mpf(found.lower.numerator) / found.lower.denominator) < abs(laplace) * mpmath.mpf(10) ** -11


def _number(expr: Any, x: Any, place: Any) -> Any:
    return lambdify(x, expr, modules=["mpmath", {"loggamma": mpmath.loggamma}])(place)


def _newton(p: Any, x: Any, start: Any) -> Any:
    with mpmath.workdps(400):
        place = mpmath.mpf(start.p) / start.q
        for _ in range(12):
            place -= _number(p.diff(x), x, place) / _number(p.diff(x, 2), x, place)
        return place


def test_masses_are_one() -> None:
    """∫ p = 1 to 25 digits: a peak missed, cut too near or counted twice shows."""
    for law in (Gamma(10**40, 1), Beta(10**40, 10**30), FDist(10**40, 10**30), InverseGamma(10**300, 3), LogLogistic(3, 10**100)):
        x = point_of(law.support)
        problem = Integral1D(x, log_density_at(law, x), Integer(1), law.support.lower, law.support.upper)
        value = problem.enclose(-58.0, 3000).real
        with precision(300):
            assert value.contains(1)
            assert value.rad() < 1e-24
            # A planted error of 10^-23 is told.
            assert not (value * (1 + flint.arb(10) ** -23)).contains(1)


def test_the_mode_is_a_guide_where_there_is_none() -> None:
    for law, start in ((Gamma(2, 1), Integer(1)), (Lindley(1), Integer(5))):
        x = point_of(law.support)
        assert mode_from(x, log_density_at(law, x), start, law.support.lower, law.support.upper) is None
    x = point_of(Gamma(1, 1).support)
    found = mode_from(x, log_density_at(Gamma(10**40, 1), x), Integer(2) ** 133, Integer(0), oo)
    assert found is not None
    assert abs(found - (10**40 - 1)) < 10**20


@pytest.mark.parametrize("z", ["0", "0.3", "-0.7", "2", "40", "-30"])
def test_series_of_growth(z: str) -> None:
    """(e^z − 1)/z: its coefficients against those of mpmath, and against planted errors."""
    with precision(200), mpmath.workdps(50):
        place = mpmath.mpf(z)
        expected = mpmath.taylor(lambda w: mpmath.expm1(w) / w, place, 5) if place else [1 / mpmath.factorial(n + 1) for n in range(6)]
        for c, e in zip(growth([flint.acb(z), flint.acb(1)], 5), expected, strict=True):
            near = flint.arb(mpmath.nstr(e, 35))
            assert abs(c.real - near) < abs(near) * 1e-25
            assert not abs(c.real - near * (1 + flint.arb(1e-20))) < abs(near) * 1e-25


def test_series_of_growth_on_wide_balls() -> None:
    """The ball around 0 holds the coefficients at every point of it."""
    with precision(100):
        wide = growth([flint.acb(flint.arb(0, 2)), flint.acb(1)], 4)
        for z in (-2, -1, 0, 1, 2):
            for c, d in zip(wide, growth([flint.acb(z), flint.acb(1)], 4), strict=True):
                assert c.contains(d)


def test_slope_of_growth() -> None:
    """((e^z − 1)/z)′ = 1 at z = 1."""
    z = Symbol("z")
    assert Growth(z).diff(z).xreplace({Growth(z): E - 1}).subs(z, 1) == 1
