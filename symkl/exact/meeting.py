"""Where two laws both have mass."""

from __future__ import annotations

from typing import Any

from sympy import Expr, S

from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.exact.enclosures import decide, sign_of
from symkl.exact.program import Unsupported

__all__ = ["common_support", "some_point"]


def common_support(P: Law, Q: Law) -> Support | None:
    """The intersection of the supports; None where it is empty, up to a null set."""
    one, other = P.support, Q.support
    if one.discrete != other.discrete:
        return None
    if isinstance(one, Continuum) and isinstance(other, Continuum):
        lower, upper = _extreme(one.lower, other.lower, 1), _extreme(one.upper, other.upper, -1)
        empty = lower.is_finite and upper.is_finite and sign_of(upper - lower) <= 0
        return None if empty else Continuum(lower, upper)
    if isinstance(one, (Outcomes, Lattice)) and decide(one.within(other)):
        return one
    if isinstance(other, (Outcomes, Lattice)) and decide(other.within(one)):
        return other
    if isinstance(one, Lattice) and isinstance(other, Lattice) and one.step == other.step and ((some_point(one) - some_point(other)) / one.step).is_integer:
        lower, upper = _extreme(one.lower, other.lower, 1), _extreme(one.upper, other.upper, -1)
        empty = lower.is_finite and upper.is_finite and sign_of(upper - lower) < 0
        return None if empty else Lattice(lower, upper, one.step)
    raise Unsupported(f"the points common to {one} and {other} are not enclosed")


def _extreme(a: Any, b: Any, side: int) -> Any:
    """The larger of two ends, or the smaller for side = −1."""
    if a.is_infinite or b.is_infinite:
        finite = b if a.is_infinite else a
        ends: Any = S.NegativeInfinity if side > 0 else S.Infinity
        return finite if ends in (a, b) else a if a.is_infinite else b
    return a if sign_of(a - b) * side >= 0 else b


def some_point(support: Any) -> Expr:
    """A point of a lattice, or an end of it."""
    return support.lower if support.lower.is_finite else support.upper if support.upper.is_finite else S.Zero
