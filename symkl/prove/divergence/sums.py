"""Sums of facts: a vector as a combination of the vectors of facts, with non-negative weights, and a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from symkl.exact.logsum import LogSum
from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import Candidate
from symkl.prove.divergence.lemmas import fact
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.vectors import Rejected, Vector, combine
from symkl.prove.linear import close_rational, cone_weights
from symkl.prove.steps import Step, formula_step
from symkl.prove.terms import Constant, Relation, Scalar, Statement

__all__ = [
    "Fact",
    "Sum",
    "fact_value",
    "find_sum",
    "is_number",
    "is_strict",
    "largest_multiple",
    "least_number",
    "listed",
    "numbers",
    "strictly",
    "through",
    "told",
    "with_values",
]

#: What a weight that is to be large costs, and one that is to be zero where nothing depends on it.
REWARD, SMALL_PRICE = -100.0, 1e-4
WELL_WITHIN = Fraction(1, 1000)
#: A candidate with its vector.
Fact = tuple[Candidate, Vector]


@dataclass(frozen=True)
class Sum:
    """A target as a weighted sum of facts and a number."""

    parts: tuple[tuple[Fraction, Candidate], ...]
    rest: dict[int, Fraction]


def fact_value(prepared: Prepared, candidate: Candidate) -> Vector | None:
    try:
        if "bound" in candidate.fact:  # which the checker works out from what shows it
            left, right = (prepared.scope.vector(scalar_json(side)) for side in (candidate.relation.left, candidate.relation.right))
            return combine((1, left), (-1, right)) or None
        value, _ = fact(prepared.scope, candidate.fact)
    except Rejected:
        return None
    return value or None


def with_values(prepared: Prepared, candidates: Iterable[Candidate]) -> list[Fact]:
    """The candidates with their vectors, without those that say nothing here."""
    return [(each, value) for each in candidates if (value := fact_value(prepared, each)) is not None]


#: Why a relation follows from that of the squares, logarithms or exponentials of both sides.
REASONS = {"square": "taking square roots", "exp": "the logarithm increases", "log": "the exponential function increases"}


def through(kind: str, small: Scalar, sign: str, large: Scalar, found: Sum) -> Candidate:
    """small ≤ large, or <, as a lemma that the sum proves of the squares, logarithms or exponentials of both, or of that power of both."""
    proof: dict[str, Any] = {"facts": listed(found)}
    shown = {kind: proof} if kind in REASONS else {"power": [kind, proof]}
    item = {"lemma": [scalar_json(small), sign, scalar_json(large)], "proof": shown}
    return Candidate(item, Relation(large, sign.replace("<", ">"), small), REASONS.get(kind, "powers increase"), partial(told, found))


def largest_multiple(prepared: Prepared, target: Vector, small: Vector, facts: Sequence[Fact]) -> Fraction | None:
    """The largest k for which target ≥ k · small is a sum of facts, as far as it is one."""
    whole = Candidate({}, Relation(Constant(Fraction(1)), ">=", Constant(Fraction(0))), "")
    found = find_sum(prepared, target, [*facts, (whole, small)], False, prices={len(facts): REWARD})
    return next((weight for weight, each in found.parts if each is whole), None) if found else None


def least_number(facts: Sequence[Fact], vector: Vector) -> tuple[dict[int, Fraction], Sum] | None:
    """The least number N with N − vector a sum of facts, over 1 and logarithms, and that sum; None if there is none."""
    plain = [{key: c for key, c in value.items() if not is_number(key)} for _, value in facts]
    goal = {key: -c for key, c in vector.items() if not is_number(key)}
    free = frozenset(k for k, (each, _) in enumerate(facts) if each.relation.sign == "=")
    costs = [float(close_rational(numbers(value))) + SMALL_PRICE * (k not in free) for k, (_, value) in enumerate(facts)]
    weights = cone_weights(goal, plain, free, costs=costs) if goal else None
    if weights is None:
        return None
    total = numbers(vector)
    for w, (_, value) in zip(weights, facts):
        for base, c in numbers(value).items() if w else ():
            total[base] = total.get(base, Fraction(0)) + w * c
    return {base: c for base, c in total.items() if c}, Sum(tuple((w, each) for w, (each, _) in zip(weights, facts) if w), {})


def strictly(prepared: Prepared, difference: Vector, facts: list[tuple[Candidate, Vector]]) -> Sum | None:
    """difference > 0 as one strict fact and a sum that is ≥ 0."""
    for candidate, value in facts:
        if is_strict(prepared, candidate.fact):
            rest = find_sum(prepared, combine((1, difference), (-1, value)), facts, False)
            if rest is not None:
                return Sum((*rest.parts, (Fraction(1), candidate)), rest.rest)
    return None


def is_number(key: Any) -> bool:
    return key == () or (len(key) == 1 and key[0][0][0] == "log" and isinstance(key[0][0][1], int) and key[0][1] == 1)


def numbers(vector: Vector) -> dict[int, Fraction]:
    return {1 if key == () else key[0][0][1]: c for key, c in vector.items() if is_number(key)}


def find_sum(
    prepared: Prepared, target: Vector, facts: Sequence[Fact], strict: bool, margin: Fraction = Fraction(0), prices: Mapping[int, float] | None = None
) -> Sum | None:
    """target = Σ weight · fact + a number ≥ 0 (> 0 if strict); `prices` of facts by their index, where they differ from the usual."""
    columns = [{key: c for key, c in value.items() if not is_number(key)} for _, value in facts]
    taken = [numbers(value) for _, value in facts]
    goal = {key: c for key, c in target.items() if not is_number(key)}
    mine = numbers(target)
    free = frozenset(k for k, (each, _) in enumerate(facts) if each.relation.sign == "=")
    slack = (close_rational(mine) - margin, [close_rational(n) for n in taken]) if strict or mine or any(taken) else None

    # Facts about measures that the statement names are preferred, and what is given costs nothing.
    own = set(measures_of(prepared.statement))
    strange = [len(set(measures_of(Statement((each.relation,)))) - own) for each, _ in facts]
    costs = [(prices or {}).get(k, 0.0 if k in free else 1.0 + 0.25 * more) for k, more in enumerate(strange)]

    def rest_of(weights: Sequence[Fraction]) -> dict[int, Fraction]:
        rest = dict(mine)
        for y, n in zip(weights, taken):
            for base, c in n.items() if y else ():
                rest[base] = rest.get(base, Fraction(0)) - y * c
        return {base: c for base, c in rest.items() if c}

    def right(weights: Sequence[Fraction]) -> bool:
        rest = rest_of(weights)
        gained = any(y and is_strict(prepared, each.fact) for y, (each, _) in zip(weights, facts))
        return sign_of(rest) >= (1 if strict and not gained else 0)

    if not goal:
        weights: list[Fraction] | None = [Fraction(0)] * len(facts)
        if not right(weights or []):
            weights = cone_weights(goal, columns, free, costs=costs, slack=slack, slack_is_right=right) if slack else None
    else:
        weights = cone_weights(goal, columns, free, costs=costs, slack=slack, slack_is_right=right)
        if weights is None and slack is not None:  # well within the slack, where weights that are not rational have rational neighbours
            weights = cone_weights(goal, columns, free, costs=costs, slack=(slack[0] - WELL_WITHIN, slack[1]), slack_is_right=right)
    if weights is None or not right(weights):
        return None
    return Sum(tuple((y, each) for y, (each, _) in zip(weights, facts) if y), rest_of(weights))


def is_strict(prepared: Prepared, fact: Any) -> bool:
    """Whether the fact says > 0, not only ≥ 0."""
    if isinstance(fact, str):
        return Fraction(fact) > 0
    if "both" in fact:
        return all(is_strict(prepared, each) for each in fact["both"])
    if "hypothesis" in fact:
        return prepared.statement.given[fact["hypothesis"]].sign in "<>"
    return "log" in fact or isinstance(fact.get("exp"), str) or fact.get("lemma", ("", "", ""))[1] in ("<", ">")


def sign_of(numbers: dict[int, Fraction]) -> int:
    return LogSum.of({b: c for b, c in numbers.items() if b > 1}).compare(-numbers.get(1, Fraction(0)))


def told(found: Sum) -> tuple[Step, ...]:
    """The facts of a sum, each with its reason."""
    steps: list[Step] = []
    for _, each in found.parts:
        steps += [*each.details(), formula_step(each.relation.left, each.relation.sign, each.relation.right, each.reason)]
    return tuple(dict.fromkeys(steps))


def listed(found: Sum) -> list[list[Any]]:
    return [[str(w), each.fact] for w, each in found.parts]
