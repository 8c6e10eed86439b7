"""Curves in the parameters along which a law with a special function in its density is an exponential family.

For Rice(ν, σ) the argument of I_0(xν/σ²) stays as it is along ν = ησ²; there log p depends on σ through −x²/(2σ²) alone, and the
normalisation gives E[X²]. In the same way Skellam with μ₁μ₂ = η gives E[X], SkewNormal with α/ω = η gives E[(X − ξ)²], and
ExGaussian with μ + λσ² = η all moments.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sympy import Expr, S, Symbol, besseli, besselk, erf, erfc

from symkl.core.domains import Domain
from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = ["Place", "places"]

SPECIAL = (besseli, besselk, erf, erfc)


class Place(NamedTuple):
    """A member with parameter θ, which is the law at θ = value and the other `names` at theirs."""

    member: Law
    theta: Symbol
    names: tuple[tuple[Symbol, Expr], ...]


@lru_cache(maxsize=4096)
def places(law: Law, x: Symbol) -> tuple[Place, ...]:
    """Members along curves φ = ηθ^k or φ = η + cθ that keep the arguments of the special functions."""
    return tuple(_places(law, x))


def _places(law: Law, x: Symbol) -> Iterator[Place]:
    if not isinstance(law, Family) or len(type(law).parameters) != len(law.args):
        return
    family: Any = type(law)
    open_real = [i for i, p in enumerate(family.parameters) if not (p.domain.integer or p.domain.closed or p.domain.upper.is_finite)]
    symbols = [parameter.domain.symbol(parameter.name + "_") for parameter in family.parameters]
    arguments = [node.args[-1] for node in sorted(family(*symbols).log_density(x).atoms(*SPECIAL), key=lambda e: e.sort_key())]
    for i in open_real if arguments else ():
        for j in open_real:
            theta, phi = symbols[i], symbols[j]
            if i == j or not all(each.has(theta) and each.has(phi) for each in arguments):
                continue
            found = _curve(arguments, theta, phi, family.parameters[j].domain)
            if found is not None:
                place = _along(law, i, j, theta, phi, symbols, found)
                if place is not None:
                    yield place


def _curve(arguments: list[Expr], theta: Symbol, phi: Symbol, domain: Domain) -> tuple[Symbol, Expr, Expr] | None:
    """(η, φ(θ, η), η(θ, φ)): the solution of φ′ = −A_θ/A_φ where that is kφ/θ or free of both."""
    slopes = {(-each.diff(theta) / each.diff(phi)).cancel() for each in arguments}
    if len(slopes) != 1:
        return None
    (slope,) = slopes
    k = (slope * theta / phi).cancel()
    eta = domain.symbol("eta")
    if k.is_Rational:
        return eta, eta * theta**k, phi / theta**k
    if not slope.has(theta, phi) and domain.lower is S.NegativeInfinity:
        return eta, eta + slope * theta, phi - slope * theta
    return None


def _along(law: Any, i: int, j: int, theta: Symbol, phi: Symbol, symbols: list[Any], found: tuple[Symbol, Expr, Expr]) -> Place | None:
    eta, forward, backward = found
    others = {symbol: value for at, (symbol, value) in enumerate(zip(symbols, law.args)) if at not in (i, j)}
    values: list[Any] = [others.get(symbol, symbol) for symbol in symbols]
    values[j] = forward.xreplace(others)
    taken = {symbol for each in law.args for symbol in each.free_symbols}
    if {theta, eta} & taken:
        return None
    try:
        member = type(law)(*values)
    except DomainError:
        return None
    if {theta, eta} & member.support.free_symbols:
        return None
    own = {theta: law.args[i], phi: law.args[j], **others}
    return Place(member, theta, ((theta, law.args[i]), (eta, backward.xreplace(own))))
