"""Heads of laws on finitely many outcomes, evaluated exactly: the one way from a head to the sums of `symkl.exact.finite`."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, Rational, S, Symbol, Tuple, log, oo
from sympy.core.symbol import Str

from symkl.core.composite import AbstractLaw, Product
from symkl.core.divergences import JensenShannon, MutualInformation
from symkl.core.heads import Head
from symkl.core.laws import Law
from symkl.core.supports import Lattice, Outcomes
from symkl.errors import DomainError
from symkl.exact import finite
from symkl.exact.logsum import LogSum

__all__ = ["canonical", "exact_value", "is_finite_law"]

#: Outcomes of a law on a lattice that are added one by one, at most.
MOST_POINTS = 512
HUGE = 10_000


def is_finite_law(law: Law, most: int = MOST_POINTS) -> bool:
    """Whether the outcomes are finitely many and known: a list of them, or at most `most` points of a lattice."""
    if law.atoms(Product, AbstractLaw):
        return False
    support = law.support
    if isinstance(support, Outcomes):
        return True
    # Masses at huge parameters are factorials that nobody wants written out.
    small = all(max(abs(number.p), number.q) < HUGE for number in law.atoms(Rational))
    return isinstance(support, Lattice) and not law.free_symbols and small and support.points(most) is not None


def exact_value(head: Any, most: int = MOST_POINTS) -> Expr | None:
    """The value of a head of finite laws: a `LogSum` or a SymPy expression; None where a law is not finite, in the sense of `is_finite_law`.

    >>> from sympy import Rational
    >>> from symkl import KL, Finite
    >>> exact_value(KL(Finite([Rational(7, 10), Rational(3, 10)]), Finite([Rational(1, 2), Rational(1, 2)])))
    7*log(7)/10 + 3*log(3)/10 - log(5)
    """
    if not isinstance(head, Head) or not all(is_finite_law(law, most) for law in head.laws):
        return None
    if isinstance(head, JensenShannon):
        nats = finite.jensen_shannon(*head.laws, weights=head.weights)
    elif isinstance(head, MutualInformation):
        nats = _mutual_information(head)
    elif type(head).__name__ in finite.MEASURES:
        nats = finite.MEASURES[type(head).__name__](*head.laws, *head.extras)
    else:
        return None
    return nats if head.base is S.Exp1 or nats is oo else nats / log(head.base)


def canonical(value: Expr) -> Expr | None:
    """A rational combination of logarithms as a `LogSum`, which is canonical and ordered; rationals and ±oo as they are; else None."""
    return value if value.is_Rational or value.is_infinite or isinstance(value, LogSum) else LogSum.from_sympy(value)


def _mutual_information(head: MutualInformation) -> Expr:
    law: Any = head.laws[0]
    width = {len(each.args) if isinstance(each, Tuple) else 0 for each in law.support.points()}
    if len(width) != 1 or 0 in width:
        raise DomainError(f"{head}: the outcomes of {law} are no tuples of one length; mutual information is that of a joint law")
    names = tuple(getattr(law, "names", ()))
    sides = [tuple(_position(each, names, *width) for each in side) for side in head.extras]
    first, second, given = sides
    if given:
        return finite.conditional_mutual_information(law, first, second, given)
    return finite.mutual_information(law, first, second)


def _position(coordinate: Basic, names: tuple[str, ...], width: int) -> int:
    if isinstance(coordinate, (Str, Symbol)):
        return names.index(str(coordinate))
    place: Any = coordinate
    if not 0 <= int(place) < width:
        raise DomainError(f"there is no coordinate {place}: the outcomes have {width}, counted from 0")
    return int(place)
