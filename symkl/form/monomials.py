"""Sums of power products over generators with rational exponents: the arithmetic under the canonical form.

A `Form` is a finite map {monomial: rational coefficient}; a monomial is a frozen set of (generator, exponent). Generators:

* a SymPy expression: a symbol, a constant such as pi, a prime (only with an exponent in (0, 1)), a special function;
* `Log(generator)`, `Exp(monomial)`, `Modulus(generator)` = |generator|;
* `Base(form)`: an irreducible sum, needed where it stands under a negative or fractional power or a logarithm.

Multiplication applies the relations that hold identically: 2**(3/2) = 2*2**(1/2), |g|**2 = g**2, I**2 = -1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import QQ, I, Integer

__all__ = ["Base", "Exp", "Form", "Generator", "Log", "Modulus", "Monomial", "Rational", "TooLarge", "size"]

Rational: TypeAlias = Any  # an element of QQ: gmpy2's mpq or SymPy's own
Generator: TypeAlias = Any  # Expr | Log | Exp | Modulus | Base
Monomial: TypeAlias = frozenset[tuple[Generator, Rational]]

ONE: Monomial = frozenset()
MAX_TERMS = 6000


class TooLarge(ArithmeticError):
    """The form outgrew its bounds; the question stays undecided."""


class _Wrapped:
    """A generator with a cached hash, told apart by its class and content."""

    __slots__ = ("_hash", "content")

    def __init__(self, content: Any) -> None:
        self.content = content
        self._hash = hash((type(self).__name__, content))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._hash == other._hash and self.content == other.content)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.content!r})"


class Log(_Wrapped):
    """log of a generator."""


class Exp(_Wrapped):
    """e to the power of a monomial."""


class Modulus(_Wrapped):
    """|generator|, for a real generator of unknown sign."""


class Base(_Wrapped):
    """A sum as a generator; `content` is the frozen set of its (monomial, coefficient) pairs."""

    def form(self) -> Form:
        return Form(dict(self.content))


class Form:
    """A sum of rational multiples of monomials; immutable by convention."""

    __slots__ = ("terms",)

    def __init__(self, terms: dict[Monomial, Rational]) -> None:
        self.terms = terms

    @classmethod
    def constant(cls, value: Rational) -> Form:
        return cls({ONE: value} if value else {})

    @classmethod
    def generator(cls, generator: Generator, exponent: Rational = QQ.one) -> Form:
        coefficient, monomial = reduced({generator: exponent})
        return cls({monomial: coefficient})

    def __iter__(self) -> Iterator[tuple[Monomial, Rational]]:
        return iter(self.terms.items())

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __add__(self, other: Form) -> Form:
        return total((self, other))

    def __neg__(self) -> Form:
        return Form({monomial: -coefficient for monomial, coefficient in self})

    def __sub__(self, other: Form) -> Form:
        return self + (-other)

    def scaled(self, factor: Rational) -> Form:
        return Form({monomial: coefficient * factor for monomial, coefficient in self}) if factor else Form({})

    def __mul__(self, other: Form) -> Form:
        if len(self) * len(other) > MAX_TERMS:
            raise TooLarge("product of sums")
        terms: dict[Monomial, Rational] = {}
        for left, a in self:
            for right, b in other:
                factor, monomial = product(left, right)
                terms[monomial] = terms.get(monomial, QQ.zero) + a * b * factor
        return Form({monomial: coefficient for monomial, coefficient in terms.items() if coefficient})

    def power(self, exponent: int) -> Form:
        """A non-negative integer power, expanded."""
        result, square = UNIT, self
        while exponent:
            if exponent & 1:
                result = result * square
            exponent >>= 1
            if exponent:
                square = square * square
        return result

    def is_constant(self) -> bool:
        return not self.terms or (len(self.terms) == 1 and ONE in self.terms)

    def constant_term(self) -> Rational:
        return self.terms.get(ONE, QQ.zero)


UNIT = Form({ONE: QQ.one})


def total(forms: Iterable[Form]) -> Form:
    """The sum of several forms."""
    terms: dict[Monomial, Rational] = {}
    for form in forms:
        for monomial, coefficient in form:
            terms[monomial] = terms.get(monomial, QQ.zero) + coefficient
    return Form({monomial: coefficient for monomial, coefficient in terms.items() if coefficient})


def size(form: Form) -> int:
    """How many terms and generators a form holds, counted through the sums within."""
    return sum(1 + _size(monomial) for monomial, _ in form)


@lru_cache(maxsize=50000)
def _size(monomial: Monomial) -> int:
    return sum(_size_of_generator(generator) for generator, _ in monomial)


def _size_of_generator(generator: Generator) -> int:
    if isinstance(generator, Base):
        return sum(1 + _size(monomial) for monomial, _ in generator.content)
    if isinstance(generator, Exp):
        return 1 + _size(generator.content)
    return 1 + _size_of_generator(generator.content) if isinstance(generator, (Log, Modulus)) else 1


@lru_cache(maxsize=50000)
def product(left: Monomial, right: Monomial) -> tuple[Rational, Monomial]:
    """The product of two monomials as (rational factor, monomial)."""
    if not right:
        return QQ.one, left
    if not left and len(right) > 1:
        return QQ.one, right
    exponents = dict(left)
    for generator, exponent in right:
        exponents[generator] = exponents.get(generator, QQ.zero) + exponent
    return reduced(exponents)


def reduced(exponents: dict[Generator, Rational]) -> tuple[Rational, Monomial]:
    """Zero exponents dropped and the relations of primes, moduli and the imaginary unit applied."""
    factor = QQ.one
    special = [generator for generator in exponents if isinstance(generator, (Integer, Modulus)) or generator is I]
    for generator in special:
        exponent = exponents[generator]
        if isinstance(generator, Integer):
            whole = floor(exponent)
            if abs(whole) > 4000:
                raise TooLarge("integer power")
            factor *= QQ(int(generator)) ** whole
            exponents[generator] = exponent - whole
        elif isinstance(generator, Modulus):
            whole = 2 * floor(exponent / 2)
            if whole:
                exponents[generator] = exponent - whole
                exponents[generator.content] = exponents.get(generator.content, QQ.zero) + whole
        else:
            # I**r = exp(r*i*pi/2) for every rational r.
            turns = floor(exponent / 2)
            factor = -factor if turns % 2 else factor
            exponents[generator] = exponent - 2 * turns
    return factor, frozenset(item for item in exponents.items() if item[1])


def floor(value: Rational) -> int:
    """The largest integer not above a rational."""
    return int(value.numerator // value.denominator)
