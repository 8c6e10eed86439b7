"""Codes of two dimensions as candidate laws, all at once: each variable is constant, shows one of the lines of a plane, or all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import log
from typing import Any

from symkl.prove.shannon.forms import Form, Problem

__all__ = ["Outcomes", "broken", "numpy_or_none", "plane_codes", "two_draws"]

Outcomes = Sequence[tuple[tuple[int, ...], Fraction]]
#: How many candidates of one kind are passed on to the exact test.
PASSED_ON = 12
#: Of more variables than this at most that many are not constant.
ACTIVE = 7
SIZES = (2, 3, 4, 5, 7, 8, 16)
#: Floats nearer than this are taken for equal; the exact test decides.
NEAR = 1e-10


def numpy_or_none() -> Any:
    """NumPy, where it is installed."""
    try:
        import numpy
    except ImportError:
        return None
    return numpy


def broken(problem: Problem, form: Form, relation: str, value: Any, count: int) -> Any:
    """Where the hypotheses hold and the claim fails, judged by floats; `value` gives the values of a form at some of `count` rows.

    The equalities among the hypotheses come first: they leave few rows for the rest.
    """
    numpy = numpy_or_none()
    rows: Any = numpy.arange(count)
    good: Any = None
    asked = sorted(problem.given, key=lambda each: each[1] != "=")
    for f, sign, wanted in (*((f, sign, True) for f, sign in asked), (form, relation, False)):
        v = value(f, rows)
        holds = {"=": abs(v) < NEAR, "<=": v < NEAR, ">=": v > -NEAR, "<": v < NEAR, ">": v > -NEAR, "!=": abs(v) >= 0}[sign]
        if not wanted:
            holds = {"=": abs(v) > NEAR, "<=": v > NEAR, ">=": v < -NEAR, "<": v > -NEAR, ">": v < NEAR, "!=": abs(v) < NEAR}[sign]
        good = holds if good is None else good & holds
        kept = good.any(axis=tuple(range(1, good.ndim)))  # of no rows, too
        rows, good = rows[kept], good[kept]
    total = numpy.zeros((count, *good.shape[1:]), dtype=bool)
    total[rows] = good
    return total


@lru_cache(maxsize=16)
def _labels(count: int) -> Any:
    """Rows of masks: 0 for a constant, 3 for the whole plane, 1 << k for the k-th line, lines numbered as they appear."""
    numpy = numpy_or_none()
    if count > ACTIVE:
        rows = [numpy.zeros((len(_labels(3)), count), dtype=numpy.int32) for _ in combinations(range(count), 3)]
        for block, places in zip(rows, combinations(range(count), 3)):
            block[:, places] = _labels(3)
        return numpy.unique(numpy.concatenate(rows), axis=0)
    by_lines = {0: numpy.zeros((1, 0), dtype=numpy.int32)}
    for _ in range(count):
        longer: dict[int, list[Any]] = {}
        for lines, found in by_lines.items():
            for mask in [0, 3, *(1 << k for k in range(lines + 1))]:
                column = numpy.full((len(found), 1), mask, dtype=numpy.int32)
                longer.setdefault(lines + (mask == 1 << lines), []).append(numpy.hstack([found, column]))
        by_lines = {lines: numpy.concatenate(blocks) for lines, blocks in longer.items()}
    rows = numpy.concatenate([by_lines[lines] for lines in sorted(by_lines)])
    return rows[numpy.argsort((rows > 0).sum(axis=1), kind="stable")]


def plane_codes(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """Two uniform draws a, b from m values; the lines are a, b, a + b, a + 2b, … modulo m."""
    numpy = numpy_or_none()
    if numpy is None:
        return
    rows = _labels(len(problem.names))
    unions = _unions(problem, form, rows)
    ranks = {s: (u > 0).astype(float) + ((u & (u - 1)) > 0) for s, u in unions.items()}
    lines = numpy.array([int(m).bit_length() if m != 3 else 2 for m in range(1 << 9)])[numpy.minimum(rows.max(axis=1), 511)]
    constants = form.has_constant or any(f.has_constant for f, _ in problem.given)
    for m in SIZES if constants else (2,):
        good = broken(problem, form, relation, lambda f, at, m=m: _value(f, ranks, log(m), at), len(rows))
        for k in numpy.nonzero(good)[0][:PASSED_ON]:
            size = m if lines[k] <= _smallest_factor(m) + 1 else None if constants else next(p for p in (3, 5, 7, 11) if lines[k] <= p + 1)
            if size is not None:
                yield _shown(rows[k].tolist(), size, size)


def two_draws(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """Two uniform draws of different sizes, each variable showing one of them, both, or none: for claims with constants."""
    numpy, count = numpy_or_none(), len(problem.names)
    forms = [form, *(f for f, _ in problem.given)]
    if numpy is None or count > 6 or not any(f.has_constant for f in forms):
        return
    rows = numpy.array(list(product(range(4), repeat=count)), dtype=numpy.int32)
    unions = _unions(problem, form, rows)
    named = {n for f in forms for b in f.logs for n in (b.numerator, b.denominator) if 1 < n <= 64}
    for a, b in combinations(sorted({2, 3, 5, 6, *named}), 2):
        entropies = {s: (u & 1) * log(a) + (u >> 1) * log(b) for s, u in unions.items()}
        good = broken(problem, form, relation, lambda f, at, e=entropies: _value(f, e, 1.0, at), len(rows))
        for k in numpy.nonzero(good)[0][:PASSED_ON]:
            yield _shown(rows[k].tolist(), a, b)


def _unions(problem: Problem, form: Form, rows: Any) -> dict[int, Any]:
    """The mask of every set of variables that is needed."""
    numpy = numpy_or_none()
    needed = {s for f, _ in (*problem.given, (form, "")) for s in f.entropies}
    return {s: numpy.bitwise_or.reduce(rows[:, [i for i in range(len(problem.names)) if s >> i & 1]], axis=1) for s in sorted(needed)}


def _value(form: Form, entropies: dict[int, Any], unit: float, rows: Any) -> Any:
    total = numpy_or_none().full(len(rows), form.number())
    for s, c in form.entropies.items():
        total += float(c) * unit * entropies[s][rows]
    return total


def _smallest_factor(m: int) -> int:
    return next(p for p in range(2, m + 1) if m % p == 0)


def _shown(masks: list[int], a: int, b: int) -> list[tuple[tuple[int, ...], Fraction]]:
    """The law: every variable's value at each pair of draws."""
    used = 0
    for mask in masks:
        used |= mask
    masses: dict[tuple[int, ...], int] = {}
    for x, y in product(range(a if used != 2 else 1), range(b if used != 1 else 1)):
        point = tuple(_seen(mask, x, y, a, b) for mask in masks)
        masses[point] = masses.get(point, 0) + 1
    total = sum(masses.values())
    return [(point, Fraction(m, total)) for point, m in sorted(masses.items())]


def _seen(mask: int, x: int, y: int, a: int, b: int) -> int:
    if mask in (0, 1, 2):
        return (0, x, y)[mask]
    return x * b + y if mask == 3 else (x + (mask.bit_length() - 2) * y) % a
