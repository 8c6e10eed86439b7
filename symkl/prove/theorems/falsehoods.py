"""Group C: what is false, with exact witnesses."""

from __future__ import annotations

from typing import Any

from sympy import Ge, Rational

from symkl.core.heads import KL, Entropy
from symkl.families import Finite, Normal, Uniform
from symkl.prove.theorems.theorem import Expected, Theorem, part

__all__ = ["FALSEHOODS"]

NO: Expected = "refuted"
TENTHS = (Rational(7, 10), Rational(3, 10))
HALVES = (Rational(1, 2), Rational(1, 2))


def _rounded() -> Any:
    """0.088 to three places means at least 0.0875."""
    return Ge(KL(Finite(list(HALVES)), Finite(list(TENTHS))), Rational(875, 10000))


def _narrow_normal() -> Any:
    return Ge(Entropy(Normal(0, Rational(1, 10))), 0)


def _short_uniform() -> Any:
    return Ge(Entropy(Uniform(0, Rational(1, 2))), 0)


FALSEHOODS: tuple[Theorem, ...] = (
    Theorem("C1", "symmetry", "D(P‖Q) = D(Q‖P)", (part("D(P||Q) = D(Q||P)", expected=NO),), is_false=True),
    Theorem("C2", "triangle-inequality", "D satisfies the triangle inequality", (part("D(P||R) <= D(P||Q) + D(Q||R)", expected=NO),), is_false=True),
    Theorem(
        "C3",
        "jensen-shannon-triangle",
        "JSD satisfies the triangle inequality",
        (part("JSD(P,R) <= JSD(P,Q) + JSD(Q,R)", expected=NO),),
        is_false=True,
    ),
    Theorem("C4", "sign-error", "D(P‖Q) = Σ p log(q/p)", (part("D(P||Q) = H(P) - H(P||Q)", expected=NO),), is_false=True),
    Theorem("C5", "boundedness", "D is bounded", (part("D(P||Q) <= 1", expected=NO), part("D(P||Q) <= 1000000", expected=NO)), is_false=True),
    Theorem(
        "C6",
        "finiteness",
        "D is finite on one alphabet",
        (part("D(P||Q) <= n", expected=NO, note="the witness makes the left side infinite"),),
        is_false=True,
    ),
    Theorem(
        "C7",
        "conditioning-information",
        "I(X;Y) and I(X;Y|Z) are ordered",
        (part("I(X;Y) <= I(X;Y|Z)", expected=NO), part("I(X;Y) >= I(X;Y|Z)", expected=NO)),
        is_false=True,
    ),
    Theorem(
        "C8",
        "cross-entropy-symmetry",
        "H(P,Q) = H(Q,P), or H(P,Q) ≥ H(Q)",
        (part("H(P||Q) = H(Q||P)", expected=NO), part("H(P||Q) >= H(Q)", expected=NO)),
        is_false=True,
    ),
    Theorem(
        "C9",
        "differential-entropy-sign",
        "differential entropy is non-negative",
        (part("h(X) >= 0", expected=NO), part(_narrow_normal, expected=NO), part(_short_uniform, expected=NO)),
        is_false=True,
    ),
    Theorem("C10", "mistyped-product", "D(P×R‖Q) = D(P‖Q) + D(R‖Q)", (part("D(P*R||Q) = D(P||Q) + D(R||Q)", expected="mistyped"),), is_false=True),
    Theorem("C11", "rounding", "D((1/2, 1/2)‖(7/10, 3/10)) is 0.088 to three places", (part(_rounded, expected=NO),), is_false=True),
    Theorem(
        "C12",
        "wrong-curvature",
        "D is concave in Q; H is convex",
        (part("D(P||1/2*Q + 1/2*R) >= 1/2*D(P||Q) + 1/2*D(P||R)", expected=NO), part("H(1/2*P + 1/2*Q) <= 1/2*H(P) + 1/2*H(Q)", expected=NO)),
        is_false=True,
    ),
    Theorem("C13", "reverse-pinsker", "D ≤ 2 TV²", (part("D(P||Q) <= 2*TV(P,Q)^2", expected=NO),), is_false=True),
    Theorem(
        "C14",
        "conditioning-on-a-value",
        "H(X|Y=y) ≤ H(X) for every y; A and B are the laws of X given the two values",
        (part("H(A) <= H(w*A + (1-w)*B)", expected=NO),),
        is_false=True,
    ),
)
