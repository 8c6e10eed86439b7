"""v = sin² w or v = sin²(w/2), w = ax + b: a log-density on a quarter or half of a turn that holds logarithms of sines, cosines or tangents of w."""

from __future__ import annotations

from sympy import Expr, S, Symbol, asin, cos, log, pi, sin, sqrt, tan

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import UNIT
from symkl.expect.shapes import Profile, Substitution

__all__ = ["move"]

v = Symbol("v", positive=True)

#: The ranges of w on which a wave is one-to-one and the other has one sign: w as a function of v in (0, 1).
RANGES = {
    (S.Zero, pi): 2 * asin(sqrt(v)),
    (-pi / 2, pi / 2): 2 * asin(sqrt(v)) - pi / 2,
    (S.Zero, pi / 2): asin(sqrt(v)),
}


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support, x = profile.support, profile.variable
    if not isinstance(support, Continuum) or support.lower.is_infinite or support.upper.is_infinite:
        return None
    w = _angle(profile.log_density, x)
    if w is None:
        return None
    ends = tuple(sorted((w.subs(x, end).expand() for end in support.args), key=lambda end: end.evalf() if end.is_number else S.Zero))
    if ends not in RANGES:
        return None
    return (Substitution(((RANGES[ends] - w.subs(x, 0)) / w.diff(x)).expand(), v, UNIT),)


def _angle(expr: Expr, x: Symbol) -> Expr | None:
    """The one linear argument of the waves in logarithms."""
    waves = {wave for each in expr.atoms(log) for wave in each.args[0].atoms(sin, cos, tan) if wave.has(x)}
    angles = {wave.args[0] for wave in waves}
    if len(angles) != 1:
        return None
    (w,) = angles
    slope = w.diff(x)
    return w if slope.is_Rational or (slope / pi).is_Rational else None
