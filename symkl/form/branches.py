"""The branches of a Piecewise that can be reached, under conditions without repetition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from sympy import And, Basic, Eq, Expr, FiniteSet, Ge, Gt, Interval, Le, Lt, Ne, Or, Piecewise, Rational, S, Symbol, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.sets.sets import Set

__all__ = ["conjuncts", "equated", "reached", "simplest", "tidied", "unnested"]

#: What a relation says of its left side minus its right side.
RANGES: dict[Any, Set] = {
    Eq: FiniteSet(0),
    Ge: Interval(0, oo),
    Gt: Interval.open(0, oo),
    Le: Interval(-oo, 0),
    Lt: Interval.open(-oo, 0),
    Ne: S.Reals - FiniteSet(0),
}


def tidied(expr: Expr) -> Expr:
    """A Piecewise without the branches that are never reached, its conditions in their simplest; anything else as it is.

    >>> from sympy.abc import x, y
    >>> tidied(Piecewise((1, Eq(x, y) & (x >= y)), (2, Eq(x, y) & (x > 0)), (3, x >= y), (4, True)))
    Piecewise((1, Eq(x, y)), (3, x >= y), (4, True))
    """
    return Piecewise(*reached(expr.args)) if isinstance(expr, Piecewise) else expr


def unnested(expr: Any) -> Any:
    """Cases that are values of cases as cases of the outer one, in an expression or its parts.

    >>> from sympy.abc import x, y
    >>> unnested(Piecewise((Piecewise((1, x > 0), (2, True)), y > 0), (3, True)))
    Piecewise((1, (x > 0) & (y > 0)), (2, y > 0), (3, True))
    """
    if not isinstance(expr, Basic) or not expr.has(Piecewise):
        return expr
    if not isinstance(expr, Piecewise):
        return expr.func(*(unnested(each) for each in expr.args))
    pairs: Any = expr.args
    parts: list[tuple[Expr, Boolean]] = []
    for value, condition in pairs:
        inner = unnested(value)
        inside: Any = inner.args if isinstance(inner, Piecewise) else ((inner, S.true),)
        parts += [(each, And(case, condition)) for each, case in inside]
    return tidied(Piecewise(*parts)) if len(parts) > len(pairs) else expr


def reached(branches: Iterable[Any]) -> list[tuple[Expr, Boolean]]:
    """The branches in order, less those whose condition contradicts itself or implies an earlier one."""
    kept: list[tuple[Expr, Boolean]] = []
    for value, condition in branches:
        condition = simplest(condition)
        if condition is S.false or any(_given(earlier, conjuncts(condition)) is S.true for _, earlier in kept):
            continue
        kept.append((value, condition))
        if condition is S.true:
            break
    return kept


def conjuncts(condition: Boolean) -> list[Any]:
    """The parts of a conjunction, always in the same order."""
    return sorted(And.make_args(condition), key=lambda part: part.sort_key())


def equated(condition: Boolean) -> dict[Any, Expr]:
    """What the equations symbol = value in the condition say of the symbols, one put into the next.

    >>> from sympy.abc import x, y, z
    >>> equated(Eq(x, y) & Eq(x, -z) & (z > 0))
    {x: -z, y: -z}
    """
    found: dict[Any, Expr] = {}
    for part in conjuncts(condition):
        here = part.xreplace(found)
        if not isinstance(here, Eq):
            continue
        symbol, value = (here.lhs, here.rhs) if isinstance(here.lhs, Symbol) else (here.rhs, here.lhs)
        if isinstance(symbol, Symbol) and not value.has(symbol):
            found = {each: known.xreplace({symbol: value}) for each, known in found.items()} | {symbol: value}
    return found


def simplest(condition: Boolean) -> Boolean:
    """A conjunction without the parts that follow from the others.

    >>> from sympy.abc import x, y
    >>> simplest((x > 1) & (x > 0) & ((x > y) | (x > -2)))
    x > 1
    """
    if not isinstance(condition, And):
        return condition
    parts = sorted(conjuncts(condition), key=lambda part: isinstance(part, Or))
    for part in parts:
        others = [each for each in parts if each is not part]
        rest = _given(part, others)
        if rest is S.false:
            return rest
        if rest != part:
            return simplest(And(*others, rest))
    return condition


def _given(condition: Boolean, known: Sequence[Boolean]) -> Boolean:
    """What is left of the condition where `known` holds."""
    if condition in known:
        return S.true
    if isinstance(condition, (And, Or)):
        parts = [_given(part, known) for part in sorted(condition.args, key=lambda part: part.sort_key())]
        return condition.func(*parts) if parts != list(condition.args) else condition
    if not isinstance(condition, Relational) or (place := _place(condition)) is None:
        return condition
    quantity, wanted = place
    ranges = [each[1] for part in known if isinstance(part, Relational) and (each := _place(part)) is not None and each[0] == quantity]
    if not ranges:
        return condition
    possible = reduce(lambda a, b: a & b, ranges)
    if possible.is_subset(wanted):
        return S.true
    return S.false if (possible & wanted) is S.EmptySet else condition


def _place(relation: Relational) -> tuple[Expr, Set] | None:
    """The relation as a range of a quantity without a rational constant or factor; what is compared is real."""
    if relation.func not in RANGES or relation.lhs.is_infinite or relation.rhs.is_infinite:
        return None
    constant, rest = (relation.lhs - relation.rhs).expand().as_coeff_Add()
    factor, quantity = rest.primitive()
    if quantity.could_extract_minus_sign():
        factor, quantity = -factor, -quantity
    if not (isinstance(constant, Rational) and isinstance(factor, Rational)) or not quantity.free_symbols:
        return None
    return quantity, _scaled(RANGES[relation.func], -constant / factor, bool(factor.is_positive))


def _scaled(where: Set, to: Rational, upward: bool) -> Set:
    """The range moved to begin at another number, and turned round if the factor is negative."""
    place: Any = where
    if isinstance(place, FiniteSet):
        return FiniteSet(to)
    if not isinstance(place, Interval):
        return S.Reals - FiniteSet(to)
    above = (place.end is S.Infinity) is upward
    is_open = place.left_open if place.end is oo else place.right_open
    return Interval(to, oo, left_open=is_open) if above else Interval(-oo, to, right_open=is_open)
