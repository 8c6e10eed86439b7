"""Laws on a few points of a small product space, with small integer weights: what no linear code can show."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
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
    for size in sizes:
        points, splits, kinds = _supports(count, size)
        weights = [(1,) * size] if uniform else sorted(product(WEIGHTS, repeat=size), key=sum)
        entropies = _entropies(kinds, tuple(weights))
        rows = numpy.arange(len(points))

        def value(f: Form, splits: Any = splits, kinds: Any = kinds, entropies: Any = entropies, rows: Any = rows) -> Any:
            matrix = numpy.zeros((len(rows), len(kinds)))
            for s, c in f.entropies.items():
                matrix[rows, splits[:, s]] += float(c)
            return matrix @ entropies + f.number()

        for k, w in numpy.argwhere(broken(problem, form, relation, value))[:PASSED_ON].tolist():
            total = sum(weights[w])
            yield [(tuple(int(p) >> i & 1 for i in range(count)), Fraction(m, total)) for p, m in zip(points[k], weights[w])]


@lru_cache(maxsize=32)
def _supports(count: int, size: int) -> tuple[Any, Any, tuple[tuple[int, ...], ...]]:
    """The supports, the number of the split of each by each set of variables, and the splits as group numbers."""
    numpy = numpy_or_none()
    found = list(combinations(range(1, 1 << count), size - 1)) if count < 6 or size < 5 else []
    draw = random.Random(size)
    if not found:
        found = sorted({tuple(sorted(draw.sample(range(1, 1 << count), size - 1))) for _ in range(SUPPORTS)})
    elif len(found) > SUPPORTS:
        found = sorted(draw.sample(found, SUPPORTS))
    points = numpy.array([(0, *rest) for rest in found], dtype=numpy.int32)
    masked = points[:, :, None] & numpy.arange(1 << count, dtype=numpy.int32)
    labels = (masked[:, :, None, :] == masked[:, None, :, :]).argmax(axis=1)  # the first point with the same values
    codes = (labels * (size ** numpy.arange(size))[:, None]).sum(axis=1)
    kinds, splits = numpy.unique(codes, return_inverse=True)
    groups = tuple(tuple(int(code) // size**j % size for j in range(size)) for code in kinds)
    return points, splits.reshape(codes.shape), groups


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
