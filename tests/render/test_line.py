"""One-line printing: what a reader sees, in ASCII and Unicode."""

from __future__ import annotations

import pytest
from sympy import (
    And,
    Contains,
    Eq,
    EulerGamma,
    Interval,
    Or,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    besselk,
    beta,
    digamma,
    erf,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    polylog,
    sqrt,
    symbols,
    zeta,
)

from symkl.core.composite import Mixture, Product, law
from symkl.core.heads import KL, Entropy, Expectation
from symkl.exact import LogSum
from symkl.families import Beta, Finite, Normal, Poisson
from symkl.render import FORMATS, render
from symkl.render.text import TextPrinter

m1, m2 = symbols("mu_1 mu_2", real=True)
s1, s2, a, b, lam = symbols("sigma_1 sigma_2 alpha beta lam_1", positive=True)
x, k = Symbol("x"), Symbol("k")
H = Rational(1, 2)


@pytest.mark.parametrize(
    ("expr", "text", "unicode"),
    [
        (3 * 10**40 * x + Rational(7, 3 * 10**30), "3*10^40*x + 7/(3*10^30)", "3·10⁴⁰x + 7/(3·10³⁰)"),
        (Rational(10**300) ** x - x / 10**300, "(10^300)^x - x/10^300", "(10³⁰⁰)^x − x/10³⁰⁰"),
        (
            log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - H,
            "log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2*sigma_2^2) - 1/2",
            "log(σ₂/σ₁) + (σ₁² + (μ₁ − μ₂)²)/(2σ₂²) − ½",
        ),
        (
            a * log(a / b) + (1 - a) * log((1 - a) / (1 - b)),
            "alpha*log(alpha/beta) + (1 - alpha)*log((1 - alpha)/(1 - beta))",
            "α log(α/β) + (1 − α) log((1 − α)/(1 − β))",
        ),
        ((a - b) * digamma(a) - loggamma(a), "(alpha - beta)*digamma(alpha) - loggamma(alpha)", None),
        (log(2 * pi) / 2, "1/2*log(2*pi)", "½ log(2π)"),
        (Rational(7, 10) * log(Rational(7, 10)), "7/10*log(7/10)", "(7/10) log(7/10)"),
        (sqrt(2 * pi) * s1, "sqrt(2*pi)*sigma_1", "√(2π) σ₁"),
        (exp(-(x**2) / 2) / sqrt(2 * pi), "exp(-x^2/2)/sqrt(2*pi)", "exp(−x²/2)/√(2π)"),
        (sqrt(2) / sqrt(pi), "sqrt(2/pi)", "√(2/π)"),
        (x**a / gamma(a), "x^alpha/gamma(alpha)", "x^α/Γ(α)"),
        (x ** (-a), "1/x^alpha", "1/x^α"),
        (x ** (a - 1), "x^(alpha - 1)", "x^(α − 1)"),
        (1 - a / b, "1 - alpha/beta", "1 − α/β"),
        (-a - b, "-alpha - beta", "−α − β"),
        (-a / (2 * b), "-alpha/(2*beta)", "−α/(2β)"),
        (2 * 3**x, "2*3^x", "2·3^x"),
        ((x**2) ** a, "(x^2)^alpha", "(x²)^α"),
        (x ** (x**x), "x^(x^x)", "x^(x^x)"),
        ((-1) ** x, "(-1)^x", "(−1)^x"),
        (a * (b - 1), "alpha*(beta - 1)", "α (β − 1)"),
        (EulerGamma * (1 - a / b), "EulerGamma*(1 - alpha/beta)", "γ (1 − α/β)"),
        (polygamma(1, a), "trigamma(alpha)", "ψ′(α)"),
        (polygamma(4, a), "polygamma(4, alpha)", "ψ⁽⁴⁾(α)"),
        (besselk(a, x), "besselk(alpha, x)", "K_α(x)"),
        (polylog(2, x), "polylog(2, x)", "Li_2(x)"),
        (zeta(a).diff(a), "Derivative(zeta(alpha), alpha)", "ζ′(α)"),
        (beta(a, b), "beta(alpha, beta)", "B(α, β)"),
        (erf(x), "erf(x)", "erf(x)"),
        (abs(x), "abs(x)", "|x|"),
        (factorial(a), "factorial(alpha)", "α!"),
        (Sum(x**k, (k, 0, oo)), "Sum(x^k, (k, 0, oo))", "Σ_{k=0}^{∞} x^k"),
        (Piecewise((a, a > 1), (oo, True)), "{alpha if alpha > 1; oo otherwise}", "{α if α > 1; ∞ otherwise}"),
        (And(a > 1, b <= 2), "alpha > 1 and beta <= 2", "α > 1 and β ≤ 2"),
        (Or(And(a > 1, b > 1), Eq(a, b)), "alpha = beta or alpha > 1 and beta > 1", None),
        (Contains(x, S.Reals), "x is real", "x ∈ ℝ"),
        (Contains(x, S.Integers), "x is an integer", "x ∈ ℤ"),
        (Interval.open(0, oo), "(0, oo)", "(0, ∞)"),
        (KL(Normal, Normal), "D_KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))", "D_KL(Normal(μ₁, σ₁) ‖ Normal(μ₂, σ₂))"),
        (KL(Normal, Poisson, base=2), "D_KL(Normal(mu_1, sigma_1) || Poisson(lam_2), base=2)", "D_KL(Normal(μ₁, σ₁) ‖ Poisson(λ₂), base=2)"),
        (Entropy(Beta), "H(Beta(alpha, beta))", "H(Beta(α, β))"),
        (Expectation(log(x), x, Normal(0, 1)), "E[log(x); x ~ Normal(0, 1)]", None),
        (KL(law("P"), law("Q")), "D_KL(P || Q)", "D_KL(P ‖ Q)"),
        (Mixture((H, Normal(0, 1)), (H, Normal(3, 1))), "1/2*Normal(0, 1) + 1/2*Normal(3, 1)", "½ Normal(0, 1) + ½ Normal(3, 1)"),
        (Finite({"a": H, "b": H}), "Finite({a: 1/2, b: 1/2})", None),
        (LogSum((1, 7), (-1, 5)), "log(7/5)", "log(7/5)"),
        (oo, "oo", "∞"),
        (Rational(-1, 2), "-1/2", "−½"),
        (x - H, "x - 1/2", "x − ½"),
    ],
)
def test_what_is_printed(expr: object, text: str, unicode: str | None) -> None:
    assert render(expr, "text") == text
    assert render(expr, "text").isascii()
    if unicode is not None:
        assert render(expr, "unicode") == unicode


def test_families_are_told_from_sympy_classes_of_the_same_name() -> None:
    assert render(Product(Normal(0, 1), Poisson(3)), "unicode") == "Normal(0, 1) × Poisson(3)"
    assert render(Beta(2, 3)) == "Beta(2, 3)"


def test_printing_does_not_depend_on_the_order_of_writing() -> None:
    forward, backward = a / b + log(a) + loggamma(b) + digamma(a) + 1, 1 + digamma(a) + loggamma(b) + log(a) + a / b
    for form in FORMATS:
        assert render(forward, form) == render(backward, form)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="xml"):
        render(a, "xml")


def test_prose_is_ascii_in_text() -> None:
    shown = {"D(Pⁿ‖Qⁿ)": "D(P^n||Q^n)", "numerator μst 2πσ₁²": "numerator mu st 2 pi sigma_1^2", "Σ a": "sum a", "∇A(s₁)": "grad A(s_1)", "Cauchy–Schwarz": "Cauchy-Schwarz"}
    assert {text: TextPrinter().prose(text) for text in shown} == shown
    assert TextPrinter().prose("字") == "?"
