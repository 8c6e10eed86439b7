"""Symbols for the large and small numbers among the parameters.

D(Gamma(30000, 1) ‖ Q) is D(Gamma(α, 1) ‖ Q) at α = 30000. The derivation works with the symbol α, so that nothing on its way is a sum of
30000 terms or a whole number of 100000 digits, and the number is put in at the end by `symkl.form.kept`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from sympy import Dummy, Expr, Gt, Lt, Pow, Rational, Symbol, log, oo
from sympy.core.function import Function
from sympy.logic.boolalg import Boolean

from symkl.core.domains import Domain
from symkl.core.family import Family
from symkl.core.supports import Continuum
from symkl.form.kept import LARGEST_WRITTEN

__all__ = ["number_facts", "number_names"]

#: Numbers with a larger numerator or denominator are named wherever they stand.
LARGEST_ORDINARY = 10**9


def number_names(members: list[Family]) -> dict[Expr, Symbol]:
    """{30000: α, …}: symbols for the large and small numbers in shapes, exponents and counts, and for extreme ones anywhere but in the support."""
    names: dict[Expr, Symbol] = {}
    taken = {str(symbol) for each in members for symbol in each.free_symbols}
    for member in members:
        cls: Any = type(member)
        for index, (parameter, value) in enumerate(zip(cls.parameters, member.args)):
            if value in names or not isinstance(value, Rational) or not (_is_extreme(value) or _is_far(value)):
                continue
            if not (_is_free(cls, index) and (_is_extreme(value) or _is_shape(cls, index))):
                continue
            name, number = parameter.name, 0
            while name in taken:
                number += 1
                name = f"{parameter.name}_{number}"
            taken.add(name)
            sign = "positive" if value.is_positive else "negative"
            names[value] = Symbol(name, **{sign: True, **({"integer": True} if value.is_integer else {})})
    return names


def number_facts(names: dict[Expr, Symbol]) -> tuple[Boolean, ...]:
    """What the numbers say of their symbols: how they compare with each other and with the bound."""
    ordered = sorted(names, key=lambda value: Rational(value))
    facts: list[Boolean] = [Gt(names[b], names[a]) for a, b in pairwise(ordered)]
    small = Rational(1, LARGEST_WRITTEN)
    for value in ordered:
        name, positive = names[value], value > 0
        if abs(value) > LARGEST_WRITTEN:
            facts.append(Gt(name, LARGEST_WRITTEN) if positive else Lt(name, -LARGEST_WRITTEN))
        elif abs(value) < small:
            facts.append(Lt(name, small) if positive else Gt(name, -small))
    return tuple(facts)


def _is_far(value: Rational) -> bool:
    return bool(value > LARGEST_WRITTEN or 0 < value < Rational(1, LARGEST_WRITTEN))


def _is_extreme(value: Rational) -> bool:
    """Whether it has so many digits that a polynomial with it, or its factors, cost time."""
    return value != 0 and max(abs(value.p), value.q) > LARGEST_ORDINARY


@lru_cache(maxsize=512)
def _is_free(family: Any, index: int) -> bool:
    """Whether the parameter is no end of a range, and no condition joins it with others, or keeps it from more than zero."""
    domain: Domain = family.parameters[index].domain
    if domain.upper not in (oo, 1) or domain.nonzero or domain.extended or domain.lower.is_finite and domain.lower not in (0, 1):
        return False
    symbols = [Dummy(each.name, **dict(each.domain.assumptions)) for each in family.parameters]
    member = family(*symbols)
    ends = member.support.free_symbols if isinstance(member.support, Continuum) else set()
    return symbols[index] not in ends.union(*(condition.free_symbols for condition in member.constraints()))


@lru_cache(maxsize=512)
def _is_shape(family: Any, index: int) -> bool:
    """Whether ∂ log p/∂θ has a logarithm or a special function: θ is an exponent, a shape or a count, and no place or scale."""
    parameter = family.parameters[index]
    domain: Domain = parameter.domain
    if domain.lower not in (0, 1) or domain.upper.is_finite:
        return False
    theta = Dummy(parameter.name, positive=True)
    values: list[Any] = [Dummy(each.name, **dict(each.domain.assumptions)) for each in family.parameters]
    values[index] = domain.symbol("theta")
    member = family(*values)
    x = Dummy("x", positive=True)
    score = member.log_density(x).xreplace({values[index]: theta}).diff(theta)
    shaped = [each for each in score.atoms(log, Function, Pow) if not isinstance(each, Pow) or each.exp.has(theta)]
    return any(isinstance(each, Pow) or each.has(x) or each.has(theta) for each in shaped if not _is_elementary(each, theta))


def _is_elementary(node: Any, theta: Symbol) -> bool:
    """Exponentials, circular and hyperbolic functions are what scales and places stand in."""
    return node.func.__name__ in ("exp", "Abs", "sign", "cos", "sin", "tanh", "cosh", "sinh", "erf", "erfc", "besseli", "besselk", "Piecewise")
