"""Entries of the book on named laws: entropies, divergences, maximum entropy."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Expr, Integer, Rational, Symbol, digamma, log, loggamma, pi, polygamma, symbols

from symkl.core.heads import KL, Entropy, Expectation
from symkl.families import Bernoulli, Beta, Binomial, DiscreteUniform, Finite, Gamma, Normal, Poisson, Uniform
from symkl.prove.theorems.inequalities import _normal_density, _uniform_density
from symkl.prove.theorems.theorem import Expected, Part, Theorem, part

__all__ = ["LAWS", "gamma_divergence"]

NO: Expected = "refuted"
HALF = Rational(1, 2)


def _positive(names: str) -> Any:
    return symbols(names, positive=True)


def _unit() -> Expr:
    """A probability, as u/(1 + u)."""
    u = Symbol("u", positive=True)
    return u / (1 + u)


def _units() -> tuple[Expr, Expr]:
    u, v = _positive("u v")
    return u / (1 + u), v / (1 + v)


def _bernoulli_entropy() -> Any:
    p = _unit()
    return Eq(Entropy(Bernoulli(p), base=2), -p * log(p) / log(2) - (1 - p) * log(1 - p) / log(2))


def _bernoulli_divergence() -> Any:
    p, q = _units()
    return Eq(KL(Bernoulli(p), Bernoulli(q)), log((1 - p) / (1 - q)) + p * log(p * (1 - q) / (q * (1 - p))))


def _binomial_density() -> Any:
    """log p(x) = log C(n, x) + x log p + (n − x) log(1 − p), log C by log-gammas."""
    n, p = Symbol("n", integer=True, positive=True), _unit()
    x = Symbol("x", integer=True, nonnegative=True)
    coefficient = loggamma(n + 1) - loggamma(x + 1) - loggamma(n - x + 1)
    return Eq(Binomial(n, p).log_density(x), coefficient + x * log(p) + (n - x) * log(1 - p))


def _binomial_mean() -> Any:
    n, p = Symbol("n", integer=True, positive=True), _unit()
    k = Binomial(n, p).support.variable("k")
    return Eq(Expectation(k, k, Binomial(n, p)), n * p)


def _binomial_divergence() -> Any:
    n = Symbol("n", integer=True, positive=True)
    p, q = _units()
    return Eq(KL(Binomial(n, p), Binomial(n, q)), n * p * log(p / q) + n * (1 - p) * log((1 - p) / (1 - q)))


def _categorical_entropy() -> Any:
    p = (Rational(1, 2), Rational(1, 3), Rational(1, 6))
    return Eq(Entropy(Finite(list(p))), -sum((x * log(x) for x in p), Integer(0)))


def _uniform_pair() -> tuple[Uniform, Uniform, Expr, Expr]:
    a, (u, v, w) = Symbol("a", real=True), _positive("u v w")
    return Uniform(a + u, a + u + w), Uniform(a, a + u + w + v), w, u + w + v


def _uniform_entropy() -> Any:
    inner, _, width, _ = _uniform_pair()
    return Eq(Entropy(inner), log(width))


def _uniform_divergence() -> Any:
    inner, outer, width, whole = _uniform_pair()
    return Eq(KL(inner, outer), log(whole / width))


def _lattice_pair() -> tuple[DiscreteUniform, DiscreteUniform, Expr, Expr]:
    a = Symbol("a", integer=True)
    u, v, w = symbols("u v w", integer=True, nonnegative=True)
    return DiscreteUniform(a + u, a + u + w), DiscreteUniform(a, a + u + w + v), w + 1, u + w + v + 1


def _lattice_entropy() -> Any:
    inner, _, count, _ = _lattice_pair()
    return Eq(Entropy(inner), log(count))


def _lattice_divergence() -> Any:
    inner, outer, count, whole = _lattice_pair()
    return Eq(KL(inner, outer), log(whole / count))


def _normal_entropy() -> Any:
    mu, s = Symbol("mu", real=True), Symbol("sigma", positive=True)
    return Eq(Entropy(Normal(mu, s)), log(2 * pi * s**2) / 2 + HALF)


def _normal_divergence() -> Any:
    m1, m2 = symbols("mu_1 mu_2", real=True)
    s1, s2 = _positive("sigma_1 sigma_2")
    return Eq(KL(Normal(m1, s1), Normal(m2, s2)), ((m2 - m1) ** 2 / s2**2 + s1**2 / s2**2 - log(s1**2 / s2**2) - 1) / 2)


def _gamma_entropy(sign: int) -> Any:
    a, b = _positive("a b")
    return Eq(Entropy(Gamma(a, b)), a + loggamma(a) + (1 - a) * digamma(a) + sign * log(b))


def gamma_divergence(a1: Expr, b1: Expr, a2: Expr, b2: Expr) -> Expr:
    """The printed form of D(Gamma(a₁, b₁)‖Gamma(a₂, b₂))."""
    return a2 * log(b1 / b2) - loggamma(a1) + loggamma(a2) + (a1 - a2) * digamma(a1) - (b1 - b2) * a1 / b1


def _gamma_pair() -> Any:
    a1, b1, a2, b2 = _positive("a1 b1 a2 b2")
    return Eq(KL(Gamma(a1, b1), Gamma(a2, b2)), gamma_divergence(a1, b1, a2, b2))


def _gamma_mean(times_x: bool) -> Any:
    a, b = _positive("a b")
    x = Gamma(a, b).support.variable("x")
    if times_x:
        return Eq(Expectation(x * log(x), x, Gamma(a, b)), a / b * (digamma(a + 1) - log(b)))
    return Eq(Expectation(log(x), x, Gamma(a, b)), digamma(a) - log(b))


def _poisson_entropy() -> Any:
    lam = Symbol("lam", positive=True)
    k = Poisson(lam).support.variable("k")
    return Eq(Entropy(Poisson(lam)), lam * (1 - log(lam)) + Expectation(loggamma(k + 1), k, Poisson(lam)))


def _dirichlet(count: int) -> Any:
    """The Bregman form with A(α) = Σ log Γ(α_i) − log Γ(Σ α_i) against the printed one."""
    a = _positive(" ".join(f"a{i}" for i in range(count)))
    b = _positive(" ".join(f"b{i}" for i in range(count)))

    def partition(v: Any) -> Expr:
        return sum((loggamma(x) for x in v), Integer(0)) - loggamma(sum(v))

    bregman = partition(b) - partition(a) - sum((y - x) * partition(a).diff(x) for x, y in zip(a, b))
    printed = loggamma(sum(a)) - loggamma(sum(b)) + sum(loggamma(y) - loggamma(x) for x, y in zip(a, b))
    printed += sum((x - y) * (digamma(x) - digamma(sum(a))) for x, y in zip(a, b))
    return Eq(bregman.replace(polygamma, lambda n, z: polygamma(n, z)), printed)


def _beta_divergence() -> Any:
    a1, b1, a2, b2 = _positive("a1 b1 a2 b2")
    total1, total2 = a1 + b1, a2 + b2
    printed = loggamma(total1) - loggamma(total2) + loggamma(a2) - loggamma(a1) + loggamma(b2) - loggamma(b1)
    printed += (a1 - a2) * (digamma(a1) - digamma(total1)) + (b1 - b2) * (digamma(b1) - digamma(total1))
    return Eq(KL(Beta(a1, b1), Beta(a2, b2)), printed)


def _wishart() -> Any:
    """E log p₁ − E log p₂ from E S = n₁ V₁ and E log|S| = ψ_p(n₁/2) + p log 2 + log|V₁|; G_i = log Γ_p(n_i/2), v_i = log|V_i|, t = tr(V₂⁻¹V₁)."""
    n1, n2, p, t = _positive("n1 n2 p t")
    v1, v2, g1, g2, psi = symbols("v1 v2 G1 G2 psi", real=True)
    mean_log = psi + p * log(2) + v1

    def expected(n: Expr, v: Expr, g: Expr, trace: Expr) -> Expr:
        return (n - p - 1) / 2 * mean_log - trace / 2 - n * p / 2 * log(2) - n / 2 * v - g

    difference = expected(n1, v1, g1, n1 * p) - expected(n2, v2, g2, n1 * t)
    return Eq(difference, (n2 * (v2 - v1) + n1 * t + 2 * (g2 - g1) + (n1 - n2) * psi - n1 * p) / 2)


def _wishart_line() -> Any:
    """p = 1, where the Wishart law is Gamma(n/2, rate 1/(2V))."""
    n1, n2, v1, v2 = _positive("n1 n2 V1 V2")
    printed = (n2 * (log(v2) - log(v1)) + n1 * v1 / v2 + 2 * (loggamma(n2 / 2) - loggamma(n1 / 2)) + (n1 - n2) * digamma(n1 / 2) - n1) / 2
    return Eq(KL(Gamma(n1 / 2, 1 / (2 * v1)), Gamma(n2 / 2, 1 / (2 * v2))), printed)


def _bivariate() -> Any:
    """h(X) + h(Y) − h(X, Y) with |Σ| = σ₁²σ₂²(1 − ρ²), 1 − ρ² = c."""
    s1, s2, c = _positive("s1 s2 c")
    whole = log(2 * pi) + log(s1**2 * s2**2 * c) / 2 + 1
    return Eq(Entropy(Normal(0, s1)) + Entropy(Normal(0, s2)) - whole, -log(c) / 2)


def _normal_gamma_entropy() -> Any:
    """E h(X|Y) + h(Y): h(X|y) = n/2 log 2π + n/2 − ½ log|Λ| − n/2 log y."""
    a, b, n, size = _positive("a b n D")
    y = Gamma(a, b).support.variable("y")
    inner = Expectation(n / 2 * log(2 * pi) + n / 2 - log(size) / 2 - n / 2 * log(y), y, Gamma(a, b))
    printed = n / 2 * log(2 * pi) - log(size) / 2 + n / 2 + a + loggamma(a) - (n - 2 + 2 * a) / 2 * digamma(a) + (n - 2) / 2 * log(b)
    return Eq(inner + Entropy(Gamma(a, b)), printed)


def _normal_gamma_divergence() -> Any:
    """E D(N(μ₁, (yΛ₁)⁻¹)‖N(μ₂, (yΛ₂)⁻¹)) + D of the gamma laws; q the quadratic form, t the trace, r = |Λ₂|/|Λ₁|."""
    a1, b1, a2, b2, n, q, t, r = _positive("a1 b1 a2 b2 n q t r")
    y = Gamma(a1, b1).support.variable("y")
    inner = Expectation((y * q + t - log(r) - n) / 2, y, Gamma(a1, b1))
    printed = a1 / b1 * q / 2 + t / 2 - log(r) / 2 - n / 2 + gamma_divergence(a1, b1, a2, b2)
    return Eq(inner + KL(Gamma(a1, b1), Gamma(a2, b2)), printed)


def _entry(name: str, title: str, *parts: Part, cites: tuple[str, ...] = (), wrong: bool = False) -> Theorem:
    return Theorem(name, name, title, parts, cites, wrong)


DIAGONAL = "two positive definite matrices become diagonal under one linear map, under which D does not change"
QUADRATIC = "the expectation of a quadratic form is a trace plus a quadratic form of the mean"
MVN_DENSITY = ("H(P) = n/2*l + 1/2*v + n/2", "H(P||Q) = n/2*l + 1/2*u + 1/2*t + 1/2*q")
MATRIX_DENSITY = ("H(P) = n*p/2*l + 1/2*k + n*p/2", "H(P||Q) = n*p/2*l + 1/2*m + 1/2*t + 1/2*q", "k = n*v + p*u", "m = n*w + p*x")

LAWS: tuple[Theorem, ...] = (
    _entry("bern-ent", "the entropy of the Bernoulli law, in bits", part(_bernoulli_entropy)),
    _entry("bern-kl", "the divergence of two Bernoulli laws", part(_bernoulli_divergence)),
    _entry("bin-ent", "the entropy of the binomial law", part(_binomial_density), part(_binomial_mean), part(_bernoulli_entropy)),
    _entry("bin-kl", "the divergence of two binomial laws of one n", part(_binomial_divergence)),
    _entry("cat-ent", "the entropy of a categorical law", part(_categorical_entropy, note="written out on three points")),
    _entry(
        "mult-ent",
        "the entropy of the multinomial law",
        part(
            "H(P) = n*h - c",
            "H(P) = -c - n*f - n*g",
            "h = -f - g",
            note="-log p(x) = -log of the coefficient - sum x_i log p_i with E[x_i] = n p_i; f, g are the terms p_i log p_i",
        ),
        part(_binomial_density),
        part(_binomial_mean),
    ),
    _entry("cuni-dent", "the entropy of the uniform law", part(_uniform_entropy)),
    _entry("cuni-kl", "the divergence of nested uniform laws", part(_uniform_divergence)),
    _entry(
        "cuni-maxent",
        "the uniform law has most entropy on its interval",
        part(_uniform_density),
        part("H(P) <= log(w)", "H(P||U) = log(w)", continuous=["P", "U"]),
        part("D(P||U) = 0", "H(P||U) = log(w)", "H(P) = log(w)", continuous=["P", "U"]),
    ),
    _entry("duni-ent", "the entropy of the discrete uniform law", part(_lattice_entropy)),
    _entry("duni-kl", "the divergence of nested discrete uniform laws", part(_lattice_divergence)),
    _entry(
        "duni-maxent",
        "the discrete uniform law has most entropy",
        part("H(P) <= log(n)", "H(P||U) = log(n)"),
        part("D(P||U) = 0", "H(P||U) = log(n)", "H(P) = log(n)"),
    ),
    _entry(
        "dir-kl",
        "the divergence of two Dirichlet laws",
        part(lambda: _dirichlet(3)),
        part(lambda: _dirichlet(4)),
        part(_beta_divergence),
        cites=("D in an exponential family is a Bregman divergence (A22)",),
    ),
    _entry(
        "gam-dent",
        "the entropy of the gamma law has − log b, not + log b",
        part(lambda: _gamma_entropy(1), expected=NO),
        part(lambda: _gamma_entropy(-1)),
        wrong=True,
    ),
    _entry("gam-kl", "the divergence of two gamma laws", part(_gamma_pair)),
    _entry("gam-logmean", "E log X of a gamma law", part(lambda: _gamma_mean(False))),
    _entry("gam-xlogx", "E X log X of a gamma law", part(lambda: _gamma_mean(True))),
    _entry("norm-dent", "the entropy of the normal law", part(_normal_entropy)),
    _entry("norm-kl", "the divergence of two normal laws", part(_normal_divergence)),
    _entry(
        "norm-maxent",
        "the normal law has most entropy for its variance",
        part(_normal_density),
        part("H(P) <= c", "H(P||N) = c", continuous=["P", "N"]),
        part(_normal_entropy),
    ),
    _entry("poiss-ent", "the entropy of the Poisson law", part(_poisson_entropy)),
    _entry(
        "mvn-dent",
        "the entropy of the multivariate normal law",
        part("H(P) = n/2*l + 1/2*v + n/2", "H(P) = n/2*l + 1/2*v + 1/2*t", "t = n"),
        part(_normal_entropy),
        cites=(QUADRATIC,),
    ),
    _entry(
        "mvn-kl",
        "the divergence of two multivariate normal laws",
        part("D(P||Q) = 1/2*(q + t - v + u - n)", *MVN_DENSITY),
        part(_normal_divergence),
        part("D(P*R||Q*S) = D(P||Q) + D(R||S)"),
        cites=(QUADRATIC, DIAGONAL),
    ),
    _entry(
        "mvn-mi",
        "the mutual information of normal vectors",
        part("I(X;Y) = 1/2*(a + b - c)", "H(X) = n/2*l + 1/2*a + n/2", "H(Y) = m/2*l + 1/2*b + m/2", "H(X,Y) = n/2*l + m/2*l + 1/2*c + n/2 + m/2"),
        cites=("mvn-dent",),
    ),
    _entry("bvn-mi", "the mutual information of a bivariate normal law", part(_bivariate)),
    _entry(
        "mvn-maxent",
        "the normal law has most entropy for its covariance",
        part("H(P) <= c", "H(P||N) = c", continuous=["P", "N"]),
        part(_normal_density, note="one dimension; -log of the density is a quadratic form plus a number"),
        cites=(QUADRATIC,),
    ),
    _entry(
        "matn-dent",
        "the entropy of the matrix normal law",
        part("H(P) = n*p/2*l + n/2*v + p/2*u + n*p/2", *MATRIX_DENSITY[:1], MATRIX_DENSITY[2]),
        cites=("log|V ⊗ U| = n log|V| + p log|U|",),
    ),
    _entry(
        "matn-kl",
        "the divergence of two matrix normal laws",
        part("D(P||Q) = 1/2*(q + t - n*(v - w) - p*(u - x) - n*p)", *MATRIX_DENSITY),
        cites=(QUADRATIC, "log|V ⊗ U| = n log|V| + p log|U|"),
    ),
    _entry("ng-dent", "the entropy of the normal-gamma law", part(_normal_gamma_entropy), cites=("mvn-dent",)),
    _entry(
        "ng-kl",
        "the divergence of two normal-gamma laws",
        part(_normal_gamma_divergence),
        part("D(P(X,Y)||Q(X,Y)) = D(P(Y)||Q(Y)) + D(P(X|Y)||Q(X|Y)|P(Y))"),
        cites=("mvn-kl",),
    ),
    _entry(
        "wish-kl",
        "the divergence of two Wishart laws",
        part(_wishart, note="the product and the sum in Γ_p and ψ_p end at p; the printed k is not defined"),
        part(_wishart_line, note="p = 1"),
        cites=("E S = nV and E log|S| = ψ_p(n/2) + p log 2 + log|V| of a Wishart law",),
    ),
)
