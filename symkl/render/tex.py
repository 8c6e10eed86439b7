r"""LaTeX as an author types it: \log\frac{\sigma_2}{\sigma_1}, \psi(\alpha), \frac{1}{2}\log(2\pi)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Function, Integer, Pow, Rational, S, log
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

from symkl.core.composite import Mixture
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.render.fractions import Quotient, author_terms, negative, quotient, trailing_zeros
from symkl.render.names import latex_name

__all__ = ["TexPrinter", "escaped"]

_TALL = (r"\frac", r"\sum", r"\int", r"\begin", r"\sqrt", r"\left", "^", r"\binom")
_GREEK = {"gamma": r"\Gamma", "lowergamma": r"\gamma", "uppergamma": r"\Gamma", "beta": r"\mathrm{B}", "zeta": r"\zeta", "erf": r"\operatorname{erf}",
          "erfc": r"\operatorname{erfc}", "Ei": r"\operatorname{Ei}", "loggamma": r"\log\Gamma"}  # fmt: skip
_ELEMENTARY = {name: rf"\{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")}
_ELEMENTARY |= {name: rf"\operatorname{{{name}}}" for name in ("sech", "csch")}
_ELEMENTARY |= {f"a{name}": rf"\arc{name}" for name in ("sin", "cos", "tan")}
_ELEMENTARY |= {f"a{name}": rf"\operatorname{{ar{name}}}" for name in ("sinh", "cosh", "tanh", "coth")}
_INDEXED = {"besseli": "I", "besselj": "J", "besselk": "K", "bessely": "Y", "polylog": r"\operatorname{Li}", "expint": r"\operatorname{E}"}


class TexPrinter(LatexPrinter):
    """SymPy's LaTeX, with sums, products, powers and functions arranged as in the other formats.

    `laws` gives short names to laws, as in `TextPrinter`.
    """

    def __init__(self, laws: Mapping[Law, str] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.laws = dict(laws or {})
        # Inside an exponent fractions are written on one line.
        self._raised = False

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if isinstance(expr, Law) and expr in self.laws:
            return self.laws[expr]
        if isinstance(expr, Mixture):
            if len(expr.args) == 1:
                return self._print(expr.components[0])
            return " + ".join(rf"{self.weight(w)} \, {self._print(each)}" for w, each in zip(expr.weights, expr.components))
        if isinstance(expr, Expectation):
            return self.expectation(expr)
        return str(super()._print(expr, **kwargs))

    def doprint(self, expr: Any) -> str:
        return self._print(expr)

    def weight(self, weight: Expr) -> str:
        return self._print(weight) if weight.is_Rational else self.parenthesize(weight, PRECEDENCE["Mul"])

    def expectation(self, expr: Expectation) -> str:
        below = self.laws.get(expr.under) or rf"{self._print(expr.variable)} \sim {self._print(expr.under)}"
        below = below if len(below) == 1 else f"{{{below}}}"
        return rf"\mathbb{{E}}_{below}\left[{self._print(expr.statistic)}\right]"

    def brackets(self, inner: str) -> str:
        return rf"\left({inner}\right)" if not self._raised and any(mark in inner for mark in _TALL) else f"({inner})"

    def parenthesize(self, item: Any, level: int, is_neg: bool = False, strict: bool = False) -> str:
        from sympy.printing.precedence import precedence_traditional

        shown = self._print(item)
        value = precedence_traditional(item)
        if isinstance(item, Integer) and item.p > 0 and (zeros := trailing_zeros(item.p)):
            value = PRECEDENCE["Pow"] if item.p == 10**zeros else PRECEDENCE["Mul"]
        if (is_neg and strict) or value < level or (not strict and value <= level):
            return self.brackets(shown)
        return shown

    # Arithmetic -------------------------------------------------------------------------------------------------------

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        return latex_name(expr.name)

    _print_Dummy = _print_Symbol

    def _print_Add(self, expr: Expr, order: Any = None) -> str:
        parts = []
        for term in author_terms(expr):
            below_zero = negative(term)
            value = -term if below_zero else term
            shown = self.brackets(self._print(value)) if value.is_Add or value.is_Piecewise else self._print(value)
            parts.append(("-" if below_zero else "+", shown))
        (sign, first), *rest = parts
        return (sign if sign == "-" else "") + first + "".join(f" {sign} {part}" for sign, part in rest)

    def _print_Mul(self, expr: Expr) -> str:
        q = quotient(expr)
        return ("-" if q.negative else "") + self.fraction(q)

    def fraction(self, q: Quotient) -> str:
        if q.is_prefixed:
            return self.product((Rational(q.coefficient), *q.above))
        above = self.product(q.numerator) if q.numerator else "1"
        below = q.denominator
        alone = len(q.numerator) == 1 and q.numerator[0].is_Add
        if not below:
            return self.brackets(above) if alone and q.negative else above
        if not self._raised:
            return rf"\frac{{{above}}}{{{self.product(below)}}}"
        shown, above = self.product(below), self.brackets(above) if alone else above
        return f"{above}/{shown}" if len(below) == 1 and not below[0].is_Add else f"{above}/{self.brackets(shown)}"

    def product(self, factors: tuple[Expr, ...]) -> str:
        if len(factors) == 1:
            return self._print(factors[0])
        shown = ""
        before: Expr | None = None
        for factor in factors:
            text = self._print(factor) if factor.is_Rational else self.parenthesize(factor, PRECEDENCE["Mul"])
            if before is not None:
                if before.is_Rational and (factor.is_Rational or text[0].isdigit()):
                    shown += r" \cdot "
                elif isinstance(before, Function) or (isinstance(before, Pow) and isinstance(before.base, Function)):
                    shown += r" \, "
                else:
                    shown += " "
            shown += text
            before = factor
        return shown

    def _print_Pow(self, expr: Any) -> str:
        base, exponent = expr.args
        if exponent.as_coeff_Mul()[0].is_negative and not exponent.is_Add:
            return self.fraction(quotient(expr))
        if exponent is S.Half:
            return rf"\sqrt{{{self._print(base)}}}"
        if exponent.is_Rational and exponent.p == 1 and base.is_Rational:
            return rf"\sqrt[{exponent.q}]{{{self._print(base)}}}"
        above = self.superscript(self.raised(exponent))
        if isinstance(base, log):
            return rf"\log{above} {self.argument(base.args[0])}"
        if exponent.is_Integer and base.func.__name__ in _ELEMENTARY:
            return self.called(_ELEMENTARY[base.func.__name__] + above, base.args)
        return self.parenthesize(base, PRECEDENCE["Pow"]) + above

    def raised(self, exponent: Expr) -> str:
        outer, self._raised = self._raised, True
        try:
            return self._print(exponent)
        finally:
            self._raised = outer

    def _print_Rational(self, expr: Any) -> str:
        sign, above, below = "-" if expr.p < 0 else "", self.whole(abs(expr.p)), self.whole(expr.q)
        if expr.q == 1:
            return sign + above
        if not self._raised:
            return rf"{sign and '- '}\frac{{{above}}}{{{below}}}"
        return f"{sign}{above}/{below if below.isdigit() else self.brackets(below)}"

    def whole(self, number: int) -> str:
        zeros = trailing_zeros(number)
        if not zeros:
            return str(number)
        return f"10^{{{zeros}}}" if number == 10**zeros else rf"{number // 10**zeros} \cdot 10^{{{zeros}}}"

    _print_Integer = _print_Rational
    _print_Half = _print_Rational

    def superscript(self, text: str) -> str:
        return f"^{text}" if len(text) == 1 else f"^{{{text}}}"

    def _print_Exp1(self, expr: Any, exp: Any = None) -> str:
        return "e" if exp is None else f"e{self.superscript(str(exp))}"

    def _print_ExpBase(self, expr: Any, exp: Any = None) -> str:
        shown = f"e{self.superscript(self.raised(expr.args[0]))}"
        return shown if exp is None else rf"\left({shown}\right){self.superscript(str(exp))}"

    def _print_EulerGamma(self, expr: Any) -> str:
        return r"\gamma"

    # Functions --------------------------------------------------------------------------------------------------------

    def argument(self, x: Expr) -> str:
        """The argument of log: bare if it cannot be misread."""
        shown = self._print(x)
        if x.is_Symbol or x.is_Integer or (x is S.Pi):
            return shown
        return shown if shown.startswith(r"\frac") and _is_one_group(shown) else self.brackets(shown)

    def _print_log(self, expr: Any, exp: Any = None) -> str:
        above = "" if exp is None else self.superscript(str(exp))
        shown = self.argument(expr.args[0])
        gap = "" if shown.startswith(("\\", "(")) else " "
        return rf"\log{above}{gap}{shown}"

    def called(self, name: str, args: Any, exp: Any = None) -> str:
        inner = self.brackets(", ".join(self._print(arg) for arg in args))
        return f"{name}{inner}" if exp is None else f"{name}{self.superscript(str(exp))}{inner}"

    def _print_Function(self, expr: Any, exp: Any = None) -> str:
        name = expr.func.__name__
        if name in _GREEK and (exp is None or name != "loggamma"):
            return self.called(_GREEK[name], expr.args, exp)
        if name in _ELEMENTARY:
            return self.called(_ELEMENTARY[name], expr.args, exp)
        if name in _INDEXED:
            return self.called(f"{_INDEXED[name]}_{{{self._print(expr.args[0])}}}", expr.args[1:], exp)
        return str(super()._print_Function(expr, exp))

    # SymPy's own methods for these would be found before `_print_Function`.
    _print_gamma = _print_loggamma = _print_beta = _print_zeta = _print_lowergamma = _print_uppergamma = _print_Function
    _print_besseli = _print_besselj = _print_besselk = _print_polylog = _print_expint = _print_Function

    def _print_polygamma(self, expr: Any, exp: Any = None) -> str:
        order, x = expr.args
        name = {0: r"\psi", 1: r"\psi'", 2: r"\psi''"}.get(order, rf"\psi^{{({self._print(order)})}}")
        return self.called(name, (x,), None) if exp is None else rf"\left({self.called(name, (x,))}\right){self.superscript(str(exp))}"

    def _print_Abs(self, expr: Any, exp: Any = None) -> str:
        inner = self._print(expr.args[0])
        shown = rf"\left|{inner}\right|" if any(mark in inner for mark in _TALL) else f"|{inner}|"
        return shown if exp is None else f"{shown}{self.superscript(str(exp))}"

    def _print_Derivative(self, expr: Any) -> str:
        function, x = expr.expr, expr.variables[0]
        name = _GREEK.get(function.func.__name__)
        if name and function.args == (x,) and set(expr.variables) == {x} and len(expr.variables) <= 3:
            return self.called(name + "'" * len(expr.variables), (x,))
        return str(super()._print_Derivative(expr))  # type: ignore[no-untyped-call]

    # Sets -------------------------------------------------------------------------------------------------------------

    def _print_Range(self, expr: Any) -> str:
        r"""{0, \ldots, n}, with two or three first elements where there is no last one."""
        start, step = expr.start, expr.step
        if expr.is_iterable and expr.size.is_Integer and expr.size <= 3:
            shown = [self._print(each) for each in expr]
        elif expr.stop is S.Infinity:
            shown = [self._print(start), self._print(start + step), r"\ldots"]
        else:
            shown = [self._print(start), r"\ldots", self._print(expr.stop - step)]
        return rf"\{{{', '.join(shown)}\}}"

    # Conditions -------------------------------------------------------------------------------------------------------

    def _print_Piecewise(self, expr: Any) -> str:
        rows = [f"{self._print(value)} & {self.case(condition)}" for value, condition in expr.args]
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"

    def case(self, condition: Any) -> str:
        return r"\text{otherwise}" if condition is S.true else rf"\text{{if }} {self._print(condition)}"

    def _print_And(self, expr: Any) -> str:
        return r" \text{ and } ".join(sorted(self.condition(arg) for arg in expr.args))

    def _print_Or(self, expr: Any) -> str:
        return r" \text{ or } ".join(sorted(self.condition(arg) for arg in expr.args))

    def condition(self, arg: Any) -> str:
        return self.brackets(self._print(arg)) if arg.func.__name__ in ("And", "Or") else self._print(arg)


def _is_one_group(text: str) -> bool:
    """Whether \\frac{…}{…} is all there is."""
    depth = groups = 0
    for i, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            groups += 1
            if groups == 2:
                return i == len(text) - 1
    return False


_SPECIAL = {
    "\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "^": r"\^{}", "{": r"\{", "}": r"\}", "~": r"\~{}",
    "‖": r"$\|$", "≥": r"$\ge$", "≤": r"$\le$", "≠": r"$\ne$", "≈": r"$\approx$", "−": r"$-$", "→": r"$\to$", "∞": r"$\infty$", "×": r"$\times$", "·": r"$\cdot$", "√": r"$\surd$",
    "∫": r"$\int$", "Σ": r"$\Sigma$", "∈": r"$\in$", "ℝ": r"$\mathbb{R}$", "ℤ": r"$\mathbb{Z}$", "∂": r"$\partial$", "²": "$^2$", "≪": r"$\ll$", "…": r"\ldots{}", "′": r"$'$", "–": "--",
    "α": r"$\alpha$", "β": r"$\beta$", "γ": r"$\gamma$", "Γ": r"$\Gamma$", "θ": r"$\theta$", "κ": r"$\kappa$", "λ": r"$\lambda$", "μ": r"$\mu$",
    "ν": r"$\nu$", "ξ": r"$\xi$", "π": r"$\pi$", "ρ": r"$\rho$", "σ": r"$\sigma$", "τ": r"$\tau$", "φ": r"$\varphi$", "ψ": r"$\psi$", "ω": r"$\omega$", "ζ": r"$\zeta$",
}  # fmt: skip


def escaped(text: str) -> str:
    r"""Prose for use inside \text{…}.

    >>> escaped("log p − log q")
    'log p $-$ log q'
    """
    return "".join(_SPECIAL.get(character, character if character.isascii() else "?") for character in text)
