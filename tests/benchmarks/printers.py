"""Expressions in the input languages of Maxima, Giac and alkahest."""

from __future__ import annotations

from typing import Any

from sympy import Expr
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

__all__ = ["AlkahestPrinter", "GiacPrinter", "MaximaPrinter"]


class _Printer(StrPrinter):
    """SymPy's printer with ^ for powers and the system's names of functions; a function without a name there is a KeyError."""

    functions: dict[str, str] = {}
    constants: dict[str, str] = {}

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base = self.parenthesize(expr.base, PRECEDENCE["Pow"], strict=False)
        return f"{base}^({self._print(expr.exp)})"

    def _print_Function(self, expr: Any) -> str:
        return f"{self.functions[type(expr).__name__]}({', '.join(self._print(arg) for arg in expr.args)})"

    _print_besseli = _print_beta = _print_loggamma = _print_gamma = _print_factorial = _print_Abs = _print_zeta = _print_Function

    def _print_exp(self, expr: Any) -> str:
        return f"exp({self._print(expr.args[0])})"

    def _print_Symbol(self, expr: Any) -> str:
        # A name such as beta_1 would be read as a function or a subscript somewhere.
        return f"v{expr.name.replace('_', '')}"

    def _print_Pi(self, expr: Any) -> str:
        return self.constants["pi"]

    def _print_Infinity(self, expr: Any) -> str:
        return self.constants["oo"]

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return f"-{self.constants['oo']}"


_COMMON = {"exp": "exp", "cos": "cos", "Abs": "abs", "cosh": "cosh", "sinh": "sinh", "sin": "sin"}


class MaximaPrinter(_Printer):
    functions = _COMMON | {
        "log": "log", "gamma": "gamma", "loggamma": "log_gamma", "factorial": "factorial", "besseli": "bessel_i", "zeta": "zeta", "beta": "beta",
    }  # fmt: skip
    constants = {"pi": "%pi", "oo": "inf"}


class GiacPrinter(_Printer):
    functions = _COMMON | {"log": "ln", "gamma": "Gamma", "factorial": "factorial", "besseli": "BesselI", "zeta": "Zeta", "beta": "Beta"}
    constants = {"pi": "pi", "oo": "+infinity"}

    def _print_loggamma(self, expr: Any) -> str:
        return f"ln(Gamma({self._print(expr.args[0])}))"

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return "-infinity"


class AlkahestPrinter(_Printer):
    functions = _COMMON | {"log": "log", "gamma": "gamma"}
    constants = {"pi": "pi"}

    def _print_loggamma(self, expr: Any) -> str:
        return f"log(gamma({self._print(expr.args[0])}))"

    def _print_factorial(self, expr: Any) -> str:
        return f"gamma({self._print(expr.args[0] + 1)})"


def substitutions(printer: _Printer, point: dict[Any, Expr]) -> str:
    """a = 1/2, b = 3."""
    return ", ".join(f"{printer.doprint(symbol)} = {printer.doprint(value)}" for symbol, value in point.items())
