"""Derivatives in an order, such as ζ′(s) or ∂K_ν/∂ν, and finite sums, that still evaluate after numbers are put in.

SymPy leaves `Derivative(zeta(s), s).subs(s, 3).evalf()` as it is, and is wrong for finite sums of some hundred terms, which it takes for
smooth. A result's derivatives and sums are of these sub-classes, which print alike and evaluate by mpmath.
"""

from __future__ import annotations

from typing import Any

import mpmath
from sympy import Basic, Derivative, Expr, Float, Piecewise, Subs, Sum, lambdify

from symkl.form.kept import put_in

__all__ = ["evaluable", "plain"]

#: A sum of more terms is left to SymPy.
MOST_TERMS = 10**6


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


class EvaluableSum(Sum):
    """A sum over a finite range that is evaluated term by term."""

    def _eval_evalf(self, prec: int) -> Expr | None:
        limits: Any = self.limits
        ((k, low, high),) = limits
        if self.free_symbols or not (low.is_Integer and high.is_Integer) or high - low >= MOST_TERMS or self.function.has(Piecewise):
            return super()._eval_evalf(prec)
        f = lambdify(k, self.function, "mpmath")
        with mpmath.workprec(prec + 40):
            return Float(mpmath.fsum(f(mpmath.mpf(n)) for n in range(int(low), int(high) + 1)), precision=prec)


#: SymPy's constructors carry no types.
_subs: Any = EvaluableSubs
_derivative: Any = EvaluableDerivative
_sum: Any = EvaluableSum


def evaluable(expr: Any) -> Any:
    """The expression with derivatives that evaluate."""
    table: dict[Basic, Basic] = {}
    for each in expr.atoms(Subs):
        inner = each.expr
        if type(each) is Subs and isinstance(inner, Derivative) and len(each.variables) == 1:
            (variable,), (point,) = each.variables, each.point
            table[each] = _subs(Derivative(*inner.args), variable, point)
    table |= {each: _sum(evaluable(each.function), *each.limits) for each in expr.atoms(Sum) if _is_finite_sum(each)}
    expr = put_in(expr, table)
    inside = {each for subs in expr.atoms(Subs) for each in subs.atoms(Derivative)}
    return put_in(expr, {each: _derivative(*each.args) for each in expr.atoms(Derivative) - inside if type(each) is Derivative})


def _is_finite_sum(each: Any) -> bool:
    return type(each) is Sum and len(each.limits) == 1 and each.limits[0][1].is_finite is True and each.limits[0][2].is_finite is True


def plain(expr: Any) -> Any:
    """The expression with SymPy's own derivatives and sums."""
    expr = put_in(expr, {each: Sum(plain(each.function), *each.limits) for each in expr.atoms(EvaluableSum)})
    expr = put_in(expr, {each: Subs(Derivative(*each.expr.args), each.variables, each.point) for each in expr.atoms(EvaluableSubs)})
    return put_in(expr, {each: Derivative(*each.args) for each in expr.atoms(EvaluableDerivative)})
