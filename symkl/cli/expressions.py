"""Raw trees to SymPy expressions, by explicit construction from a fixed list of functions; sizes are bounded before they are built."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, Symbol

from symkl.cli.grammar import Binary, Call, List, Name, Negative, Node, Number, Postfix
from symkl.errors import ParseError

__all__ = ["CONSTANTS", "FUNCTIONS", "Reader", "number_of"]

# Bits of the largest exact number that is built (4,200 digits, within what Python prints without asking), and bounds on exponents and numbers in exponents.
MAX_BITS = 14_000
MAX_POWER = 10_000
MAX_POWER_OF_SUM = 200
MAX_EXP_BITS = 1_000

CONSTANTS: dict[str, Expr] = {
    "pi": S.Pi,
    "e": S.Exp1,
    "E": S.Exp1,
    "oo": S.Infinity,
    "inf": S.Infinity,
    "infinity": S.Infinity,
    "EulerGamma": S.EulerGamma,
    "Catalan": S.Catalan,
}


#: Names that SymPy and others give to what is no real number; as symbols they would mislead.
NOT_NUMBERS = {
    **dict.fromkeys(("nan", "NaN"), "not a number"),
    "zoo": "complex infinity",
    "I": "the imaginary unit",
    **dict.fromkeys(("True", "False", "true", "false"), "a truth value"),
    "None": "no number",
}


def _log(x: Expr, base: Expr | None = None) -> Expr:
    return sympy.log(x) if base is None else sympy.log(x) / sympy.log(base)


#: What may be called, and with how many arguments.
FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    "sqrt": (sympy.sqrt, (1,)),
    "cbrt": (sympy.cbrt, (1,)),
    "exp": (sympy.exp, (1,)),
    "log": (_log, (1, 2)),
    "ln": (_log, (1,)),
    "log2": (lambda x: _log(x, Integer(2)), (1,)),
    "log10": (lambda x: _log(x, Integer(10)), (1,)),
    "abs": (sympy.Abs, (1,)),
    "Abs": (sympy.Abs, (1,)),
    "sign": (sympy.sign, (1,)),
    "floor": (sympy.floor, (1,)),
    "ceiling": (sympy.ceiling, (1,)),
    "min": (sympy.Min, (2, 3, 4)),
    "max": (sympy.Max, (2, 3, 4)),
    "Min": (sympy.Min, (2, 3, 4)),
    "Max": (sympy.Max, (2, 3, 4)),
    "gamma": (sympy.gamma, (1,)),
    "Gamma": (sympy.gamma, (1,)),
    "loggamma": (sympy.loggamma, (1,)),
    "lgamma": (sympy.loggamma, (1,)),
    "digamma": (sympy.digamma, (1,)),
    "psi": (sympy.digamma, (1,)),
    "trigamma": (sympy.trigamma, (1,)),
    "polygamma": (sympy.polygamma, (2,)),
    "beta": (sympy.beta, (2,)),
    "B": (sympy.beta, (2,)),
    "factorial": (sympy.factorial, (1,)),
    "binomial": (sympy.binomial, (2,)),
    "harmonic": (sympy.harmonic, (1, 2)),
    "zeta": (sympy.zeta, (1, 2)),
    "polylog": (sympy.polylog, (2,)),
    "erf": (sympy.erf, (1,)),
    "erfc": (sympy.erfc, (1,)),
    "Ei": (sympy.Ei, (1,)),
    "expint": (sympy.expint, (2,)),
    "lowergamma": (sympy.lowergamma, (2,)),
    "uppergamma": (sympy.uppergamma, (2,)),
    "besseli": (sympy.besseli, (2,)),
    "besselj": (sympy.besselj, (2,)),
    "besselk": (sympy.besselk, (2,)),
    **{
        name: (getattr(sympy, name), (1,))
        for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "sech", "csch", "asin", "acos", "atan", "asinh", "acosh", "atanh")
    },
}
# These compute exactly at numbers, so a huge argument would never come back.
_GUARDED = dict.fromkeys(
    ("gamma", "Gamma", "loggamma", "lgamma", "digamma", "psi", "trigamma", "beta", "B", "factorial", "binomial"), 2000
) | dict.fromkeys(("polygamma", "harmonic", "zeta", "polylog", "expint", "lowergamma", "uppergamma", "besseli", "besselj", "besselk"), 200)


@dataclass
class Reader:
    """Builds the expressions of one text. `symbols` gives known symbols by name; others are made plain, without assumptions."""

    text: str
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    #: Other calls, such as measures of laws, by name.
    calls: Mapping[str, Callable[[Reader, Call], Expr]] = field(default_factory=dict)

    def fail(self, message: str, node: Any) -> ParseError:
        return ParseError(message, self.text, node.position)

    def expression(self, node: Node) -> Expr:
        """The SymPy expression of a raw tree."""
        match node:
            case Number(value):
                return self.bounded(Rational(value.numerator, value.denominator), node)
            case Name(text):
                if text in NOT_NUMBERS:
                    raise self.fail(f"{text} is {NOT_NUMBERS[text]}, and no name of a symbol", node)
                return self.name(text)
            case Negative(operand):
                return -self.expression(operand)
            case Postfix(operand):
                return self.apply("factorial", [self.expression(operand)], node)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case List(bracket=""):
                raise self.fail("one expression is expected, not a list", node.items[1])
            case _:
                raise self.fail("an expression is expected here", node)

    def name(self, text: str) -> Expr:
        if text in CONSTANTS:
            return CONSTANTS[text]
        return self.symbols.get(text) or Symbol(text)

    def binary(self, node: Binary) -> Expr:
        if node.operator == "^":
            return self.power(self.expression(node.left), self.expression(node.right), node)
        parts: list[Expr] = []
        # The left spine of a long sum or product is as deep as it is long: it is walked, not recursed into.
        place: Node = node
        while isinstance(place, Binary) and place.operator in ("+-" if node.operator in "+-" else "*/"):
            parts.append(self.operand(place))
            place = place.left
        parts.append(self.expression(place))
        parts.reverse()
        value = Add(*parts) if node.operator in "+-" else Mul(*parts)
        self.finite_where_gone(parts, value, node)
        return self.bounded(value, node)

    def finite_where_gone(self, parts: list[Expr], value: Expr, node: Binary) -> None:
        """What cancels, or is multiplied by zero, has to be finite: SymPy takes a measure that it has not evaluated for a number."""
        from symkl.core.heads import Expectation, Head

        gone = {each for part in parts for each in part.atoms(Head, Expectation)} - value.atoms(Head, Expectation)
        for each in sorted(gone, key=str):
            if self.is_infinite(each):
                raise self.fail(f"{'oo - oo' if node.operator in '+-' else '0*oo'} is not defined: {each} is infinite", node)

    @staticmethod
    def is_infinite(head: Any) -> bool:
        """Whether a measure is ±oo."""
        from symkl.errors import NoClosedForm, Undecided

        try:
            value = head.doit()
            return bool(value.is_infinite)
        except (NoClosedForm, Undecided):
            return False

    def operand(self, node: Binary) -> Expr:
        """The right side of a node, negated or inverted as its operator says."""
        right = self.expression(node.right)
        if node.operator == "/" and right.is_zero:
            raise self.fail("division by zero", node)
        if node.operator == "-":
            return -right
        return Pow(right, -1) if node.operator == "/" else right

    def power(self, base: Expr, exponent: Expr, node: Binary) -> Expr:
        size = sympy.Abs(number) if (number := exponent.as_coeff_Mul()[0]).is_Rational else S.Zero
        sums = any(part.is_Add for part in Mul.make_args(base))
        if size > (MAX_POWER_OF_SUM if sums and not base.is_number else MAX_POWER):
            raise self.fail(f"the exponent {_short(exponent)} is too large", node)
        if base.is_zero and exponent.is_negative:
            raise self.fail("division by zero", node)
        # (a*b)^n multiplies a^n out, so every exact number in the base counts, however deep it stands.
        bits = max((_log2(number) for number in base.atoms(Rational)), default=0.0)
        if exponent.is_Rational and bits * float(size) > MAX_BITS:
            raise self.fail("the power is too large to be written out", node)
        if not exponent.is_Rational and exponent.is_number and bits > MAX_EXP_BITS:
            raise self.fail("the power is too large", node)
        self.moderate(exponent, node)
        return self.bounded(Pow(base, exponent), node)

    def call(self, node: Call) -> Expr:
        if node.name in self.calls:
            return self.calls[node.name](self, node)
        if node.name not in FUNCTIONS:
            known = [*FUNCTIONS, *self.calls]
            raise self.fail(f"unknown function {node.name!r}{hint(node.name, known)}", node)
        _, counts = FUNCTIONS[node.name]
        named = next((argument for argument in node.arguments if argument.name is not None), None)
        if named is not None:
            raise self.fail(f"{node.name} takes its arguments by position", named)
        if len(node.arguments) not in counts:
            wanted = " or ".join(map(str, counts))
            raise self.fail(f"{node.name} takes {wanted} argument{'s' * (counts != (1,))}, not {len(node.arguments)}", node)
        return self.apply(node.name, [self.expression(argument.value) for argument in node.arguments], node)

    def apply(self, name: str, values: list[Expr], node: Any) -> Expr:
        if limit := _GUARDED.get(name):
            for value in values:
                number = value if value.is_Rational else value.as_coeff_Add()[0]
                if number.is_Rational and (abs(number) > limit or _bits(number) > MAX_EXP_BITS):
                    raise self.fail(f"the argument {_short(value)} of {name} is too large", node)
        for value in values:
            self.moderate(value, node)
        return self.bounded(FUNCTIONS[name][0](*values), node)

    def moderate(self, value: Expr, node: Any) -> None:
        """Refuse numbers so large that their exponential could not be stored; only numbers without symbols are looked at."""
        if value.is_number and not value.is_infinite and _log2_bound(value) > MAX_EXP_BITS * 20:
            raise self.fail(f"the number {_short(value)} is too large", node)

    def bounded(self, value: Any, node: Any) -> Expr:
        if value in (S.ComplexInfinity, S.NaN):
            raise self.fail("this is undefined", node)
        if value.is_Rational and _bits(value) > MAX_BITS:
            raise self.fail("the number is too large to be written out", node)
        return value


def _bits(number: Any) -> int:
    return max(number.p.bit_length(), number.q.bit_length()) if number.is_Rational else 0


def _log2(number: Any) -> float:
    """log2 of the larger of numerator and denominator."""
    larger = max(abs(number.p), number.q)
    return math.log2(larger) if larger.bit_length() < MAX_EXP_BITS else float(larger.bit_length())


def _log2_bound(value: Any) -> float:
    """A rough upper bound of log2|value| of a number, without evaluating it: towers of exponentials show at once."""
    if value.is_Rational:
        return float(max(value.p.bit_length() - value.q.bit_length() + 1, 0))
    if isinstance(value, sympy.exp):
        return _two_to(_log2_bound(value.args[0])) * 1.5
    if value.is_Pow:
        return _two_to(_log2_bound(value.exp)) * max(_log2_bound(value.base), 2.0)
    if isinstance(value, (sympy.gamma, sympy.factorial, sympy.cosh, sympy.sinh)):
        return _two_to(_log2_bound(value.args[0]) * 1.1)
    inner = [_log2_bound(part) for part in value.args]
    return sum(inner) + 2 * len(inner) + 2


def _two_to(exponent: float) -> float:
    return 2.0 ** min(exponent, 1000.0)


def _short(value: Expr) -> str:
    if value.is_Rational and _bits(value) > 200:
        return f"of {_bits(value) * 3 // 10} digits"
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def hint(name: str, known: list[str]) -> str:
    """; did you mean …? with the nearest known name, or nothing.

    >>> hint("gama", ["gamma", "beta"])
    '; did you mean gamma?'
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    near = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return f"; did you mean {folded[near[0]]}?" if near else ""


def number_of(value: Expr) -> bool:
    """Whether the expression is a finite number with nothing left to choose."""
    return bool(value.is_number) and not value.free_symbols and value.is_infinite is not True
