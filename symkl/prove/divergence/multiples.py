"""Products of facts: with what multiplies them in a claim, with one another, and squares of differences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.detours import valued
from symkl.prove.divergence.facts import HALF, ONE, ZERO, Candidate, evident
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.sums import Fact
from symkl.prove.divergence.vectors import multiply
from symkl.prove.shannon.forms import collect_names
from symkl.prove.terms import Call, Constant, Information, Measure, Pow, Relation, Scalar, Statement, negative, plus, times, written_out

__all__ = ["multiples"]

MOST_MULTIPLIERS = 6
MOST_FACTORS = 4
MOST_SIMPLE = 12
MOST_GIVEN = 6
#: The basic inequalities of up to three variables, two at a time.
MOST_BASIC = 12
MOST_LEMMAS = 20
MANY_MEASURES = 4
BOUNDED = ("TV", "A")


def multiples(prepared: Prepared, relation: Relation, facts: Sequence[Fact]) -> list[Fact]:
    """Facts times sub-products of the claim's terms; products of two facts about TV and BC; squares of differences of its factors."""
    factors = [list(each) for each in dict.fromkeys(tuple(each) for side in (relation.left, relation.right) for each in _terms(side))]
    multipliers = [_own(prepared, m) for m in _multipliers(factors, prepared.statement.continuous)]
    wanted = {key for side in (relation.left, relation.right) for key in prepared.scope.vector(scalar_json(side)) if sum(e for _, e in key) > 1}
    plain = [each for each in facts if not {"both", "power", "hypothesis"} & {*each[0].fact}]
    given = [each for each in facts if {*each[0].fact} == {"hypothesis"}]
    found = _wanted([_times(m, each) for m in multipliers for each in (*plain, *given)], wanted, _has_variables(relation))
    others = [*_squares(factors), *_powers(facts)]
    for (u, _), (v, _) in combinations(multipliers, 2):
        others += [_square(u, v), _product(u, v)]
    others += _integrals_together(prepared) if multipliers else ()
    basic = [each for each, _ in facts if {"H", "I"} & {*each.fact}] if any(len(each) > 1 for each in factors) else []
    if len(basic) <= MOST_BASIC:
        others += [_product(u, v) for u, v in combinations_with_replacement(basic, 2)]
    found += valued(prepared, iter(others))
    bounded = [each for each in facts if all(len(key) <= 1 and all(n[0] in BOUNDED and e == 1 for n, e in key) for key in each[1])]
    simple = [each for each in bounded if "both" not in each[0].fact and each[0].relation.sign != "="][:MOST_SIMPLE]
    if any(len(each) > 1 for each in factors):
        found += [_times(*pair) for pair in combinations_with_replacement(simple, 2)]
    given = [each for each in bounded if {"hypothesis", "lemma"} & {*each[0].fact} and each[0].relation.sign != "="][:MOST_GIVEN]
    found += [_times(h, each) for h in given for each in [*simple, *given]]
    numbers = [f for term in factors for f in term if isinstance(f, Call) and isinstance(f.argument, Constant) and f.argument.value > 1]
    lemmas = [each for each in facts if "lemma" in each[0].fact][:MOST_LEMMAS]
    return found + [_times(_own(prepared, n), each) for n in dict.fromkeys(numbers) for each in lemmas]


def _own(prepared: Prepared, node: Scalar) -> Fact:
    """What is evidently not negative, as a fact."""
    return evident(node, "never negative"), prepared.scope.vector(scalar_json(node))


def _has_variables(relation: Relation) -> bool:
    names: dict[str, None] = {}
    for side in (relation.left, relation.right):
        collect_names(side, names)
    return bool(names)


def _wanted(found: list[Fact], wanted: set[Any], further: bool) -> list[Fact]:
    """The products with a monomial that is wanted, or that one of these brings along."""
    taken = [each for each in found if not wanted.isdisjoint(each[1])]
    while further and len(taken) < len(found):
        wanted = {key for _, vector in taken for key in vector}
        more = [each for each in found if not wanted.isdisjoint(each[1])]
        if len(more) == len(taken):
            break
        taken = more
    return taken


def _square(a: Candidate, b: Candidate) -> Candidate:
    return evident(Pow(plus(a.relation.left, negative(b.relation.left)), Fraction(2)), "a square")


def _powers(facts: Sequence[Fact]) -> Iterator[Candidate]:
    """(1 − BC) BC^k ≥ 0 and (1 − BC)² BC^k ≥ 0 where powers of BC occur, as they do for products of laws."""
    highest = max((int(e) for _, vector in facts for key in vector for name, e in key if name[0] == "A" and name[1] == HALF), default=1)
    below = [each for each, _ in facts if each.relation.left == ONE and isinstance(each.relation.right, Measure) and each.relation.right.head == "Affinity"]
    most = max((int(e) for _, vector in facts for key in vector for name, e in key if name[0] == "A" and name[1] == 2), default=1)
    for each in [each for each, _ in facts if each.fact.get("measure") == "Chi2"]:
        yield from (Candidate({"both": [each.fact] * k}, Relation(times(*[each.relation.left] * k), ">=", ZERO), "a product") for k in range(2, most + 1))
    for each in below if highest > 1 else ():
        yield _product(each, each)
        for k in range(1, highest):
            factor = evident(times(*[each.relation.right] * k), "an integral of roots")
            yield _product(factor, each)
            if k + 2 <= highest:
                yield _product(factor, _product(each, each))


def _integrals_together(prepared: Prepared) -> Iterator[Candidate]:
    """(1 + χ²) BC² ≥ 1, as Rényi divergences grow with their order."""
    for m in measures_of(prepared.statement):
        if m.head == "Chi2" and m.laws[0] != m.laws[1]:
            product_ = times(plus(ONE, m), Pow(Measure("Affinity", m.laws), Fraction(2)))
            orders = {"orders": ["1/2", "2"], "laws": [law_json(law) for law in m.laws]}
            item = {"lemma": ["1", "<=", scalar_json(product_)], "proof": {"log": {"facts": [["1", orders]]}}}
            yield Candidate(item, Relation(product_, ">=", ONE), "Rényi divergences grow with their order")


def _times(a: Fact, b: Fact) -> Fact:
    if b[0].relation.sign == "=":  # a hypothesis
        left, right = (times(a[0].relation.left, side) for side in (b[0].relation.left, b[0].relation.right))
        return Candidate({**b[0].fact, "times": scalar_json(a[0].relation.left)}, Relation(left, "=", right), "given"), multiply(a[1], b[1])
    return _product(a[0], b[0]), multiply(a[1], b[1])


def _product(a: Candidate, b: Candidate) -> Candidate:
    left, right = (plus(c.relation.left, negative(c.relation.right)) for c in (a, b))
    fact = {"both": [*_flat(a.fact), *_flat(b.fact)]}
    return Candidate(fact, Relation(times(left, right), ">=", ZERO), "a product of non-negative factors")


def _flat(fact: Any) -> list[Any]:
    return list(fact["both"]) if set(fact) == {"both"} else [fact]


def _terms(side: Scalar) -> Iterator[list[Scalar]]:
    """The factors of every term of an expression, written out, numbers left out."""
    for factors in written_out(side, MOST_FACTORS):
        yield [each for each in factors if not isinstance(each, Constant)]


def _multipliers(terms: Sequence[Sequence[Scalar]], continuous: Collection[str]) -> list[Scalar]:
    """Proper sub-products of the terms, of factors that are evidently not negative, the shortest first."""
    found: dict[tuple[Scalar, ...], None] = {}
    for size in range(1, MOST_FACTORS):
        for term in terms:
            fit = [each for each in term if _is_plain(each, continuous)]
            if len(term) > size:
                found.update(dict.fromkeys(tuple(sorted(each, key=str)) for each in combinations(fit, size)))
    return [times(*each) for each in found][:MOST_MULTIPLIERS]


def _is_plain(node: Scalar, continuous: Collection[str]) -> bool:
    if isinstance(node, Call) and node.function == "log":
        return isinstance(node.argument, Constant) and node.argument.value > 1
    names: dict[str, None] = {}
    collect_names(node, names)
    return evidently_nonnegative(scalar_json(node), continuous) and bool(names or measures_of(Statement((Relation(node, ">=", ZERO),))))


def _squares(terms: Sequence[Sequence[Scalar]]) -> Iterator[Candidate]:
    """(u − v)² for factors u, v of products, and (u − 1)², (u − 1/2)²."""
    inside = list(dict.fromkeys(each for term in terms if len(term) > 1 for each in term if isinstance(each, (Information, Measure))))[:MANY_MEASURES]
    bases = [plus(a, negative(b)) for a, b in combinations(inside, 2)] + [plus(a, negative(c)) for a in inside for c in (ONE, Constant(HALF))]
    for base in bases:
        yield evident(Pow(base, Fraction(2)), "a square")
