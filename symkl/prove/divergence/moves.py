"""The moves that show a function to be non-negative on (0, 1): scale, rise, fall, concave, split."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log, prod
from typing import Any

from symkl.prove.divergence.calculus import (
    Function,
    Poly,
    composed,
    derivative,
    divide,
    limit,
    logs_of,
    nonnegative,
    pmul,
    poly,
    positive,
    scaled,
    tangent_sign,
)
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.limits import ask_time

__all__ = ["looks_plausible", "shortest_moves", "value_at"]

DEPTH = 7
#: The same for products of logarithms of more than the variable and numbers.
FEW = 4
#: Denominators of points at which tangents are drawn, and steps of the search for these.
ROUNDED, HALVINGS = (4, 12, 60, 1000), 60
#: Functions with polynomials of more coefficients than this are not followed further.
LONGEST = 20
SAMPLES = tuple(k / 37 for k in range(1, 37)) + (1e-6, 1e-3, 0.999)


def shortest_moves(f: Function, splits: bool = True) -> list[Any] | None:
    """The fewest moves found that show f ≥ 0 on (0, 1)."""
    inside = [[g for g in logs_of(key) if len(g) > 1] for key in f]
    wide = any(len(each) > 1 and each != [poly(0, 1)] * len(each) for each in inside)
    for depth in range((FEW if wide else DEPTH) + 1):
        found = _moves(f, depth)
        if found is not None:
            return found
    return _split_moves(f) if splits else None


def _split_moves(f: Function) -> list[Any] | None:
    """A split where f is least."""
    if not looks_plausible(f):
        return None
    least = min((k / 240 for k in range(1, 240)), key=lambda x: value_at(f, x))
    c = Fraction(least).limit_denominator(24)
    if not 0 < c < 1:
        return None
    left, right = (shortest_moves(composed(f, inner), splits=False) for inner in (poly(0, c), poly(c, 1 - c)))
    return [{"split": str(c), "left": left, "right": right}] if left is not None and right is not None else None


def _moves(f: Function, depth: int) -> list[Any] | None:
    """Moves that show f ≥ 0 on (0, 1), found depth first; what is negative at a sample point is dropped at once."""
    ask_time()
    if not looks_plausible(f):
        return None
    if set(f) <= {()}:
        return [] if _accepted(f) else None
    if depth == 0 or any(len(part) > LONGEST for ratio in f.values() for part in ratio):
        return None
    for move, g in _options(f):
        rest = _moves(g, depth - 1)
        if rest is not None:
            return [*move, *rest]
    return None


def _accepted(f: Function) -> bool:
    try:
        nonnegative(f, [])
    except Rejected:
        return False
    return True


def _options(f: Function) -> Iterator[tuple[list[Any], Function]]:
    for scale in _scales(f):
        g = scaled(f, scale) if scale else f
        before = [{"scale": [[str(c) for c in scale[0]], [str(c) for c in scale[1]]]}] if scale else []
        for move, end in (("fall", 1), ("rise", 0)):
            if _end_sign(g, end) >= 0:
                slope = derivative(g)
                yield [*before, move], scaled(slope, (poly(-1), poly(1))) if move == "fall" else slope
    if _end_sign(f, 0) >= 0 and _end_sign(f, 1) >= 0:
        yield ["concave"], scaled(derivative(derivative(f)), (poly(-1), poly(1)))
        if (c := _touching(f)) is not None:
            yield [{"tangent": str(c)}], derivative(derivative(f))


def _touching(f: Function) -> Fraction | None:
    """Where f is least inside, rounded so that the tangent there is not negative; None if f is least at an end or looks concave."""
    values = [value_at(f, s) for s in SAMPLES]
    if min(values) >= min(value_at(f, 1e-9), value_at(f, 1 - 1e-9)):
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        low, high = (one, high) if value_at(f, one) > value_at(f, other) else (low, other)
    for size in ROUNDED:
        c = Fraction((low + high) / 2).limit_denominator(size)
        if 0 < c < 1 and _tangent_sign(f, c) >= 0:
            return c
    return None


def _tangent_sign(f: Function, c: Fraction) -> int:
    try:
        return tangent_sign(f, c)
    except Rejected:
        return -1


def _end_sign(f: Function, end: int) -> int:
    try:
        return limit(f, end)
    except Rejected:
        return -1


def _scales(f: Function) -> Iterator[tuple[Poly, Poly] | None]:
    """No scaling; by the denominator; by one over the coefficient of a logarithm."""
    yield None
    common = poly(1)
    for _, d in f.values():
        if not _divides(d, common):
            common = pmul(common, d)
    if len(common) > 1 and positive(common):
        yield common, poly(1)
    for key, (n, d) in f.items():
        if key and (len(n) > 1 or len(d) > 1):
            for sign in (1, -1):
                up, down = pmul(d, poly(sign)), n
                if positive(up) and positive(down):
                    yield up, down
                elif positive(pmul(up, poly(-1))) and positive(pmul(down, poly(-1))):
                    yield pmul(up, poly(-1)), pmul(down, poly(-1))


def _divides(d: Poly, common: Poly) -> bool:
    return not divide(common, d)[1]


def looks_plausible(f: Function) -> bool:
    """Whether f ≥ 0 in floating point at a few points of (0, 1)."""
    return all(value_at(f, x) >= -1e-7 * max(1.0, x) for x in SAMPLES)


def value_at(f: Function, x: float) -> float:
    """f(x) in floating point, 0 where that says nothing."""
    total = 0.0
    for key, (n, d) in f.items():
        low = _horner(d, x)
        inside = [_horner(each, x) for each in logs_of(key)]
        if low == 0 or min(inside, default=1.0) <= 0:
            return 0.0
        total += _horner(n, x) / low * prod(map(log, inside))
    return total


def _horner(a: Poly, x: float) -> float:
    total = 0.0
    for c in reversed(a):
        total = total * x + float(c)
    return total
