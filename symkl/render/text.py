"""One-line printing in plain ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Expr, Integer, Rational, S
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.str import StrPrinter

from symkl.core.composite import Mixture
from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.render.fractions import Quotient, author_terms, negative, quotient, trailing_zeros
from symkl.render.names import ascii_words

__all__ = ["RELATIONS", "TextPrinter"]

RELATIONS = {"StrictGreaterThan": ">", "GreaterThan": ">=", "StrictLessThan": "<", "LessThan": "<=", "Equality": "=", "Unequality": "!="}


_PROSE = {
    "−": "-", "–": "-", "‖": "||", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~=", "∞": "oo", "×": "x", "·": "*", "→": "->", "…": "...", "≪": "<<", "±": "+-",
    "ℝ": "R", "∈": "in", "∂": "d/d", "′": "'", "²": "^2", "½": "1/2", "ψ": "digamma", "Γ": "gamma",
}  # fmt: skip


class TextPrinter(StrPrinter):
    """ASCII: what it prints of an expression is read back by the grammar of the command line, and by SymPy.

    `laws` gives short names to laws: with {Normal(mu, sigma): "P"}, heads and expectations print P instead.
    """

    # The core classes' own `_sympystr` is for SymPy's printers; here every class is printed by this one.
    printmethod = "_symkl_line"
    minus = "-"
    by = "*"
    half = "1/2"
    norm = "||"
    infinity = "oo"
    relations: Mapping[str, str] = RELATIONS

    def __init__(self, laws: Mapping[Law, str] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.laws = dict(laws or {})
        # A derivation repeats most of what it shows.
        self._shown: dict[Basic, str] = {}

    def doprint(self, expr: Any) -> str:
        return self._print(expr)

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> str:
        if isinstance(item, Integer) and item.p > 0 and (zeros := trailing_zeros(item.p)):
            # 10^300 is a power, and 3*10^300 a product, wherever it stands.
            return self._print(item) if item.p == 10**zeros and level < PRECEDENCE["Pow"] else f"({self._print(item)})"
        return str(super().parenthesize(item, level, strict=strict))  # type: ignore[no-untyped-call]

    def listed(self, args: Any) -> str:
        return ", ".join(self._print(arg) for arg in args)

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if kwargs or not isinstance(expr, Basic):
            return self._anew(expr, **kwargs)
        if expr not in self._shown:
            self._shown[expr] = self._anew(expr)
        return self._shown[expr]

    def _anew(self, expr: Any, **kwargs: Any) -> str:
        # By type and not by class name: a family may be called as some SymPy class is.
        if isinstance(expr, Law):
            return self.laws.get(expr) or self.law(expr)
        if isinstance(expr, Head):
            return self.head(expr)
        if isinstance(expr, Expectation):
            return self.expectation(expr)
        return str(super()._print(expr, **kwargs))

    def prose(self, words: str) -> str:
        """Rules, reasons and claims in the letters of this format."""
        for sign, spelling in _PROSE.items():
            words = words.replace(sign, spelling)
        return words if words.isascii() else ascii_words(words)

    def emptyPrinter(self, expr: Any) -> str:
        own = getattr(expr, "_sympystr", None)
        return str(own(self)) if own is not None else str(expr)

    # Laws and heads ---------------------------------------------------------------------------------------------------

    def law(self, law: Law) -> str:
        if isinstance(law, Mixture) and len(law.args) > 1:
            return " + ".join(self.weighted(weight, self._print(each)) for weight, each in zip(law.weights, law.components))
        return self._print(law.components[0]) if isinstance(law, Mixture) else law._sympystr(self)

    def weighted(self, weight: Expr, law: str) -> str:
        shown = self._print(weight) if weight.is_Rational else self.parenthesize(weight, PRECEDENCE["Mul"])
        return f"{shown}*{law}"

    def head(self, head: Head) -> str:
        separator = f" {self.norm} " if "‖" in head.separator else head.separator
        inner = separator.join(self._print(each) for each in head.laws)
        extras = "".join(f", {self._print(each)}" for each in head.extras)
        base = "" if head.base is S.Exp1 else f", base={self._print(head.base)}"
        return f"{head.symbol}({inner}{extras}{base})"

    def expectation(self, expr: Expectation) -> str:
        if expr.under in self.laws:
            return f"E_{self.laws[expr.under]}[{self._print(expr.statistic)}]"
        return f"E[{self._print(expr.statistic)}; {self._print(expr.variable)} ~ {self._print(expr.under)}]"

    # Arithmetic -------------------------------------------------------------------------------------------------------

    def _print_Add(self, expr: Expr, order: Any = None) -> str:
        parts = []
        for term in author_terms(expr):
            below_zero = negative(term)
            shown = self.parenthesize(-term if below_zero else term, PRECEDENCE["Add"])
            parts.append((self.minus if below_zero else "+", shown))
        (sign, first), *rest = parts
        return (sign if sign == self.minus else "") + first + "".join(f" {sign} {part}" for sign, part in rest)

    def _print_Mul(self, expr: Expr) -> str:
        q = quotient(expr)
        return (self.minus if q.negative else "") + self.fraction(q)

    def fraction(self, q: Quotient) -> str:
        if q.is_prefixed:
            return self.product((Rational(q.coefficient), *q.above))
        above = self.product(q.numerator) if q.numerator else "1"
        below = q.denominator
        if not below:
            return above
        shown = self.parenthesize(below[0], PRECEDENCE["Mul"], strict=True) if len(below) == 1 else f"({self.product(below)})"
        return f"{above}/{shown}"

    def product(self, factors: tuple[Expr, ...]) -> str:
        if len(factors) == 1:
            return self.parenthesize(factors[0], PRECEDENCE["Mul"]) if not factors[0].is_Rational else self._print(factors[0])
        return self.times(
            [(factor, self.parenthesize(factor, PRECEDENCE["Mul"]) if not factor.is_Rational else self._print(factor)) for factor in factors]
        )

    def times(self, parts: list[tuple[Expr, str]]) -> str:
        return "*".join(text for _, text in parts)

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base, exponent = expr.args
        if exponent.as_coeff_Mul()[0].is_negative and not exponent.is_Add:
            return self.fraction(quotient(expr))
        if exponent is S.Half:
            return self.root(base)
        return self.raised(self.parenthesize(base, PRECEDENCE["Pow"]), exponent)

    def root(self, base: Expr) -> str:
        return f"sqrt({self._print(base)})"

    def raised(self, base: str, exponent: Expr) -> str:
        return f"{base}^{self.parenthesize(exponent, PRECEDENCE['Pow'], strict=False)}"

    def _print_Rational(self, expr: Any) -> str:
        return f"{self.minus if expr.p < 0 else ''}{self.ratio(expr)}"

    def ratio(self, expr: Any) -> str:
        return f"{self.whole(abs(expr.p))}/{self.parenthesize(Integer(expr.q), PRECEDENCE['Mul'])}"

    def _print_Half(self, expr: Any) -> str:
        return "1/2"

    def _print_Integer(self, expr: Any) -> str:
        return f"{self.minus if expr.p < 0 else ''}{self.whole(abs(expr.p))}"

    def whole(self, number: int) -> str:
        """A whole number; 3*10^300 for one of many zeros."""
        zeros = trailing_zeros(number)
        if not zeros:
            return str(number)
        power = self.raised("10", Integer(zeros))
        return power if number == 10**zeros else f"{number // 10**zeros}{self.by}{power}"

    def _print_NegativeOne(self, expr: Any) -> str:
        return f"{self.minus}1"

    def _print_Infinity(self, expr: Expr) -> str:
        return self.infinity

    def _print_NegativeInfinity(self, expr: Expr) -> str:
        return self.minus + self.infinity

    def _print_Exp1(self, expr: Expr) -> str:
        return "exp(1)"

    # Functions --------------------------------------------------------------------------------------------------------

    def _print_Function(self, expr: Any) -> str:
        return f"{expr.func.__name__}({self.listed(expr.args)})"

    def _print_Abs(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"

    def _print_polygamma(self, expr: Any) -> str:
        order, x = expr.args
        name = {0: "digamma", 1: "trigamma"}.get(order)
        return f"{name}({self._print(x)})" if name else f"polygamma({self._print(order)}, {self._print(x)})"

    def _print_IndexedBase(self, expr: Any) -> str:
        return self._print(expr.label)

    def _print_Indexed(self, expr: Any) -> str:
        return f"{self._print(expr.base)}[{self.listed(expr.indices)}]"

    def _print_factorial(self, expr: Any) -> str:
        return f"factorial({self._print(expr.args[0])})"

    def _print_LogSum(self, expr: Any) -> str:
        return str(expr)

    # Conditions -------------------------------------------------------------------------------------------------------

    def _print_Piecewise(self, expr: Any) -> str:
        inner = "; ".join(f"{self._print(value)}{self.condition_suffix(condition)}" for value, condition in expr.args)
        return f"{{{inner}}}"

    def condition_suffix(self, condition: Any) -> str:
        return " otherwise" if condition is S.true else f" if {self._print(condition)}"

    def _print_Relational(self, expr: Any) -> str:
        sign = self.relations[type(expr).__name__]
        left, right = expr.args
        if left.is_number and not right.is_number and type(expr).__name__ in _FLIPPED:
            left, right, sign = right, left, self.relations[_FLIPPED[type(expr).__name__]]
        return f"{self._print(left)} {sign} {self._print(right)}"

    def _print_And(self, expr: Any) -> str:
        return self.joined(expr, " and ", PRECEDENCE["And"])

    def _print_Or(self, expr: Any) -> str:
        return self.joined(expr, " or ", PRECEDENCE["Or"])

    def joined(self, expr: Any, word: str, level: int) -> str:
        return word.join(sorted(f"({self._print(arg)})" if arg.is_Boolean and precedence(arg) < level else self._print(arg) for arg in expr.args))

    def _print_Not(self, expr: Any) -> str:
        return f"not ({self._print(expr.args[0])})"

    def _print_Contains(self, expr: Any) -> str:
        element, container = expr.args
        word = {S.Reals: "real", S.Integers: "an integer", S.Naturals: "a positive integer", S.Naturals0: "a non-negative integer"}.get(container)
        return f"{self._print(element)} is {word}" if word else f"{self._print(element)} in {self._print(container)}"

    def _print_BooleanTrue(self, expr: Any) -> str:
        return "always"

    def _print_BooleanFalse(self, expr: Any) -> str:
        return "never"

    def _print_Interval(self, expr: Any) -> str:
        left = "(" if expr.left_open else "["
        right = ")" if expr.right_open else "]"
        return f"{left}{self._print(expr.start)}, {self._print(expr.end)}{right}"

    def _print_Range(self, expr: Any) -> str:
        start, step = expr.start, expr.step
        if expr.stop is S.Infinity:
            return f"{{{self._print(start)}, {self._print(start + step)}, ...}}"
        if expr.stop - start in (step, 2 * step):
            return f"{{{self.listed([start] if expr.stop - start == step else [start, start + step])}}}"
        return f"{{{self._print(start)}, ..., {self._print(expr.stop - step)}}}"

    def _print_Integers(self, expr: Any) -> str:
        return "integers"


_FLIPPED = {
    "StrictGreaterThan": "StrictLessThan",
    "GreaterThan": "LessThan",
    "StrictLessThan": "StrictGreaterThan",
    "LessThan": "GreaterThan",
    "Equality": "Equality",
    "Unequality": "Unequality",
}
