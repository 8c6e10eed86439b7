"""TV(P, Q) = ½ Σ_I |P(I) − Q(I)| over cells I on which p − q keeps its sign; JSD where p/q is constant on each cell.

The cells lie between the ends of the supports, the kinks of the densities and the zeros of log p − log q. A zero too many does no
harm, one too few would: where not all of them are known there is no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Piecewise,
    Poly,
    PolynomialError,
    S,
    Symbol,
    atan,
    cancel,
    erf,
    erfc,
    exp,
    expand,
    expand_log,
    floor,
    log,
    sqrt,
    together,
)

from symkl.core.density import Density
from symkl.core.laws import Law, bound_variable
from symkl.core.reserved import fresh_name
from symkl.core.supports import Continuum, Lattice
from symkl.derive.masses import density_mass
from symkl.expect.pieces import cuts_of, order_of
from symkl.expect.reduce import resolve_branches
from symkl.expect.rules.finite_sum import mass
from symkl.expect.shapes import with_facts
from symkl.expect.terms import exp_of_sum
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero

__all__ = ["shannon_by_cells", "variation_by_cells"]

#: Points of a lattice that are summed one by one.
MOST_POINTS = 40
DEGREE = 2
#: Odd functions with the sign of their argument.
ODD = (erf, atan)
#: A cell, and the log-density on it of each law, None where it has none.
Cell = tuple[Continuum, tuple[Expr | None, ...]]


class _Unknown(Exception):
    """A place, an order or a mass that is not known; of an order, the difference without a sign."""

    def __init__(self, gap: Expr | None = None) -> None:
        self.gap = gap


def variation_by_cells(P: Law, Q: Law, facts: Facts) -> Expr | None:
    """½ Σ_I |P(I) − Q(I)|, or None.

    >>> from symkl.families import Normal
    >>> variation_by_cells(Normal(0, 1), Normal(1, 1), Facts())
    erf(sqrt(2)/4)
    """
    try:
        return _variation(P, Q, facts)
    except _Unknown as unknown:
        return _in_either_order(P, Q, unknown.gap, facts)


def _variation(P: Any, Q: Any, facts: Facts) -> Expr:
    x = bound_variable(P, Q)
    if isinstance(P.support, Lattice):
        differences = _on_lattice(P, Q, x, facts)
    else:
        cells = [each for cell in _cells((P, Q), x, facts) for each in _signed(cell, x, facts)]
        differences = [Add(*(sign * _mass(log_density, x, here, facts) for sign, log_density in zip((1, -1), both))) for here, both in cells]
    return textbook(Add(*(_absolute(each, facts) for each in differences)) / 2, facts)


def _in_either_order(P: Any, Q: Any, gap: Expr | None, facts: Facts) -> Expr | None:
    """Where a − b has no known sign: with a = b + δ and with b = a + δ, in |a − b| if it is the same; where a = b the value is asked for, too."""
    pair: list[Any] = sorted(gap.free_symbols, key=str) if gap is not None else []
    if gap is None or len(pair) != 2 or (pair[0] - pair[1]) not in (gap, -gap):
        return None
    a, b = pair
    delta = Symbol(fresh_name("delta", {str(s) for s in P.free_symbols | Q.free_symbols}), positive=True)
    try:
        above, below = (_variation(P.xreplace({x: y + delta}), Q.xreplace({x: y + delta}), facts) for x, y in ((a, b), (b, a)))
        level = _variation(P.xreplace({b: a}), Q.xreplace({b: a}), facts)
    except _Unknown:
        return None
    start: Any = below.xreplace({delta: S.Zero})
    if start.is_finite is False or is_zero(start - level, facts) is not True:
        return None
    if above == below:
        return above.xreplace({delta: Abs(a - b)})
    return Piecewise((above.xreplace({delta: a - b}), a > b), (below.xreplace({delta: b - a}), True))


def shannon_by_cells(laws: Sequence[Law], weights: Sequence[Expr], facts: Facts) -> Expr | None:
    """Σ_I Σ_i w_i P_i(I) log(p_i/Σ_j w_j p_j) where the ratios are constant on each cell, or None.

    >>> from symkl.families import Uniform
    >>> shannon_by_cells((Uniform(0, 1), Uniform(2, 3)), (S.Half, S.Half), Facts())
    log(2)
    """
    x = bound_variable(*laws)
    try:
        return textbook(Add(*(_shannon(cell, weights, x, facts) for cell in _cells(laws, x, facts))), facts)
    except _Unknown:
        return None


def _shannon(cell: Cell, weights: Sequence[Expr], x: Symbol, facts: Facts) -> Expr:
    here, densities = cell
    present = [(w, each) for w, each in zip(weights, densities) if each is not None]
    ratios = [(w, expand(each - present[0][1])) for w, each in present]
    if len(present) > 1 and any(ratio.has(x) for _, ratio in ratios):
        raise _Unknown
    middle = log(Add(*(w * exp(ratio) for w, ratio in ratios)))
    return Add(*(w * _mass(each, x, here, facts) * (ratio - middle) for (w, each), (_, ratio) in zip(present, ratios)))


def _cells(laws: Sequence[Law], x: Symbol, facts: Facts) -> Iterator[Cell]:
    supports: Any = [law.support for law in laws]
    if not all(isinstance(each, Continuum) for each in supports):
        raise _Unknown
    # A kink that is not found leaves its Abs or Piecewise where the cell has to be without.
    kinks = [place for law in laws for place, _ in cuts_of(law.log_density(x), x)]
    ends = _in_order([*(end for each in supports for end in each.args), *kinks], facts)
    for lower, upper in pairwise(ends):
        here = Continuum(lower, upper)
        densities = tuple(_on(law, x, here, facts) for law in laws)
        if any(each is not None for each in densities):
            yield here, densities


def _on(law: Any, x: Symbol, here: Continuum, facts: Facts) -> Expr | None:
    support = law.support
    if _order(support.lower, here.lower, facts) > 0 or _order(here.upper, support.upper, facts) > 0:
        return None
    found = resolve_branches(law.log_density(x), with_facts(facts, here.facts(x)))
    if found.has(Abs, Piecewise):
        raise _Unknown
    return found


def _signed(cell: Cell, x: Symbol, facts: Facts) -> Iterator[Cell]:
    """The cell cut at the zeros of log p − log q."""
    here, (first, second) = cell
    if first is None or second is None:
        yield cell
        return
    ends = _in_order([*here.args, *_inside(_zeros(first - second, x, facts), here.args, facts)], facts)
    for lower, upper in pairwise(ends):
        yield Continuum(lower, upper), (first, second)


def _inside(places: Iterable[Expr], ends: Sequence[Expr], facts: Facts) -> list[Expr]:
    return [c for c in places if _order(ends[0], c, facts) < 0 and _order(c, ends[1], facts) < 0]


def _zeros(ratio: Expr, x: Symbol, facts: Facts) -> list[Expr]:
    """Every x at which the log-ratio may vanish: a polynomial in x or in log x, or the logarithm of a rational function."""
    y = Symbol("y", real=True)
    ratio = expand(expand_log(ratio, force=True))
    if not ratio.has(x):
        return []
    if (found := _roots(ratio, x, facts)) is not None:
        return found
    by_logarithm = ratio.xreplace({log(x): y})
    if not by_logarithm.has(x) and (found := _roots(by_logarithm, y, facts)) is not None:
        return [exp(each) for each in found]
    power: Any = cancel(together(exp_of_sum(ratio)))
    if power.is_rational_function(x):
        above, below = power.as_numer_denom()
        if (found := _roots(expand(above - below), x, facts)) is not None:
            return found
    raise _Unknown


def _roots(expr: Expr, x: Symbol, facts: Facts) -> list[Expr] | None:
    """The real roots of a polynomial of degree one or two, those of other kinds None."""
    try:
        coefficients = Poly(expr, x).all_coeffs()
    except PolynomialError:
        return None
    if len(coefficients) - 1 > DEGREE or any(each.has(x) for each in coefficients):
        return None
    if len(coefficients) < DEGREE + 1:
        if len(coefficients) == 1:
            return []
        # Where the slope is zero there is no change of sign, and any cut will do; but the place must be one.
        place = cancel(-coefficients[1] / coefficients[0])
        return [expand(place)] if _apart(place.as_numer_denom()[1], facts) else None
    a, b, c = coefficients
    square = expand(b**2 - 4 * a * c)
    if not _apart(a, facts):
        return None
    if facts.is_negative(square):
        return []
    return [expand((-b + sign * sqrt(square)) / (2 * a)) for sign in (1, -1)] if facts.is_nonnegative(square) else None


def _apart(value: Expr, facts: Facts) -> bool:
    return bool(value.is_nonzero or facts.is_positive(value) or facts.is_negative(value))


def _mass(log_density: Expr | None, x: Symbol, here: Continuum, facts: Facts) -> Expr:
    if log_density is None:
        return S.Zero
    found = density_mass(Density.from_log(log_density, x, here), facts)
    if found is None or found.has(Piecewise):
        raise _Unknown
    return found


def _on_lattice(P: Law, Q: Law, x: Symbol, facts: Facts) -> list[Expr]:
    """The differences of the masses on the cells of a common lattice; of what is infinite by complement."""
    support: Any = P.support
    if support != Q.support or support.step != 1 or not support.lower.is_Integer or P.free_symbols | Q.free_symbols:
        raise _Unknown
    ratio = P.log_density(x) - Q.log_density(x)
    inside = _inside(_zeros(ratio, x, facts), support.args[:2], facts)
    ends = [support.lower - 1, *(floor(each) for each in _in_order(inside, facts))]
    if ends[-1] - ends[0] > MOST_POINTS or not all(each.is_Integer for each in ends):
        raise _Unknown
    found = [Add(*(mass(P, S(k)) - mass(Q, S(k)) for k in range(int(a) + 1, int(b) + 1))) for a, b in pairwise(ends)]
    return [*found, -Add(*found)]


def _absolute(difference: Expr, facts: Facts) -> Expr:
    """|d|, with erfc by erf; an odd function takes the absolute value inside."""
    difference = expand(difference.replace(erfc, lambda u: 1 - erf(u)))
    if facts.is_nonnegative(difference):
        return difference
    odd: list[Any] = [each for each in Mul.make_args(difference) if isinstance(each, ODD)]
    if len(odd) == 1 and (difference / odd[0]).is_number:
        return abs(difference / odd[0]) * odd[0].func(abs(odd[0].args[0]))
    return -difference if facts.is_negative(difference) else abs(difference)


def _in_order(places: Iterable[Expr], facts: Facts) -> list[Expr]:
    """The places in their order, each once."""
    found: list[Expr] = []

    def compared(a: Expr, b: Expr) -> int:
        return _order(a, b, facts)

    for each in sorted(places, key=cmp_to_key(compared)):
        if not found or _order(found[-1], each, facts):
            found.append(each)
    return found


def _order(a: Expr, b: Expr, facts: Facts) -> int:
    """−1, 0 or 1 as a is below, at or above b."""
    found = order_of(a, b, facts)
    if found is None:
        raise _Unknown(expand(b - a))
    return found
