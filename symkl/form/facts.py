"""What is known to be positive beyond SymPy's assumptions, and three-valued signs drawn from it.

A sign is a set of possibilities, kept as bits: NEGATIVE, ZERO, POSITIVE, and OTHER for "perhaps not real". Every rule
only removes possibilities it can exclude, so a wrong answer needs a wrong rule, and ignorance stays ignorance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    And,
    Basic,
    E,
    EulerGamma,
    Expr,
    Mul,
    Pow,
    S,
    Symbol,
    atan,
    besseli,
    besselk,
    beta,
    cos,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    gamma,
    harmonic,
    log as sympy_log,
    loggamma,
    lowergamma,
    polygamma,
    sin,
    tanh,
    uppergamma,
    zeta,
)
from sympy.core.exprtools import factor_terms
from sympy.core.relational import Ge, Gt, Le, Lt, Relational

from symkl.form.factors import irreducible_factors
from symkl.form.quadratics import definite

__all__ = ["Facts"]

NEGATIVE, ZERO, POSITIVE, OTHER = 1, 2, 4, 8
REAL = NEGATIVE | ZERO | POSITIVE
ANY = REAL | OTHER
# How often "fact + remainder" may be peeled off, and how long a sum may be before factoring is not tried.
MAX_DEPTH = 3
MAX_TERMS = 40
# Depths from here on mean: do not factor.
FACTORED = 100


@dataclass(frozen=True)
class Facts:
    """Expressions known to be > 0 (`positive`) or >= 0 (`nonnegative`), beyond the assumptions of their symbols.

    `is_positive`, `is_nonnegative`, `is_negative` answer True, False or None (not known).

    >>> from sympy import Symbol
    >>> p = Symbol("p", positive=True)
    >>> Facts.of([p < 1]).is_positive(1 - p)
    True
    """

    positive: tuple[Expr, ...] = ()
    nonnegative: tuple[Expr, ...] = ()

    @classmethod
    def of(cls, conditions: object) -> Facts:
        """Facts from SymPy relations (one, a conjunction, or an iterable of them); what cannot be used is ignored."""
        strict: dict[Expr, None] = {}
        weak: dict[Expr, None] = {}
        for relation in _relations(conditions):
            if isinstance(relation, (Gt, Ge)):
                difference = relation.lhs - relation.rhs
            elif isinstance(relation, (Lt, Le)):
                difference = relation.rhs - relation.lhs
            else:
                continue
            if not isinstance(difference, Expr) or not difference.free_symbols or difference.has(S.Infinity, S.NegativeInfinity, S.NaN):
                continue
            known = strict if isinstance(relation, (Gt, Lt)) else weak
            known[difference.expand()] = None
            if difference.has(erfc):
                # Forms are written with erf alone.
                plain: Any = difference.replace(erfc, lambda z: 1 - erf(z))
                known[plain.expand()] = None
        return cls(tuple(strict), tuple(weak))

    def __or__(self, other: Facts) -> Facts:
        """Both sets of facts."""
        return Facts(tuple(dict.fromkeys(self.positive + other.positive)), tuple(dict.fromkeys(self.nonnegative + other.nonnegative)))

    def signs(self, expr: Expr, irreducible: bool = False) -> int:
        """The signs `expr` may have, as bits NEGATIVE | ZERO | POSITIVE | OTHER; no factoring of an `irreducible` sum."""
        return _signs(expr, self, FACTORED if irreducible else 0)

    def is_positive(self, expr: Expr) -> bool | None:
        return _decide(self.signs(expr), POSITIVE)

    def is_negative(self, expr: Expr) -> bool | None:
        return _decide(self.signs(expr), NEGATIVE)

    def is_nonnegative(self, expr: Expr) -> bool | None:
        return _decide(self.signs(expr), POSITIVE | ZERO)

    def is_real(self, expr: Expr) -> bool:
        """True when `expr` is known to be real."""
        return not self.signs(expr) & OTHER


def _decide(signs: int, wanted: int) -> bool | None:
    return True if not signs & ~wanted else None if signs & wanted else False


def _relations(conditions: object) -> Iterable[Relational]:
    if isinstance(conditions, Relational):
        yield conditions
    elif isinstance(conditions, And):
        # And.args is a frozenset in disguise: order it, so that facts never depend on the hash seed.
        for part in sorted(conditions.args, key=lambda arg: arg.sort_key()):
            yield from _relations(part)
    elif not isinstance(conditions, Basic) and isinstance(conditions, Iterable):
        for part in conditions:
            yield from _relations(part)


@lru_cache(maxsize=20000)
def _signs(expr: Expr, facts: Facts, depth: int) -> int:
    # No possibility left means contradictory facts: claim nothing then.
    return _possible_signs(expr, facts, depth) or ANY


def _possible_signs(expr: Expr, facts: Facts, depth: int) -> int:
    for fact in facts.positive:
        if expr == fact:
            return POSITIVE
        if expr == -fact:
            return NEGATIVE
    # SymPy is slow at sums: what their terms say comes first.
    signs = _structural(expr, facts, depth) if isinstance(expr, Add) and not expr.is_number else ANY
    if signs in (POSITIVE, NEGATIVE, ZERO):
        return signs
    signs &= _assumed(expr) & (POSITIVE | ZERO if expr in facts.nonnegative else ANY)
    if signs in (POSITIVE, NEGATIVE, ZERO):
        return signs
    if not isinstance(expr, Add) or expr.is_number:
        signs &= _structural(expr, facts, depth)
    if not isinstance(expr, (Add, Symbol)) or signs in (POSITIVE, NEGATIVE, ZERO) or depth % FACTORED >= MAX_DEPTH or len(expr.args) > MAX_TERMS:
        return signs
    for step in _steps(expr, depth):
        signs &= step(expr, facts, depth)
        if signs in (POSITIVE, NEGATIVE, ZERO):
            break
    return signs


def _steps(expr: Expr, depth: int) -> tuple[Callable[[Any, Facts, int], int], ...]:
    if not isinstance(expr, Add):
        return (_from_facts,)
    if depth >= FACTORED:
        return _from_facts, _from_monotone, _from_multiples
    return _from_facts, _from_monotone, _from_factors, _from_multiples


def _assumed(expr: Expr) -> int:
    """From SymPy's assumptions."""
    if expr.is_infinite and expr.is_extended_real:
        return POSITIVE if expr.is_extended_positive else NEGATIVE if expr.is_extended_negative else NEGATIVE | POSITIVE
    if expr.is_number and expr.is_comparable:
        value = expr if expr.is_Rational else expr.n(20)
        if expr.is_Rational or abs(value) > 1e-12:
            return POSITIVE if value.is_positive else NEGATIVE if value.is_negative else ZERO
    if isinstance(expr, Add) and len(expr.free_symbols) > 1 and not any(s.is_integer for s in expr.free_symbols):
        # SymPy searches long and finds no more than the terms say.
        return ANY
    signs = REAL if expr.is_extended_real and expr.is_finite is not False else ANY
    if expr.is_positive:
        return POSITIVE
    if expr.is_negative:
        return NEGATIVE
    if expr.is_zero:
        return ZERO
    signs &= POSITIVE | ZERO if expr.is_nonnegative else NEGATIVE | ZERO if expr.is_nonpositive else ANY
    return signs & ~ZERO if expr.is_zero is False else signs


def _structural(expr: Expr, facts: Facts, depth: int) -> int:
    """From the signs of the parts."""
    if isinstance(expr, Mul):
        signs = POSITIVE
        for factor in expr.args:
            signs = _product(signs, _signs(factor, facts, depth))
        return signs
    if isinstance(expr, Add):
        return {1: POSITIVE, -1: NEGATIVE}.get(definite(expr)) or _sum([_signs(term, facts, depth) for term in expr.args])
    if isinstance(expr, Pow):
        return _power(expr, facts, depth)
    return _function(expr, facts, depth)


def _product(a: int, b: int) -> int:
    if (a | b) & OTHER:
        return ANY
    signs = (a | b) & ZERO
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        signs |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        signs |= NEGATIVE
    return signs


def _sum(parts: list[int]) -> int:
    union = 0
    for part in parts:
        union |= part
    if union & OTHER:
        return ANY
    if union & POSITIVE and union & NEGATIVE:
        return REAL
    if any(not part & ZERO for part in parts):
        union &= ~ZERO
    return union


def _power(expr: Expr, facts: Facts, depth: int) -> int:
    base, exponent = expr.args
    signs = _signs(base, facts, depth)
    if signs == POSITIVE:
        return POSITIVE if not _signs(exponent, facts, depth) & OTHER else ANY
    if exponent.is_integer is not True:
        return POSITIVE | ZERO if signs == POSITIVE | ZERO and exponent.is_positive else ANY
    if signs & OTHER:
        return ANY
    if signs & ZERO and not exponent.is_positive:
        # A pole where the base vanishes: the value is not a real number there.
        return ANY
    if exponent.is_even:
        return POSITIVE | (signs & ZERO)
    return signs if exponent.is_odd else REAL


def _function(expr: Any, facts: Facts, depth: int) -> int:
    """Positivity of special functions SymPy's assumptions do not know."""
    args = expr.args
    if not args or not all(isinstance(arg, Expr) for arg in args):
        return ANY
    signs = [_signs(arg, facts, depth) for arg in args]
    if isinstance(expr, (gamma, factorial, beta, harmonic, lowergamma)):
        return POSITIVE if all(sign == POSITIVE for sign in signs) else ANY
    if isinstance(expr, (uppergamma, expint, besselk)):
        return POSITIVE if not signs[0] & OTHER and signs[1] == POSITIVE else ANY
    if isinstance(expr, besseli):
        return POSITIVE if not signs[0] & (OTHER | NEGATIVE) and signs[1] == POSITIVE else ANY
    if isinstance(expr, (exp, erfc)):
        return POSITIVE if not signs[0] & OTHER else ANY
    if isinstance(expr, Abs):
        return POSITIVE | (signs[0] & ZERO) if not signs[0] & OTHER else POSITIVE | ZERO
    if isinstance(expr, sympy_log):
        return _signs(args[0] - 1, facts, depth) & REAL if signs[0] == POSITIVE else ANY
    if isinstance(expr, loggamma):
        return REAL if signs[0] == POSITIVE else ANY
    if isinstance(expr, (erf, sin, cos, tanh)):
        return REAL if not signs[0] & OTHER else ANY
    if isinstance(expr, zeta) and len(args) == 1:
        return POSITIVE if _signs(args[0] - 1, facts, depth) == POSITIVE else ANY
    if isinstance(expr, polygamma) and args[0].is_Integer and signs[1] == POSITIVE:
        return (POSITIVE if args[0] % 2 else NEGATIVE) if args[0] > 0 else REAL
    return ANY


def _from_facts(expr: Any, facts: Facts, depth: int) -> int:
    """expr = c*fact + rest with c > 0 (or c < 0), the rest of the same sign."""
    signs = ANY
    coefficients = expr.as_coefficients_dict()
    most, lengths = max(1, len(expr.args)), {len(Add.make_args(fact)) for fact in facts.positive + facts.nonnegative}
    for fact, sign in _known(expr, facts, depth):
        if fact == 0:
            continue
        terms = fact.as_coefficients_dict()
        for term in (each for each in coefficients if each in terms):
            ratio = coefficients[term] / terms[term]
            count = _count_of_difference(coefficients, ratio, terms)
            if count > most and count not in lengths:
                continue
            rest = expr - ratio * fact
            if count > most and rest not in facts.positive + facts.nonnegative:
                continue
            scaled = sign if ratio > 0 else _product(NEGATIVE, sign)
            signs &= _sum([scaled, _signs(rest, facts, depth + 1)])
            if signs in (POSITIVE, NEGATIVE, ZERO):
                return signs
    return signs


def _count_of_difference(terms: dict[Any, Any], ratio: Any, others: dict[Any, Any]) -> int:
    """How many terms stay in Σ terms − ratio·Σ others; the difference itself takes long to make."""
    return len(terms) + sum(1 if other not in terms else -int(terms[other] == ratio * coefficient) for other, coefficient in others.items())


def _known(expr: Any, facts: Facts, depth: int) -> list[tuple[Expr, int]]:
    """The facts, and the inequalities known of functions in `expr`, as (expression, its signs)."""
    known = [(fact, POSITIVE) for fact in facts.positive] + [(fact, POSITIVE | ZERO) for fact in facts.nonnegative]
    if isinstance(expr, Add) and expr.args[0].is_Rational and expr.args[0].is_negative:
        known += [(term - 1, POSITIVE | ZERO) for term in expr.args if term.is_Symbol and term.is_integer and term.is_positive]
    return known + [gap for term in Add.make_args(expr) for gap in _gaps(term, facts, depth)]


def _from_multiples(expr: Any, facts: Facts, depth: int) -> int:
    """expr = t*fact + rest for a term t of known sign, so that p + q - p*q = p*(1 - q) + q."""
    signs = ANY
    if depth % FACTORED or len(expr.args) > 6:
        return signs
    for fact, sign in _known(expr, facts, depth):
        for term in expr.args:
            for lead in Add.make_args(fact):
                factor = term / lead
                if lead.is_Rational or factor.is_Rational or any(isinstance(part, Pow) and part.exp.is_negative for part in Mul.make_args(factor)):
                    continue
                rest = (expr - factor * fact).expand()
                if len(Add.make_args(rest)) > len(expr.args):
                    continue
                scaled = _product(_signs(factor, facts, depth + 1), sign)
                if not scaled & OTHER:
                    signs &= _sum([scaled, _signs(rest, facts, depth + 1)])
    return signs


def _from_monotone(expr: Any, facts: Facts, depth: int) -> int:
    """c*f(u) - c*f(v) has the sign of c*(u - v) for increasing f, and of -c*(u - v) for decreasing f."""
    if len(expr.args) != 2:
        return ANY
    (a, first), (b, second) = (term.as_coeff_Mul() for term in expr.args)
    if a + b != 0 or not a.is_real:
        return ANY
    if first.func is second.func and isinstance(first, (exp, erf, tanh, atan, sympy_log)):
        u, v = first.args[0], second.args[0]
        if isinstance(first, sympy_log) and not all(_signs(arg, facts, depth + 1) == POSITIVE for arg in (u, v)):
            return ANY
        direction = POSITIVE
    elif isinstance(first, Pow) and isinstance(second, Pow) and first.exp == second.exp:
        u, v = first.base, second.base
        if not all(_signs(base, facts, depth + 1) == POSITIVE for base in (u, v)):
            return ANY
        direction = _signs(first.exp, facts, depth + 1)
    else:
        return ANY
    signs = _signs(u - v, facts, depth + 1)
    return ANY if (signs | direction) & OTHER else _product(_product(signs, direction), POSITIVE if a.is_positive else NEGATIVE)


def _gaps(term: Expr, facts: Facts, depth: int) -> list[tuple[Expr, int]]:
    """|erf|, |tanh| < 1; |cos|, |sin| <= 1; log y <= y - 1; psi(z) > -EulerGamma for z > 1; e**y and u**y against 1 by the signs of y and u - 1, for u = 0 if y > 0."""
    gaps: list[tuple[Expr, int]] = []
    for factor in Mul.make_args(term):
        args: Any = factor.args
        if isinstance(factor, exp) or (isinstance(factor, Pow) and not factor.exp.is_Rational and not _signs(args[0], facts, depth + 1) & (NEGATIVE | OTHER)):
            sign = _signs(factor.exp, facts, depth + 1)
            if isinstance(factor, Pow):
                sound = POSITIVE in (sign, _signs(args[0], facts, depth + 1))
                sign = _product(sign, _signs(args[0] - 1, facts, depth + 1)) if sound else ANY
            if sign & (POSITIVE | NEGATIVE) in (POSITIVE, NEGATIVE) and not sign & OTHER:
                gaps.append((factor - 1 if sign & POSITIVE else 1 - factor, POSITIVE | (sign & ZERO)))
        elif isinstance(factor, (erf, tanh, cos, sin)) and not _signs(args[0], facts, depth + 1) & OTHER:
            sign = POSITIVE if isinstance(factor, (erf, tanh)) else POSITIVE | ZERO
            gaps += [(1 - factor, sign), (1 + factor, sign)]
        elif isinstance(factor, polygamma) and args[0] == 0 and _signs(args[1] - 1, facts, depth + 1) == POSITIVE:
            gaps.append((factor + EulerGamma, POSITIVE))
        elif isinstance(factor, sympy_log) and args[0].is_Symbol and _signs(args[0], facts, depth + 1) == POSITIVE:
            apart = _signs(args[0] - 1, facts, depth + 1) in (POSITIVE, NEGATIVE)
            gaps.append((args[0] - 1 - factor, POSITIVE if apart else POSITIVE | ZERO))
    return gaps


def _from_factors(expr: Expr, facts: Facts, depth: int) -> int:
    """From the irreducible factors of numerator and denominator."""
    parts = irreducible_factors(expr) or ((factor_terms(expr), S.One),)
    if any(base in (expr, -expr) for base, _ in parts):
        return ANY
    signs = POSITIVE
    for base, exponent in parts:
        signs = _product(signs, _signs_of_power(base, exponent, facts, depth + 1))
    return signs


def _signs_of_power(base: Expr, exponent: Expr, facts: Facts, depth: int) -> int:
    power = Pow(base, exponent)
    return _signs(power, facts, depth) if not isinstance(power, Pow) or power.base == E else _power(power, facts, depth)
