"""x = y on either side of the points where a piecewise log-density changes its branch, or an absolute value in it its sign."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Piecewise, S, Symbol
from sympy.core.relational import Relational

from symkl.core.supports import Continuum
from symkl.expect.shapes import Profile, Substitution

__all__ = ["breakpoint_of", "move", "place_of_kink"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support, x = profile.support, profile.variable
    if not isinstance(support, Continuum) or support.lower.is_infinite and support.upper.is_infinite:
        return None
    point = breakpoint_of(profile.log_density, x)
    if point is None:
        kinks = sorted(profile.log_density.atoms(Abs), key=lambda e: e.sort_key())
        point = next((c for each in kinks if (c := place_of_kink(each, x)) is not None), None)
    if point is None or not (profile.facts.is_positive(point - support.lower) and profile.facts.is_positive(support.upper - point)):
        return None
    below, above = Continuum(support.lower, point), Continuum(point, support.upper)
    y, z = Symbol("y", real=True), Symbol("z", real=True)
    return Substitution(y, y, below), Substitution(z, z, above)


def breakpoint_of(expr: Expr, x: Symbol) -> Expr | None:
    """The point at which the first condition of the first Piecewise changes."""
    for each in sorted(expr.atoms(Piecewise), key=lambda e: e.sort_key()):
        branches: Any = each.args
        for _, condition in branches:
            if isinstance(condition, Relational) and condition.has(x):
                slope = (condition.lhs - condition.rhs).diff(x)
                if slope in (S.One, S.NegativeOne):
                    difference = condition.lhs - condition.rhs
                    return (x - difference / slope).expand()
    return None


def place_of_kink(f: Expr, x: Symbol) -> Expr | None:
    """c if f is |x − c|."""
    if not isinstance(f, Abs):
        return None
    inside = f.args[0]
    slope = inside.diff(x)
    return (x - inside / slope).expand() if slope in (S.One, S.NegativeOne) else None
