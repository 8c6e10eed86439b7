"""Gamma, polygamma, zeta and their kin, brought to representatives by recurrence and duplication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    EulerGamma,
    FallingFactorial,
    RisingFactorial,
    S,
    beta,
    binomial,
    digamma,
    factorial,
    gamma,
    harmonic,
    log as sympy_log,
    loggamma,
    pi,
    polygamma,
    polylog,
    trigamma,
    zeta,
)
from sympy.core.function import expand_func

from symkl.form.arguments import HALF, MAX_SHIFT, Rule, constant_part, defined_by, shift_factors, shifted
from symkl.form.facts import POSITIVE, ZERO
from symkl.form.fractions import expression, normal
from symkl.form.kept import applied
from symkl.form.monomials import ONE, UNIT, Form, product, total

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["GAMMA_RULES", "gamma_form"]


def gamma_form(rewriter: Rewriter, argument: Form) -> Form | None:
    """gamma(z0 + n) = gamma(z0)*z0*(z0+1)*...; gamma(w + 1/2) = 2**(1-2w)*sqrt(pi)*gamma(2w)/gamma(w)."""
    start, steps = shifted(rewriter, argument)
    if abs(steps) > MAX_SHIFT:
        return Form.generator(gamma(expression(argument), evaluate=False))
    half = constant_part(start) == HALF
    start, below, steps = _above_half(rewriter, start, steps)
    if half and not start.is_constant() and rewriter.is_positive(below):
        two = Form.constant(QQ(2))
        twice = gamma_form(rewriter, below * two)
        once = gamma_form(rewriter, below)
        if twice is None or once is None or len(once) != 1:
            return None
        power = rewriter.exp((UNIT - below * two) * rewriter.log(two))
        result = power * twice * inverse(once) * Form.generator(pi, HALF)
    else:
        value = gamma(expression(start))
        result = Form.generator(value) if isinstance(value, gamma) else rewriter.form(value)
    for factor, sign_ in shift_factors(rewriter, start, steps):
        result = result * rewriter.product_power(factor, sign_)
    return result


def _above_half(rewriter: Rewriter, start: Form, steps: int) -> tuple[Form, Form, int]:
    """(start, start - 1/2, steps), counted from one step higher where start - 1/2 may be 0, as for a whole number k >= 0."""
    below = start - Form.constant(HALF)
    if constant_part(start) == HALF and not start.is_constant() and rewriter.signs(below) == POSITIVE | ZERO:
        return start + UNIT, below + UNIT, steps - 1
    return start, below, steps


def inverse(form: Form) -> Form:
    """1/form for a single term."""
    [(monomial, coefficient)] = form.terms.items()
    factor, result = product(ONE, frozenset((generator, -exponent) for generator, exponent in monomial))
    return Form({result: factor / coefficient})


def _gamma(rewriter: Rewriter, expr: Any) -> Form | None:
    return gamma_form(rewriter, rewriter.form(expr.args[0]))


def _loggamma(rewriter: Rewriter, expr: Any) -> Form | None:
    """loggamma(z) = log(gamma(z)) for z > 0."""
    argument = normal(rewriter.form(expr.args[0]))
    if not rewriter.is_positive(argument):
        return None
    value = gamma_form(rewriter, argument)
    return None if value is None else rewriter.log(value)


def _binomial(rewriter: Rewriter, expr: Any) -> Form | None:
    n, k = expr.args
    return rewriter.form(gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1)))


def _polygamma(rewriter: Rewriter, expr: Any) -> Form | None:
    """psi_n(z+1) = psi_n(z) + (-1)**n n! z**(-n-1); psi_n(w+1/2) = 2**(n+1) psi_n(2w) - psi_n(w) - [n=0] 2 log 2."""
    order, argument = expr.args
    if not order.is_Integer or order < 0:
        return None
    return polygamma_form(rewriter, int(order), rewriter.form(argument))


def polygamma_form(rewriter: Rewriter, order: int, argument: Form) -> Form:
    start, steps = shifted(rewriter, argument)
    if abs(steps) > MAX_SHIFT or order > MAX_SHIFT:
        return Form.generator(applied(polygamma, S(order), expression(argument)))
    half = constant_part(start) == HALF
    start, below, steps = _above_half(rewriter, start, steps)
    if half and not start.is_constant() and rewriter.is_positive(below):
        twice = polygamma_form(rewriter, order, below.scaled(QQ(2))).scaled(QQ(2) ** (order + 1))
        parts = [twice, -polygamma_form(rewriter, order, below)]
        if order == 0:
            parts.append(rewriter.log(Form.constant(QQ(2))).scaled(QQ(-2)))
    else:
        value = polygamma(order, expression(start))
        parts = [Form.generator(value) if isinstance(value, polygamma) else rewriter.form(value)]
    scale = QQ((-1) ** order * int(factorial(order)))
    for factor, sign_ in shift_factors(rewriter, start, steps):
        parts.append(rewriter.product_power(factor, -order - 1).scaled(scale * sign_))
    return total(parts)


def _harmonic(rewriter: Rewriter, expr: Any) -> Form | None:
    """H_z = psi(z+1) + EulerGamma; H_(z,m) = zeta(m) - (-1)**m psi_(m-1)(z+1)/(m-1)!."""
    z, m = expr.args if len(expr.args) == 2 else (expr.args[0], S.One)
    if not m.is_Integer or m < 1:
        return None
    if m == 1:
        return rewriter.form(polygamma(0, z + 1) + EulerGamma)
    return rewriter.form(zeta(m) - (-1) ** m * polygamma(m - 1, z + 1) / factorial(m - 1))


def _zeta(rewriter: Rewriter, expr: Any) -> Form | None:
    """zeta(m, a) = (-1)**m psi_(m-1)(a)/(m-1)!; zeta(s, a+1) = zeta(s, a) - a**(-s)."""
    if len(expr.args) == 1:
        return None
    s, a = expr.args
    if s.is_Integer and s > 1:
        return rewriter.form((-1) ** s * polygamma(s - 1, a) / factorial(s - 1))
    start, steps = shifted(rewriter, rewriter.form(a))
    if not steps or abs(steps) > MAX_SHIFT or not rewriter.is_positive(start):
        return None
    parts = [rewriter.form(zeta(s, expression(start)))]
    for factor, sign_ in shift_factors(rewriter, start, steps):
        parts.append(rewriter.form(-sign_ * expression(factor) ** (-s)))
    return total(parts)


def _polylog(rewriter: Rewriter, expr: Any) -> Form | None:
    """Li_1(z) = -log(1-z), and rational functions at orders <= 0."""
    order, z = expr.args
    if order.is_Integer and 1 >= order > -20:
        return rewriter.form(-sympy_log(1 - z) if order == 1 else expand_func(expr))
    return None


GAMMA_RULES: dict[object, Rule] = {
    gamma: _gamma,
    loggamma: _loggamma,
    factorial: defined_by(lambda n: gamma(n + 1)),
    beta: defined_by(lambda a, b=None: gamma(a) * gamma(a if b is None else b) / gamma(a + (a if b is None else b))),
    binomial: _binomial,
    RisingFactorial: defined_by(lambda x, k: gamma(x + k) / gamma(x)),
    FallingFactorial: defined_by(lambda x, k: gamma(x + 1) / gamma(x - k + 1)),
    polygamma: _polygamma,
    digamma: defined_by(lambda x: polygamma(0, x)),
    trigamma: defined_by(lambda x: polygamma(1, x)),
    harmonic: _harmonic,
    zeta: _zeta,
    polylog: _polylog,
}
