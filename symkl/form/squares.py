"""Completing squares in sums of products."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from math import isqrt
from typing import Any

from sympy import QQ, Symbol

from symkl.form.fractions import generator_key
from symkl.form.monomials import Base, Form, Monomial, Rational, product

__all__ = ["completed", "monomial_text", "partly_completed"]


def completed(form: Form) -> Form | None:
    """Sub-sums c*(k1*a1 + k2*a2 + ...)**2 replaced by the square of a sum, or None where there is none."""
    terms = dict(form.terms)
    order = sorted(terms, key=monomial_text)
    alike: dict[Monomial, list[Monomial]] = {}
    for monomial in order:
        alike.setdefault(_parity(monomial), []).append(monomial)
    for lead in order:
        members = _square_members(lead, terms, alike[_parity(lead)])
        if members is None:
            continue
        common, roots = members
        scale = terms[lead]
        # Where products of different roots meet, as in (1 + x + x^2)^2, what fits pair by pair need not fit as a whole.
        expanded = Form(roots) * Form(roots) * Form({common: scale})
        if any(terms.get(monomial) != coefficient for monomial, coefficient in expanded):
            continue
        for monomial, _ in expanded:
            del terms[monomial]
        base = Base(frozenset(roots.items()))
        extra, square = product(frozenset([(base, QQ(2))]), common)
        # The square may meet a term that is there already: (1 - x)^2 under a denominator (1 - x)^2.
        terms[square] = terms.get(square, QQ.zero) + scale * extra
        if not terms[square]:
            del terms[square]
    return Form(terms) if len(terms) < len(form) else None


def partly_completed(form: Form) -> list[Form]:
    """k*c*v**2 + v*L + R as k*c*(v + L/(2*k*c))**2 + (R - L**2/(4*k*c)), for each symbol v where the bracket is a sum."""
    results = []
    for symbol in sorted({g for monomial, _ in form for g, _ in monomial if isinstance(g, Symbol)}, key=generator_key):
        degrees = {monomial: dict(monomial).get(symbol, QQ.zero) for monomial in form.terms}
        squares = [monomial for monomial, degree in degrees.items() if degree == 2]
        linear = [monomial for monomial, degree in degrees.items() if degree == 1]
        if len(squares) != 1 or len(linear) < 2 or any(degree not in (0, 1, 2) for degree in degrees.values()):
            continue
        [square] = squares
        scale, common = form.terms[square], square - {(symbol, QQ(2))}
        half = Form({frozenset([(symbol, QQ.one)]): 2 * scale}) * Form({common: QQ.one})
        shift = Form({monomial: form.terms[monomial] for monomial in linear}) * _inverse(half)
        rest = Form({monomial: form.terms[monomial] for monomial, degree in degrees.items() if not degree})
        rest = rest - (shift * shift * Form({common: scale}))
        if len(rest) >= len(form) - len(linear) - 1 and completed(rest) is None:
            continue
        base = Base(frozenset((shift + Form.generator(symbol)).terms.items()))
        results.append((completed(rest) or rest) + Form({frozenset([(base, QQ(2))]): scale}) * Form({common: QQ.one}))
    return results


def _inverse(form: Form) -> Form:
    [(monomial, coefficient)] = form.terms.items()
    return Form({frozenset((g, -e) for g, e in monomial): 1 / coefficient})


def _square_members(lead: Monomial, terms: dict[Monomial, Rational], order: list[Monomial]) -> tuple[Monomial, dict[Monomial, Rational]] | None:
    """(c, {a_i: k_i}) such that all terms of c*(sum k_i a_i)**2 are present, k = 1 for the leading one; None if only one fits."""
    if lead not in terms:
        return None
    chosen: dict[Monomial, Rational] = {lead: QQ.one}
    for other in order:
        if other in chosen or other not in terms:
            continue
        ratio = _rational_root(terms[other] / terms[lead])
        if not ratio or any(_cross(other, member) is None for member in chosen):
            continue
        sign = _cross_sign(terms, lead, other, 2 * ratio * terms[lead])
        if sign and all(_has_cross(terms, member, other, 2 * sign * ratio * k * terms[lead]) for member, k in chosen.items()):
            chosen[other] = sign * ratio
    if len(chosen) < 2:
        return None
    common = _lowest(list(chosen))
    roots = {frozenset((g, e / 2) for g, e in _over(monomial, common)): k for monomial, k in chosen.items()}
    first = roots[min(roots, key=monomial_text)]
    # Oriented by the first name, (mu_1 - mu_2)**2, unless that is all minus signs but one.
    negative = sum(1 for k in roots.values() if (k < 0) == (first > 0))
    flip = (first < 0) == (2 * negative <= len(roots))
    return common, {root: -k if flip else k for root, k in roots.items()}


@lru_cache(maxsize=20000)
def _parity(monomial: Monomial) -> Monomial:
    """The exponents modulo two: only terms that agree in them are squares of one sum."""
    rests = ((generator, int(exponent.numerator) % (2 * int(exponent.denominator)), int(exponent.denominator)) for generator, exponent in monomial)
    return frozenset((generator, QQ(above, below)) for generator, above, below in rests if above)


def _rational_root(value: Rational) -> Rational | None:
    """The square root of a positive rational when rational."""
    if value <= 0:
        return None
    above, below = isqrt(int(value.numerator)), isqrt(int(value.denominator))
    return QQ(above, below) if above * above == value.numerator and below * below == value.denominator else None


@lru_cache(maxsize=20000)
def _cross(left: Monomial, right: Monomial) -> Monomial | None:
    """The monomial sqrt(left*right) when left/right is a square of whole powers."""
    a, b = dict(left), dict(right)
    result = []
    for generator in {*a, *b}:
        x, y = a.get(generator, QQ.zero), b.get(generator, QQ.zero)
        if ((x - y) / 2).denominator != 1:
            return None
        if x + y:
            result.append((generator, (x + y) / 2))
    return frozenset(result)


def _has_cross(terms: dict[Monomial, Rational], left: Monomial, right: Monomial, value: Rational) -> bool:
    monomial = _cross(left, right)
    return monomial is not None and terms.get(monomial, QQ.zero) == value


def _cross_sign(terms: dict[Monomial, Rational], left: Monomial, right: Monomial, value: Rational) -> int:
    return 1 if _has_cross(terms, left, right, value) else -1 if _has_cross(terms, left, right, -value) else 0


def _lowest(monomials: list[Monomial]) -> Monomial:
    """The least exponent of each generator."""
    tables = [dict(monomial) for monomial in monomials]
    lowest = {generator: min(table.get(generator, QQ.zero) for table in tables) for generator in {*chain.from_iterable(tables)}}
    return frozenset(item for item in lowest.items() if item[1])


def _over(monomial: Monomial, common: Monomial) -> Monomial:
    exponents = dict(monomial)
    for generator, exponent in common:
        exponents[generator] = exponents.get(generator, QQ.zero) - exponent
    return frozenset(item for item in exponents.items() if item[1])


@lru_cache(maxsize=20000)
def monomial_text(monomial: Monomial) -> tuple[Any, ...]:
    return tuple(sorted((generator_key(generator), exponent) for generator, exponent in monomial))
