"""Equal laws: hypotheses from which P = Q follows, and strict claims whose contrary says so or is absurd in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.candidates import candidates
from symkl.prove.divergence.comparisons import comparisons
from symkl.prove.divergence.facts import ZERO, Candidate, same_space
from symkl.prove.divergence.prepare import Prepared, law_names, measures_of, prepare
from symkl.prove.divergence.sums import Fact, fact_value, find_sum, is_strict, listed, numbers, told, with_values
from symkl.prove.divergence.vectors import Vector, combine, multiply
from symkl.prove.steps import Step, formula_step
from symkl.prove.terms import LawExpression, LawName, Measure, Relation, Statement
from symkl.prove.texform import law_tex

__all__ = ["Proof", "contradiction", "from_contrary", "known_facts", "through_equalities"]

#: A proof as data and as steps.
Proof = tuple[dict[str, Any], list[Step]]
#: Laws that are found to be equal one after another.
MOST_EQUALITIES = 3
#: Pairs of products, mixtures and joint laws that may be found to be equal.
MOST_JOINED = 3
CONTRARY = {"<": ">=", ">": "<=", "!=": "="}


def known_facts(prepared: Prepared) -> list[Fact]:
    return with_values(prepared, candidates(prepared))


def through_equalities(prepared: Prepared, facts: list[Fact], conclude: Callable[[Prepared, list[Fact]], Proof | None], depth: int = 0) -> Proof | None:
    """What `conclude` makes of the statement once laws that the hypotheses make equal are one."""
    given = prepared.statement.given
    if depth == MOST_EQUALITIES or not given:
        return None
    for relation, why in _equalities(prepared, facts):
        further = prepare(replace(prepared.statement, given=(*given, relation)))
        named = len(given) in further.document["identified"]
        if not named and all(isinstance(law, LawName) and not law.of for law in _measure(relation).laws):
            continue
        known = known_facts(further)
        found = conclude(further, known) or through_equalities(further, known, conclude, depth + 1)
        if found is not None:
            left = scalar_json(relation.left)
            steps = [*why[1], _equal(*_measure(relation).laws), *found[1]]
            return {"hence": [[left, "<=", "0"], why[0], [len(given)] if named else [], found[0]]}, steps
        return None
    return None


def _equal(p: LawExpression, q: LawExpression) -> Step:
    return Step(f"so {p} = {q}", rf"so ${law_tex(p)} = {law_tex(q)}$")


def _measure(relation: Relation) -> Measure:
    assert isinstance(relation.left, Measure)
    return relation.left


def _equalities(prepared: Prepared, facts: list[Fact]) -> Iterator[tuple[Relation, Proof]]:
    """D ≤ 0, or a distance ≤ 0 by its square, between two laws that a hypothesis compares, or a measure of products and mixtures."""
    for p, q in _pairs(prepared):
        about = Relation(Measure("TotalVariation", (p, q)), "<=", ZERO)
        local = facts + comparisons(replace_claims(prepared, about), about, {}, lambda each: fact_value(prepared, each))
        for head, laws_of, squared in (("KL", (p, q), False), ("KL", (q, p), False), ("TotalVariation", (p, q), True), ("Hellinger", (p, q), True)):
            measure = Measure(head, laws_of)
            vector = prepared.scope.vector(scalar_json(measure))
            found = find_sum(prepared, combine((-1, multiply(vector, vector) if squared else vector)), local, False)
            if found is not None:
                proof: dict[str, Any] = {"facts": listed(found)}
                steps = told(found)
                relation = Relation(measure, "<=", ZERO)
                yield relation, ({"square": proof} if squared else proof, [*steps, formula_step(measure, "<=", ZERO, "from these")])
                break


def _pairs(prepared: Prepared) -> Iterator[tuple[LawExpression, LawExpression]]:
    given, same = prepared.statement.given, prepared.scope.same
    laws = [law for law in law_names(Statement(given)) if not law.of]
    for p, q in combinations(laws, 2):
        if same.get(p.name, p.name) != same.get(q.name, q.name) and same_space(prepared, p, q):
            yield p, q
    said = {frozenset(r.left.laws) for r in given if isinstance(r.left, Measure) and r.right == ZERO}
    pairs = [m.laws for m in measures_of(prepared.statement) if len(m.laws) == 2 and m.laws[0] != m.laws[1] and frozenset(m.laws) not in said]
    joined = {frozenset(pair): pair for pair in pairs if not all(isinstance(law, LawName) and not law.of for law in pair)}
    yield from ((p, q) for p, q in [*joined.values()][:MOST_JOINED] if same_space(prepared, p, q))


def replace_claims(prepared: Prepared, relation: Relation) -> Prepared:
    """The same with another claim, for what is looked for in the laws of the claims."""
    return replace(prepared, statement=replace(prepared.statement, claims=(relation,)))


def from_contrary(prepared: Prepared, relation: Relation, further: Callable[[Prepared, Relation, list[Fact]], list[Fact]]) -> Proof | None:
    """A strict claim, as its contrary together with the hypotheses is absurd."""
    if relation.sign not in CONTRARY:
        return None
    given = prepared.statement.given
    assumed = Relation(relation.left, CONTRARY[relation.sign], relation.right)
    extended = prepare(Statement((relation,), (*given, assumed), (), prepared.statement.continuous))
    new = [k for k in extended.document["identified"] if k not in prepared.document["identified"]]

    def absurd(now: Prepared, facts: list[Fact]) -> Proof | None:
        found = contradiction(now, facts) or contradiction(now, [*facts, *further(now, relation, facts)])
        return None if found is None else ({"facts": found[0]}, found[1])

    facts = known_facts(extended)
    found = absurd(extended, facts) or through_equalities(extended, facts, absurd)
    if found is None:
        return None
    suppose = [formula_step(assumed.left, assumed.sign, assumed.right, "suppose this, the contrary of the claim")]
    if new and isinstance(assumed.left, Measure):
        suppose.append(_equal(*assumed.left.laws))
    last = formula_step(relation.left, relation.sign, relation.right, "as the hypotheses then contradict each other")
    return {"contrary": [new, found[0]]}, [*suppose, *found[1], last]


def contradiction(prepared: Prepared, facts: list[Fact]) -> tuple[list[list[Any]], list[Step]] | None:
    """Weighted facts that add up to 0 < 0, and these as steps: −1 ≥ 0 follows, or −h ≥ 0 for a hypothesis h > 0, or one says 0 < 0."""
    for k, relation in enumerate(prepared.document["given"]):
        if relation["sign"] in ("<", ">", "!=") and not combine((1, prepared.scope.vector(relation["left"])), (-1, prepared.scope.vector(relation["right"]))):
            said = prepared.statement.given[k]
            return [["1", {"hypothesis": k}]], [formula_step(said.left, said.sign, said.right, "given, though both sides are the same then")]
    given = [(each, value) for each, value in facts if each.reason == "given"]
    goals: list[tuple[Vector, list[Candidate], Fraction]] = []
    if any(numbers(value) for _, value in given):
        goals.append(({(): Fraction(-1)}, [], Fraction(1, 2)))
    goals += [(combine((-1, value)), [each], Fraction(0)) for each, value in facts if is_strict(prepared, each.fact)]
    for target, strict, margin in goals:
        already = [["1", each.fact] for each in strict]
        found = find_sum(prepared, target, facts, False, margin=margin)
        if found is not None:
            steps = [formula_step(each.relation.left, each.relation.sign, each.relation.right, each.reason) for each in strict]
            return listed(found) + already, [*told(found), *steps]
    return None

