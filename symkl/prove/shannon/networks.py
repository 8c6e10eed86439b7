"""Random networks as candidate laws: each variable a noisy or exact function of at most two earlier ones, in a random order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import log

from symkl.prove.shannon.planes import Outcomes

__all__ = ["Network", "networks"]

NETWORKS = 40
SEED = 11


@dataclass(frozen=True)
class Network:
    """A law with the entropies that have been asked for, which are the same for every claim."""

    outcomes: Outcomes
    known: dict[int, float] = field(default_factory=dict)

    def entropy(self, mask: int) -> float:
        """H of the variables in the mask, in floating point."""
        if mask not in self.known:
            masses: dict[tuple[int, ...], float] = {}
            places = [i for i in range(len(self.outcomes[0][0])) if mask >> i & 1]
            for point, m in self.outcomes:
                key = tuple(point[i] for i in places)
                masses[key] = masses.get(key, 0.0) + m.numerator / m.denominator
            self.known[mask] = -sum(m * log(m) for m in masses.values() if m > 0)
        return self.known[mask]


@lru_cache(maxsize=8)
def networks(count: int) -> tuple[Network, ...]:
    """The networks that are tried for so many variables."""
    draw = random.Random(SEED)
    return tuple(Network(_network(draw, count)) for _ in range(NETWORKS))


def _network(draw: random.Random, count: int) -> Outcomes:
    order = draw.sample(range(count), count)
    points: dict[tuple[int, ...], Fraction] = {(): Fraction(1)}
    for k in range(count):
        parents = draw.sample(range(k), draw.randint(0, min(2, k)))
        table: dict[tuple[int, ...], list[Fraction]] = {}
        new: dict[tuple[int, ...], Fraction] = {}
        for point, m in points.items():
            key = tuple(point[i] for i in parents)
            row = table.setdefault(key, _random_row(draw, bool(parents)))
            new |= {(*point, value): m * w for value, w in enumerate(row) if w}
        points = new
    place = {variable: k for k, variable in enumerate(order)}
    return [(tuple(point[place[i]] for i in range(count)), m) for point, m in sorted(points.items())]


def _random_row(draw: random.Random, dependent: bool) -> list[Fraction]:
    kind = draw.random()
    if dependent and kind < 0.6:
        return [Fraction(1), Fraction(0)] if draw.random() < 0.5 else [Fraction(0), Fraction(1)]
    n = draw.choice((2, 2, 3, 4))
    a = draw.randint(1, n - 1)
    return [Fraction(a, n), Fraction(n - a, n)]
