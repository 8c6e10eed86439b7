"""Signs of functions r(s) + Σ r_i(s) log g_i(s) on 0 < s < 1, with r and r_i rational and g_i polynomials that are positive there; logarithms
may be multiplied."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from sympy import QQ, Abs, Add, Dummy, Expr, Mul, Poly, Pow, Rational, S, expand, factor_terms, field, gcd_terms, log
from sympy.polys.fields import FracElement
from sympy.polys.rings import PolyElement

from symkl.core.certificates import need
from symkl.errors import DomainError
from symkl.exact.signs import number_sign

__all__ = [
    "UNIT",
    "exceeds_variation",
    "factored",
    "is_not_negative",
    "is_positive",
    "limit_sign",
    "not_negative",
    "of_ratio",
    "rational_and_logarithms",
]

FIELD, _ = field("s", QQ)
#: r and r_i by the polynomials in the logarithms that they stand before.
Parts = dict[tuple[PolyElement, ...], FracElement]
#: The variable s.
UNIT = FIELD.symbols[0]
ENDS = {"rise": (0,), "fall": (1,), "concave": (0, 1)}


def not_negative(f: Expr, t: Expr, exponent: int, moves: list[Any]) -> bool:
    """Whether f(t) ≥ 0, where t = s^exponent and 0 < s < 1, is shown by the moves.

    They are "rise" (the value at 0 and the derivative are not negative), "fall" (the value at 1, and the derivative is not positive), "concave"
    (both values), {"tangent": c} (the tangent at c is not negative at 0 and at 1, and the second derivative is not negative), {"scale": [above, below]}
    by a rational function with these coefficients that is positive, and, last, {"split": c, "left": moves, "right": moves}. What they leave is a rational function without a pole inside, whose sign is decided.

    >>> from sympy import Symbol
    >>> t = Symbol("t", positive=True)
    >>> not_negative(t - 1 - log(t), t, 1, ["fall"]), not_negative(t - 1 - log(t), t, -1, ["fall"]), not_negative(t - 1 - log(t), t, 1, [])
    (True, True, False)
    """
    s = Dummy("s", positive=True)  # roots and logarithms of its powers are resolved
    parts = _parts(expand(f.xreplace({t: s**exponent})).xreplace({s: UNIT}))
    for move in moves:
        if isinstance(move, str):
            if not all(_sign_at(parts, S(end)) >= 0 for end in ENDS[move]):
                return False
            for _ in ENDS[move]:
                parts = _derivative(parts)
            parts = parts if move == "rise" else {key: -r for key, r in parts.items()}
        elif "tangent" in move:
            c, slope = Rational(move["tangent"]), _derivative(parts)
            if not (0 < c < 1 and all(_sign_at(_plus(parts, slope, end - c), c) >= 0 for end in (0, 1))):
                return False
            parts = _derivative(slope)
        elif "scale" in move:
            above, below = (Add(*(Rational(c) * UNIT**i for i, c in enumerate(each))) for each in move["scale"])
            if not (is_positive(above) and is_positive(below)):
                return False
            parts = {key: r * FIELD.from_expr(above) / FIELD.from_expr(below) for key, r in parts.items()}
        else:
            c = Rational(move["split"])
            inner = {"left": c * UNIT, "right": c + (1 - c) * UNIT}
            whole = Add(*(r.as_expr() * Mul(*(log(g.as_expr()) for g in key)) for key, r in parts.items()))
            return bool(0 < c < 1) and move is moves[-1] and all(not_negative(whole.xreplace({UNIT: part}), UNIT, 1, move[side]) for side, part in inner.items())
    return _has_no_negative_value(parts)


def exceeds_variation(f: Expr, t: Expr, square: Expr, weight: Expr, root: int, moves: list[Any]) -> bool:
    """Whether E_q[f(p/q)] ≥ square · TV² is shown by moves left of 1 and, as t = 1/s, right of it; Abs(t − 1) may stand in f.

    4 TV² ≤ E_q[(t − 1)²/(1 − weight + weight t)] by Cauchy–Schwarz, for 0 ≤ weight ≤ 1.
    """
    f = f - square / 4 * (t - 1) ** 2 / (1 - weight + weight * t)
    sides = (f.xreplace({Abs(t - 1): 1 - t}), root), (f.xreplace({Abs(t - 1): t - 1}) / t, -root)
    sound = bool(square >= 0 and 0 <= weight <= 1)
    return sound and all(not_negative(side, t, exponent, shown) for (side, exponent), shown in zip(sides, moves, strict=True))


def factored(integrand: Expr) -> Expr:
    """Common factors taken out of logarithms, absolute values and powers."""
    return expand(integrand.replace(lambda e: isinstance(e, (log, Abs, Pow)), lambda e: e.func(gcd_terms(e.args[0]), *e.args[1:])))


def of_ratio(value: Expr, integrands: Mapping[Expr, Expr], p: Expr, q: Expr, t: Expr) -> Expr:
    """f(t) with value = E_q[f(p/q)]; the value must be linear in symbols, which stand for integrals of functions of p and q."""
    found = {symbol: expand(factored(each.xreplace({p: t * q})) / q) for symbol, each in integrands.items()}
    f = value.xreplace(found)
    linear = not any(value.diff(one, other) for one in found for other in found)
    need(linear and f.free_symbols <= {t}, "no sum of f-divergences")
    return f


def is_positive(expr: Expr) -> bool:
    """Whether a polynomial in s is positive on (0, 1): no root there (Sturm), and positive in the middle."""
    polynomial = Poly(expr, UNIT, domain=QQ)
    roots = polynomial.count_roots(0, 1) - sum(polynomial(end) == 0 for end in (0, 1))
    return roots == 0 and bool(polynomial(S.Half) > 0)


def is_not_negative(f: Expr) -> bool:
    """Whether a rational function of s is at least 0 on (0, 1) and has no pole there: its factors of odd multiplicity are positive together.

    >>> is_not_negative((UNIT - S.Half) ** 2 / (1 + UNIT)), is_not_negative(1 / (UNIT - S.Half) ** 2), is_not_negative(UNIT - S.Half)
    (True, False, False)
    """
    return _has_no_negative_value(_parts(f))


def _has_no_negative_value(parts: Parts) -> bool:
    value = parts.get((), FIELD.zero)
    below = value.denom.as_expr()
    content, factors = (value.numer * value.denom).factor_list()
    odd = Mul(QQ.to_sympy(content), *(g.as_expr() for g, multiplicity in factors if multiplicity % 2))
    return not {*parts} - {()} and (is_positive(below) or is_positive(-below)) and (value == 0 or is_positive(odd))


def rational_and_logarithms(f: Expr) -> tuple[FracElement, dict[tuple[PolyElement, ...], FracElement]]:
    """r and {(g, …): r_i} for r_i times the product of the logarithms; `DomainError` for a function that is no such sum."""
    parts = _parts(f)
    plain: FracElement = parts.pop((), FIELD.zero)
    return plain, parts


def _parts(f: Expr) -> Parts:
    """The rational factors of the products of logarithms, each by the polynomials in these."""
    logs: Parts = {}
    for term in Add.make_args(expand(f)):
        powers = [each.as_base_exp() for each in Mul.make_args(term)]
        inside = [base.args[0] for base, e in powers if isinstance(base, log) and e.is_Integer and e > 0 for _ in range(int(e))]
        coefficient = FIELD.from_expr(Mul(*(base**e for base, e in powers if not (isinstance(base, log) and e.is_Integer and e > 0))))
        products: list[tuple[tuple[PolyElement, ...], FracElement]] = [((), coefficient)]
        for each in inside:
            factors = _factors(FIELD.from_expr(each))
            if not all(is_positive(g.as_expr()) for g, _ in factors):
                raise DomainError(f"{term} is no rational function times logarithms of what is positive")
            products = [(tuple(sorted((*key, g), key=str)), times * r) for key, r in products for g, times in factors]
        for key, r in products:
            logs[key] = logs.get(key, FIELD.zero) + r
    return {key: r for key, r in logs.items() if r}


def _derivative(parts: Parts) -> Parts:
    found: Parts = {}
    for key, r in parts.items():
        found[key] = found.get(key, FIELD.zero) + r.diff(FIELD.gens[0])
        for i, g in enumerate(key):
            rest = key[:i] + key[i + 1 :]
            found[rest] = found.get(rest, FIELD.zero) + r * FIELD(g.diff(FIELD.ring.gens[0])) / FIELD(g)
    return {key: r for key, r in found.items() if r}


def _factors(ratio: FracElement) -> list[tuple[PolyElement, int]]:
    """A rational function as a product of powers of polynomials, each with the sign that makes it positive at 1/2; −1 stays apart."""
    found, sign = [], 1
    for side, times in ((ratio.numer, 1), (ratio.denom, -1)):
        content, factors = side.factor_list()
        for g, power in [(side.ring(content.numerator), 1), (side.ring(content.denominator), -1), *factors]:
            flip = 1 if g.evaluate(0, QQ(1, 2)) > 0 else -1
            sign *= flip**power
            found += [(flip * g, times * power)] if flip * g != 1 else []
    return found if sign == 1 else [*found, (-ratio.numer.ring.one, 1)]


def limit_sign(f: Expr, end: int) -> int:
    """The sign of the limit at 0 or 1, where no coefficient has a pole: r log g → 0 if r = 0 and g = 0 there."""
    return _sign_at(_parts(f), S(end))


def _plus(parts: Parts, other: Parts, times: Expr) -> Parts:
    return {key: parts.get(key, FIELD.zero) + other.get(key, FIELD.zero) * FIELD.from_expr(times) for key in {**parts, **other}}


def _sign_at(parts: Parts, end: Expr) -> int:
    total: Expr = S.Zero
    for key, r in parts.items():
        inside, factor = [QQ.to_sympy(g.evaluate(0, QQ.from_sympy(end))) for g in key], _at(r, end)
        if factor and not all(inside):
            raise DomainError(f"log({key[0].as_expr()}) has no limit at {end}")
        total += factor * Mul(*map(log, inside)) if factor else S.Zero
    return prod(number_sign(part) for part in Mul.make_args(factor_terms(expand(total))))  # a common factor, such as log 2, taken out


def _at(r: FracElement, end: Expr) -> Expr:
    below = r.denom.evaluate(0, QQ.from_sympy(end))
    if not below:
        raise DomainError(f"{r.as_expr()} has a pole at {end}")
    value: Expr = QQ.to_sympy(r.numer.evaluate(0, QQ.from_sympy(end)) / below)
    return value
