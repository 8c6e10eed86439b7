"""Expressions rewritten so that doubles compute them: large factors through their logarithms, Bessel functions scaled.

exp(log a + log b) instead of a·b where a may overflow and b underflow; e^{−|x|} I_ν(x) instead of I_ν(x).
"""

from __future__ import annotations

from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Ei,
    Expr,
    Function,
    Ge,
    Integral,
    Le,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Sum,
    besseli,
    besselk,
    beta,
    binomial,
    cosh,
    erf,
    erfc,
    exp,
    expint,
    factorial,
    gamma,
    log,
    loggamma,
    sqrt,
    uppergamma,
)
from sympy.logic.boolalg import Boolean

from symkl.form.facts import Facts

__all__ = ["LogAddExp", "LogBeta", "LogGamma", "LogNormalTail", "RelativeEntropy", "ScaledBesselI", "ScaledBesselK", "ScaledErfc", "ScaledExpint", "ScaledUpperGamma", "XLogY", "stable"]


class ScaledBesselI(Function):
    """e^{−|x|} I_ν(x)."""


class ScaledBesselK(Function):
    """e^x K_ν(x)."""


class ScaledErfc(Function):
    """e^{x²} erfc(x)."""


class ScaledExpint(Function):
    """e^x E_n(x)."""


class ScaledUpperGamma(Function):
    """e^x Γ(a, x)."""


class LogNormalTail(Function):
    """log Φ(x), Φ the standard normal distribution function."""


class LogGamma(Function):
    """log Γ(x), which SymPy's own would take apart where x is an integer."""


class XLogY(Function):
    """x log y, 0 at x = 0."""


class RelativeEntropy(Function):
    """x log(x/y), 0 at x = 0."""


class LogAddExp(Function):
    """log(e^a + e^b + …)."""


class LogBeta(Function):
    """log B(a, b)."""


#: SymPy's classes carry no types for calls.
_bessel_i: Any = ScaledBesselI
_bessel_k: Any = ScaledBesselK
_erfc: Any = ScaledErfc
_expint: Any = ScaledExpint
_upper_gamma: Any = ScaledUpperGamma
_tail: Any = LogNormalTail
_xlogy: Any = XLogY
_relative_entropy: Any = RelativeEntropy
_log_beta: Any = LogBeta
_log_add_exp: Any = LogAddExp
_log_gamma: Any = LogGamma

_GAMMAS = (gamma, beta, binomial, factorial)


def stable(expr: Any, facts: Facts) -> Any:
    """The expression for code; equal to `expr` where the facts hold.

    >>> from sympy import symbols
    >>> n = symbols("n", positive=True)
    >>> stable(log(gamma(n)/gamma(n + 1/S(2))), Facts.of([]))
    LogGamma(n) - LogGamma(n + 1/2)
    """
    if not isinstance(expr, Basic) or not expr.args or isinstance(expr, Boolean):
        return expr
    if isinstance(expr, Piecewise):
        branches: Any = expr.args
        return Piecewise(*((stable(value, facts | Facts.of(condition)), condition) for value, condition in branches), evaluate=False)
    if isinstance(expr, Sum):
        lower = [Ge(k, each) for k, low, _ in expr.limits for each in (low.args if isinstance(low, Max) else (low,))]
        upper = [Le(k, each) for k, _, high in expr.limits for each in (high.args if isinstance(high, Min) else (high,))]
        inside = facts | Facts.of(lower + upper)
        return expr.func(stable(expr.function, inside), *expr.limits)
    if isinstance(expr, Integral):
        return expr.func(stable(expr.function, facts), *expr.limits)
    if isinstance(expr, loggamma):
        return _log_gamma(stable(expr.args[0], facts))
    if isinstance(expr, log):
        argument: Any = expr.args[0]
        return _logarithm(argument, facts)
    if isinstance(expr, Mul) and (weighted := _weighted_logarithm(expr, facts)) is not None:
        return weighted
    if isinstance(expr, (Mul, Pow, *_GAMMAS, besseli, besselk)):
        return _product(expr, facts)
    if not isinstance(expr, (Add, Function)):
        return expr
    return expr.func(*(stable(arg, facts) for arg in expr.args))


def _logarithm(argument: Expr, facts: Facts) -> Expr:
    """log of a product with its gamma functions, Bessel functions and exponentials as sums of their logarithms."""
    terms = Add.make_args(argument)
    for part in argument.atoms(erf, erfc) if len(terms) == 2 else ():
        # 1 ± erf(z), and 2 − erfc(z) = 1 + erf(z).
        sign = argument.coeff(part)
        if argument == (1 + sign * part if isinstance(part, erf) else 2 - part) and abs(sign) == 1:
            return log(S(2)) + _tail((sign if isinstance(part, erf) else 1) * sqrt(2) * part.args[0])
    if isinstance(argument, cosh):
        return _log_add_exp(argument.args[0], -argument.args[0]) - log(S(2))
    if len(terms) > 1 and any(_has_exponential(term) for term in terms) and all(_is_positive(term, facts) for term in terms):
        return _log_add_exp(*(_logarithm(term, facts) for term in terms))
    logarithms: list[Expr] = []
    rest: list[Expr] = []
    for factor in Mul.make_args(argument):
        base, power = factor.as_base_exp() if not isinstance(factor, exp) else (factor, S.One)
        found = _log_of(base)
        if isinstance(base, (besseli, besselk)):
            scaled, size = _scaled_bessel(base)
            rest.append(scaled**power)
            logarithms.append(power * size)
        elif found is not None and (power.is_Rational or not power.is_number):
            logarithms.append(power * found)
        elif not power.is_number and _nonnegative(base, facts):
            logarithms.append(power * log(base))
        else:
            rest.append(factor)
    return Add(log(Mul(*(stable(each, facts) for each in rest))), *(_each(term, facts) for term in logarithms))


def _weighted_logarithm(expr: Mul, facts: Facts) -> Expr | None:
    """x log(x/y) for x >= 0, which is 0 at x = 0; None where there is no such product."""
    logarithms: list[Any] = [factor for factor in expr.args if isinstance(factor, log)]
    if len(logarithms) != 1:
        return None
    argument = logarithms[0].args[0]
    if any(isinstance(part, (*_GAMMAS, exp, besseli, besselk)) for factor in Mul.make_args(argument) for part in (factor.as_base_exp()[0], factor)):
        return None
    over: Any = Mul.make_args(argument)
    for x in expr.args:
        if x in over and x.free_symbols and _nonnegative(x, facts):
            rest = Mul(*(factor for factor in expr.args if factor not in (x, logarithms[0])))
            return Mul(stable(rest, facts), _relative_entropy(x, x / argument))
    return None


def _has_exponential(term: Expr) -> bool:
    return any(isinstance(factor, exp) and factor.free_symbols for factor in Mul.make_args(term))


def _is_positive(term: Expr, facts: Facts) -> bool:
    return all(isinstance(factor, exp) or factor.is_positive or facts.is_positive(factor) for factor in Mul.make_args(term))


def _each(term: Expr, facts: Facts) -> Expr:
    return Add(*(Mul(*(stable(part, facts) if not isinstance(part, log) else part for part in Mul.make_args(each))) for each in Add.make_args(term)))


def _log_of(base: Expr) -> Expr | None:
    """log of a function that is positive in any density or divergence, by functions that do not overflow."""
    match base:
        case gamma():
            return _log_gamma(base.args[0])
        case factorial():
            return _log_gamma(base.args[0] + 1)
        case beta():
            return _log_beta(*base.args, *(base.args if len(base.args) == 1 else ()))
        case binomial():
            return _log_binomial(*base.args)
        case erfc():
            return log(S(2)) + _tail(-sqrt(2) * base.args[0])
        case exp():
            return base.args[0]
    return None


def _scaled_bessel(function: Any) -> tuple[Expr, Expr]:
    """I or K as a scaled function and the logarithm of the scale."""
    order, x = function.args
    return (_bessel_i(order, x), Abs(x)) if isinstance(function, besseli) else (_bessel_k(order, x), -x)


def _log_binomial(n: Expr, k: Expr) -> Expr:
    return -log(n + 1) - _log_beta(k + 1, n - k + 1)


def _product(expr: Expr, facts: Facts) -> Expr:
    """Factors that may overflow or underflow as one exponential; scaled functions for those that have an exponential size."""
    inside = _into_the_sum(Mul.make_args(expr))
    if inside is not None:
        return Mul(*(stable(factor, facts) for factor in inside))
    exponent: list[Expr] = []
    plain: list[Expr] = []
    large: list[tuple[Expr, Expr]] = []
    for factor in Mul.make_args(expr):
        base, power = factor.as_base_exp() if not isinstance(factor, exp) else (factor, S.One)
        if isinstance(base, (besseli, besselk)) and power.is_Integer:
            scaled, size = _scaled_bessel(base)
            plain.append(scaled**power)
            exponent.append(power * size)
        elif _is_large(base, power, facts):
            large.append((base, power))
        else:
            plain.append(Pow(stable(base, facts), stable(power, facts)) if factor.is_Pow or isinstance(factor, _GAMMAS) is False else factor)
    if sums := [factor for factor in plain if factor.is_Add and factor.has(expint, Ei, erfc, uppergamma)]:
        # e^x goes to the terms that it belongs to.
        growing = [base for base, power in large if isinstance(base, exp)]
        if growing:
            others = Mul(*(factor for factor in plain if factor is not sums[0]), *(Pow(base, power) for base, power in large))
            return Add(*(_product(term * others, facts) for term in sums[0].args))
    plain, large = _scaled(plain, large, facts)
    if not exponent and (len(large) < 2 or not any(isinstance(base, _GAMMAS) and base.free_symbols for base, _ in large)):
        return Mul(*plain, *(_kept(base, power, facts) for base, power in large))
    exponent += [_exponent_of(base, power, facts) for base, power in large]
    return Mul(*plain, exp(Add(*exponent)))


def _into_the_sum(factors: tuple[Expr, ...]) -> list[Expr] | None:
    """Gamma functions before a sum go into it, where they meet those that undo them."""
    sums: list[Any] = [factor for factor in factors if isinstance(factor, Sum)]
    moving = [factor for factor in factors if isinstance(factor.as_base_exp()[0], _GAMMAS)]
    if len(sums) != 1 or not moving:
        return None
    return [*(factor for factor in factors if factor not in moving and factor is not sums[0]), Sum(sums[0].function * Mul(*moving), *sums[0].limits)]


def _kept(base: Expr, power: Expr, facts: Facts) -> Expr:
    """A factor alone: as it is, its arguments rewritten."""
    inner = base.func(*(stable(arg, facts) for arg in base.args)) if isinstance(base, (*_GAMMAS, exp)) else stable(base, facts)
    return Pow(inner, stable(power, facts))


def _is_large(base: Expr, power: Expr, facts: Facts) -> bool:
    """Whether a factor may be far from one and has a logarithm."""
    if isinstance(base, exp):
        return not base.is_number
    if isinstance(base, _GAMMAS):
        arguments = (base.args[0] - base.args[1] + 1, base.args[1] + 1) if isinstance(base, binomial) else base.args
        shift = 1 if isinstance(base, factorial) else 0
        return bool(power.is_Integer and base.free_symbols and all(_nonnegative(arg + shift, facts) for arg in arguments))
    return not power.is_number and _nonnegative(base, facts)


def _nonnegative(expr: Expr, facts: Facts) -> bool:
    return bool(expr.is_nonnegative or expr.is_positive or facts.is_nonnegative(expr))


def _exponent_of(base: Expr, power: Expr, facts: Facts) -> Expr:
    found = _log_of(base)
    if found is not None:
        return _each(power * found, facts)
    return _xlogy(power, base) if base.free_symbols else power * log(base)


def _scaled(plain: list[Expr], large: list[tuple[Expr, Expr]], facts: Facts) -> tuple[list[Expr], list[tuple[Expr, Expr]]]:
    """e^{x²} erfc(x) and e^x E_n(x) through their scaled functions, where such a product stands."""
    exponent = Add(*(base.args[0] for base, _ in large if isinstance(base, exp)))
    for i, factor in enumerate(plain):
        if isinstance(factor, erfc):
            function, size = _erfc(*factor.args), -(factor.args[0] ** 2)
        elif isinstance(factor, expint) and factor.args[0].is_positive:
            function, size = _expint(*factor.args), -factor.args[1]
        elif isinstance(factor, uppergamma) and _nonnegative(factor.args[1], facts):
            function, size = _upper_gamma(*factor.args), -factor.args[1]
        elif isinstance(factor, Ei) and _nonnegative(-factor.args[0], facts):
            # Ei(−x) = −E_1(x)
            function, size = -_expint(1, -factor.args[0]), factor.args[0]
        else:
            continue
        left = (exponent + size).expand()
        if exponent and (left == 0 or len(Add.make_args(left)) < len(Add.make_args(exponent.expand()))):
            rest = [(base, power) for base, power in large if not isinstance(base, exp)]
            kept: list[tuple[Expr, Expr]] = [(exp(left), S.One)] if left else []
            return [*plain[:i], function, *plain[i + 1 :]], [*rest, *kept]
    return plain, large
