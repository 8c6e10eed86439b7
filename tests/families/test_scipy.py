"""Densities against SciPy's and, where SciPy has none, against the formula written out: an independent check of every log-density."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest
import scipy.stats as scipy_stats
from sympy import Integer, Rational, S, exp, oo

import symkl
from symkl import families
from symkl.families.sampling import draw

s = scipy_stats

FROZEN: dict[str, Callable[..., Any]] = {
    "Normal": lambda mu, sigma: s.norm(mu, sigma),
    "Laplace": lambda mu, b: s.laplace(mu, b),
    "AsymmetricLaplace": lambda m, lam, kappa: s.laplace_asymmetric(kappa, m, 1 / lam),
    "Logistic": lambda mu, c: s.logistic(mu, c),
    "Gumbel": lambda mu, beta: s.gumbel_r(mu, beta),
    "Moyal": lambda mu, sigma: s.moyal(mu, sigma),
    "ExpGamma": lambda alpha, theta: s.loggamma(alpha, math.log(theta)),
    "Cauchy": lambda x0, gamma: s.cauchy(x0, gamma),
    "StudentT": lambda nu, mu, sigma: s.t(nu, mu, sigma),
    "GeneralizedNormal": lambda mu, alpha, beta: s.gennorm(beta, mu, alpha),
    "SkewNormal": lambda xi, omega, alpha: s.skewnorm(alpha, xi, omega),
    "HyperbolicSecant": lambda mu, sigma: s.hypsecant(mu, 2 * sigma / math.pi),
    "GeneralizedExtremeValue": lambda mu, sigma, xi: s.genextreme(-xi, mu, sigma),
    "ExGaussian": lambda mu, sigma, lam: s.exponnorm(1 / (sigma * lam), mu, sigma),
    "Exponential": lambda lam: s.expon(scale=1 / lam),
    "ShiftedExponential": lambda theta, lam: s.expon(theta, 1 / lam),
    "Gamma": lambda alpha, beta: s.gamma(alpha, scale=1 / beta),
    "Erlang": lambda n, lam: s.erlang(n, scale=1 / lam),
    "InverseGamma": lambda alpha, beta: s.invgamma(alpha, scale=beta),
    "Weibull": lambda k, lam: s.weibull_min(k, scale=lam),
    "Frechet": lambda alpha, c: s.invweibull(alpha, scale=c),
    "LogNormal": lambda mu, sigma: s.lognorm(sigma, scale=math.exp(mu)),
    "HalfNormal": lambda sigma: s.halfnorm(scale=sigma),
    "Rayleigh": lambda sigma: s.rayleigh(scale=sigma),
    "Maxwell": lambda a: s.maxwell(scale=a),
    "Chi": lambda k: s.chi(k),
    "ChiSquared": lambda k: s.chi2(k),
    "InverseChiSquared": lambda nu: s.invgamma(nu / 2, scale=0.5),
    "ScaledInverseChiSquared": lambda nu, tau2: s.invgamma(nu / 2, scale=nu * tau2 / 2),
    "Nakagami": lambda m, Omega: s.nakagami(m, scale=math.sqrt(Omega)),
    "GeneralizedGamma": lambda a, d, p: s.gengamma(d / p, p, scale=a),
    "InverseGaussian": lambda mu, lam: s.invgauss(mu / lam, scale=lam),
    "LogLogistic": lambda alpha, beta: s.fisk(beta, scale=alpha),
    "Lomax": lambda alpha, lam: s.lomax(alpha, scale=lam),
    "BetaPrime": lambda alpha, beta: s.betaprime(alpha, beta),
    "FDist": lambda d1, d2: s.f(d1, d2),
    "BurrXII": lambda c, k, lam: s.burr12(c, k, scale=lam),
    "Dagum": lambda p, a, b: s.burr(a, p, scale=b),
    "Gompertz": lambda eta, b: s.gompertz(eta, scale=1 / b),
    "Levy": lambda c: s.levy(scale=c),
    "HalfCauchy": lambda gamma: s.halfcauchy(scale=gamma),
    "HalfLogistic": lambda c: s.halflogistic(scale=c),
    "Pareto": lambda alpha, xm: s.pareto(alpha, scale=xm),
    "GeneralizedPareto": lambda sigma, xi: s.genpareto(xi, scale=sigma),
    "Rice": lambda nu, sigma: s.rice(nu / sigma, scale=sigma),
    "GeneralizedInverseGaussian": lambda p, a, b: s.geninvgauss(p, math.sqrt(a * b), scale=math.sqrt(b / a)),
    "Uniform": lambda a, b: s.uniform(a, b - a),
    "Beta": lambda alpha, beta: s.beta(alpha, beta),
    "Arcsine": lambda: s.arcsine(),
    "PowerFunction": lambda alpha: s.powerlaw(alpha),
    "LogUniform": lambda a, b: s.loguniform(a, b),
    "Triangular": lambda a, c, b: s.triang((c - a) / (b - a), a, b - a),
    "WignerSemicircle": lambda R: s.semicircular(scale=R),
    "RaisedCosine": lambda mu, c: s.cosine(mu, c / math.pi),
    "TruncatedExponential": lambda lam, b: s.truncexpon(b * lam, scale=1 / lam),
    "TruncatedNormal": lambda mu, sigma, a, b: s.truncnorm((a - mu) / sigma, (b - mu) / sigma, mu, sigma),
    "VonMises": lambda mu, kappa: s.vonmises(kappa, mu),
    "WrappedCauchy": lambda mu, rho: _Formula(lambda x: s.wrapcauchy.pdf((x - mu) % (2 * math.pi), rho)),
    "Bernoulli": lambda p: s.bernoulli(p),
    "Binomial": lambda n, p: s.binom(n, p),
    "Geometric": lambda p: s.geom(p),
    "Geometric0": lambda p: s.geom(p, -1),
    "NegativeBinomial": lambda r, p: s.nbinom(r, p),
    "Poisson": lambda lam: s.poisson(lam),
    "DiscreteUniform": lambda a, b: s.randint(a, b + 1),
    "LogSeries": lambda p: s.logser(p),
    "Zeta": lambda c: s.zipf(c),
    "Zipf": lambda c, n: s.zipfian(c, n),
    "YuleSimon": lambda rho: s.yulesimon(rho),
    "Hypergeometric": lambda N, K, n: s.hypergeom(N, K, n),
    "BetaBinomial": lambda n, alpha, beta: s.betabinom(n, alpha, beta),
    "DiscreteLaplace": lambda mu, q: s.dlaplace(-math.log(q), mu),
    "Boltzmann": lambda lam, N: s.boltzmann(lam, N),
    "Skellam": lambda mu1, mu2: s.skellam(mu1, mu2),
    "ZeroTruncatedPoisson": lambda lam: _Formula(lambda x: lam**x / (math.exp(lam) - 1) / math.factorial(int(x))),
    "Borel": lambda mu: _Formula(lambda x: math.exp(-mu * x) * (mu * x) ** (x - 1) / math.factorial(int(x))),
    "Kumaraswamy": lambda a, b: _Formula(lambda x: a * b * x ** (a - 1) * (1 - x**a) ** (b - 1)),
    "Lindley": lambda theta: _Formula(lambda x: theta**2 * (1 + x) * math.exp(-theta * x) / (theta + 1)),
    "Cardioid": lambda mu, rho: _Formula(lambda x: (1 + 2 * rho * math.cos(x - mu)) / (2 * math.pi)),
    "ContinuousBernoulli": lambda lam: _Formula(lambda x: 2 * math.atanh(1 - 2 * lam) / (1 - 2 * lam) * lam**x * (1 - lam) ** (1 - x)),
    "LogitNormal": lambda mu, sigma: _Formula(lambda x: s.norm.pdf(math.log(x / (1 - x)), mu, sigma) / (x * (1 - x))),
}


class _Formula:
    """A density written out, with the two methods asked of SciPy's."""

    def __init__(self, density: Callable[[float], float]) -> None:
        self.pdf = self.pmf = density


CHECKED = [family for family in families() if family.__name__ not in ("Categorical", "Finite")]


def _points(support: Any) -> list[Any]:
    if support.discrete:
        return [Integer(k) for k in range(-3, 7) if support.contains(Integer(k)) is S.true]
    lower, upper = support.lower, support.upper
    if lower == -oo:
        lower = Rational(-3) if upper == oo else upper - 4
    if upper == oo:
        upper = lower + 5
    return [lower + (upper - lower) * Rational(k, 11) for k in (1, 4, 7, 10)]


@pytest.mark.parametrize("family", CHECKED, ids=lambda family: family.__name__)
def test_density_is_scipys(family: Any) -> None:
    for seed in (1, 2, 3):
        member = draw(family, random.Random(f"{family.__name__} scipy {seed}"))
        frozen = FROZEN[family.__name__](*(int(v) if v.is_Integer else float(v) for v in member.args))
        for point in _points(member.support):
            value = float(point)
            expected = frozen.pmf(int(point)) if member.is_discrete else frozen.pdf(value)
            assert float(exp(member.log_density(point)).evalf(25)) == pytest.approx(float(expected), rel=1e-9, abs=1e-300), (member, point)


def test_names_in_scipy_exist() -> None:
    for family in families():
        name = family.names_elsewhere.get("scipy")
        assert name is None or hasattr(scipy_stats, name), family


def test_every_family_is_covered() -> None:
    assert set(FROZEN) == {family.__name__ for family in CHECKED}
    assert all(hasattr(symkl, name) for name in FROZEN)
