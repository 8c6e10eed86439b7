"""Linear codes as candidate laws: variables are subspaces of GF(q)^r, entropies are ranks times log q."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product

__all__ = ["Space", "outcomes", "represent", "space"]


@dataclass(frozen=True)
class Space:
    """All subspaces of GF(q)^r by increasing dimension, each as its set of vectors (a bit mask) with a basis."""

    q: int
    r: int
    members: tuple[int, ...]
    bases: tuple[tuple[int, ...], ...]

    def __hash__(self) -> int:
        return hash((self.q, self.r))

    def rank(self, i: int) -> int:
        return len(self.bases[i])

    def join(self, i: int, j: int) -> int:
        return _join(self, *sorted((i, j)))


def _digits(v: int, q: int, r: int) -> tuple[int, ...]:
    return tuple(v // q**k % q for k in range(r))


@cache
def _sum_table(q: int, r: int) -> tuple[tuple[int, ...], ...]:
    size = q**r
    digits = [_digits(v, q, r) for v in range(size)]
    number = {d: v for v, d in enumerate(digits)}
    return tuple(tuple(number[tuple((x + y) % q for x, y in zip(digits[a], digits[b]))] for b in range(size)) for a in range(size))


def _spanned(mask: int, v: int, q: int, r: int) -> int:
    """The span of a subspace and a vector."""
    table, found, shift = _sum_table(q, r), mask, v
    for _ in range(q - 1):
        row = table[shift]
        for u in range(q**r):
            if mask >> u & 1:
                found |= 1 << row[u]
        shift = table[shift][v]
    return found


@cache
def space(q: int, r: int) -> Space:
    """GF(q)^r, q prime."""
    layers: list[dict[int, tuple[int, ...]]] = [{1: ()}]
    for _ in range(r):
        layer: dict[int, tuple[int, ...]] = {}
        for mask, basis in layers[-1].items():
            for v in range(1, q**r):
                if not mask >> v & 1:
                    layer.setdefault(_spanned(mask, v, q, r), (*basis, v))
        layers.append(layer)
    members = [item for layer in layers for item in sorted(layer.items())]
    return Space(q, r, tuple(m for m, _ in members), tuple(b for _, b in members))


@cache
def _index(where: Space) -> dict[int, int]:
    return {mask: i for i, mask in enumerate(where.members)}


@lru_cache(maxsize=200_000)
def _join(where: Space, i: int, j: int) -> int:
    mask = where.members[i]
    for v in where.bases[j]:
        if not mask >> v & 1:
            mask = _spanned(mask, v, where.q, where.r)
    return _index(where)[mask]


def represent(where: Space, count: int, ranks: Mapping[int, int], effort: int = 4_000) -> Iterator[tuple[int, ...]]:
    """Assignments of subspaces to `count` variables with the given ranks of joint sets; at most `effort` partial ones are tried."""
    by_last: dict[int, list[tuple[int, int]]] = {}
    for subset, rank in ranks.items():
        by_last.setdefault(subset.bit_length() - 1, []).append((subset, rank))
    budget = [effort]
    assigned: list[int] = []

    def joined(subset: int) -> int:
        total = 0
        for k, each in enumerate(assigned):
            if subset >> k & 1:
                total = where.join(total, each)
        return where.rank(total)

    def possible() -> bool:
        last = len(assigned) - 1
        if any(joined(subset) != rank for subset, rank in by_last.get(last, ())):
            return False
        # A set not yet complete must not have too much rank already.
        return all(joined(subset) <= rank for subset, rank in ranks.items() if subset >> last & 1 and subset.bit_length() - 1 > last)

    def extend() -> Iterator[tuple[int, ...]]:
        if len(assigned) == count:
            yield tuple(assigned)
            return
        for i in range(len(where.members)):
            if budget[0] <= 0:
                return
            budget[0] -= 1
            assigned.append(i)
            if possible():
                yield from extend()
            assigned.pop()

    yield from extend()


def outcomes(where: Space, assigned: Sequence[int]) -> list[tuple[tuple[int, ...], Fraction]]:
    """The law of the code: a uniform message, each variable its values under the functionals of its subspace."""
    q, r = where.q, where.r
    masses: dict[tuple[int, ...], int] = {}
    for message in product(range(q), repeat=r):
        point = []
        for i in assigned:
            value = 0
            for functional in where.bases[i]:
                value = value * q + sum(a * b for a, b in zip(_digits(functional, q, r), message)) % q
            point.append(value)
        masses[tuple(point)] = masses.get(tuple(point), 0) + 1
    return [(point, Fraction(m, q**r)) for point, m in sorted(masses.items())]
