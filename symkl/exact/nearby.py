"""Divergences of two laws that nearly agree: integrals of what is left when zero and first order are taken out.

With g = log q − log p on a common support, ∫ (q − p) = 0, so that E_P[f(g)] for f(g) = a (e^g − 1) + O(g²) is E_P[f(g) − a (e^g − 1)], whose
integrand is of second order and, for D_KL, of one sign. Where the parameters θ and θ + Δ are close, g itself is its Taylor polynomial in Δ with a
remainder of Lagrange's kind, at θ + ξΔ with 0 ≤ ξ ≤ 1; nothing cancels.
"""

from __future__ import annotations

from math import factorial
from typing import Any

from sympy import Add, Expr, Mul, Rational, S, Symbol, log

from symkl.core.divergences import Bhattacharyya, Hellinger, JensenShannon, PowerDivergence, Renyi, TotalVariation, Tsallis
from symkl.core.family import Family
from symkl.core.heads import KL
from symkl.core.laws import Law
from symkl.core.supports import Continuum
from symkl.exact.conditioning import with_own_logarithms
from symkl.exact.enclosures import enclosure_of, prepared, sign_of
from symkl.exact.kinks import KINKED
from symkl.exact.laws import generic_member, log_density_at, put_in
from symkl.exact.stable import Exp, Log1p, Modulus
from symkl.exact.surplus import UNIT_INTERVAL, Excess, Narrower, Surplus

__all__ = ["are_near", "from_mean", "gap_of_logarithms", "majorant", "outside", "second_order"]

# Parameters are close where they differ by less than 2^-CLOSE of the smallest scale among them.
CLOSE = 40
# Terms of Taylor's formula at most, and bits that constants may take.
MOST_ORDERS, GUARD = 4, 4


def closeness(P: Law, Q: Law) -> int | None:
    """k with |θ_Q − θ_P| < 2^-k of the smallest scale among the parameters, for members of one family that differ; None for "not close"."""
    if type(P) is not type(Q) or not isinstance(P, Family) or P == Q:
        return None
    pairs = list(zip(P.parameters, P.args, Q.args))
    if len(pairs) != len(P.args) or not all(isinstance(v, Rational) or v.is_infinite for v in (*P.args, *Q.args)):
        return None
    if any(not (a - b).is_finite for _, a, b in pairs if a != b) or any(p.domain.integer for p, a, b in pairs if a != b):
        return None
    scales = [abs(v) for p, a, b in pairs for v in (a, b) if p.domain.lower is S.Zero]
    scales += [abs(p.domain.upper - v) for p, a, b in pairs for v in (a, b) if p.domain.lower is S.Zero and p.domain.upper.is_finite]
    gap, scale = max(abs(a - b) for _, a, b in pairs if a != b), min([S.One, *scales])
    bits = _log2(scale / gap)
    return bits if bits > CLOSE else None


def are_near(head: Any) -> bool:
    """Whether a measure of two laws is one of laws on the line that nearly agree; sums get the bits that they need anyway."""
    return len(head.laws) == 2 and isinstance(head.laws[0].support, Continuum) and closeness(*head.laws) is not None


def _log2(number: Rational) -> int:
    return int(number.p).bit_length() - int(number.q).bit_length() - 1


def gap_of_logarithms(P: Law, Q: Law, x: Symbol, bits: int) -> Expr | None:
    """log q − log p with `bits` right bits of its own size; None where the laws are not close or not smooth in their parameters."""
    close = closeness(P, Q)
    if close is None:
        return None
    orders = 1 - (-(bits + GUARD) // close)
    family: Any = type(P)
    generic: Any = generic_member(family)
    if orders > MOST_ORDERS or generic is None:
        return None
    symbolic = with_own_logarithms(generic.log_density(x))
    moving = [s for s, a, b in zip(generic.args, P.args, Q.args) if a != b]
    if any(node.free_symbols & set(moving) for node in symbolic.atoms(*KINKED)):
        return None
    start = dict(zip(generic.args, P.args))
    between = {s: a if a == b else a + UNIT_INTERVAL * (b - a) for s, a, b in zip(generic.args, P.args, Q.args)}
    terms: list[Expr] = []
    slope = symbolic
    for j in range(1, orders + 1):
        slope = Add(*((b - a) * slope.diff(s) for s, a, b in zip(generic.args, P.args, Q.args) if a != b))
        terms.append(Mul(Rational(1, factorial(j)), prepared(put_in(slope, start if j < orders else between))))
    # Not expanded: SymPy would write erfc(−z) as 2 − erfc z.
    return Narrower(log_density_at(Q, x) - log_density_at(P, x), Add(*terms))


def second_order(head: Any, x: Symbol, bits: int) -> Expr | None:
    """The statistic of second order whose mean under P is the divergence, or what `from_mean` makes the divergence of; None where there is none."""
    if not are_near(head) or (head.laws[0].support != head.laws[1].support and not isinstance(head, KL)):
        return None
    P, Q = head.laws
    g = gap_of_logarithms(P, Q, x, bits)
    if g is None:
        return None
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


def majorant(head: Any, x: Symbol, bits: int) -> tuple[tuple[Expr, Expr], ...]:
    """Pairs (log f, w) with |p·T| ≤ Σ |w| f for the statistic T of second order.

    |e^z − 1| ≤ |z| max(1, e^z) and 0 ≤ e^z − 1 − z ≤ ½ z² max(1, e^z). Of Jensen and Shannon's, 0 ≤ T ≤ w (g e^g − e^g + 1) = w e^g (e^−g − 1 + g),
    as (1 + v) log(1 + v) ≥ v.
    """
    P, Q = head.laws
    own, other = log_density_at(P, x), log_density_at(Q, x)
    gap = gap_of_logarithms(P, Q, x, bits)
    assert gap is not None
    square = gap**2 / 2
    if isinstance(head, TotalVariation):
        return (own, gap / 2), (other, gap / 2)
    if isinstance(head, JensenShannon):
        return (own, head.weights[1] * square), (other, head.weights[1] * square)
    if isinstance(head, PowerDivergence):
        rest = 1 - head.order
        return (own, (abs(rest) + rest**2) * square), (other, rest * square), ((head.order * own + rest * other).expand(), rest**2 * square)
    return (own, square), (other, square)


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
