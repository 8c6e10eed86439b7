"""Derivatives in an order, such as ζ′(s) or ∂K_ν/∂ν, that still evaluate after a number is put in for the order.

SymPy leaves `Derivative(zeta(s), s).subs(s, 3).evalf()` as it is. A result's derivatives are of these sub-classes, which
print alike and evaluate by mpmath.
"""

from __future__ import annotations

from typing import Any

import mpmath
from sympy import Basic, Derivative, Expr, Float, Subs, lambdify

__all__ = ["evaluable", "plain"]


class EvaluableDerivative(Derivative):
    """A derivative that becomes an `EvaluableSubs` when its variable gets a value."""

    def _eval_subs(self, old: Basic, new: Basic) -> Basic:
        if old in self.variables and isinstance(new, Expr) and new.is_number:
            return _subs(Derivative(*self.args), old, new)
        return evaluable(Derivative(*self.args)._subs(old, new))

    def _eval_derivative(self, v: Any) -> Any:
        return evaluable(Derivative(*self.args).diff(v))


class EvaluableSubs(Subs):
    """A derivative at a number."""

    def _eval_evalf(self, prec: int) -> Expr | None:
        if self.free_symbols:
            return None
        (variable,), (point,) = self.variables, self.point
        inner = self.expr
        order = sum(count for _, count in inner.variable_count)
        f = lambdify(variable, inner.expr, "mpmath")
        with mpmath.workprec(2 * prec + 20):
            value = mpmath.diff(f, mpmath.mpf(point.p) / point.q if point.is_Rational else mpmath.mpf(str(point.evalf(prec))), int(order))
            return Float(value.real if isinstance(value, mpmath.mpc) else value, precision=prec)

    def evalf(self, n: Any = 15, **options: Any) -> Any:  # type: ignore[override]
        from mpmath.libmp.libmpf import dps_to_prec

        value = self._eval_evalf(dps_to_prec(n))
        return self if value is None else value

    n = evalf  # type: ignore[assignment]


#: SymPy's constructors carry no types.
_subs: Any = EvaluableSubs
_derivative: Any = EvaluableDerivative


def evaluable(expr: Any) -> Any:
    """The expression with derivatives that evaluate."""
    table: dict[Basic, Basic] = {}
    for each in expr.atoms(Subs):
        inner = each.expr
        if type(each) is Subs and isinstance(inner, Derivative) and len(each.variables) == 1:
            (variable,), (point,) = each.variables, each.point
            table[each] = _subs(Derivative(*inner.args), variable, point)
    expr = expr.xreplace(table)
    inside = {each for subs in expr.atoms(Subs) for each in subs.atoms(Derivative)}
    return expr.xreplace({each: _derivative(*each.args) for each in expr.atoms(Derivative) - inside if type(each) is Derivative})


def plain(expr: Any) -> Any:
    """The expression with SymPy's own derivatives."""
    expr = expr.xreplace({each: Subs(Derivative(*each.expr.args), each.variables, each.point) for each in expr.atoms(EvaluableSubs)})
    return expr.xreplace({each: Derivative(*each.args) for each in expr.atoms(EvaluableDerivative)})
