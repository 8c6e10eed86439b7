"""Proofs by cases: a parameter between 0 and 1 at its ends, a total variation on both sides of 1/2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.prepare import Prepared, measures_of, parameters_of, prepare
from symkl.prove.divergence.separation import Proof, contradiction, known_facts
from symkl.prove.divergence.sums import Fact
from symkl.prove.steps import Step, formula_step
from symkl.prove.terms import Constant, Measure, Parameter, Relation, Scalar, Statement

__all__ = ["by_distinction"]

ZERO, ONE, HALF = (Constant(Fraction(*each)) for each in ((0, 1), (1, 1), (1, 2)))
#: Measures of which a bound by total variation holds on one side of 1/2 only.
LARGE = ("Chi2", "Renyi", "Tsallis")
MOST_DEPTH = 2

Conclude = Callable[[Prepared, list[Fact]], Proof | None]


def by_distinction(prepared: Prepared, relation: Relation, conclude: Conclude, depth: int = 0) -> Proof | None:
    """What `conclude` makes of the statement where u < v, where u = v and where u > v, for the first u and v that may matter."""
    for u, v in _pivots(prepared) if depth < MOST_DEPTH else ():
        ways: list[Any] = [[scalar_json(u), scalar_json(v)]]
        steps: list[Step] = []
        for case in (Relation(u, "<", v), Relation(u, "=", v), Relation(v, "<", u)):
            given = prepared.statement.given
            further = prepare(replace(prepared.statement, given=(*given, case)))
            facts = known_facts(further)
            clash = contradiction(further, facts)
            found = _absurd(relation, len(given) + 1, clash) if clash is not None else conclude(further, facts)
            found = found or by_distinction(further, relation, conclude, depth + 1)
            if found is None:
                break
            identified = [k for k in further.document["identified"] if k == len(given)]
            ways.append([identified, found[0]])
            steps += [formula_step(case.left, case.sign, case.right, "in this case"), *found[1]]
        else:
            return {"cases": ways}, [*steps, formula_step(relation.left, relation.sign, relation.right, "in every case")]
        if depth == 0:
            return None
    return None


def _absurd(relation: Relation, extra: int, clash: tuple[list[list[Any]], list[Step]]) -> Proof:
    """A claim where the hypotheses contradict each other: its contrary is one more of them, at `extra`, and not needed."""
    return {"contrary": [[], {"facts": clash[0]}]}, [*clash[1], formula_step(relation.left, relation.sign, relation.right, "as this is absurd")]


def _pivots(prepared: Prepared) -> Iterator[tuple[Scalar, Scalar]]:
    """0 and 1 for parameters that are only known to be between them, 1/2 for total variations without a bound."""
    given = prepared.statement.given
    said = {(r.left, r.sign, r.right) for r in given} | {(r.right, r.sign.translate(str.maketrans("<>", "><")), r.left) for r in given}
    for name in parameters_of(prepared.statement):
        t = Parameter(name)
        if name in prepared.scope.numbers:
            continue
        if (t, ">=", ZERO) in said and (t, ">", ZERO) not in said:
            yield t, ZERO
        elif (t, ">", ZERO) in said and (t, "<", ONE) not in said:
            yield t, ONE
    measures = measures_of(Statement(prepared.statement.claims))
    bounded = {m for r in given for m in measures_of(Statement((r,))) if isinstance(r.left, Constant) or isinstance(r.right, Constant)}
    for m in measures if any(each.head in LARGE for each in measures) else ():
        if m.head == "TotalVariation" and m not in bounded and Measure(m.head, m.laws[::-1]) not in bounded:
            yield m, HALF
