"""log q − log p of two laws that nearly agree, with digits of its own size: by Taylor's formula in the parameters, from terms that cancel exactly, and of
mixtures from what their parts differ by.
"""

from __future__ import annotations

from math import factorial
from typing import Any

from sympy import Add, Expr, Integer, Mul, Rational, S, Symbol, log

from symkl.core.composite import Mixture
from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.exact.conditioning import multiplied_out, with_own_logarithms
from symkl.exact.enclosures import prepared
from symkl.exact.gammagaps import with_whole_gaps
from symkl.exact.kinks import KINKED
from symkl.exact.laws import generic_member, log_density_at, put_in
from symkl.exact.stable import Exp, Log1p
from symkl.exact.surplus import UNIT_INTERVAL, Excess, Narrower

__all__ = ["MOST_ORDERS", "are_close", "closeness", "gap_of_logarithms", "relative_closeness"]

# Parameters are close where they differ by less than 2^-CLOSE of the smallest scale among them.
CLOSE = 40
# Terms of Taylor's formula at most, and bits that constants may take.
MOST_ORDERS, GUARD = 4, 4


def closeness(P: Law, Q: Law) -> int | None:
    """k with |θ_Q − θ_P| < 2^-k of the smallest scale among the parameters, for members of one family that differ; None for "not close"."""
    pairs = _pairs(P, Q)
    if pairs is None or any(p.domain.integer for p, a, b in pairs if a != b):
        return None
    scale = min([S.One, *_scales(pairs)])
    return _bits(max(abs(a - b) for _, a, b in pairs if a != b), scale)


def relative_closeness(P: Law, Q: Law) -> int | None:
    """The same with each parameter on its own scale: a positive one beside itself, others beside the smallest positive one."""
    pairs = _pairs(P, Q)
    if pairs is None:
        return None
    smallest = min(_scales(pairs), default=S.One)
    shares = []
    for each in pairs:
        _, a, b = each
        if a != b:
            shares.append(abs(a - b) / min(_scales([each]), default=smallest))
    return _bits(max(shares), S.One)


def are_close(P: Law, Q: Law) -> bool:
    """Whether two laws on the line nearly agree: members of a family, or mixtures of almost the same parts, which have no closed form."""
    if not isinstance(P.support, Continuum):
        return False
    return closeness(P, Q) is not None or (any(isinstance(law, Mixture) for law in (P, Q)) and P != Q and _matched(P, Q) is not None)


def _pairs(P: Law, Q: Law) -> list[tuple[Any, Any, Any]] | None:
    """(parameter, value, other value) of two members of one family that differ by finite numbers."""
    if type(P) is not type(Q) or not isinstance(P, Family) or P == Q:
        return None
    pairs = list(zip(P.parameters, P.args, Q.args))
    if len(pairs) != len(P.args) or not all(isinstance(v, Rational) or v.is_infinite for v in (*P.args, *Q.args)):
        return None
    return None if any(not (a - b).is_finite for _, a, b in pairs if a != b) else pairs


def _scales(pairs: list[tuple[Any, Any, Any]]) -> list[Any]:
    """Positive parameters, and how far they are from an upper end of their domain."""
    scales = [abs(v) for p, a, b in pairs for v in (a, b) if p.domain.lower is S.Zero]
    return scales + [abs(p.domain.upper - v) for p, a, b in pairs for v in (a, b) if p.domain.lower is S.Zero and p.domain.upper.is_finite]


def _bits(gap: Any, scale: Any) -> int | None:
    if scale == 0:
        return None
    bits = _log2(scale / gap)
    return bits if bits > CLOSE else None


def _log2(number: Rational) -> int:
    return int(number.p).bit_length() - int(number.q).bit_length() - 1


def gap_of_logarithms(P: Law, Q: Law, x: Symbol, bits: int, more: int = 0) -> Expr | None:
    """log q − log p with `bits` right bits of its own size, or `more` orders of Taylor's formula than these seem to take; None where the laws are not
    close or not smooth in their parameters.
    """
    if isinstance(P, Mixture) or isinstance(Q, Mixture):
        return _of_mixtures(P, Q, x, bits, more)
    close = relative_closeness(P, Q)
    if close is None or not isinstance(P.support, (Continuum, Lattice)):
        return None
    plain = log_density_at(Q, x) - log_density_at(P, x)
    if isinstance(P.support, Lattice):
        # Sums get the bits that they need.
        return _collected(multiplied_out(plain), x)
    taylor = _by_taylor(P, Q, x, more - (-(bits + GUARD) // close) + 1)
    # Not expanded: SymPy would write erfc(−z) as 2 − erfc z.
    return None if taylor is None else Narrower(with_whole_gaps(plain), taylor)


def _collected(expr: Expr, x: Symbol) -> Expr:
    """The sum with all multiples of x in one term: their factors all but cancel."""
    terms = [term.as_independent(x, as_Add=False) for term in Add.make_args(expr)]
    return Add(Mul(x, Add(*(c for c, rest in terms if rest == x))), *(c * rest for c, rest in terms if rest != x))


def _by_taylor(P: Any, Q: Any, x: Symbol, orders: int) -> Expr | None:
    """Σ Δ^j ∂^j log p/j!, the last derivative at θ + ξΔ, 0 ≤ ξ ≤ 1."""
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
    return Add(*terms)


def _of_mixtures(P: Law, Q: Law, x: Symbol, bits: int, more: int) -> Expr | None:
    """log(1 + Σ (w′_i q_i − w_i p_i)/p), each part as (w′_i − w_i) q_i/p + w_i p_i/p (q_i/p_i − 1)."""
    matched = _matched(P, Q)
    if matched is None:
        return None
    terms: list[Expr] = []
    for own, other, w, v in matched:
        if v != w:
            terms.append((v - w) * _share(other, P, x))
        if own != other and w != 0:
            gap = gap_of_logarithms(own, other, x, bits, more)
            if gap is None:
                return None
            terms.append(w * _share(own, P, x) * Excess(gap))
    # Where another part takes over, far out, all of the small ones cancels against the 1.
    return Narrower(log_density_at(Q, x) - log_density_at(P, x), Log1p(Add(*terms)))


def _share(law: Law, P: Law, x: Symbol) -> Expr:
    """p_i/p as 1/Σ w_j p_j/p_i."""
    own = log_density_at(law, x)
    ratios = [(w, S.Zero if each == law else multiplied_out(log_density_at(each, x) - own)) for each, w in _parts(P).items()]
    if len(ratios) == 1:
        return Exp(-ratios[0][1]) if ratios[0][1] != 0 else S.One
    return Exp(-log(Add(*(w * Exp(gap) if gap != 0 else w for w, gap in ratios))))


def _matched(P: Law, Q: Law) -> list[tuple[Law, Law, Any, Any]] | None:
    """(p_i, q_i, w_i, w′_i): equal parts together, then near ones, what is left with the weight zero in the other; None where that is not little."""
    one, other = _parts(P), _parts(Q)
    if any(law.support != P.support for law in (Q, *one, *other)):
        return None
    matched: list[tuple[Law, Law, Any, Any]] = [(law, law, w, other.pop(law)) for law, w in one.items() if law in other]
    for law in [each for each in one if all(each != own for own, *_ in matched)]:
        near = next((each for each in other if relative_closeness(law, each) is not None), None)
        matched.append((law, law, one[law], S.Zero) if near is None else (law, near, one[law], other.pop(near)))
    matched += [(law, law, S.Zero, w) for law, w in other.items()]
    little = S.One / Integer(2) ** CLOSE
    return matched if all(isinstance(v - w, Rational) and abs(v - w) < little for _, _, w, v in matched) else None


def _parts(law: Law) -> dict[Law, Any]:
    """The weight of each component."""
    if not isinstance(law, Mixture):
        return {law: S.One}
    weights: dict[Law, Any] = {}
    for w, each in zip(law.weights, law.components):
        weights[each] = weights.get(each, S.Zero) + w
    return weights
