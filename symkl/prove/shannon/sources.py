"""Products of independent sources with tuned entropies: H(S) = Σ_V h_V [S meets V], h_V the entropy of a source that the variables V show.

Where hypotheses or claims speak of numbers, a linear program finds weights h_V at which the hypotheses hold and the claim fails, each with
as much room as there is; every source then is a law of one mass and some others that are equal, of about that entropy. Independent draws
alone have no pair that tells more than each of two, so a sum modulo m of a uniform draw and a tuned one is tried beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import exp, log

from symkl.prove.limits import ask_time
from symkl.prove.linear import cone_weights
from symkl.prove.shannon.forms import Form, Problem
from symkl.prove.shannon.planes import Outcomes

__all__ = ["masses_of", "tuned_sources"]

#: Of so many variables at most, and a sum modulo m of so many at most.
NAMES, SUMMED = 6, 4
#: The total entropy is at most that of so many equal outcomes.
OUTCOMES = 400
#: Masses are multiples of one part in so many; coarse ones read better, fine ones meet narrow hypotheses.
GRIDS = (10, 100, 10**4, 10**13)
#: More room than this is of no use; a unit of it is worth this much entropy.
ROOM, WORTH = Fraction(1, 20), 500
MODULI = (2, 3, 4)
#: The key of the entropy of the tuned part of a sum.
TUNED = 0


@dataclass(frozen=True)
class _Sum:
    """A uniform draw A modulo m and a tuned draw N: each variable shows a part of {N, A, A + N}, as bits 1, 2, 4, or with 7 all of them."""

    modulus: int
    shown: tuple[int, ...]

    def weights(self, names: int) -> tuple[int, int]:
        """H(S) as a multiple of log m and of H(N)."""
        seen = 0
        for i, each in enumerate(self.shown):
            seen |= each if names >> i & 1 else 0
        return int(seen & 6 > 0), int(seen & 1 > 0 or seen & 6 == 6)

    def value(self, i: int, a: int, n: int) -> int:
        return {0: 0, 1: n, 2: a, 4: (a + n) % self.modulus, 7: a * self.modulus + n}[self.shown[i]]


def tuned_sources(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """Products of independent draws of tuned entropies at which the hypotheses seem to hold and the claim to fail."""
    count = len(problem.names)
    if count > NAMES or relation == "!=" or not any(f.has_constant for f, _ in (*problem.given, (form, relation))):
        return
    given = [(f if ">" in sign else Form().plus(f, -1), sign == "=") for f, sign in problem.given if sign != "!="]
    for pattern in (None, *_sums(count)):
        for direction in (1, -1) if relation == "=" else (-1,) if ">" in relation else (1,):
            rows = [*given, (Form().plus(form, direction), False)]
            for roomy in (True, False) if any(not exact and not f.has_constant for f, exact in rows[:-1]) else (True,):
                found = _weights(count, rows, pattern, roomy)
                if found is not None:
                    yield from _laws(count, rows, pattern, found)
                    break


def _sums(count: int) -> Iterator[_Sum]:
    """The ways in which variables show three draws of which each is a function of the two others; A and A + N may change places."""
    for shown in product((0, 1, 2, 4, 7), repeat=count) if 3 <= count <= SUMMED else ():
        if {1, 2, 4} <= set(shown) and shown.index(2) < shown.index(4):
            for modulus in MODULI:
                yield _Sum(modulus, shown)


def _weights(count: int, rows: Sequence[tuple[Form, bool]], pattern: _Sum | None, roomy: bool) -> dict[int, Fraction] | None:
    """h_V for the sets V, and at TUNED the entropy of the tuned part of the sum, such that each form is ≥ 0 with room.

    Only forms with numbers need room, unless all are to have it. The weights solve a small linear program exactly, near as its numbers are.
    """
    ask_time()
    sets = list(range(1, 1 << count))
    cap, above, limit = range(len(rows), len(rows) + 3)
    columns: list[dict[int, Fraction]] = [{cap: Fraction(1)} for _ in sets]
    tuned: dict[int, Fraction] = {limit: Fraction(1)}
    room: dict[int, Fraction] = {above: Fraction(1)}
    target = {cap: Fraction(log(OUTCOMES)), above: ROOM}
    slacks: list[dict[int, Fraction]] = [{cap: Fraction(1)}, {above: Fraction(1)}]
    for i, (form, exact) in enumerate(rows):
        constant = form.near()
        for s, c in form.entropies.items():
            for column, v in zip(columns, sets):
                if s & v:
                    column[i] = column.get(i, Fraction(0)) + c
            if pattern is not None:
                fixed, free = pattern.weights(s)
                constant += c * fixed * Fraction(log(pattern.modulus))
                tuned[i] = tuned.get(i, Fraction(0)) + c * free
        target[i] = -constant
        if not exact:
            slacks.append({i: Fraction(-1)})
            if roomy or form.has_constant or i == len(rows) - 1:
                room[i] = Fraction(-1)
    if pattern is not None:
        target[limit] = Fraction(log(pattern.modulus))
        slacks.append({limit: Fraction(1)})
    every = [*columns, *([tuned] if pattern is not None else []), room, *slacks]
    worth = [1.0] * (len(every) - len(slacks) - 1) + [-float(WORTH)] + [0.0] * len(slacks)
    found = cone_weights(target, every, costs=worth)
    if found is None or not found[len(every) - len(slacks) - 1]:
        return None
    weights = {v: h for v, h in zip(sets, found) if h}
    return weights if pattern is None else {**weights, TUNED: found[len(sets)]}


def _laws(count: int, rows: Sequence[tuple[Form, bool]], pattern: _Sum | None, weights: dict[int, Fraction]) -> Iterator[Outcomes]:
    """The sources as laws, on the coarsest grid on which all still is as it should be."""
    for grid in GRIDS:
        drawn = {v: masses_of(float(h), grid)[0] for v, h in weights.items()}
        heights = {v: -sum(m * log(m) for m in map(float, masses)) for v, masses in drawn.items()}
        size = pattern.modulus if pattern is not None else 1
        for masses in drawn.values():
            size *= len(masses)
        if size <= 2 * OUTCOMES and all(_fits(form, exact, pattern, heights) for form, exact in rows):
            yield _product(count, pattern, drawn)
            return


def _fits(form: Form, exact: bool, pattern: _Sum | None, heights: dict[int, float]) -> bool:
    value = form.number()
    for s, c in form.entropies.items():
        here = sum(h for v, h in heights.items() if v & s)
        if pattern is not None:
            fixed, free = pattern.weights(s)
            here += fixed * log(pattern.modulus) + free * heights.get(TUNED, 0.0)
        value += float(c) * here
    return abs(value) < 1e-9 if exact else value > -1e-13


def _product(count: int, pattern: _Sum | None, drawn: dict[int, tuple[Fraction, ...]]) -> Outcomes:
    """The joint law; a variable shows all the draws of its sources as one number."""
    points: dict[tuple[int, ...], Fraction] = {(0,) * count: Fraction(1)}
    for v, masses in drawn.items():
        if v != TUNED:
            points = {
                tuple(x * len(masses) + k if v >> i & 1 else x for i, x in enumerate(point)): m * mass
                for point, m in points.items()
                for k, mass in enumerate(masses)
            }
    if pattern is None:
        return list(points.items())
    size, noise = pattern.modulus, drawn.get(TUNED, (Fraction(1),))
    joint: dict[tuple[int, ...], Fraction] = {}
    for (point, m), a, (n, mass) in product(points.items(), range(size), enumerate(noise)):
        joint[tuple(x * size**2 + pattern.value(i, a, n) for i, x in enumerate(point))] = m * mass / size
    return list(joint.items())


def masses_of(entropy: float, grid: int = GRIDS[-1]) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Laws whose entropies are next below and next above the given one: one mass, and others that are equal; even ones if just that is it."""
    even = round(exp(entropy))
    if abs(entropy - log(even)) < 1e-12:
        law = (Fraction(1, even),) * even
        return law, law
    others = int(exp(entropy))
    low, high = 0, max(1, others * grid // (others + 1))
    while high - low > 1:
        middle = (low + high) // 2
        t = middle / grid
        low, high = (middle, high) if -(1 - t) * log(1 - t) - t * log(t / others) <= entropy else (low, middle)
    below, above = ((Fraction(grid - part, grid), *[Fraction(part, grid * others)] * others) if part else (Fraction(1),) for part in (low, high))
    return below, above
