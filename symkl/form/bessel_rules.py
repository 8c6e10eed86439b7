"""Modified Bessel functions: symmetric orders, the recurrence, half-integer orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    Expr,
    besseli,
    besselk,
    cosh,
    exp,
    pi,
    sinh,
    sqrt,
)

from symkl.form.arguments import HALF, MAX_SHIFT, Rule, constant_part, leading_is_negative
from symkl.form.facts import POSITIVE
from symkl.form.fractions import expression, normal
from symkl.form.monomials import UNIT, Form, floor

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["BESSEL_RULES"]


def _besselk(rewriter: Rewriter, expr: Any) -> Form | None:
    """K_(-nu) = K_nu; K_(nu+1) = K_(nu-1) + (2 nu/x) K_nu; K_(1/2)(x) = sqrt(pi/(2x)) exp(-x)."""
    order, x = normal(rewriter.form(expr.args[0])), rewriter.canonical(expr.args[1])
    if leading_is_negative(order):
        order = -order
    start, steps = _bessel_start(order)
    if rewriter.facts.signs(x) != POSITIVE or steps > MAX_SHIFT:
        return Form.generator(besselk(expression(order), x))
    if start.is_constant() and start.constant_term() == HALF:
        low = high = rewriter.form(sqrt(pi / (2 * x)) * exp(-x))
        start, steps = -start, steps + 1
    else:
        low, high = (Form.generator(besselk(expression(start + Form.constant(QQ(j))), x)) for j in (0, 1))
    return _recurred(rewriter, low, high, start, steps, x, 1)


def _besseli(rewriter: Rewriter, expr: Any) -> Form | None:
    """I_(-n) = I_n; I_(nu+1) = I_(nu-1) - (2 nu/x) I_nu; I_(-1/2)(x) = sqrt(2/(pi x)) cosh x, I_(1/2) with sinh x."""
    order, x = normal(rewriter.form(expr.args[0])), rewriter.canonical(expr.args[1])
    if order.is_constant() and order.constant_term().denominator == 1 and order.constant_term() < 0:
        order = -order
    start, steps = _bessel_start(order)
    if rewriter.facts.signs(x) != POSITIVE or abs(steps) > MAX_SHIFT:
        return Form.generator(besseli(expression(order), x))
    if start.is_constant() and start.constant_term() == HALF:
        scale = sqrt(2 / (pi * x))
        low, high = rewriter.form(scale * cosh(x)), rewriter.form(scale * sinh(x))
        start, steps = start - UNIT, steps + 1
    else:
        low, high = (Form.generator(besseli(expression(start + Form.constant(QQ(j))), x)) for j in (0, 1))
    return _recurred(rewriter, low, high, start, steps, x, -1)


def _bessel_start(order: Form) -> tuple[Form, int]:
    steps = floor(constant_part(order))
    return normal(order - Form.constant(QQ(steps))), steps


def _recurred(rewriter: Rewriter, low: Form, high: Form, start: Form, steps: int, x: Expr, sign_: int) -> Form:
    """B_(start+steps) from B_start and B_(start+1) by B_(nu+1) = B_(nu-1) + sign*(2 nu/x)*B_nu."""
    slope = rewriter.form(2 / x).scaled(QQ(sign_))
    for j in range(1, steps):
        low, high = high, low + slope * (start + Form.constant(QQ(j))) * high
    for j in range(-steps):
        low, high = high - slope * (start - Form.constant(QQ(j))) * low, low
    return low if steps <= 0 else high


BESSEL_RULES: dict[object, Rule] = {
    besselk: _besselk,
    besseli: _besseli,
}
