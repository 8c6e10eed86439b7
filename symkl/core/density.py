"""`Density`: a law given by any density or mass function, for what nobody has named."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, Float, Symbol, exp, expand_log, log, sympify
from sympy.logic.boolalg import Boolean

from symkl.core.laws import Law
from symkl.core.supports import Support, support_of
from symkl.errors import DomainError

__all__ = ["Density"]


class Density(Law):
    """p(x) = expr for x in support; the log-density is log(expr).

    `expr` is a density in the symbol `x` on `support`: a pair (a, b), a SymPy `Interval`, or a `Range`, `Naturals0`,
    `Integers` for a mass function. Derivations check that it integrates to one.

    >>> from sympy import symbols, exp, oo
    >>> x = symbols("x")
    >>> Density(2*x*exp(-x**2), x, (0, oo)).log_density(x)
    -x**2 + log(x) + log(2)
    """

    def __new__(cls, expr: Any, x: Any, support: Any) -> Density:
        if isinstance(expr, str):
            raise DomainError(f"Density: {expr!r} is a text; write a SymPy expression")
        expr, where = sympify(expr, strict=True), support_of(support)
        if not isinstance(x, Symbol):
            raise DomainError(f"Density: the variable must be a Symbol, not {x!r}")
        if expr.atoms(Float):
            raise DomainError(f"Density: {expr} holds a float; write it exactly, with Rational")
        point = where.variable(x.name)
        logarithm = _logarithm(expr.xreplace({x: point}))
        return cls.from_log(logarithm, point, where)

    @classmethod
    def from_log(cls, log_density: Expr, x: Symbol, support: Support) -> Density:
        """The law with the given log-density, normalisation included."""
        return Basic.__new__(cls, log_density, x, support)

    @property
    def func(self) -> Any:
        return _density_from_args

    @property
    def support(self) -> Support:
        return self.args[2]

    @property
    def variable(self) -> Symbol:
        return self.args[1]

    def log_density(self, x: Expr) -> Expr:
        return self.args[0].xreplace({self.args[1]: x})

    @property
    def free_symbols(self) -> set[Basic]:
        return (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        return ()

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (_density_from_args, self.args)

    def _sympystr(self, printer: Any) -> str:
        return f"Density({printer._print(exp(self.args[0]))}, {printer._print(self.args[1])}, {printer._print(self.support.as_set())})"

    def _latex(self, printer: Any) -> str:
        return rf"\left[{printer._print(exp(self.args[0]))}\right]_{{{printer._print(self.args[1])} \in {printer._print(self.support.as_set())}}}"


def _density_from_args(log_density: Expr, x: Symbol, support: Support) -> Density:
    return Density.from_log(log_density, x, support)


def _logarithm(expr: Expr) -> Expr:
    """log(expr) as a sum; `force` is sound here because a density is positive on its support, factor by factor up to sign."""
    return expand_log(log(expr), force=True)
