"""Rewriting an integrand so that nothing cancels where it vanishes: 1 + cos u = 2 cos²(u/2), arguments written out."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Mul, Symbol, cos, expand, sin

__all__ = ["without_cancellation"]


def without_cancellation(expr: Any, t: Symbol) -> Any:
    """The same function of t, with sums that vanish at t = 0 written as products where a half-angle formula does it."""
    if not isinstance(expr, Expr) or not expr.has(sin, cos) or t not in expr.free_symbols:
        return expr
    args = [without_cancellation(arg, t) for arg in expr.args]
    if isinstance(expr, (sin, cos)):
        # cos(π(1 − t)) becomes −cos(πt) once it is written cos(π − πt).
        return expr.func(expand(args[0]))
    if isinstance(expr, Add) and len(args) == 2:
        constant, wave = args if not args[0].has(t) else args[::-1]
        factor, others = wave.as_coeff_Mul()
        if isinstance(others, cos) and not constant.has(t):
            # SymPy takes the sign out of the cosine of a sum, so both signs occur.
            if constant == factor:
                return Mul(2, constant, cos(expand(others.args[0] / 2)) ** 2)
            if constant == -factor:
                return Mul(2, constant, sin(expand(others.args[0] / 2)) ** 2)
    return expr.func(*args)
