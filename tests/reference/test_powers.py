"""Published divergences of Rényi, Tsallis, Hellinger, Bhattacharyya and Pearson, integrals of powers and Fisher informations, as printed.

Each is found in closed form, equal at random exact points to 20 digits, and about as short as printed.
"""

from __future__ import annotations

import random
import statistics
from typing import Any, NamedTuple

import pytest
from sympy import (
    Abs,
    EulerGamma,
    Expr,
    Integer,
    Piecewise,
    Rational,
    S,
    Symbol,
    besseli,
    beta,
    diff,
    exp,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
)
from sympy.logic.boolalg import Boolean

from symkl import (
    Bernoulli,
    Beta,
    Bhattacharyya,
    Binomial,
    Cauchy,
    Chi,
    Chi2,
    Exponential,
    Gamma,
    GeneralizedPareto,
    Geometric,
    Geometric0,
    Gumbel,
    HalfNormal,
    Hellinger,
    InverseGaussian,
    Jeffreys,
    Kumaraswamy,
    Laplace,
    Logistic,
    LogNormal,
    Maxwell,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    Rayleigh,
    Renyi,
    StudentT,
    Tsallis,
    Uniform,
    VonMises,
    Weibull,
    expectation,
)
from symkl.core.divergences import Divergence

GIL = "Gil, Alajaji, Linder, Rényi divergence measures for commonly used univariate continuous distributions (2013)"
GIL11 = "Gil, On Rényi divergence measures for continuous alphabet sources (2011)"
ERVEN = "van Erven, Harremoës, Rényi divergence and Kullback–Leibler divergence (2014)"
NIELSEN = "Nielsen, Garcia, Statistical exponential families: a digest with flash cards (2009)"
NOCK11 = "Nielsen, Nock, On Rényi and Tsallis entropies and divergences for exponential families (2011)"
NOCK14 = "Nielsen, Nock, On the chi square and higher-order chi distances (2014)"
BOLTZ = "Nielsen, Boltz, The Burbea–Rao and Bhattacharyya centroids (2011)"
OKAMURA = "Nielsen, Okamura, On f-divergences between Cauchy distributions (2022)"
KAILATH = "Kailath, The divergence and Bhattacharyya distance measures in signal selection (1967)"
JEFFREYS = "Jeffreys, An invariant form for the prior probability in estimation problems (1946)"
SONG = "Song, Rényi information, loglikelihood and an intrinsic distribution measure (2001)"
ZOGRAFOS = "Nadarajah, Zografos, Formulas for Rényi information and related measures for univariate distributions (2003)"
ONICESCU = "Onicescu, Énergie informationnelle (1966)"
LANGE = "Lange, Little, Taylor, Robust statistical modeling using the t distribution (1989)"
SMITH = "Smith, Maximum likelihood estimation in a class of nonregular cases (1985)"
MARDIA = "Mardia, Jupp, Directional Statistics (2000)"
COVER = "Cover, Thomas, Elements of Information Theory, 2nd ed. (2006)"
JOHNSON = "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions (1994); Johnson, Kemp, Kotz, Univariate Discrete Distributions (2005)"
WIKI = "Wikipedia, articles on the Hellinger and the Bhattacharyya distance"
DEFINITION = "by the definition"


class Form(NamedTuple):
    """head = value, as printed in `source`, under `where`; a head is a divergence, or a statistic and its law."""

    name: str
    head: Any
    value: Expr
    source: str
    where: Boolean = S.true


x = Symbol("x", real=True)
k_ = Symbol("k", integer=True)
a, b, c, s, l, q, r, u, v, n_ = symbols("a b c s lambda q r u v nu", positive=True)
a1, a2, b1, b2, s1, s2, l1, l2, k1, k2, c1, c2 = symbols("a_1 a_2 b_1 b_2 s_1 s_2 lambda_1 lambda_2 k_1 k_2 c_1 c_2", positive=True)
m, m1, m2 = symbols("m m_1 m_2", real=True)
p, p1, p2 = symbols("p p_1 p_2", positive=True)
n = Symbol("n", integer=True, positive=True)
g, half = EulerGamma, Rational(1, 2)


def psi(z: Expr) -> Expr:
    return polygamma(0, z)


def lg(z: Expr) -> Expr:
    return loggamma(z)


def qa(one: Expr, other: Expr) -> Expr:
    """The mean of order q of two parameters."""
    return q * one + (1 - q) * other


def power(law: Any, order: Any) -> tuple[Expr, Any]:
    """∫ p^order."""
    return law.density(x) ** (order - 1), law


def fisher(law: Any, symbol: Symbol) -> tuple[Expr, Any]:
    """E (∂ log p/∂symbol)²."""
    return diff(law.log_density(x), symbol) ** 2, law


def dfisher(law: Any, symbol: Symbol) -> tuple[Expr, Any]:
    """The same on a lattice."""
    return diff(law.log_density(k_), symbol) ** 2, law


FORMS = [
    Form("R Beta", Renyi(Beta(a1, b1), Beta(a2, b2), q), log(beta(a2, b2) / beta(a1, b1)) + log(beta(qa(a1, a2), qa(b1, b2)) / beta(a1, b1)) / (q - 1), GIL, (qa(a1, a2) > 0) & (qa(b1, b2) > 0)),
    Form("R Chi", Renyi(Chi(k1), Chi(k2), q), log(gamma(k2 / 2) / gamma(k1 / 2)) + log(gamma(qa(k1, k2) / 2) / gamma(k1 / 2)) / (q - 1), GIL, qa(k1, k2) > 0),
    Form("R Exp", Renyi(Exponential(l1), Exponential(l2), q), log(l1 / l2) + log(l1 / qa(l1, l2)) / (q - 1), GIL, qa(l1, l2) > 0),
    Form("R Normal", Renyi(Normal(m1, s1), Normal(m2, s2), q), log(s2 / s1) + log(s2**2 / (q * s2**2 + (1 - q) * s1**2)) / (2 * (q - 1)) + q * (m1 - m2)**2 / (2 * (q * s2**2 + (1 - q) * s1**2)), GIL, q * s2**2 + (1 - q) * s1**2 > 0),
    Form("R Gumbel", Renyi(Gumbel(m1, b), Gumbel(m2, b), q), (m1 - m2) / b + log(exp(m1 / b) / qa(exp(m1 / b), exp(m2 / b))) / (q - 1), GIL, qa(exp(m1 / b), exp(m2 / b)) > 0),
    Form("R HalfNormal", Renyi(HalfNormal(s1), HalfNormal(s2), q), log(s2 / s1) + log(s2**2 / qa(s2**2, s1**2)) / (2 * (q - 1)), GIL, qa(s2**2, s1**2) > 0),
    Form("R Rayleigh", Renyi(Rayleigh(s1), Rayleigh(s2), q), 2 * log(s2 / s1) + log(s2**2 / qa(s2**2, s1**2)) / (q - 1), GIL, qa(s2**2, s1**2) > 0),
    Form("R Maxwell", Renyi(Maxwell(s1), Maxwell(s2), q), 3 * log(s2 / s1) + 3 * log(s2**2 / qa(s2**2, s1**2)) / (2 * (q - 1)), GIL, qa(s2**2, s1**2) > 0),
    Form("R Weibull", Renyi(Weibull(k1, l1), Weibull(k1, l2), q), k1 * log(l2 / l1) + log(l2**k1 / qa(l2**k1, l1**k1)) / (q - 1), GIL, qa(l2**k1, l1**k1) > 0),
    Form("R LogNormal", Renyi(LogNormal(m1, s1), LogNormal(m2, s2), q), log(s2 / s1) + log(s2**2 / (q * s2**2 + (1 - q) * s1**2)) / (2 * (q - 1)) + q * (m1 - m2)**2 / (2 * (q * s2**2 + (1 - q) * s1**2)), GIL, q * s2**2 + (1 - q) * s1**2 > 0),
    Form("R Laplace eq loc", Renyi(Laplace(m, b1), Laplace(m, b2), q), log(b2 / b1) + log(b2 / (q * b2 + (1 - q) * b1)) / (q - 1), GIL, q * b2 + (1 - q) * b1 > 0),
    Form("R Laplace eq scale", Renyi(Laplace(m1, b), Laplace(m2, b), q), log((q * exp((q - 1) * Abs(m1 - m2) / b) - (1 - q) * exp(-q * Abs(m1 - m2) / b)) / (2 * q - 1)) / (q - 1), GIL),
    Form("R Gamma", Renyi(Gamma(a1, b1), Gamma(a2, b2), q), log(gamma(a2) * b1**a1 / (gamma(a1) * b2**a2)) + log(gamma(qa(a1, a2)) / gamma(a1) * b1**a1 / qa(b1, b2)**qa(a1, a2)) / (q - 1), GIL, (qa(a1, a2) > 0) & (qa(b1, b2) > 0)),
    Form("R Poisson", Renyi(Poisson(l1), Poisson(l2), q), (l1**q * l2**(1 - q) - q * l1 - (1 - q) * l2) / (q - 1), ERVEN),
    Form("R Bernoulli 2", Renyi(Bernoulli(p1), Bernoulli(p2), 2), log(p1**2 / p2 + (1 - p1)**2 / (1 - p2)), ERVEN),
    Form("R Geometric0", Renyi(Geometric0(p1), Geometric0(p2), q), log(p1**q * p2**(1 - q) / (1 - (1 - p1)**q * (1 - p2)**(1 - q))) / (q - 1), GIL11, (1 - p1)**q * (1 - p2)**(1 - q) < 1),
    Form("R Uniform", Renyi(Uniform(0, u), Uniform(0, u + v), q), log((u + v) / u), GIL),
    Form("R Normal half", Renyi(Normal(m1, s1), Normal(m2, s2), half), (m1 - m2)**2 / (2 * (s1**2 + s2**2)) + log((s1**2 + s2**2) / (2 * s1 * s2)), NIELSEN),
    Form("T Exponential", Tsallis(Exponential(l1), Exponential(l2), q), (l1**q * l2**(1 - q) / qa(l1, l2) - 1) / (q - 1), NOCK11, qa(l1, l2) > 0),
    Form("T Normal eq", Tsallis(Normal(m1, s), Normal(m2, s), q), (exp(q * (q - 1) * (m1 - m2)**2 / (2 * s**2)) - 1) / (q - 1), NOCK11),
    Form("He Normal", Hellinger(Normal(m1, s1), Normal(m2, s2)), sqrt(1 - sqrt(2 * s1 * s2 / (s1**2 + s2**2)) * exp(-(m1 - m2)**2 / (4 * (s1**2 + s2**2)))), WIKI),
    Form("He Exp", Hellinger(Exponential(l1), Exponential(l2)), sqrt(1 - 2 * sqrt(l1 * l2) / (l1 + l2)), WIKI),
    Form("He Weibull", Hellinger(Weibull(k1, l1), Weibull(k1, l2)), sqrt(1 - 2 * (l1 * l2)**(k1 / 2) / (l1**k1 + l2**k1)), WIKI),
    Form("He Poisson", Hellinger(Poisson(l1), Poisson(l2)), sqrt(1 - exp(-(sqrt(l1) - sqrt(l2))**2 / 2)), WIKI),
    Form("He Beta", Hellinger(Beta(a1, b1), Beta(a2, b2)), sqrt(1 - beta((a1 + a2) / 2, (b1 + b2) / 2) / sqrt(beta(a1, b1) * beta(a2, b2))), WIKI),
    Form("B Normal", Bhattacharyya(Normal(m1, s1), Normal(m2, s2)), (m1 - m2)**2 / (4 * (s1**2 + s2**2)) + log((s1**2 + s2**2) / (2 * s1 * s2)) / 2, WIKI),
    Form("B Laplace", Bhattacharyya(Laplace(m1, b), Laplace(m2, b)), Abs(m1 - m2) / (2 * b) - log(1 + Abs(m1 - m2) / (2 * b)), KAILATH),
    Form("B Gamma", Bhattacharyya(Gamma(a1, b1), Gamma(a2, b2)), (a1 + a2) / 2 * log((b1 + b2) / 2) + lg(a1) / 2 + lg(a2) / 2 - lg((a1 + a2) / 2) - (a1 * log(b1) + a2 * log(b2)) / 2, BOLTZ),
    Form("B Binomial", Bhattacharyya(Binomial(n, p1), Binomial(n, p2)), -n * log(sqrt(p1 * p2) + sqrt((1 - p1) * (1 - p2))), KAILATH),
    Form("B Geometric", Bhattacharyya(Geometric(p1), Geometric(p2)), log(1 - sqrt((1 - p1) * (1 - p2))) - log(p1 * p2) / 2, BOLTZ),
    Form("B Rayleigh", Bhattacharyya(Rayleigh(s1), Rayleigh(s2)), log((s1**2 + s2**2) / (2 * s1 * s2)), BOLTZ),
    Form("B Pareto", Bhattacharyya(Pareto(a1, c), Pareto(a2, c)), log((a1 + a2) / (2 * sqrt(a1 * a2))), NIELSEN),
    Form("C Normal", Chi2(Normal(m1, s), Normal(m2, s)), exp((m1 - m2)**2 / s**2) - 1, NOCK14),
    Form("C Poisson", Chi2(Poisson(l1), Poisson(l2)), exp((l1 - l2)**2 / l2) - 1, NOCK14),
    Form("C Binomial", Chi2(Binomial(n, p1), Binomial(n, p2)), (1 + (p1 - p2)**2 / (p2 * (1 - p2)))**n - 1, NOCK14),
    Form("C Cauchy", Chi2(Cauchy(m1, c1), Cauchy(m2, c2)), ((m1 - m2)**2 + (c1 - c2)**2) / (2 * c1 * c2), OKAMURA),
    Form("C Geometric0", Chi2(Geometric0(p1), Geometric0(p2)), p1**2 * (1 - p2) / (p2 * (1 - p2 - (1 - p1)**2)) - 1, NOCK14, (1 - p1)**2 < 1 - p2),
    Form("C Uniform", Chi2(Uniform(0, u), Uniform(0, u + v)), v / u, DEFINITION),
    Form("C Laplace", Chi2(Laplace(m1, b), Laplace(m2, b)), (2 * exp(Abs(m1 - m2) / b) + exp(-2 * Abs(m1 - m2) / b)) / 3 - 1, NIELSEN),
    Form("J Normal", Jeffreys(Normal(m1, s1), Normal(m2, s2)), ((s1**2 + (m1 - m2)**2) / s2**2 + (s2**2 + (m1 - m2)**2) / s1**2) / 2 - 1, JEFFREYS),
    Form("J Exp", Jeffreys(Exponential(l1), Exponential(l2)), (l1 - l2)**2 / (l1 * l2), NIELSEN),
    Form("J Gamma", Jeffreys(Gamma(a1, b1), Gamma(a2, b2)), (a1 - a2) * (psi(a1) - psi(a2) - log(b1 / b2)) + (b2 - b1) * (a1 / b1 - a2 / b2), NIELSEN),
    Form("J InvGauss", Jeffreys(InverseGaussian(a1, l), InverseGaussian(a2, l)), l * (a1 - a2)**2 * (a1 + a2) / (2 * a1**2 * a2**2), NIELSEN),
    Form("J VonMises", Jeffreys(VonMises(0, k1), VonMises(0, k2)), (k1 - k2) * (besseli(1, k1) / besseli(0, k1) - besseli(1, k2) / besseli(0, k2)), NIELSEN),
    Form("P Normal", power(Normal(m, s), q), (2 * pi * s**2)**((1 - q) / 2) / sqrt(q), SONG),
    Form("P Exp", power(Exponential(l), q), l**(q - 1) / q, SONG),
    Form("P Gamma", power(Gamma(a, b), q), b**(q - 1) * gamma(q * (a - 1) + 1) / (gamma(a)**q * q**(q * (a - 1) + 1)), ZOGRAFOS, q * (a - 1) + 1 > 0),
    Form("P Beta", power(Beta(a, b), q), beta(q * (a - 1) + 1, q * (b - 1) + 1) / beta(a, b)**q, ZOGRAFOS, (q * (a - 1) + 1 > 0) & (q * (b - 1) + 1 > 0)),
    Form("P Laplace", power(Laplace(m, b), q), (2 * b)**(1 - q) / q, ZOGRAFOS),
    Form("P Cauchy", power(Cauchy(m, c), q), c**(1 - q) * pi**(-q) * beta(q - half, half), ZOGRAFOS, q > half),
    Form("P Pareto", power(Pareto(a, c), q), a**q * c**(1 - q) / (q * (a + 1) - 1), ZOGRAFOS, q * (a + 1) > 1),
    Form("P Weibull", power(Weibull(k1, l), q), (k1 / l)**(q - 1) * gamma(q - (q - 1) / k1) * q**((q - 1) / k1 - q), ZOGRAFOS, q - (q - 1) / k1 > 0),
    Form("P Logistic", power(Logistic(m, s), q), s**(1 - q) * beta(q, q), ZOGRAFOS),
    Form("P LogNormal", power(LogNormal(m, s), q), (2 * pi * s**2)**((1 - q) / 2) / sqrt(q) * exp((1 - q) * m + (1 - q)**2 * s**2 / (2 * q)), ZOGRAFOS),
    Form("P Gumbel", power(Gumbel(m, b), q), b**(1 - q) * gamma(q) * q**(-q), ZOGRAFOS),
    Form("P StudentT", power(StudentT(n_), q), beta(half, (q * (n_ + 1) - 1) / 2) / (n_**((q - 1) / 2) * beta(half, n_ / 2)**q), ZOGRAFOS, q * (n_ + 1) > 1),
    Form("P Rayleigh", power(Rayleigh(s), q), 2**((q - 1) / 2) * s**(1 - q) * gamma((q + 1) / 2) * q**(-(q + 1) / 2), ZOGRAFOS),
    Form("P Kumaraswamy", power(Kumaraswamy(a, b), 2), a * b**2 * beta(2 - 1 / a, 2 * b - 1), ZOGRAFOS, (a > half) & (b > half)),
    Form("P Logistic 2", power(Logistic(m, s), 2), 1 / (6 * s), ONICESCU),
    Form("F Normal sigma", fisher(Normal(m, s), s), 2 / s**2, COVER),
    Form("F Gamma shape", fisher(Gamma(a, b), a), polygamma(1, a), JOHNSON),
    Form("F Cauchy loc", fisher(Cauchy(m, c), m), 1 / (2 * c**2), JOHNSON),
    Form("F Logistic loc", fisher(Logistic(m, s), m), 1 / (3 * s**2), JOHNSON),
    Form("F Logistic scale", fisher(Logistic(m, s), s), (3 + pi**2) / (9 * s**2), JOHNSON),
    Form("F Student loc", fisher(StudentT(n_, m, s), m), (n_ + 1) / ((n_ + 3) * s**2), LANGE),
    Form("F Weibull shape", fisher(Weibull(k1, l), k1), (pi**2 / 6 + (1 - g)**2) / k1**2, JOHNSON),
    Form("F Weibull scale", fisher(Weibull(k1, l), l), k1**2 / l**2, JOHNSON),
    Form("F Gumbel scale", fisher(Gumbel(m, b), b), (pi**2 / 6 + (1 - g)**2) / b**2, JOHNSON),
    Form("F Beta", fisher(Beta(a, b), a), polygamma(1, a) - polygamma(1, a + b), JOHNSON),
    Form("F InvGauss", fisher(InverseGaussian(a, l), l), 1 / (2 * l**2), JOHNSON),
    Form("F GPD xi", fisher(GeneralizedPareto(s, u), u), 2 / ((1 + u) * (1 + 2 * u)), SMITH),
    Form("F Pareto", fisher(Pareto(a, c), a), 1 / a**2, JOHNSON),
    Form("F LogNormal", fisher(LogNormal(m, s), s), 2 / s**2, JOHNSON),
    Form("F Rayleigh", fisher(Rayleigh(s), s), 4 / s**2, JOHNSON),
    Form("F VonMises", fisher(VonMises(0, k1), k1), (1 + besseli(2, k1) / besseli(0, k1)) / 2 - (besseli(1, k1) / besseli(0, k1))**2, MARDIA),
    Form("F Poisson", dfisher(Poisson(l), l), 1 / l, COVER),
    Form("F Geometric", dfisher(Geometric(p), p), 1 / (p**2 * (1 - p)), JOHNSON),
    Form("F NegBin p", dfisher(NegativeBinomial(r, p), p), r / (p**2 * (1 - p)), JOHNSON),
]  # fmt: skip


def found(form: Form) -> Expr:
    if isinstance(form.head, Divergence):
        return form.head.doit()
    statistic, law = form.head
    return expectation(lambda y: statistic.xreplace({x: y, k_: y}), law)


def point(form: Form, rng: random.Random) -> dict[Any, Any]:
    symbols_of = sorted((form.head.free_symbols if isinstance(form.head, Divergence) else form.head[1].free_symbols) | form.value.free_symbols, key=str)
    while True:
        values: dict[Any, Any] = {}
        for each in symbols_of:
            if each in (p, p1, p2):
                values[each] = Rational(rng.randint(1, 18), 19)
            elif each.is_integer:
                values[each] = Integer(rng.randint(1, 5))
            else:
                values[each] = Rational(rng.randint(4, 27), rng.choice([7, 9, 11])) if each.is_positive else Rational(rng.randint(-20, 20), 9)
        if values.get(q) != 1 and form.where.subs(values) == S.true:
            return values


def operations(expr: Expr) -> int:
    branches = [value for value, _ in expr.args if value is not oo] if isinstance(expr, Piecewise) else [expr]
    return max(int(value.count_ops()) for value in branches)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_printed_forms_are_found(form: Form) -> None:
    value, rng = found(form), random.Random(form.name)
    for _ in range(3):
        here = point(form, rng)
        one, other = value.subs(here).evalf(30), form.value.subs(here).evalf(30)
        assert abs(one - other) <= 1e-20 * (1 + abs(other)), here


def test_they_are_as_short_as_printed() -> None:
    ratios = sorted(operations(found(form)) / max(1, int(form.value.count_ops())) for form in FORMS)
    assert statistics.median(ratios) <= 1.0
    assert ratios[int(0.95 * len(ratios))] <= 1.5
