"""Numbers put in for symbols, with the functions of large numbers left as they are: ψ(30000), log Γ(30000), (3/5)^10000.

SymPy writes ψ(n), Γ(n), H_n and ζ(n) of whole and half numbers n out, as a rational of as many digits as n has, or does not come back. Here
they stay functions of a number, which print, evaluate and survive a substitution.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    FallingFactorial,
    Integer,
    Mul,
    Pow,
    Rational,
    RisingFactorial,
    S,
    Subs,
    beta,
    binomial,
    digamma,
    expint,
    factorial,
    gamma,
    harmonic,
    log,
    loggamma,
    lowergamma,
    polygamma,
    polylog,
    trigamma,
    uppergamma,
    zeta,
)

__all__ = ["LARGEST_WRITTEN", "applied", "is_kept", "put_in"]

#: Functions of larger numbers are not written out.
LARGEST_WRITTEN = 30

#: Powers of rationals with more binary digits are not written out.
LONGEST_POWER = 3000

WRITTEN_OUT = (
    FallingFactorial,
    RisingFactorial,
    beta,
    binomial,
    digamma,
    expint,
    factorial,
    gamma,
    harmonic,
    log,
    loggamma,
    lowergamma,
    polygamma,
    polylog,
    trigamma,
    uppergamma,
    zeta,
)


def put_in(expr: Any, values: Mapping[Basic, Basic]) -> Any:
    """`expr.xreplace(values)`, with functions of large numbers not written out.

    >>> from sympy import Symbol, digamma, log
    >>> n = Symbol("n", positive=True)
    >>> put_in(log(n) - digamma(n), {n: Integer(30000)})
    -polygamma(0, 30000) + log(30000)
    """
    return _put_in(expr, values, {})


def _put_in(expr: Any, values: Mapping[Basic, Basic], known: dict[Any, Any]) -> Any:
    if expr in values:
        return values[expr]
    if not isinstance(expr, Basic) or not expr.args:
        return expr
    if isinstance(expr, Derivative) and any(each in values for each in expr.variables):
        return _derivative_at(expr, values)
    if expr not in known:
        args = [_put_in(each, values, known) for each in expr.args]
        known[expr] = expr if all(a is b for a, b in zip(args, expr.args)) else _built(expr, args)
    return known[expr]


def _derivative_at(expr: Derivative, values: Mapping[Basic, Basic]) -> Any:
    """(d/ds f)(s) at a number, f otherwise as it is with the other numbers."""
    at = {variable: values[variable] for variable in expr.variables if variable in values}
    inner = put_in(expr, {symbol: value for symbol, value in values.items() if symbol not in at})
    return Subs(inner, tuple(at), tuple(at.values()))


def applied(function: Any, *args: Any) -> Any:
    """function(*args), not written out if the function is one of whole numbers and an argument is large."""
    if function in WRITTEN_OUT and any(_is_large(each) for each in args):
        return function(*args, evaluate=False)
    return function(*args)


def is_kept(expr: Any) -> bool:
    """Whether it is a function of a large number, which SymPy would write out."""
    return isinstance(expr, WRITTEN_OUT) and any(_is_large(each) for each in expr.args)


def _built(expr: Basic, args: list[Any]) -> Any:
    function: Any = expr.func
    if isinstance(expr, log) and isinstance(args[0], Expr):
        return _logarithm(args[0])
    if isinstance(expr, Pow) and _is_long(*args):
        return Pow(*args, evaluate=False)
    if isinstance(expr, Mul):
        # SymPy multiplies the powers of numbers in a product out.
        factors = [factor for each in args for factor in Mul.make_args(each)]
        long = [factor for factor in factors if isinstance(factor, Pow) and _is_long(factor.base, factor.exp)]
        if long:
            rest = Mul(*(factor for factor in factors if factor not in long))
            return S.Zero if rest == 0 else Mul(*((rest.args if isinstance(rest, Mul) else (rest,)) if rest != 1 else ()), *long, evaluate=False)
    return applied(function, *args)


def _logarithm(argument: Expr) -> Expr:
    """log(aΓ(n)^c) = log a + c log Γ(n) for large numbers n > 0."""
    parts = []
    rest = []
    for factor in Mul.make_args(argument):
        base, exponent = factor.as_base_exp()
        if isinstance(base, gamma) and _is_large(base.args[0]) and base.args[0].is_positive:
            parts.append(exponent * loggamma(base.args[0], evaluate=False))
        elif isinstance(base, factorial) and _is_large(base.args[0]):
            parts.append(exponent * loggamma(base.args[0] + 1, evaluate=False))
        else:
            rest.append(factor)
    return Add(*parts, log(Mul(*rest) if parts else argument))


def _is_large(arg: Any) -> bool:
    return isinstance(arg, Rational) and abs(arg.p) > LARGEST_WRITTEN * arg.q


def _is_long(base: Any, exponent: Any) -> bool:
    if not isinstance(base, Rational) or not isinstance(exponent, Integer):
        return False
    bits = max(abs(base.p).bit_length(), base.q.bit_length()) if base not in (0, 1, -1) else 0
    return bool(bits * abs(int(exponent)) > LONGEST_POWER)
