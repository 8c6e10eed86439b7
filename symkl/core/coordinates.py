"""Measures of product laws: the log-density of a product is a sum, so D_KL and the entropies add up over the coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from sympy import Add, And, Expr, Piecewise, S
from sympy.logic.boolalg import Boolean

from symkl.core.composite import Product
from symkl.core.heads import Head
from symkl.errors import DomainError, NoClosedForm

__all__ = ["by_coordinates", "summed_by_cases"]


def by_coordinates(head: Head) -> tuple[Head, ...] | None:
    """The same measure of each coordinate, whose sum the measure is; None where no law is a product.

    >>> from symkl import KL, Normal, Product
    >>> by_coordinates(KL(Product(Normal(0, 1), Normal(1, 1)), Product(Normal(0, 2), Normal(0, 1))))
    (D_KL(Normal(0, 1) ‖ Normal(0, 2)), D_KL(Normal(1, 1) ‖ Normal(0, 1)))
    """
    if not any(isinstance(law, Product) for law in head.laws):
        return None
    coordinates = [law.args if isinstance(law, Product) else (law,) for law in head.laws]
    counts = [len(each) for each in coordinates]
    if len(set(counts)) > 1:
        if named := next((law.names for law in head.laws if hasattr(law, "names")), None):
            factors = ", ".join(f"{name}=..." for name in named)
            raise DomainError(f"{head}: a law of named coordinates is not compared with a Product; the product law with names is Joint.independent({factors})")
        raise DomainError(f"{head}: the laws have {' and '.join(map(str, counts))} coordinates, so they are not on one space")
    if not head.adds_up:
        raise NoClosedForm(f"{head}: {type(head).__name__} does not add up over independent coordinates")
    rest = head.args[len(head.laws) :]
    return tuple(head.func(*laws, *rest) for laws in zip(*coordinates))


def summed_by_cases(values: Sequence[Expr]) -> Expr:
    """The sum of extended real values, each of which may be by cases; infinite in a case where a summand is.

    >>> from sympy import oo, symbols
    >>> a, b = symbols("a b", positive=True)
    >>> summed_by_cases([Piecewise((1/a, a > 1), (oo, True)), b])
    Piecewise((b + 1/a, a > 1), (oo, True))
    """
    parts: list[Any] = [value.args if isinstance(value, Piecewise) else ((value, S.true),) for value in values]
    branches: list[tuple[Expr, Boolean]] = [
        (_total([value for value, _ in choice]), And(*(condition for _, condition in choice))) for choice in product(*parts)
    ]
    if len(branches) == 1:
        return branches[0][0]
    # The first case that holds counts, so equal values at the end need no condition of their own.
    while len(branches) > 1 and branches[-2][0] == branches[-1][0]:
        del branches[-2]
    return Piecewise(*branches)


def _total(values: list[Expr]) -> Expr:
    infinite = {value for value in values if value in (S.Infinity, S.NegativeInfinity)}
    if infinite:
        return infinite.pop() if len(infinite) == 1 else S.NaN
    return Add(*values)
