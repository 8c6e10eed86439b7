"""Witnesses nearer and nearer to breaking a claim: masses are moved a little at a time, as long as the sides draw together."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import Any

from symkl.prove.divergence.estimate import Estimate, Unclear
from symkl.prove.divergence.vectors import Vector

__all__ = ["Start", "ascent", "score"]

F = Fraction
FAR = (F(0), F(1, 16), F(1, 4), F(4), F(16))
#: Steps are by 1 ± 2^−k: k starts so, grows by as much where a step leads to nothing, and is drawn from as far on both sides of its level.
FIRST, GROWTH, SPREAD, FINEST = 3.0, 0.04, 3.0, 36.0
#: What a violated hypothesis costs, and for how many moves.
STAGES = ((0.0, 120), (30.0, 250), (500.0, 250), (1e4, 150))
STARTS = 4
#: Further starts where some law has no mass at some point.
FACES = 3
SHARE = 0.2
#: Halvings of the way back to where every hypothesis holds.
HALVINGS = 20
#: Sides smaller than this say nothing of how near the claim is to failing.
TINY = 1e-9
#: Masses are multiples of 2^−(k + FINER) after a step by 2^−k.
FINER = 10
#: A witness is told in masses of these denominators if it breaks the claim so, too.
PLAIN = (10, 100, 10**3, 10**4, 10**6)

Start = tuple[float, Any]
#: How near the claim is to failing at a witness, below zero where it does, and by how much hypotheses fail; None where this says nothing.
Judge = Callable[[Any], tuple[float, float] | None]


def score(estimate: Estimate, sides: tuple[Vector, Vector], sign: str, tiny: float = TINY) -> Any | None:
    """(larger − smaller)/(|larger| + |smaller|) of the sides of an inequality: below zero it fails; None where this says nothing."""
    try:
        left, right = (estimate.value(side)[0] for side in sides)
    except (Unclear, ArithmeticError, ValueError, KeyError):
        return None
    size = abs(left) + abs(right)
    if sign not in ("<=", "<", ">=", ">") or size <= tiny:
        return None
    return (right - left if "<" in sign else left - right) / size


def ascent(
    starts: Sequence[Start], judge: Judge, same: dict[str, str], numbers: Collection[str], settled: Callable[[Any], Any] = lambda witness: witness
) -> Iterator[Any]:
    """From each of the best starts, at which the hypotheses hold, what may break the claim.

    `same` says which laws are equal, `numbers` which parameters are given, `settled` sets others to what the hypotheses allow.
    """
    draw = random.Random(7)
    first: dict[tuple[int, ...], Start] = {}
    faces: dict[Any, Start] = {}
    for each in sorted(starts, key=lambda each: each[0]):  # the best of every shape, and of the laws without some points
        tables = each[1].tables.values()
        first.setdefault(tuple(len(rows) for _, rows in tables), each)
        missing = tuple(tuple(m == 0 for _, m in rows) for _, rows in tables)
        if any(map(any, missing)) and not any(map(all, zip(*missing))):
            faces.setdefault(missing, each)
    chosen = [each for _, each in sorted(first.items(), key=lambda each: each[0])[:STARTS]]  # few points first
    chosen += [each for each in sorted(faces.values(), key=lambda each: each[0]) if each not in chosen][:FACES]
    for _, start in chosen:
        witness, level = start, FIRST
        for price, moves in STAGES:
            best = _merit(judge(witness), price)
            for _ in range(moves):
                moved = settled(_moved(witness, draw, same, numbers, level))
                found = judge(moved)
                if found is None or not _merit(found, price) < best:
                    level = min(level + GROWTH, FINEST)
                    continue
                best, witness, level = _merit(found, price), moved, max(level - 1, FIRST)
                if found[0] < 0 == found[1]:
                    yield from _plainest_first(witness, settled)
            yield from _on_the_way(start, witness, judge, settled)
            level = min(level, FIRST + 4)


def _merit(found: tuple[float, float] | None, price: float) -> float:
    """The less the better; where nothing is paid for hypotheses they must hold."""
    if found is None or (found[1] and not price):
        return inf
    return found[0] + price * found[1]


def _on_the_way(start: Any, end: Any, judge: Judge, settled: Callable[[Any], Any]) -> Iterator[Any]:
    """The witness farthest towards the end at which the hypotheses still hold, if they fail there."""
    found = judge(end)
    if found is None or found[0] >= 0 or not found[1]:
        return
    low, high, best = F(0), F(1), None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        mixed = settled(_mixed(start, end, middle))
        found = judge(mixed)
        good = found is not None and not found[1]
        low, high, best = (middle, high, mixed) if good else (low, middle, best)
    if best is not None:
        yield from _plainest_first(best, settled)


def _plainest_first(witness: Any, settled: Callable[[Any], Any]) -> Iterator[Any]:
    yield from (settled(_rounded(witness, denominator)) for denominator in PLAIN)
    yield witness


def _mixed(start: Any, end: Any, share: Fraction) -> Any:
    """The witness so far on the straight way from one to the other."""
    tables = {}
    for name, (slots, rows) in end.tables.items():
        masses = [(1 - share) * m + share * n for (_, m), (_, n) in zip(start.tables[name][1], rows)]
        tables[name] = (slots, tuple((x, m) for (x, _), m in zip(rows, masses)))
    parameters = {name: (1 - share) * start.parameters[name] + share * value for name, value in end.parameters.items()}
    return replace(end, tables=tables, parameters=parameters)


def _moved(witness: Any, draw: random.Random, same: dict[str, str], numbers: Collection[str], level: float) -> Any:
    """The witness with up to three changes: along an edge of what the hypotheses allow one alone cannot move, nor equal ones."""
    names = [name for name in witness.tables if same.get(name, name) == name]
    names += [name for name in witness.parameters if name not in numbers]
    if not names:
        return witness
    tables, parameters = dict(witness.tables), dict(witness.parameters)
    for _ in range(draw.randint(1, 3)):
        name = draw.choice(names)
        size = round(min(max(level + draw.uniform(-SPREAD, SPREAD), 1.0), FINEST))
        if name in tables:
            tables[name] = (tables[name][0], _changed(tables[name][1], draw, size))
        else:
            parameters[name] *= _factor(draw, size)
    return replace(witness, tables={each: tables[same.get(each, each)] for each in tables}, parameters=parameters)


def _factor(draw: random.Random, size: int) -> Fraction:
    return 1 + draw.choice((-1, 1)) * F(1, 2**size)


def _changed(rows: Any, draw: random.Random, size: int) -> Any:
    """One mass times a factor, and the others to match."""
    k = draw.randrange(len(rows))
    factor = draw.choice(FAR) if draw.random() < SHARE else _factor(draw, size)
    weights = [float(m) for _, m in rows]
    weights[k] = weights[k] * float(factor) if weights[k] else 0.5 ** (size + 4)
    total = sum(weights)
    return _law(rows, [w / total for w in weights], 2 ** (size + FINER)) if total else rows


def _law(rows: Any, masses: Sequence[float | Fraction], denominator: int) -> Any:
    """The outcomes with masses that are multiples of one over the denominator."""
    near = [round(m * denominator) for m in masses]
    near[max(range(len(near)), key=lambda i: near[i])] += denominator - sum(near)
    return tuple((x, F(n, denominator)) for (x, _), n in zip(rows, near))


def _rounded(witness: Any, denominator: int) -> Any:
    tables = {name: (slots, _law(rows, [m for _, m in rows], denominator)) for name, (slots, rows) in witness.tables.items()}
    return replace(witness, tables=tables)
