"""y = x^p: a log-density on (0, ∞) in which x occurs inside logarithms through e^{cx^p} only, p ≠ 1; exponentiated Weibull laws."""

from __future__ import annotations

from sympy import Expr, Symbol, exp, log

from symkl.expect.kinds.common import HALF_LINE
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    if profile.support != HALF_LINE:
        return None
    p = _power(profile.log_density, profile.variable)
    if p is None or not (profile.facts.is_positive(p) or profile.facts.is_negative(p)):
        return None
    y = Symbol("y", positive=True)
    return (Substitution(y ** (1 / p), y, HALF_LINE),)


def _power(expr: Expr, x: Symbol) -> Expr | None:
    """p ≠ 1, if every exponential in a logarithm is of a multiple of x^p."""
    powers = set()
    for each in {inner for outer in expr.atoms(log) for inner in outer.args[0].atoms(exp) if inner.has(x)}:
        _, moving = each.args[0].as_independent(x, as_Add=False)
        base, p = moving.as_base_exp()
        powers.add(p if base == x else None)
    found = powers.pop() if len(powers) == 1 else None
    return found if found is not None and found != 1 and not found.has(x) else None
