"""Witnesses nearer and nearer to breaking a claim: masses are moved a little at a time, as long as the sides draw together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symkl.prove.divergence.estimate import Estimate, Unclear
from symkl.prove.divergence.vectors import Vector

__all__ = ["Start", "ascent", "score"]

F = Fraction
FAR = (F(0), F(1, 16), F(1, 4), F(4), F(16))
#: Small steps are by 1 ± 2^−k up to this k.
FINE = 11
MOVES = 200
STARTS = 3
SHARE = 0.25
#: Sides smaller than this say nothing of how near the claim is to failing.
TINY = 1e-9
DENOMINATOR = 10**6

Start = tuple[float, Any]


def score(estimate: Estimate, sides: tuple[Vector, Vector], sign: str) -> float | None:
    """(larger − smaller)/(|larger| + |smaller|) of the sides of an inequality: below zero it fails; None where this says nothing."""
    try:
        left, right = (estimate.value(side)[0] for side in sides)
    except (Unclear, ArithmeticError, ValueError, KeyError):
        return None
    size = abs(left) + abs(right)
    if sign not in ("<=", "<", ">=", ">") or size < TINY:
        return None
    return (right - left if "<" in sign else left - right) / size


def ascent(starts: Sequence[Start], judge: Callable[[Any], float | None], same: dict[str, str]) -> Iterator[Any]:
    """From each of the best starts, every witness that is better than the last; `judge` gives its score, None where a hypothesis fails."""
    draw = random.Random(7)
    first: dict[tuple[int, ...], Start] = {}
    for start in sorted(starts, key=lambda each: each[0]):  # the best of every shape
        first.setdefault(tuple(len(rows) for _, rows in start[1].tables.values()), start)
    for best, witness in list(first.values())[:STARTS]:
        for _ in range(MOVES):
            moved = _moved(witness, draw, same)
            found = judge(moved)
            if found is not None and found < best:
                best, witness = found, moved
                if best < 0:
                    yield witness


def _moved(witness: Any, draw: random.Random, same: dict[str, str]) -> Any:
    """The witness with masses of one law or two changed: along an edge of what the hypotheses allow one alone cannot move."""
    names = [name for name in witness.tables if same.get(name, name) == name]
    tables = dict(witness.tables)
    for _ in range(draw.randint(1, 2)):
        name = draw.choice(names)
        tables[name] = (tables[name][0], _changed(tables[name][1], draw))
    return replace(witness, tables={each: tables[same.get(each, each)] for each in tables})


def _changed(rows: Any, draw: random.Random) -> Any:
    """One mass times a factor, and the others to match."""
    k, near = draw.randrange(len(rows)), F(1, 2 ** draw.randint(1, FINE))
    factor = draw.choice(FAR) if draw.random() < SHARE else draw.choice((1 - near, 1 + near))
    weights = [(m * factor if m else F(1, 100)) if i == k else m for i, (_, m) in enumerate(rows)]
    if not any(weights):
        return rows
    masses = [F(round(w / sum(weights) * DENOMINATOR), DENOMINATOR) for w in weights]
    rest = max(range(len(masses)), key=lambda i: masses[i])
    masses[rest] += 1 - sum(masses)
    return tuple((x, m) for (x, _), m in zip(rows, masses))
