"""Finiteness at one place: an end of the support, a point that carries mass, a possible singularity inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import Add, Eq, Expr, Integer, Piecewise, Pow, S, Symbol, oo

from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes
from symkl.errors import Undecided
from symkl.expect.growth import ONE, Scale, T, compare, converges
from symkl.expect.growth_expand import End, Place, expand, exponent_parts, holds_near
from symkl.expect.growth_linear import POSITIVE
from symkl.expect.growth_points import depends, gamma_slope, has_nested_log, is_entire, linear_slope, suspects, zeros
from symkl.expect.growth_signs import Known, Void, nonzero, possible_signs, sign
from symkl.expect.growth_sums import FINITE, INFINITE, size
from symkl.form.facts import Facts

__all__ = ["Question", "at_end", "at_point", "finite_end", "inside", "never_negative"]

JACOBIAN = T ** Integer(-2)


@dataclass(frozen=True)
class Question:
    """f and P with the replacements of the present case put in, and what is known in it; `signed` asks for the sign of a divergence."""

    f: Expr
    x: Symbol
    law: Law
    known: Known
    signed: bool


def finite_end(q: Question, side: int) -> End:
    """The end of the support in the present case."""
    support: Any = q.law.support
    point: Any = support.lower if side > 0 else support.upper
    while isinstance(point, Piecewise):
        place = Place(q.x, End(S.Zero, 1), q.known)
        pairs: Any = point.args
        branches = [branch for branch, condition in pairs if holds_near(condition, place)]
        if not branches:
            raise Void
        point = branches[0]
    return End(point, side)


def at_end(q: Question, end: End) -> int:
    if isinstance(q.law.support, Lattice) and not end.is_infinite:
        return at_point(q, end.point)
    f = _moving(q.f, q.x, end)
    if f == 0:
        return FINITE
    jacobian = ONE if end.is_infinite else JACOBIAN

    def integrable(at: Place) -> Callable[[Scale], bool]:
        scale, errors = _weight(q.law, at)
        scale = scale * jacobian
        return lambda m: converges(scale * m, errors, at.known)

    return size(f, Place(q.x, end, q.known), integrable, q.signed)


@lru_cache(maxsize=8192)
def _moving(f: Expr, x: Symbol, end: End) -> Expr:
    """f without the terms that are bounded near the end whatever the parameters."""
    if end.is_infinite:
        return Add(*(term for term in Add.make_args(f) if depends(term, x)))
    return Add(*(term for term in Add.make_args(f) if not is_entire(term, x)))


@lru_cache(maxsize=8192)
def _weight(law: Law, at: Place) -> tuple[Scale, tuple[Scale, ...]]:
    """(scale, errors) of the density at the place: p = scale · e^{O(errors)}."""
    scale, _, _, loose = exponent_parts(expand(_log_density(law, at.x), at), at.known)
    return scale, tuple(error for error in loose if compare(error, ONE, at.known) > 0)


@lru_cache(maxsize=4096)
def _log_density(law: Law, x: Symbol) -> Expr:
    return law.log_density(x)


def at_point(q: Question, point: Expr) -> int:
    """f at a point that carries mass: it must not be infinite there."""
    f = _settled(q.f, q, point)
    value = f.xreplace({q.x: point})
    if not value.has(S.NaN, S.ComplexInfinity, oo, -oo) and not any(_vanishes(kind, h, q, point) for kind, h in suspects(f, q.x)):
        return FINITE
    if not point.is_extended_real and point.is_Symbol and not f.free_symbols & {point}:
        raise Undecided(f"whether {f} is finite at the outcome {point}")
    side = -1 if point == getattr(q.law.support, "upper", None) else 1
    return size(f, Place(q.x, End(point, side), q.known), lambda at: lambda m: compare(m, ONE, at.known) <= 0, q.signed)


def _settled(f: Any, q: Question, point: Expr) -> Any:
    """f with the branch of every Piecewise that holds at the point."""
    place = Place(q.x, End(S.Zero, 1), q.known)
    for piece in sorted(f.atoms(Piecewise), key=str):
        for branch, condition in piece.args:
            here = condition.xreplace({q.x: point})
            if isinstance(q.law.support, Outcomes) and isinstance(here, Eq):
                # Labels that are written differently are different outcomes.
                here = S.false
            if holds_near(here, place):
                f = f.xreplace({piece: branch})
                break
    return f


def _vanishes(kind: str, h: Expr, q: Question, point: Expr) -> bool:
    value = h.xreplace({q.x: point})
    if value.has(S.NaN, S.ComplexInfinity, oo, -oo):
        return True
    return sign(value, q.known) <= 0 if kind == "gamma" else not nonzero(value, q.known)


@lru_cache(maxsize=8192)
def never_negative(f: Expr, x: Symbol) -> frozenset[Expr]:
    """Linear functions of x that are not negative on the support, because f is real: their logarithms or roots are taken."""
    # What a Piecewise takes the logarithm of is known on one branch only.
    whole: Any = f.xreplace(dict.fromkeys(f.atoms(Piecewise), S.Zero))
    return frozenset(h for term in Add.make_args(whole) for h in _arguments(term, x) if linear_slope(h, x) is not None)


@lru_cache(maxsize=8192)
def _arguments(term: Any, x: Symbol) -> tuple[Expr, ...]:
    """What `term` takes logarithms and roots of."""
    roots = (p.base for p in sorted(term.atoms(Pow), key=str) if depends(p.base, x) and not depends(p.exp, x) and p.exp.is_integer is not True)
    return tuple(dict.fromkeys([*(h for kind, h in suspects(term, x) if kind == "log"), *roots]))


def inside(f: Expr, x: Symbol, law: Law, known: Known) -> Iterator[Callable[[Question], int]]:
    support: Any = law.support
    harmless_logs = isinstance(support, Continuum) and not has_nested_log(_log_density(law, x), x)
    inner: dict[Expr, None] = {}
    for kind, h in suspects(f, x):
        if kind == "gamma":
            if linear_slope(h, x) is None and possible_signs(h, known.plus(Facts.of(support.facts(x)))) == POSITIVE:
                continue
            slope = gamma_slope(h, x)
            yield lambda q, h=h, slope=slope: _gamma_inside(q, h, slope)  # type: ignore[misc]
        elif not (kind == "log" and harmless_logs) and h not in never_negative(f, x):
            inner.update(dict.fromkeys(zeros(h, x, support, known)))
    for point in inner:
        if point not in (support.lower, support.upper):
            yield lambda q, point=point: _inner_point(q, point)  # type: ignore[misc]


def _inner_point(q: Question, point: Expr) -> int:
    """f at a point that lies in the support or not, from both sides."""
    support: Any = q.law.support
    for end, side in ((support.lower, 1), (support.upper, -1)):
        if not end.is_infinite and sign(side * (point - end), q.known) <= 0:
            return FINITE
    if isinstance(support, Lattice):
        steps = (point - support._anchor()) / support.step
        if steps.is_integer is False:
            return FINITE
        if not steps.is_integer:
            raise Undecided(f"whether {point} is a point of the support")
        return at_point(q, point)
    sides = {at_end(q, End(point, side)) for side in (1, -1)}
    sides.discard(FINITE)
    return sides.pop() if len(sides) == 1 else INFINITE if sides else FINITE


def _gamma_inside(q: Question, h: Expr, slope: Expr) -> int:
    """The argument of a gamma function must be positive on the support; a pole at its end is seen there."""
    support: Any = q.law.support
    low = support.lower if sign(slope, q.known) > 0 else support.upper
    if low.is_infinite:
        raise Undecided(f"the gamma function of {h} has poles in the support")
    value = h.xreplace({q.x: low})
    if sign(value, q.known) >= 0:
        return FINITE
    if isinstance(support, Lattice) and value.is_integer:
        return INFINITE
    raise Void
