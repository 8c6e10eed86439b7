"""Members, points and total masses for tests over the whole catalogue."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import mpmath
from sympy import Expr, Integer, Rational, Symbol, lambdify, oo

from symkl.core.family import Family
from symkl.core.supports import Continuum, Lattice
from symkl.families.sampling import draw

X = Symbol("x")
DIGITS = 20


def sample(family: type[Family], seed: int) -> Family:
    """A member that depends on the family's name and the seed alone."""
    return draw(family, random.Random(f"{family.__name__} {seed}"))


def points(member: Family, count: int = 4) -> list[Any]:
    """Exact points inside the support."""
    support = member.support
    if not isinstance(support, Continuum):
        inside = support.points() if support.points() is not None else _lattice_points(support)
        return list(inside)[:count]
    lower, upper = support.lower, support.upper
    if lower == -oo and upper == oo:
        lower, upper = Rational(-3), Rational(3)
    elif upper == oo:
        upper = lower + 4
    elif lower == -oo:
        lower = upper - 4
    return [lower + (upper - lower) * Rational(2 * i + 1, 2 * count + 3) for i in range(count)]


def _lattice_points(support: Lattice) -> list[Integer]:
    start = -2 if support.lower == -oo else int(support.lower)
    return [Integer(start + i) for i in range(6)]


def density(member: Family) -> Callable[[Any], Any]:
    """x ↦ p(x) by mpmath."""
    logarithm = lambdify(X, member.log_density(X), "mpmath")

    def p(x: Any) -> Any:
        value = mpmath.re(logarithm(x))
        # exp of −e^{e^{…}} would ask for as many bits as its argument has.
        return mpmath.exp(value) if value > -10_000 else mpmath.mpf(0)

    return p


def total_mass(member: Family) -> Any:
    """∫ p or Σ p over the support, numerically."""
    with mpmath.workdps(DIGITS):
        support = member.support
        if isinstance(support, Continuum):
            return _integral(density(member), support.lower, support.upper, _kinks(member))
        known = support.points()
        if known is not None:
            return mpmath.fsum(mpmath.exp(_number(member.log_density(point))) for point in known)
        return _series(density(member), support)


def _number(expr: Expr) -> Any:
    return mpmath.mpmathify(expr.evalf(DIGITS))


def _kinks(member: Family) -> list[Any]:
    """Where |x − c| or a Piecewise breaks: every real parameter may be such a point."""
    return [value for parameter, value in zip(member.parameters, member.args) if parameter.domain.text == "real"]


def _integral(p: Callable[[Any], Any], lower: Expr, upper: Expr, kinks: list[Any]) -> Any:
    breaks = sorted({point for point in kinks if lower < point < upper})
    if lower == -oo and upper == oo and not breaks:
        breaks = [Integer(0)]
    ends = [lower, *breaks, upper]
    return mpmath.fsum(_piece(p, a, b) for a, b in pairwise(ends))


def _piece(p: Callable[[Any], Any], a: Expr, b: Expr) -> Any:
    """∫_a^b p; a half line by x = a + e^t, which tames heavy tails and singular ends."""
    steps = [-90, -30, -8, -3, -1, 0, 1, 2, 3, 5, 8, 16, 40, 90]
    if b == oo:
        start = _number(a)
        return mpmath.quad(lambda t: p(start + mpmath.exp(t)) * mpmath.exp(t), steps)
    if a == -oo:
        end = _number(b)
        return mpmath.quad(lambda t: p(end - mpmath.exp(t)) * mpmath.exp(t), steps)
    # Twice the digits, for 1 − x near a singular end point.
    with mpmath.workdps(2 * DIGITS):
        start, end = _number(a), _number(b)
        return mpmath.quad(p, mpmath.linspace(start, end, 5))


def _series(p: Callable[[Any], Any], support: Lattice) -> Any:
    if support.lower == -oo:
        return p(0) + _outward(p, 1) + _outward(p, -1)
    start = int(support.lower)
    cut = start + 60
    head = mpmath.fsum(p(k) for k in range(start, cut))
    # Euler–Maclaurin for the tail: ∫ + p(cut)/2 − p'(cut)/12.
    # log-gammas of large numbers cancel, so the tail needs more digits.
    with mpmath.workdps(3 * DIGITS):
        tail = _piece(p, Integer(cut), oo) + p(cut) / 2 - mpmath.diff(p, cut) / 12
    return head + tail


def _outward(p: Callable[[Any], Any], sign: int) -> Any:
    """Σ p(±k) over k ≥ 1, as far as the terms count, for masses that fall geometrically or faster."""
    total, k = mpmath.mpf(0), 1
    while k < 10 or p(sign * k) > mpmath.mpf(10) ** -DIGITS:
        total += p(sign * k)
        k += 1
    return total
