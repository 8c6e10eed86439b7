"""Affine and reciprocal changes of variable that bring a range to (0, ∞), (0, 1), and back to front where it ends above."""

from __future__ import annotations

from sympy import Symbol, oo

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import HALF_LINE, UNIT
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support = profile.support
    if not isinstance(support, Continuum):
        return None
    lower, upper = support.lower, support.upper
    y = Symbol("y", positive=True)
    if lower is -oo:
        return (Substitution(upper - y, y, HALF_LINE),) if upper is not oo else None
    if upper is oo:
        if lower == 0:
            return None
        if _only_logarithms(profile) and profile.facts.is_positive(lower):
            return (Substitution(lower / y, y, UNIT),)
        return (Substitution(lower + y, y, HALF_LINE),)
    if support == UNIT:
        return None
    if _only_logarithms(profile) and profile.facts.is_positive(lower):
        return (Substitution(lower * (upper / lower) ** y, y, UNIT),)
    return (Substitution(lower + (upper - lower) * y, y, UNIT),)


def _only_logarithms(profile: Profile) -> bool:
    _, terms = profile.terms()
    return bool(terms) and all(m.logs and m.power == 0 and m.rate == 0 and not m.factors for _, m in terms)
