"""Quadratic polynomials without real zeros."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, S

__all__ = ["definite"]


def definite(expr: Expr) -> int:
    """1 or −1, the sign of ax² + bx + c for a real symbol x, where a, b, c are rational and b² < 4ac; 0 for anything else.

    >>> from sympy import Symbol
    >>> y = Symbol("y", real=True)
    >>> definite(3*y**2 - 3*y + 1), definite(y**2 - 3*y + 1)
    (1, 0)
    """
    terms: Any = Add.make_args(expr)
    if len(terms) != 3:
        return 0
    symbols = expr.free_symbols
    x: Any = next(iter(symbols)) if len(symbols) == 1 else None
    if x is None or not x.is_Symbol or not x.is_real:
        return 0
    table: dict[Any, Any] = {}
    for term in terms:
        coefficient, moving = term.as_coeff_Mul()
        table[moving] = coefficient
    a, b, c = (table.get(part, S.Zero) for part in (x**2, x, S.One))
    if not (a.is_Rational and b.is_Rational and c.is_Rational and a * b * c != 0) or b**2 >= 4 * a * c:
        return 0
    return 1 if a > 0 else -1
