"""The asymptotic scale: v^a · (log v)^b · (log log v)^c · exp(Σ c_j m_j) with diverging monomials m_j in the exponent."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any, NamedTuple

from symkl.exact.enclosures import proved_zero
from symkl.exact.tails.numbers import RATIONAL, ZERO, Number, Q, acb, added, exact_product, exact_sum, is_exact, multiplied, sign

__all__ = ["ONE", "Monomial", "compare", "derivative_terms", "least", "merged", "monomial", "product", "raised_monomial"]


# A number that is e to more than this counts as that, where a lower bound is wanted.
LARGEST_LOG = 1 << 20


class Monomial(NamedTuple):
    """v^power · (log v)^log · (log log v)^loglog · exp(Σ c m), the exponent from its largest term down."""

    power: Number = ZERO
    log: Number = ZERO
    loglog: Number = ZERO
    exponent: tuple[tuple[Number, Any], ...] = ()

    @property
    def is_one(self) -> bool:
        return self == ONE


ONE = Monomial()

#: What an expansion is: the coefficient of each monomial.
Terms = dict[Monomial, Number]


def merged(*parts: Any) -> Terms:
    """Pairs (monomial, coefficient), or maps of them, added up; exact zeros are left out."""
    total: Terms = {}
    for part in parts:
        for m, c in part.items() if isinstance(part, dict) else part:
            total[m] = added(total[m], c) if m in total else c
    return {m: c for m, c in total.items() if not _is_zero(c)}


def _is_zero(c: Number) -> bool:
    """Whether an exact number is proved to be zero: SymPy takes 10^-80 for it, and asks for minimal polynomials."""
    if isinstance(c, RATIONAL):
        return bool(c == 0)
    return is_exact(c) and bool(acb(c).contains(0)) and proved_zero(c)


def monomial(power: Number, log: Number, loglog: Number, exponent: Terms) -> Monomial:
    """With the exponent in its order; constant coefficients are exact numbers."""
    if len(exponent) > 1:
        ordered = sorted(exponent, key=cmp_to_key(compare), reverse=True)
    else:
        ordered = list(exponent)
    return Monomial(power, log, loglog, tuple((exponent[m], m) for m in ordered))


def product(m: Monomial, n: Monomial) -> Monomial:
    powers = (exact_sum(m.power, n.power), exact_sum(m.log, n.log), exact_sum(m.loglog, n.loglog))
    if not m.exponent and not n.exponent:
        return Monomial(*powers)
    exponent: Terms = {}
    for c, e in m.exponent + n.exponent:
        exponent[e] = exact_sum(exponent[e], c) if e in exponent else c
    return monomial(*powers, {e: c for e, c in exponent.items() if sign(c) != 0})


def raised_monomial(m: Monomial, e: Number) -> Monomial:
    exponent = tuple((exact_product(c, e), inner) for c, inner in m.exponent)
    return Monomial(exact_product(m.power, e), exact_product(m.log, e), exact_product(m.loglog, e), exponent)


def compare(m: Monomial, n: Monomial) -> int:
    """1 if m/n → ∞, −1 if m/n → 0, 0 if they are equal."""
    if m == n:
        return 0
    if m.exponent or n.exponent:
        difference = product(m, raised_monomial(n, Q(-1)))
        if difference.exponent:
            return sign(difference.exponent[0][0]) or 0
        return _first_sign(difference.power, difference.log, difference.loglog)
    for a, b in ((m.power, n.power), (m.log, n.log), (m.loglog, n.loglog)):
        s = _sign_of_difference(a, b)
        if s:
            return s
    return 0


def _sign_of_difference(a: Number, b: Number) -> int:
    if isinstance(a, RATIONAL) and isinstance(b, RATIONAL):
        return (a > b) - (a < b)
    return sign(exact_sum(a, exact_product(Q(-1), b))) or 0


def _first_sign(*numbers: Number) -> int:
    return next((s for s in (sign(number) for number in numbers) if s), 0)


def derivative_terms(m: Monomial) -> Terms:
    """d log m / d log v as an expansion: a + b/log v + c/(log v · log log v) + Σ c_j m_j · (d log m_j / d log v)."""
    parts: list[Any] = []
    for m0, c in ((ONE, m.power), (Monomial(log=Q(-1)), m.log), (Monomial(log=Q(-1), loglog=Q(-1)), m.loglog)):
        if not _is_zero(c):
            parts.append([(m0, c)])
    for c, inner in m.exponent:
        parts.append([(product(inner, n), multiplied(c, d)) for n, d in derivative_terms(inner).items()])
    return merged(*parts)


def value(m: Monomial, logs: tuple[Any, Any, Any]) -> Any:
    """m(V) as a real ball, from (log V, log log V, log log log V); from 0 to a bound where numbers are beyond all exponents."""
    finite = _finite_part(m, logs)
    found = sum((acb(c).real * value(inner, logs) for c, inner in m.exponent), finite).exp()
    if found.is_finite() or not m.exponent:
        return found
    # A term that falls is at least as large as the least value of what it is a multiple of.
    top = sum((acb(c).real * (least(inner, logs) if acb(c).real < 0 else value(inner, logs)) for c, inner in m.exponent), finite)
    return top.exp().union(top * 0) if top.is_finite() else found


def least(m: Monomial, logs: tuple[Any, Any, Any]) -> Any:
    """A number that m(V) is at least, also where it is beyond all exponents."""
    low = sum((acb(c).real * (least(inner, logs) if acb(c).real > 0 else value(inner, logs)) for c, inner in m.exponent), _finite_part(m, logs)).lower()
    return (low if low < LARGEST_LOG else low * 0 + LARGEST_LOG).exp().lower() if low.is_finite() else low


def _finite_part(m: Monomial, logs: tuple[Any, Any, Any]) -> Any:
    return acb(m.power).real * logs[0] + acb(m.log).real * logs[1] + acb(m.loglog).real * logs[2]
