"""y = log x: a log-density on (0, ∞) in which x occurs through powers of log x only."""

from __future__ import annotations

from sympy import Symbol, exp

from symkl.expect.kinds.common import HALF_LINE, LINE
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    if profile.support != HALF_LINE:
        return None
    _, terms = profile.terms()
    if not any(m.logs >= 2 for _, m in terms) or any(m.power != 0 or m.rate != 0 or m.factors for _, m in terms):
        return None
    y = Symbol("y", real=True)
    return (Substitution(exp(y), y, LINE),)
