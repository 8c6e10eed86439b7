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
    """Assignments of subspaces to `count` variables with the given ranks of joint sets; at most `effort` partial ones are tried.

    Of the first variable that is not constant only one subspace of each dimension is tried: a change of basis gives the others.
    """
    touched = [[(subset, rank, subset.bit_length() - 1 == k) for subset, rank in ranks.items() if subset >> k & 1] for k in range(count)]
    first = [next(i for i in range(len(where.members)) if where.rank(i) == d) for d in range(where.r + 1)]
    budget = [effort]
    assigned: list[int] = []

    def extend(joins: dict[int, int], moved: bool) -> Iterator[tuple[int, ...]]:
        k = len(assigned)
        if k == count:
            yield tuple(assigned)
            return
        for i in range(len(where.members)) if moved else first:
            if budget[0] <= 0:
                return
            budget[0] -= 1
            found = _joined(where, joins, touched[k], i)
            if found is not None:
                assigned.append(i)
                yield from extend(found, moved or i != 0)
                assigned.pop()

    yield from extend(dict.fromkeys(ranks, 0), False)


def _joined(where: Space, joins: dict[int, int], touched: Sequence[tuple[int, int, bool]], i: int) -> dict[int, int] | None:
    """The joins with the subspace i added to the sets that it belongs to; None where a rank is too large, or too small at the end."""
    found = dict(joins)
    for subset, rank, complete in touched:
        found[subset] = total = where.join(joins[subset], i)
        if where.rank(total) > rank or (complete and where.rank(total) < rank):
            return None
    return found


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
