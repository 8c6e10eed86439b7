"""What a user writes for the function f of an expectation E_P[f(X)]: a function, a Lambda, or an expression in one symbol."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Float, Symbol, sympify
from sympy.core.sympify import SympifyError

from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = ["statistic_of"]


def statistic_of(f: Any, law: Law, x: Symbol) -> Expr:
    """f(x) as an expression; of an expression in one symbol that is no parameter of the law, that symbol is the variable.

    >>> from symkl import Gamma
    >>> t, x = Symbol("t"), Symbol("x", positive=True)
    >>> statistic_of(t**2, Gamma(2, 3), x), statistic_of(lambda y: y + 1, Gamma(2, 3), x)
    (x**2, x + 1)
    """
    if isinstance(f, str):
        raise TypeError(f"{f!r} is a text; write an expression such as x**2, or a function such as lambda x: x**2")
    # A SymPy symbol can be called, too, and means something else by it.
    is_function = callable(f) and not isinstance(f, Symbol)
    value = f(x) if is_function else f
    try:
        expr = sympify(value, strict=True)
    except SympifyError:
        expr = None
    if not isinstance(expr, Expr):
        raise TypeError(f"an expression such as x**2 or a function such as lambda x: x**2 is wanted, not {f!r}")
    if expr.atoms(Float):
        raise DomainError(f"{expr} holds a float; write it exactly, with Rational")
    if is_function:
        return expr
    free = sorted((each for each in expr.free_symbols - law.free_symbols if isinstance(each, Symbol)), key=lambda each: each.name)
    if len(free) > 1:
        names = ", ".join(each.name for each in free)
        raise TypeError(f"{expr}: which of {names} is the variable? Write it as a function, lambda {free[0]}: {expr}")
    if not free and expr.free_symbols:
        shared = min((each for each in expr.free_symbols), key=str)
        raise DomainError(f"{expr}: {shared} is a parameter of {law}, and so not the variable; write the function of another symbol, or as lambda t: ...")
    return expr.xreplace({free[0]: x}) if free else expr
