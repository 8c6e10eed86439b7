"""x = m ± y, y > 0: a law on the line that is even about m, or has a kink there, is taken apart at m."""

from __future__ import annotations

from sympy import Abs, Expr, Piecewise, S, Symbol, oo
from sympy.core.relational import Relational

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import HALF_LINE
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    if profile.support != Continuum(-oo, oo):
        return None
    x, expr = profile.variable, profile.log_density
    y = Symbol("y", positive=True)
    if not _kinked_at_zero(expr, x) and expr.xreplace({x: -x}) != expr:
        return None
    return Substitution(y, y, HALF_LINE), Substitution(-y, y, HALF_LINE)


def _kinked_at_zero(expr: Expr, x: Symbol) -> bool:
    return any((each.args[0] / x).has(x) is False for each in expr.atoms(Abs) if each.has(x)) or _switches_at_zero(expr, x)


def _switches_at_zero(expr: Expr, x: Symbol) -> bool:
    conditions = {relation for each in expr.atoms(Piecewise) for relation in each.atoms(Relational)}
    return any(each.has(x) and (each.lhs - each.rhs) / x in (S.One, S.NegativeOne) for each in conditions)
