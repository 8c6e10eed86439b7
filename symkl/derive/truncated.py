"""`Truncated`: a law conditioned on an interval, its mass found by the expectation engine."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Interval, Max, Min, S, Symbol, Tuple, factor_terms, oo

from symkl.core.convert import as_law
from symkl.core.density import Density
from symkl.core.family import exact_value
from symkl.core.laws import Law, bound_variable
from symkl.core.logarithms import log_of_product
from symkl.core.supports import Continuum, Lattice, Support
from symkl.derive.masses import density_mass
from symkl.derive.settle import symbol_names
from symkl.errors import DomainError, NoClosedForm
from symkl.expect.rules.finite_sum import mass

__all__ = ["Truncated"]

#: A lattice law loses at most so many single points by a complement.
MOST_POINTS = 64


def Truncated(law: Any, lower: Any = -oo, upper: Any = oo) -> Density:
    """p(x) / P(lower ≤ X ≤ upper) on lower ≤ x ≤ upper: the law of X given that it lies there.

    The bounds are numbers or symbols, or one pair (lower, upper), inclusive for a law on a lattice. A bound whose side of the support's end is not decided by its
    assumptions, or an empty intersection, is a `DomainError`; a mass that no rule finds is a `NoClosedForm`.

    >>> from symkl import Exponential, HalfNormal, Normal, Truncated, kl
    >>> kl(HalfNormal(1), Truncated(Normal(0, 1), 0))
    0
    """
    if isinstance(law, type) and issubclass(law, Law):
        raise TypeError(f"Truncated: write the parameters of {law.__name__}, as in Truncated({law.__name__}(...), 0, 1)")
    law = as_law(law)
    low, high = _bounds(lower, upper)
    # Plain symbols are what the law's parameters must be, and bounds are real; in the answer they are plain again.
    bounds = low.free_symbols | high.free_symbols
    names: dict[Expr, Symbol] = {each: Symbol(each.name, real=True) for each in bounds if isinstance(each, Symbol) and each.is_extended_real is None}
    names |= symbol_names((law,))
    given: Any = law
    found: Any = _truncated(given.xreplace(names), low.xreplace(names), high.xreplace(names))
    result: Density = found.xreplace({new: old for old, new in names.items()})
    return result


def _truncated(law: Law, low: Expr, high: Expr) -> Density:
    support = law.support
    if not isinstance(support, (Continuum, Lattice)):
        raise DomainError(f"Truncated: {law} lives on {support.shown}; condition it on an event instead")
    kept = _between(law, support, low, high)
    x = kept.variable(bound_variable(law).name)
    part = Density.from_log(law.log_density(x), x, kept)
    total = density_mass(part)
    if total is None and isinstance(support, Lattice):
        total = _complement(law, support, kept)
    if total is None:
        raise NoClosedForm(f"Truncated: no rule finds the mass of {law} on {kept.shown}")
    # A density has no domains to pass on, and what it is a part of need not have mass one.
    whole = None if law.atoms(Density) else law
    return Density.from_log(law.log_density(x) - log_of_product(factor_terms(total)), x, kept, whole)


def _bounds(lower: Any, upper: Any) -> tuple[Expr, Expr]:
    """Two exact end points, or those of a pair or an interval."""
    if isinstance(lower, Interval) and upper is oo:
        lower, upper = lower.start, lower.end
    elif isinstance(lower, (tuple, list, Tuple)) and upper is oo:
        if len(lower) != 2:
            raise DomainError(f"Truncated: the bounds are lower and upper, or one pair of them, not {lower}")
        lower, upper = lower
    low, high = exact_value(lower, Density, "a bound of Truncated"), exact_value(upper, Density, "a bound of Truncated")
    for bound in (low, high):
        if bound.is_extended_real is False or bound is S.NaN:
            raise DomainError(f"Truncated: the bound {bound} is not real")
    if (high - low).is_extended_negative:
        raise DomainError(f"Truncated: the bounds are reversed, {low} > {high}; write ({high}, {low})")
    return low, high


def _between(law: Law, support: Continuum | Lattice, low: Expr, high: Expr) -> Continuum | Lattice:
    lower, upper = Max(support.lower, low), Min(support.upper, high)
    if lower.has(Max) or upper.has(Min):
        raise DomainError(f"Truncated: on which side of the ends of the support {support.shown} of {law} do {low} and {high} lie? Declare it by assumptions")
    if isinstance(support, Continuum):
        if (upper - lower).is_nonpositive:
            raise DomainError(f"Truncated: ({low}, {high}) and the support {support.shown} of {law} have no interval in common")
        return Continuum(lower, upper)
    kept = Lattice(lower, upper, support.step)
    if (upper - lower).is_negative or kept.within(support) is S.false:
        raise DomainError(f"Truncated: the bounds {low} and {high} must be points of the support {support.shown} of {law}, the first below the second")
    return kept


def _complement(law: Law, support: Lattice, kept: Support) -> Expr | None:
    """One minus the masses of the points left out below, where nothing is left out above."""
    if kept.args[1] != support.upper or support.lower is -oo:
        return None
    left_out = Lattice(support.lower, kept.args[0] - support.step, support.step).points(MOST_POINTS)
    return None if left_out is None else 1 - Add(*(mass(law, point) for point in left_out))
