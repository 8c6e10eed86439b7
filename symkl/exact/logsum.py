"""`LogSum`: rational combinations of logarithms of integers, where zero, equality and order are decided."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from sympy import Add, Expr, Float, Integer, Mul, Rational, S, Tuple, log, sympify

from symkl.errors import DomainError, Undecided
from symkl.exact.arithmetic import bits_of, fraction_of
from symkl.exact.ball import Ball
from symkl.exact.coprime import refine
from symkl.exact.logdisplay import display_terms, latex_text, plain_text, unicode_text
from symkl.exact.logparse import as_fraction, log_pairs
from symkl.exact.logvalue import enclose

__all__ = ["LogSum"]


class LogSum(Expr):
    """Σ c_i log b_i with rational c_i and pairwise coprime integers b_i > 1: a SymPy number whose sign is always decided.

    Built from pairs (c, b), `LogSum.of({b: c})`, `LogSum.log(r)` or `LogSum.from_sympy(expr)`; sums, differences and rational
    multiples stay of this kind. `==`, `<` and `bool` never guess: zero is decided by coprimality, order by balls of
    growing precision.

    >>> LogSum.log(Fraction(7, 10)) * Fraction(7, 10) + LogSum.log(Fraction(3, 10)) * Fraction(3, 10) + LogSum.log(2)
    7*log(7)/10 + 3*log(3)/10 - log(5)
    >>> LogSum.log(8) == 3 * LogSum.log(2)
    True
    """

    is_commutative = True
    is_number = True
    is_real = True
    is_extended_real = True
    is_finite = True
    # Above plain SymPy expressions, so that `expr + logsum` reaches `__radd__`.
    _op_priority = 11.0

    _scale: Fraction
    _raw: Mapping[int, int | Fraction]

    def __new__(cls, *pairs: Any) -> LogSum:
        total: dict[int, int | Fraction] = {}
        for coefficient, base in pairs:
            number = as_fraction(base)
            if number <= 0:
                raise DomainError(f"LogSum: log {base} is not a real number")
            factor = as_fraction(coefficient)
            for part, signed in ((number.numerator, factor), (number.denominator, -factor)):
                total[part] = total.get(part, 0) + signed
        return cls._build(Fraction(1), total)

    @classmethod
    def _build(cls, scale: Fraction, raw: Mapping[int, int | Fraction]) -> LogSum:
        """scale · Σ c log b, the map taken as it is: it is refined only when somebody asks."""
        self: LogSum = Expr.__new__(cls)
        self._scale, self._raw = scale, raw
        return self

    @classmethod
    def of(cls, terms: Mapping[int, int | Fraction], scale: int | Fraction = 1) -> LogSum:
        """scale · Σ c log b of a map {b: c}; the b need not be coprime."""
        smallest = min(terms, default=1)
        if smallest < 1:
            raise DomainError(f"LogSum: log {smallest} is not a real number")
        return cls._build(Fraction(scale), dict(terms))

    @classmethod
    def log(cls, number: int | Fraction | Rational) -> LogSum:
        """log r of a positive rational number."""
        return cls((1, number))

    @classmethod
    def from_sympy(cls, expr: Any) -> LogSum | None:
        """The same number, where `expr` is a rational combination of logarithms of positive rationals; else None."""
        pairs = log_pairs(sympify(expr, strict=True), Fraction(1))
        return None if pairs is None else cls(*pairs)

    # -- structure -----------------------------------------------------------------------------------------------

    @cached_property
    def log_terms(self) -> dict[int, Fraction]:
        """{b: c} over pairwise coprime b > 1 with c ≠ 0, in increasing order of b; empty exactly for zero."""
        refined = refine(self._raw.items()) if self._scale else {}
        return {base: self._scale * coefficient for base, coefficient in refined.items()}

    @property
    def args(self) -> Any:
        return tuple(Tuple(Rational(c.numerator, c.denominator), Integer(b)) for b, c in self.log_terms.items())

    def _eval_is_zero(self) -> bool:
        return self._enclosure.contains(0) and not self.log_terms

    def _eval_is_extended_positive(self) -> bool:
        return self.sign() > 0

    def _eval_is_extended_negative(self) -> bool:
        return self.sign() < 0

    @property
    def free_symbols(self) -> set[Any]:
        return set()

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (_rebuild, (self._scale, dict(self._raw)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LogSum):
            try:
                converted = LogSum.from_sympy(other)
            except (TypeError, ValueError):
                return NotImplemented
            if converted is None:
                return False
            other = converted
        return self is other or (self - other).is_zero

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        # ⌊2³² v⌋ depends on the value alone, whatever the base it is written over, and is decided: v is zero or irrational.
        return hash(("LogSum", self.floor(1 << 32)))

    def __bool__(self) -> bool:
        return not self.is_zero

    # -- arithmetic ----------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        right = _logsum(other)
        if right is None:
            return Add(self.as_expr(), other)
        if right._scale == self._scale:
            small, large = sorted((self._raw, right._raw), key=len)
            total: dict[int, int | Fraction] = dict(large)
            for base, coefficient in small.items():
                total[base] = total.get(base, 0) + coefficient
            return LogSum._build(self._scale, total)
        total = {base: self._scale * c for base, c in self._raw.items()}
        for base, c in right._raw.items():
            total[base] = total.get(base, 0) + right._scale * c
        return LogSum._build(Fraction(1), total)

    __radd__ = __add__

    def __neg__(self) -> LogSum:
        return LogSum._build(-self._scale, self._raw)

    def __sub__(self, other: Any) -> Any:
        right = _logsum(other)
        return Add(self.as_expr(), -sympify(other, strict=True)) if right is None else self + -right

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, (int, Fraction)):
            value = sympify(other, strict=True)
            if not value.is_Rational:
                return Mul(self.as_expr(), value.as_expr() if isinstance(value, LogSum) else value)
            other = as_fraction(value)
        return LogSum._build(self._scale * other, self._raw)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        """A rational divisor gives a LogSum; a logarithm, as for bits, a SymPy number with its rational part apart."""
        if isinstance(other, (int, Fraction)) or sympify(other, strict=True).is_Rational:
            return self * (1 / as_fraction(other))
        divisor = _logsum(other)
        if divisor is None or divisor.is_zero:
            return self.as_expr() / sympify(other, strict=True)
        return self.over(divisor)

    def over(self, unit: LogSum) -> Expr:
        """self / unit = r + rest / unit, with r rational such that fewest logarithms are left.

        >>> (LogSum.log(Fraction(4, 3)) / 10).over(LogSum.log(2))
        -log(3)/(10*log(2)) + 1/5
        """
        shared = sorted({self.log_terms.get(b, Fraction(0)) / c for b, c in unit.log_terms.items()} | {Fraction(0)}, key=lambda r: (abs(r), r))
        part, rest = min(((r, self - unit * r) for r in shared), key=lambda pair: len(pair[1].log_terms))
        return Add(Rational(part.numerator, part.denominator), *(term / unit.as_expr() for term in Add.make_args(rest.as_expr())))

    def __abs__(self) -> LogSum:
        return -self if self.is_negative else self

    # -- order ---------------------------------------------------------------------------------------------------

    def sign(self) -> int:
        """−1, 0 or 1, decided."""
        return self.compare(Fraction(0))

    def compare(self, number: Fraction | int) -> int:
        """The sign of self − r for a rational r: a nonzero LogSum is transcendental, so balls end."""
        bits = 64
        while True:
            low, high = self._bounds(bits)
            if low > number or high < number:
                return 1 if low > number else -1
            if bits == 64 and not self.log_terms:
                return (number < 0) - (number > 0)
            bits *= 2

    def _ordered(self, other: Any) -> int | None:
        if isinstance(other, (int, Fraction)) or (isinstance(other, Expr) and other.is_Rational):
            return self.compare(as_fraction(other))
        right = _logsum(other)
        if right is not None:
            return (self - right).sign()
        value = sympify(other, strict=True)
        return None if not value.is_infinite else -1 if value is S.Infinity else 1

    def __lt__(self, other: Any) -> Any:
        order = self._ordered(other)
        return sympify(order < 0, strict=True) if order is not None else self.as_expr() < other

    def __le__(self, other: Any) -> Any:
        order = self._ordered(other)
        return sympify(order <= 0, strict=True) if order is not None else self.as_expr() <= other

    def __gt__(self, other: Any) -> Any:
        order = self._ordered(other)
        return sympify(order > 0, strict=True) if order is not None else self.as_expr() > other

    def __ge__(self, other: Any) -> Any:
        order = self._ordered(other)
        return sympify(order >= 0, strict=True) if order is not None else self.as_expr() >= other

    def floor(self, factor: int = 1) -> int:
        """⌊factor · value⌋, exactly."""
        bits = 64
        while True:
            low, high = (int(end * factor // 1) for end in self._bounds(bits))
            if low == high:
                return low
            if bits == 64 and not self.log_terms:
                return 0
            bits *= 2

    # -- value ---------------------------------------------------------------------------------------------------

    def _bounds(self, bits: int) -> tuple[Fraction, Fraction]:
        raw = self.__dict__.get("log_terms")
        low, high = enclose(self._raw if raw is None else raw, bits)
        return _ordered_ends(low, high, self._scale if raw is None else Fraction(1))

    @cached_property
    def _enclosure(self) -> Ball:
        low, high = self._bounds(64)
        return Ball.of((low + high) / 2, (high - low) / 2)

    def evaluate(self, digits: int = 15) -> Ball:
        """The value to `digits` significant digits: a rigorous ball.

        >>> print(LogSum.log(2).evaluate(30))
        0.693147180559945309417232121458
        """
        bits = bits_of(digits) + 64
        while bits < 1 << 30:
            low, high = self._bounds(bits)
            ball = Ball.of((low + high) / 2, (high - low) / 2, digits=digits)
            if ball.digits >= digits and ball.sign is not None:
                return ball
            if not self.log_terms:
                return Ball.exact(0, digits)
            bits += bits // 2
        raise Undecided("the sum of logarithms needs more precision than there is memory for")

    def _eval_evalf(self, prec: int) -> Expr:
        ball = self.evaluate(prec * 3 // 10 + 3)
        return Float(ball.mid, precision=prec)

    def __float__(self) -> float:
        return float(self.evaluate(17))

    # -- SymPy and text ------------------------------------------------------------------------------------------

    def as_expr(self, *gens: Any) -> Expr:
        """The sum as plain SymPy logarithms, grouped as a careful author would."""
        return Add(*(Mul(Rational(c.numerator, c.denominator), log(Rational(r.numerator, r.denominator))) for c, r in display_terms(self.log_terms)))

    def doit(self, **hints: Any) -> Expr:
        return self.as_expr()

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> Expr:
        return self.as_expr()

    def _eval_simplify(self, **hints: Any) -> Expr:
        return self

    def _eval_derivative(self, s: Any) -> Expr:
        return S.Zero

    def _sympystr(self, printer: Any) -> str:
        return plain_text(display_terms(self.log_terms))

    _sympyrepr = _sympystr

    def _latex(self, printer: Any) -> str:
        return latex_text(display_terms(self.log_terms))

    def text(self) -> str:
        """As a person writes it.

        >>> LogSum((Fraction(7, 10), 7), (Fraction(3, 10), 3), (-1, 5)).text()
        '(7/10) log 7 + (3/10) log 3 − log 5'
        """
        return unicode_text(display_terms(self.log_terms))

    def _pretty(self, printer: Any) -> Any:
        return printer._print(self.as_expr())


def _rebuild(scale: Fraction, raw: dict[int, int | Fraction]) -> LogSum:
    return LogSum._build(scale, raw)


def _ordered_ends(low: Any, high: Any, scale: Fraction) -> tuple[Fraction, Fraction]:
    ends = fraction_of(*low) * scale, fraction_of(*high) * scale
    return (min(ends), max(ends))


def _logsum(value: Any) -> LogSum | None:
    return value if isinstance(value, LogSum) else LogSum.from_sympy(value)
