"""Group D: worked numbers and formulas, exact."""

from __future__ import annotations

from functools import partial
from typing import Any

from sympy import Add, Eq, Expr, Integer, Min, Rational, Symbol, UnevaluatedExpr, exp, log, pi, sqrt, symbols

from symkl.core.composite import Mixture
from symkl.core.heads import KL, Expectation
from symkl.families import Finite, Normal
from symkl.prove.theorems.calculation import Slope
from symkl.prove.theorems.theorem import Theorem, part

__all__ = ["WORKED"]

TENTHS = (Rational(7, 10), Rational(3, 10))
HALF = Rational(1, 2)


def _coin() -> Any:
    return Eq(
        KL(Finite(list(TENTHS)), Finite([HALF, HALF])), log(2) + Rational(7, 10) * log(Rational(7, 10)) + Rational(3, 10) * log(Rational(3, 10))
    )


def _reverse() -> Any:
    return Eq(KL(Finite([HALF, HALF]), Finite(list(TENTHS))), log(Rational(25, 21)) / 2)


def _four(base: Any = None) -> Any:
    first, second = ([Rational(n, 10) for n in counts] for counts in ((4, 3, 2, 1), (3, 4, 2, 1)))
    value = log(Rational(4, 3)) / 10 if base is None else (2 - log(3) / log(2)) / 10
    return Eq(KL(Finite(first), Finite(second), base=base), value)


def _autoencoder() -> Any:
    mu, sigma = Symbol("mu", real=True), Symbol("sigma", positive=True)
    return Eq(KL(Normal(mu, sigma), Normal(0, 1)), (mu**2 + sigma**2 - 1 - log(sigma**2)) / 2)


def _projection(derivative: int) -> Any:
    """∂/∂m and ∂/∂v of ½ log(2πv) + (s + (μ − m)²)/(2v), which is H(P, N(m, v)) for any P of mean μ and variance s, at m = μ, v = s."""
    mu, m = symbols("mu m", real=True)
    s, v = symbols("s v", positive=True)
    cross = log(2 * pi * v) / 2 + (s + (mu - m) ** 2) / (2 * v)
    return Slope(cross, (m, v)[derivative], ((m, mu), (v, s)), Integer(0))


def _mixture_variance() -> Any:
    """E[X²] of ½N(−a, 1) + ½N(a, 1), whose mean is 0."""
    a, x = symbols("a x", real=True)
    return Eq(Expectation(x**2, x, Mixture([HALF, HALF], [Normal(-a, 1), Normal(a, 1)])), 1 + a**2, evaluate=False)


def _gaussian_divergence(precision: tuple[Expr, Expr, Expr], means: tuple[Expr, Expr], variances: tuple[Expr, Expr], at: tuple[Expr, Expr]) -> Expr:
    """D(N(at, diag(variances))‖N(means, Λ⁻¹)) up to a constant, by two moments."""
    l11, l12, l22 = precision
    d1, d2 = at[0] - means[0], at[1] - means[1]
    return (-log(variances[0] * variances[1]) + l11 * variances[0] + l22 * variances[1] + l11 * d1**2 + 2 * l12 * d1 * d2 + l22 * d2**2) / 2


def _reverse_projection(place: int) -> Any:
    """The slopes vanish at the true means and at variances 1/Λ_ii."""
    l11, l22, v1, v2 = symbols("L11 L22 v1 v2", positive=True)
    l12, m1, m2, x1, x2 = symbols("L12 m1 m2 x1 x2", real=True)
    value = _gaussian_divergence((l11, l12, l22), (m1, m2), (v1, v2), (x1, x2))
    return Slope(value, (x1, x2, v1, v2)[place], ((x1, m1), (x2, m2), (v1, 1 / l11), (v2, 1 / l22)), Integer(0))


def _precision_recall() -> Any:
    """α(λ) = Σ min(λ p, q) at λ = 1 and at λ = 1/2, of (7/10, 3/10) and (1/2, 1/2)."""
    p, q = TENTHS, (HALF, HALF)
    at_one = Add(*(Min(a, b, evaluate=False) for a, b in zip(p, q)), evaluate=False)
    return Eq(at_one, Rational(4, 5), evaluate=False)


def _kernel_mean() -> Any:
    """E exp(−Z²/(2ℓ²)) for Z = X − Y ~ N(m, v), by completing the square: −z²/(2ℓ²) − (z − m)²/(2v) = −(z − c)²/(2w) − m²/(2(ℓ² + v))."""
    z, m = symbols("z m", real=True)
    ell, v = symbols("ell v", positive=True)
    w = ell**2 * v / (ell**2 + v)
    c = m * ell**2 / (ell**2 + v)
    return Eq(-(z**2) / (2 * ell**2) - (z - m) ** 2 / (2 * v), -((z - c) ** 2) / (2 * w) - m**2 / (2 * (ell**2 + v)))


def _kernel_mass() -> Any:
    """√(2πw)/√(2πv) e^{−m²/(2(ℓ²+v))} = ℓ/√(ℓ² + v) e^{−m²/(2(ℓ²+v))}."""
    m = Symbol("m", real=True)
    ell, v = symbols("ell v", positive=True)
    w = ell**2 * v / (ell**2 + v)
    tail = exp(-(m**2) / (2 * (ell**2 + v)))
    return Eq(UnevaluatedExpr(sqrt(2 * pi * w)) / UnevaluatedExpr(sqrt(2 * pi * v)) * tail, ell / sqrt(ell**2 + v) * tail, evaluate=False)


WORKED: tuple[Theorem, ...] = (
    Theorem("D1", "coins", "D((7/10, 3/10)‖(1/2, 1/2)) and its reverse", (part(_coin), part(_reverse))),
    Theorem("D2", "four-outcomes", "D((4,3,2,1)/10‖(3,4,2,1)/10), in nats and in bits", (part(_four), part(lambda: _four(2)))),
    Theorem(
        "D3",
        "autoencoder-term",
        "D(N(μ, σ²)‖N(0, 1)), and its diagonal form by additivity",
        (part(_autoencoder), part("D(P*R||Q*S) = D(P||Q) + D(R||S)", note="a diagonal normal law is a product, so the terms add over coordinates")),
    ),
    Theorem(
        "D4",
        "forward-projection",
        "the forward projection onto the normals matches mean and variance",
        (part(lambda: _projection(0)), part(lambda: _projection(1))),
    ),
    Theorem(
        "D5",
        "reverse-projection",
        "the reverse projection of a bivariate normal onto products matches means and the diagonal of the precision matrix",
        tuple(part(partial(_reverse_projection, place)) for place in range(4)),
    ),
    Theorem(
        "D6", "two-humps", "the best normal for ½N(−a, 1) + ½N(a, 1) has variance 1 + a²", (part(_mixture_variance), part(lambda: _projection(1)))
    ),
    Theorem("D7", "precision-recall", "the precision/recall curve of two finite laws at a rational slope", (part(_precision_recall),)),
    Theorem(
        "D8",
        "kernel-discrepancy",
        "E k(X, Y) for normal X, Y and a Gaussian kernel, the terms of the squared MMD",
        (part(_kernel_mean), part(_kernel_mass)),
    ),
)
