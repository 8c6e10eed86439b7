"""Signs of functions r(s) + Σ r_i(s) log g_i(s) on 0 < s < 1, with r and r_i rational and g_i polynomials that are positive there."""

from __future__ import annotations

from typing import Any

from sympy import QQ, Abs, Add, Dummy, Expr, Mul, Poly, Pow, Rational, S, expand, field, gcd_terms, log
from sympy.polys.fields import FracElement
from sympy.polys.rings import PolyElement

from symkl.errors import DomainError
from symkl.exact.logparse import as_fraction
from symkl.exact.logsum import LogSum

__all__ = ["UNIT", "exceeds_variation", "factored", "is_not_negative", "is_positive", "limit_sign", "not_negative", "rational_and_logarithms"]

FIELD, _ = field("s", QQ)
#: The variable s.
UNIT = FIELD.symbols[0]
ENDS = {"rise": (0,), "fall": (1,), "concave": (0, 1)}


def not_negative(f: Expr, t: Expr, exponent: int, moves: list[Any]) -> bool:
    """Whether f(t) ≥ 0, where t = s^exponent and 0 < s < 1, is shown by the moves.

    They are "rise" (the value at 0 and the derivative are not negative), "fall" (the value at 1, and the derivative is not positive), "concave"
    (both values), {"scale": [above, below]} by a rational function with these coefficients that is positive, and, last, {"split": c, "left": moves,
    "right": moves}. What they leave is a rational function without a pole inside, whose sign is decided.

    >>> from sympy import Symbol
    >>> t = Symbol("t", positive=True)
    >>> not_negative(t - 1 - log(t), t, 1, ["fall"]), not_negative(t - 1 - log(t), t, -1, ["fall"]), not_negative(t - 1 - log(t), t, 1, [])
    (True, True, False)
    """
    s = Dummy("s", positive=True)  # roots and logarithms of its powers are resolved
    f = expand(f.xreplace({t: s**exponent})).xreplace({s: UNIT})
    for move in moves:
        if isinstance(move, str):
            if not all(limit_sign(f, end) >= 0 for end in ENDS[move]):
                return False
            f = f.diff(UNIT) if move == "rise" else -f.diff(UNIT, len(ENDS[move]))
        elif "scale" in move:
            above, below = (Add(*(Rational(c) * UNIT**i for i, c in enumerate(each))) for each in move["scale"])
            if not (is_positive(above) and is_positive(below)):
                return False
            f = f * above / below
        else:
            c = Rational(move["split"])
            inner = {"left": c * UNIT, "right": c + (1 - c) * UNIT}
            return bool(0 < c < 1) and move is moves[-1] and all(not_negative(f.xreplace({UNIT: part}), UNIT, 1, move[side]) for side, part in inner.items())
    return is_not_negative(f)


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
    value, logs = rational_and_logarithms(f)
    below = value.denom.as_expr()
    content, factors = (value.numer * value.denom).factor_list()
    odd = Mul(QQ.to_sympy(content), *(g.as_expr() for g, multiplicity in factors if multiplicity % 2))
    return not logs and (is_positive(below) or is_positive(-below)) and (value == 0 or is_positive(odd))


def rational_and_logarithms(f: Expr) -> tuple[FracElement, dict[PolyElement, FracElement]]:
    """r and {g_i: r_i}; `DomainError` for a function that is no such sum."""
    plain: FracElement = FIELD.zero
    logs: dict[PolyElement, FracElement] = {}
    for term in Add.make_args(expand(f)):
        inside = [each.args[0] for each in Mul.make_args(term) if isinstance(each, log)]
        coefficient = FIELD.from_expr(Mul(*(each for each in Mul.make_args(term) if not isinstance(each, log))))
        if not inside:
            plain += coefficient
            continue
        for g, times in _factors(FIELD.from_expr(inside[0])):
            if len(inside) > 1 or not is_positive(g.as_expr()):
                raise DomainError(f"{term} is no rational function times the logarithm of one that is positive")
            logs[g] = logs.get(g, FIELD.zero) + times * coefficient
    return plain, {g: r for g, r in logs.items() if r}


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
    plain, logs = rational_and_logarithms(f)
    total = LogSum()
    for g, r in logs.items():
        inside, factor = QQ.to_sympy(g.evaluate(0, end)), _at(r, end)
        if inside:
            total = total + LogSum((factor, inside))
        elif factor:
            raise DomainError(f"log({g.as_expr()}) has no limit at {end}")
    return total.compare(-as_fraction(_at(plain, end)))


def _at(r: FracElement, end: int) -> Expr:
    value: Expr = QQ.to_sympy(r.numer.evaluate(0, end) / r.denom.evaluate(0, end))
    return value
