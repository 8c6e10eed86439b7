"""Group A: definitions and decompositions."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Eq, Expr, Integer, Ne, Rational, Sum, Symbol, UnevaluatedExpr, diff, exp, log, sqrt, symbols

from symkl.core.composite import law
from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.families import Bernoulli, Exponential, Finite, LogNormal, Normal, Poisson
from symkl.prove.theorems.calculation import Slope
from symkl.prove.theorems.theorem import Part, Theorem, part

__all__ = ["DEFINITIONS"]

HALF = Rational(1, 2)


def _positive(names: str) -> Any:
    return symbols(names, positive=True)


def _base() -> Any:
    P, Q = law("P"), law("Q")
    b = Symbol("b", positive=True)
    return Eq(KL(P, Q, base=b), KL(P, Q) / log(b))


def _coin() -> Any:
    return Eq(Entropy(Finite([HALF, HALF]), base=2), 1)


def _nine_to_one() -> Any:
    return Eq(Entropy(Finite([Rational(9, 10), Rational(1, 10)]), base=2), log(10) / log(2) - Rational(9, 5) * log(3) / log(2))


def _surprise() -> Any:
    a, b = _positive("a b")
    return Eq(-log(a * b), -log(a) - log(b))


def _masses(letter: str) -> tuple[Expr, Expr, Expr]:
    """Three masses with sum one, as w_i over their total, so that positivity is all that is assumed."""
    w = _positive(f"{letter}1 {letter}2 {letter}3")
    return tuple(each / sum(w) for each in w)


def _divergence(p: tuple[Expr, ...], q: tuple[Expr, ...]) -> Expr:
    """Σ p_i log(p_i/q_i), written out."""
    return sum((a * log(a / b) for a, b in zip(p, q)), Integer(0))


def _jeffreys_sum() -> Any:
    p, q = _masses("p"), _masses("q")
    return Eq(_divergence(p, q) + _divergence(q, p), sum((a - b) * log(a / b) for a, b in zip(p, q)))


def _scaled_normal() -> Any:
    mu, shift = symbols("mu c", real=True)
    sigma, a = _positive("sigma a")
    return Eq(Entropy(Normal(a * mu + shift, a * sigma)), Entropy(Normal(mu, sigma)) + log(a))


def _not_invariant() -> Any:
    mu = Symbol("mu", real=True)
    sigma, a = _positive("sigma a")
    return Eq(Entropy(Normal(a * mu, a * sigma)), Entropy(Normal(mu, sigma)))


def _exponentiated() -> Any:
    mu1, mu2 = symbols("mu_1 mu_2", real=True)
    s1, s2 = _positive("sigma_1 sigma_2")
    return Eq(KL(LogNormal(mu1, s1), LogNormal(mu2, s2)), KL(Normal(mu1, s1), Normal(mu2, s2)))


def _relabelled() -> Any:
    p, q = _masses("p"), _masses("q")
    return Eq(KL(Finite(list(p)), Finite(list(q))), KL(Finite(list(p[::-1])), Finite(list(q[::-1]))), evaluate=False)


def _one_hot_entropy() -> Any:
    return Eq(Entropy(Finite([0, 1, 0])), 0)


def _one_hot(head: Any) -> Any:
    q = (Rational(1, 2), Rational(1, 3), Rational(1, 6))
    return Eq(head(Finite([0, 1, 0]), Finite(list(q))), log(3))


def _softmax() -> Any:
    """∂/∂z_1 Σ t_i log(t_i/s_i) = s_1 − t_1, s the softmax of z."""
    z = symbols("z1 z2 z3", real=True)
    t = _masses("t")
    total = sum((exp(each) for each in z), Integer(0))
    s = tuple(exp(each) / total for each in z)
    return Eq(diff(sum(a * (log(a) - each + log(total)) for a, each in zip(t, z)), z[0]), s[0] - t[0])


def _softmax_temperature() -> Any:
    z, T = symbols("z1 z2 z3", real=True), Symbol("T", positive=True)
    t = _masses("t")
    total = sum((exp(each / T) for each in z), Integer(0))
    return Eq(diff(sum(a * (log(a) - each / T + log(total)) for a, each in zip(t, z)), z[0]), (exp(z[0] / T) / total - t[0]) / T)


def _bregman(pair: Any, difference: Expr) -> Any:
    return Eq(KL(*pair), difference)


def _bregman_poisson() -> Any:
    """A(θ) = e^θ with θ = log λ."""
    a, b = _positive("a b")
    return _bregman((Poisson(a), Poisson(b)), b - a - (log(b) - log(a)) * a)


def _bregman_exponential() -> Any:
    """A(θ) = −log(−θ) with θ = −λ, ∇A(θ) = 1/λ."""
    a, b = _positive("a b")
    return _bregman((Exponential(a), Exponential(b)), -log(b) + log(a) - (-b + a) / a)


def _curvature(make: Any, point: Expr, moving: Symbol, information: Expr) -> Any:
    """∂² D(θ₀‖θ)/∂θ² at θ = θ₀."""
    return Slope(KL(make(point), make(moving)), moving, ((moving, point),), information, 2)


def _slope(make: Any, point: Expr, moving: Symbol) -> Any:
    return Slope(KL(make(point), make(moving)), moving, ((moving, point),), Integer(0))


def _fisher_exponential() -> Any:
    a, b = _positive("a b")
    return _curvature(Exponential, a, b, 1 / a**2)


def _fisher_poisson() -> Any:
    a, b = _positive("a b")
    return _curvature(Poisson, a, b, 1 / a)


def _fisher_slope() -> Any:
    a, b = _positive("a b")
    return _slope(Poisson, a, b)


def _renyi_limit() -> Any:
    """d/dα log Σ p^α q^{1−α} at α = 1, which is the limit of D_α by L'Hôpital's rule."""
    alpha = Symbol("alpha", positive=True)
    p, q = _masses("p"), _masses("q")
    power = sum((a * exp((alpha - 1) * log(a / b)) for a, b in zip(p, q)), Integer(0))
    return Slope(log(power), alpha, ((alpha, Integer(1)),), _divergence(p, q))


def _f_divergence(f: Any, value: Any) -> Any:
    p, q = _masses("p"), _masses("q")
    return Eq(sum(b * f(UnevaluatedExpr(a / b)) for a, b in zip(p, q)), value(p, q), evaluate=False)


def _f_forward() -> Any:
    return _f_divergence(lambda t: t * log(t), _divergence)


def _f_backward() -> Any:
    return _f_divergence(lambda t: -log(t), lambda p, q: _divergence(q, p))


def _f_variation() -> Any:
    return _f_divergence(lambda t: Abs(t - 1) / 2, lambda p, q: sum(Abs(a - b) for a, b in zip(p, q)) / 2)


def _f_hellinger() -> Any:
    return _f_divergence(lambda t: (sqrt(t) - 1) ** 2, lambda p, q: 2 * (1 - sum(sqrt(a * b) for a, b in zip(p, q))))


def _sample_mean() -> Any:
    """E[ΣZ_i/N] = m, with N terms E[Z_i] = m."""
    N, i, m = Symbol("N", positive=True, integer=True), Symbol("i", integer=True), Symbol("m", real=True)
    return Eq(Sum(m, (i, 1, N)) / N, m, evaluate=False)


def _sample_variance() -> Any:
    """E[(ΣZ_i/N)²] − m² = (s − m²)/N, with N terms E[Z_i²] = s and N(N − 1) terms E[Z_i Z_j] = m²."""
    N, s = _positive("N s")
    m = Symbol("m", real=True)
    return Eq((N * s + N * (N - 1) * m**2) / N**2 - m**2, (s - m**2) / N)


def _bernoulli_surprise() -> Any:
    return Ne(KL(Bernoulli(Rational(7, 10)), Bernoulli(HALF)), KL(Bernoulli(HALF), Bernoulli(Rational(7, 10))))


def _power(n: int) -> Part:
    return part(f"D(P^{n}||Q^{n}) = {n}*D(P||Q)")


MARKOV3 = "D(P(X,Y,Z)||Q(X,Y,Z)) = D(P(X)||Q(X)) + D(P(Y|X)||Q(Y|X)|P(X)) + D(P(Z|X,Y)||Q(Z|X,Y)|P(X,Y))"
TILTED = "b*H(P||S) = b*H(P||B) - r + b*z"

DEFINITIONS: tuple[Theorem, ...] = (
    Theorem("A1", "definition", "D(P‖Q) is the expected log-ratio under P", (part("D(P||Q) = H(P||Q) - H(P)"),)),
    Theorem("A2", "cross-entropy", "cross-entropy is entropy plus divergence", (part("H(P||Q) = H(P) + D(P||Q)"), part("D(P||Q) = H(P||Q) - H(P)"))),
    Theorem("A3", "surprise", "the surprise of independent events adds", (part(_surprise), part("log(6^3) = 3*log(6)"))),
    Theorem(
        "A4",
        "uniform",
        "on n points H(P) = log n − D(P‖U), so H(P) ≤ log n, with equality only for the uniform law",
        (
            part("H(P) = log(n) - D(P||U)", "H(P||U) = log(n)", note="the uniform law U is the one whose log-density is -log n everywhere"),
            part("H(P) <= log(n)", "H(P||U) = log(n)"),
            part("D(P||U) = 0", "H(P||U) = log(n)", "H(P) = log(n)"),
        ),
    ),
    Theorem(
        "A5",
        "sure-and-fair",
        "the entropies of a sure event, a fair coin and a nine-to-one coin",
        (part(lambda: Eq(Entropy(Finite([1])), 0, evaluate=False)), part(_coin), part(_nine_to_one)),
    ),
    Theorem("A6", "units", "the divergence in base b is that in nats over log b", (part(_base),)),
    Theorem(
        "A7",
        "jeffreys",
        "Jeffreys' divergence is the sum of both directions, symmetric",
        (part("J(P,Q) = D(P||Q) + D(Q||P)"), part("J(P,Q) = J(Q,P)"), part(_jeffreys_sum, note="written out on three points")),
    ),
    Theorem(
        "A8",
        "jensen-shannon",
        "JSD is the mean divergence to the middle, and the entropy gained by mixing",
        (
            part("JSD(P,Q) = 1/2*D(P||M) + 1/2*D(Q||M)", "M = 1/2*P + 1/2*Q"),
            part("JSD(P,Q) = H(M) - 1/2*H(P) - 1/2*H(Q)", "M = 1/2*P + 1/2*Q"),
            part("w*D(P||M) + (1-w)*D(Q||M) = H(M) - w*H(P) - (1-w)*H(Q)", "M = w*P + (1-w)*Q"),
        ),
    ),
    Theorem(
        "A9",
        "compensation",
        "the compensation identity",
        (
            part("w*D(P||Q) + (1-w)*D(R||Q) = w*D(P||M) + (1-w)*D(R||M) + D(M||Q)", "M = w*P + (1-w)*R"),
            part("1/2*D(P||Q) + 1/3*D(R||Q) + 1/6*D(S||Q) = 1/2*D(P||M) + 1/3*D(R||M) + 1/6*D(S||M) + D(M||Q)", "M = 1/2*P + 1/3*R + 1/6*S"),
        ),
    ),
    Theorem(
        "A10",
        "mutual-information",
        "four forms of mutual information",
        (
            part("I(X;Y) = D(P(X,Y)||P(X)*P(Y))"),
            part("I(X;Y) = H(X) + H(Y) - H(X,Y)"),
            part("I(X;Y) = H(X) - H(X|Y)"),
            part("I(X;Y) = D(P(X|Y)||P(X)|P(Y))"),
        ),
    ),
    Theorem(
        "A11", "chain-rule-of-divergence", "the chain rule of the divergence", (part("D(P(X,Y)||Q(X,Y)) = D(P(X)||Q(X)) + D(P(Y|X)||Q(Y|X)|P(X))"),)
    ),
    Theorem(
        "A12",
        "chain-rules",
        "chain rules of entropy and mutual information",
        (
            part("H(X,Y) = H(X) + H(Y|X)"),
            part("I(X;Y,Z) = I(X;Z) + I(X;Y|Z)"),
            part("H(A,B,C) = H(A) + H(B|A) + H(C|A,B)"),
            part("H(A,B,C,D) = H(A) + H(B|A) + H(C|A,B) + H(D|A,B,C)"),
            part("H(A,B,C,D,E) = H(A) + H(B|A) + H(C|A,B) + H(D|A,B,C) + H(E|A,B,C,D)"),
            part("I(X;A,B,C,D) = I(X;A) + I(X;B|A) + I(X;C|A,B) + I(X;D|A,B,C)"),
        ),
    ),
    Theorem(
        "A13",
        "additivity",
        "divergences of products add; D(Pⁿ‖Qⁿ) = n D(P‖Q)",
        (
            part("D(P*R||Q*S) = D(P||Q) + D(R||S)"),
            *(_power(n) for n in (2, 3, 4, 5)),
            part(
                "D(A*P||B*Q) = (n+1)*D(P||Q)", "D(A||B) = n*D(P||Q)", note="the step of the induction for every n: A and B stand for the n-th powers"
            ),
        ),
    ),
    Theorem(
        "A14",
        "invariance",
        "D is unchanged by an invertible map, differential entropy is not",
        (
            part(
                "D(K||L) = D(P||Q)",
                "H(K) = H(P) + j",
                "H(K||L) = H(P||Q) + j",
                note="both log-densities lose log|g'|, whose expectation under P is j",
            ),
            part(_exponentiated),
            part(_relabelled, note="a relabelling of three points"),
            part(_scaled_normal),
            part(_not_invariant, expected="refuted"),
        ),
        cites=("the change of variables of densities: p_Y(g(x)) |g'(x)| = p_X(x)",),
    ),
    Theorem("A15", "golden-formula", "the golden formula", (part("D(P(Y|X)||R(Y)|P(X)) = I(X;Y) + D(P(Y)||R(Y))"),)),
    Theorem(
        "A16",
        "evidence-lower-bound",
        "log p(x) is the evidence lower bound plus D(q‖p(z|x)); R is the point mass at x",
        (
            part("-H(R(X)||P(X)) = -H(R(X)*Q(Z)||P(X,Z)) + H(Q(Z)) + D(Q(Z)||P(Z|X)|R(X))"),
            part("-H(R(X)*Q(Z)||P(X,Z)) + H(Q(Z)) = -H(R(X)*Q(Z)||P(X|Z)) - D(Q(Z)||P(Z))"),
            part("-H(R(X)*Q(Z)||P(X,Z)) + H(Q(Z)) <= -H(R(X)||P(X))"),
        ),
    ),
    Theorem("A17", "maximum-likelihood", "the mean log-likelihood is −H(E) − D(E‖Q), E the empirical law", (part("-H(E||Q) = -H(E) - D(E||Q)"),)),
    Theorem(
        "A18",
        "one-hot",
        "a one-hot target has entropy 0, and cross-entropy = divergence = −log q_k",
        (
            part(_one_hot_entropy),
            part("H(E||Q) = D(E||Q)", "H(E) = 0"),
            part(lambda: _one_hot(CrossEntropy)),
            part(lambda: _one_hot(KL)),
        ),
    ),
    Theorem(
        "A19",
        "gibbs-variational-principle",
        "E_π[r] − β D(π‖π₀) = β log Z − β D(π‖π*), with P = π, B = π₀, S = π* and z = log Z",
        (
            part("r - b*D(P||B) = b*z - b*D(P||S)", TILTED, note="S is the law with density B e^(r/b)/Z, by its log-density under P"),
            part("r - b*D(P||B) <= b*z", TILTED, "b >= 0"),
        ),
    ),
    Theorem(
        "A20",
        "preference-form",
        "log Z cancels in r(y₁) − r(y₂); Y, W are the point masses at y₁, y₂",
        (part("r - s = b*H(Y||B) - b*H(Y||S) - b*H(W||B) + b*H(W||S)", "b*H(Y||S) = b*H(Y||B) - r + b*z", "b*H(W||S) = b*H(W||B) - s + b*z"),),
    ),
    Theorem(
        "A21",
        "softmax-distillation",
        "the gradient of D(t‖softmax(z)) is softmax(z) − t, with temperature T over T",
        (part(_softmax), part(_softmax_temperature)),
    ),
    Theorem(
        "A22",
        "bregman",
        "D in an exponential family is a Bregman divergence; s are the natural parameters, m = E_1[T] = ∇A(s₁)",
        (
            part("D(P||Q) = A2 - A1 - (s2 - s1)*m", "H(P) = A1 - s1*m + k", "H(P||Q) = A2 - s2*m + k"),
            part(_bregman_poisson),
            part(_bregman_exponential),
        ),
    ),
    Theorem(
        "A23",
        "pythagoras",
        "the three-point identity, and Pythagoras for the moment projection",
        (
            part(
                "D(P||R) = D(P||Q) + D(Q||R) + (s2 - s3)*(m1 - m2)",
                "H(P||Q) = A2 - s2*m1 + k",
                "H(P||R) = A3 - s3*m1 + k",
                "H(Q) = A2 - s2*m2 + l",
                "H(Q||R) = A3 - s3*m2 + l",
            ),
            part(
                "D(P||R) = D(P||Q) + D(Q||R)", "H(P||Q) = A2 - s2*m + k", "H(P||R) = A3 - s3*m + k", "H(Q) = A2 - s2*m + l", "H(Q||R) = A3 - s3*m + l"
            ),
        ),
    ),
    Theorem(
        "A24",
        "fisher-information",
        "Fisher information is the curvature of D(θ₀‖θ) at θ₀, where its slope is 0",
        (part(_fisher_exponential), part(_fisher_poisson), part(_fisher_slope)),
    ),
    Theorem(
        "A25",
        "renyi-orders",
        "Rényi divergences of orders 1, ½ and 2",
        (part(_renyi_limit, note="on three points"), part("Renyi(P||Q,1/2) = -2*log(BC(P,Q))"), part("Renyi(P||Q,2) = log(1 + Chi2(P||Q))")),
    ),
    Theorem(
        "A26",
        "f-divergences",
        "the generators of D, its reverse, total variation and Hellinger",
        (
            part(_f_forward, note="on three points"),
            part(_f_backward),
            part(_f_variation),
            part(_f_hellinger),
            part("2*Hellinger(P,Q)^2 = 2*(1 - BC(P,Q))"),
        ),
    ),
    Theorem(
        "A27",
        "sample-mean",
        "the sample mean of log(p/q) is unbiased with variance Var/N",
        (
            part(_sample_mean),
            part(_sample_variance),
        ),
    ),
    Theorem(
        "A28",
        "information-bottleneck",
        "the distortion of the bottleneck is I(X;Y) − I(T;Y)",
        (part("D(P(Y|X,T)||P(Y|T)|P(X,T)) = I(X;Y) - I(T;Y)", "T -> X -> Y", note="P(Y|X,T) = P(Y|X) as T - X - Y is Markov"),),
    ),
    Theorem(
        "A29",
        "capacity",
        "Σ a(x) D(W_x‖R) is least at R = Σ a(x) W_x, where it is I(a, W)",
        (part("D(P(Y|X)||R(Y)|P(X)) >= I(X;Y)"), part("D(P(Y|X)||P(Y)|P(X)) = I(X;Y)")),
    ),
    Theorem(
        "A30",
        "markov-rate",
        "the rate of a Markov chain is the divergence of its rows, averaged",
        (
            part(MARKOV3),
            part(
                "D(P(X,Y)||Q(X,Y)) - D(P(X)||Q(X)) = D(P(Y|X)||Q(Y|X)|P(X))", note="each step adds this much; it does not change when X is stationary"
            ),
        ),
    ),
)
