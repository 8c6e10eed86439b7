"""Heads for laws that nearly agree, as SymPy functions and as balls: what cancels to second order is never formed."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import AtomicExpr

from symkl.exact.arithmetic import flint_module
from symkl.exact.stable import Value, acb, arb, disc, is_real

__all__ = ["UNIT_INTERVAL", "Excess", "Narrower", "Surplus", "narrower", "surplus", "unit_interval"]

# Beyond this modulus e^z − 1 − z loses no digits.
LARGE = 0.5


class Surplus(sp.Function):
    """e^z − 1 − z, which vanishes twice at 0."""


class Excess(sp.Function):
    """e^z − 1, which vanishes at 0."""


class Narrower(sp.Function):
    """Two expressions for one function: of their enclosures the narrower is taken."""

    def _eval_derivative(self, s: Any) -> Any:
        given: Any = self.args
        one, other = (each.diff(s) for each in given)
        # What is in the remainder of Taylor's formula depends on the point.
        return one if self.has(_UnitInterval) else Narrower(one, other)


class _UnitInterval(AtomicExpr):
    """Some number ξ with 0 ≤ ξ ≤ 1, as in the remainder of Taylor's formula."""

    is_real = True
    is_nonnegative = True
    is_commutative = True


UNIT_INTERVAL = _UnitInterval()


def unit_interval(bits: int) -> Value:
    return acb()(arb()(0).union(arb()(1)))


def surplus(analytic: bool, z: Value) -> Value:
    """Σ_{k ≥ 2} z^k/k!, what is left out after K terms below |z|^(K+1)/(K+1)! · e^|z|."""
    size = z.abs_upper()
    if not size < LARGE:
        return z.expm1() - z
    precision = flint_module().ctx.prec  # type: ignore[union-attr]
    total, term, bound, k = acb()(0), z / 2, size / 2, 2
    while True:
        total += term
        k += 1
        term, bound = term * z / k, bound * size / k
        if k > precision or bound < arb()(2) ** -precision:
            break
    return z * (total + disc(bound * size.exp(), is_real(z)))


def narrower(analytic: bool, first: Value, second: Value) -> Value:
    if not first.is_finite():
        return second
    if not second.is_finite():
        return first
    return first if _width(first) <= _width(second) else second


def _width(z: Value) -> Any:
    return z.real.rad() + z.imag.rad()
