"""Whether a density at numbers is one: nowhere negative at sample points, and of mass one by rigorous quadrature or summation."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from sympy import Expr, Integer, Rational, S, exp, nan, oo, zoo

from symkl.core.density import Density
from symkl.core.supports import Continuum, Lattice
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.arithmetic import flint_module
from symkl.exact.arms import Diverges
from symkl.exact.ball import Ball
from symkl.exact.enclosures import enclosure_of, sign_of
from symkl.exact.fallback import estimated
from symkl.exact.integrals import Integral1D
from symkl.exact.sums import Sum1D

__all__ = ["check_density", "mass_at_numbers"]

BITS = 64
SHOWN = 15
# How far from 1 an estimated mass may be.
SLACK = Fraction(1, 10**6)


@lru_cache(maxsize=512)
def check_density(law: Density, has_mass: bool = False) -> None:
    """Raises `DomainError` where the numeric density is negative at a sample point, or where its mass is proved not to be one.

    With `has_mass` the mass is known already. What neither is proved nor refuted is let pass.
    """
    log_density = law.log_density(law.variable)
    if log_density.has(zoo, nan, oo) or not _depends(law):
        raise DomainError(f"{law} is no density in {law.variable}: it is constant on a support of infinite measure, or zero")
    for point in _samples(law.support):
        _require_positive(law, point)
    if has_mass:
        return
    mass = _mass(law)
    if mass is None:
        return
    if not mass.is_finite:
        raise DomainError(f"{law} is no density: its mass is infinite")
    if not mass.contains(1) and (mass.is_rigorous or abs(mass.upper - 1) > SLACK):
        excess = (mass.upper + mass.lower) / 2 - 1
        shown = str(mass) if abs(excess) > SLACK else f"1 {'+' if excess > 0 else '-'} {float(abs(excess)):.3g}"
        raise DomainError(f"{law} is no density: its mass is {shown}, not 1; divide it by that")


def _depends(law: Density) -> bool:
    support: Any = law.support
    bounded = not isinstance(support, (Continuum, Lattice)) or (support.lower.is_finite and support.upper.is_finite)
    return bool(bounded or law.variable in law.log_density(law.variable).free_symbols)


def mass_at_numbers(law: Density) -> Ball | None:
    """∫ p or Σ p of a density at numbers; None where it is not known, or the density is negative or not real somewhere."""
    try:
        for point in _samples(law.support):
            _require_positive(law, point)
        return _mass(law)
    except DomainError:
        return None


def _mass(law: Density) -> Ball | None:
    from symkl.core.heads import Expectation
    from symkl.exact.oracle import relative_enclosure

    support: Any = law.support
    x = law.variable
    if not isinstance(support, (Continuum, Lattice)):
        return None
    try:
        if flint_module() is None:
            return estimated(Expectation(S.One, x, law), SHOWN)
        # On a bounded interval the density itself, whose logarithm may be singular where it vanishes.
        inside = isinstance(support, Continuum) and support.lower.is_finite and support.upper.is_finite
        height, factor = (S.Zero, exp(law.log_density(x))) if inside else (law.log_density(x), S.One)
        problem: Any = (
            Integral1D(x, height, factor, support.lower, support.upper)
            if isinstance(support, Continuum)
            else Sum1D(x, height, factor, support.lower, support.upper, support.step)
        )
        return Ball.from_arb(relative_enclosure(problem, BITS).real, SHOWN)
    except Diverges as infinite:
        return Ball.infinite(infinite.sign)
    except (NoClosedForm, Undecided):
        return None


def _require_positive(law: Density, point: Expr) -> None:
    try:
        value = law.density(point)
        if value.has(zoo, nan, oo):
            return
        if flint_module() is None:
            negative = value.is_extended_real is False or value.is_negative
        else:
            ball = enclosure_of(value)(BITS)
            negative = ball.is_finite() and (ball.real < 0 or not ball.imag.contains(0))
    except (NoClosedForm, Undecided, DomainError):
        return
    if negative:
        raise DomainError(f"{law} is no density: at {law.variable} = {point} it is {'negative' if value.is_extended_real else 'not a real number'}")


def _samples(support: Any) -> list[Expr]:
    """Points of the support, from coarse to fine."""
    if isinstance(support, Lattice):
        points = support.points(16)
        start = support.lower if support.lower.is_finite else support.upper if support.upper.is_finite else S.Zero
        side = 1 if support.lower.is_finite or not support.upper.is_finite else -1
        return list(points) if points is not None else [start + side * support.step * j for j in (0, 1, 2, 3, 5, 8, 13, 30)]
    if not isinstance(support, Continuum):
        return []
    if support.lower.is_finite and support.upper.is_finite:
        if sign_of(support.upper - support.lower) <= 0:
            raise DomainError(f"the interval ({support.lower}, {support.upper}) is empty")
        return [support.lower + (support.upper - support.lower) * Rational(i, 17) for i in range(1, 17)]
    steps = [Rational(1, 50), Rational(1, 3), Rational(4, 5), Rational(7, 5), Rational(12, 5), Integer(4), Integer(7), Integer(13)]
    if support.lower.is_finite or support.upper.is_finite:
        return [support.lower + step for step in steps] if support.lower.is_finite else [support.upper - step for step in steps]
    return [S.Zero, *steps, *(-step for step in steps)]
