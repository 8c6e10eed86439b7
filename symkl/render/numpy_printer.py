"""Expressions as NumPy and SciPy code, element by element where they hold no sum or integral."""

from __future__ import annotations

from itertools import count
from typing import Any

from sympy import Derivative, Expr, Integer, Integral, Pow, S, Subs, Sum, Symbol, exp
from sympy.printing.precedence import PRECEDENCE

from symkl.core.heads import Expectation, Head
from symkl.core.supports import Continuum, Lattice
from symkl.errors import NoClosedForm
from symkl.form.facts import Facts
from symkl.render.names import code_name
from symkl.render.stable import stable
from symkl.render.text import TextPrinter

__all__ = ["PythonPrinter"]

_NUMPY = {
    "exp": "exp", "sign": "sign", "floor": "floor", "ceiling": "ceil", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "sinc": "sinc",
}  # fmt: skip
_RECIPROCALS = {"sech": "cosh", "csch": "sinh", "coth": "tanh", "sec": "cos", "csc": "sin", "cot": "tan"}
_SCIPY = {
    "gamma": "gamma", "loggamma": "gammaln", "beta": "beta", "zeta": "zeta", "erf": "erf", "erfc": "erfc", "Ei": "expi", "besseli": "iv",
    "besselj": "jv", "besselk": "kv", "bessely": "yv", "binomial": "binom", "erfinv": "erfinv", "erfcinv": "erfcinv", "LambertW": "lambertw",
    "ScaledBesselI": "ive", "ScaledBesselK": "kve", "ScaledErfc": "erfcx", "LogNormalTail": "log_ndtr", "LogBeta": "betaln", "LogGamma": "gammaln",
}  # fmt: skip
_HYPERGEOMETRIC = {(2, 1): "hyp2f1", (1, 1): "hyp1f1", (0, 1): "hyp0f1"}
# Larger integers do not fit a double exactly; math.log takes integers of any size.
_EXACT_DOUBLE = 2**53


class PythonPrinter(TextPrinter):
    """Expressions as NumPy code; `imports`, `lines`, `scalar` and `cases` tell afterwards what the function around it needs."""

    def __init__(self, facts: Facts | None = None, taken: tuple[str, ...] = (), lazy: bool = False) -> None:
        super().__init__()
        self.imports: set[str] = set()
        self.facts = facts or Facts()
        #: Whether only the branch that applies is computed: for one point at a time.
        self.lazy = lazy
        #: Names of arguments, which a line of the function may not give to something else.
        self.taken = taken
        #: Lines before the result, by the name that they give a value.
        self.lines: dict[str, str] = {}
        self.bound: list[Any] = []
        #: Whether the code takes one point at a time, and whether it has branches.
        self.scalar = self.cases = False
        #: The functions among `HELPERS` that the code calls.
        self.helpers: set[str] = set()

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
        (argument,) = expr.args
        if argument.is_Rational and max(argument.p, argument.q) > _EXACT_DOUBLE:
            self.imports.add("import math")
            return f"(math.log({argument.p}) - math.log({argument.q}))" if argument.q != 1 else f"math.log({argument.p})"
        if argument.is_Add and not argument.is_number and S.One in argument.args:
            return self.called(self.numpy("log1p"), argument - 1)
        return self.called(self.numpy("log"), argument)

    def _print_LogSum(self, expr: Any) -> str:
        return self._print(expr.as_expr())

    def _print_XLogY(self, expr: Any) -> str:
        """x log y, which is 0 at x = 0 even where y is."""
        x, y = expr.args
        if y.is_Add and S.One in y.args:
            return self.called(self.special("xlog1py"), x, y - 1)
        return self.called(self.special("xlogy"), x, y)

    def _print_RelativeEntropy(self, expr: Any) -> str:
        """x log(x/y), which is 0 at x = 0."""
        return self.called(self.special("rel_entr"), *expr.args)

    def _print_LogAddExp(self, expr: Any) -> str:
        first, *rest = (self._print(arg) for arg in expr.args)
        for each in rest:
            first = f"{self.numpy('logaddexp')}({first}, {each})"
        return first

    def _print_ScaledUpperGamma(self, expr: Any) -> str:
        """e^x Γ(a, x) = U(1−a, 1−a, x)."""
        a, x = expr.args
        return self.called(self.special("hyperu"), 1 - a, 1 - a, x)

    def _print_ScaledExpint(self, expr: Any) -> str:
        """e^x E_n(x) = U(n, n, x) x^{n−1}, U Tricomi's function."""
        order, x = expr.args
        if order == 1:
            return self.called(self.special("hyperu"), 1, 1, x)
        return f"{self.called(self.special('hyperu'), order, order, x)}*{self._print(Pow(x, order - 1))}"

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
        if order and not (order[0].is_Integer and order[0] >= 1):
            # Hurwitz' zeta function is SciPy's for orders above one only.
            k = Symbol("j", positive=True, integer=True)
            return self.finite_sum(k ** -order[0], k, S.One, n, expr)
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
        return self.called(self.special("spence"), 1 - x) if order == 2 else self.by_mpmath("polylog", order, x)

    def _print_LambertW(self, expr: Any) -> str:
        return f"{self.called(self.special('lambertw'), *expr.args)}.real"

    def _print_hyper(self, expr: Any) -> str:
        name = _HYPERGEOMETRIC.get((len(expr.ap), len(expr.bq)))
        if name is not None:
            return self.called(self.special(name), *expr.ap, *expr.bq, expr.argument)
        return self.by_mpmath("hyper", expr.ap, expr.bq, expr.argument)

    def _print_Tuple(self, expr: Any) -> str:
        return f"[{self.listed(expr)}]"

    def by_mpmath(self, name: str, *args: Any) -> str:
        """A function that SciPy does not have, one point at a time."""
        self.imports.add("import mpmath")
        self.scalar = True
        return f"float({self.called(f'mpmath.{name}', *args)})"

    # Sums, integrals, conditions --------------------------------------------------------------------------------------

    def _print_Sum(self, expr: Any) -> str:
        if len(expr.limits) != 1:
            raise self.impossible(expr)
        k, low, high = expr.limits[0]
        return self.finite_sum(expr.function, k, low, high, expr)

    def finite_sum(self, summand: Any, k: Any, low: Any, high: Any, whole: Any) -> str:
        """np.sum over an array of points, which stands in a line of its own; a plain sum where it stands inside another one or holds one."""
        if low.is_infinite or high.is_infinite:
            raise self.impossible(whole)
        first = self._print(low) if low.is_Integer else f"int({self._print(low)})"
        last = self._print(high + 1) if high.is_Integer else f"int({self._print(high)}) + 1"
        self.scalar |= not (low.is_Integer and high.is_Integer)
        if self.bound or (low.is_Integer and high.is_Integer) or summand.has(Sum, Integral, Expectation):
            return f"sum({self.inside(summand, k)} for {self._print(k)} in range({first}, {last}))"
        points = f"{self.numpy('arange')}({first}, {last})"
        name = k
        while self.lines.get(name.name, points) != points or name.name in self.taken:
            name = Symbol(f"{name.name}_")
        self.lines[name.name] = points
        return self.called(self.numpy("sum"), summand.xreplace({k: name}))

    def inside(self, expr: Any, variable: Any) -> str:
        """The expression under a sum or integral that binds the variable."""
        self.bound.append(variable)
        try:
            return self._print(expr)
        finally:
            self.bound.pop()

    def _print_Integral(self, expr: Any) -> str:
        if len(expr.limits) != 1 or len(expr.limits[0]) != 3:
            raise self.impossible(expr)
        return self.quadrature(expr.function, *expr.limits[0])

    def quadrature(self, integrand: Any, x: Any, low: Any, high: Any) -> str:
        self.imports |= {"from scipy import integrate", "import numpy as np"}
        self.helpers.add("_integral")
        self.scalar = True
        return f"_integral(lambda {self._print(x)}: {self.inside(integrand, x)}, {self._print(low)}, {self._print(high)})"

    def expectation(self, expr: Expectation) -> str:
        """A semi-closed form: the expectation by quadrature, or as a sum over a finite lattice."""
        support = expr.under.support
        if not isinstance(support, (Continuum, Lattice)) or (isinstance(support, Lattice) and support.step != 1):
            raise self.impossible(expr)
        # One exponential of the whole log-density: gamma functions of a large count would overflow.
        facts = self.facts | Facts.of([*expr.under.conditions, *support.facts(expr.variable)])
        density = exp(stable(expr.under.log_density(expr.variable), facts))
        statistic = stable(expr.statistic, facts)
        if isinstance(support, Lattice) and support.upper is S.Infinity and (support.lower is S.NegativeInfinity or not support.lower.is_infinite):
            low = "-np.inf" if support.lower is S.NegativeInfinity else self._print(support.lower)
            return self.mean(statistic, density, expr.variable, "_mean_of_counts", low)
        if isinstance(support, Lattice) and not (self.bound or statistic.has(Sum, Integral, Expectation) or (support.upper - support.lower).is_Integer):
            return self.mean(statistic, density, expr.variable, "_mean_of_points", self._print(support.lower), self._print(support.upper))
        if isinstance(support, Lattice):
            return self.finite_sum(statistic * density, expr.variable, support.lower, support.upper, expr)
        self.imports.add("from scipy import integrate")
        self.helpers.add("_integral")
        return self.mean(statistic, density, expr.variable, "_mean", self._print(support.lower), self._print(support.upper))

    def mean(self, statistic: Any, density: Any, x: Any, helper: str, *ends: str) -> str:
        """A call of one of `HELPERS`, named in a line of its own where nothing binds its symbols, and made in the branch that needs it."""
        self.imports |= {"import numpy as np", "import functools"}
        self.helpers.add(helper)
        self.scalar = True
        f, p = (f"lambda {self._print(x)}: {self.inside(each, x)}" for each in (statistic, density))
        call = f"{helper}({f}, {p}, {', '.join(ends)})"
        if self.bound:
            return call
        call = f"functools.cache(lambda: {call})"
        known = next((name for name, value in self.lines.items() if value == call), None)
        if known is None:
            known = next(name for i in count() if (name := f"mean{i or ''}") not in (*self.lines, *self.taken))
            self.lines[known] = call
        return f"{known}()"

    def _print_Derivative(self, expr: Any) -> str:
        function, x = expr.expr, expr.variables[0]
        if function.func.__name__ in ("besseli", "besselk") and len(expr.variables) == 1:
            return self._print_Subs(Subs(Derivative(function, x), x, x))
        if function.func.__name__ != "zeta" or function.args != (x,) or set(expr.variables) != {x}:
            raise self.impossible(expr)
        return self.by_mpmath("zeta", x, S.One, Integer(len(expr.variables)))

    def _print_Subs(self, expr: Any) -> str:
        """The derivative of a Bessel function in its order, at a point."""
        inner, variables, points = expr.expr, expr.variables, expr.point
        known = isinstance(inner, Derivative) and inner.expr.func.__name__ in ("besseli", "besselk") and inner.variables == tuple(variables)
        if not known or len(points) != 1 or inner.expr.args[1].has(*variables):
            raise self.impossible(expr)
        self.imports.add("import mpmath")
        self.scalar = True
        order, x = inner.expr.args
        name = self._print(variables[0])
        return f"float(mpmath.diff(lambda {name}: mpmath.{inner.expr.func.__name__}({self._print(order)}, {self._print(x)}), {self._print(points[0])}))"

    def _print_meijerg(self, expr: Any) -> str:
        raise self.impossible(expr)

    def _print_Piecewise(self, expr: Any) -> str:
        """np.where for two branches, np.select for more; both are evaluated in full, so warnings are off around them."""
        self.cases = True
        branches = [(self._print(value), None if condition is S.true else self._print(condition)) for value, condition in expr.args]
        shown = branches.pop()[0] if branches[-1][1] is None else self.numpy("nan")
        if self.lazy:
            return f"({''.join(f'{value} if {condition} else ' for value, condition in branches)}{shown})"
        if len(branches) == 1:
            ((value, condition),) = branches
            return f"{self.numpy('where')}({condition}, {value}, {shown})"
        conditions = ", ".join(str(condition) for _, condition in branches)
        return f"{self.numpy('select')}([{conditions}], [{', '.join(value for value, _ in branches)}], {shown})"

    def _print_Relational(self, expr: Any) -> str:
        sign = {"Equality": "==", "Unequality": "!="}.get(type(expr).__name__) or self.relations[type(expr).__name__]
        return f"{self._print(expr.args[0])} {sign} {self._print(expr.args[1])}"

    def _print_And(self, expr: Any) -> str:
        return " & ".join(sorted(f"({self._print(arg)})" for arg in expr.args))

    def _print_Or(self, expr: Any) -> str:
        return " | ".join(sorted(f"({self._print(arg)})" for arg in expr.args))

    def _print_Not(self, expr: Any) -> str:
        return self.called(self.numpy("logical_not"), expr.args[0])

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
