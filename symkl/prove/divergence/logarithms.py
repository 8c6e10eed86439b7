"""Facts about logarithms and exponentials of measures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import permutations

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.facts import HALF, ONE, ZERO, Candidate
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.terms import Call, Constant, Measure, Plus, Pow, Relation, Scalar, Statement, Times, factors_of, negative, plus, terms_of, times

__all__ = ["calls", "exponential_pairs", "increasing_pairs", "logarithm_pairs", "tangents"]


def calls(statement: Statement) -> list[Call]:
    """The logarithms and exponentials of a statement, each once."""
    found: dict[Call, None] = {}

    def visit(node: Scalar) -> None:
        if isinstance(node, Call):
            found[node] = None
            visit(node.argument)
        elif isinstance(node, (Plus, Times)):
            for each in node.parts:
                visit(each)
        elif isinstance(node, Pow):
            visit(node.base)

    for relation in (*statement.claims, *statement.given):
        visit(relation.left)
        visit(relation.right)
    return list(found)


#: t − 1 − log t, which falls to 0 from both sides of 1.
_TANGENT = {"sum": [{"parameter": "t"}, "-1", {"product": ["-1", {"log": {"parameter": "t"}}]}]}


def tangents(prepared: Prepared) -> Iterator[Candidate]:
    """log u ≤ u − 1 and exp x ≥ 1 + x where logarithms and exponentials occur; exponentials of what is ordered are ordered."""
    insides: list[Scalar] = []
    yield from _schwarz_in_logarithms(prepared)
    yield from _inverse_exponentials(prepared)
    for call in calls(prepared.statement):
        if call.function == "log" and not isinstance(call.argument, Constant):
            insides.append(call.argument)
        elif call.function == "exp":
            insides.append(call)
            yield from _exponentials(prepared, call)
    for measure in measures_of(prepared.statement):
        if measure.head in ("Renyi", "Bhattacharyya") and measure.laws[0] != measure.laws[1]:
            order = measure.parameters[0] if measure.head == "Renyi" else Constant(HALF)
            if order == Constant(Fraction(2)):
                insides.append(plus(ONE, Measure("Chi2", measure.laws)))
            elif order == Constant(HALF):
                insides.append(Measure("Affinity", measure.laws))
            elif isinstance(order, Constant) and order.value != 1:
                insides.append(plus(ONE, times(Constant(order.value - 1), Measure("Tsallis", measure.laws, (order,)))))
    heads = {m.head for m in measures_of(prepared.statement)}
    for measure in measures_of(prepared.statement):
        if measure.head == "Hellinger" and heads & {"KL", "Renyi", "Jeffreys"}:
            insides.append(Measure("Affinity", measure.laws))
        if measure.head == "Affinity":
            insides.append(measure)
        if measure.head == "Chi2":
            insides.append(plus(ONE, measure))
    for inside in dict.fromkeys(insides):
        fact = {"function": _TANGENT, "of": "t", "at": scalar_json(inside), "moves": [["fall"], ["fall"]]}
        yield Candidate(fact, Relation(plus(inside, Constant(Fraction(-1))), ">=", Call("log", inside)), "log u ≤ u − 1")


def logarithm_pairs(statement: Statement, relation: Relation) -> list[tuple[Scalar, Scalar]]:
    """Pairs (u, v) for which log u ≤ log v may help: the arguments in the claim, BC², 1 + χ², and numbers that occur."""
    own = [call.argument for call in calls(Statement((relation,))) if call.function == "log"]
    distinct = [each for each in dict.fromkeys([*own, *known_insides(statement)]) if not isinstance(each, Constant)]
    pairs = _overlaps(statement) + [(u, v) for u in distinct for v in dict.fromkeys(own) if u != v]
    return pairs + [(v, u) for u in distinct for v in dict.fromkeys(own) if u != v]


def exponential_pairs(statement: Statement, relation: Relation) -> list[tuple[Scalar, Scalar]]:
    """Pairs (u, w) of an exponent u of the claim and a measure w that exp u may be compared with."""
    own = [call.argument for call in calls(Statement((relation,))) if call.function == "exp"]
    return [(u, w) for u in own for w in dict.fromkeys(known_insides(statement))]


def _overlaps(statement: Statement) -> list[tuple[Scalar, Scalar]]:
    """(1 − TV, BC) and (1 + 4 TV², 1 + χ²) where total variation stands beside Rényi's divergence of order 1/2, or 2."""
    measures = measures_of(statement)
    halves, twos = (
        {frozenset(m.laws) for m in measures if m.parameters == (Constant(order),) or m.head == head}
        for order, head in ((HALF, "Bhattacharyya"), (Fraction(2), "Chi2"))
    )
    distances = [m for m in measures if m.head == "TotalVariation"]
    found: list[tuple[Scalar, Scalar]] = [(plus(ONE, negative(m)), Measure("Affinity", m.laws)) for m in distances if frozenset(m.laws) in halves]
    above = [(plus(ONE, times(Constant(Fraction(4)), Pow(m, Fraction(2)))), m) for m in distances if frozenset(m.laws) in twos]
    return found + [(u, plus(ONE, Measure("Chi2", laws))) for u, m in above for laws in (m.laws, m.laws[::-1])]


def increasing_pairs(relation: Relation, continuous: Collection[str]) -> list[tuple[str, Scalar, Scalar, Scalar, Scalar]]:
    """(how, u, v, f(u), f(v)) for the exponentials of the claim and powers, not roots, of what is evidently not negative; for 1/u as f(v), f(u)."""
    exponentials = [call for call in calls(Statement((relation,))) if call.function == "exp"]
    found: dict[str, list[tuple[Scalar, Scalar]]] = {"log": [(call.argument, call) for call in exponentials]}
    for side in (relation.left, relation.right):
        for each in (f for term in terms_of(side) for f in factors_of(term)):
            if isinstance(each, Pow) and each.exponent != HALF and evidently_nonnegative(scalar_json(each.base), continuous):
                found.setdefault(str(1 / each.exponent), []).append((each.base, each))
    pairs = [(how, one, other) for how, known in found.items() for one, other in permutations(dict.fromkeys(known), 2)]
    return [(how, u, v, fv, fu) if how.startswith("-") else (how, u, v, fu, fv) for how, (u, fu), (v, fv) in pairs]


def known_insides(statement: Statement) -> list[Scalar]:
    """BC, BC² and 1 + χ², whose logarithms stand beside divergences."""
    known: list[Scalar] = []
    for measure in measures_of(statement):
        if len(measure.laws) == 2 and measure.laws[0] != measure.laws[1] and measure.head in ("KL", "TotalVariation", "Renyi", "Chi2", "Affinity"):
            affinity = Measure("Affinity", measure.laws)
            known += [affinity, Pow(affinity, Fraction(2)), plus(ONE, Measure("Chi2", measure.laws))]
            order = measure.parameters[0] if measure.head == "Renyi" else ONE
            if isinstance(order, Constant) and order.value not in (HALF, 1, 2):
                known.append(plus(ONE, times(Constant(order.value - 1), Measure("Tsallis", measure.laws, (order,)))))
    return known


def _schwarz_in_logarithms(prepared: Prepared) -> Iterator[Candidate]:
    """2 log BC ≤ log(1 − TV²) for every total variation."""
    for tv in [m for m in measures_of(prepared.statement) if m.head == "TotalVariation" and m.laws[0] != m.laws[1]]:
        laws = [law_json(law) for law in tv.laws]
        bc, rest = Pow(Measure("Affinity", tv.laws), Fraction(2)), plus(ONE, negative(Pow(tv, Fraction(2))))
        proof = {"exp": {"facts": [["1", {"schwarz": laws}]]}}
        item = {"lemma": [scalar_json(Call("log", bc)), "<=", scalar_json(Call("log", rest))], "proof": proof}
        yield Candidate(item, Relation(Call("log", rest), ">=", Call("log", bc)), "the Cauchy–Schwarz inequality")


def _inverse_exponentials(prepared: Prepared) -> Iterator[Candidate]:
    """1/(1 + χ²) ≤ exp(−D) ≤ BC², where exponentials or inverses occur: Rényi divergences grow with their order."""
    if not any(call.function == "exp" for call in calls(prepared.statement)) and not _has_inverses(prepared.statement):
        return
    pairs = dict.fromkeys(m.laws for m in measures_of(prepared.statement) if len(m.laws) == 2 and m.laws[0] != m.laws[1])
    for pair in pairs:
        ends: dict[str, Scalar] = {
            "2": Call("exp", negative(Measure("Renyi", pair, (Constant(Fraction(2)),)))),
            "1": Call("exp", negative(Measure("KL", pair))),
            "1/2": Pow(Measure("Affinity", pair), Fraction(2)),
        }
        for low, high in (("1/2", "1"), ("1/2", "2"), ("1", "2")):
            fact = {"orders": [low, high], "laws": [law_json(law) for law in pair]}
            item = {"lemma": [scalar_json(ends[high]), "<=", scalar_json(ends[low])], "proof": {"log": {"facts": [["1", fact]]}}}
            yield Candidate(item, Relation(ends[low], ">=", ends[high]), "Rényi divergences grow with their order")


def _has_inverses(statement: Statement) -> bool:
    def found(node: Scalar) -> bool:
        if isinstance(node, (Plus, Times)):
            return any(map(found, node.parts))
        return isinstance(node, Pow) and (node.exponent < 0 or found(node.base))

    return any(found(side) for r in (*statement.claims, *statement.given) for side in (r.left, r.right))


def _exponentials(prepared: Prepared, call: Call) -> Iterator[Candidate]:
    """exp(-D) ≤ exp(-D_1/2) = BC^2 and exp(-D) ≤ 1, and the like for every divergence in the exponent."""
    for measure in measures_of(prepared.statement):
        if measure.head not in ("KL", "Renyi") or len(measure.laws) != 2:
            continue
        for factor in (Fraction(-1), Fraction(-1, 2), Fraction(-2)):
            if call.argument != times(Constant(factor), measure):
                continue
            weaker = Measure("Renyi", measure.laws, (Constant(HALF),))
            for smaller, fact in (
                (weaker, {"orders": ["1/2", "1"], "laws": [law_json(law) for law in measure.laws]}),
                (ZERO, scalar_json(measure)),
            ):
                if measure.head != "KL" and smaller is weaker:
                    continue
                above = times(Constant(factor), smaller)
                proof = {"facts": [[str(-factor), fact]]}
                item = {"lemma": [scalar_json(call), "<=", scalar_json(Call("exp", above))], "proof": {"log": proof}}
                upper = Pow(Measure("Affinity", measure.laws), -2 * factor) if smaller is weaker else ONE
                yield Candidate(item, Relation(upper, ">=", call), "D ≥ −2 log BC (Jensen)" if smaller is weaker else "D ≥ 0")
