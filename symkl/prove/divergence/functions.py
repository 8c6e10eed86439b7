"""Claims about one positive parameter, such as log t ≤ t − 1: by the signs of derivatives."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.calculus import function
from symkl.prove.divergence.candidates import Candidate
from symkl.prove.divergence.moves import shortest_moves
from symkl.prove.divergence.narrative import function_steps
from symkl.prove.divergence.prepare import Prepared, parameters_of
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.terms import Constant, Parameter, Relation, negative, plus

__all__ = ["one_variable"]

ZERO, ONE = Constant(Fraction(0)), Constant(Fraction(1))


def one_variable(prepared: Prepared, relation: Relation) -> list[Candidate]:
    """The claim right − left ≥ 0 as a fact about a function of its one parameter."""
    names = parameters_of(prepared.statement)
    if len(names) != 1:
        return []
    t = Parameter(names[0])
    above = _hypothesis(prepared, ZERO, t)
    below = _hypothesis(prepared, t, ONE)
    if above is None:
        return []
    difference = plus(relation.right, negative(relation.left))
    vector = prepared.scope.vector(scalar_json(difference))
    moves = []
    sides = (False,) if below is not None else (False, True)
    try:
        functions = [function(vector, t.name, mirrored) for mirrored in sides]
    except Rejected:
        return []
    for f in functions:
        found = shortest_moves(f)
        if found is None:
            return []
        moves.append(found)
    fact = {"function": scalar_json(difference), "of": t.name, "at": scalar_json(t), "moves": moves}
    if below is not None:
        fact["below"] = {"facts": [["1", {"hypothesis": below}]]}
    details = partial(function_steps, functions, moves, t.name)
    return [Candidate(fact, Relation(relation.right, ">=", relation.left), "by the signs of derivatives", details)]


def _hypothesis(prepared: Prepared, small: object, large: object) -> int | None:
    """The index of the hypothesis small < large."""
    for k, each in enumerate(prepared.statement.given):
        if (each.left, each.sign, each.right) in ((small, "<", large), (large, ">", small)):
            return k
    return None
