"""Whether P has mass where Q has none: by the supports, and for a density of the user's by its values there."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Rational, S, exp, nan, oo, zoo

from symkl.core.density import Density
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.arithmetic import flint_module
from symkl.exact.enclosures import decide, enclosure_of
from symkl.exact.laws import log_density_at, point_of

__all__ = ["leaves"]

BITS = 64
#: So many points of a lattice are looked at.
MOST_POINTS = 200


def leaves(P: Law, Q: Law) -> bool:
    """Whether P ≪ Q fails; `Undecided` where P's support leaves Q's and P, a `Density`, is not seen to be positive there."""
    if decide(P.support.within(Q.support)):
        return False
    if P.atoms(Density) and not any(_is_positive_at(P, point) for point in _outside(P.support, Q.support)):
        raise Undecided(f"whether {P} has mass outside {Q.support.shown} is not decided")
    return True


def _is_positive_at(P: Law, point: Expr) -> bool:
    """p(point) > 0 by a ball; a density is continuous there but for isolated points, so that it has mass around it."""
    value = exp(log_density_at(P, (x := point_of(P.support))).subs(x, point))
    if value.has(zoo, nan, oo):
        return False
    if flint_module() is None:
        return bool(value.is_positive)
    try:
        ball = enclosure_of(value)(BITS)
    except (NoClosedForm, Undecided, DomainError):
        return False
    return bool(ball.is_finite() and ball.real > 0)


def _outside(support: Any, other: Any) -> list[Expr]:
    """Points of one support that are not in the other."""
    if support.discrete != other.discrete:
        support_points = support.points(MOST_POINTS) if support.discrete else None
        return list(support_points) if support_points else _some(support.lower, support.upper)
    if isinstance(support, Continuum):
        below = _some(support.lower, other.lower) if not decide(Continuum(support.lower, S.Infinity).within(Continuum(other.lower, S.Infinity))) else []
        above = _some(other.upper, support.upper) if not decide(Continuum(-oo, support.upper).within(Continuum(-oo, other.upper))) else []
        return [*below, *above]
    points = support.points(MOST_POINTS)
    if points is None and isinstance(support, Lattice):
        start = support.lower if support.lower.is_finite else support.upper if support.upper.is_finite else S.Zero
        sides = [side for side, end in ((1, support.upper), (-1, support.lower)) if end != start]
        points = tuple(start + side * support.step * j for j in range(MOST_POINTS) for side in sides)
    return [each for each in points or () if isinstance(each, Expr) and other.contains(each) is S.false]


def _some(lower: Expr, upper: Expr) -> list[Expr]:
    """Points of an interval."""
    steps = [Rational(1, 7), Rational(3, 5), Rational(11, 7), Rational(17, 3), Rational(101, 7)]
    if lower.is_finite and upper.is_finite:
        return [lower + (upper - lower) * Rational(i, 17) for i in range(1, 17)]
    if lower.is_finite or upper.is_finite:
        return [lower + step for step in steps] if lower.is_finite else [upper - step for step in steps]
    return [S.Zero, *steps, *(-step for step in steps)]
