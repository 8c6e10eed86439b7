"""Statistics with kinks and cases where their signs and conditions are known."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Add, Basic, Expr, Max, Not, Piecewise, S, Symbol

from symkl.core.supports import Continuum, Support
from symkl.derive.checks.context import Context

__all__ = ["resolved", "vanishes"]


def resolved(f: Expr, u: Symbol, where: Support, inside: Context) -> Expr:
    """f with |h| and max(h, 0) replaced where h has one sign for u in `where`: by the facts, or as h is monotone and 0 at an end."""
    table: dict[Basic, Expr] = {}
    for node in f.atoms(Abs, Max):
        h = node.args[0] if isinstance(node, Abs) else Add(*node.args) if S.Zero in node.args and len(node.args) == 2 else S.NaN
        above, below = inside.facts.is_nonnegative(h), inside.facts.is_nonnegative(-h)
        if isinstance(where, Continuum) and not (above or below):
            rising, falling = inside.facts.is_positive(h.diff(u)), inside.facts.is_negative(h.diff(u))
            first, last = (end.is_infinite is not True and inside.zero(h.xreplace({u: end})) for end in where.args)
            above, below = (first and rising) or (last and falling), (first and falling) or (last and rising)
        if above or below:
            table[node] = h if above else -h if isinstance(node, Abs) else S.Zero
    return decided(f.xreplace(table), u, inside)


def decided(f: Expr, u: Symbol, inside: Context) -> Expr:
    """f with the branch of each Piecewise in u that the facts choose."""
    table: dict[Basic, Basic] = {}
    for node in f.atoms(Piecewise):
        branches: Any = node.args
        for value, condition in branches:
            if not condition.has(u) or inside.holds(condition):
                if condition is S.true or condition.has(u):
                    table[node] = value
                break
            if not inside.holds(Not(condition)):
                break
    return f.xreplace(table)


def vanishes(expr: Expr, u: Symbol, where: Support, inside: Context) -> bool | None:
    if not expr.has(Abs, Max, Piecewise):
        return inside.zero(expr)
    # Kinks that are resolved leave little to be shown.
    truth = inside.zero(resolved(expr, u, where, inside))
    return True if truth is True or inside.zero(expr) is True else truth
