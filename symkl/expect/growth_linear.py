"""Signs of sums from linear combinations of facts, searched for in the direction of the goal; cheap where nothing is found."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Add, Expr, Max, Min, Mul, Pow, S

from symkl.form.facts import Facts

__all__ = ["NEGATIVE", "POSITIVE", "REAL", "ZERO", "cheap_signs", "reversed_signs"]

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
REAL = NEGATIVE | ZERO | POSITIVE
#: How many facts may be combined.
MAX_FACTS = 3
NO_FACTS = Facts()


def reversed_signs(bits: int) -> int:
    """The signs of −e, for those of e."""
    return (bits & ZERO) | (POSITIVE if bits & NEGATIVE else 0) | (NEGATIVE if bits & POSITIVE else 0)


def product_signs(left: int, right: int) -> int:
    """The signs of a product."""
    bits = (left | right) & ZERO
    if (left & POSITIVE and right & POSITIVE) or (left & NEGATIVE and right & NEGATIVE):
        bits |= POSITIVE
    if (left & POSITIVE and right & NEGATIVE) or (left & NEGATIVE and right & POSITIVE):
        bits |= NEGATIVE
    return bits


@lru_cache(maxsize=20000)
def cheap_signs(expr: Expr, facts: Facts) -> int:
    """The signs a real `expr` may have, from assumptions, its structure and sums of facts; functions are left to `Facts`."""
    if expr.is_Rational:
        return POSITIVE if expr.p > 0 else NEGATIVE if expr.p < 0 else ZERO  # type: ignore[attr-defined]
    if expr.is_Symbol:
        bits = _assumed(expr)
        return bits if bits in (POSITIVE, NEGATIVE, ZERO) or not (facts.positive or facts.nonnegative) else bits & _from_facts(expr, facts)
    if isinstance(expr, Mul):
        bits = POSITIVE
        for factor in expr.args:
            bits = product_signs(bits, cheap_signs(factor, facts))
        return bits
    if isinstance(expr, Pow):
        return _power(expr, facts)
    if isinstance(expr, Add) and not expr.is_number:
        return _from_facts(expr, facts)
    bits = facts.signs(expr) & REAL or REAL
    return bits & _from_facts(expr, facts) if isinstance(expr, (Min, Max)) else bits


def _assumed(symbol: Expr) -> int:
    if symbol.is_positive:
        return POSITIVE
    if symbol.is_negative:
        return NEGATIVE
    bits = REAL
    if symbol.is_nonnegative:
        bits = POSITIVE | ZERO
    elif symbol.is_nonpositive:
        bits = NEGATIVE | ZERO
    return bits & ~ZERO if symbol.is_nonzero else bits


def _power(expr: Any, facts: Facts) -> int:
    base, exponent = expr.args
    return _power_signs(cheap_signs(base, facts), exponent)


def _power_signs(bits: int, exponent: Expr) -> int:
    if bits == POSITIVE:
        return POSITIVE
    if exponent.is_integer is not True:
        # A real power of what is not an integer power has a base that is not negative.
        return POSITIVE | (bits & ZERO)
    if exponent.is_even:
        return POSITIVE | (bits & ZERO)
    return bits if exponent.is_odd else REAL


def _from_facts(expr: Expr, facts: Facts) -> int:
    terms = _terms(expr)
    bits = REAL
    if (positive := _at_least_zero(terms, facts, MAX_FACTS)) is not None:
        bits &= POSITIVE if positive else POSITIVE | ZERO
    elif (negative := _at_least_zero({m: -c for m, c in terms.items()}, facts, MAX_FACTS)) is not None:
        bits &= NEGATIVE if negative else NEGATIVE | ZERO
    return bits


Terms = dict[Expr, Expr]


@lru_cache(maxsize=20000)
def _expanded(expr: Expr) -> tuple[tuple[Expr, Expr], ...]:
    terms = expr.expand().as_coefficients_dict().items()
    return tuple(sorted(((monomial, coefficient) for monomial, coefficient in terms if coefficient and monomial), key=lambda item: str(item[0])))


def _terms(expr: Expr) -> Terms:
    return dict(_expanded(expr))


def _at_least_zero(terms: Terms, facts: Facts, depth: int) -> bool | None:
    """True if the sum is positive, False if it is at least not negative, None if neither was found."""
    strict = False
    bad: Expr | None = None
    open_to_zero: Expr | None = None
    for monomial, coefficient in terms.items():
        bits = _monomial_signs(monomial, facts)
        bits = bits if coefficient > 0 else reversed_signs(bits)
        if bits == POSITIVE:
            strict = True
        elif bits & NEGATIVE:
            bad = monomial
            break
        else:
            open_to_zero = monomial
    if bad is None and (strict or open_to_zero is None):
        return strict
    best = None if bad is not None else False
    chosen = open_to_zero if bad is None else bad
    if depth == 0 or chosen is None:
        return best
    # A term that may be negative must come out of a fact: expr = c·fact + rest with c > 0.
    for group, is_strict in ((facts.positive, True), (facts.nonnegative, False)):
        for fact in group:
            rest = _without(chosen, terms, _terms(fact))
            found = None if rest is None else _at_least_zero(rest, facts, depth - 1)
            if found is not None:
                if found or is_strict:
                    return True
                best = False
    return best


def _without(monomial: Expr, terms: Terms, fact: Terms) -> Terms | None:
    """terms − c·fact with the c > 0 that removes the monomial; None if there is none, or the sum would grow."""
    if monomial not in fact or not (ratio := terms[monomial] / fact[monomial]) > 0:
        return None
    rest = dict(terms)
    for each, coefficient in fact.items():
        left = rest.get(each, S.Zero) - ratio * coefficient
        if left:
            rest[each] = left
        else:
            rest.pop(each, None)
    return rest if len(rest) <= len(terms) + 1 else None


@lru_cache(maxsize=20000)
def _monomial_signs(monomial: Expr, facts: Facts) -> int:
    """The signs of a product, from the assumptions and from facts on its single factors."""
    bits = POSITIVE
    for factor in Mul.make_args(monomial):
        if factor.is_Rational:
            one = POSITIVE if factor.is_positive else NEGATIVE
        elif isinstance(factor, Pow):
            one = _power_signs(_direct(factor.base, facts), factor.exp)
        else:
            one = _direct(factor, facts)
        bits = product_signs(bits, one)
    return bits


def _direct(expr: Expr, facts: Facts) -> int:
    bits = _assumed(expr) if expr.is_Symbol else NO_FACTS.signs(expr) & REAL or REAL
    if expr in facts.positive:
        return POSITIVE
    if -expr in facts.positive:
        return NEGATIVE
    if expr in facts.nonnegative:
        bits &= POSITIVE | ZERO
    if -expr in facts.nonnegative:
        bits &= NEGATIVE | ZERO
    return bits or REAL
