"""Function rules of the canonical form: each returns the form of one function application, or None to leave it opaque.

The special functions are brought to representatives by their recurrences (arguments shifted by integers, half-integer
arguments by the duplication formula); each rule's docstring is its identity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sympy import (
    QQ,
    Abs,
    Ei,
    EulerGamma,
    Expr,
    FallingFactorial,
    Pow,
    RisingFactorial,
    S,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    digamma,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    gamma,
    harmonic,
    loggamma,
    lowergamma,
    pi,
    polygamma,
    polylog,
    sec,
    sech,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    trigamma,
    uppergamma,
    zeta,
)
from sympy import log as sympy_log
from sympy.core.function import expand_func

from symkl.form.facts import NEGATIVE, OTHER, POSITIVE, ZERO
from symkl.form.fractions import expression, fraction, generator_expression, generator_key, normal
from symkl.form.monomials import ONE, UNIT, Base, Form, Modulus, Monomial, Rational, floor, product, total

if TYPE_CHECKING:
    from symkl.form.rewrite import Rewriter

__all__ = ["REFLECTION_RULES", "RULES"]

Rule = Callable[["Rewriter", Any], Form | None]
MAX_SHIFT = 60
HALF = QQ(1, 2)


# Arguments ------------------------------------------------------------------------------------------------------------


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
    """(z0, n) with form = z0 + n: the constant part of z0 lies in [0, 1), or in (0, 1] when z0 would be negative."""
    form = normal(form)
    constant = constant_part(form)
    steps = floor(constant)
    if constant == steps and (form.is_constant() or leading_is_negative(form)):
        steps -= 1
    return normal(form - Form.constant(QQ(steps))), steps


def shift_factors(rewriter: Rewriter, start: Form, steps: int) -> list[tuple[Form, int]]:
    """Factors (f, +-1) whose product is gamma(start + steps)/gamma(start)."""
    if steps >= 0:
        return [(start + Form.constant(QQ(j)), 1) for j in range(steps)]
    return [(start - Form.constant(QQ(j)), -1) for j in range(1, -steps + 1)]


# Gamma family ---------------------------------------------------------------------------------------------------------


def gamma_form(rewriter: Rewriter, argument: Form) -> Form | None:
    """gamma(z0 + n) = gamma(z0)*z0*(z0+1)*...; gamma(w + 1/2) = 2**(1-2w)*sqrt(pi)*gamma(2w)/gamma(w)."""
    start, steps = shifted(rewriter, argument)
    if abs(steps) > MAX_SHIFT:
        return Form.generator(gamma(expression(argument), evaluate=False))
    half = constant_part(start) == HALF
    below = start - Form.constant(HALF)
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


def _by_gammas(definition: Callable[..., Expr]) -> Rule:
    return lambda rewriter, expr: rewriter.form(definition(*expr.args))


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
        return Form.generator(polygamma(order, expression(argument)))
    below = start - Form.constant(HALF)
    if constant_part(start) == HALF and not start.is_constant() and rewriter.is_positive(below):
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


# Error functions, incomplete gammas, exponential integrals ------------------------------------------------------------


def _erf(rewriter: Rewriter, expr: Any) -> Form | None:
    """erf(-x) = -erf(x)."""
    return _odd(rewriter, expr)


def _odd(rewriter: Rewriter, expr: Any) -> Form | None:
    argument = normal(rewriter.form(expr.args[0]))
    flip = leading_is_negative(argument)
    value = expr.func(expression(-argument if flip else argument))
    result = Form.generator(value) if isinstance(value, expr.func) else rewriter.form(value)
    return -result if flip else result


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


# Bessel functions -----------------------------------------------------------------------------------------------------


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


# Circular and hyperbolic functions, absolute values -------------------------------------------------------------------


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
    one_sine, one_cosine = (Form.generator(v) if isinstance(v, (sin, cos)) else rewriter.form(v) for v in (sin(angle), cos(angle)))
    sine, cosine = Form({}), UNIT
    for _ in range(whole):
        sine, cosine = normal(sine * one_cosine + cosine * one_sine), normal(cosine * one_cosine - sine * one_sine)
    return (-sine if coefficient < 0 else sine), cosine


def _abs(rewriter: Rewriter, expr: Any) -> Form | None:
    """|x| = x or -x where the sign is known, |xy| = |x||y|, |x|**2 = x**2 for real x."""
    argument = rewriter.form(expr.args[0])
    if not len(argument):
        return argument
    coefficient, monomial = rewriter.factored(argument)
    result = Form.constant(abs(coefficient))
    for generator, exponent in monomial:
        signs = rewriter.generator_signs(generator)
        if signs == POSITIVE or signs == POSITIVE | ZERO:
            result = result * Form.generator(generator, exponent)
        elif exponent.denominator != 1 or signs & OTHER:
            return None
        elif signs & POSITIVE == 0:
            result = result * Form.generator(generator, exponent).scaled(QQ((-1) ** int(exponent)))
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


# Reflection: circular functions of pi*z through gamma and polygamma, for expressions that hold both ------------------


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
    return RULES[cot](rewriter, expr) if z is None else rewriter.form((polygamma(0, 1 - z) - polygamma(0, z)) / pi)


RULES: dict[object, Rule] = {
    gamma: _gamma,
    loggamma: _loggamma,
    factorial: _by_gammas(lambda n: gamma(n + 1)),
    beta: _by_gammas(lambda a, b=None: gamma(a) * gamma(a if b is None else b) / gamma(a + (a if b is None else b))),
    binomial: _binomial,
    RisingFactorial: _by_gammas(lambda x, k: gamma(x + k) / gamma(x)),
    FallingFactorial: _by_gammas(lambda x, k: gamma(x + 1) / gamma(x - k + 1)),
    polygamma: _polygamma,
    digamma: _by_gammas(lambda x: polygamma(0, x)),
    trigamma: _by_gammas(lambda x: polygamma(1, x)),
    harmonic: _harmonic,
    zeta: _zeta,
    polylog: _polylog,
    erf: _erf,
    erfc: _erfc,
    uppergamma: _uppergamma,
    lowergamma: _lowergamma,
    expint: _expint,
    Ei: _ei,
    besselk: _besselk,
    besseli: _besseli,
    sin: _circular,
    cos: _circular,
    tan: _by_gammas(lambda x: sin(x) / cos(x)),
    cot: _by_gammas(lambda x: cos(x) / sin(x)),
    sec: _by_gammas(lambda x: 1 / cos(x)),
    csc: _by_gammas(lambda x: 1 / sin(x)),
    sinh: _by_gammas(lambda x: (exp(x) - exp(-x)) / 2),
    cosh: _by_gammas(lambda x: (exp(x) + exp(-x)) / 2),
    tanh: _by_gammas(lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x))),
    coth: _by_gammas(lambda x: (exp(x) + exp(-x)) / (exp(x) - exp(-x))),
    sech: _by_gammas(lambda x: 2 / (exp(x) + exp(-x))),
    csch: _by_gammas(lambda x: 2 / (exp(x) - exp(-x))),
    Abs: _abs,
    sign: _sign,
}

REFLECTION_RULES: dict[object, Rule] = {
    **RULES,
    sin: _reflected_sin,
    cot: _reflected_cot,
    csc: _by_gammas(lambda x: 1 / sin(x)),
    tan: _by_gammas(lambda x: 1 / cot(x)),
}
