"""The size of a sum against a weight: the leading term decides, unless every term is small enough by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sympy import Abs, Add, Expr, Mul, Piecewise, Pow, log

from symkl.errors import Undecided
from symkl.expect.growth import LOG, ONE, Growth, Scale, compare, dominant
from symkl.expect.growth_expand import Place, expand
from symkl.expect.growth_points import depends, is_entire
from symkl.expect.growth_signs import Imprecise, Known, Split, Void, nonzero, sign

__all__ = ["FINITE", "INFINITE", "MINUS", "PLUS", "bounds", "size"]

#: How many terms past the leading one an expansion keeps, at first and when that was not enough.
ORDERS = (1, 3, 6)
FINITE, PLUS, MINUS, INFINITE = 0, 1, -1, 2

#: Whether a scale is small enough.
Test: TypeAlias = Callable[[Scale], bool]


def size(f: Expr, at: Place, fine: Callable[[Place], Test], signed: bool) -> int:
    """FINITE if every term of f that does not cancel is fine; else the sign of the leading term (or INFINITE, unless `signed`)."""
    if not signed and _surely_fine(f, at, fine):
        return FINITE
    for order in ORDERS:
        place = Place(at.x, at.end, at.known, order)
        try:
            return _size_of(expand(f, place), place, fine(place), signed)
        except Imprecise:
            continue
    raise Undecided(f"the growth of {f} near {at.end}: its leading terms cancel", ("growth scale",))


def _surely_fine(f: Expr, at: Place, fine: Callable[[Place], Test]) -> bool:
    """Whether each term of f is fine by itself, so that no cancellation or order of terms matters."""
    for order in ORDERS:
        place = Place(at.x, at.end, at.known, order)
        try:
            test = fine(place)
            return all(test(m) for m in bounds(f, place))
        except Imprecise:
            continue
        except (Split, Void, Undecided):
            return False
    return False


def _size_of(growth: Growth, at: Place, fine: Test, signed: bool) -> int:
    terms = dict(growth.terms)
    while True:
        largest = _largest(terms, fine, at.known)
        if largest is None:
            break
        if fine(largest):
            # What is smaller is fine as well.
            break
        if not nonzero(terms[largest], at.known):
            del terms[largest]
            continue
        if any(_outweighs(error, largest, fine, at.known) for error in growth.errors):
            raise Imprecise
        return sign(terms[largest], at.known) if signed else INFINITE
    if all(fine(error) for error in growth.errors):
        return FINITE
    raise Imprecise


def _outweighs(error: Scale, largest: Scale, fine: Test, known: Known) -> bool:
    """Whether an error may hide a term that is not fine: it must not be fine itself, nor be smaller."""
    try:
        return compare(error, largest, known) >= 0
    except Split:
        return not fine(error)


def _largest(terms: dict[Scale, Expr], fine: Test, known: Known) -> Scale | None:
    """The largest scale; where the order is open, the largest of those that are not fine, or any if all are."""
    try:
        return dominant(terms, known, lambda coefficient, known: True)
    except Split:
        heavy = {m: c for m, c in terms.items() if not fine(m)}
        return dominant(heavy, known, lambda coefficient, known: True) if heavy else next(iter(terms))


def bounds(expr: Any, at: Place) -> tuple[Scale, ...]:
    """Scales with |expr| = O(their sum), found with as few questions about signs as possible."""
    if not depends(expr, at.x) or (not at.end.is_infinite and is_entire(expr, at.x)):
        return (ONE,)
    if isinstance(expr, Add):
        return tuple(dict.fromkeys(m for term in expr.args for m in bounds(term, at)))
    if isinstance(expr, Mul):
        scales: tuple[Scale, ...] = (ONE,)
        for factor in expr.args:
            if depends(factor, at.x):
                scales = tuple(dict.fromkeys(a * b for a in scales for b in bounds(factor, at)))
        return scales
    if isinstance(expr, Pow) and expr.args[1].is_Integer and expr.args[1].is_positive:
        return tuple(m ** expr.args[1] for m in bounds(expr.args[0], at))
    if isinstance(expr, Abs):
        return bounds(expr.args[0], at)
    if isinstance(expr, Piecewise):
        branches: Any = expr.args
        return tuple(dict.fromkeys(m for branch, _ in branches for m in bounds(branch, at)))
    if isinstance(expr, log) and not at.end.is_infinite and is_entire(expr.args[0], at.x) and not expr.args[0].has(Abs):
        # An analytic function vanishes to finite order.
        return (LOG,)
    if isinstance(expr, log) and isinstance(expr.args[0], Add):
        return _bounds_of_log(expr, at)
    return expand(expr, at).scales()


def _bounds_of_log(expr: Any, at: Place) -> tuple[Scale, ...]:
    """|log Σ h_i| ≤ max |log h_i| + log n for positive h_i, whichever of them is the greatest."""
    try:
        return expand(expr, at).scales()
    except Split:
        logs = [log(term) for term in expr.args[0].args]
        return tuple(dict.fromkeys([ONE, *(m for each in logs for m in expand(each, at).scales())]))
