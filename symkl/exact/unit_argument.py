"""Hypergeometric series at argument one whose terms are rational functions of the index."""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Integer, Mul, Poly, Rational, S, apart, factorial, hyper, polygamma

__all__ = ["at_one"]

#: Parameters that differ by more than this are not written out.
FURTHEST = 50


def at_one(series: hyper) -> Expr | None:
    """_{q+1}F_q(a; b; 1) = Σ_k R(k) by digamma functions, where each a_i pairs off with a b_j (or the 1 of k!) at a whole distance.

    With partial fractions R(k) = Σ c/(k + s)^m, Σ c = 0 over the simple poles, the sum is Σ −c ψ(s) + Σ c ζ(m, s). None where the
    parameters are not rational, do not pair off, or the series diverges.

    >>> from sympy import Rational
    >>> at_one(hyper((1, 1, Rational(1, 2)), (2, Rational(3, 2)), 1))
    polygamma(0, 1) - polygamma(0, 1/2)
    """
    k = Dummy("k")
    term = _term(series, k)
    if term is None or _degree(term, k) > -2:
        return None
    parts: list[Expr] = []
    for part in Add.make_args(apart(term, k)):
        top, bottom = part.as_numer_denom()
        order, lead = Poly(bottom, k).degree(), Poly(bottom, k).LC()
        root = -Poly(bottom, k).nth(order - 1) / (order * lead)
        if top.has(k) or (bottom - lead * (k - root) ** order).expand() != 0 or (root.is_integer and root >= 0):
            return None
        weight = top / lead * (S.NegativeOne) ** order / factorial(order - 1)
        parts.append(weight * polygamma(order - 1, -root, evaluate=False))
    return Add(*parts)


def _term(series: hyper, k: Dummy) -> Expr | None:
    """Π (a_i)_k / (Π (b_j)_k k!) as a rational function of k."""
    above, below = list(series.ap), [*series.bq, S.One]
    if not all(isinstance(each, Rational) for each in above + below):
        return None
    factors: list[Expr] = []
    for a in above:
        partner = next((b for b in sorted(below, key=lambda b: abs(b - a)) if (b - a).is_integer and abs(b - a) <= FURTHEST), None)
        if partner is None or (a.is_integer and a <= 0) or (partner.is_integer and partner <= 0):
            return None
        below.remove(partner)
        low, high = min(a, partner), max(a, partner)
        ratio = Mul(*((low + j) / (k + low + j) for j in range(int(high - low))))
        factors.append(ratio if partner >= a else 1 / ratio)
    return Mul(*factors).together() if not below else None


def _degree(term: Expr, k: Dummy) -> Integer:
    top, bottom = term.as_numer_denom()
    return Integer(Poly(top, k).degree() - Poly(bottom, k).degree())
