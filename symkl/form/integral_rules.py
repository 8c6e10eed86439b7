"""Error functions, incomplete gammas and exponential integrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    Ei,
    Expr,
    erf,
    erfc,
    exp,
    expint,
    gamma,
    lowergamma,
    pi,
    sqrt,
    uppergamma,
)

from symkl.form.arguments import HALF, MAX_SHIFT, Rule, constant_part, signed_generator
from symkl.form.facts import NEGATIVE, POSITIVE
from symkl.form.fractions import expression, normal
from symkl.form.monomials import UNIT, Form, floor

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["INTEGRAL_RULES"]


def _erf(rewriter: Rewriter, expr: Any) -> Form | None:
    """erf(-x) = -erf(x)."""
    return signed_generator(erf(rewriter.canonical(expr.args[0])), rewriter.form)


def _erfc(rewriter: Rewriter, expr: Any) -> Form | None:
    """erfc(x) = 1 - erf(x)."""
    return UNIT - rewriter.form(erf(expr.args[0]))


def _lowergamma(rewriter: Rewriter, expr: Any) -> Form | None:
    """gamma(s, x) = Gamma(s) - Gamma(s, x)."""
    s, x = expr.args
    return rewriter.form(gamma(s)) - uppergamma_form(rewriter, rewriter.form(s), x)


def _uppergamma(rewriter: Rewriter, expr: Any) -> Form | None:
    return uppergamma_form(rewriter, rewriter.form(expr.args[0]), expr.args[1])


def _expint(rewriter: Rewriter, expr: Any) -> Form | None:
    """E_nu(x) = x**(nu-1)*Gamma(1-nu, x) for x > 0."""
    order, x = expr.args
    argument = normal(rewriter.form(x))
    if rewriter.signs(argument) != POSITIVE:
        return None
    return rewriter.form(x ** (order - 1)) * uppergamma_form(rewriter, rewriter.form(1 - order), x)


def uppergamma_form(rewriter: Rewriter, order: Form, x: Expr) -> Form:
    """Gamma(s+1, x) = s*Gamma(s, x) + x**s*exp(-x); Gamma(0, x) = E_1(x), Gamma(1/2, x) = sqrt(pi)*erfc(sqrt(x))."""
    order, point = normal(order), rewriter.canonical(x)
    steps = floor(constant_part(order))
    start = normal(order - Form.constant(QQ(steps)))
    positive = rewriter.facts.signs(point) == POSITIVE
    if abs(steps) > MAX_SHIFT or not positive:
        return Form.generator(uppergamma(expression(order), point, evaluate=False))
    if start.is_constant() and start.constant_term() == HALF:
        result = rewriter.form(sqrt(pi) * erfc(sqrt(point)))
    elif not len(start) and steps > 0:
        # From Gamma(1, x) = exp(-x), so that no exponential integral appears.
        result, start, steps = rewriter.form(exp(-point)), UNIT, steps - 1
    else:
        result = Form.generator(expint(1, point) if not len(start) else uppergamma(expression(start), point))
    decay = rewriter.form(exp(-point))
    for j in range(steps):
        s = start + Form.constant(QQ(j))
        result = s * result + rewriter.form(point ** expression(s)) * decay
    for j in range(1, -steps + 1):
        s = start - Form.constant(QQ(j))
        result = (result - rewriter.form(point ** expression(s)) * decay) * rewriter.product_power(s, -1)
    return result


def _ei(rewriter: Rewriter, expr: Any) -> Form | None:
    """Ei(-x) = -E_1(x) for x > 0."""
    argument = normal(rewriter.form(expr.args[0]))
    if rewriter.signs(argument) != NEGATIVE:
        return None
    return -rewriter.form(expint(1, expression(-argument)))


INTEGRAL_RULES: dict[object, Rule] = {
    erf: _erf,
    erfc: _erfc,
    uppergamma: _uppergamma,
    lowergamma: _lowergamma,
    expint: _expint,
    Ei: _ei,
}
