"""Laws on two points, each as far from the one before as the hypotheses allow: masses 2^−x with x from one to thousands.

Where hypotheses bound divergences, the last of a chain of laws may be so far from the first that no mass a float can hold shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations

__all__ = ["MOST", "far_apart", "mass"]

F = Fraction
#: Exponents are multiples of 1/STEPS, up to that of a mass that can still be written out.
STEPS, MOST = 8, 14000
#: Masses are 2^−k times a number of so many bits.
BITS = 10
#: Exponents of the first law that are tried, and halvings of the way between the best of them and its neighbours.
FIRST, FINER = range(1, 25), 3
MOST_LAWS = 4

#: Whether the hypotheses hold where the laws have these first masses, and how near the claim is to failing, below zero where it does.
Judge = Callable[[tuple[Fraction, ...]], tuple[bool, float | None]]


def mass(exponent: int) -> Fraction:
    """2^(−exponent/STEPS), nearly."""
    k, rest = divmod(exponent, STEPS)
    return F(round(2 ** (BITS - rest / STEPS)), 2 ** (BITS + k))


def far_apart(count: int, judge: Judge) -> Iterator[tuple[Fraction, ...]]:
    """First masses of so many laws at which the hypotheses hold and the claim seems to fail; the first of them for each order of the laws."""
    for order in permutations(range(count)) if 2 <= count <= MOST_LAWS else ():
        tried: dict[int, tuple[float, list[int]]] = {}

        def value(first: int, order: Sequence[int] = order, tried: dict[int, tuple[float, list[int]]] = tried) -> float:
            if first not in tried:
                exponents = _outwards(first, order, judge)
                gap = judge(tuple(map(mass, exponents)))[1]
                tried[first] = (float("inf") if gap is None else float(gap), exponents)
            return tried[first][0]

        best = min((STEPS * k for k in FIRST), key=value)
        for halving in range(1, FINER + 1):
            step = STEPS >> halving
            best = min((best - step, best, best + step), key=value)
        if value(best) < 0:
            yield tuple(map(mass, _nearer(tried[best][1], judge)))


def _nearer(exponents: list[int], judge: Judge) -> list[int]:
    """The farthest laws only as far as the claim needs, at a power of two."""
    far = max(exponents)
    low, high = max((each for each in exponents if each < far), default=0) // STEPS, far // STEPS
    while high - low > 1:
        middle = (low + high) // 2
        holds, gap = judge(tuple(mass(STEPS * middle if each == far else each) for each in exponents))
        low, high = (low, middle) if holds and gap is not None and gap < 0 else (middle, high)
    return [STEPS * high if each == far else each for each in exponents]


def _outwards(first: int, order: Sequence[int], judge: Judge) -> list[int]:
    """The exponents where each law of the order, and all after it with it, is moved as far as the hypotheses hold."""
    exponents = [first] * len(order)

    def held(k: int, place: int) -> bool:
        moved = [k if order.index(i) >= place else x for i, x in enumerate(exponents)]
        return judge(tuple(map(mass, moved)))[0]

    for place in range(1, len(order)):
        low, high = exponents[order[place]], STEPS * MOST
        if held(high, place):
            low = high
        while high - low > 1:
            middle = min((low + high) // 2, 2 * low)
            low, high = (middle, high) if held(middle, place) else (low, middle)
        exponents = [low if order.index(i) >= place else x for i, x in enumerate(exponents)]
    return exponents
