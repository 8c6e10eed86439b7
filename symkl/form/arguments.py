"""Arguments of special functions: their constant part, orientation and integer shifts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    Expr,
    Function,
)

from symkl.form.facts import POSITIVE, ZERO
from symkl.form.fractions import fraction, generator_key, normal
from symkl.form.monomials import UNIT, Base, Form, Monomial, Rational, floor

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["HALF", "MAX_SHIFT", "Rule", "constant_part", "defined_by", "leading_is_negative", "shift_factors", "shifted", "signed_generator"]

Rule = Callable[["Rewriter", Any], Form | None]
MAX_SHIFT = 60
HALF = QQ(1, 2)


def defined_by(definition: Callable[..., Expr]) -> Rule:
    """The rule that rewrites a function by its definition through others."""
    return lambda rewriter, expr: rewriter.form(definition(*expr.args))


def constant_part(form: Form) -> Rational:
    """The rational q such that `form - q` has no constant part; unique on reduced fractions."""
    numerator, denominator = fraction(form)
    if not denominator:
        return form.constant_term()
    divisor = UNIT
    for base, exponent in denominator:
        divisor = divisor * (base.form() if isinstance(base, Base) else Form.generator(base)).power(exponent)
    lead = min(divisor.terms, key=_monomial_key)
    return numerator.terms.get(lead, QQ.zero) / divisor.terms[lead]


def _monomial_key(monomial: Monomial) -> tuple[object, ...]:
    """A total order on monomials: by total degree from high to low, then by name."""
    items = sorted((generator_key(generator), exponent) for generator, exponent in monomial)
    return (-sum(exponent for _, exponent in items), [(key, -exponent) for key, exponent in items])


def leading_is_negative(form: Form) -> bool:
    """Whether the leading non-constant coefficient is negative: an orientation shared by x and -x, one of each."""
    numerator, _ = fraction(form)
    monomials = [monomial for monomial in numerator.terms if monomial] or list(numerator.terms)
    return bool(monomials) and numerator.terms[min(monomials, key=_monomial_key)] < 0


def shifted(rewriter: Rewriter, form: Form) -> tuple[Form, int]:
    """(z0, n) with form = z0 + n: the constant part of z0 lies in [0, 1), or in (0, 1] when z0 would be negative.

    If that is not positive and the form is, z0 is the least that is known to be: k + 1 for a whole number k >= 0, where gamma is finite.
    """
    form = normal(form)
    constant = constant_part(form)
    steps = floor(constant)
    if constant == steps and (form.is_constant() or leading_is_negative(form)):
        steps -= 1
    start = normal(form - Form.constant(QQ(steps)))
    if not form.is_constant() and steps > 0 and not rewriter.is_positive(start) and rewriter.is_positive(form):
        low, high = 0, min(steps, MAX_SHIFT)
        if high < steps and not rewriter.is_positive(start + Form.constant(QQ(high))):
            return form, 0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if rewriter.is_positive(start + Form.constant(QQ(middle))) else (middle, high)
        return normal(start + Form.constant(QQ(high))), steps - high
    if constant == floor(constant) and rewriter.signs(start) == POSITIVE | ZERO:
        return normal(start + UNIT), steps - 1
    return start, steps


def shift_factors(rewriter: Rewriter, start: Form, steps: int) -> list[tuple[Form, int]]:
    """Factors (f, +-1) whose product is gamma(start + steps)/gamma(start)."""
    if steps >= 0:
        return [(start + Form.constant(QQ(j)), 1) for j in range(steps)]
    return [(start - Form.constant(QQ(j)), -1) for j in range(1, -steps + 1)]


def signed_generator(value: Expr, form: Callable[[Expr], Form]) -> Form:
    """A function value as +-generator: SymPy itself takes the sign out of odd functions, and only its choice is used."""
    coefficient, rest = value.as_coeff_Mul()
    return Form.generator(rest).scaled(QQ.from_sympy(coefficient)) if isinstance(rest, Function) else form(value)
