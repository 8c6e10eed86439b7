"""Bounds of 1/u for what a claim divides by: by a number from u ≥ c, and 1/u ≤ 1 − d for a distance d where u ≥ 1/(1 − d)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import ONE, Candidate
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.sums import Fact, find_sum, least_number, through
from symkl.prove.divergence.vectors import combine
from symkl.prove.terms import Call, Constant, Plus, Pow, Relation, Scalar, Statement, Times, negative, plus

__all__ = ["reciprocals"]


def reciprocals(prepared: Prepared, relation: Relation, facts: Sequence[Fact]) -> Iterator[Candidate]:
    """For every 1/u of the claim whose u is evidently not negative."""
    found = dict.fromkeys(each for side in (relation.left, relation.right) for each in _inverses(side))
    distances = [m for m in measures_of(Statement((relation,))) if m.head in ("TotalVariation", "Hellinger") and m.laws[0] != m.laws[1]]
    for inverse in found:
        if not evidently_nonnegative(scalar_json(inverse.base), prepared.statement.continuous):
            continue
        vector = prepared.scope.vector(scalar_json(inverse.base))
        least = least_number(facts, combine((-1, vector)))
        if least is not None and set(least[0]) == {1} and least[0][1] < 0:
            yield through("-1", inverse, "<=", Constant(-1 / least[0][1]), least[1])
        for rest in (plus(ONE, negative(m)) for m in distances):
            above = Pow(rest, Fraction(-1))
            shown = find_sum(prepared, combine((1, vector), (-1, prepared.scope.vector(scalar_json(above)))), facts, False)
            if shown is not None:
                yield through("-1", inverse, "<=", rest, shown)


def _inverses(node: Scalar) -> Iterator[Pow]:
    if isinstance(node, Pow) and node.exponent == -1:
        yield node
    parts = node.parts if isinstance(node, (Plus, Times)) else (node.base,) if isinstance(node, Pow) else (node.argument,) if isinstance(node, Call) else ()
    for each in parts:
        yield from _inverses(each)
