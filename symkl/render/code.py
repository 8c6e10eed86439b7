"""Python code for NumPy and SciPy that computes a result, stable where a named function makes it so (gammaln, betaln)."""

from __future__ import annotations

from typing import Any

from sympy import Expr, IndexedBase, Mul, S, Symbol, beta, gamma, preorder_traversal
from sympy.printing.precedence import PRECEDENCE
from sympy.tensor.indexed import Indexed

from symkl.core.heads import Expectation, Head
from symkl.core.supports import Continuum, Lattice
from symkl.errors import NoClosedForm
from symkl.render.names import code_name
from symkl.render.text import TextPrinter

__all__ = ["PythonPrinter", "arguments_of", "python_function"]

_NUMPY = {
    "exp": "exp", "sign": "sign", "floor": "floor", "ceiling": "ceil", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "sinc": "sinc",
}  # fmt: skip
_RECIPROCALS = {"sech": "cosh", "csch": "sinh", "coth": "tanh", "sec": "cos", "csc": "sin", "cot": "tan"}
_SCIPY = {
    "gamma": "gamma", "loggamma": "gammaln", "beta": "beta", "zeta": "zeta", "erf": "erf", "erfc": "erfc", "Ei": "expi", "besseli": "iv",
    "besselj": "jv", "besselk": "kv", "bessely": "yv", "binomial": "binom", "erfinv": "erfinv", "erfcinv": "erfcinv", "LambertW": "lambertw",
}  # fmt: skip
_HYPERGEOMETRIC = {(2, 1): "hyp2f1", (1, 1): "hyp1f1", (0, 1): "hyp0f1"}
# Larger integers do not fit a double exactly; math.log takes integers of any size.
_EXACT_DOUBLE = 2**53


class PythonPrinter(TextPrinter):
    """Expressions as NumPy code; `imports` tells afterwards which modules the code needs."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: set[str] = set()

    def numpy(self, name: str) -> str:
        self.imports.add("import numpy as np")
        return f"np.{name}"

    def special(self, name: str) -> str:
        self.imports.add("from scipy import special")
        return f"special.{name}"

    def impossible(self, expr: Any) -> NoClosedForm:
        return NoClosedForm(f"{expr} has no counterpart in NumPy or SciPy")

    def emptyPrinter(self, expr: Any) -> str:
        raise self.impossible(expr)

    def head(self, head: Head) -> str:
        raise self.impossible(head)

    # Numbers and arithmetic -------------------------------------------------------------------------------------------

    def _print_Symbol(self, expr: Any) -> str:
        return code_name(expr.name)

    _print_Dummy = _print_Symbol

    def _print_Indexed(self, expr: Any) -> str:
        index = expr.indices[0] - 1
        return f"{code_name(str(expr.base))}[{self._print(index)}]"

    def _print_Pi(self, expr: Any) -> str:
        return self.numpy("pi")

    def _print_Exp1(self, expr: Any) -> str:
        return self.numpy("e")

    def _print_EulerGamma(self, expr: Any) -> str:
        return self.numpy("euler_gamma")

    def _print_Catalan(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Infinity(self, expr: Any) -> str:
        return self.numpy("inf")

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return f"-{self.numpy('inf')}"

    def _print_NaN(self, expr: Any) -> str:
        return self.numpy("nan")

    def _print_Integer(self, expr: Any) -> str:
        return str(expr.p)

    def root(self, base: Expr) -> str:
        return f"{self.numpy('sqrt')}({self._print(base)})"

    def raised(self, base: str, exponent: Expr) -> str:
        return f"{base}**{self.parenthesize(exponent, PRECEDENCE['Pow'])}"

    # Functions --------------------------------------------------------------------------------------------------------

    def called(self, name: str, *args: Any) -> str:
        return f"{name}({', '.join(self._print(arg) for arg in args)})"

    def _print_Function(self, expr: Any) -> str:
        name, args = expr.func.__name__, expr.args
        if name in _NUMPY:
            return self.called(self.numpy(_NUMPY[name]), *args)
        if name in _RECIPROCALS:
            return f"(1/{self.called(self.numpy(_RECIPROCALS[name]), *args)})"
        if name in _SCIPY and name != "LambertW":
            return self.called(self.special(_SCIPY[name]), *args)
        raise self.impossible(expr)

    def _print_log(self, expr: Any) -> str:
        """log of a product of gammas and betas as a sum of their logarithms, which does not overflow."""
        (argument,) = expr.args
        if argument.is_Rational and max(argument.p, argument.q) > _EXACT_DOUBLE:
            self.imports.add("import math")
            return f"(math.log({argument.p}) - math.log({argument.q}))" if argument.q != 1 else f"math.log({argument.p})"
        terms: list[str] = []
        rest: list[Expr] = []
        for factor in Mul.make_args(argument):
            base, power = factor.as_base_exp()
            if isinstance(base, (gamma, beta)) and power.is_Integer:
                name = "gammaln" if isinstance(base, gamma) else "betaln"
                scale = "" if abs(power) == 1 else f"{abs(power)}*"
                terms.append(f"{'-' if power < 0 else '+'} {scale}{self.called(self.special(name), *base.args)}")
            else:
                rest.append(factor)
        if not terms:
            return self.called(self.numpy("log"), argument)
        head = self.called(self.numpy("log"), Mul(*rest)) if Mul(*rest) != 1 else ""
        joined = f"{head} {' '.join(sorted(terms))}".strip().removeprefix("+ ")
        return joined if len(terms) == 1 and not head and not joined.startswith("-") else f"({joined})"

    def _print_Abs(self, expr: Any) -> str:
        return self.called(self.numpy("abs"), *expr.args)

    def _print_Max(self, expr: Any) -> str:
        return self.nested("maximum", expr.args)

    def _print_Min(self, expr: Any) -> str:
        return self.nested("minimum", expr.args)

    def nested(self, name: str, args: tuple[Any, ...]) -> str:
        first, *rest = args
        return f"{self.numpy(name)}({self._print(first)}, {self.nested(name, tuple(rest)) if len(rest) > 1 else self._print(rest[0])})"

    def _print_polygamma(self, expr: Any) -> str:
        order, x = expr.args
        return self.called(self.special("digamma"), x) if order == 0 else self.called(self.special("polygamma"), order, x)

    def _print_factorial(self, expr: Any) -> str:
        return self.called(self.special("gamma"), expr.args[0] + 1)

    def _print_harmonic(self, expr: Any) -> str:
        n, *order = expr.args
        if order and order != [1]:
            return f"({self.called(self.special('zeta'), order[0])} - {self.called(self.special('zeta'), order[0], n + 1)})"
        return f"({self.called(self.special('digamma'), n + 1)} + {self.numpy('euler_gamma')})"

    def _print_lowergamma(self, expr: Any) -> str:
        return f"{self.called(self.special('gammainc'), *expr.args)}*{self.called(self.special('gamma'), expr.args[0])}"

    def _print_uppergamma(self, expr: Any) -> str:
        if expr.args[0].is_nonpositive:
            raise self.impossible(expr)
        return f"{self.called(self.special('gammaincc'), *expr.args)}*{self.called(self.special('gamma'), expr.args[0])}"

    def _print_expint(self, expr: Any) -> str:
        order, x = expr.args
        if not order.is_integer or not order.is_nonnegative:
            raise self.impossible(expr)
        return self.called(self.special("expn"), order, x)

    def _print_polylog(self, expr: Any) -> str:
        order, x = expr.args
        if order != 2:
            raise self.impossible(expr)
        return self.called(self.special("spence"), 1 - x)

    def _print_LambertW(self, expr: Any) -> str:
        return f"{self.called(self.special('lambertw'), *expr.args)}.real"

    def _print_hyper(self, expr: Any) -> str:
        name = _HYPERGEOMETRIC.get((len(expr.ap), len(expr.bq)))
        if name is None:
            raise self.impossible(expr)
        return self.called(self.special(name), *expr.ap, *expr.bq, expr.argument)

    # Sums, integrals, conditions --------------------------------------------------------------------------------------

    def _print_Sum(self, expr: Any) -> str:
        if len(expr.limits) != 1:
            raise self.impossible(expr)
        k, low, high = expr.limits[0]
        return self.finite_sum(self._print(expr.function), k, low, high, expr)

    def finite_sum(self, summand: str, k: Any, low: Any, high: Any, whole: Any) -> str:
        if low.is_infinite or high.is_infinite:
            raise self.impossible(whole)
        first = self._print(low) if low.is_Integer else f"int({self._print(low)})"
        last = self._print(high + 1) if high.is_Integer else f"int({self._print(high)}) + 1"
        return f"sum({summand} for {self._print(k)} in range({first}, {last}))"

    def _print_Integral(self, expr: Any) -> str:
        if len(expr.limits) != 1 or len(expr.limits[0]) != 3:
            raise self.impossible(expr)
        return self.quadrature(self._print(expr.function), *expr.limits[0])

    def quadrature(self, integrand: str, x: Any, low: Any, high: Any) -> str:
        self.imports.add("from scipy import integrate")
        return f"integrate.quad(lambda {self._print(x)}: {integrand}, {self._print(low)}, {self._print(high)})[0]"

    def expectation(self, expr: Expectation) -> str:
        """A semi-closed form: the expectation by quadrature, or as a sum over a finite lattice."""
        support = expr.under.support
        if not isinstance(support, (Continuum, Lattice)):
            raise self.impossible(expr)
        # One exponential of the whole log-density: gamma functions of a large count would overflow.
        density = self.called(self.numpy("exp"), expr.under.log_density(expr.variable))
        integrand = f"{self.parenthesize(expr.statistic, PRECEDENCE['Mul'])}*{density}"
        if isinstance(support, Continuum):
            return self.quadrature(integrand, expr.variable, support.lower, support.upper)
        return self.finite_sum(integrand, expr.variable, support.lower, support.upper, expr)

    def _print_Derivative(self, expr: Any) -> str:
        function, x = expr.expr, expr.variables[0]
        if function.func.__name__ != "zeta" or function.args != (x,) or set(expr.variables) != {x}:
            raise self.impossible(expr)
        self.imports.add("import mpmath")
        return f"float(mpmath.zeta({self._print(x)}, 1, {len(expr.variables)}))"

    def _print_Subs(self, expr: Any) -> str:
        raise self.impossible(expr)

    _print_meijerg = _print_Subs

    def _print_Piecewise(self, expr: Any) -> str:
        shown = self.numpy("nan")
        for value, condition in reversed(expr.args):
            shown = self._print(value) if condition is S.true else f"{self.numpy('where')}({self._print(condition)}, {self._print(value)}, {shown})"
        return shown

    def _print_Relational(self, expr: Any) -> str:
        sign = {"Equality": "==", "Unequality": "!="}.get(type(expr).__name__) or self.relations[type(expr).__name__]
        return f"{self._print(expr.args[0])} {sign} {self._print(expr.args[1])}"

    def _print_And(self, expr: Any) -> str:
        return " & ".join(sorted(f"({self._print(arg)})" for arg in expr.args))

    def _print_Or(self, expr: Any) -> str:
        return " | ".join(sorted(f"({self._print(arg)})" for arg in expr.args))

    def _print_Not(self, expr: Any) -> str:
        return f"~({self._print(expr.args[0])})"

    def _print_Contains(self, expr: Any) -> str:
        element, container = expr.args
        if container is S.Reals:
            return self.called(self.numpy("isfinite"), element)
        if container is S.Integers:
            return f"{self._print(element)} == {self.called(self.numpy('floor'), element)}"
        raise self.impossible(expr)

    def _print_BooleanTrue(self, expr: Any) -> str:
        return "True"

    def _print_BooleanFalse(self, expr: Any) -> str:
        return "False"


def arguments_of(expr: Expr, head: Expr | None = None) -> list[Any]:
    """The free symbols and indexed bases, in the order in which the laws of the head name them, then by name."""
    wanted: set[Any] = set()
    for symbol in expr.free_symbols | (head.free_symbols if head is not None else set()):
        if isinstance(symbol, Indexed):
            wanted.add(symbol.base)
        elif isinstance(symbol, Symbol):
            wanted.add(symbol)
    labels = {base.label for base in wanted if isinstance(base, IndexedBase)}
    wanted -= labels
    order: dict[Any, None] = {}
    for node in preorder_traversal(head) if head is not None else ():
        if node in wanted:
            order.setdefault(node)
    return [*order, *sorted(wanted - set(order), key=str)]


def python_function(expr: Expr, head: Expr | None = None, name: str = "value") -> str:
    """A module with one function that computes `expr`.

    >>> from sympy import log, symbols
    >>> a, b = symbols("a b")
    >>> print(python_function(log(a/b) - 1 + b/a, name="kl"))
    import numpy as np
    <BLANKLINE>
    <BLANKLINE>
    def kl(a, b):
        return np.log(a/b) + b/a - 1
    """
    printer = PythonPrinter()
    body = printer.doprint(expr)
    parameters = ", ".join(printer.doprint(each) if isinstance(each, Symbol) else code_name(str(each)) for each in arguments_of(expr, head))
    documented = [f'    """{TextPrinter().doprint(head)}."""'] if head is not None else []
    if "np.where(" in body:
        lines = ['    with np.errstate(all="ignore"):', f"        return {body}"]
    else:
        lines = [f"    return {body}"]
    return "\n".join(
        [*sorted(printer.imports, key=lambda line: (line.startswith("from"), line)), "", "", f"def {name}({parameters}):", *documented, *lines]
    )
