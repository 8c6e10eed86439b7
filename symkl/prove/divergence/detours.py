"""Detours: distances that a claim does not name, chained by triangles, and roots and distances compared by their squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import isqrt

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.draws import subadditive
from symkl.prove.divergence.facts import HALF, ZERO, Candidate, convex, evident, forgotten, processed, same_space, triangles
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.library import library
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.sums import Fact, fact_value, find_sum, largest_multiple, through
from symkl.prove.divergence.vectors import combine, multiply
from symkl.prove.terms import (
    Call,
    Constant,
    LawExpression,
    Measure,
    Mix,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
    bare,
    factors_of,
    negative,
    plus,
    terms_of,
    times,
)

__all__ = ["FINE", "chains", "distances", "root_lemmas", "summands", "valued"]

MANY_LAWS = 6
#: Of more distances than this only the plain squares of differences are looked at.
FEW_DISTANCES = 4
ROOTS_OF_DENSITIES = ("Hellinger", "Affinity", "Bhattacharyya")
#: Multiples of one distance that another is compared with: (a − r b)² ≥ 0.
RATIOS = tuple(Fraction(*pair) for pair in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (3, 2), (2, 3)))


def valued(prepared: Prepared, found: Iterator[Candidate], known: Sequence[Fact] = ()) -> list[Fact]:
    """The candidates with their vectors, without what is known."""
    seen = {tuple(sorted(vector.items(), key=repr)) for _, vector in known}
    facts = []
    for each in found:
        vector = fact_value(prepared, each)
        key = tuple(sorted(vector.items(), key=repr)) if vector is not None else None
        if vector is not None and key not in seen:
            seen.add(key)  # type: ignore[arg-type]
            facts.append((each, vector))
    return facts


def distances(prepared: Prepared) -> list[Measure]:
    """The metrics between any two of the first laws that stand in a measure of two laws."""
    measures = [m for m in measures_of(prepared.statement) if len(m.laws) == 2]
    heads = {m.head for m in measures}
    laws = list(dict.fromkeys(law for m in measures for law in m.laws))[:MANY_LAWS]
    roots = bool(heads & {*ROOTS_OF_DENSITIES})
    metrics = (["TotalVariation"] if "TotalVariation" in heads or not roots else []) + (["Hellinger"] if roots else [])
    pairs = [pair for pair in combinations(laws, 2) if same_space(prepared, *pair)]
    return [Measure(head, pair) for head in metrics for pair in pairs]


def is_linear(prepared: Prepared, relation: Relation) -> bool:
    """Whether the sides are sums of total variations, Hellinger's distances and roots, so that no squares of them are wanted."""
    keys = [key for side in (relation.left, relation.right) for key in prepared.scope.vector(scalar_json(side))]
    return all(len(key) <= 1 and all(name[0] in ("TV", "base") and e <= 1 for name, e in key) for key in keys)


def chains(prepared: Prepared, relation: Relation) -> Iterator[Candidate]:
    """Signs, triangles, triangles times a distance, and squares, of distances that need not be named in the statement."""
    known = distances(prepared)
    for each in known:
        yield evident(each, "never negative")
    yield from processed(prepared, known)
    yield from forgotten(prepared, known)
    yield from convex(prepared, known)
    yield from subadditive(known)
    for head in dict.fromkeys(each.head for each in known):
        own = [each for each in known if each.head == head]
        laws: list[LawExpression] = list(dict.fromkeys(law for each in own for law in each.laws))
        for triangle in triangles(prepared, laws, head):
            yield triangle
            left = plus(triangle.relation.left, negative(triangle.relation.right))
            for c in numbers_under_roots(relation):
                root = Pow(Constant(c), HALF)
                yield Candidate({"both": [triangle.fact, scalar_json(root)]}, Relation(times(root, left), ">=", ZERO), "the triangle inequality, times a number")
            if is_linear(prepared, relation):
                continue
            for each in own:
                fact = {"both": [triangle.fact, scalar_json(each)]}
                yield Candidate(fact, Relation(times(left, each), ">=", ZERO), "the triangle inequality, times a distance")
        if not is_linear(prepared, relation):
            yield from _pairs_of_triangles([*triangles(prepared, laws, head)])
    yield from weighted_squares(known) if not is_linear(prepared, relation) else ()
    yield from products_of_mixtures(prepared)
    yield from through_the_middle(prepared)


def _pairs_of_triangles(known: Sequence[Candidate]) -> Iterator[Candidate]:
    """(a + b − c)(a + c − b) ≥ 0 for the triangles of the same three laws: a² ≥ (b − c)²."""
    for one, other in combinations(known, 2):
        ends = [{frozenset(m.laws) for m in measures_of(Statement((each.relation,)))} for each in (one, other)]
        if ends[0] == ends[1]:
            left, right = (plus(each.relation.left, negative(each.relation.right)) for each in (one, other))
            yield Candidate({"both": [one.fact, other.fact]}, Relation(times(left, right), ">=", ZERO), "the triangle inequality, twice")


def products_of_mixtures(prepared: Prepared) -> Iterator[Candidate]:
    """D(M‖M_1 × M_2) ≥ 0 for the middles M, M_1, M_2 of Jensen–Shannon divergences of products and of their factors."""
    for m in measures_of(prepared.statement):
        p, q = m.laws[0], m.laws[-1]
        if m.head == "JensenShannon" and isinstance(p, ProductLaw) and isinstance(q, ProductLaw) and len(p.factors) == len(q.factors):
            middles = tuple(Mix(((Constant(HALF), a), (Constant(HALF), b))) if a != b else a for a, b in zip(p.factors, q.factors))
            measure = Measure("KL", (Mix(((Constant(HALF), p), (Constant(HALF), q))), ProductLaw(middles)))
            yield evident(measure, "Gibbs' inequality")


def through_the_middle(prepared: Prepared) -> Iterator[Candidate]:
    """D(M‖R) ≥ 0 and what is known of JSD(P,Q), for the middle M of P and Q: D(P‖R) + D(Q‖R) = 2 JSD(P,Q) + 2 D(M‖R)."""
    onto = [m.laws for m in measures_of(prepared.statement) if m.head == "KL" and len(m.laws) == 2]
    known = [{*m.laws} for m in measures_of(Statement(prepared.statement.given)) if len(m.laws) == 2]
    for (p, r), (q, s) in combinations(onto, 2):
        if r == s and {p, q} in known and p != q:
            yield evident(Measure("KL", (Mix(((Constant(HALF), p), (Constant(HALF), q))), r)), "Gibbs' inequality")
            yield from library(p, q, lambda each: isinstance(each, Measure) and each.head == "JensenShannon")


def weighted_squares(known: Sequence[Measure]) -> Iterator[Candidate]:
    for a, b in combinations(known, 2):
        for ratio in RATIOS if len(known) <= FEW_DISTANCES else RATIOS[:1]:
            yield evident(Pow(plus(a, negative(times(Constant(ratio), b))), Fraction(2)), "a square")


def summands(relation: Relation) -> list[Scalar]:
    """The terms of both sides without their rational coefficients, each once."""
    terms = [each for side in (relation.left, relation.right) for each in terms_of(side)]
    return [each for each in dict.fromkeys(map(bare, terms)) if not isinstance(each, Constant)]


def _has_root(node: Scalar) -> bool:
    if isinstance(node, Times):
        return any(map(_has_root, node.parts))
    return (isinstance(node, Pow) and node.exponent == HALF) or (isinstance(node, Measure) and node.head == "Hellinger")


def root_lemmas(prepared: Prepared, relation: Relation, facts: Sequence[Fact]) -> Iterator[Candidate]:
    """r d ≤ s for roots s in the claim and distances d between the laws that s speaks of: as r² d² ≤ s²."""
    for term in summands(relation):
        s = times(*(f for f in factors_of(term) if not (isinstance(f, Call) and isinstance(f.argument, Constant))))
        if not _has_root(s) or not evidently_nonnegative(scalar_json(s), prepared.statement.continuous):
            continue
        inside = [m for m in measures_of(Statement((Relation(s, ">=", ZERO),))) if len(m.laws) == 2]
        pairs = {frozenset(m.laws): m.laws for m in inside or distances(prepared) if m.laws[0] != m.laws[1]}
        heads = ("TotalVariation", "Hellinger") if any(m.head in ROOTS_OF_DENSITIES for m in measures_of(prepared.statement)) else ("TotalVariation",)
        for pair in pairs.values():
            for head in heads:
                lemma = _root_lemma(prepared, Measure(head, pair), s, facts, numbers_under_roots(relation))
                if lemma is not None:
                    yield lemma


def _root_lemma(prepared: Prepared, distance: Measure, root: Scalar, facts: Sequence[Fact], numbers: Sequence[Fraction]) -> Candidate | None:
    one, other = (prepared.scope.vector(scalar_json(each)) for each in (distance, root))
    if one == other:
        return None
    small, large = multiply(one, one), multiply(other, other)
    k = largest_multiple(prepared, large, small, facts)
    if k is None or k <= 0:
        return None
    for c in (*numbers, Fraction(1)):
        r = rational_root(k / c)
        if c == 1 or r * r * c == k:
            found = find_sum(prepared, combine((1, large), (-(r**2) * c, small)), facts, False)
            scaled = times(Constant(r), distance) if c == 1 else times(Constant(r), Pow(Constant(c), HALF), distance)
            return through("square", scaled, "<=", root, found) if found is not None else None
    return None


def numbers_under_roots(relation: Relation) -> list[Fraction]:
    """The numbers c for which √c stands in the claim, as in √2 TV."""
    found = [f for side in (relation.left, relation.right) for each in terms_of(side) for f in factors_of(each)]
    roots = [f.base.value for f in found if isinstance(f, Pow) and f.exponent == HALF and isinstance(f.base, Constant)]
    return list(dict.fromkeys(c for c in roots if c > 0))


#: Roots that are not rational are rounded to this part.
FINE = 10**4


def rational_root(k: Fraction) -> Fraction:
    """√k where it is rational, else a fraction below it."""
    up, down = isqrt(k.numerator), isqrt(k.denominator)
    if up * up == k.numerator and down * down == k.denominator:
        return Fraction(up, down)
    return Fraction(isqrt(int(k * FINE**2)), FINE)
