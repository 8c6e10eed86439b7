"""One name for each thing that stays as it is: expectations, and derivatives in an order such as ζ'(s) and ∂K_ν(ω)/∂ν.

A Piecewise inside an expectation has conditions on the bound variable; under a name it cannot be mistaken for a case of the parameters.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Derivative, Dummy, Expr, Piecewise, S, Subs, besselk
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.core.heads import Expectation
from symkl.masters import MASTERS

__all__ = ["formal"]

#: Stands for the variable of differentiation, whatever it was called.
ORDER = Dummy("order", real=True)


def formal(expr: Expr) -> dict[Expr, Expr]:
    """A symbol for each of them in the expression; for ∂K_ν/∂ν at ν = ±1/2, ±3/2, … its value."""
    nodes = expr.atoms(Subs, Derivative, Expectation) | {node for node in expr.atoms(ExprWithLimits) if node.has(Piecewise)}
    return {node: _named(node) for node in sorted(nodes, key=lambda each: each.sort_key())}


def _named(node: Expr) -> Expr:
    if isinstance(node, (Expectation, ExprWithLimits)):
        return _stand_in(node, S.Zero, S.Zero)
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
def _stand_in(function: Expr, count: Expr, point: Expr) -> Dummy:
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
