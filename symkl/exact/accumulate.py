"""Exact sums of logarithms in one pass, in parts that merge in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import oo

from symkl.errors import DomainError
from symkl.exact.logsum import LogSum

__all__ = ["CountedPairs", "LogAccumulator"]


@dataclass
class LogAccumulator:
    """Σ c log b as a map {b: c}; `add` and `merge` commute, so parts may be summed anywhere and joined in any order.

    >>> one, other = LogAccumulator().add(6, 1), LogAccumulator().add(3, -1)
    >>> one.merge(other).value()
    log(2)
    """

    terms: dict[int, int | Fraction] = field(default_factory=dict)

    def add(self, base: int, coefficient: int | Fraction) -> LogAccumulator:
        """Adds c log b, for an integer b ≥ 1."""
        if base < 1:
            raise DomainError(f"log {base} is not a real number")
        self.terms[base] = self.terms.get(base, 0) + coefficient
        return self

    def merge(self, other: LogAccumulator) -> LogAccumulator:
        """Adds everything the other holds."""
        for base, coefficient in other.terms.items():
            self.terms[base] = self.terms.get(base, 0) + coefficient
        return self

    def value(self, scale: int | Fraction = 1) -> LogSum:
        """scale · Σ c log b."""
        return LogSum.of(self.terms, scale)


@dataclass
class CountedPairs:
    """What is needed of counts (n_i, m_i) of P and Q: D(P‖Q) = (Σ n log n − Σ n log m)/N + log M − log N, and H(P), H(P,Q).

    Counts are non-negative integers; memory grows with the number of different counts, not of outcomes.

    >>> CountedPairs().extend([(7, 1), (3, 1)]).kl()
    7*log(7)/10 + 3*log(3)/10 - log(5)
    """

    total_p: int = 0
    total_q: int = 0
    rows: int = 0
    #: How often each count of P occurred, and Σ n over the outcomes with a given count of Q.
    occurrences: dict[int, int] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)

    def extend(self, pairs: Iterable[tuple[int, int]]) -> CountedPairs:
        """Adds pairs of counts, one outcome each; a negative count is a `DomainError` that names its place."""
        pairs = pairs if isinstance(pairs, (list, tuple)) else list(pairs)
        left, right = [n for n, _ in pairs], [m for _, m in pairs]
        for name, column in (("P", left), ("Q", right)):
            if column and min(column) < 0:
                place = next(i for i, count in enumerate(column) if count < 0)
                raise DomainError(f"count {column[place]} of {name} at outcome {self.rows + place} is negative")
        counted = Counter(left)
        counted.pop(0, None)
        weights = self.weights
        for n, m in pairs:
            if n:
                weights[m] = weights.get(m, 0) + n
        self._add(sum(left), sum(right), len(left), counted)
        return self

    def _add(self, total_p: int, total_q: int, rows: int, occurrences: dict[int, int]) -> None:
        self.total_p += total_p
        self.total_q += total_q
        self.rows += rows
        for n, times in occurrences.items():
            self.occurrences[n] = self.occurrences.get(n, 0) + times

    def merge(self, other: CountedPairs) -> CountedPairs:
        """Adds everything the other holds; the order of merging does not matter."""
        self._add(other.total_p, other.total_q, other.rows, other.occurrences)
        for m, weight in other.weights.items():
            self.weights[m] = self.weights.get(m, 0) + weight
        return self

    def kl(self) -> Any:
        """D(P‖Q): a `LogSum`, or oo where Q has no count of an outcome that P has."""
        self._require(self.total_p, "P")
        return oo if 0 in self.weights else self._sum(+1, -1)

    def cross_entropy(self) -> Any:
        """H(P, Q) = −Σ p log q."""
        self._require(self.total_p, "P")
        return oo if 0 in self.weights else self._sum(0, -1)

    def entropy(self) -> LogSum:
        """H(P) = −Σ p log p."""
        self._require(self.total_p, "P")
        return self._sum(-1, 0)

    def _require(self, total: int, name: str) -> None:
        if not total:
            raise DomainError(f"all counts of {name} are zero: there is no law")

    def _sum(self, own: int, cross: int) -> LogSum:
        """(own · (Σ n log n − N log N) + cross · (Σ n log m − N log M)) / N."""
        total = self.total_p
        terms: dict[int, int | Fraction] = {n: own * n * times for n, times in self.occurrences.items()} if own else {}
        if own:
            terms[total] = terms.get(total, 0) - own * total
        if cross:
            for m, weight in self.weights.items():
                terms[m] = terms.get(m, 0) + cross * weight
            terms[self.total_q] = terms.get(self.total_q, 0) - cross * total
        return LogSum.of(terms, Fraction(1, total))
