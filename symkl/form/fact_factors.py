"""What a fact about a product says of its factors: k − kp > 0 with k > 0 says 1 − p > 0."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, S
from sympy.polys.polyerrors import PolynomialError

from symkl.form.factors import factored
from symkl.form.facts import Facts

__all__ = ["with_factors"]


def with_factors(facts: Facts) -> Facts:
    """The facts, and for each that is a product with all factors but one known to be positive, that one."""
    return facts | Facts(tuple(_last_factors(facts.positive, facts)), tuple(_last_factors(facts.nonnegative, facts)))


def _last_factors(known: tuple[Expr, ...], facts: Facts) -> Iterator[Expr]:
    for fact in known:
        if not fact.is_Add:
            continue
        try:
            constant, factors = factored(fact)
        except PolynomialError:
            continue
        rest, sign = [], S.One if constant > 0 else S.NegativeOne
        for base, exponent in factors:
            if exponent % 2 == 0 or facts.is_positive(base):
                continue
            if facts.is_negative(base):
                sign = -sign
            else:
                rest.append(base)
        if len(factors) > 1 and len(rest) == 1:
            yield (sign * rest[0]).expand()
