"""Exact sums of logarithms in one pass, in parts that merge in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import mul
from typing import Any

from sympy import oo

from symkl.errors import DomainError
from symkl.exact.logsum import LogSum
from symkl.exact.logvalue import MANY, folded

__all__ = ["CountedPairs", "LogAccumulator"]

Number = int | Fraction
#: How many times longer than the columns a table of counts may be.
TABLE_ROWS = 4


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

    Counts are non-negative integers, or exact fractions; memory grows with the number of different counts, not of outcomes.

    >>> CountedPairs().extend([(7, 1), (3, 1)]).kl()
    7*log(7)/10 + 3*log(3)/10 - log(5)
    """

    total_p: Number = 0
    total_q: Number = 0
    rows: int = 0
    #: How often each count of P occurred, and Σ n over the outcomes with a given count of Q.
    occurrences: Counter[Number] = field(default_factory=Counter)
    weights: dict[Number, Number] = field(default_factory=dict)

    def extend(self, pairs: Iterable[tuple[Number, Number]]) -> CountedPairs:
        """Adds pairs of counts, one outcome each; a negative count is a `DomainError` that names its place."""
        pairs = pairs if isinstance(pairs, (list, tuple)) else list(pairs)
        return self.extend_columns([n for n, _ in pairs], [m for _, m in pairs])

    def extend_columns(self, left: Sequence[Number], right: Sequence[Number]) -> CountedPairs:
        """Adds a column of counts of P and one of Q, of the same length."""
        for name, column in (("P", left), ("Q", right)):
            if column and min(column) < 0:
                place = next(i for i, count in enumerate(column) if count < 0)
                raise DomainError(f"count {column[place]} of {name} at outcome {self.rows + place} is negative")
        if not self._extend_by_tables(left, right):
            self.occurrences.update(left)
            self.occurrences.pop(0, None)
            weights = self.weights
            get = weights.get
            for n, m in zip(left, right):
                if n:
                    weights[m] = get(m, 0) + n
        self.total_p += sum(left)
        self.total_q += sum(right)
        self.rows += len(left)
        return self

    def _extend_by_tables(self, left: Sequence[Any], right: Sequence[Any]) -> bool:
        """The same for many whole counts that are no larger than their number: lists and ordered maps keep memory close together."""
        if len(left) < MANY or {*map(type, left), *map(type, right)} != {int}:
            return False
        largest = max(max(left), max(right))
        if largest > TABLE_ROWS * len(left):
            return False
        times, weights = [0] * (largest + 1), [0] * (largest + 1)
        for n, m in zip(left, right):
            times[n] += 1
            weights[m] += n
        times[0] = 0
        self.occurrences.update({n: count for n, count in enumerate(times) if count})
        _add(self.weights, {m: weight for m, weight in enumerate(weights) if weight})
        return True

    def merge(self, other: CountedPairs) -> CountedPairs:
        """Adds everything the other holds; the order of merging does not matter."""
        self.total_p += other.total_p
        self.total_q += other.total_q
        self.rows += other.rows
        self.occurrences.update(other.occurrences)
        _add(self.weights, other.weights)
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

    def _require(self, total: Number, name: str) -> None:
        if not total:
            raise DomainError(f"all counts of {name} are zero: there is no law")

    def _sum(self, own: int, cross: int) -> LogSum:
        """(own · (Σ n log n − N log N) + cross · (Σ n log m − N log M)) / N."""
        total: Any = self.total_p
        if isinstance(total, int) and isinstance(self.total_q, int):
            return LogSum.of(self._whole_terms(own, cross), Fraction(1, total))
        terms: dict[int, int | Fraction] = {}
        if own:
            _add_logs(terms, ((n, own * n * times) for n, times in self.occurrences.items()))
            _add_logs(terms, [(total, -own * total)])
        if cross:
            _add_logs(terms, ((m, cross * weight) for m, weight in self.weights.items()))
            _add_logs(terms, [(self.total_q, -cross * total)])
        return LogSum.of(terms, 1 / Fraction(total))

    def _whole_terms(self, own: int, cross: int) -> dict[int, int | Fraction]:
        """The same for whole counts, the case of millions of them: over primes at once, as the table of a `LogSum` would be long."""
        total: Any = self.total_p
        ends: dict[Any, Any] = {total: -own * total}
        ends[self.total_q] = ends.get(self.total_q, 0) - cross * total
        parts: list[tuple[Iterable[tuple[Any, Any]], int]] = [(ends.items(), 1)]
        if own:
            parts.append((zip(self.occurrences, map(mul, self.occurrences, self.occurrences.values())), own))
        if cross:
            parts.append((self.weights.items(), cross))
        if len(self.occurrences) + len(self.weights) >= MANY:
            largest: Any = max(max(self.occurrences, default=1), max(self.weights, default=1))
            return folded(parts, largest, len(self.occurrences))
        terms: dict[Any, Any] = {}
        for pairs, sign in parts:
            for number, weight in pairs:
                terms[number] = terms.get(number, 0) + sign * weight
        return terms


def _add(total: dict[Number, Number], other: dict[Number, Number]) -> None:
    if not total:
        total.update(other)
        return
    get = total.get
    for key, weight in other.items():
        total[key] = get(key, 0) + weight


def _add_logs(terms: dict[int, int | Fraction], pairs: Iterable[tuple[Number, Number]]) -> None:
    """Adds Σ c log r, integers as they are and fractions as two logarithms."""
    get = terms.get
    for number, weight in pairs:
        if isinstance(number, int):
            terms[number] = get(number, 0) + weight
        else:
            terms[number.numerator] = get(number.numerator, 0) + weight
            terms[number.denominator] = get(number.denominator, 0) - weight
