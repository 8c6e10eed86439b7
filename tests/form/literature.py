"""Raw inputs E_P[log p] - E_P[log q], as the expansion of the definition gives them, beside hand-written targets.

Every raw input is written here by hand from the expectations of the statistics of P; none of it is in the package.
"""

from __future__ import annotations

from sympy import (
    Abs,
    Derivative,
    Ei,
    EulerGamma,
    Expr,
    Rational,
    S,
    Symbol,
    besseli,
    besselk,
    beta,
    cos,
    digamma,
    erf,
    exp,
    expint,
    factorial,
    gamma,
    log,
    loggamma,
    pi,
    polygamma,
    sqrt,
    symbols,
    zeta,
)  # fmt: skip

from symkl.form.facts import Facts

a1, a2, b1, b2 = symbols("alpha_1 alpha_2 beta_1 beta_2", positive=True)
k1, k2, l1, l2 = symbols("k_1 k_2 lambda_1 lambda_2", positive=True)
s1, s2, g1, g2 = symbols("sigma_1 sigma_2 gamma_1 gamma_2", positive=True)
p1, p2, t1, t2, r, n = symbols("p_1 p_2 theta_1 theta_2 r n", positive=True)
m1, m2, x1, x2 = symbols("mu_1 mu_2 x_1 x_2", real=True)
c1, c2 = symbols("c_1 c_2", positive=True)
u1, u2, v1, v2 = symbols("u_1 u_2 v_1 v_2", real=True)
half = Rational(1, 2)
g = EulerGamma
FACTS = Facts.of([p1 < 1, p2 < 1, c1 > 1, c2 > 1, u1 < v1, u2 < v2, c1 * s2**2 + (1 - c1) * s1**2 > 0])

psi, psi1 = digamma(a1), polygamma(1, a1)
psib, psiab = digamma(b1), digamma(a1 + b1)


def _beta(a: Expr, b: Expr) -> Expr:
    return loggamma(a + b) - loggamma(a) - loggamma(b) + (a - 1) * (psi - psiab) + (b - 1) * (psib - psiab)


def _inverse_gaussian(m: Expr, lam: Expr) -> Expr:
    """log density of IG(m, lam) under IG(m1, l1), without the -3/2 log x."""
    return (log(lam) - log(2 * pi)) / 2 - lam * (m1 - 2 * m + m**2 * (1 / m1 + 1 / l1)) / (2 * m**2)


def _squares(mean: Expr, variance: Expr, center: Expr) -> Expr:
    return variance + mean**2 - 2 * center * mean + center**2


x = Symbol("x")
m_1, m_2 = symbols("m_1 m_2", positive=True)
half_normal_mean = s1 * sqrt(2) / sqrt(pi)

# name: (raw, target)
NAMED: dict[str, tuple[Expr, Expr]] = {
    "Normal": (
        -log(s1) - log(2 * pi) / 2 - half + log(s2) + log(2 * pi) / 2 + _squares(m1, s1**2, m2) / (2 * s2**2),
        log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - half,
    ),
    "Exponential": (log(l1) - 1 - log(l2) + l2 / l1, log(l1 / l2) + l2 / l1 - 1),
    "Bernoulli": (
        p1 * log(p1) + (1 - p1) * log(1 - p1) - p1 * log(p2) - (1 - p1) * log(1 - p2),
        p1 * log(p1 / p2) + (1 - p1) * log((1 - p1) / (1 - p2)),
    ),
    "Gamma": (
        a1 * log(b1) - loggamma(a1) + (a1 - 1) * (psi - log(b1)) - a1 - (a2 * log(b2) - loggamma(a2) + (a2 - 1) * (psi - log(b1)) - b2 * a1 / b1),
        a2 * log(b1 / b2) + (a1 - a2) * psi + log(gamma(a2) / gamma(a1)) + a1 * (b2 / b1 - 1),
    ),
    "Beta": (
        _beta(a1, b1) - _beta(a2, b2),
        log(beta(a2, b2) / beta(a1, b1)) + (a1 - a2) * psi + (b1 - b2) * psib + (a2 - a1 + b2 - b1) * psiab,
    ),
    "Weibull": (
        log(k1) - k1 * log(l1) + (k1 - 1) * (log(l1) - g / k1) - 1
        - (log(k2) - k2 * log(l2) + (k2 - 1) * (log(l1) - g / k1) - l1**k2 * l2**-k2 * gamma(1 + k2 / k1)),
        log(k1 / k2) + k2 * log(l2 / l1) + (k2 / k1 - 1) * g + (l1 / l2) ** k2 * gamma(1 + k2 / k1) - 1,
    ),
    "Laplace": (
        -log(2 * b1) - 1 + log(2 * b2) + (Abs(m1 - m2) + b1 * exp(-Abs(m1 - m2) / b1)) / b2,
        log(b2 / b1) + (Abs(m1 - m2) + b1 * exp(-Abs(m1 - m2) / b1)) / b2 - 1,
    ),
    "Cauchy": (
        -log(4 * pi * g1) - log(g2) + log(pi) + log((g1 + g2) ** 2 + (x1 - x2) ** 2),
        log(((g1 + g2) ** 2 + (x1 - x2) ** 2) / (4 * g1 * g2)),
    ),
    "Poisson": (l1 * log(l1) - l1 - l1 * log(l2) + l2, l1 * log(l1 / l2) + l2 - l1),
    "Gamma to LogNormal": (
        a1 * log(b1) - loggamma(a1) + (a1 - 1) * (psi - log(b1)) - a1
        + psi - log(b1) + log(s2) + log(2 * pi) / 2 + (psi1 + (psi - log(b1)) ** 2 - 2 * m2 * (psi - log(b1)) + m2**2) / (2 * s2**2),
        log(s2 * sqrt(2 * pi) / gamma(a1)) + a1 * (psi - 1) + (psi1 + (psi - log(b1) - m2) ** 2) / (2 * s2**2),
    ),
}  # fmt: skip

MORE: dict[str, tuple[Expr, Expr]] = {
    "Pareto": (
        log(a1) + a1 * log(m_1) - (a1 + 1) * (log(m_1) + 1 / a1) - log(a2) - a2 * log(m_2) + (a2 + 1) * (log(m_1) + 1 / a1),
        log(a1 / a2) + a2 * log(m_1 / m_2) + a2 / a1 - 1,
    ),
    "Rayleigh": (
        -2 * log(s1) + 2 * log(s2) - 1 + s1**2 / s2**2,
        2 * log(s2 / s1) + s1**2 / s2**2 - 1,
    ),
    "InverseGamma": (
        a1 * log(b1) - loggamma(a1) - (a1 + 1) * (log(b1) - psi) - a1 - a2 * log(b2) + loggamma(a2) + (a2 + 1) * (log(b1) - psi) + b2 * a1 / b1,
        a2 * log(b1 / b2) + (a1 - a2) * psi + log(gamma(a2) / gamma(a1)) + a1 * (b2 / b1 - 1),
    ),
    "Frechet": (
        log(a1) + a1 * log(s1) - (1 + a1) * (log(s1) + g / a1) - 1
        - log(a2) - a2 * log(s2) + (1 + a2) * (log(s1) + g / a1) + s2**a2 * s1**-a2 * gamma(1 + a2 / a1),
        log(a1 / a2) + a2 * log(s1 / s2) + (a2 / a1 - 1) * g + (s2 / s1) ** a2 * gamma(1 + a2 / a1) - 1,
    ),
    "Gumbel": (
        -log(b1) - g - 1 + log(b2) + (m1 + b1 * g - m2) / b2 + exp(m2 / b2) * exp(-m1 / b2) * gamma(1 + b1 / b2),
        log(b2 / b1) + g * (b1 / b2 - 1) + (m1 - m2) / b2 + exp((m2 - m1) / b2) * gamma(1 + b1 / b2) - 1,
    ),
    "LogNormal": (
        -m1 - log(s1) - log(2 * pi) / 2 - half + m1 + log(s2) + log(2 * pi) / 2 + _squares(m1, s1**2, m2) / (2 * s2**2),
        log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - half,
    ),
    "HalfNormal": (
        log(2) / 2 - log(pi) / 2 - log(s1) - half - log(2) / 2 + log(pi) / 2 + log(s2) + s1**2 / (2 * s2**2),
        log(s2 / s1) + s1**2 / (2 * s2**2) - half,
    ),
    "Maxwell": (
        -3 * log(a1) - Rational(3, 2) + 3 * log(a2) + 3 * a1**2 / (2 * a2**2),
        3 * log(a2 / a1) + 3 * a1**2 / (2 * a2**2) - Rational(3, 2),
    ),
    "Geometric": (
        log(p1) + (1 / p1 - 1) * log(1 - p1) - log(p2) - (1 / p1 - 1) * log(1 - p2),
        log(p1 / p2) + (1 / p1 - 1) * log((1 - p1) / (1 - p2)),
    ),
    "NegativeBinomial, equal r": (
        r * log(p1) + r * (1 - p1) / p1 * log(1 - p1) - r * log(p2) - r * (1 - p1) / p1 * log(1 - p2),
        r * (log(p1 / p2) + (1 - p1) / p1 * log((1 - p1) / (1 - p2))),
    ),
    "Binomial, equal n": (
        n * p1 * log(p1) + n * (1 - p1) * log(1 - p1) - n * p1 * log(p2) - (n - n * p1) * log(1 - p2),
        n * (p1 * log(p1 / p2) + (1 - p1) * log((1 - p1) / (1 - p2))),
    ),
    "InverseGaussian": (
        _inverse_gaussian(m_1, l1).subs(m1, m_1) - _inverse_gaussian(m_2, l2).subs(m1, m_1),
        log(l1 / l2) / 2 + l2 / (2 * l1) - half + l2 * (m_1 - m_2) ** 2 / (2 * m_1 * m_2**2),
    ),
    "Kumaraswamy, equal a": (
        log(a1) + log(b1) + (b1 - 1) * (-1 / b1) - log(a1) - log(b2) - (b2 - 1) * (-1 / b1),
        log(b1 / b2) + b2 / b1 - 1,
    ),
    "Zeta": (
        -log(zeta(c1)) + c1 * Derivative(zeta(c1), c1) / zeta(c1) + log(zeta(c2)) - c2 * Derivative(zeta(c1), c1) / zeta(c1),
        log(zeta(c2) / zeta(c1)) + (c1 - c2) * Derivative(zeta(c1), c1) / zeta(c1),
    ),
    "Uniform": (-log(v1 - u1) + log(v2 - u2), log((v2 - u2) / (v1 - u1))),
    "VonMises": (
        k1 * besseli(1, k1) / besseli(0, k1) - log(2 * pi * besseli(0, k1)) - k2 * cos(m1 - m2) * besseli(1, k1) / besseli(0, k1) + log(2 * pi * besseli(0, k2)),
        log(besseli(0, k2) / besseli(0, k1)) + besseli(1, k1) / besseli(0, k1) * (k1 - k2 * cos(m1 - m2)),
    ),
    "Normal to Laplace": (
        -log(s1) - log(2 * pi) / 2 - half + log(2) + log(b2)
        + (s1 * sqrt(2) / sqrt(pi) * exp(-((m1 - m2) ** 2) / (2 * s1**2)) + (m1 - m2) * erf((m1 - m2) / (s1 * sqrt(2)))) / b2,
        log(2 * b2 / (s1 * sqrt(2 * pi))) - half
        + (s1 * sqrt(2 / pi) * exp(-((m1 - m2) ** 2) / (2 * s1**2)) + (m1 - m2) * erf((m1 - m2) / (sqrt(2) * s1))) / b2,
    ),
    "Laplace to Normal": (
        -log(2) - log(b1) - 1 + log(s2) + log(2 * pi) / 2 + (2 * b1**2 + m1**2 - 2 * m1 * m2 + m2**2) / (2 * s2**2),
        log(s2 * sqrt(2 * pi) / (2 * b1)) - 1 + (2 * b1**2 + (m1 - m2) ** 2) / (2 * s2**2),
    ),
    "Gumbel to Normal": (
        -log(b1) - g - 1 + log(s2) + log(2 * pi) / 2 + (pi**2 * b1**2 / 6 + (m1 + b1 * g) ** 2 - 2 * m2 * (m1 + b1 * g) + m2**2) / (2 * s2**2),
        log(s2 * sqrt(2 * pi) / b1) + (pi**2 * b1**2 / 6 + (m1 - m2 + g * b1) ** 2) / (2 * s2**2) - 1 - g,
    ),
    "Normal to Gumbel": (
        -log(s1) - log(2 * pi) / 2 - half + log(b2) + (m1 - m2) / b2 + exp(m2 / b2 - m1 / b2 + s1**2 / (2 * b2**2)),
        log(b2 / (s1 * sqrt(2 * pi))) - half + (m1 - m2) / b2 + exp((m2 - m1) / b2 + s1**2 / (2 * b2**2)),
    ),
    "Exponential to Gamma": (
        log(l1) - 1 - a2 * log(b2) + loggamma(a2) - (a2 - 1) * (-g - log(l1)) + b2 / l1,
        a2 * log(l1 / b2) + loggamma(a2) + (a2 - 1) * g + b2 / l1 - 1,
    ),
    "Gamma to Exponential": (
        a1 * log(b1) - loggamma(a1) + (a1 - 1) * (psi - log(b1)) - a1 - log(l2) + l2 * a1 / b1,
        log(b1 / l2) - loggamma(a1) + (a1 - 1) * psi + a1 * (l2 / b1 - 1),
    ),
    "Exponential to Weibull": (
        log(l1) - 1 - log(k2) + k2 * log(l2) - (k2 - 1) * (-g - log(l1)) + l1**-k2 * l2**-k2 * gamma(1 + k2),
        k2 * log(l1 * l2) - log(k2) + (k2 - 1) * g + gamma(k2 + 1) / (l1 * l2) ** k2 - 1,
    ),
    "Exponential to LogNormal": (
        log(l1) - 1 - g - log(l1) + log(s2) + log(2 * pi) / 2 + (pi**2 / 6 + (g + log(l1)) ** 2 + 2 * m2 * (g + log(l1)) + m2**2) / (2 * s2**2),
        log(s2 * sqrt(2 * pi)) + (pi**2 / 6 + (m2 + g + log(l1)) ** 2) / (2 * s2**2) - 1 - g,
    ),
    "LogNormal to Exponential": (
        -m1 - log(s1) - log(2 * pi) / 2 - half - log(l2) + l2 * exp(m1 + s1**2 / 2),
        l2 * exp(m1 + s1**2 / 2) - m1 - log(2 * pi * s1**2) / 2 - log(l2) - half,
    ),
    "LogNormal to Gamma": (
        -m1 - log(s1) - log(2 * pi) / 2 - half - a2 * log(b2) + loggamma(a2) - (a2 - 1) * m1 + b2 * exp(m1) * exp(s1**2 / 2),
        log(gamma(a2) / (s1 * sqrt(2 * pi))) - a2 * (m1 + log(b2)) + b2 * exp(m1 + s1**2 / 2) - half,
    ),
    "LogNormal to Weibull": (
        -m1 - log(s1) - log(2 * pi) / 2 - half - log(k2) + k2 * log(l2) - (k2 - 1) * m1 + l2**-k2 * exp(k2 * m1 + k2**2 * s1**2 / 2),
        k2 * (log(l2) - m1) - log(k2 * s1 * sqrt(2 * pi)) + exp(k2 * m1 + k2**2 * s1**2 / 2) / l2**k2 - half,
    ),
    "HalfNormal to Exponential": (
        log(2) / 2 - log(pi) / 2 - log(s1) - half - log(l2) + l2 * half_normal_mean,
        log(2 / (pi * s1**2 * l2**2)) / 2 + l2 * s1 * sqrt(2 / pi) - half,
    ),
    "Weibull to Exponential": (
        log(k1) - k1 * log(l1) + (k1 - 1) * (log(l1) - g / k1) - 1 - log(l2) + l2 * l1 * gamma(1 + 1 / k1),
        log(k1 / (l1 * l2)) + g / k1 - g - 1 + l1 * l2 * gamma(1 + 1 / k1),
    ),
    "Beta to Uniform": (_beta(a1, b1), (a1 - 1) * psi + (b1 - 1) * psib - (a1 + b1 - 2) * psiab - log(beta(a1, b1))),
    "Uniform to Exponential": (-log(v1 - u1) - log(l2) + l2 * (u1 + v1) / 2, l2 * (u1 + v1) / 2 - log(l2 * (v1 - u1))),
    "Uniform to Normal": (
        -log(v1 - u1) + log(s2) + log(2 * pi) / 2 + ((v1 - u1) ** 2 / 12 + ((u1 + v1) / 2) ** 2 - m2 * (u1 + v1) + m2**2) / (2 * s2**2),
        log(s2 * sqrt(2 * pi) / (v1 - u1)) + ((v1 - u1) ** 2 / 12 + ((u1 + v1) / 2 - m2) ** 2) / (2 * s2**2),
    ),
    "Levy": (half * log(c1) - half - half * log(c2) + c2 / (2 * c1), log(c1 / c2) / 2 + c2 / (2 * c1) - half),
    "Chi": (
        -(k1 / 2 - 1) * log(2) - loggamma(k1 / 2) + (k1 - 1) * (log(2) + digamma(k1 / 2)) / 2
        + (k2 / 2 - 1) * log(2) + loggamma(k2 / 2) - (k2 - 1) * (log(2) + digamma(k1 / 2)) / 2,
        (k1 - k2) / 2 * digamma(k1 / 2) + log(gamma(k2 / 2) / gamma(k1 / 2)),
    ),
    "Nakagami": (
        k1 * log(k1) - loggamma(k1) - k1 * log(l1) + (2 * k1 - 1) * (digamma(k1) - log(k1 / l1)) / 2 - k1
        - (k2 * log(k2) - loggamma(k2) - k2 * log(l2) + (2 * k2 - 1) * (digamma(k1) - log(k1 / l1)) / 2 - k2 * l1 / l2),
        k2 * log(k1 * l2 / (k2 * l1)) + (k1 - k2) * digamma(k1) + log(gamma(k2) / gamma(k1)) + k2 * l1 / l2 - k1,
    ),
    "GeneralizedGamma": (
        log(p1) - t1 * log(a1) - loggamma(t1 / p1) + (t1 - 1) * (log(a1) + digamma(t1 / p1) / p1) - t1 / p1
        - (log(p2) - t2 * log(a2) - loggamma(t2 / p2) + (t2 - 1) * (log(a1) + digamma(t1 / p1) / p1) - (a1 / a2) ** p2 * gamma((t1 + p2) / p1) / gamma(t1 / p1)),
        log(p1 * gamma(t2 / p2) / (p2 * gamma(t1 / p1))) + t2 * log(a2 / a1) + (t1 - t2) / p1 * digamma(t1 / p1)
        + (a1 / a2) ** p2 * gamma((t1 + p2) / p1) / gamma(t1 / p1) - t1 / p1,
    ),
    "Pareto to Exponential": (
        log(c1) + c1 * log(m_1) - (c1 + 1) * (log(m_1) + 1 / c1) - log(l2) + l2 * c1 * m_1 / (c1 - 1),
        log(c1 / (m_1 * l2)) - (c1 + 1) / c1 + l2 * c1 * m_1 / (c1 - 1),
    ),
    "Poisson to Geometric, up to E log x!": (
        l1 * log(l1) - l1 - log(p2) - l1 * log(1 - p2),
        l1 * log(l1 / (1 - p2)) - l1 - log(p2),
    ),
    "Logistic to Laplace, equal location": (-log(s1) - 2 + log(2 * b2) + 2 * log(2) * s1 / b2, log(2 * b2 / s1) + 2 * s1 * log(2) / b2 - 2),
    "Gompertz": (
        log(b1) + log(t1) + t1 + exp(t1) * expint(1, t1) - (t1 + 1) - log(b1) - log(t2) - t2 - exp(t1) * expint(1, t1) + t2 * (t1 + 1) / t1,
        log(t1 / t2) + t2 / t1 - 1,
    ),
    "GeneralizedInverseGaussian, equal p": (
        log(a1 / b1) / 2 - log(2 * besselk(1, sqrt(a1 * b1))) - sqrt(a1 * b1) * besselk(2, sqrt(a1 * b1)) / besselk(1, sqrt(a1 * b1)) / 2
        - log(a2 / b1) / 2 + log(2 * besselk(1, sqrt(a2 * b1))) + a2 * sqrt(b1 / a1) * besselk(2, sqrt(a1 * b1)) / besselk(1, sqrt(a1 * b1)) / 2,
        log(a1 / a2) / 2 + log(besselk(1, sqrt(a2 * b1)) / besselk(1, sqrt(a1 * b1)))
        + (a2 - a1) / 2 * sqrt(b1 / a1) * besselk(2, sqrt(a1 * b1)) / besselk(1, sqrt(a1 * b1)),
    ),
    "PowerFunction": (log(a1) - (a1 - 1) / a1 - log(a2) + (a2 - 1) / a1, log(a1 / a2) + a2 / a1 - 1),
    "Lomax, equal scale": (
        log(a1) - log(l1) - (a1 + 1) / a1 - log(a2) + log(l1) + (a2 + 1) / a1,
        log(a1 / a2) + a2 / a1 - 1,
    ),
    "Logarithmic": (
        -log(-log(1 - p1)) + log(-log(1 - p2)) - p1 / ((1 - p1) * log(1 - p1)) * (log(p1) - log(p2)),
        log(log(1 - p2) / log(1 - p1)) - p1 * log(p1 / p2) / ((1 - p1) * log(1 - p1)),
    ),
    "ShiftedExponential": (log(l1) - 1 - log(l2) + l2 * (1 / l1 + m1 - m2), log(l1 / l2) + l2 * (m1 - m2) + l2 / l1 - 1),
    "Normal, bivariate with equal correlation 0": (
        -log(s1) - log(g1) - 1 + log(s2) + log(g2) + (s1**2 + m1**2 - 2 * m1 * m2 + m2**2) / (2 * s2**2) + (g1**2 + x1**2 - 2 * x1 * x2 + x2**2) / (2 * g2**2),
        log(s2 * g2 / (s1 * g1)) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) + (g1**2 + (x1 - x2) ** 2) / (2 * g2**2) - 1,
    ),
    "Entropy of Normal": (log(s1) + log(2 * pi) / 2 + half, log(2 * pi * s1**2) / 2 + half),
    "Entropy of Gamma": (-a1 * log(b1) + loggamma(a1) - (a1 - 1) * (psi - log(b1)) + a1, a1 - log(b1) + loggamma(a1) + (1 - a1) * psi),
    "Entropy of Rayleigh": (2 * log(s1) - log(s1) - log(2) / 2 + g / 2 + 1, log(s1 / sqrt(2)) + g / 2 + 1),
    "Renyi of Normals": (
        log(s2) - log(s1) + log(s2**2) / (2 * (c1 - 1)) - log(c1 * s2**2 + (1 - c1) * s1**2) / (2 * (c1 - 1)) + c1 * (m1 - m2) ** 2 / (2 * (c1 * s2**2 + (1 - c1) * s1**2)),
        log(s2 / s1) + log(s2**2 / (c1 * s2**2 + (1 - c1) * s1**2)) / (2 * (c1 - 1)) + c1 * (m1 - m2) ** 2 / (2 * (c1 * s2**2 + (1 - c1) * s1**2)),
    ),
    "Uniform to Gamma": (
        -log(v1) - a2 * log(b2) + loggamma(a2) - (a2 - 1) * (log(v1) - 1) + b2 * v1 / 2,
        loggamma(a2) - a2 * log(b2 * v1) + a2 - 1 + b2 * v1 / 2,
    ),
    "Truncated exponential": (
        log(l1) - log(1 - exp(-l1)) - l1 * (1 / l1 - 1 / (exp(l1) - 1)) - log(l2) + log(1 - exp(-l2)) + l2 * (1 / l1 - 1 / (exp(l1) - 1)),
        log(l1 * (1 - exp(-l2)) / (l2 * (1 - exp(-l1)))) + (l2 - l1) * (1 / l1 - 1 / (exp(l1) - 1)),
    ),
    "Ei stays": (Ei(x1) * l1 - l2 * Ei(x1) + S.One, (l1 - l2) * Ei(x1) + 1),
    "Factorials stay": (log(factorial(n)) - 2 * log(l1) + 2 * log(l2), log(factorial(n)) + 2 * log(l2 / l1)),
}  # fmt: skip
