"""y = log x: a log-density on (0, ∞) in which x occurs through powers of log x, or |log x − c|, only, or y = ±log x where it holds log(±log x)."""

from __future__ import annotations

from sympy import Abs, Symbol, exp, log, oo

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import HALF_LINE, LINE, UNIT
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    x = profile.variable
    for support, sign in ((UNIT, -1), (Continuum(1, oo), 1)):
        if profile.support == support and profile.log_density.has(log(sign * log(x))):
            z = Symbol("z", positive=True)
            return (Substitution(exp(sign * z), z, HALF_LINE),)
    if profile.support != HALF_LINE:
        return None
    y = Symbol("y", real=True)
    if any(each.has(log) for each in profile.log_density.atoms(Abs)) and not profile.log_density.xreplace({log(x): y}).has(x):
        return (Substitution(exp(y), y, LINE),)
    _, terms = profile.terms()
    if not any(m.logs >= 2 for _, m in terms) or any(m.power != 0 or m.rate != 0 or m.factors for _, m in terms):
        return None
    return (Substitution(exp(y), y, LINE),)
