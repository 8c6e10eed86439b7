"""Statistics with kinks and cases where their signs and conditions are known."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from sympy import Abs, Add, Basic, Expr, Max, Not, Piecewise, S, Symbol, log, radsimp

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


def with_factors(expr: Expr, u: Symbol, where: Support, inside: Context) -> Expr:
    """log h as log c + log a + log b, where h = c·a·b is a quadratic in u and log a, log b stand beside it, all of them positive."""
    logs = sorted((each.args[0] for each in expr.atoms(log) if each.args[0].has(u) and each.args[0].is_polynomial(u)), key=lambda h: h.sort_key())
    lines = [h for h in logs if not h.diff(u).has(u) and (inside.facts.is_positive(h) or _is_positive_at_ends(h, u, where))]
    table: dict[Basic, Basic] = {}
    for h in logs:
        curvature = h.diff(u, 2).expand()
        for a, b in combinations(lines, 2) if curvature != 0 and not curvature.has(u) else ():
            c = radsimp(curvature / (2 * a.diff(u) * b.diff(u)))
            if c.is_positive and inside.zero((h - c * a * b).expand()) is True:
                table[log(h)] = log(c) + log(a) + log(b)
                break
    return expr.xreplace(table)


def _is_positive_at_ends(line: Expr, u: Symbol, where: Support) -> bool:
    """Whether a linear form is positive at both ends of an interval between numbers, and so within."""
    return isinstance(where, Continuum) and all(end.is_finite and end.is_number and line.xreplace({u: end}).is_positive for end in where.args)


def vanishes(expr: Expr, u: Symbol, where: Support, inside: Context) -> bool | None:
    truth = _vanishes(expr, u, where, inside)
    if truth is None and (apart := with_factors(expr, u, where, inside)) != expr:
        return _vanishes(apart, u, where, inside)
    return truth


def _vanishes(expr: Expr, u: Symbol, where: Support, inside: Context) -> bool | None:
    if not expr.has(Abs, Max, Piecewise):
        return inside.zero(expr)
    # Kinks that are resolved leave little to be shown.
    truth = inside.zero(resolved(expr, u, where, inside))
    return True if truth is True or inside.zero(expr) is True else truth
