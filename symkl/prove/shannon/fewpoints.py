"""Laws on a few points of a small product space, with small integer weights: what no linear code can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import log
from typing import Any

from symkl.prove.shannon.forms import Form, Problem

__all__ = ["few_point_laws"]

#: How many supports of each size are looked at.
SUPPORTS = 1500
WEIGHTS = (1, 2, 3)


def few_point_laws(
    problem: Problem, form: Form, relation: str, *, uniform: bool, sizes: Sequence[int]
) -> Iterator[Sequence[tuple[tuple[int, ...], Fraction]]]:
    """Laws on so many binary points, one of them (0, …, 0), that break the claim in floating point; even ones, or all."""
    count = len(problem.names)
    needed = sorted({s for f, _ in (*problem.given, (form, "")) for s in f.entropies})
    if not 2 <= count <= 6 or not needed:
        return
    for size in sizes:
        weights = [(1,) * size] if uniform else list(product(WEIGHTS, repeat=size))
        for number, rest in enumerate(combinations(range(1, 1 << count), size - 1)):
            if number >= SUPPORTS:
                break
            points = (0, *rest)
            if any(all(p >> i & 1 == 0 for p in points) for i in range(count)) and count > 2:
                continue  # a constant variable: met among the laws of fewer variables
            yield from _at_support(problem, form, relation, points, weights, needed)


def _at_support(
    problem: Problem, form: Form, relation: str, points: tuple[int, ...], weights: list[tuple[int, ...]], needed: list[int]
) -> Iterator[Sequence[tuple[tuple[int, ...], Fraction]]]:
    count = len(problem.names)
    groups = {s: _partition(points, s) for s in needed}
    for index in _broken(problem, form, relation, groups, weights):
        total = sum(weights[index])
        yield [(tuple(p >> i & 1 for i in range(count)), Fraction(w, total)) for p, w in zip(points, weights[index])]


def _partition(points: tuple[int, ...], s: int) -> tuple[int, ...]:
    """Which points agree on the variables of s, as group numbers."""
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(p & s, len(numbers)) for p in points)


def _broken(problem: Problem, form: Form, relation: str, groups: dict[int, tuple[int, ...]], weights: list[tuple[int, ...]]) -> list[int]:
    """The weights at which the hypotheses hold and the claim fails, judged by floats."""
    numpy = _numpy() if len(weights) > 1 else None
    if numpy is None:
        return [k for k, w in enumerate(weights) if _fails(problem, form, relation, {s: _entropy(g, w) for s, g in groups.items()})]
    matrix = numpy.array(weights, dtype=float)
    matrix /= matrix.sum(axis=1, keepdims=True)
    cache: dict[tuple[int, ...], Any] = {}
    entropies = {}
    for s, group in groups.items():
        if group not in cache:
            sums = numpy.zeros((len(weights), max(group) + 1))
            for column, g in enumerate(group):
                sums[:, g] += matrix[:, column]
            cache[group] = -(sums * numpy.log(sums)).sum(axis=1)
        entropies[s] = cache[group]

    def value(f: Form) -> Any:
        return sum(float(c) * entropies[s] for s, c in f.entropies.items()) + f.number()

    good = numpy.ones(len(weights), dtype=bool)
    for f, sign in problem.given:
        v = value(f)
        good &= abs(v) < 1e-10 if sign == "=" else v < 1e-10 if "<" in sign else v > -1e-10 if ">" in sign else good
    v = value(form)
    good &= abs(v) > 1e-10 if relation == "=" else v > 1e-10 if "<" in relation else v < -1e-10 if ">" in relation else abs(v) < 1e-10
    return [int(k) for k in numpy.nonzero(good)[0][:1]]


def _fails(problem: Problem, form: Form, relation: str, entropies: dict[int, float]) -> bool:
    def value(f: Form) -> float:
        return sum(float(c) * entropies[s] for s, c in f.entropies.items()) + f.number()

    for f, sign in problem.given:
        v = value(f)
        if (sign == "=" and abs(v) > 1e-10) or ("<" in sign and v > 1e-10) or (">" in sign and v < -1e-10):
            return False
    v = value(form)
    return abs(v) > 1e-10 if relation == "=" else v > 1e-10 if "<" in relation else v < -1e-10 if ">" in relation else abs(v) < 1e-10


def _entropy(group: tuple[int, ...], weights: tuple[int, ...]) -> float:
    total = sum(weights)
    sums = [0] * (max(group) + 1)
    for g, w in zip(group, weights):
        sums[g] += w
    return -sum(m / total * log(m / total) for m in sums)


def _numpy() -> Any:
    try:
        import numpy
    except ImportError:
        return None
    return numpy
