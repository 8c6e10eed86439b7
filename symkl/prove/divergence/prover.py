"""Claims about divergences and entropies of laws: proved by a sum of lemma instances, refuted by finite laws, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from symkl.core.certificates import sealed
from symkl.core.verdict import Verdict, Worded
from symkl.prove.certificate import DISCRETE, listed_facts, rests_on_discreteness, scalar_json, unequal
from symkl.prove.divergence.bounds import bounds
from symkl.prove.divergence.candidates import Candidate, signed_multiples
from symkl.prove.divergence.comparisons import comparisons
from symkl.prove.divergence.detours import chains, root_lemmas, valued
from symkl.prove.divergence.distinctions import by_distinction
from symkl.prove.divergence.expectations import cancelled, compared_strictly, expansion_steps, renamed, subtracted
from symkl.prove.divergence.functions import one_variable
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.levels import levels
from symkl.prove.divergence.library import library
from symkl.prove.divergence.logarithms import exponential_pairs, increasing_pairs, logarithm_pairs
from symkl.prove.divergence.multiples import multiples
from symkl.prove.divergence.narrative import why_equal
from symkl.prove.divergence.polynomials import polynomial_facts
from symkl.prove.divergence.powers import of_bases, of_one_draw
from symkl.prove.divergence.prepare import Prepared, measures_of, parameters_of, prepare
from symkl.prove.divergence.reciprocals import reciprocals
from symkl.prove.divergence.residues import residues
from symkl.prove.divergence.search import LawsWitness, refutation
from symkl.prove.divergence.separation import Proof, contradiction, from_contrary, known_facts, through_equalities
from symkl.prove.divergence.shapes import cleared, exponentials, isolated, logarithms, powered, squared
from symkl.prove.divergence.sums import Fact, Sum, fact_value, find_sum, listed, strictly, through, with_values
from symkl.prove.divergence.vectors import Vector, combine
from symkl.prove.steps import Step, formula_step, weighted_sum
from symkl.prove.terms import Call, Constant, Parameter, Relation, Scalar, Statement, Times, negative, plus

__all__ = ["settle"]

ZERO, ONE = Constant(Fraction(0)), Constant(Fraction(1))
#: Tried before the long search for a proof.
FEW_WITNESSES = 300
#: A relation to which so many equivalent shapes led is not put into others.
MOST_SHAPES = 1
#: So many pairs of logarithms are compared by calculus, too.
FEW_PAIRS = 16
#: Lemmas whose own proof is told only where they are the whole proof.
TOLD_ALONE = ("Gibbs' inequality",)


def settle(statement: Statement, *, refute: bool = True) -> Verdict:
    """The verdict on a statement about laws; `refute=False` where the names stand for particular laws."""
    prepared = prepare(statement)
    facts = known_facts(prepared)
    clash = _inconsistency(prepared, facts)
    if clash is not None:
        return clash
    proofs: list[Proof | None] = []
    for k, relation in enumerate(prepared.statement.claims):
        found = _prove(prepared, relation, facts, thorough=False)
        if found is None:
            refuted = refutation(prepared, k, FEW_WITNESSES) if refute else None
            if refuted is not None:
                return _refuted(prepared, statement, k, refuted)
            found = _prove(prepared, relation, facts) or _by_cases(prepared, relation, k, facts)
        proofs.append(found)
    for k, relation in enumerate(prepared.statement.claims):
        if proofs[k] is None:
            refuted = refutation(prepared, k) if refute else None
            if refuted is not None:
                return _refuted(prepared, statement, k, refuted)
            proofs[k] = by_distinction(prepared, relation, partial(_prove_claim, k))
    if None in proofs:
        return Verdict("unknown", reason="no sum of the known lemmas proves it, and no small finite laws were found that break it", claim=statement)
    known = [each for each in proofs if each is not None]
    steps = [step for relation, each in zip(prepared.statement.claims, known) for step in _concluded(relation, each[1])]
    shown = [data for data, _ in known]
    return Verdict(
        "proved",
        reason=_reason(prepared, shown),
        steps=tuple(dict.fromkeys(renamed(steps, prepared, statement.definitions))),
        certificate=sealed("proved", prepared.document, shown),
        claim=statement,
    )


def _prove_claim(k: int, now: Prepared, known: list[Fact]) -> Proof | None:
    return _prove(now, now.statement.claims[k], known)


def _by_cases(prepared: Prepared, relation: Relation, k: int, facts: list[Fact]) -> Proof | None:
    """By laws that the hypotheses make equal, or from the contrary of the claim."""
    return through_equalities(prepared, facts, partial(_prove_claim, k)) or from_contrary(prepared, relation, _all_further)


def _all_further(prepared: Prepared, relation: Relation, facts: list[Fact]) -> list[Fact]:
    near = comparisons(prepared, relation, {}, partial(fact_value, prepared))
    return near + further(prepared, relation, [*facts, *near])


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
    strictly = compared_strictly(prepared.statement)
    return _grounds(prepared, proofs) + (f"; for finite values of {', '.join(strictly)}" if strictly else "")


def _grounds(prepared: Prepared, proofs: Sequence[dict[str, Any]]) -> str:
    twice = subtracted(prepared.statement)
    if any("contrary" in proof for proof in proofs) and not any(map(listed_facts, proofs)):
        return "its contrary contradicts the hypotheses"
    if any(map(listed_facts, proofs)):
        where = f"; what cancels must be finite: {', '.join(twice)}" if twice else ""
        return "a sum of lemmas with rational weights" + (DISCRETE if rests_on_discreteness(proofs) else "") + where
    finite = list(dict.fromkeys((*twice, *cancelled(prepared))))
    where = f"; what cancels must be finite: {', '.join(finite)}" if finite else ""
    return f"both sides are the same combination of expected log-densities{where}"


def _prove(
    prepared: Prepared, relation: Relation, facts: list[tuple[Candidate, Vector]], depth: int = 0, thorough: bool = True
) -> Proof | None:
    """The proof as data and as steps; without comparisons by calculus unless `thorough`."""
    if relation.sign in (">=", ">"):
        turned = Relation(relation.right, relation.sign.replace(">", "<"), relation.left)
        return _prove(prepared, turned, facts, depth, thorough)
    difference = combine((1, prepared.scope.vector(scalar_json(relation.right))), (-1, prepared.scope.vector(scalar_json(relation.left))))
    if relation.sign == "=":
        if not difference:
            return {"ways": [{"facts": []}, {"facts": []}]}, expansion_steps(prepared, relation)
        back = combine((-1, difference))
        up, down = find_sum(prepared, difference, facts, False), find_sum(prepared, back, facts, False)
        if (up is None or down is None) and thorough:
            worth = partial(fact_value, prepared)
            up = up or find_sum(prepared, difference, facts + comparisons(prepared, relation, difference, worth), False)
            turned = replace(relation, left=relation.right, right=relation.left)
            down = down or (find_sum(prepared, back, facts + comparisons(prepared, turned, back, worth), False) if up else None)
        if up is None or down is None:
            return _both_ways(prepared, relation, facts) if thorough and depth == 0 else None
        steps = _narrated(relation.right, relation.left, up, False) + _narrated(relation.left, relation.right, down, False)
        return {"ways": [{"facts": listed(up)}, {"facts": listed(down)}]}, [*steps, formula_step(relation.left, "=", relation.right, "both ways")]
    if relation.sign == "!=":
        for above, target in ((False, difference), (True, combine((-1, difference)))):
            found = find_sum(prepared, target, facts, True)
            if found is not None:
                ends = (relation.left, relation.right) if above else (relation.right, relation.left)
                return unequal(listed(found), above, len(prepared.statement.given)), _narrated(*ends, found, True)
        return None
    strict = relation.sign == "<"
    summed = find_sum(prepared, difference, facts, strict)
    if summed is None and (drawn := _by_powers(prepared, relation, facts, depth, thorough)) is not None:
        return drawn
    if summed is None and thorough:
        known = comparisons(prepared, relation, difference, partial(fact_value, prepared))
        signed = signed_multiples(prepared.statement, [each for each, _ in known])
        more = facts + known + with_values(prepared, signed)
        more += polynomial_facts(prepared, difference, more)
        more += _monotone(prepared, relation, more)
        more += with_values(prepared, one_variable(prepared, relation))
        summed = find_sum(prepared, difference, more, strict) or (strictly(prepared, difference, more) if strict else None)
        if summed is None:
            summed = _with_residues(prepared, difference, more, strict)
        if summed is None and (least := with_values(prepared, bounds(prepared))):
            more += least
            summed = find_sum(prepared, difference, more, strict) or _with_residues(prepared, difference, more, strict)
            if summed is None and (inverse := with_values(prepared, reciprocals(prepared, relation, more))):
                more += inverse
                summed = find_sum(prepared, difference, more, strict)
        if summed is None:
            more += further(prepared, relation, more)
            summed = find_sum(prepared, difference, more, strict) or (strictly(prepared, difference, more) if strict else None)
    if summed is not None:
        return {"facts": listed(summed)}, _narrated(relation.right, relation.left, summed, strict)
    divided = _times_denominators(prepared, relation, facts, depth, thorough)
    if divided is not None:
        return divided
    square = squared(relation, depth)
    if square is not None and _is_evident(prepared, relation.right):
        inner = _prove(prepared, square, facts, depth + 1, thorough)
        if inner is not None:
            return {"square": inner[0]}, [*inner[1], formula_step(relation.left, relation.sign, relation.right, "taking square roots")]
    power = powered(relation) if depth == 0 and all(_is_evident(prepared, side) for side in (relation.left, relation.right)) else None
    if power is not None and (of_powers := _prove(prepared, power[0], facts, depth + 1, thorough)) is not None:
        last = formula_step(relation.left, relation.sign, relation.right, "taking powers")
        return {"power": [str(power[1]), of_powers[0]]}, [*of_powers[1], last]
    inside = logarithms(relation) or _logarithms_of_products(prepared, relation, depth)
    both = _is_evident(prepared, relation.left) and _is_evident(prepared, relation.right)
    if inside is not None and both and (found_inside := _prove(prepared, inside, facts, depth + 1, thorough)) is not None:
        last = formula_step(relation.left, relation.sign, relation.right, "taking exponentials")
        return {"log": found_inside[0]}, [*found_inside[1], last]
    grown = _by_exponentials(prepared, relation, facts) if depth == 0 and thorough else None
    if grown is not None:
        return grown
    alone = isolated(relation) if depth == 0 else None
    if alone is not None and (found_alone := _prove(prepared, alone, facts, depth + 1, thorough)) is not None:
        last = formula_step(relation.left, relation.sign, relation.right, "moving terms")
        moved = {"lemma": [scalar_json(alone.left), alone.sign, scalar_json(alone.right)], "proof": found_alone[0]}
        return {"facts": [["1", moved]]}, [*found_alone[1], last]
    return None


def _by_exponentials(prepared: Prepared, relation: Relation, facts: list[Fact]) -> Proof | None:
    """u ≤ v as exp(c u) ≤ exp(c v)."""
    grown = exponentials(relation)
    found = _prove(prepared, grown[0], facts, MOST_SHAPES) if grown is not None else None
    if grown is None or found is None:
        return None
    last = formula_step(relation.left, relation.sign, relation.right, "taking logarithms")
    shown: dict[str, Any] = {"exp": found[0]}
    item = {"lemma": [scalar_json(grown[1].left), relation.sign, scalar_json(grown[1].right)], "proof": shown}
    return shown if grown[1] == relation else {"facts": [[str(grown[2]), item]]}, [*found[1], last]


def _by_powers(prepared: Prepared, relation: Relation, facts: list[Fact], depth: int, thorough: bool) -> Proof | None:
    """With BC(P, Q)^n for BC(P^n, Q^n); and u^n ≤ v^n as u ≤ v."""
    plain = Relation(of_one_draw(relation.left), relation.sign, of_one_draw(relation.right))
    if plain != relation:
        found = _prove(prepared, plain, facts, depth, thorough)
        if found is None:
            return None
        lemma = {"lemma": [scalar_json(plain.left), plain.sign, scalar_json(plain.right)], "proof": found[0]}
        return {"facts": [["1", lemma]]}, [*found[1], formula_step(relation.left, relation.sign, relation.right, "as the draws are independent")]
    powers = of_bases(relation) if depth <= MOST_SHAPES and all(_is_evident(prepared, side) for side in (relation.left, relation.right)) else None
    inner = _prove(prepared, powers.bases, facts, depth + 1, thorough) if powers is not None else None
    proof = powers.proof(prepared.statement.given, inner[0]) if powers is not None and inner is not None else None
    if proof is None or inner is None:
        return None
    return proof, [*inner[1], formula_step(relation.left, relation.sign, relation.right, "taking powers")]


def _times_denominators(prepared: Prepared, relation: Relation, facts: list[Fact], depth: int, thorough: bool) -> Proof | None:
    """u/v ≤ w as u ≤ v w, for evidently positive v."""
    plain = cleared(relation, prepared.statement.continuous) if thorough and depth <= MOST_SHAPES else None
    found = _prove(prepared, plain[0], facts, depth + 1, thorough) if plain is not None else None
    if plain is None or found is None:
        return None
    if relation.sign == "<":  # below a number, so that it does not matter where the denominator is infinite
        quotient = isinstance(relation.left, Times) and isinstance(relation.right, Constant) and relation.right.value > 0 and len(plain[1]) == 1
        last = formula_step(relation.left, relation.sign, relation.right, "dividing by what is positive")
        return ({"cleared": found[0]}, [*found[1], last]) if quotient and plain[1][0].exponent == -1 else None
    lemma = {"lemma": [scalar_json(plain[0].left), "<=", scalar_json(plain[0].right)], "proof": found[0]}
    last = formula_step(relation.left, relation.sign, relation.right, "dividing by what is positive")
    return {"facts": [["1", {"both": [lemma, *map(scalar_json, plain[1])]}]]}, [*found[1], last]


def _with_residues(prepared: Prepared, difference: Vector, facts: list[Fact], strict: bool) -> Sum | None:
    """The sum with what is left of it as a function of one quantity, whose bounds are proved without the hypotheses if they can be."""
    own = [each for each in facts if each[0].reason != "given"]

    def ends(wanted: Relation) -> dict[str, Any] | None:
        return next((found[0] for known in (own, facts) if (found := _prove(prepared, wanted, known, MOST_SHAPES, thorough=False))), None)

    left_over = residues(prepared, difference, facts, ends)
    facts += with_values(prepared, left_over)
    return find_sum(prepared, difference, facts, strict) if left_over else None


def _is_evident(prepared: Prepared, side: Scalar) -> bool:
    """Whether the side is seen to be non-negative, or a hypothesis says so."""
    said = {(each.left, each.right) if "<" in each.sign else (each.right, each.left) for each in prepared.statement.given if each.sign[0] in "<>"}
    signed = [name for name in parameters_of(prepared.statement) if (ZERO, Parameter(name)) in said]
    return (ZERO, side) in said or evidently_nonnegative(scalar_json(side), prepared.statement.continuous, signed)


def _logarithms_of_products(prepared: Prepared, relation: Relation, depth: int) -> Relation | None:
    """u ≤ v as log u ≤ log v, where both are numbers and products of integrals of powers, such as (1 + χ²) BC²."""
    sides = [prepared.scope.vector(scalar_json(side)) for side in (relation.left, relation.right)]
    plain = all(len(v) == 1 and all(c > 0 and all(name[0] == "A" for name, _ in key) for key, c in v.items()) for v in sides)
    if depth or not plain or not all(evidently_nonnegative(scalar_json(side)) for side in (relation.left, relation.right)):
        return None
    return Relation(Call("log", relation.left), relation.sign, Call("log", relation.right))


def further(prepared: Prepared, relation: Relation, facts: list[Fact]) -> list[Fact]:
    """Facts about what the statement does not name, where the nearer ones were not enough."""
    found = valued(prepared, chains(prepared, relation), facts)
    found += valued(prepared, root_lemmas(prepared, relation, [*facts, *found]), facts)
    found += valued(prepared, levels(prepared, [*facts, *found]), facts)
    return found + multiples(prepared, relation, [*facts, *found])


def _both_ways(prepared: Prepared, relation: Relation, facts: list[tuple[Candidate, Vector]]) -> Proof | None:
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
    found: list[Candidate] = []
    pairs = logarithm_pairs(prepared.statement, relation)
    for u, v in pairs:
        inner = combine((1, prepared.scope.vector(scalar_json(v))), (-1, prepared.scope.vector(scalar_json(u))))
        below = find_sum(prepared, inner, facts, False)
        if below is None and len(pairs) <= FEW_PAIRS:
            near = comparisons(prepared, Relation(u, "<=", v), inner, partial(fact_value, prepared))
            below = find_sum(prepared, inner, [*facts, *near], False)
        if below is not None:
            found.append(through("exp", Call("log", u), "<=", Call("log", v), below))
    for how, u, v, low, high in increasing_pairs(relation, prepared.statement.continuous):
        inner = combine((1, prepared.scope.vector(scalar_json(v))), (-1, prepared.scope.vector(scalar_json(u))))
        below = find_sum(prepared, inner, facts, False)
        if below is not None:
            found.append(through(how, low, "<=", high, below))
    for u, w in exponential_pairs(prepared.statement, relation):
        one, other = (prepared.scope.vector(scalar_json(each)) for each in (u, Call("log", w)))
        for low, difference in ((u, combine((1, other), (-1, one))), (Call("log", w), combine((1, one), (-1, other)))):
            below = find_sum(prepared, difference, facts, False)
            if below is not None:
                ends = (w, Call("exp", u)) if low == u else (Call("exp", u), w)
                found.append(through("log", ends[1], "<=", ends[0], below))
    return with_values(prepared, found)


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
        difference = plus(left, negative(right))
        steps.append(formula_step(difference, "=", total, why_equal(difference, total)))
    if rest != ZERO:
        steps.append(formula_step(rest, ">=", ZERO, "a number"))
    last = formula_step(left, ">" if strict else ">=", right, "so")
    if not steps or steps[-1].text.split("  (")[0] != last.text.removeprefix("so "):
        steps.append(last)
    return steps


def _at_most_one(prepared: Prepared) -> list[Candidate]:
    """TV ≤ 1 and BC ≤ 1 for those that hypotheses compare with numbers."""
    compared = [each for each in prepared.statement.given if isinstance(each.left, Constant) or isinstance(each.right, Constant)]
    measures = [m for m in measures_of(Statement(tuple(compared))) if m.head in ("TotalVariation", "Affinity") and m.laws[0] != m.laws[1]]
    return [each for m in measures for each in library(m.laws[0], m.laws[1], (m, ONE).__contains__)]


def _inconsistency(prepared: Prepared, facts: list[Fact]) -> Verdict | None:
    """A verdict that says so, if the hypotheses contradict each other."""
    found = contradiction(prepared, [*facts, *with_values(prepared, _at_most_one(prepared))])
    if found is None:
        return None
    document = sealed("inconsistent", prepared.document, [{"facts": found[0]}])
    reason = "the hypotheses are inconsistent: no laws satisfy them all, so every claim would follow"
    return Verdict("unknown", reason=reason, certificate=document, claim=prepared.statement)
