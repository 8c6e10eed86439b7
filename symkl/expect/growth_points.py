"""Where a statistic may be infinite inside a support: zeros of what is divided by or taken the logarithm of, poles of gamma functions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Pow,
    S,
    Symbol,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    coth,
    csch,
    digamma,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    polygamma,
    sin,
    sinh,
    tan,
)

from symkl.core.supports import Support
from symkl.errors import Undecided
from symkl.expect.growth_linear import ZERO
from symkl.expect.growth_signs import Known, possible_signs
from symkl.form.facts import Facts

__all__ = ["depends", "gamma_slope", "has_nested_log", "is_entire", "linear_slope", "suspects", "zeros"]

ENTIRE = (exp, cos, sin, cosh, sinh, erf, erfc)


@lru_cache(maxsize=20000)
def depends(expr: Any, x: Symbol) -> bool:
    """Whether x occurs freely in `expr`."""
    return x in expr.free_symbols


@lru_cache(maxsize=8192)
def linear_slope(expr: Any, x: Symbol) -> Expr | None:
    """The slope of a function linear in x; None for any other."""
    if expr == x:
        return S.One
    if not isinstance(expr, (Add, Mul)) or any(depends(part, x) and not isinstance(part, (Symbol, Add, Mul)) for part in expr.args):
        return None
    slope: Expr = expr.diff(x)  # type: ignore[no-untyped-call]
    return None if depends(slope, x) else slope


@lru_cache(maxsize=8192)
def is_entire(expr: Any, x: Symbol) -> bool:
    """Whether `expr` is bounded near every finite point: built from entire functions and absolute values."""
    if not depends(expr, x) or expr == x:
        return True
    if isinstance(expr, (Add, Mul, Abs, *ENTIRE)):
        return all(is_entire(arg, x) for arg in expr.args)
    if isinstance(expr, Pow):
        base, exponent = expr.args
        if depends(exponent, x):
            return bool(base.is_positive) and not depends(base, x) and is_entire(exponent, x)
        return bool(exponent.is_nonnegative) and is_entire(base, x)
    if isinstance(expr, besseli):
        return expr.args[0] == 0 and is_entire(expr.args[1], x)
    return False


@lru_cache(maxsize=8192)
def suspects(expr: Any, x: Symbol) -> tuple[tuple[str, Expr], ...]:
    """("log" | "power" | "gamma", h): places where `expr` may be infinite are zeros of h, or poles of gamma(h)."""
    found: dict[tuple[str, Expr], None] = {}
    if not depends(expr, x) or not expr.args:
        return ()
    if isinstance(expr, Pow):
        base, exponent = expr.args
        if depends(base, x) and not exponent.is_nonnegative:
            found["power", base] = None
    elif isinstance(expr, log):
        found["log", expr.args[0]] = None
    elif isinstance(expr, (loggamma, gamma, digamma, polygamma)):
        found["gamma", expr.args[-1]] = None
    elif isinstance(expr, factorial):
        found["gamma", expr.args[0] + 1] = None
    elif isinstance(expr, binomial):
        n, k = expr.args
        found.update(dict.fromkeys((("gamma", n + 1), ("gamma", k + 1), ("gamma", n - k + 1))))
    elif isinstance(expr, beta):
        found.update(dict.fromkeys((("gamma", expr.args[0]), ("gamma", expr.args[1]))))
    elif isinstance(expr, besselk):
        found["power", expr.args[1]] = None
    elif isinstance(expr, (coth, csch)):
        found["power", expr.args[0]] = None
    elif isinstance(expr, tan):
        found["power", cos(expr.args[0])] = None
    for arg in expr.args:
        if isinstance(arg, Expr):
            found.update(dict.fromkeys(suspects(arg, x)))
        elif arg.args:
            # The (branch, condition) pairs of a Piecewise.
            found.update(dict.fromkeys(entry for part in arg.args if isinstance(part, Expr) for entry in suspects(part, x)))
    return tuple(found)


@lru_cache(maxsize=8192)
def has_nested_log(expr: Expr, x: Symbol) -> bool:
    """Whether a logarithm of a logarithm in x occurs; without one, a log-density that is singular is so like log|x − c|."""
    return any(kind == "log" and any(inner == "log" for inner, _ in suspects(h, x)) for kind, h in suspects(expr, x))


def zeros(h: Any, x: Symbol, support: Support, known: Known) -> tuple[Expr, ...]:
    """The points of the line at which h may vanish, for h that can be inverted; () if it cannot vanish on the support."""
    if not depends(h, x):
        return ()
    if isinstance(h, (Abs, Pow)) and not isinstance(h, exp):
        return zeros(h.args[0], x, support, known)
    if isinstance(h, (exp, cosh, erfc, gamma)):
        return ()
    if isinstance(h, Mul):
        return tuple(dict.fromkeys(point for factor in h.args for point in zeros(factor, x, support, known)))
    if isinstance(h, log):
        return zeros(h.args[0] - 1, x, support, known)
    slope = linear_slope(h, x)
    if slope is not None:
        return ((-h.xreplace({x: Integer(0)}) / slope).expand(),)
    if not possible_signs(h, known.plus(Facts.of(support.facts(x)))) & ZERO:
        return ()
    raise Undecided(f"where {h} vanishes", ("zeros of linear functions", "signs from the facts"))


def gamma_slope(h: Expr, x: Symbol) -> Expr:
    """The slope of a linear argument of a gamma function."""
    slope = linear_slope(h, x)
    if slope is None or slope == 0:
        raise Undecided(f"where the gamma function of {h} has poles", ("linear arguments", "signs from the facts"))
    return slope
