"""Rational differences that are sums of parts of one sign: Σ c_k x^k with c_k ≥ 0, for even k or x ≥ 0."""

from __future__ import annotations

from itertools import combinations

from sympy import Dummy, Expr, Poly, Pow, S, Symbol, expand, factor, fraction, latex, together
from sympy.polys.polyerrors import PolynomialError

from symkl.form.facts import Facts
from symkl.prove.steps import Step, plain

__all__ = ["plain_roots", "sum_of_parts"]

#: Larger expressions are left alone.
MANY = 200


def sum_of_parts(f: Expr, facts: Facts) -> tuple[Step, ...] | None:
    """The step that shows f ≥ 0 as a polynomial in one of its symbols, or in the difference of two, over a denominator of one sign; None if it is not seen.

    >>> from sympy import symbols
    >>> s, t = symbols("s t", positive=True)
    >>> m, n = symbols("m n", real=True)
    >>> print(*sum_of_parts((m - n) ** 2 * (1 / s**2 + 1 / t**2 - 2 / (s * t)), Facts()))
    the difference is (m - n)^2*(s - t)^2/(s^2*t^2) >= 0
    """
    symbols = sorted((x for x in f.free_symbols if isinstance(x, Symbol) and x.is_real), key=str)
    if not symbols or set(symbols) != f.free_symbols or f.count_ops() > MANY or not f.is_rational_function(*symbols):
        return None
    try:
        above, below = fraction(factor(together(f)))
        if facts.is_nonnegative(-below):
            above, below = -above, -below
        found = _parts(above, symbols, facts) if facts.is_nonnegative(below) else None
    except PolynomialError:
        return None
    if found is None:
        return None
    text, tex = (" + ".join(write(term) for term in found) for write in (plain, latex))
    over = (f"/({plain(below)})", f"/({latex(below)})") if below is not S.One else ("", "")
    return (Step(f"the difference is {_closed(text, over[0], found)} >= 0", rf"the difference is ${_closed(tex, over[1], found)} \ge 0$"),)


def _closed(text: str, over: str, terms: list[Expr]) -> str:
    return f"({text}){over}" if over and len(terms) > 1 else text + over


def _parts(f: Expr, symbols: list[Symbol], facts: Facts) -> list[Expr] | None:
    """Terms none of which is negative, of a polynomial."""
    apart = Dummy("d", real=True)
    ways = [(f, x, x) for x in symbols]
    shifts = [(x, y) for x, y in combinations(symbols, 2) if x.is_nonnegative is None and y.is_nonnegative is None]
    ways += [(moved, apart, x - y) for x, y in shifts if not (moved := expand(f.subs(x, y + apart))).has(y)]
    for value, x, meant in ways:
        parts = [(k, factor(c)) for (k,), c in Poly(value, x).terms()]
        if all((k % 2 == 0 or facts.is_nonnegative(x)) and facts.is_nonnegative(c) for k, c in parts):
            return [c * meant**k for k, c in parts]
    return None


def plain_roots(expr: Expr) -> Expr:
    """The expression with factors in its roots, of which some come out: √(a² − 2ab + b²) is |a − b|."""
    roots = [each for each in expr.atoms(Pow) if each.exp.is_Rational and not each.exp.is_integer]
    return expr.xreplace({each: factor(each.base) ** each.exp for each in roots})
