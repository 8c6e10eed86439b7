"""y = x/(1−x): a log-density on (0, 1) in which x occurs through log(x/(1−x)) in powers; the logit-normal laws."""

from __future__ import annotations

from sympy import Symbol, log

from symkl.expect.kinds.common import HALF_LINE, UNIT
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    if profile.support != UNIT:
        return None
    x = profile.variable
    _, terms = profile.terms()
    complement = log(1 - x)
    quadratic = any(m.logs >= 2 or dict(m.factors).get(complement, 0) >= 2 for _, m in terms)
    if not quadratic or any(m.power != 0 or m.rate != 0 or any(base != complement for base, _ in m.factors) for _, m in terms):
        return None
    y = Symbol("y", positive=True)
    return (Substitution(y / (1 + y), y, HALF_LINE),)
