"""Claims about divergences and entropies of laws: proved by a sum of lemma instances, refuted by finite laws, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from symkl.core.certificates import sealed
from symkl.core.verdict import Verdict, Worded
from symkl.exact.logsum import LogSum
from symkl.prove.certificate import DISCRETE, listed_facts, rests_on_discreteness, scalar_json, unequal
from symkl.prove.divergence.candidates import Candidate, candidates, signed_multiples
from symkl.prove.divergence.comparisons import comparisons
from symkl.prove.divergence.expectations import cancelled, expansion_steps, renamed, subtracted
from symkl.prove.divergence.functions import one_variable
from symkl.prove.divergence.lemmas import evidently_nonnegative, fact
from symkl.prove.divergence.logarithms import exponential_pairs, logarithm_pairs
from symkl.prove.divergence.prepare import Prepared, measures_of, prepare
from symkl.prove.divergence.residues import residues
from symkl.prove.divergence.search import LawsWitness, refutation
from symkl.prove.divergence.shapes import isolated, logarithms, squared
from symkl.prove.divergence.vectors import Rejected, Vector, combine
from symkl.prove.linear import close_rational, cone_weights
from symkl.prove.steps import Step, formula_step, weighted_sum
from symkl.prove.terms import Call, Constant, Relation, Scalar, Statement, negative, plus

__all__ = ["settle"]

ZERO = Constant(Fraction(0))
#: Tried before the long search for a proof.
FEW_WITNESSES = 300
#: A relation to which so many equivalent shapes led is not put into others.
MOST_SHAPES = 1
#: Lemmas whose own proof is told only where they are the whole proof.
TOLD_ALONE = ("Gibbs' inequality",)


@dataclass(frozen=True)
class Sum:
    """A target as a weighted sum of facts and a number."""

    parts: tuple[tuple[Fraction, Candidate], ...]
    rest: dict[int, Fraction]


def settle(statement: Statement, *, refute: bool = True) -> Verdict:
    """The verdict on a statement about laws; `refute=False` where the names stand for particular laws."""
    prepared = prepare(statement)
    facts = [(each, value) for each in candidates(prepared) if (value := _value(prepared, each)) is not None]
    clash = _inconsistency(prepared, facts)
    if clash is not None:
        return clash
    proofs, steps, open_claims = [], [], []
    for k, relation in enumerate(prepared.statement.claims):
        found = _prove(prepared, relation, facts, thorough=False)
        if found is None:
            refuted = refutation(prepared, k, FEW_WITNESSES) if refute else None
            if refuted is not None:
                return _refuted(prepared, statement, k, refuted)
            found = _prove(prepared, relation, facts)
        if found is None:
            open_claims.append(k)
        else:
            proofs.append(found[0])
            steps += _concluded(relation, found[1])
    if not open_claims:
        document = sealed("proved", prepared.document, proofs)
        return Verdict(
            "proved",
            reason=_reason(prepared, proofs),
            steps=tuple(dict.fromkeys(renamed(steps, prepared, statement.definitions))),
            certificate=document,
            claim=statement,
        )
    for k in open_claims if refute else ():
        refuted = refutation(prepared, k)
        if refuted is not None:
            return _refuted(prepared, statement, k, refuted)
    return Verdict("unknown", reason="no sum of the known lemmas proves it, and no small finite laws were found that break it", claim=statement)


def _concluded(relation: Relation, steps: list[Step]) -> list[Step]:
    """The steps, the last one turned the way the claim is."""
    if relation.sign in ("<=", "<") and steps and steps[-1].text.startswith("so "):
        return [*steps[:-1], formula_step(relation.left, relation.sign, relation.right, "so")]
    return steps


def _refuted(prepared: Prepared, statement: Statement, k: int, found: tuple[LawsWitness, Worded]) -> Verdict:
    witness, sides = found
    document = sealed("refuted", prepared.document, [witness.certificate(k)])
    return Verdict("refuted", reason=Worded(f"it fails: {sides}", f"it fails: {sides.tex}"), witness=witness, certificate=document, claim=statement)


def _reason(prepared: Prepared, proofs: Sequence[dict[str, Any]]) -> str:
    twice = subtracted(prepared.statement)
    if any(map(listed_facts, proofs)):
        where = f"; what cancels must be finite: {', '.join(twice)}" if twice else ""
        return "a sum of lemmas with rational weights" + (DISCRETE if rests_on_discreteness(proofs) else "") + where
    finite = list(dict.fromkeys((*twice, *cancelled(prepared))))
    where = f"; what cancels must be finite: {', '.join(finite)}" if finite else ""
    return f"both sides are the same combination of expected log-densities{where}"


def _value(prepared: Prepared, candidate: Candidate) -> Vector | None:
    try:
        value, _ = fact(prepared.scope, candidate.fact)
    except Rejected:
        return None
    return value or None


def _prove(
    prepared: Prepared, relation: Relation, facts: list[tuple[Candidate, Vector]], depth: int = 0, thorough: bool = True
) -> tuple[dict[str, Any], list[Step]] | None:
    """The proof as data and as steps; without comparisons by calculus unless `thorough`."""
    if relation.sign in (">=", ">"):
        turned = Relation(relation.right, relation.sign.replace(">", "<"), relation.left)
        return _prove(prepared, turned, facts, depth, thorough)
    difference = combine((1, prepared.scope.vector(scalar_json(relation.right))), (-1, prepared.scope.vector(scalar_json(relation.left))))
    if relation.sign == "=":
        if not difference:
            return {"ways": [{"facts": []}, {"facts": []}]}, expansion_steps(prepared, relation)
        back = combine((-1, difference))
        up, down = _sum(prepared, difference, facts, False), _sum(prepared, back, facts, False)
        if (up is None or down is None) and thorough:
            valued = partial(_value, prepared)
            up = up or _sum(prepared, difference, facts + comparisons(prepared, relation, difference, valued), False)
            turned = replace(relation, left=relation.right, right=relation.left)
            down = down or (_sum(prepared, back, facts + comparisons(prepared, turned, back, valued), False) if up else None)
        if up is None or down is None:
            return _both_ways(prepared, relation, facts) if thorough and depth == 0 and squared(replace(relation, sign="<=")) is not None else None
        steps = _narrated(relation.right, relation.left, up, False) + _narrated(relation.left, relation.right, down, False)
        return {"ways": [{"facts": _listed(up)}, {"facts": _listed(down)}]}, [*steps, formula_step(relation.left, "=", relation.right, "both ways")]
    if relation.sign == "!=":
        for above, target in ((False, difference), (True, combine((-1, difference)))):
            found = _sum(prepared, target, facts, True)
            if found is not None:
                ends = (relation.left, relation.right) if above else (relation.right, relation.left)
                return unequal(_listed(found), above, len(prepared.statement.given)), _narrated(*ends, found, True)
        return None
    strict = relation.sign == "<"
    found = _sum(prepared, difference, facts, strict)
    if found is None and thorough:
        known = comparisons(prepared, relation, difference, partial(_value, prepared))
        multiples = signed_multiples(prepared.statement, [each for each, _ in known])
        more = facts + known + [(each, value) for each in multiples if (value := _value(prepared, each)) is not None]
        more += _monotone(prepared, relation, more)
        more += [(each, value) for each in one_variable(prepared, relation) if (value := _value(prepared, each)) is not None]
        found = _sum(prepared, difference, more, strict) or (_strictly(prepared, difference, more) if strict else None)
        if found is None:
            left_over = residues(prepared, difference, more, lambda wanted: _data(_prove(prepared, wanted, more, MOST_SHAPES, thorough=False)))
            more += [(each, value) for each in left_over if (value := _value(prepared, each)) is not None]
            found = _sum(prepared, difference, more, strict) if left_over else None
    if found is not None:
        return {"facts": _listed(found)}, _narrated(relation.right, relation.left, found, strict)
    square = squared(relation, depth)
    if square is not None and _is_evident(prepared, relation.right):
        inner = _prove(prepared, square, facts, depth + 1, thorough)
        if inner is not None:
            return {"square": inner[0]}, [*inner[1], formula_step(relation.left, relation.sign, relation.right, "taking square roots")]
    inside = logarithms(relation)
    both = _is_evident(prepared, relation.left) and _is_evident(prepared, relation.right)
    if inside is not None and both and (found_inside := _prove(prepared, inside, facts, depth + 1, thorough)) is not None:
        last = formula_step(relation.left, relation.sign, relation.right, "taking exponentials")
        return {"log": found_inside[0]}, [*found_inside[1], last]
    alone = isolated(relation) if depth == 0 else None
    if alone is not None and (found_alone := _prove(prepared, alone, facts, depth + 1, thorough)) is not None:
        last = formula_step(relation.left, relation.sign, relation.right, "moving terms")
        moved = {"lemma": [scalar_json(alone.left), alone.sign, scalar_json(alone.right)], "proof": found_alone[0]}
        return {"facts": [["1", moved]]}, [*found_alone[1], last]
    return None


def _is_evident(prepared: Prepared, side: Scalar) -> bool:
    """Whether the side is seen to be non-negative, or a hypothesis says so."""
    said = {(each.left, each.right) if "<" in each.sign else (each.right, each.left) for each in prepared.statement.given if each.sign[0] in "<>"}
    return (ZERO, side) in said or evidently_nonnegative(scalar_json(side))


def _data(found: tuple[dict[str, Any], list[Step]] | None) -> dict[str, Any] | None:
    return found[0] if found is not None else None


def _both_ways(prepared: Prepared, relation: Relation, facts: list[tuple[Candidate, Vector]]) -> tuple[dict[str, Any], list[Step]] | None:
    """u = v as u ≤ v and u ≥ v, each by its own kind of proof."""
    ways = []
    for sign in ("<=", ">="):
        found = _prove(prepared, replace(relation, sign=sign), facts)
        if found is None:
            return None
        ways.append(found)
    steps = [*ways[0][1], *ways[1][1], formula_step(relation.left, "=", relation.right, "both ways")]
    return {"ways": [data for data, _ in ways]}, steps


def _monotone(prepared: Prepared, relation: Relation, facts: list[tuple[Candidate, Vector]]) -> list[tuple[Candidate, Vector]]:
    """log u ≤ log v where u ≤ v follows from the facts, for the logarithms of the claim and those known of divergences."""
    found = []
    for u, v in logarithm_pairs(prepared.statement, relation):
        inner = combine((1, prepared.scope.vector(scalar_json(v))), (-1, prepared.scope.vector(scalar_json(u))))
        below = _sum(prepared, inner, facts, False)
        if below is not None:
            item = {"lemma": [scalar_json(Call("log", u)), "<=", scalar_json(Call("log", v))], "proof": {"exp": {"facts": _listed(below)}}}
            candidate = Candidate(item, Relation(Call("log", v), ">=", Call("log", u)), "the logarithm increases")
            value = _value(prepared, candidate)
            if value is not None:
                found.append((candidate, value))
    for u, w in exponential_pairs(prepared.statement, relation):
        one, other = (prepared.scope.vector(scalar_json(each)) for each in (u, Call("log", w)))
        for low, difference in ((u, combine((1, other), (-1, one))), (Call("log", w), combine((1, one), (-1, other)))):
            below = _sum(prepared, difference, facts, False)
            if below is not None:
                ends = (w, Call("exp", u)) if low == u else (Call("exp", u), w)
                item = {"lemma": [scalar_json(ends[1]), "<=", scalar_json(ends[0])], "proof": {"log": {"facts": _listed(below)}}}
                candidate = Candidate(item, Relation(ends[0], ">=", ends[1]), "the exponential function increases")
                value = _value(prepared, candidate)
                if value is not None:
                    found.append((candidate, value))
    return found


def _strictly(prepared: Prepared, difference: Vector, facts: list[tuple[Candidate, Vector]]) -> Sum | None:
    """difference > 0 as one strict fact and a sum that is ≥ 0."""
    for candidate, value in facts:
        if _strict(prepared, candidate):
            rest = _sum(prepared, combine((1, difference), (-1, value)), facts, False)
            if rest is not None:
                return Sum((*rest.parts, (Fraction(1), candidate)), rest.rest)
    return None


def _is_number(key: Any) -> bool:
    return key == () or (len(key) == 1 and key[0][0][0] == "log" and isinstance(key[0][0][1], int) and key[0][1] == 1)


def _numbers(vector: Vector) -> dict[int, Fraction]:
    return {1 if key == () else key[0][0][1]: c for key, c in vector.items() if _is_number(key)}


def _sum(prepared: Prepared, target: Vector, facts: Sequence[tuple[Candidate, Vector]], strict: bool, margin: Fraction = Fraction(0)) -> Sum | None:
    """target = Σ weight · fact + a number ≥ 0 (> 0 if strict)."""
    columns = [{key: c for key, c in value.items() if not _is_number(key)} for _, value in facts]
    numbers = [_numbers(value) for _, value in facts]
    goal = {key: c for key, c in target.items() if not _is_number(key)}
    mine = _numbers(target)
    free = frozenset(k for k, (each, _) in enumerate(facts) if each.relation.sign == "=")
    slack = (close_rational(mine) - margin, [close_rational(n) for n in numbers]) if strict or mine or any(numbers) else None

    # Facts about measures that the statement names are preferred, and what is given costs nothing.
    own = set(measures_of(prepared.statement))
    strange = [len(set(measures_of(Statement((each.relation,)))) - own) for each, _ in facts]
    costs = [0.0 if k in free else 1.0 + 0.25 * more for k, more in enumerate(strange)]

    def rest_of(weights: Sequence[Fraction]) -> dict[int, Fraction]:
        rest = dict(mine)
        for y, n in zip(weights, numbers):
            for base, c in n.items() if y else ():
                rest[base] = rest.get(base, Fraction(0)) - y * c
        return {base: c for base, c in rest.items() if c}

    def right(weights: Sequence[Fraction]) -> bool:
        rest = rest_of(weights)
        gained = any(y and _strict(prepared, each) for y, (each, _) in zip(weights, facts))
        return _sign(rest) >= (1 if strict and not gained else 0)

    if not goal:
        weights: list[Fraction] | None = [Fraction(0)] * len(facts)
        if not right(weights or []):
            weights = cone_weights(goal, columns, free, costs=costs, slack=slack, slack_is_right=right) if slack else None
    else:
        weights = cone_weights(goal, columns, free, costs=costs, slack=slack, slack_is_right=right)
    if weights is None or not right(weights):
        return None
    return Sum(tuple((y, each) for y, (each, _) in zip(weights, facts) if y), rest_of(weights))


def _strict(prepared: Prepared, candidate: Candidate) -> bool:
    if set(candidate.fact) == {"both"}:
        return all("log" in each or _strict(prepared, Candidate(each, candidate.relation, "")) for each in candidate.fact["both"])
    return set(candidate.fact) == {"hypothesis"} and prepared.statement.given[candidate.fact["hypothesis"]].sign in "<>"


def _sign(numbers: dict[int, Fraction]) -> int:
    return LogSum.of({b: c for b, c in numbers.items() if b > 1}).compare(-numbers.get(1, Fraction(0)))


def _listed(found: Sum) -> list[list[Any]]:
    return [[str(w), each.fact] for w, each in found.parts]


def _narrated(left: Scalar, right: Scalar, found: Sum, strict: bool) -> list[Step]:
    """left ≥ right from the facts."""
    if not found.parts and not found.rest:
        return [formula_step(left, ">=", right, "both sides are the same combination of expected log-densities")]
    pieces = [(w, plus(each.relation.left, negative(each.relation.right))) for w, each in found.parts]
    logs: list[tuple[Fraction, Scalar]] = [(c, Call("log", Constant(Fraction(b)))) for b, c in sorted(found.rest.items()) if b > 1]
    rest = plus(weighted_sum(logs), Constant(found.rest.get(1, Fraction(0))))
    steps: list[Step] = []
    for _, each in found.parts:
        if len(found.parts) == 1 or each.reason not in TOLD_ALONE:
            steps += each.details()
        ends = (each.relation.left, each.relation.right)
        ends = ends[::-1] if each.relation.sign == "=" and ends[0] == ZERO else ends
        steps.append(formula_step(ends[0], each.relation.sign, ends[1], each.reason))
    total = plus(weighted_sum(pieces), rest)
    if len(found.parts) > 1 or rest != ZERO or (pieces and pieces[0][0] != 1):
        steps.append(formula_step(plus(left, negative(right)), "=", total, "expanding into expected log-densities"))
    if rest != ZERO:
        steps.append(formula_step(rest, ">=", ZERO, "a number"))
    last = formula_step(left, ">" if strict else ">=", right, "so")
    if not steps or steps[-1].text.split("  (")[0] != last.text.removeprefix("so "):
        steps.append(last)
    return steps


def _inconsistency(prepared: Prepared, facts: list[tuple[Candidate, Vector]]) -> Verdict | None:
    """A verdict that says so, if the hypotheses contradict each other: −1 ≥ 0 follows, or −h ≥ 0 for a hypothesis h > 0."""
    given = [(each, value) for each, value in facts if each.reason == "given"]
    goals: list[tuple[Vector, list[list[Any]], Fraction]] = []
    if any(_numbers(value) for _, value in given):
        goals.append(({(): Fraction(-1)}, [], Fraction(1, 2)))
    goals += [(combine((-1, value)), [["1", each.fact]], Fraction(0)) for each, value in given if _strict(prepared, each)]
    for target, listed, margin in goals:
        found = _sum(prepared, target, facts, False, margin=margin)
        if found is not None:
            document = sealed("inconsistent", prepared.document, [{"facts": _listed(found) + listed}])
            reason = "the hypotheses are inconsistent: no laws satisfy them all, so every claim would follow"
            return Verdict("unknown", reason=reason, certificate=document, claim=prepared.statement)
    return None
