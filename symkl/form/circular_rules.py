"""Circular functions, absolute values and signs; reflection to gamma functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    Abs,
    Expr,
    Pow,
    S,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    exp,
    gamma,
    pi,
    polygamma,
    sec,
    sech,
    sign,
    sin,
    sinh,
    tan,
    tanh,
)

from symkl.form.arguments import Rule, defined_by, signed_generator
from symkl.form.facts import NEGATIVE, OTHER, POSITIVE, ZERO
from symkl.form.fractions import expression, generator_expression, normal
from symkl.form.monomials import UNIT, Form, Modulus, Monomial, Rational

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["CIRCULAR_RULES", "REFLECTIONS"]


def _circular(rewriter: Rewriter, expr: Any) -> Form | None:
    """sin and cos by the addition theorem over the terms of their argument."""
    sine, cosine = _sin_cos(rewriter, normal(rewriter.form(expr.args[0])))
    return sine if isinstance(expr, sin) else cosine


def _sin_cos(rewriter: Rewriter, argument: Form) -> tuple[Form, Form]:
    sine, cosine = Form({}), UNIT
    for monomial, coefficient in argument:
        s, c = _multiple_angle(rewriter, monomial, coefficient)
        sine, cosine = sine * c + cosine * s, cosine * c - sine * s
    return sine, cosine


def _multiple_angle(rewriter: Rewriter, monomial: Monomial, coefficient: Rational) -> tuple[Form, Form]:
    whole = abs(int(coefficient.numerator)) if abs(coefficient.numerator) <= 12 else 1
    angle = expression(Form({monomial: abs(coefficient) / whole}))
    one_sine, one_cosine = (signed_generator(value, rewriter.form) for value in (sin(angle), cos(angle)))
    sine, cosine = Form({}), UNIT
    for _ in range(whole):
        sine, cosine = normal(sine * one_cosine + cosine * one_sine), normal(cosine * one_cosine - sine * one_sine)
    return (-sine if coefficient < 0 else sine), cosine


def _abs(rewriter: Rewriter, expr: Any) -> Form | None:
    """|x| = x or -x where the sign is known, |xy| = |x||y|, |x|**2 = x**2 for real x."""
    argument = rewriter.form(expr.args[0])
    if not len(argument):
        return argument
    whole = rewriter.facts.signs(expr.args[0])
    if not whole & (NEGATIVE | OTHER) or not whole & (POSITIVE | OTHER):
        return -argument if whole & NEGATIVE else argument
    coefficient, monomial = rewriter.factored(argument)
    result = Form.constant(abs(coefficient))
    for generator, exponent in monomial:
        signs = rewriter.generator_signs(generator)
        if signs == POSITIVE or signs == POSITIVE | ZERO:
            result = result * Form.generator(generator, exponent)
        elif exponent.denominator != 1 or signs & OTHER:
            return None
        elif signs & POSITIVE == 0:
            result = result * Form.generator(generator, exponent).scaled(QQ((-1) ** (int(exponent) % 2)))
        else:
            result = result * Form.generator(Modulus(generator), exponent)
    return result


def _sign(rewriter: Rewriter, expr: Any) -> Form | None:
    """sign of a product of factors of known sign, and of one oriented rest."""
    argument = rewriter.form(expr.args[0])
    if not len(argument):
        return argument
    coefficient, monomial = rewriter.factored(argument)
    number = 1 if coefficient > 0 else -1
    rest = S.One
    for generator, exponent in monomial:
        signs = rewriter.generator_signs(generator)
        if signs & OTHER or exponent.denominator != 1:
            return None
        if signs == NEGATIVE and exponent.numerator % 2:
            number = -number
        elif signs not in (POSITIVE, NEGATIVE):
            rest = rest * Pow(generator_expression(generator), QQ.to_sympy(exponent))
    return Form.constant(QQ(number)) if rest is S.One else Form.generator(sign(rest)).scaled(QQ(number))


# Reflection: circular functions of pi*z through gamma and polygamma, for expressions that hold both.


def _over_pi(rewriter: Rewriter, expr: Any) -> Expr | None:
    """z where the argument is pi*z."""
    quotient = normal(rewriter.form(expr.args[0]) * Form.generator(pi, QQ(-1)))
    if any(generator is pi for monomial, _ in quotient for generator, _ in monomial):
        return None
    return expression(quotient)


def _reflected_sin(rewriter: Rewriter, expr: Any) -> Form | None:
    """sin(pi z) = pi/(gamma(z) gamma(1-z))."""
    z = _over_pi(rewriter, expr)
    return _circular(rewriter, expr) if z is None else rewriter.form(pi / (gamma(z) * gamma(1 - z)))


def _reflected_cot(rewriter: Rewriter, expr: Any) -> Form | None:
    """pi cot(pi z) = psi(1-z) - psi(z)."""
    z = _over_pi(rewriter, expr)
    return CIRCULAR_RULES[cot](rewriter, expr) if z is None else rewriter.form((polygamma(0, 1 - z) - polygamma(0, z)) / pi)


CIRCULAR_RULES: dict[object, Rule] = {
    sin: _circular,
    cos: _circular,
    tan: defined_by(lambda x: sin(x) / cos(x)),
    cot: defined_by(lambda x: cos(x) / sin(x)),
    sec: defined_by(lambda x: 1 / cos(x)),
    csc: defined_by(lambda x: 1 / sin(x)),
    sinh: defined_by(lambda x: (exp(x) - exp(-x)) / 2),
    cosh: defined_by(lambda x: (exp(x) + exp(-x)) / 2),
    tanh: defined_by(lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x))),
    coth: defined_by(lambda x: (exp(x) + exp(-x)) / (exp(x) - exp(-x))),
    sech: defined_by(lambda x: 2 / (exp(x) + exp(-x))),
    csch: defined_by(lambda x: 2 / (exp(x) - exp(-x))),
    Abs: _abs,
    sign: _sign,
}


REFLECTIONS: dict[object, Rule] = {
    sin: _reflected_sin,
    cot: _reflected_cot,
    csc: defined_by(lambda x: 1 / sin(x)),
    tan: defined_by(lambda x: 1 / cot(x)),
}
