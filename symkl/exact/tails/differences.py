"""Expansions where two laws nearly agree: of e^s − 1 and e^s − 1 − s, as small as the exponent, and of powers with a number ξ between 0 and 1 in them."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, Pow, S

from symkl.errors import Undecided
from symkl.exact.surplus import UNIT_INTERVAL, Excess, Narrower, Surplus
from symkl.exact.tails.monomials import ONE, Terms, compare
from symkl.exact.tails.numbers import Q, acb

if TYPE_CHECKING:
    from symkl.exact.tails.functions import Expander

__all__ = ["DIFFERENCES", "base_and_exponent", "power_between"]


def base_and_exponent(expr: Any) -> tuple[Any, Any]:
    """Of an exponential or a power."""
    return expr.args if isinstance(expr, Pow) else (S.Exp1, expr.args[0])


def power_between(e: Expander, expr: Any) -> Terms:
    """b^u = θ (b^u₀ + b^u₁), 0 ≤ θ ≤ 1, with u at ξ = 0 and at ξ = 1, where u log b is monotone in ξ."""
    (base, exponent), xi = base_and_exponent(expr), sp.Dummy()
    if base.has(UNIT_INTERVAL) and exponent.has(UNIT_INTERVAL):
        raise Undecided("base and exponent both hold an unknown number")
    if base.has(UNIT_INTERVAL):
        return e.power(base, exponent)
    slope = exponent.xreplace({UNIT_INTERVAL: xi}).diff(xi).xreplace({xi: UNIT_INTERVAL})
    # Raises where the sign is not known.
    e.ray.eventual_sign(e(slope))
    ends = (e(expr.xreplace({UNIT_INTERVAL: end})) for end in (S.Zero, S.One))
    return e.ray.scale(e.ray.add(*ends), e.ball(0, 1))


def _narrower(e: Expander, plain: Expr, near: Expr) -> Terms:
    """The expansion that has the size of the function, where there is one."""
    try:
        return e(near)
    except Undecided:
        return e(plain)


def _excess(e: Expander, argument: Expr) -> Terms:
    """e^s − 1 by Taylor's formula where s → 0, else s θ, 0 ≤ θ ≤ max(1, e^s), for real s."""
    ray, whole = e.ray, e(argument)
    if whole and compare(ray.leading(whole), ONE) < 0 and abs(size := ray.range_of(whole)) < 1:
        coefficients: list[Any] = [Q(0), *(Q(1, factorial(j)) for j in range(1, ray.order))]
        return ray.compose(whole, coefficients, acb(Q(1, factorial(ray.order))) * (size * ray.flint.arb(0).union(1)).exp())
    s = ray.collapsed(whole)
    return ray.multiply(ray.scale(s, e.ball(0, 1)), _largest_exponential(e, argument, s))


def _surplus(e: Expander, argument: Expr) -> Terms:
    """0 ≤ e^s − 1 − s ≤ s²/2 · max(1, e^s) for real s."""
    s = e.ray.collapsed(e(argument))
    return e.ray.multiply(e.ray.scale(e.ray.multiply(s, s), e.ball(0, 0.5)), _largest_exponential(e, argument, s))


def _largest_exponential(e: Expander, argument: Any, s: Terms) -> Terms:
    """At least max(1, e^s), and at most their sum."""
    ray, one = e.ray, e.ray.constant(Q(1))
    if all(acb(c).real <= 0 for c in s.values()):
        return one
    # With its own terms, exact ones, the exponential may cancel against a density.
    whole = e(argument.args[0] if isinstance(argument, Narrower) else argument)
    return ray.add(one, ray.exponential(whole)) if e.diverges(s) else {ONE: ray.flint.acb(ray.range_of(s).real.exp().union(1))}


DIFFERENCES: dict[type, Callable[..., Terms | None]] = {Narrower: _narrower, Excess: _excess, Surplus: _surplus}
