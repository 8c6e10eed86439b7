"""Entries of the book on entropies and divergences in general."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Integer, Rational, Symbol, log, symbols

from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation
from symkl.core.laws import Law
from symkl.families import Exponential, Finite, Normal, Uniform
from symkl.prove.theorems.theorem import Expected, Theorem, part

__all__ = ["ENTROPY"]

NO: Expected = "refuted"


def _positive(names: str) -> Any:
    return symbols(names, positive=True)


def _weights(letter: str, count: int = 3) -> list[Any]:
    w = _positive(" ".join(f"{letter}{i}" for i in range(1, count + 1)))
    return [each / sum(w) for each in w]


def _finite_entropy() -> Any:
    p = (Rational(1, 2), Rational(1, 3), Rational(1, 6))
    return Eq(Entropy(Finite(list(p)), base=2), -sum((x * log(x) for x in p), Integer(0)) / log(2))


def _finite_cross() -> Any:
    p, q = (Rational(1, 2), Rational(1, 3), Rational(1, 6)), (Rational(1, 4), Rational(1, 4), Rational(1, 2))
    return Eq(CrossEntropy(Finite(list(p)), Finite(list(q))), -sum((x * log(y) for x, y in zip(p, q)), Integer(0)))


def _conditional() -> Any:
    """Σ_x p(x) H(Y|X=x) = H(X,Y) − H(X) on two by two points."""
    w = _weights("w", 4)
    rows = (w[:2], w[2:])
    inner = sum((sum(r) * -sum(x / sum(r) * log(x / sum(r)) for x in r) for r in rows), Integer(0))
    return Eq(inner, -sum(x * log(x) for x in w) + sum(sum(r) * log(sum(r)) for r in rows))


def _expected(law: Law, density: Law, head: Any) -> Any:
    x = law.support.variable("x")
    return Eq(head, Expectation(-density.log_density(x), x, law))


def _differential() -> Any:
    a = Symbol("a", positive=True)
    return _expected(Exponential(a), Exponential(a), Entropy(Exponential(a)))


def _differential_cross() -> Any:
    a, b = _positive("a b")
    return _expected(Exponential(a), Exponential(b), CrossEntropy(Exponential(a), Exponential(b)))


def _divergence() -> Any:
    a, b = _positive("a b")
    x = Exponential(a).support.variable("x")
    return Eq(KL(Exponential(a), Exponential(b)), Expectation(Exponential(a).log_density(x) - Exponential(b).log_density(x), x, Exponential(a)))


def _scaled() -> Any:
    mu = Symbol("mu", real=True)
    s, a = _positive("sigma a")
    return Eq(Entropy(Normal(a * mu, a * s)), Entropy(Normal(mu, s)) + log(a))


def _shifted() -> Any:
    mu, c = symbols("mu c", real=True)
    s = Symbol("sigma", positive=True)
    return Eq(Entropy(Normal(mu + c, s)), Entropy(Normal(mu, s)))


def _unchanged() -> Any:
    s, a = _positive("sigma a")
    return Eq(Entropy(Normal(0, a * s)), Entropy(Normal(0, s)))


def _short_uniform() -> Any:
    return Eq(Entropy(Uniform(0, Rational(1, 2))), -log(2))


def _negative() -> Any:
    return Entropy(Uniform(0, Rational(1, 2))) < 0


def _entry(name: str, title: str, *parts: Any, cites: tuple[str, ...] = (), wrong: bool = False) -> Theorem:
    return Theorem(name, name, title, parts, cites, wrong)


CHANGE = "the change of variables of densities"
ENTROPY: tuple[Theorem, ...] = (
    _entry("ent", "the entropy of a discrete law", part(_finite_entropy, note="written out on three points")),
    _entry("ent-joint", "joint entropy is the entropy of the pair", part("H(X,Y) = H(X) + H(Y|X)"), part(_finite_entropy)),
    _entry("ent-cond", "conditional entropy is the mean entropy of the conditional laws", part(_conditional, note="on two by two points")),
    _entry("ent-cross", "cross-entropy", part(_finite_cross), part("H(P||Q) = H(P) + D(P||Q)")),
    _entry("dent", "differential entropy", part(_differential)),
    _entry("dent-joint", "joint differential entropy", part("h(X,Y) = h(X) + h(Y|X)")),
    _entry("dent-cond", "conditional differential entropy", part("h(Y|X) = h(X,Y) - h(X)")),
    _entry("dent-cross", "differential cross-entropy", part(_differential_cross)),
    _entry("kl", "the divergence is the expected log-ratio", part(_divergence), part("D(P||Q) = H(P||Q) - H(P)")),
    _entry(
        "mi",
        "mutual information as printed has the wrong sign; it is +D(P_XY‖P_X × P_Y)",
        part("I(X;Y) = -D(P(X,Y)||P(X)*P(Y))", expected=NO),
        part("I(X;Y) = D(P(X,Y)||P(X)*P(Y))"),
        wrong=True,
    ),
    _entry("cmi-jcde", "I = h(X,Y) − h(X|Y) − h(Y|X)", part("I(X;Y) = h(X,Y) - h(X|Y) - h(Y|X)")),
    _entry("cmi-mcde", "I = h(X) − h(X|Y) = h(Y) − h(Y|X)", part("I(X;Y) = h(X) - h(X|Y)"), part("I(X;Y) = h(Y) - h(Y|X)")),
    _entry("cmi-mjde", "I = h(X) + h(Y) − h(X,Y)", part("I(X;Y) = h(X) + h(Y) - h(X,Y)")),
    _entry("dmi-jce", "I = H(X,Y) − H(X|Y) − H(Y|X)", part("I(X;Y) = H(X,Y) - H(X|Y) - H(Y|X)")),
    _entry("dmi-mce", "I = H(X) − H(X|Y) = H(Y) − H(Y|X)", part("I(X;Y) = H(X) - H(X|Y)"), part("I(X;Y) = H(Y) - H(Y|X)")),
    _entry("dmi-mje", "I = H(X) + H(Y) − H(X,Y)", part("I(X;Y) = H(X) + H(Y) - H(X,Y)")),
    _entry(
        "dent-add",
        "h(aX) = h(X) + log|a|",
        part("H(K) = H(P) + l", "H(K) = H(P) + j", "j = l", note="j = E log|g'| is log|a|"),
        part(_scaled),
        cites=(CHANGE,),
    ),
    _entry(
        "dent-addvec",
        "h(AX) = h(X) + log|A|, |A| the absolute value of the determinant",
        part(
            "H(K) = H(P) + l",
            "H(K) = H(P) + j",
            "j = l",
            note="j = E log|det J| is log|det A|; read without the absolute value it would not be real for det A < 0",
        ),
        part(_scaled, note="one dimension"),
        cites=(CHANGE,),
    ),
    _entry("dent-inv", "h(X + c) = h(X)", part(_shifted), cites=(CHANGE,)),
    _entry("dent-neg", "h of the uniform law on (0, 1/2) is −log 2 < 0", part(_short_uniform), part(_negative), part("h(X) >= 0", expected=NO)),
    _entry(
        "dent-noninv",
        "h is not invariant: it gains E log|J|",
        part(_unchanged, expected=NO),
        part("H(K) = H(P) + j", "H(K) = H(P) + j"),
        part(_scaled),
        cites=(CHANGE,),
    ),
    _entry("ent-conc", "entropy is concave", part("H(w*P + (1-w)*Q) >= w*H(P) + (1-w)*H(Q)")),
    _entry("ent-nonneg", "the entropy of a discrete variable is not negative", part("H(X) >= 0")),
    _entry("entcross-conv", "cross-entropy is convex in its second argument", part("H(P||w*Q + (1-w)*R) <= w*H(P||Q) + (1-w)*H(P||R)")),
    _entry("gibbs-ineq", "Gibbs' inequality", part("H(P) <= H(P||Q)")),
    _entry("kl-add", "divergences of independent coordinates add", part("D(P*R||Q*S) = D(P||Q) + D(R||S)")),
    _entry("kl-conv", "the divergence is jointly convex", part("D(w*P + (1-w)*R||w*Q + (1-w)*S) <= w*D(P||Q) + (1-w)*D(R||S)")),
    _entry("kl-dent", "D = h(P,Q) − h(P)", part("D(P||Q) = H(P||Q) - H(P)", continuous=["P", "Q"])),
    _entry("kl-ent", "D = H(P,Q) − H(P)", part("D(P||Q) = H(P||Q) - H(P)")),
    _entry(
        "kl-inv",
        "the divergence is invariant under an invertible map",
        part("D(K||L) = D(P||Q)", "H(K) = H(P) + j", "H(K||L) = H(P||Q) + j"),
        cites=(CHANGE,),
    ),
    *(_entry(name, "the divergence is not negative", part("D(P||Q) >= 0")) for name in ("kl-nonneg", "kl-nonneg2", "kl-nonneg3")),
    _entry("kl-nonsymm", "the divergence is not symmetric", part("D(P||Q) = D(Q||P)", expected=NO)),
    _entry(
        "logsum-ineq",
        "the log-sum inequality",
        part("a*D(P||Q) + a*log(a) - a*log(b) >= a*log(a) - a*log(b)", "a >= 0", note="P and Q are the terms over their sums a and b"),
    ),
    _entry("lpsr-spsr", "the log score is strictly proper", part("-H(P||Q) <= -H(P)"), part("D(P||R) = D(Q||R)", "D(P||Q) = 0")),
    _entry(
        "jens-ineq",
        "Jensen's inequality",
        part("E >= g", "E >= g + s*m - s*m", note="the expectation of the supporting line g + s (X - m) at m = E[X]"),
        cites=("a convex function lies above its supporting lines",),
    ),
)
