"""u · u^−k = u^(1 − k) for what a statement divides by: to the search both sides are different monomials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import ONE, Candidate
from symkl.prove.terms import Call, Plus, Pow, Relation, Scalar, Statement, Times, times

__all__ = ["inverse_identities"]

#: By two empty sums: nothing is left of the difference of both sides.
EVIDENT: dict[str, Any] = {"ways": [{"facts": []}, {"facts": []}]}


def inverse_identities(statement: Statement) -> Iterator[Candidate]:
    """For every sum u under a negative whole power."""
    found = dict.fromkeys(each for r in (*statement.claims, *statement.given) for side in (r.left, r.right) for each in _inverses(side))
    for each in found:
        for k in range(1, int(-each.exponent) + 1):
            left, right = times(each.base, Pow(each.base, each.exponent + k - 1)), Pow(each.base, each.exponent + k) if each.exponent + k else ONE
            yield Candidate({"lemma": [scalar_json(left), "=", scalar_json(right)], "proof": EVIDENT}, Relation(left, "=", right), "cancelling")


def _inverses(node: Scalar) -> Iterator[Pow]:
    if isinstance(node, Pow) and node.exponent < 0 and node.exponent.denominator == 1 and isinstance(node.base, Plus):
        yield node
    parts = node.parts if isinstance(node, (Plus, Times)) else (node.base,) if isinstance(node, Pow) else (node.argument,) if isinstance(node, Call) else ()
    for each in parts:
        yield from _inverses(each)
