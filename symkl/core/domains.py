"""Where a parameter may lie: an open interval of the reals, possibly of the integers, possibly without zero."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Add, And, Contains, Eq, Expr, Integer, Ne, Rational, S, Symbol, oo, together
from sympy.logic.boolalg import Boolean

__all__ = [
    "ABOVE_ONE",
    "EXTENDED_REAL",
    "HALF_UNIT",
    "INTEGER",
    "NATURAL",
    "NATURAL0",
    "NONNEGATIVE",
    "NONZERO",
    "POSITIVE",
    "REAL",
    "SIMPLEX",
    "UNIT",
    "Domain",
    "above",
    "shares",
]


@dataclass(frozen=True)
class Domain:
    """The set lower < value < upper (or >= lower if `closed`), in ℝ or ℤ, as words, as assumptions and as a condition."""

    text: str
    latex: str
    lower: Expr = -oo
    upper: Expr = oo
    integer: bool = False
    nonzero: bool = False
    closed: bool = False
    extended: bool = False
    assumptions: tuple[tuple[str, bool], ...] = (("real", True),)

    def symbol(self, name: str) -> Symbol:
        """A symbol that carries as much of the domain as SymPy's assumptions can say."""
        return Symbol(name, **dict(self.assumptions))

    def condition(self, value: Expr) -> Boolean:
        """The exact condition on `value`; `true` or `false` where it is decided, by exact arithmetic for numbers."""
        if value is S.NaN or value is S.ComplexInfinity:
            return S.false
        if value.is_infinite or value in (oo, -oo):
            return S.true if self.extended and value.is_extended_real else S.false
        real = value.is_extended_real
        if real is False:
            return S.false
        parts: list[Boolean] = []
        if real is None:
            parts.append(Contains(value, S.Reals))
        if self.integer and not value.is_integer:
            if value.is_integer is False:
                return S.false
            parts = [Contains(value, S.Integers)]
        if self.lower is not -oo:
            parts.append(_at_least(value, self.lower) if self.closed else above(value, self.lower))
        if self.upper is not oo:
            parts.append(above(self.upper, value))
        if self.nonzero:
            parts.append(S.true if value.is_nonzero else S.false if value.is_zero else Ne(value, 0))
        # A strict inequality already says that the value is real.
        if len(parts) > 1 and isinstance(parts[0], Contains) and not self.integer:
            parts = parts[1:]
        return And(*parts)


def above(large: Expr, small: Expr) -> Boolean:
    """The condition large > small, decided where assumptions or exact numbers decide it."""
    difference = large - small
    if difference.is_positive:
        return S.true
    if difference.is_nonpositive:
        return S.false
    if difference.is_Add and difference.free_symbols and together(difference).is_positive:
        return S.true
    return large > small


def shares(weights: tuple[Expr, ...]) -> tuple[Boolean, ...]:
    """What is not known of weights that are shares: w_i > 0 and Σ w_i = 1.

    >>> from sympy import Symbol
    >>> t = Symbol("t")
    >>> shares((t, 1 - t))
    (t > 0, 1 > t)
    """
    whole = Eq(Add(*weights).expand(), 1)
    return tuple(dict.fromkeys(each for each in (*map(_positive, weights), whole) if each is not S.true))


def _positive(value: Expr) -> Boolean:
    """value > 0; of a line in one symbol, the bound that this is for the symbol."""
    symbols = sorted((each for each in value.free_symbols if isinstance(each, Symbol)), key=str)
    slope = value.diff(symbols[0]) if len(symbols) == 1 else S.Zero
    if not slope.is_number or not slope.is_nonzero:
        return above(value, S.Zero)
    bound = (symbols[0] - value / slope).expand()
    return above(symbols[0], bound) if slope.is_positive else above(bound, symbols[0])


def _at_least(value: Expr, bound: Expr) -> Boolean:
    difference = value - bound
    if difference.is_nonnegative:
        return S.true
    if difference.is_negative:
        return S.false
    return value >= bound


_POSITIVE = (("positive", True),)
_COUNT = (("integer", True), ("positive", True))

REAL = Domain("real", r"\mathbb{R}")
EXTENDED_REAL = Domain("real or ±oo", r"\overline{\mathbb{R}}", extended=True, assumptions=(("extended_real", True),))
NONZERO = Domain("real, not 0", r"\mathbb{R}\setminus\{0\}", nonzero=True, assumptions=(("real", True), ("nonzero", True)))
POSITIVE = Domain("> 0", r"(0, \infty)", lower=S.Zero, assumptions=_POSITIVE)
NONNEGATIVE = Domain(">= 0", r"[0, \infty)", lower=S.Zero, closed=True, assumptions=(("nonnegative", True),))
ABOVE_ONE = Domain("> 1", r"(1, \infty)", lower=S.One, assumptions=_POSITIVE)
UNIT = Domain("in (0, 1)", "(0, 1)", lower=S.Zero, upper=S.One, assumptions=_POSITIVE)
HALF_UNIT = Domain("in (0, 1/2)", "(0, 1/2)", lower=S.Zero, upper=Rational(1, 2), assumptions=_POSITIVE)
INTEGER = Domain("an integer", r"\mathbb{Z}", integer=True, assumptions=(("integer", True),))
NATURAL = Domain("an integer >= 1", r"\mathbb{N}_1", lower=Integer(1), closed=True, integer=True, assumptions=_COUNT)
NATURAL0 = Domain(
    "an integer >= 0", r"\mathbb{N}_0", lower=Integer(0), closed=True, integer=True, assumptions=(("integer", True), ("nonnegative", True))
)
#: The probabilities of finitely many outcomes, taken together; the laws that have them check each and their sum themselves.
SIMPLEX = Domain("probabilities >= 0 that sum to 1", r"\Delta", lower=S.Zero, upper=S.One, closed=True, assumptions=(("nonnegative", True),))
