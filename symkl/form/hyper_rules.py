"""₂F₁(1, b; b+1; z) and ₁F₁(b; b+1; z): the shift of b by integers, the derivative, and the value at b = 1; the derivative of ₂F₂(1, 1; 2, 2; z)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import QQ, EulerGamma, Expr, S, digamma, exp, hyper, log

from symkl.form.arguments import MAX_SHIFT, Rule, constant_part
from symkl.form.fractions import expression, normal
from symkl.form.monomials import UNIT, Form, floor

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["HYPER_RULES"]


def _hyper(rewriter: Rewriter, expr: Any) -> Form | None:
    """F(2, b+1; b+2; z) = ((b+1)/z)(1/(1−z) − F(1, b; b+1; z)), from z F' = b(1/(1−z) − F)."""
    upper, lower, z = expr.args
    if len(upper) == len(lower) == 1 and _same(rewriter, lower[0], upper[0] + 1):
        return exponential_form(rewriter, rewriter.form(upper[0]), z)
    if tuple(upper) == (2, 2) and tuple(lower) == (3, 3):
        # (z F)′ = (e^z − 1)/z for F = ₂F₂(1, 1; 2, 2; z), whose derivative is ₂F₂(2, 2; 3, 3; z)/4.
        return rewriter.form(4 * ((exp(z) - 1) / z - hyper((1, 1), (2, 2), z)) / z)
    if len(upper) == 3 and len(lower) == 2:
        return _dilogarithmic(rewriter, list(upper), list(lower), z)
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


def _dilogarithmic(rewriter: Rewriter, upper: list[Expr], lower: list[Expr], z: Expr) -> Form | None:
    """₃F₂(1, 1, b; 2, b+1; z) = (b F_1 − F_b)/(b−1), and ₃F₂(2, 2, b+1; 3, b+2; z), which is in its derivative: partial fractions in k.

    At z = 1 the first is b(ψ(b) + γ)/(b − 1).
    """
    for first, last in ((S.One, S(2)), (S(2), S(3))):
        if upper.count(first) < 2 or last not in lower:
            continue
        upper.remove(first)
        upper.remove(first)
        lower.remove(last)
        b = upper[0] - first + 1
        gap = rewriter.form(b - 1)
        if not _same(rewriter, lower[0], upper[0] + 1) or not len(normal(gap)):
            return None
        if z == 1 and first == 1:
            return rewriter.form(b * (digamma(b) + EulerGamma) / (b - 1))
        outer = rewriter.product_power(gap, -1)
        logarithm, other = (logarithmic_form(rewriter, rewriter.form(c), z) for c in (first, b + first - 1))
        if first == 1:
            # Σ z^k b/((k+1)(k+b))
            return (rewriter.form(b) * logarithm - other) * outer
        # Σ z^k 2(b+1)(k+1)/((k+2)(k+b+1)), with F_2/2 = Σ z^k/(k+2)
        return (rewriter.form(2 * b) * other - rewriter.form(b + 1) * logarithm) * outer
    return None


def _same(rewriter: Rewriter, a: Expr, b: Expr) -> bool:
    return not len(normal(rewriter.form(a - b)))


def logarithmic_form(rewriter: Rewriter, order: Form, z: Expr) -> Form:
    """F_b = 1 + (b/(b+1)) z F_{b+1} brings b's constant into (0, 1]; F_1 = −log(1−z)/z."""
    order, point = normal(order), rewriter.canonical(z)
    start, shift = _start(order)
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


def _start(order: Form) -> tuple[Form, int]:
    """(s, n) with order = s + n and the constant of s in (0, 1], where the order 1 stays 1."""
    shift = floor(constant_part(order))
    start = normal(order - Form.constant(QQ(shift)))
    return (start, shift) if len(start) else (UNIT, shift - 1)


def exponential_form(rewriter: Rewriter, order: Form, z: Expr) -> Form:
    """F_{b+1} = (b+1)(e^z − F_b)/z brings the constant of b in ₁F₁(b; b+1; z) into (0, 1]; F_1 = (e^z − 1)/z."""
    order, point = normal(order), rewriter.canonical(z)
    start, shift = _start(order)
    if shift < 0 or shift > MAX_SHIFT:
        return Form.generator(_confluent(expression(order), point))
    result = rewriter.form((exp(point) - 1) / point) if start == UNIT else Form.generator(_confluent(expression(start), point))
    whole, inverse = rewriter.form(exp(point)), rewriter.form(S.One / point)
    for j in range(shift):
        result = (whole - result) * (start + Form.constant(QQ(j)) + UNIT) * inverse
    return result


def _confluent(b: Expr, z: Expr) -> Expr:
    return hyper((b,), (b + 1,), z)


def _plain(b: Expr, z: Expr) -> Expr:
    return hyper((S.One, b), (b + 1,), z)


HYPER_RULES: dict[object, Rule] = {hyper: _hyper}
