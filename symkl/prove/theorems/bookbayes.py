"""Entries of the book on Bayesian inference and the general linear model."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Expr, Symbol, digamma, log, pi, sqrt, symbols

from symkl.core.heads import KL, Expectation
from symkl.families import Gamma, Normal
from symkl.prove.theorems.booklaws import gamma_divergence
from symkl.prove.theorems.theorem import Expected, Part, Theorem, part

__all__ = ["BAYES"]

NO: Expected = "refuted"


def _positive(names: str) -> Any:
    return symbols(names, positive=True)


def _known_variance_accuracy() -> Any:
    """E of ½n log(τ/2π) − ½τ(yᵀy − 2nȳμ + nμ²) under μ ~ N(μ_n, 1/λ_n)."""
    n, tau, lam, yy = _positive("n tau lambda_n yy")
    mean, ybar = symbols("mu_n ybar", real=True)
    law = Normal(mean, 1 / sqrt(lam))
    m = law.support.variable("m")
    likelihood = n / 2 * log(tau / (2 * pi)) - tau / 2 * (yy - 2 * n * ybar * m + n * m**2)
    printed = n / 2 * log(tau / (2 * pi)) - (tau * yy - 2 * tau * n * ybar * mean + tau * n * mean**2 + tau * n / lam) / 2
    return Eq(Expectation(likelihood, m, law), printed)


def _known_variance_complexity(sign: int) -> Any:
    l0, ln = _positive("lambda_0 lambda_n")
    m0, mn = symbols("mu_0 mu_n", real=True)
    printed = (l0 / ln + l0 * (m0 - mn) ** 2 - 1 + sign * log(l0 / ln)) / 2
    return Eq(KL(Normal(mn, 1 / sqrt(ln)), Normal(m0, 1 / sqrt(l0))), printed)


def _gaussian_accuracy() -> Any:
    """E over τ ~ Gamma(a, b) and then μ ~ N(μ_n, 1/(λ_n τ)): the inner expectation of nμ² is n μ_n² + n/(λ_n τ)."""
    n, lam, yy, a, b = _positive("n lambda_n yy a b")
    mean, ybar = symbols("mu_n ybar", real=True)
    t = Gamma(a, b).support.variable("t")
    inner = n / 2 * log(t) - n / 2 * log(2 * pi) - t / 2 * (yy - 2 * n * ybar * mean + n * mean**2) - n / (2 * lam)
    printed = -a / b * (yy - 2 * n * ybar * mean + n * mean**2) / 2 - n / lam / 2 + n / 2 * (digamma(a) - log(b)) - n / 2 * log(2 * pi)
    return Eq(Expectation(inner, t, Gamma(a, b)), printed)


def _inner_square() -> Any:
    """E μ² = μ_n² + 1/(λ_n τ), used above."""
    lam, tau = _positive("lambda_n tau")
    mean = Symbol("mu_n", real=True)
    law = Normal(mean, 1 / sqrt(lam * tau))
    m = law.support.variable("m")
    return Eq(Expectation(m**2, m, law), mean**2 + 1 / (lam * tau))


def _printed_complexity(quadratic: Expr, trace: Expr, logarithm: Expr, size: Expr) -> tuple[Expr, Expr]:
    """The complexity as printed, and as E of the divergence of the normal laws plus that of the gamma laws."""
    an, bn, a0, b0 = _positive("a_n b_n a_0 b_0")
    from sympy import loggamma

    printed = an / bn * (quadratic - 2 * (bn - b0)) / 2 + trace / 2 - logarithm / 2 - size / 2
    printed += a0 * log(bn / b0) - loggamma(an) + loggamma(a0) + (an - a0) * digamma(an)
    t = Gamma(an, bn).support.variable("tau")
    inner = Expectation((t * quadratic + trace - logarithm - size) / 2, t, Gamma(an, bn))
    return printed, inner + KL(Gamma(an, bn), Gamma(a0, b0))


def _gaussian_complexity() -> Any:
    l0, ln = _positive("lambda_0 lambda_n")
    m0, mn = symbols("mu_0 mu_n", real=True)
    printed, derived = _printed_complexity(l0 * (m0 - mn) ** 2, l0 / ln, log(l0 / ln), symbols("one", positive=True) ** 0)
    return Eq(derived, printed)


def _regression_complexity() -> Any:
    q, t, r, p = _positive("q t r p")
    printed, derived = _printed_complexity(q, t, log(r), p)
    return Eq(derived, printed)


def _regression_accuracy() -> Any:
    """q the quadratic form of the residual, T = tr(XᵀPXΛ_n⁻¹), d = |P|; the inner expectation of τ(y − Xβ)ᵀP(y − Xβ) is τq + T."""
    n, q, T, d, a, b = _positive("n q T d a b")
    t = Gamma(a, b).support.variable("t")
    inner = n / 2 * log(t) + log(d) / 2 - n / 2 * log(2 * pi) - (t * q + T) / 2
    printed = -a / b * q / 2 - T / 2 + log(d) / 2 - n / 2 * log(2 * pi) + n / 2 * (digamma(a) - log(b))
    return Eq(Expectation(inner, t, Gamma(a, b)), printed)


def _gamma_form() -> Any:
    """The printed gamma terms agree with gam-kl."""
    an, bn, a0, b0 = _positive("a_n b_n a_0 b_0")
    return Eq(KL(Gamma(an, bn), Gamma(a0, b0)), gamma_divergence(an, bn, a0, b0))


def _entry(name: str, title: str, *parts: Part, cites: tuple[str, ...] = (), wrong: bool = False) -> Theorem:
    return Theorem(name, name, title, parts, cites, wrong)


EVIDENCE = "-H(R(Y)||P(Y))"
FREE_ENERGY = "-H(R(Y)*Q(T)||P(Y,T)) + H(Q(T))"
GAP = "D(Q(T)||P(T|Y)|R(Y))"
POINT = "R is the point mass at the data, Q the law of the parameters T"

BAYES: tuple[Theorem, ...] = (
    _entry(
        "vb",
        "the free energy has the joint density p(y, θ) in its numerator; with the posterior, as printed, it is −D and no bound on the evidence",
        part(f"-{GAP} = {EVIDENCE} - {GAP}", expected=NO, note=POINT),
        part(f"{FREE_ENERGY} = {EVIDENCE} - {GAP}"),
        wrong=True,
    ),
    _entry(
        "vblme",
        "the variational log evidence has the joint density in its numerator; as printed it is never above 0, whatever the evidence",
        part(f"-{GAP} = {EVIDENCE} - {GAP}", expected=NO, note=POINT),
        part(f"{FREE_ENERGY} = {EVIDENCE} - {GAP}"),
        wrong=True,
    ),
    _entry(
        "fren-dec",
        "of the three decompositions of the free energy the third, E log p(y, θ) − h(q), must have + h(q)",
        part(f"{FREE_ENERGY} = -H(R(Y)*Q(T)||P(Y,T)) - H(Q(T))", expected=NO, note=POINT),
        part(f"{FREE_ENERGY} = {EVIDENCE} - {GAP}"),
        part(f"{FREE_ENERGY} = -H(R(Y)*Q(T)||P(Y|T)) - D(Q(T)||P(T))"),
        part(f"{EVIDENCE} - {GAP} = -H(R(Y)*Q(T)||P(Y,T)) + H(Q(T))"),
        wrong=True,
    ),
    _entry("fren-lme", "the free energy is at most the log evidence", part(f"{FREE_ENERGY} <= {EVIDENCE}", note=POINT)),
    _entry(
        "lme-anc", "the log evidence is accuracy minus complexity", part(f"{EVIDENCE} = -H(R(Y)*P(T|Y)||P(Y|T)) - D(P(T|Y)||P(T)|R(Y))", note=POINT)
    ),
    _entry(
        "prior-maxent",
        "a maximum-entropy prior is defined as a maximiser",
        part("H(P) <= c", "H(P||N) = c", note="a definition; that a maximiser N exists shows in one inequality of this shape"),
    ),
    _entry(
        "prior-ref",
        "a reference prior is defined as a maximiser of the mean divergence of the posterior from the prior, which is a mutual information",
        part("D(P(T|Y)||P(T)|P(Y)) = I(T;Y)"),
    ),
    _entry(
        "ug-anc",
        "accuracy and complexity of the univariate normal model",
        part(_gaussian_accuracy),
        part(_inner_square),
        part(_gaussian_complexity),
        cites=("ng-kl",),
    ),
    _entry(
        "ugkv-anc",
        "with known variance the complexity has − log(λ₀/λ_n), not +",
        part(lambda: _known_variance_complexity(1), expected=NO),
        part(lambda: _known_variance_complexity(-1)),
        part(_known_variance_accuracy),
        wrong=True,
    ),
    _entry(
        "blr-anc",
        "accuracy and complexity of Bayesian linear regression",
        part(_regression_accuracy),
        part(_regression_complexity),
        cites=("ng-kl", "the expectation of a quadratic form"),
    ),
    _entry(
        "blrkc-anc",
        "accuracy and complexity of regression with known covariance",
        part("-H(P) = -1/2*e - 1/2*s - n/2*l - 1/2*t", "H(P) = n/2*l + 1/2*s + 1/2*e + 1/2*t", note="P stands for the expected log-likelihood"),
        part("D(P||Q) = 1/2*q + 1/2*u - 1/2*v + 1/2*t - p/2", "H(P) = p/2*l + 1/2*v + p/2", "H(P||Q) = p/2*l + 1/2*u + 1/2*t + 1/2*q"),
        cites=("mvn-kl", "the expectation of a quadratic form"),
    ),
    _entry(
        "glm-mi",
        "the mutual information of the general linear model",
        part("I(X;Y) = -n/2*(s - u)", "H(Y) = n*p/2*l + n/2*u + n*p/2", "H(Y|X) = n*p/2*l + n/2*s + n*p/2"),
        cites=("matn-dent",),
    ),
    _entry(
        "glm-llrmi",
        "the log-likelihood ratio of the general linear model is its mutual information",
        part(
            "f - g = -n/2*(s - u)",
            "f = -n*p/2*l - n/2*s - n*p/2",
            "g = -n*p/2*l - n/2*u - n*p/2",
            note="at the maximum likelihood estimates both quadratic forms are np",
        ),
        cites=("glm-mi",),
    ),
)
