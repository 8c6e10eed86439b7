"""`Ball`: a midpoint and a radius that together contain the number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
from mpmath.libmp.libmpf import finf, fninf, from_man_exp, from_rational, round_floor, to_int

from symkl.errors import Undecided
from symkl.exact.arithmetic import fraction_of, interval_context

__all__ = ["Ball"]

# Decimal digits shown when nobody asked for a number of them.
DEFAULT_DIGITS = 15
# Beyond 2^±FAR an end is no longer written out to find its digits; beyond 2^±LARGEST_EXPONENT never.
FAR, LARGEST_EXPONENT = 1 << 16, 1 << 24
# A radius is rounded up to 2^-FINEST of the midpoint where digits are found, and to 2^-MOST_BITS of it, and less for more digits, in a ball of Arb's.
FINEST, MOST_BITS = 1 << 14, 1 << 11
# Numbers from 10^-6 up are written without an exponent, as a person would.
PLAIN_FROM = -6


@dataclass(frozen=True)
class Ball:
    """The interval mid ± rad, which contains the number if `is_rigorous`.

    `mid` and `rad` are mpmath numbers, exact as they stand (arithmetic on them rounds to mpmath's precision, so raise it
    first). `is_rigorous` is False when the radius is an estimate, not a proved bound. `str()` shows only digits that are
    right, at most `digits_asked` of them; `float()` rounds the midpoint. An infinite value has `mid` = ±inf and `rad` = 0.

    >>> Ball.of(Fraction(1, 3), Fraction(1, 10**9))
    Ball(0.33333333 ± 1.1e-9)
    >>> print(Ball.of(Fraction(1, 3), Fraction(1, 10**9)))
    0.33333333
    """

    mid: mpmath.mpf
    rad: mpmath.mpf
    is_rigorous: bool = True
    digits_asked: int | None = None

    @classmethod
    def of(cls, mid: Fraction, rad: Fraction, is_rigorous: bool = True, digits: int | None = None) -> Ball:
        """The smallest ball with a midpoint in binary that contains [mid − rad, mid + rad]."""
        if _is_dyadic(mid) and _is_dyadic(rad):
            return cls(_dyadic(mid), _dyadic(rad), is_rigorous, digits)
        # Far below the radius, or below the digits anybody asks for, where the radius is zero.
        scale = rad if rad else abs(mid) * Fraction(1, 1 << 64 + 4 * (digits or DEFAULT_DIGITS))
        bits = max(0, scale.denominator.bit_length() - scale.numerator.bit_length()) + 64
        centre = Fraction(round(mid * (1 << bits)), 1 << bits)
        radius = rad + abs(mid - centre)
        return cls(_dyadic(centre), mpmath.mp.make_mpf(from_rational(radius.numerator, radius.denominator, 64, "u")), is_rigorous, digits)

    @classmethod
    def from_arb(cls, value: Any, digits: int | None = None) -> Ball:
        """The ball of a finite `flint.arb`, but for a radius like e^(−10^80) beside a midpoint like 1, which nobody could write."""
        mid, rad = value.mid().man_exp(), value.rad().man_exp()
        least = int(mid[1]) - MOST_BITS - 8 * (digits or 0)
        if mid[0] and rad[0] and int(rad[1]) + int(rad[0]).bit_length() < least:
            rad = 1, least
        return cls(_from_man_exp(*mid), _from_man_exp(*rad), True, digits)

    @classmethod
    def infinite(cls, sign: int = 1) -> Ball:
        """The value ∞ or −∞, known exactly."""
        return cls(mpmath.mp.make_mpf(finf if sign > 0 else fninf), mpmath.mpf(0))

    @classmethod
    def exact(cls, value: Fraction | int, digits: int | None = None) -> Ball:
        """A rational number: radius zero where it is a binary fraction, else far below the digits asked."""
        return cls.of(Fraction(value), Fraction(0), True, digits)

    @property
    def is_finite(self) -> bool:
        return bool(mpmath.isfinite(self.mid))

    @property
    def lower(self) -> Fraction:
        """mid − rad as an exact fraction; `Undecided` where that has millions of digits."""
        return _fraction(self.mid) - _fraction(self.rad)

    @property
    def upper(self) -> Fraction:
        """mid + rad as an exact fraction; `Undecided` where that has millions of digits."""
        return _fraction(self.mid) + _fraction(self.rad)

    def _ends(self) -> tuple[int, int, int]:
        """(a, b, k) with a·2^k and b·2^k the ends of the ball, or just outside of them where the radius is far smaller than the midpoint."""
        middle, radius = (_signed_man_exp(each) for each in (self.mid, self.rad))
        unit = min(exp for man, exp in (middle, radius) if man) if middle[0] or radius[0] else 0
        unit = max(unit, middle[1] - FINEST) if middle[0] else unit
        centre = middle[0] << middle[1] - unit if middle[0] else 0
        reach = 0 if not radius[0] else radius[0] << radius[1] - unit if radius[1] >= unit else (radius[0] >> unit - radius[1]) + 1
        return centre - reach, centre + reach, unit

    @property
    def sign(self) -> int | None:
        """1, −1 or 0 where the ball decides it, else None."""
        if not self.is_finite:
            return 1 if self.mid > 0 else -1
        low, high, _ = self._ends()
        if low > 0:
            return 1
        if high < 0:
            return -1
        return 0 if not self.mid and not self.rad else None

    def contains(self, value: Fraction | int) -> bool:
        """Whether the rational number lies in the ball."""
        return self.is_finite and self.lower <= value <= self.upper

    def overlaps(self, other: Ball) -> bool:
        """Whether some number lies in both balls; balls that do not overlap hold different numbers."""
        if not (self.is_finite and other.is_finite):
            return bool(self.mid == other.mid)
        return self.lower <= other.upper and other.lower <= self.upper

    @property
    def digits(self) -> int:
        """How many significant decimal digits are right, rounded to nearest; 0 if not even the sign is known."""
        if not self.is_finite or (not self.mid and not self.rad):
            return self.digits_asked or DEFAULT_DIGITS
        return len(self._digits_and_exponent()[0])

    def _digits_and_exponent(self) -> tuple[str, int]:
        """The longest digit string to which every number of the ball rounds, and the exponent of its first digit."""
        if self.sign is None:
            return "", 0
        wanted = self.digits_asked or DEFAULT_DIGITS if not self.rad else self.digits_asked
        low, high, unit = self._ends()
        if abs(unit) > FAR:
            smaller, larger, shift = _in_decimals(min(abs(low), abs(high)), max(abs(low), abs(high)), unit, wanted or DEFAULT_DIGITS)
        else:
            (smaller, larger), shift = sorted(fraction_of(abs(end), unit) for end in (low, high)), 0
        most = _exponent(larger) - _exponent(larger - smaller) + 2 if larger > smaller else wanted or DEFAULT_DIGITS
        for count in range(most if wanted is None else min(most, wanted), 0, -1):
            first = _rounded(smaller, count)
            if first == _rounded(larger, count):
                return first[0], first[1] + shift
        return "", 0

    def __str__(self) -> str:
        if not self.is_finite:
            return "oo" if self.mid > 0 else "-oo"
        if not self.mid and not self.rad:
            return "0"
        digits, exponent = self._digits_and_exponent()
        if not digits:
            low, high, unit = self._ends()
            return f"0 ± {_bound(max(abs(low), abs(high)), unit)}"
        sign = "-" if self.mid < 0 else ""
        if PLAIN_FROM <= exponent < 0:
            return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
        if 0 <= exponent < len(digits):
            whole, rest = digits[: exponent + 1], digits[exponent + 1 :]
            return sign + whole + (f".{rest}" if rest else "")
        return f"{sign}{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e{exponent:+d}"

    def _repr_latex_(self) -> str:
        return f"${self}$" if self.is_finite else rf"${'-' if self.mid < 0 else ''}\infty$"

    def __repr__(self) -> str:
        if not self.is_finite:
            return f"Ball({self})"
        doubt = "" if self.is_rigorous else ", not rigorous"
        shown = str(self) if self.sign is not None and self.digits else "0"
        low, high, unit = self._ends()
        radius = _bound(max(abs(low), abs(high)), unit) if shown == "0" else _bound(*_signed_man_exp(self.rad))
        return f"Ball({shown} ± {radius}{doubt})"

    def __float__(self) -> float:
        return float(self.mid)

    def _sympy_(self) -> Any:
        from sympy import Float, oo

        if not self.is_finite:
            return oo if self.mid > 0 else -oo
        return Float(self.mid, max(self.digits, 1))


def _signed_man_exp(value: mpmath.mpf) -> tuple[int, int]:
    sign, man, exp, _ = value._mpf_
    return (-int(man) if sign else int(man)), int(exp)


def _fraction(value: mpmath.mpf) -> Fraction:
    man, exp = _signed_man_exp(value)
    if abs(exp) > LARGEST_EXPONENT:
        raise Undecided("the end of a ball is too large or too small to be written out as a fraction")
    return fraction_of(man, exp)


def _in_decimals(smaller: int, larger: int, unit: int, digits: int) -> tuple[Fraction, Fraction, int]:
    """(x, y, k) with x·10^k ≤ smaller·2^unit and larger·2^unit ≤ y·10^k, close enough for so many digits; by interval arithmetic."""
    iv = interval_context(128 + 4 * digits + unit.bit_length() + larger.bit_length())
    logarithms = [(iv.log(iv.mpf(man)) + unit * iv.log(iv.mpf(2))) / iv.log(iv.mpf(10)) for man in (smaller, larger)]
    shift = int(to_int(logarithms[0]._mpi_[0], round_floor))
    low, high = (iv.exp((each - shift) * iv.log(iv.mpf(10))) for each in logarithms)
    return _fraction(mpmath.mp.make_mpf(low._mpi_[0])), _fraction(mpmath.mp.make_mpf(high._mpi_[1])), shift


def _is_dyadic(value: Fraction) -> bool:
    return value.denominator & (value.denominator - 1) == 0


def _dyadic(value: Fraction) -> mpmath.mpf:
    return _from_man_exp(value.numerator, 1 - value.denominator.bit_length())


def _from_man_exp(man: int, exp: int) -> mpmath.mpf:
    return mpmath.mp.make_mpf(from_man_exp(int(man), int(exp)))


def _exponent(value: Fraction) -> int:
    """⌊log₁₀ value⌋ of a positive fraction."""
    guess = (value.numerator.bit_length() - value.denominator.bit_length()) * 30103 // 100000
    while value >= _ten(guess + 1):
        guess += 1
    while value < _ten(guess):
        guess -= 1
    return guess


def _ten(exponent: int) -> Fraction:
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def _rounded(value: Fraction, count: int) -> tuple[str, int]:
    """The first `count` significant digits of a positive fraction, rounded to nearest, and the exponent of the first."""
    exponent = _exponent(value)
    digits = str(round(value * _ten(count - 1 - exponent)))
    if len(digits) > count:
        return digits[:-1], exponent + 1
    return digits, exponent


def _bound(man: int, exp: int) -> str:
    """A short decimal not below man · 2^exp ≥ 0, for a radius."""
    if not man:
        return "0"
    _, value, shift = _in_decimals(man, man, exp, 3) if abs(exp) > FAR else (0, fraction_of(man, exp), 0)
    exponent = _exponent(value)
    tenths = -(-value // _ten(exponent - 1))
    exponent += shift
    if tenths == 100:
        tenths, exponent = 10, exponent + 1
    return f"{tenths // 10}.{tenths % 10}e{exponent:+03d}".replace("e+0", "e+").replace("e-0", "e-")
