"""A product as a reader sees it: a sign, a rational coefficient, factors above and below the line, in an author's order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sympy import Add, Expr, Function, Integer, Mul, Piecewise, Pow, Rational, S, Symbol, exp, factorial, gamma, log, loggamma, polygamma
from sympy.core.numbers import NumberSymbol

from symkl.core.heads import Expectation, Head
from symkl.form.textbook import ordered_terms

__all__ = ["Quotient", "author_terms", "density_product", "negative", "quotient", "trailing_zeros"]

#: With so many zeros at its end a number is written with a power of ten.
MANY_ZEROS = 20


@dataclass(frozen=True)
class Quotient:
    """(−1)^negative · coefficient · Π above / Π below; `above` and `below` hold no rational numbers."""

    negative: bool
    coefficient: Rational
    above: tuple[Expr, ...]
    below: tuple[Expr, ...]

    @property
    def numerator(self) -> tuple[Expr, ...]:
        """The factors above the line, the integer first unless it is 1."""
        return self._with(self.coefficient.p, self.above)

    @property
    def denominator(self) -> tuple[Expr, ...]:
        return self._with(self.coefficient.q, self.below)

    @staticmethod
    def _with(number: int, factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return factors if number == 1 and factors else (Integer(number), *factors) if number != 1 else ()

    @property
    def is_prefixed(self) -> bool:
        """Whether the coefficient stands in front, 1/2 log(2 pi), because what it multiplies is tall or has a name."""
        return self.coefficient.q != 1 and not self.below and any(isinstance(factor, Function) or not _is_flat(factor) for factor in self.above)


def quotient(expr: Expr) -> Quotient:
    """The product read as a fraction.

    >>> from sympy.abc import x, y
    >>> quotient(-3*x/(2*y**2)).denominator
    (2, y**2)
    """
    coefficient, rest = expr.as_coeff_Mul()
    if not isinstance(coefficient, Rational):
        coefficient, rest = S.One, expr
    above: list[Expr] = []
    below: list[Expr] = []
    for factor in Mul.make_args(rest) if rest is not S.One else ():
        base, exponent = factor.as_base_exp()
        if isinstance(factor, Pow) and base is not S.Exp1 and _goes_below(exponent):
            below.append(Pow(base, -exponent, evaluate=False) if exponent != -1 else base)
        elif isinstance(factor, Rational):
            coefficient *= factor
        else:
            above.append(factor)
    sign, coefficient = bool(coefficient < 0), abs(coefficient)
    coefficient, above, below = _with_roots(coefficient, above, below)
    return Quotient(sign, coefficient, _ordered(above), _ordered(below))


def _with_roots(coefficient: Rational, above: list[Any], below: list[Any]) -> tuple[Rational, list[Any], list[Any]]:
    """√2 √π as √(2π), √2/√π as √(2/π), and √2/(2√π) as 1/√(2π)."""
    if any(_is_root(factor) for factor in below):
        for factor in above:
            if _is_root(factor) and factor.base.is_Integer and coefficient.q % factor.base.p == 0:
                coefficient, above, below = coefficient * factor.base, [f for f in above if f is not factor], [*below, factor]
                break
    above, below = _joined_roots(above), _joined_roots(below)
    tops, bottoms = [f for f in above if _is_root(f)], [f for f in below if _is_root(f)]
    if tops and bottoms:
        ratio = Pow(Mul(tops[0].base, Pow(bottoms[0].base, -1)), S.Half, evaluate=False)
        above = [ratio, *(f for f in above if f is not tops[0])]
        below = [f for f in below if f is not bottoms[0]]
    return coefficient, above, below


def _joined_roots(factors: list[Any]) -> list[Any]:
    roots = [factor for factor in factors if _is_root(factor) and not factor.base.is_Add]
    if len(roots) < 2:
        return factors
    inside = Mul(*_ordered([root.base for root in roots]), evaluate=False)
    return [*(factor for factor in factors if factor not in roots), Pow(inside, S.Half, evaluate=False)]


def _is_root(factor: Any) -> bool:
    return isinstance(factor, Pow) and factor.exp is S.Half and bool(factor.base.is_nonnegative)


def author_terms(expr: Expr) -> list[Expr]:
    """The terms in the order of the textbook form, squares of sums after plain ones, and a positive term in front if there is one.

    >>> from sympy.abc import a, b
    >>> author_terms(1 - a/b)
    [1, -a/b]
    """
    terms = ordered_terms(expr)
    # Within a kind: p log p before (1 − p) log(1 − p), σ² before (μ₁ − μ₂)².
    terms = [term for _, run in groupby(terms, key=_kind) for term in sorted(run, key=_holds_sum)]
    first = next((i for i, term in enumerate(terms) if not negative(term)), 0)
    return [terms[first], *terms[:first], *terms[first + 1 :]]


def _kind(term: Expr) -> tuple[bool, ...]:
    if not term.free_symbols:
        return (False,)
    return (True, *(bool(term.has(function)) for function in (log, loggamma, polygamma, Function)))


def _holds_sum(term: Expr) -> bool:
    return any(factor.as_base_exp()[0].is_Add for factor in Mul.make_args(term))


def _without_sums_of_logs(log_density: Expr) -> list[Expr]:
    """The terms, those with a factor log a − log b multiplied out."""
    terms: list[Expr] = []
    for term in Add.make_args(log_density):
        factors = Mul.make_args(term)
        inner = next(
            (factor for factor in factors if factor.is_Add and any(isinstance(part.as_coeff_Mul()[1], log) for part in Add.make_args(factor))), None
        )
        rest = Mul(*(factor for factor in factors if factor is not inner))
        terms += [term] if inner is None else [rest * each for each in inner.args]
    return terms


def density_product(log_density: Expr) -> Expr:
    """A density from its logarithm as an author writes it: x^{a−1} e^{−x}/Γ(a), not one exponential of everything.

    >>> from sympy import log, loggamma
    >>> from sympy.abc import a, x
    >>> density_product((a - 1)*log(x) - x - loggamma(a))
    x**(a - 1)*exp(-x)/gamma(a)
    """
    if isinstance(log_density, Piecewise):
        branches: Any = log_density.args
        return Piecewise(*((density_product(value), condition) for value, condition in branches))
    factors: list[Expr] = []
    exponent: list[Expr] = []
    for term in _without_sums_of_logs(log_density):
        parts = Mul.make_args(term)
        named = [part for part in parts if isinstance(part, (log, loggamma))]
        if isinstance(term, Piecewise):
            factors.append(density_product(term))
            continue
        if len(named) != 1:
            exponent.append(term)
            continue
        power = Mul(*(part for part in parts if part is not named[0]))
        inside: Any = named[0].args[0]
        if isinstance(named[0], loggamma):
            inside = _gamma(inside)
        elif isinstance(inside, gamma):
            inside = _gamma(inside.args[0])
        factors.append(Pow(inside, power))
    return Mul(*factors, exp(Add(*exponent)))


def _gamma(x: Any) -> Expr:
    """Γ(n + 1) = n! where n is a whole number."""
    return factorial(x - 1) if (x - 1).is_integer and x.is_Add else gamma(x)


def negative(expr: Expr) -> bool:
    """Whether the term is printed with a minus sign in front."""
    coefficient = expr.as_coeff_Mul()[0]
    return bool(coefficient.is_Rational and coefficient < 0)


def _goes_below(exponent: Any) -> bool:
    """Negative numbers, and negative multiples of a single thing: x^(−a) is 1/x^a, but x^(a−1) stays above."""
    return bool(exponent.as_coeff_Mul()[0].is_negative) and not exponent.is_Add


def _ordered(factors: list[Expr]) -> tuple[Expr, ...]:
    """Constants, symbols and their powers, sums, then functions; alphabetical within a kind."""
    return tuple(sorted(factors, key=lambda factor: (_rank(factor), factor.sort_key())))


def _rank(factor: Expr) -> int:
    base = factor.as_base_exp()[0] if isinstance(factor, Pow) else factor
    if base.is_Rational:
        return 0
    if isinstance(base, (Head, Expectation)):
        return 5
    if isinstance(base, NumberSymbol):
        return 1
    if isinstance(base, Symbol):
        return 2
    if not base.free_symbols and not isinstance(base, Function):
        return 1
    return 4 if isinstance(base, Function) else 3


def _is_flat(factor: Expr) -> bool:
    base, exponent = factor.as_base_exp()
    return bool((base.is_Symbol or base.is_number) and exponent.is_Rational)


def trailing_zeros(number: int) -> int:
    """How many zeros a whole number ends in, if they are many.

    >>> trailing_zeros(3 * 10**40), trailing_zeros(3000), trailing_zeros(0)
    (40, 0, 0)
    """
    if number == 0 or number % 10**MANY_ZEROS:
        return 0
    digits = str(number)
    return len(digits) - len(digits.rstrip("0"))
