"""Laws on a few points of a small product space, with small integer weights: what no linear code can show."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import gcd
from typing import Any

from symkl.prove.shannon.forms import Form, Problem
from symkl.prove.shannon.planes import PASSED_ON, Outcomes, broken, numpy_or_none

__all__ = ["few_point_laws"]

#: How many supports of each size are looked at.
SUPPORTS = 1500
WEIGHTS = (1, 2, 3)


def few_point_laws(problem: Problem, form: Form, relation: str, *, uniform: bool, sizes: Sequence[int]) -> Iterator[Outcomes]:
    """Laws on so many binary points, one of them (0, …, 0), that break the claim in floating point; even ones, or all.

    A set of variables splits the points into groups, and its entropy depends on the split alone. So the value of a form at
    a support is linear in the entropies of the few possible splits, and one matrix product gives it at all supports and weights.
    """
    count = len(problem.names)
    numpy = numpy_or_none()
    if numpy is None or not 2 <= count <= 6:
        return
    for size in (each for each in sizes if each <= 1 << count):
        points, splits, kinds = _supports(count, size)
        weights = [(1,) * size] if uniform else [w for w in sorted(product(WEIGHTS, repeat=size), key=sum) if gcd(*w) == 1]
        entropies = _entropies(kinds, tuple(weights))

        def value(f: Form, rows: Any, splits: Any = splits, kinds: Any = kinds, entropies: Any = entropies) -> Any:
            matrix, own, each = numpy.zeros((len(rows), len(kinds))), splits[rows], numpy.arange(len(rows))
            for s, c in f.entropies.items():
                matrix[each, own[:, s]] += float(c)
            return matrix @ entropies + f.number()

        for k, w in numpy.argwhere(broken(problem, form, relation, value, len(points)))[:PASSED_ON].tolist():
            total = sum(weights[w])
            yield [(tuple(int(p) >> i & 1 for i in range(count)), Fraction(m, total)) for p, m in zip(points[k], weights[w])]


@lru_cache(maxsize=32)
def _supports(count: int, size: int) -> tuple[Any, Any, tuple[tuple[int, ...], ...]]:
    """The supports, the number of the split of each by each set of variables, and the splits as group numbers."""
    numpy = numpy_or_none()
    draw = random.Random(size)
    if count < 6 or size < 5:
        rest = numpy.array(list(combinations(range(1, 1 << count), size - 1)), dtype=numpy.int32)
    else:
        rest = numpy.array(sorted({tuple(sorted(draw.sample(range(1, 1 << count), size - 1))) for _ in range(SUPPORTS)}), dtype=numpy.int32)
    points = _up_to_shifts(numpy.hstack([numpy.zeros((len(rest), 1), dtype=numpy.int32), rest]))
    if len(points) > SUPPORTS:
        points = points[sorted(draw.sample(range(len(points)), SUPPORTS))]
    masked = points[:, :, None] & numpy.arange(1 << count, dtype=numpy.int32)
    labels = (masked[:, :, None, :] == masked[:, None, :, :]).argmax(axis=1)  # the first point with the same values
    codes = (labels * (size ** numpy.arange(size))[:, None]).sum(axis=1)
    kinds, splits = numpy.unique(codes, return_inverse=True)
    groups = tuple(tuple(int(code) // size**j % size for j in range(size)) for code in kinds)
    return points, splits.reshape(codes.shape), groups


def _up_to_shifts(points: Any) -> Any:
    """One of the supports that differ by what the values 0 and 1 of some variables are called."""
    numpy = numpy_or_none()
    places = 64 ** numpy.arange(points.shape[1], dtype=numpy.int64)[::-1]
    shifted = [numpy.sort(points ^ points[:, j : j + 1], axis=1) @ places for j in range(points.shape[1])]
    return points[shifted[0] == numpy.min(shifted, axis=0)]


@lru_cache(maxsize=32)
def _entropies(kinds: tuple[tuple[int, ...], ...], weights: tuple[tuple[int, ...], ...]) -> Any:
    """H of every split under all weights."""
    numpy = numpy_or_none()
    masses = numpy.array(weights, dtype=float)
    masses /= masses.sum(axis=1, keepdims=True)
    table = numpy.zeros((len(kinds), len(weights)))
    for k, group in enumerate(kinds):
        for g in set(group):
            sums = masses[:, [j for j, other in enumerate(group) if other == g]].sum(axis=1)
            table[k] -= sums * numpy.log(sums)
    return table
