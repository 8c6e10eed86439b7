"""₂F₁(1, b; b+1; z): the shift of b by integers, its derivative, and its logarithm at b = 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import QQ, Expr, S, hyper, log

from symkl.form.arguments import MAX_SHIFT, Rule, constant_part
from symkl.form.fractions import expression, normal
from symkl.form.monomials import UNIT, Form, floor

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["HYPER_RULES"]


def _hyper(rewriter: Rewriter, expr: Any) -> Form | None:
    """F(2, b+1; b+2; z) = ((b+1)/z)(1/(1−z) − F(1, b; b+1; z)), from z F' = b(1/(1−z) − F)."""
    upper, lower, z = expr.args
    if len(upper) != 2 or len(lower) != 1:
        return None
    for first, second in (tuple(upper), tuple(reversed(upper))):
        if first == 1 and _same(rewriter, lower[0], second + 1):
            return logarithmic_form(rewriter, rewriter.form(second), z)
        if first == 2 and _same(rewriter, lower[0], second + 1):
            b = second - 1
            inverse = rewriter.form(1 / (1 - z))
            return rewriter.form(second / z) * (inverse - logarithmic_form(rewriter, rewriter.form(b), z))
    return None


def _same(rewriter: Rewriter, a: Expr, b: Expr) -> bool:
    return not len(normal(rewriter.form(a - b)))


def logarithmic_form(rewriter: Rewriter, order: Form, z: Expr) -> Form:
    """F_b = 1 + (b/(b+1)) z F_{b+1} brings b's constant into (0, 1]; F_1 = −log(1−z)/z."""
    order, point = normal(order), rewriter.canonical(z)
    shift = floor(constant_part(order))
    # With a constant in (0, 1] the order 1 stays 1.
    start = normal(order - Form.constant(QQ(shift)))
    if not len(start):
        start, shift = UNIT, shift - 1
    if shift < 0 or shift > MAX_SHIFT:
        return Form.generator(_plain(expression(order), point))
    if start == UNIT:
        result = rewriter.form(-log(1 - point) / point)
    else:
        result = Form.generator(_plain(expression(start), point))
    inverse = rewriter.form(S.One / point)
    for j in range(shift):
        b = start + Form.constant(QQ(j))
        result = (result - UNIT) * (b + UNIT) * rewriter.product_power(b, -1) * inverse
    return result


def _plain(b: Expr, z: Expr) -> Expr:
    return hyper((S.One, b), (b + 1,), z)


HYPER_RULES: dict[object, Rule] = {hyper: _hyper}
