"""Growth of special functions: their asymptotic series at infinity, their behaviour at a singularity, Taylor's series elsewhere.

Each line can be checked in the Digital Library of Mathematical Functions: Γ 5.11.1, erfc 7.12.1, I_ν 10.40.1 and 10.30.1 (10.41.1 in
the order), K_ν 10.40.2 and 10.30.2, ψ 5.11.2.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sympy import (
    Dummy,
    Expr,
    Integer,
    Rational,
    S,
    acos,
    asin,
    atan,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    coth,
    csch,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    pi,
    polygamma,
    sech,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

from symkl.errors import Undecided
from symkl.expect.growth import ONE, Growth, Scale
from symkl.expect.growth_expand import Place, constant, expand, exponential, logarithm, power, taylor, towards
from symkl.expect.growth_points import depends
from symkl.expect.growth_signs import Void, sign

__all__ = ["FUNCTIONS"]

INFINITE = (S.Infinity, S.NegativeInfinity)


@lru_cache(maxsize=512)
def _taylor_of(func: Any, before: tuple[Expr, ...], order: int) -> tuple[Any, tuple[Expr, ...]]:
    """(z, coefficients of h^j in func(*before, z + h))."""
    z = Dummy("z")
    derivatives, current = [], func(*before, z)
    for j in range(order + 1):
        derivatives.append(current / factorial(j))
        current = current.diff(z)
    return z, tuple(derivatives)


def analytic(func: Any, before: tuple[Expr, ...], value: Expr, small: Growth, at: Place) -> Growth:
    """func(*before, value + small) by Taylor's series."""
    z, coefficients = _taylor_of(func, before, at.order)
    values = [each.xreplace({z: value}) for each in coefficients]
    if any(each.has(S.NaN, S.ComplexInfinity, *INFINITE) for each in values):
        raise Undecided(f"{func.__name__} is singular at {value}", ("growth scale",))
    return taylor(values, small)


def _log_gamma(expr: Any, at: Place) -> Growth:
    return log_gamma(expand(expr.args[0], at), at)


def log_gamma(z: Growth, at: Place) -> Growth:
    """log Γ(z): z log z − z − ½ log z + ½ log 2π + 1/(12 z) + O(z^{−3}) at infinity; −log z + O(z) at zero."""
    value, small = towards(z, at)
    if value is S.Infinity:
        inverse = power(z, S.NegativeOne, at)
        tail = inverse.scaled(Rational(1, 12)) if at.order > 1 else constant(S.Zero)
        beyond = [m ** Integer(3 if at.order > 1 else 1) for m in inverse.scales()]
        main = (z + constant(Rational(-1, 2))) * logarithm(z, at) + z.scaled(S.NegativeOne) + constant(log(2 * pi) / 2) + tail
        return Growth(main.terms, [*main.errors, *beyond])
    if value is S.NegativeInfinity or sign(value, at.known) < 0:
        raise Void
    if sign(value, at.known) == 0:
        main = logarithm(small, at).scaled(S.NegativeOne)
        return Growth(main.terms, [*main.errors, *small.scales()])
    return analytic(loggamma, (), value, small, at)


def _gamma(expr: Any, at: Place) -> Growth:
    return exponential(_log_gamma(expr, at), at)


def _binomial(expr: Any, at: Place) -> Growth:
    n, k = expr.args
    return expand(gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1)), at)


def _erfc_at(z: Growth, at: Place) -> Growth:
    """e^{−z²}/(z√π)·(1 + O(z^{−2})) at +∞; 2 − erfc(−z) at −∞."""
    value, small = towards(z, at)
    if value is S.NegativeInfinity:
        return constant(Integer(2)) + _erfc_at(z.scaled(S.NegativeOne), at).scaled(S.NegativeOne)
    if value is not S.Infinity:
        return analytic(erfc, (), value, small, at)
    main = exponential((z * z).scaled(S.NegativeOne), at) * power(z, S.NegativeOne, at).scaled(1 / sqrt(pi))
    return _times_one_plus(main, power(z, Integer(-2), at), Rational(-1, 2), at)


def _times_one_plus(main: Growth, small: Growth, coefficient: Expr, at: Place) -> Growth:
    """main · (1 + coefficient·small + O(small²)); the middle term only past first order."""
    if at.order > 1:
        return main * taylor([S.One, coefficient], small)
    return Growth(main.terms, [*main.errors, *(m * s for m in main.scales() for s in small.scales())])


def _erfc(expr: Any, at: Place) -> Growth:
    return _erfc_at(expand(expr.args[0], at), at)


def _erf(expr: Any, at: Place) -> Growth:
    z = expand(expr.args[0], at)
    value, small = towards(z, at)
    if value is S.Infinity:
        return constant(S.One) + _erfc_at(z, at).scaled(S.NegativeOne)
    if value is S.NegativeInfinity:
        return constant(S.NegativeOne) + _erfc_at(z.scaled(S.NegativeOne), at)
    return analytic(erf, (), value, small, at)


def _bessel_i(expr: Any, at: Place) -> Growth:
    order, argument = expr.args
    if depends(order, at.x):
        return _bessel_i_order(order, argument, at)
    z = expand(argument, at)
    value, small = towards(z, at)
    if value is S.Infinity:
        # e^z/√(2πz)·(1 − (4ν²−1)/(8z) + O(z^{−2}))
        main = exponential(z, at) * power(z, Rational(-1, 2), at).scaled(1 / sqrt(2 * pi))
        return _times_one_plus(main, power(z, S.NegativeOne, at), (1 - 4 * order**2) / 8, at)
    if value is S.NegativeInfinity or sign(value, at.known) < 0:
        raise Void
    if sign(value, at.known) == 0:
        if order.is_integer and order.is_nonnegative:
            return analytic(besseli, (order,), S.Zero, small, at) if order == 0 else _small_power(small, order, at)
        return _small_power(small, order, at)
    return analytic(besseli, (order,), value, small, at)


def _small_power(small: Growth, order: Expr, at: Place) -> Growth:
    """(z/2)^ν/Γ(ν+1)·(1 + O(z²))"""
    main = power(small, order, at).scaled(1 / (2**order * gamma(order + 1)))
    return Growth(main.terms, [*main.errors, *(m * s ** Integer(2) for m in main.scales() for s in small.scales())])


def _bessel_i_order(order: Expr, argument: Expr, at: Place) -> Growth:
    """I_ν(z) as ν → ∞ with z fixed: (z/2)^ν/Γ(ν+1)·(1 + O(1/ν)); I_{−n} = I_n for integers n."""
    if depends(argument, at.x):
        raise Undecided("a Bessel function whose order and argument both move", ("growth scale",))
    nu = expand(order, at)
    value, small = towards(nu, at)
    if value is S.NegativeInfinity and order.is_integer:
        nu, value = nu.scaled(S.NegativeOne), S.Infinity
    if value is not S.Infinity:
        if value in INFINITE or small.scales():
            raise Undecided("a Bessel function of moving order", ("growth scale",))
        return constant(besseli(value, argument))
    exponent = nu.scaled(log(argument / 2)) + log_gamma(nu + constant(S.One), at).scaled(S.NegativeOne)
    main = exponential(exponent, at)
    return _times_one_plus(main, power(nu, S.NegativeOne, at), argument**2 / 4, at)


def _bessel_k(expr: Any, at: Place) -> Growth:
    order, argument = expr.args
    if depends(order, at.x):
        raise Undecided("a Bessel function K of moving order", ("growth scale",))
    z = expand(argument, at)
    value, small = towards(z, at)
    if value is S.Infinity:
        main = exponential(z.scaled(S.NegativeOne), at) * power(z, Rational(-1, 2), at).scaled(sqrt(pi / 2))
        return _times_one_plus(main, power(z, S.NegativeOne, at), (4 * order**2 - 1) / 8, at)
    if value is S.NegativeInfinity or sign(value, at.known) < 0:
        raise Void
    if sign(value, at.known) > 0:
        return analytic(besselk, (order,), value, small, at)
    direction = sign(order, at.known)
    if direction == 0:
        main = logarithm(small, at).scaled(S.NegativeOne)
        return Growth(main.terms, [*main.errors, ONE])
    nu = direction * order
    main = power(small, -nu, at).scaled(gamma(nu) * 2 ** (nu - 1))
    # The next term is O(z^ν) or O(z^{2−ν}), with a logarithm at integers; z^{−ν}/log z bounds all of them.
    slower = [m * s for m in main.scales() for s in _reciprocal_log(small, at)]
    return Growth(main.terms, [*main.errors, *slower])


def _reciprocal_log(small: Growth, at: Place) -> tuple[Scale, ...]:
    return power(logarithm(small, at).scaled(S.NegativeOne), S.NegativeOne, at).scales()


def _polygamma(expr: Any, at: Place) -> Growth:
    order, argument = expr.args
    z = expand(argument, at)
    value, small = towards(z, at)
    n = order
    if not n.is_Integer or value is S.NegativeInfinity:
        raise Undecided("a polygamma function at this end", ("growth scale",))
    if value is S.Infinity:
        # ψ(z) = log z + O(1/z); ψ^{(n)}(z) = (−1)^{n+1} (n−1)!/z^n + O(z^{−n−1})
        main = logarithm(z, at) if n == 0 else power(z, -n, at).scaled((-1) ** (n + 1) * factorial(n - 1))
        loss = power(z, -n - 1, at).scales()
        return Growth(main.terms, [*main.errors, *loss])
    if sign(value, at.known) == 0:
        main = power(small, -n - 1, at).scaled((-1) ** (n + 1) * factorial(n))
        return Growth(main.terms, [*main.errors, ONE])
    return analytic(polygamma, (n,), value, small, at)


def _wave(expr: Any, at: Place) -> Growth:
    value, small = towards(expand(expr.args[0], at), at)
    return Growth({}, (ONE,)) if value in INFINITE else analytic(expr.func, (), value, small, at)


def _arctangent(expr: Any, at: Place) -> Growth:
    z = expand(expr.args[0], at)
    value, small = towards(z, at)
    if value in INFINITE:
        side = Integer(1 if value is S.Infinity else -1)
        return Growth({ONE: side * pi / 2}, power(z, S.NegativeOne, at).scales())
    return analytic(atan, (), value, small, at)


def _at_regular_point(expr: Any, at: Place) -> Growth:
    value, small = towards(expand(expr.args[0], at), at)
    if value in INFINITE:
        raise Undecided(f"{expr.func.__name__} at infinity", ("growth scale",))
    return analytic(expr.func, (), value, small, at)


def _rewritten(rule: Callable[..., Expr]) -> Callable[[Expr, Place], Growth]:
    return lambda expr, at: expand(rule(*expr.args), at)


FUNCTIONS: dict[type, Callable[[Expr, Place], Growth]] = {
    loggamma: _log_gamma,
    gamma: _gamma,
    factorial: _rewritten(lambda n: gamma(n + 1)),
    beta: _rewritten(lambda a, b: gamma(a) * gamma(b) / gamma(a + b)),
    binomial: _binomial,
    erfc: _erfc,
    erf: _erf,
    besseli: _bessel_i,
    besselk: _bessel_k,
    polygamma: _polygamma,
    cos: _wave,
    sin: _wave,
    tan: _at_regular_point,
    asin: _at_regular_point,
    acos: _at_regular_point,
    atan: _arctangent,
    cosh: _rewritten(lambda z: exp(z) / 2 + exp(-z) / 2),
    sinh: _rewritten(lambda z: exp(z) / 2 - exp(-z) / 2),
    tanh: _rewritten(lambda z: (exp(z) - exp(-z)) / (exp(z) + exp(-z))),
    coth: _rewritten(lambda z: (exp(z) + exp(-z)) / (exp(z) - exp(-z))),
    sech: _rewritten(lambda z: 2 / (exp(z) + exp(-z))),
    csch: _rewritten(lambda z: 2 / (exp(z) - exp(-z))),
}
