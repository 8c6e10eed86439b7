"""Arranging a sum for the reader: common factors out, squares completed, the cheapest of several presentations.

Works on products `(coefficient, monomial)` over the generators of `monomials`; the measure is that of `cost`.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations

from sympy import (
    QQ,
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    NumberSymbol,
    Pow,
    S,
    Symbol,
    beta as beta_function,
    exp,
    gamma,
    log as sympy_log,
    pi,
)

from symkl.form.cost import cheapest, cost
from symkl.form.facts import NEGATIVE, OTHER, POSITIVE
from symkl.form.fractions import generator_expression, generator_key
from symkl.form.monomials import ONE, Base, Exp, Form, Generator, Log, Modulus, Monomial, Rational, product
from symkl.form.rewrite import Rewriter
from symkl.form.squares import completed, monomial_text, partly_completed

__all__ = ["Presenter"]

MAX_ITEMS = 24
MAX_DEPTH = 4
# How many common factors are tried at each depth.
BRANCHES = (5, 2, 1, 1)
# How many distinct sums one presenter arranges before it writes them plainly.
BUDGET = 50


class Presenter:
    """Presentations of forms under fixed facts; results are kept for the life of the presenter."""

    def __init__(self, rewriter: Rewriter) -> None:
        self.rewriter = rewriter
        self.facts = rewriter.facts
        self._sums: dict[frozenset[tuple[Monomial, Rational]], Expr] = {}
        self._budget = BUDGET
        self._generators: dict[tuple[Generator, Rational], Expr] = {}

    # Generators and products ------------------------------------------------------------------------------------------

    def power(self, generator: Generator, exponent: Rational) -> Expr:
        """generator**exponent, sums inside arranged."""
        key = (generator, exponent)
        if key not in self._generators:
            self._generators[key] = self._power(generator, exponent)
        return self._generators[key]

    def _power(self, generator: Generator, exponent: Rational) -> Expr:
        if isinstance(generator, Exp):
            return exp(self.sum(Form({generator.content: exponent})))
        if isinstance(generator, Log):
            return Pow(self.log_of(generator.content), QQ.to_sympy(exponent))
        if isinstance(generator, Modulus):
            return Pow(Abs(self.power(generator.content, QQ.one)), QQ.to_sympy(exponent))
        if isinstance(generator, Base):
            return Pow(self.sum(generator.form()), QQ.to_sympy(exponent))
        return Pow(generator, QQ.to_sympy(exponent))

    def log_of(self, generator: Generator) -> Expr:
        return sympy_log(self.power(generator, QQ.one)) if not isinstance(generator, gamma) else generator_expression(Log(generator))

    def product(self, coefficient: Rational, monomial: Monomial, *others: Expr) -> Expr:
        """coefficient * monomial * others, with exponentials merged and bases of one symbolic power joined in a ratio."""
        exponents: dict[Monomial, Rational] = {}
        bases, factors = _with_betas(dict(monomial)) if any(isinstance(generator, gamma) for generator, _ in monomial) else (dict(monomial), [])
        for generator, exponent in sorted(self._squares_joined(bases).items(), key=lambda item: generator_key(item[0])):
            if isinstance(generator, Exp):
                exponents[generator.content] = exponent
                continue
            if isinstance(generator, Base) and exponent == 1 and coefficient < 0 and self._may_flip(generator):
                generator, coefficient = Base(frozenset((-generator.form()).terms.items())), -coefficient
            factors.append(self.power(generator, exponent))
        if exponents:
            factors += self._exponentials(exponents)
        # One product, because SymPy distributes a number over a lone sum.
        return Mul(QQ.to_sympy(coefficient), *factors, *others)

    def _may_flip(self, base: Base) -> bool:
        """Whether -base reads as well: its sign is not known to be positive, and half of its terms are negative."""
        negative = sum(1 for _, coefficient in base.content if coefficient < 0)
        return 2 * negative >= len(base.content) and self.rewriter.generator_signs(base) != POSITIVE

    def _exponentials(self, exponents: dict[Monomial, Rational]) -> list[Expr]:
        """prod exp(c*m): symbolic powers (b/d)**m where m*log b, -m*log d occur, one exp for the rest."""
        powers: dict[Monomial, dict[Generator, Rational]] = {}
        rest: dict[Monomial, Rational] = {}
        for monomial, multiple in exponents.items():
            logs = [generator for generator, power in monomial if isinstance(generator, Log) and power == 1]
            if len(logs) == 1:
                powers.setdefault(monomial - {(logs[0], QQ.one)}, {})[logs[0].content] = multiple
            else:
                rest[monomial] = multiple
        factors = [self._symbolic_power(monomial, powers[monomial]) for monomial in sorted(powers, key=monomial_text)]
        if rest:
            factors.append(exp(self.sum(Form(rest))))
        return factors

    def _symbolic_power(self, monomial: Monomial, bases: dict[Generator, Rational]) -> Expr:
        unit = min(abs(multiple) for multiple in bases.values())
        if any((multiple / unit).denominator != 1 for multiple in bases.values()):
            return Mul(*[Pow(self.power(base, QQ.one), self.product(multiple, monomial)) for base, multiple in bases.items()])
        if all(multiple < 0 for multiple in bases.values()):
            unit = -unit
        inside = self.quotient({base: multiple / unit for base, multiple in bases.items()})
        return Pow(inside, self.product(unit, monomial))

    def quotient(self, exponents: dict[Generator, Rational]) -> Expr:
        """A product of generator powers as one fraction; gamma(a)*gamma(b)/gamma(a+b) as beta(a, b)."""
        exponents, betas = _with_betas(self._squares_joined(exponents))
        factors = [self.power(generator, exponents[generator]) for generator in sorted(exponents, key=generator_key)]
        return Mul(*betas, *factors)

    def _squares_joined(self, exponents: dict[Generator, Rational]) -> dict[Generator, Rational]:
        """(1 - x)^e (1 + x)^e as (1 - x^2)^e, and so on, where that is shorter; roots of what is not negative under one root."""
        sums = sorted((generator for generator in exponents if isinstance(generator, Base) and len(generator.content) == 2), key=generator_key)
        joined = dict(exponents)
        for first, second in combinations(sums, 2):
            if joined.get(first) == joined.get(second) is not None:
                whole = first.form() * second.form()
                if len(whole) == 2 and self._reads_better(whole, first, second, joined[first]):
                    exponent = joined.pop(first)
                    del joined[second]
                    joined[Base(frozenset(whole.terms.items()))] = exponent
        return self._numbers_joined(joined)

    def _numbers_joined(self, exponents: dict[Generator, Rational]) -> dict[Generator, Rational]:
        """The factors of e^12 - 1, a polynomial in a number, as one sum again where that is shorter."""
        joined = dict(exponents)
        numbers = [generator for generator in exponents if isinstance(generator, Base) and not generator_expression(generator).free_symbols]
        for power in sorted({exponents[generator] for generator in numbers}):
            factors = sorted((generator for generator in numbers if exponents[generator] == power), key=generator_key)
            if len(factors) < 2 or power.denominator > 1:
                continue
            whole = reduce(lambda product, factor: product * factor.form(), factors, Form({ONE: QQ.one}))
            if len(whole) > 1 and cost(self.sum(whole)) < cost(Mul(*[self.power(factor, QQ.one) for factor in factors])):
                for factor in factors:
                    del joined[factor]
                base = Base(frozenset(whole.terms.items()))
                joined[base] = joined.get(base, QQ.zero) + power
                if not joined[base]:
                    del joined[base]
        return joined

    def _reads_better(self, whole: Form, first: Base, second: Base, exponent: Rational) -> bool:
        if exponent.denominator > 1:
            return not any(self.rewriter.generator_signs(each) & (NEGATIVE | OTHER) for each in (first, second))
        return cost(self.sum(whole)) < cost(Mul(self.power(first, QQ.one), self.power(second, QQ.one)))

    # Sums -------------------------------------------------------------------------------------------------------------

    def sum(self, form: Form, depth: int = 0) -> Expr:
        """The cheapest presentation found of a sum of products."""
        key = frozenset(form.terms.items())
        if key not in self._sums:
            self._sums[key] = self._sum(form, depth)
        return self._sums[key]

    def _sum(self, form: Form, depth: int) -> Expr:
        # In a fixed order, because each inner sum draws on the budget.
        terms = sorted(form, key=lambda term: monomial_text(term[0]))
        plain = Add(*[self.product(coefficient, monomial) for monomial, coefficient in terms])
        if len(form) < 2 or len(form) > MAX_ITEMS or depth >= MAX_DEPTH or self._budget <= 0:
            return plain
        self._budget -= 1
        candidates = [plain]
        squared = completed(form)
        if squared is not None:
            candidates.append(self.sum(squared, depth + 1))
        elif depth == 0 and 5 <= len(form) <= 10:
            candidates += [self.sum(partial, depth + 1) for partial in partly_completed(form)]
        whole = self._factored(form) if depth == 0 or len(form) <= 4 else None
        if whole is not None:
            candidates.append(whole)
        candidates += self._grouped(form, depth)
        return cheapest(candidates)

    def combined(self, items: Form) -> Expr:
        """A sum of products already in shape: only common factors are looked for."""
        terms = sorted(items, key=lambda term: monomial_text(term[0]))
        plain = Add(*[self.product(coefficient, monomial) for monomial, coefficient in terms])
        return cheapest([plain, *self._grouped(items, 0)]) if 1 < len(items) <= MAX_ITEMS else plain

    def _factored(self, form: Form) -> Expr | None:
        """Over one denominator, numerator factored, when that is a proper product."""
        # A sum that holds completed squares would only be expanded again.
        if len(form) > 10 or not all(_is_polynomial(generator, exponent) for monomial, _ in form for generator, exponent in monomial):
            return None
        coefficient, monomial = self.rewriter.factored(form)
        if any(isinstance(generator, Base) and generator.form() in (form, -form) for generator, _ in monomial):
            return None
        return self.product(coefficient, monomial)

    def _grouped(self, form: Form, depth: int) -> list[Expr]:
        """One factor of several terms taken out, for the few factors that occur most."""
        counts: dict[tuple[Generator, Rational], int] = {}
        for monomial, _ in form:
            for item in monomial:
                for factor in _divisors(item):
                    counts[factor] = counts.get(factor, 0) + 1
        shared = [factor for factor, count in counts.items() if count > 1]
        shared.sort(key=lambda factor: (-counts[factor], factor[1] > 0, generator_key(factor[0]), factor[1]))
        results = []
        for factor in shared[: BRANCHES[depth]]:
            inside: dict[Monomial, Rational] = {}
            outside: dict[Monomial, Rational] = {}
            inverse = frozenset([(factor[0], -factor[1])])
            for monomial, coefficient in form:
                if any(factor in _divisors(item) for item in monomial):
                    extra, rest = product(monomial, inverse)
                    inside[rest] = coefficient * extra
                else:
                    outside[monomial] = coefficient
            common = _common_content(inside)
            outer, pulled = QQ.one, frozenset([factor])
            if common:
                inside = {product(monomial, frozenset((g, -e) for g, e in common))[1]: c for monomial, c in inside.items()}
                outer, pulled = product(pulled, common)
            results.append(Add(self._times(outer, pulled, Form(inside), depth), self.sum(Form(outside), depth + 1) if outside else S.Zero))
        return results

    def _times(self, coefficient: Rational, monomial: Monomial, inner: Form, depth: int) -> Expr:
        """coefficient * monomial * sum, rational content and sign of the sum moved out where that is cheaper."""
        candidates = [self.product(coefficient, monomial, self.sum(inner, depth + 1))]
        content = _content(inner)
        largest = max(abs(value) for value in inner.terms.values())
        for scale in dict.fromkeys((content, largest)):
            if scale == 1:
                continue
            candidates.append(self.product(coefficient * scale, monomial, self.sum(inner.scaled(1 / scale), depth + 1)))
        return cheapest(candidates)


def _is_polynomial(generator: Generator, exponent: Rational) -> bool:
    return isinstance(generator, (Symbol, NumberSymbol, Integer, Modulus)) or (isinstance(generator, Base) and exponent < 0)


def _divisors(item: tuple[Generator, Rational]) -> list[tuple[Generator, Rational]]:
    """The powers of a generator worth taking out of generator**exponent."""
    generator, exponent = item
    if exponent.denominator == 1 and abs(exponent) > 1:
        unit = QQ(1) if exponent > 0 else QQ(-1)
        return [(generator, unit), item]
    return [item]


def _common_content(terms: dict[Monomial, Rational]) -> Monomial:
    """The generator powers that all terms share."""
    monomials = iter(terms)
    common = next(monomials)
    for monomial in monomials:
        common = common & monomial
    return common


def _content(form: Form) -> Rational:
    """The rational content, its sign such that most coefficients become positive."""
    coefficients = list(form.terms.values())
    content = QQ.zero
    for coefficient in coefficients:
        content = QQ.gcd(content, coefficient) if content else abs(coefficient)
    return -content if all(coefficient < 0 for coefficient in coefficients) else content


def _with_betas(exponents: dict[Generator, Rational]) -> tuple[dict[Generator, Rational], list[Expr]]:
    """gamma(a)**e*gamma(b)**e*gamma(a+b)**-e taken out as beta(a, b)**e; sqrt(pi) counts as gamma(1/2)."""
    gammas = sorted((generator for generator in exponents if isinstance(generator, gamma)), key=generator_key)
    left = dict(exponents)
    betas: list[Expr] = []
    for i, first in enumerate(gammas):
        for second in gammas[i + 1 :]:
            whole = gamma(first.args[0] + second.args[0])
            if all(g in left for g in (first, second, whole)) and left[first] == left[second] == -left[whole]:
                betas.append(Pow(beta_function(first.args[0], second.args[0]), QQ.to_sympy(left[first])))
                for g in (first, second, whole):
                    del left[g]
    for first in gammas:
        whole = gamma(first.args[0] + S.Half)
        if first in left and whole in left and left[first] == -left[whole] == 2 * left.get(pi, QQ.zero):
            betas.append(Pow(beta_function(first.args[0], S.Half), QQ.to_sympy(left[first])))
            for g in (first, whole, pi):
                del left[g]
    return left, betas
