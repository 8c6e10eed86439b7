"""Hypotheses that say that a divergence of two laws is zero: they are the same, and so are all others."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.core.certificates import separates
from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import ZERO, Candidate
from symkl.prove.divergence.prepare import measures_of
from symkl.prove.terms import Constant, Measure, Relation, Statement

__all__ = ["zeros"]


def zeros(statement: Statement) -> Iterator[Candidate]:
    """Where a hypothesis says that a divergence is zero, D and those of the statement between these two laws are."""
    for k, relation in enumerate(statement.given):
        said = relation.left
        if relation.sign not in ("=", "<=") or relation.right != ZERO or not isinstance(said, Measure) or not _separates(said):
            continue
        p, q = said.laws
        others = [m for m in measures_of(statement) if {*m.laws} == {p, q} and len(m.laws) == 2 and _separates(m)]
        for each in dict.fromkeys([Measure("KL", (p, q)), Measure("KL", (q, p)), *others]):
            if each != said and p != q:
                fact = {"hypothesis": k, "zero": scalar_json(each)}
                yield Candidate(fact, Relation(each, "=", ZERO), "the two laws are the same")


def _separates(measure: Measure) -> bool:
    """Whether it is a divergence of two laws that is zero for equal laws only."""
    return len(measure.laws) == 2 and all(isinstance(c, Constant) for c in measure.parameters) and separates(scalar_json(measure))
