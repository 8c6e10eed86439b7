"""Group B: inequalities."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Rational, Symbol, UnevaluatedExpr, log, pi, symbols

from symkl.core.heads import KL, Entropy
from symkl.core.laws import Law
from symkl.families import Exponential, Finite, Normal, Uniform
from symkl.prove.theorems.theorem import Theorem, part

__all__ = ["INEQUALITIES"]


def _log_density(law: Law, shape: Any) -> Any:
    """log q(x) as a combination of the moments that are fixed."""
    x = law.support.variable("x")
    return Eq(law.log_density(x), shape(x))


def _exponential_density() -> Any:
    m = Symbol("m", positive=True)
    return _log_density(Exponential(1 / m), lambda x: -log(m) - x / m)


def _normal_density() -> Any:
    mu, s = Symbol("mu", real=True), Symbol("sigma", positive=True)
    return _log_density(Normal(mu, s), lambda x: -log(2 * pi * s**2) / 2 - (x - mu) ** 2 / (2 * s**2))


def _uniform_density() -> Any:
    a, w = Symbol("a", real=True), Symbol("w", positive=True)
    low, high = Uniform(a, a + w).args
    return Eq(-log(UnevaluatedExpr(high) - low), -log(w), evaluate=False)


def _entropy(law: Law, value: Any) -> Any:
    return Eq(Entropy(law), value)


def _exponential_entropy() -> Any:
    m = Symbol("m", positive=True)
    return _entropy(Exponential(1 / m), 1 + log(m))


def _normal_entropy() -> Any:
    mu, s = Symbol("mu", real=True), Symbol("sigma", positive=True)
    return _entropy(Normal(mu, s), log(2 * pi * s**2) / 2 + Rational(1, 2))


def _disjoint() -> Any:
    """D of a law and the even mixture of it with a law on other points."""
    first = Finite({"a": Rational(1, 3), "b": Rational(2, 3)})
    middle = Finite({"a": Rational(1, 6), "b": Rational(1, 3), "c": Rational(1, 2)})
    return Eq(KL(first, middle), log(2))


def _gaussian_transport() -> Any:
    """∫₀¹ (F⁻¹(u) − G⁻¹(u))² du with F⁻¹(u) = μ₁ + σ₁ z(u): E[(μ₁ − μ₂ + (σ₁ − σ₂) Z)²], from E[Z] = 0, E[Z²] = 1."""
    mu1, mu2 = symbols("mu_1 mu_2", real=True)
    s1, s2 = symbols("sigma_1 sigma_2", positive=True)
    z, second = Symbol("z", real=True), Symbol("E2", real=True)
    square = ((mu1 - mu2 + (s1 - s2) * z) ** 2).expand()
    return Eq(square.coeff(z, 0) + square.coeff(z, 2) * second.subs(second, 1), (mu1 - mu2) ** 2 + (s1 - s2) ** 2)


INEQUALITIES: tuple[Theorem, ...] = (
    Theorem(
        "B1",
        "gibbs",
        "Gibbs' inequality: D(P‖Q) ≥ 0, with equality only for P = Q",
        (
            part("D(P||Q) >= 0"),
            part("H(P||Q) >= H(P)"),
            part("D(P||R) = D(Q||R)", "D(P||Q) = 0", note="D(P||Q) = 0 says P = Q: log u <= u - 1 is an equality at u = 1 only"),
        ),
    ),
    Theorem("B2", "cross-entropy-bound", "cross-entropy is at least entropy", (part("H(P||Q) >= H(P)"),)),
    Theorem(
        "B3",
        "log-sum",
        "the log-sum inequality, a and b the sums, P and Q the normalised terms",
        (part("a*D(P||Q) + a*log(a) - a*log(b) >= a*log(a) - a*log(b)", "a >= 0"),),
    ),
    Theorem(
        "B4",
        "joint-convexity",
        "D is jointly convex, and convex in each argument",
        (
            part("D(w*P + (1-w)*R||w*Q + (1-w)*S) <= w*D(P||Q) + (1-w)*D(R||S)"),
            part("D(w*P + (1-w)*R||Q) <= w*D(P||Q) + (1-w)*D(R||Q)"),
            part("D(P||w*Q + (1-w)*S) <= w*D(P||Q) + (1-w)*D(P||S)"),
        ),
    ),
    Theorem(
        "B5",
        "data-processing",
        "data processing",
        (part("D(K(P)||K(Q)) <= D(P||Q)"), part("D(P(Y)||Q(Y)) <= D(P(X,Y)||Q(X,Y))"), part("I(X;Z) <= I(X;Y)", "X -> Y -> Z")),
    ),
    Theorem(
        "B6",
        "jensen-shannon-bounds",
        "0 ≤ JSD ≤ log 2, and log 2 only for disjoint supports",
        (
            part("0 <= JSD(P,Q) <= log(2)"),
            part("JSD(P,Q) < log(2)", "TV(P,Q) < 1", note="TV = 1 exactly when the supports are disjoint"),
            part(_disjoint, note="on disjoint supports each half is at divergence log 2 from the middle"),
        ),
    ),
    Theorem("B7", "pinsker", "Pinsker's inequality", (part("D(P||Q) >= 2*TV(P,Q)^2"), part("TV(P,Q) <= sqrt(D(P||Q)/2)"))),
    Theorem(
        "B8",
        "total-variation",
        "total variation is a metric between 0 and 1",
        (
            part("0 <= TV(P,Q) <= 1"),
            part("TV(P,Q) = TV(Q,P)"),
            part("TV(P,R) <= TV(P,Q) + TV(Q,R)"),
            part("TV(K(P),K(Q)) <= TV(P,Q)", note="for the indicator K of an event this bounds |P(A) - Q(A)|; the event p > q attains it"),
        ),
    ),
    Theorem(
        "B9",
        "hellinger-bretagnolle-huber",
        "Hellinger against total variation, and Bretagnolle–Huber",
        (
            part("Hellinger(P,Q)^2 <= TV(P,Q)"),
            part("TV(P,Q) <= Hellinger(P,Q)*sqrt(2 - Hellinger(P,Q)^2)"),
            part("TV(P,Q) <= sqrt(1 - exp(-D(P||Q)))"),
        ),
    ),
    Theorem(
        "B10",
        "chi-squared-bounds",
        "D ≤ log(1 + χ²) ≤ χ², and Rényi divergences grow with their order",
        (
            part("D(P||Q) <= log(1 + Chi2(P||Q)) <= Chi2(P||Q)"),
            part("Renyi(P||Q,1/2) <= D(P||Q)"),
            part("D(P||Q) <= Renyi(P||Q,2)"),
            part("Renyi(P||Q,2) <= Renyi(P||Q,3)"),
            part("Renyi(P||Q,1/3) <= Renyi(P||Q,1/2)"),
        ),
    ),
    Theorem(
        "B11",
        "shannon",
        "conditioning reduces entropy, subadditivity, submodularity, Han",
        (
            part("H(X|Y) <= H(X)"),
            part("H(X,Y) <= H(X) + H(Y)"),
            part("I(X;Y) >= 0"),
            part("I(X;Y|Z) >= 0"),
            part("H(X,Z) + H(Y,Z) >= H(X,Y,Z) + H(Z)"),
            part("2*H(A,B,C) <= H(A,B) + H(B,C) + H(A,C)"),
            part("3*H(A,B,C,D) <= H(A,B,C) + H(A,B,D) + H(A,C,D) + H(B,C,D)"),
            part("3*(H(A) + H(B) + H(C) + H(D)) >= H(A,B) + H(A,C) + H(A,D) + H(B,C) + H(B,D) + H(C,D)"),
            part("H(A,B) + H(A,C) + H(A,D) + H(B,C) + H(B,D) + H(C,D) >= H(A,B,C) + H(A,B,D) + H(A,C,D) + H(B,C,D)"),
        ),
    ),
    Theorem(
        "B12",
        "donsker-varadhan",
        "E_P[g] − log E_Q[e^g] ≤ D(P‖Q), with equality at g = log(p/q) + c; G is Q tilted by g, z = log E_Q[e^g]",
        (part("g - z <= D(P||Q)", "H(P||G) = H(P||Q) - g + z"), part("g - z = D(P||Q)", "H(P||G) = H(P||Q) - g + z", "D(P||G) = 0")),
    ),
    Theorem(
        "B13",
        "smoothing",
        "a mixture with the uniform law keeps the divergence below log n − log ε",
        (part("D(P||(1-e)*Q + e*U) <= log(n) - log(e)", "H(P||U) = log(n)"),),
    ),
    Theorem("B14", "merging", "merging categories never increases D", (part("D(K(P)||K(Q)) <= D(P||Q)", note="merging is a channel"),)),
    Theorem(
        "B15",
        "maximum-entropy",
        "the exponential, the normal and the uniform law have most entropy for their constraint",
        (
            part(_exponential_density, note="the log-density is affine in x, so its expectation is the same under every law of mean m"),
            part("H(P) <= 1 + log(m)", "H(P||E) = 1 + log(m)", continuous=["P", "E"]),
            part(_exponential_entropy),
            part(_normal_density),
            part("H(P) <= 1/2*log(v) + c", "H(P||N) = 1/2*log(v) + c", continuous=["P", "N"]),
            part(_normal_entropy),
            part(_uniform_density),
            part("H(P) <= log(w)", "H(P||U) = log(w)", continuous=["P", "U"]),
        ),
    ),
    Theorem(
        "B16",
        "root-jensen-shannon",
        "the root of JSD satisfies the triangle inequality",
        cites=("Endres and Schindelin 2003: the root of the Jensen–Shannon divergence is a metric",),
    ),
    Theorem(
        "B17",
        "transport-on-the-line",
        "W₁ = ∫|F − G|; W_p is finite on finitely many points, and W₁ ≤ diam · TV",
        (
            part(
                "g*TV(K(P),K(Q)) + h*TV(L(P),L(Q)) <= (g + h)*TV(P,Q)",
                "g >= 0",
                "h >= 0",
                note="three points with gaps g and h: K and L tell what is left of a gap from what is right of it, where |F - G| is the TV of the images",
            ),
            part("TV(P,Q) <= 1", note="so W_1 is finite for all supports, and W_p^p <= diam^(p-1) W_1"),
        ),
        cites=("Vallender 1974: W1 on the line is the area between the distribution functions",),
    ),
    Theorem(
        "B18",
        "gaussian-transport",
        "W₂² of two normal laws is (μ₁ − μ₂)² + (σ₁ − σ₂)²",
        (part(_gaussian_transport, note="the monotone coupling x -> mu_2 + sigma_2 (x - mu_1)/sigma_1"),),
        cites=("the monotone coupling is optimal for a convex cost on the line",),
    ),
    Theorem(
        "B19",
        "shannon-type",
        "Shannon-type inequalities by certificates",
        (
            part("H(A,B,C,D,E) <= 1/4*(H(A,B,C,D) + H(A,B,C,E) + H(A,B,D,E) + H(A,C,D,E) + H(B,C,D,E))"),
            part("I(A;B) <= I(A;B|C) + I(A;B|D) + I(C;D)", "I(A;B) = 0"),
            part("I(A;E) <= I(B;D)", "A -> B -> C -> D -> E"),
            part("H(M) <= H(K)", "I(M;C) = 0", "M : C, K"),
        ),
    ),
)
