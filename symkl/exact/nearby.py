"""Divergences of two laws that nearly agree: integrals of what is left when zero and first order are taken out.

With g = log q − log p on a common support, ∫ (q − p) = 0, so that E_P[f(g)] for f(g) = a (e^g − 1) + O(g²) is E_P[f(g) − a (e^g − 1)], whose
integrand is of second order and, for D_KL, of one sign. Where the parameters θ and θ + Δ are close, g itself is its Taylor polynomial in Δ with a
remainder of Lagrange's kind, at θ + ξΔ with 0 ≤ ξ ≤ 1; nothing cancels.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, S, Symbol, log

from symkl.core.divergences import Bhattacharyya, Hellinger, JensenShannon, PowerDivergence, Renyi, TotalVariation, Tsallis
from symkl.core.heads import KL
from symkl.core.supports import Continuum
from symkl.exact.enclosures import enclosure_of, sign_of
from symkl.exact.gaps import are_close
from symkl.exact.laws import log_density_at
from symkl.exact.stable import Exp, Log1p, Modulus
from symkl.exact.surplus import Excess, Surplus

__all__ = ["are_near", "beyond", "from_mean", "majorant", "outside", "second_order"]


def are_near(head: Any) -> bool:
    """Whether a measure of two laws is one of laws on the line that nearly agree; sums get the bits that they need anyway."""
    return len(head.laws) == 2 and are_close(*head.laws)


def second_order(head: Any, g: Expr) -> Expr | None:
    """The statistic of second order in g = log q − log p whose mean under P is the divergence, or what `from_mean` makes the divergence of; None where
    there is none.
    """
    if isinstance(head, KL):
        return Surplus(g)
    if isinstance(head, TotalVariation):
        return Modulus(Excess(g)) / 2
    if isinstance(head, JensenShannon):
        # E_P[w e^g g − (1 + v) log(1 + v)], v = w (e^g − 1), w the weight of Q.
        w = head.weights[1]
        v = Log1p(w * Excess(g))
        return w * (g**2 + g * Surplus(g) - Surplus(g)) - Exp(v) * Surplus(-v)
    if isinstance(head, PowerDivergence):
        # ∫ p^α q^(1−α) − 1.
        alpha = head.order
        if alpha.is_finite and alpha != 1:
            return Surplus((1 - alpha) * g) - (1 - alpha) * Surplus(g)
    return None


def majorant(head: Any, x: Symbol, gap: Expr) -> tuple[tuple[Expr, Expr], ...]:
    """Pairs (log f, w) with |p·T| ≤ Σ |w| f for the statistic T of second order.

    |e^z − 1| ≤ |z| max(1, e^z) and 0 ≤ e^z − 1 − z ≤ ½ z² max(1, e^z). Of Jensen and Shannon's, 0 ≤ T ≤ w (g e^g − e^g + 1) = w e^g (e^−g − 1 + g),
    as (1 + v) log(1 + v) ≥ v.
    """
    P, Q = head.laws
    own, other = log_density_at(P, x), log_density_at(Q, x)
    if P.support != Q.support and (weights := beyond(head)) is not None:
        return (own, weights[0]), (other, weights[1])
    square = gap**2 / 2
    if isinstance(head, TotalVariation):
        return (own, gap / 2), (other, gap / 2)
    if isinstance(head, JensenShannon):
        return (own, head.weights[1] * square), (other, head.weights[1] * square)
    if isinstance(head, PowerDivergence):
        rest = 1 - head.order
        return (own, (abs(rest) + rest**2) * square), (other, rest * square), ((head.order * own + rest * other).expand(), rest**2 * square)
    return (own, square), (other, square)


def beyond(head: Any) -> tuple[Any, Any] | None:
    """(a, b) with a p and b q for p·T where the other law has no mass; there and elsewhere |p·T| ≤ |a| p + |b| q. None where one of them is oo."""
    if isinstance(head, TotalVariation):
        return S.Half, S.Half
    if isinstance(head, JensenShannon):
        w, v = head.weights
        return -w * log(w), -v * log(v)
    if isinstance(head, PowerDivergence) and head.order.is_finite and 0 < head.order < 1:
        return -head.order, head.order - 1
    return None


def outside(inner: Any, outer: Any) -> list[Continuum]:
    """What the second of two intervals has beyond the first: there q is left over of ∫ (q − p)."""
    pieces: list[Continuum] = []
    if inner.lower != outer.lower and sign_of(inner.lower - outer.lower) > 0:
        pieces.append(Continuum(outer.lower, inner.lower))
    if inner.upper != outer.upper and sign_of(outer.upper - inner.upper) > 0:
        pieces.append(Continuum(inner.upper, outer.upper))
    return pieces


def from_mean(head: Any, mean: Any, bits: int) -> Any:
    """The divergence from the mean of its statistic of second order."""
    unit = enclosure_of(1 / log(head.base))(bits) if getattr(head, "base", S.Exp1) is not S.Exp1 else 1
    if isinstance(head, Hellinger):
        return (-mean).sqrt()
    if isinstance(head, Bhattacharyya):
        return -mean.log1p() * unit
    if isinstance(head, Renyi):
        return mean.log1p() / enclosure_of(head.order - 1)(bits) * unit
    if isinstance(head, Tsallis):
        return mean / enclosure_of(head.order - 1)(bits)
    return mean * unit
