"""One-line printing with Greek letters, subscripts, superscripts and typographic signs."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, Integral, Pow, Rational, S, Sum
from sympy.printing.precedence import PRECEDENCE

from symkl.render.names import unicode_name
from symkl.render.text import RELATIONS, TextPrinter

__all__ = ["UnicodePrinter"]

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_VULGAR = {Rational(1, 2): "½", Rational(1, 3): "⅓", Rational(2, 3): "⅔", Rational(1, 4): "¼", Rational(3, 4): "¾"}
_FUNCTIONS = {"gamma": "Γ", "loggamma": "log Γ", "beta": "B", "zeta": "ζ", "lowergamma": "γ", "uppergamma": "Γ", "binomial": "C"}
_INDEXED = {"besseli": "I", "besselj": "J", "besselk": "K", "bessely": "Y", "polylog": "Li", "expint": "E", "harmonic": "H"}


class UnicodePrinter(TextPrinter):
    """What `TextPrinter` prints, in the letters of a printed page."""

    by = "·"
    minus = "−"
    norm = "‖"
    infinity = "∞"
    relations = {**RELATIONS, "GreaterThan": "≥", "LessThan": "≤", "Unequality": "≠"}

    def weighted(self, weight: Expr, law: str) -> str:
        return super().weighted(weight, law).replace("*", " ", 1) if weight in _VULGAR or weight.is_Symbol else f"({self._print(weight)}) {law}"

    def prose(self, words: str) -> str:
        for spelling, sign in (("||", "‖"), (" <= ", " ≤ "), (" >= ", " ≥ "), (" != ", " ≠ "), ("->", "→")):
            words = words.replace(spelling, sign)
        return words

    def _print_Symbol(self, expr: Any) -> str:
        return unicode_name(expr.name)

    _print_Dummy = _print_Symbol

    def _print_Pi(self, expr: Expr) -> str:
        return "π"

    def _print_EulerGamma(self, expr: Expr) -> str:
        return "γ"

    def _print_Exp1(self, expr: Expr) -> str:
        return "e"

    def _print_Rational(self, expr: Any) -> str:
        sign = self.minus if expr.p < 0 else ""
        return sign + (_VULGAR.get(abs(expr)) or self.ratio(expr))

    def _print_Half(self, expr: Any) -> str:
        return "½"

    def times(self, parts: list[tuple[Expr, str]]) -> str:
        """Juxtaposed as in print: 2σ², αβ, ½ log(2π), (7/10) log(7/10), α (β − 1)."""
        shown = ""
        before = ""
        for factor, text in parts:
            kind = _factor_kind(factor)
            if kind == "number" and "/" in text and len(parts) > 1:
                text = f"({text})"
            glue = "" if before in ("", "number") and kind not in ("number", "name") else "" if (before, kind) == ("letter", "letter") else " "
            if before and before == kind == "number" or (before == "number" and text[0].isdigit()):
                glue = "·"
            shown += glue + text if before else text
            before = kind
        return shown

    def root(self, base: Expr) -> str:
        shown = self._print(base)
        return f"√{shown}" if base.is_Symbol or base.is_Integer or base is S.Pi else f"√({shown})"

    def raised(self, base: str, exponent: Any) -> str:
        if exponent.is_Integer:
            return base + str(exponent).translate(_SUPERSCRIPTS)
        if exponent.is_Rational:
            return f"{base}^({exponent.p}/{exponent.q})"
        return f"{base}^{self.parenthesize(exponent, PRECEDENCE['Pow'], strict=False)}"

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> str:
        if isinstance(item, Basic) and item in _VULGAR:
            return self._print(item)
        if isinstance(item, (Sum, Integral)) and level >= PRECEDENCE["Mul"]:
            return f"({self._print(item)})"
        return str(super().parenthesize(item, level, strict))

    def _print_Function(self, expr: Any) -> str:
        name = expr.func.__name__
        if name in _INDEXED and len(expr.args) == 2:
            index, x = expr.args if name != "harmonic" else (expr.args[1], expr.args[0])
            return f"{_INDEXED[name]}_{self.parenthesize(index, PRECEDENCE['Atom'], strict=True)}({self._print(x)})"
        return f"{_FUNCTIONS.get(name, name)}({self.listed(expr.args)})"

    def _print_Abs(self, expr: Any) -> str:
        return f"|{self._print(expr.args[0])}|"

    def _print_polygamma(self, expr: Any) -> str:
        order, x = expr.args
        marks = {0: "ψ", 1: "ψ′", 2: "ψ″"}
        shown = marks.get(order) or (f"ψ⁽{str(order).translate(_SUPERSCRIPTS)}⁾" if order.is_Integer else f"ψ^({self._print(order)})")
        return f"{shown}({self._print(x)})"

    def _print_Derivative(self, expr: Any) -> str:
        function, x, order = expr.expr, expr.variables[0], len(expr.variables)
        if function.args == (x,) and order <= 3 and set(expr.variables) == {x}:
            name = function.func.__name__
            return f"{_FUNCTIONS.get(name, name)}{'′″‴'[order - 1]}({self._print(x)})"
        return str(super()._print_Derivative(expr))  # type: ignore[no-untyped-call]

    def _print_factorial(self, expr: Any) -> str:
        return f"{self.parenthesize(expr.args[0], PRECEDENCE['Func'], strict=True)}!"

    def _print_LogSum(self, expr: Any) -> str:
        return str(expr.text())

    def _print_Sum(self, expr: Any) -> str:
        limits = " ".join(f"Σ_{{{self._print(k)}={self._print(low)}}}^{{{self._print(high)}}}" for k, low, high in reversed(expr.limits))
        return f"{limits} {self.parenthesize(expr.function, PRECEDENCE['Mul'], strict=True)}"

    def _print_Integral(self, expr: Any) -> str:
        limits = " ".join(f"∫_{{{self._print(low)}}}^{{{self._print(high)}}}" for _, low, high in reversed(expr.limits))
        measures = " ".join(f"d{self._print(x)}" for x, _, _ in expr.limits)
        return f"{limits} {self.parenthesize(expr.function, PRECEDENCE['Mul'], strict=True)} {measures}"

    def _print_Contains(self, expr: Any) -> str:
        element, container = expr.args
        sets = {S.Reals: "ℝ", S.Integers: "ℤ", S.Naturals: "ℕ", S.Naturals0: "ℕ₀"}
        return f"{self._print(element)} ∈ {sets.get(container) or self._print(container)}"

    def _print_Integers(self, expr: Any) -> str:
        return "ℤ"

    def _print_Range(self, expr: Any) -> str:
        return super()._print_Range(expr).replace("...", "…")


def _factor_kind(factor: Expr) -> str:
    """number, letter (a symbol of one letter, or its power), bracket, or name (of a function, or a long symbol)."""
    base: Any
    base, exponent = factor.as_base_exp() if isinstance(factor, Pow) else (factor, S.One)
    if factor.is_Rational:
        return "number"
    if base.is_Symbol:
        letter = unicode_name(base.name).split("_")[0]
        return "letter" if len(letter.rstrip("₀₁₂₃₄₅₆₇₈₉")) == 1 and (exponent.is_Integer or exponent is S.One) else "name"
    if base in (S.Pi,) and exponent is S.One:
        return "letter"
    return "bracket" if base.is_Add else "name"
