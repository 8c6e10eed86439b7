"""x = m ± y, y > 0: a law on the line that is even about m, or has a kink there, is taken apart at m."""

from __future__ import annotations

from sympy import Abs, Expr, S, Symbol, oo

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
    from sympy import Piecewise

    return any(cond.has(x) and cond.subs(x, S.Zero).lhs == 0 for each in expr.atoms(Piecewise) for _, cond in each.args if cond is not S.true and hasattr(cond, "lhs"))
