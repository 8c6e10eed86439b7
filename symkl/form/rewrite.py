"""From SymPy expressions to forms: logs and exponentials split over irreducible positive factors, functions by their rules.

Every step is an identity on the whole domain the facts describe: a logarithm is split only over factors known to be
positive, powers b**e become e**(e*log b) with the principal logarithm, and function rules are in `kernels`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sympy import (
    QQ,
    Add,
    E,
    Expr,
    Function,
    I,
    Integer,
    Integral,
    Mul,
    Number,
    NumberSymbol,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    exp,
    log as sympy_log,
    pi,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.form.arguments import Rule
from symkl.form.facts import NEGATIVE, OTHER, POSITIVE, Facts
from symkl.form.fractions import expression, factored, generator_expression, normal
from symkl.form.kept import applied
from symkl.form.kernels import REFLECTION_RULES, RULES
from symkl.form.log_numbers import conjugate, log_of_rational, log_of_surd
from symkl.form.log_ratios import LogRatio
from symkl.form.monomials import ONE, UNIT, Base, Exp, Form, Generator, Log, Modulus, Monomial, TooLarge, product, reduced, total

__all__ = ["NamingRewriter", "Rewriter", "form_of", "reflected_form_of"]

MAX_POWER = 40
# Of a longer sum the sign is not looked for: no fact says it.
MAX_ORIENTED = 8
HALF_TURN: Monomial = frozenset([(I, QQ.one), (pi, QQ.one)])


@lru_cache(maxsize=20000)
def form_of(expr: Expr, facts: Facts) -> Form:
    """The form of an expression; equal forms are equal functions wherever the facts hold."""
    return Rewriter(facts).rewrite(expr)


@lru_cache(maxsize=2000)
def reflected_form_of(expr: Expr, facts: Facts) -> Form:
    """The form with sin(pi z) and cot(pi z) written through gamma(z)*gamma(1-z) and psi(1-z) - psi(z)."""
    return ReflectingRewriter(facts).rewrite(expr)


class Rewriter:
    """Rewriting under fixed facts; `rules` says how functions are brought to representatives."""

    rules: Mapping[object, Rule] = RULES
    #: Whether (a/b)^c, for an exponent c that is no number, stays e^{c V} where V is a name of log a − log b.
    keeps_powers = False

    def __init__(self, facts: Facts, ratios: Iterable[LogRatio] = ()) -> None:
        self.facts = facts
        self._named: dict[Generator, Form] = {}
        self._values: dict[Generator, Form] = {}
        for ratio in ratios:
            plain = Rewriter(facts)
            above, below = (plain.log(plain.form(each)) for each in (ratio.above, ratio.below))
            replaced = below if ratio.second else above
            generators = [generator for monomial, _ in replaced for generator, _ in monomial]
            if len(generators) == 1 and replaced == Form.generator(generators[0]) and isinstance(generators[0], Log):
                self._values[ratio.name], name = above - below, Form.generator(ratio.name)
                self._named[generators[0].content] = above - name if ratio.second else below + name
        self._fact_symbols = {symbol for fact in facts.positive + facts.nonnegative for symbol in fact.free_symbols}

    def form(self, expr: Expr) -> Form:
        return form_of(expr, self.facts)

    def rewrite(self, expr: Expr) -> Form:
        if isinstance(expr, Rational):
            return Form.constant(QQ.from_sympy(expr))
        if isinstance(expr, (Symbol, NumberSymbol)) and expr is not E:
            return Form.generator(expr)
        if isinstance(expr, Add):
            return total([self.form(term) for term in expr.args])
        if isinstance(expr, Mul):
            result = UNIT
            for factor in sorted((self.form(factor) for factor in expr.args), key=len):
                result = result * factor
            return result
        if isinstance(expr, exp) or expr is E:
            return self.exp(self.form(expr.args[0] if expr is not E else S.One))
        if isinstance(expr, sympy_log):
            return self.log(self.form(expr.args[0])) if len(expr.args) == 1 else self.form(expr.doit())
        if isinstance(expr, Pow):
            return self.power(expr.base, expr.exp)
        if expr is I:
            return Form.generator(I)
        if isinstance(expr, Number) or expr is S.ComplexInfinity:
            raise TooLarge("a float or an infinity")
        rule = self.rules.get(expr.func)
        if rule is not None:
            ruled = rule(self, expr)
            if ruled is not None:
                return ruled
        return self.opaque(expr)

    # Signs -----------------------------------------------------------------------------------------------------------

    def signs(self, form: Form) -> int:
        return self.facts.signs(expression(form))

    def is_positive(self, form: Form) -> bool:
        return self.signs(form) == POSITIVE

    def generator_signs(self, generator: Generator) -> int:
        return self.facts.signs(generator_expression(generator), irreducible=isinstance(generator, Base))

    # Powers, logarithms, exponentials ---------------------------------------------------------------------------------

    def power(self, base: Expr, exponent: Expr) -> Form:
        inner = self.form(base)
        if isinstance(exponent, Integer):
            count = int(exponent)
            if count >= 0 and (len(inner) == 1 or count * len(inner) <= MAX_POWER):
                return inner.power(count) if len(inner) > 1 else monomial_power(inner, count)
            if len(inner) == 1:
                return monomial_power(inner, count)
            if (surd := conjugate(inner)) is not None and -count <= MAX_POWER:
                return surd[0].power(-count).scaled(surd[1] ** count)
            return self.product_power(inner, count)
        return self.exp(self.form(exponent) * self.log(inner))

    def factored(self, form: Form) -> tuple[Any, Monomial]:
        """Rational * monomial, sums oriented so that those of known sign are positive."""
        coefficient, monomial = factored(form)
        exponents: list[tuple[Generator, Any]] = []
        for generator, exponent in monomial:
            if isinstance(generator, Base) and exponent.denominator == 1 and self._is_negative_sum(generator):
                generator = Base(frozenset((-generator.form()).terms.items()))
                coefficient = -coefficient if exponent.numerator % 2 else coefficient
            exponents.append((generator, exponent))
        result = ONE
        for item in exponents:
            factor, result = product(result, frozenset([item]))
            coefficient *= factor
        return coefficient, result

    def _is_negative_sum(self, base: Base) -> bool:
        """Leading coefficients are positive, so that only a fact, or an odd assumption, makes a sum negative."""
        mixed = len(base.content) <= MAX_ORIENTED and any(coefficient < 0 for _, coefficient in base.content)
        return mixed and bool(generator_expression(base).free_symbols & self._fact_symbols) and self.generator_signs(base) == NEGATIVE

    def product_power(self, form: Form, exponent: int) -> Form:
        """form**exponent with the sums kept as generators."""
        coefficient, monomial = self.factored(form)
        if not coefficient:
            raise ZeroDivisionError("a negative power of zero")
        return monomial_power(Form({monomial: coefficient}), exponent)

    def log(self, argument: Form) -> Form:
        """log of a form: a sum over the irreducible factors known to be positive, and one opaque rest."""
        coefficient, monomial = self.factored(argument)
        if not coefficient:
            raise ZeroDivisionError("log of zero")
        parts: list[Form] = []
        rest: dict[Generator, Any] = {}
        sign = 1 if coefficient > 0 else -1
        for generator, exponent in monomial:
            signs = self._signs_of_surd(generator) or self.generator_signs(generator)
            if isinstance(generator, Exp):
                inner = Form({generator.content: QQ.one})
                if self.signs(inner) & OTHER:
                    rest[generator] = exponent
                else:
                    parts.append(inner.scaled(exponent))
            elif not signs & (NEGATIVE | OTHER):
                # A factor >= 0 too: where it vanishes both sides are -oo.
                parts.append(self._log_of(generator).scaled(exponent))
            elif signs == NEGATIVE and exponent.denominator == 1:
                parts.append(self._log_of(opposite(generator)).scaled(exponent))
                sign = -sign if exponent.numerator % 2 else sign
            elif not signs & OTHER and exponent.denominator == 1 and exponent.numerator % 2 == 0:
                parts.append(Form({frozenset([(Log(Modulus(generator)), QQ.one)]): exponent}))
            else:
                rest[generator] = exponent
        parts.append(log_of_rational(abs(coefficient)))
        if rest:
            opaque = Base(frozenset([(frozenset(rest.items()), QQ(sign))]))
            if sign == 1 and len(rest) == 1:
                [(generator, exponent)] = rest.items()
                if exponent == 1:
                    opaque = generator
            parts.append(Form({frozenset([(Log(opaque), QQ.one)]): QQ.one}))
        elif sign < 0:
            parts.append(Form.generator(I) * Form.generator(pi))
        return total(parts)

    def _signs_of_surd(self, generator: Generator) -> int:
        """The sign of a√c + b√d, a number; 0 for others."""
        if not isinstance(generator, Base) or conjugate(generator.form()) is None:
            return 0
        return POSITIVE if generator_expression(generator).is_positive else NEGATIVE

    def _log_of(self, generator: Generator) -> Form:
        return self._named.get(generator) or log_of_surd(generator) or Form.generator(Log(generator))

    def _without_names(self, form: Form) -> Form:
        """The form with log a - log b for each name of it, perhaps apart from multiples by what is no number."""
        for name, value in self._values.items():
            given = {monomial for monomial, _ in form if (name, 1) in monomial and not (self.keeps_powers and len(monomial) > 1)}
            form = total(Form({monomial - {(name, 1)}: c}) * value if monomial in given else Form({monomial: c}) for monomial, c in form)
        return form

    def exp(self, exponent: Form) -> Form:
        """e**form as a product: c*log b gives b**c, other monomials m give generators Exp(m)**c."""
        coefficient, result = QQ.one, ONE
        for monomial, multiple in normal(self._without_names(exponent)):
            item: tuple[Generator, Any] = (Exp(monomial), multiple)
            if len(monomial) == 1:
                [(generator, power)] = monomial
                if isinstance(generator, Log) and power == 1:
                    item = (generator.content, multiple)
            elif monomial == HALF_TURN:
                item = (I, 2 * multiple)
            factor, result = product(result, frozenset([item]))
            coefficient *= factor
        return Form({result: coefficient})

    def merged(self, form: Form) -> Form:
        """The exponentials of each term combined: e**(x/(x+y))*e**(y/(x+y)) = e, which no single exponent shows."""
        parts = []
        for monomial, coefficient in form:
            exponents = [(generator, power) for generator, power in monomial if isinstance(generator, Exp)]
            exponent = total([Form({generator.content: power}) for generator, power in exponents])
            parts.append(Form({monomial.difference(exponents): coefficient}) * self.exp(exponent))
        return total(parts)

    # Functions without a rule -----------------------------------------------------------------------------------------

    def canonical(self, expr: Expr) -> Expr:
        """An argument in the normal form of its value."""
        return expression(normal(self.form(expr)))

    def opaque(self, expr: Expr) -> Form:
        """A generator, its arguments in normal form where that is known to be harmless."""
        if isinstance(expr, ExprWithLimits) and isinstance(expr, (Integral, Sum, Product)):
            return self._with_limits(expr)
        # The parameters of a hypergeometric function are tuples; those of a Meijer G function, tuples of tuples, stay as they are.
        if not isinstance(expr, Function) or not all(isinstance(arg, Expr) or _is_flat(arg) for arg in expr.args):
            return Form.generator(expr)
        rebuilt = applied(expr.func, *[Tuple(*map(self.canonical, arg)) if isinstance(arg, Tuple) else self.canonical(arg) for arg in expr.args])
        if rebuilt.func is expr.func or rebuilt == expr:
            return Form.generator(rebuilt)
        return self.form(rebuilt)

    def _with_limits(self, expr: Any) -> Form:
        """Bound variables renamed, the function and limits in normal form, constant factors taken out."""
        renamed = expr.as_dummy()
        function, *limits = renamed.args
        clean = [Tuple(limit[0], *[self.canonical(bound) if bound.is_finite is not False else bound for bound in limit.args[1:]]) for limit in limits]
        if isinstance(expr, Product):
            return Form.generator(expr.func(self.canonical(function), *clean))
        bound = [limit[0] for limit in limits]
        coefficient, monomial = self.factored(normal(self.form(function)))
        inside: dict[Generator, Any] = {}
        outside: dict[Generator, Any] = {}
        for generator, exponent in monomial:
            free = generator_expression(generator).free_symbols
            (inside if free.intersection(bound) else outside)[generator] = exponent
        kernel = expr.func(expression(Form({frozenset(inside.items()): QQ.one})), *clean)
        return Form({frozenset(outside.items()): coefficient}) * Form.generator(kernel)


class NamingRewriter(Rewriter):
    """Rewriting with names for the logarithms of ratios."""

    def __init__(self, facts: Facts, ratios: Iterable[LogRatio]) -> None:
        super().__init__(facts, ratios)
        self._forms: dict[Expr, Form] = {}

    def form(self, expr: Expr) -> Form:
        if expr not in self._forms:
            self._forms[expr] = self.rewrite(expr)
        return self._forms[expr]


class ReflectingRewriter(Rewriter):
    """Rewriting that ends in gamma functions where circular functions of pi*z stand."""

    rules = REFLECTION_RULES

    def form(self, expr: Expr) -> Form:
        return reflected_form_of(expr, self.facts)


def monomial_power(form: Form, exponent: int) -> Form:
    """An integer power of a single term."""
    if not len(form):
        if exponent <= 0:
            raise ZeroDivisionError("a non-positive power of zero")
        return form
    [(monomial, coefficient)] = form.terms.items()
    if abs(exponent) > 10**4:
        raise TooLarge("power")
    factor, result = reduced({generator: power * exponent for generator, power in monomial})
    return Form({result: coefficient**exponent * factor})


def _is_flat(arg: Any) -> bool:
    return isinstance(arg, Tuple) and all(isinstance(each, Expr) for each in arg)


def opposite(generator: Generator) -> Generator:
    if isinstance(generator, Base) and conjugate(generator.form()) is not None:
        return Base(frozenset((-generator.form()).terms.items()))
    return Base(frozenset((-Form.generator(generator)).terms.items()))


