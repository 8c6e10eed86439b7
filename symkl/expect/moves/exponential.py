"""y = e^{bx}: a log-density in which x occurs through e^{bx}, linearly and inside logarithms of such exponentials."""

from __future__ import annotations

from sympy import Expr, Pow, S, Symbol, exp, log, oo

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import HALF_LINE, UNIT
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move", "rate"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support = profile.support
    if not isinstance(support, Continuum) or support not in (Continuum(-oo, oo), HALF_LINE):
        return None
    b = rate(profile)
    if b is None:
        return None
    y = Symbol("y", positive=True)
    if support == HALF_LINE:
        target = UNIT if profile.facts.is_negative(b) else Continuum(1, oo) if profile.facts.is_positive(b) else None
        return None if target is None else (Substitution(log(y) / b, y, target),)
    return (Substitution(log(y) / b, y, HALF_LINE),)


def rate(profile: Profile) -> Expr | None:
    """The rate b of the exponentials e^{bx} in the log-density: the first of them, if it is linear in x."""
    x = profile.variable
    _, terms = profile.terms()
    rates = [m.rate for _, m in terms if m.rate != 0]
    for _, m in terms:
        for base, _exponent in m.factors:
            found = sorted((each for each in base.atoms(exp, Pow) if each.has(x)), key=lambda e: e.sort_key())
            rates += [own for each in found if (own := _linear_rate(each, x)) is not None]
    if not rates:
        return None
    return rates[0]


def _linear_rate(each: Expr, x: Symbol) -> Expr | None:
    if not isinstance(each, exp):
        return None
    rate = each.args[0].diff(x)
    return None if rate.has(x) or rate == S.Zero else rate
