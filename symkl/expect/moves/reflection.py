"""x = 1 − y: a log-density on (0, 1) with the logarithm of a quadratic whose apex lies at 1, such as log(2x − x²) = log(1 − y²)."""

from __future__ import annotations

from sympy import Expr, S, Symbol, log

from symkl.core.supports import Continuum
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    x = profile.variable
    if profile.support != Continuum(0, 1) or not any(_has_apex_at_one(each.args[0], x) for each in profile.log_density.atoms(log)):
        return None
    y = Symbol("y", positive=True)
    return (Substitution(1 - y, y, Continuum(0, 1)),)


def _has_apex_at_one(inside: Expr, x: Symbol) -> bool:
    slope = inside.diff(x) if inside.is_polynomial(x) and inside.has(x) else None
    return slope is not None and slope.has(x) and not slope.diff(x).has(x) and slope.xreplace({x: S.One}).expand() == 0
