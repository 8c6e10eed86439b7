"""Derivatives in an order that have no closed form, such as ζ'(s) and ∂K_ν(ω)/∂ν: one name for each, however it is written."""

from __future__ import annotations

from functools import lru_cache

from sympy import Derivative, Dummy, Expr, Integer, S, Subs, besselk

from symkl.masters import MASTERS

__all__ = ["formal"]

#: Stands for the variable of differentiation, whatever it was called.
ORDER = Dummy("order", real=True)


def formal(expr: Expr) -> Expr:
    """Each derivative at a point replaced by a symbol of its own; ∂K_ν/∂ν at ν = ±1/2, ±3/2, … by its value."""
    if not expr.has(Derivative):
        return expr
    return expr.xreplace({node: _named(node) for node in expr.atoms(Subs, Derivative)})


def _named(node: Subs | Derivative) -> Expr:
    inner = node.expr if isinstance(node, Subs) else node
    if not isinstance(inner, Derivative) or len(inner.variable_count) != 1 or (isinstance(node, Subs) and node.variables != inner.variables[:1]):
        return node
    variable, count = inner.variable_count[0]
    point = node.point[0] if isinstance(node, Subs) else variable
    function = inner.expr.xreplace({variable: ORDER})
    if isinstance(function, besselk) and function.args[0] == ORDER and count == 1 and point.is_Rational and point.q == 2:
        return _order_derivative(point, function.args[1])
    return _stand_in(function, count, point)


@lru_cache(maxsize=10_000)
def _stand_in(function: Expr, count: Integer, point: Expr) -> Dummy:
    return Dummy()


def _order_derivative(nu: Expr, omega: Expr) -> Expr:
    """∂K is odd in ν, known at 1/2, and the recurrence K_{ν+1} = K_{ν−1} + (2ν/ω) K_ν may be differentiated."""
    if nu < 0:
        return -_order_derivative(-nu, omega)
    if nu == S.Half:
        entry = MASTERS["bessel_k_log_half"]
        return entry.value_at({entry.parameters[0]: omega}) / 2
    below = nu - 1
    return _order_derivative(below - 1, omega) + 2 / omega * (besselk(below, omega) + below * _order_derivative(below, omega))
