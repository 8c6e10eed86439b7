"""Two laws on two points along the curve on which an inequality is nearly an equality, in high precision, down to where it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from math import isqrt
from typing import Any

__all__ = ["BITS", "along_equality"]

F = Fraction
#: The precision of the values that are compared: the eighth power of the nearest distance is far above it.
BITS = 420
#: Total variations 2^−k and 1 − 2^−k.
NEAR, FAR = (1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 40), (2, 4, 8, 16, 20)
GRID = tuple(F(s, 8) for s in range(-7, 8))
#: Steps of the search for the best place at one distance, each by the golden section.
STEPS = 72
GOLDEN = F(isqrt(5 << 256) - (1 << 128), 1 << 129)
#: Where the sides differ by more than this part of them the place is not looked for.
APART = 0.1
#: Places are told with so many bits beyond those of the distance, the fewest that do.
PLACES = (0, 4, 8, 16, 32)

Masses = tuple[Fraction, Fraction]
#: Larger side minus smaller side over the size of both where P and Q have these first masses; None where it is undefined.
Gap = Callable[[Fraction, Fraction], Any | None]


def along_equality(gap: Gap) -> Iterator[Masses]:
    """First masses of P and Q at which the gap is below zero: at every distance v the place is best, p − q = v, p + q = 1 + s (1 − v)."""
    for v in (*(F(1, 2**k) for k in NEAR), *(1 - F(1, 2**k) for k in FAR)):
        best = _best(partial(_at, gap, v))
        if best is None or not best[0] < 0:
            continue
        for bits in PLACES:
            unit = v.denominator * 2**bits
            p, q = (F(round(m * unit), unit) for m in _masses(v, best[1]))
            found = gap(p, q)
            if found is not None and found < 0:
                yield p, q
                break


def _at(gap: Gap, v: Fraction, s: Fraction) -> Any | None:
    return gap(*_masses(v, s))


def _masses(v: Fraction, s: Fraction) -> Masses:
    middle = (1 + s * (1 - v)) / 2
    return middle + v / 2, middle - v / 2


def _best(gap: Callable[[Fraction], Any | None]) -> tuple[Any, Fraction] | None:
    """The least gap and its place: the best of a grid, then the golden section between the neighbours; None where the sides are far apart."""
    known = [(found, s) for s in GRID if (found := gap(s)) is not None]
    if not known or (best := min(known))[0] > APART:
        return None
    low, high = best[1] - F(1, 8), best[1] + F(1, 8)
    one, other = ((gap(each), each) for each in (_place(high - GOLDEN * (high - low)), _place(low + GOLDEN * (high - low))))
    for _ in range(STEPS):
        if one[0] is None or other[0] is None:
            break
        best = min(best, one, other)
        if one[0] < other[0]:
            high, other, place = other[1], one, _place(other[1] - GOLDEN * (other[1] - low))
            one = gap(place), place
        else:
            low, one, place = one[1], other, _place(one[1] + GOLDEN * (high - one[1]))
            other = gap(place), place
    return best


def _place(s: Fraction) -> Fraction:
    return F(round(s * 2**128), 2**128)
