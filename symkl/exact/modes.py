"""Where a sharp density is highest: a guide to where to integrate from, never part of a proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr, Rational, Symbol

from symkl.errors import NoClosedForm, Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import with_own_logarithms
from symkl.exact.enclosures import enclosure_of, opaque, prepared
from symkl.exact.program import Program
from symkl.exact.tails.numbers import Q, acb, sympy_number

__all__ = ["mode_from"]

# Bits of slopes: as few as tell their signs.
SLOPE_BITS = (128, 1 << 10, 1 << 12)
# How often a step is doubled before the mode counts as out of reach, and how often a bracket is halved at most.
MOST_DOUBLINGS, MOST_HALVINGS = 3000, 6000
# The logarithm of the density varies by less than this between the mode and the point that is found.
FLAT = 1
# A point where it varies by less over its distance to the ends is no sharp one.
SHARP = 64
# Slopes beyond 2^±LARGEST are taken for that.
LARGEST = 1 << 14
# A start between a steep rise and a steep fall so near, as a part of the distance to the ends, is on a peak.
PARTS = 1 << 10


def mode_from(x: Symbol, log_density: Expr, start: Expr, lower: Expr, upper: Expr) -> Expr | None:
    """A rational number near the mode to which the density rises from `start`; None where that is no sharp peak, or is not found."""
    try:
        slope = Program(prepared(with_own_logarithms(log_density).diff(x)), x, opaque)
        return _climbed(_signed(slope), _rational(start), *(None if end.is_infinite else _rational(end) for end in (lower, upper)))
    except (NoClosedForm, Undecided):
        return None


def _climbed(slope: Callable[[Any], Any], c: Any, lower: Any, upper: Any) -> Expr | None:
    here = slope(c)
    room = min((abs(c - end) for end in (lower, upper) if end is not None), default=abs(c) + 1)
    if here is None or abs(here) * room < SHARP:
        step = room / PARTS
        rise, fall = slope(c - step), slope(c + step)
        is_peak = rise is not None and fall is not None and rise * step > SHARP and -fall * step > SHARP
        return _rounded(c, step / PARTS) if is_peak else None
    side, end = (1, upper) if here > 0 else (-1, lower)
    bracket = _bracketed(slope, c, here, side, end)
    if bracket is None:
        return None
    low, high, rise, fall = bracket
    for _ in range(MOST_HALVINGS):
        if (high - low) * max(rise, -fall) < FLAT:
            break
        middle = (low + high) / 2
        value = slope(middle)
        if value is None:
            # As flat as can be told.
            return _rounded(middle, high - low)
        if value > 0:
            low, rise = middle, value
        else:
            high, fall = middle, value
    return _rounded(low, high - low)


def _rounded(place: Any, width: Any) -> Expr:
    """A short number that differs by less than the width."""
    unit = Q(2) ** (int(width.numerator).bit_length() - int(width.denominator).bit_length() - 2)
    found: Expr = sympy_number(round(place / unit) * unit)
    return found


def _bracketed(slope: Callable[[Any], Any], c: Any, here: Any, side: int, end: Any) -> tuple[Any, Any, Any, Any] | None:
    """(low, high, slopes) with a rise at one end and a fall at the other, by steps that double, and towards a finite end by halves."""
    last, before = c, here
    step = Q(1) / abs(here)
    for _ in range(MOST_DOUBLINGS):
        place = last + side * step
        if end is not None and (place - end) * side >= 0:
            place = (last + end) / 2
        value = slope(place)
        if value is None:
            return None
        if value * side < 0:
            return (last, place, before, value) if side > 0 else (place, last, value, before)
        last, before, step = place, value, 2 * step
    return None


def _signed(slope: Program) -> Callable[[Any], Any]:
    """The slope at a rational point, about, with its right sign; None where that is not to be had."""
    runs: dict[int, Any] = {}

    def at(place: Any) -> Any:
        for bits in SLOPE_BITS:
            with precision(bits):
                if bits not in runs:
                    runs[bits] = slope.bind(bits)
                value = runs[bits](acb(place), False).real
                if value > 0 or value < 0:
                    return _dyadic(value)
        return None

    return at


def _dyadic(ball: Any) -> Any:
    man, exponent = ball.mid().man_exp()
    # The sign and the size are all that is wanted.
    cut = max(0, int(man).bit_length() - 32)
    return Q(int(man) >> cut) * Q(2) ** max(-LARGEST, min(LARGEST, int(exponent) + cut))


def _rational(number: Expr) -> Any:
    """A rational number next to a constant."""
    if isinstance(number, Rational):
        return Q(int(number.p), int(number.q))
    ball = enclosure_of(number)(1 << 10).real
    if not ball.is_finite():
        raise Undecided("a constant is not known")
    man, exponent = ball.mid().man_exp()
    return Q(int(man)) * Q(2) ** int(exponent)
