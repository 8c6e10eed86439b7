"""Facts about divergences of every kind: their signs, and how they change under channels, mixing, products and detours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.prepare import Prepared, measures_of, parameters_of
from symkl.prove.divergence.shapes import to_power
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.steps import Step
from symkl.prove.terms import (
    Call,
    Constant,
    Image,
    LawExpression,
    LawName,
    Measure,
    Mix,
    Parameter,
    Plus,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
    negative,
    plus,
    times,
)

__all__ = [
    "HALF",
    "ONE",
    "ZERO",
    "Candidate",
    "changes",
    "convex",
    "dominated",
    "evident",
    "flattened",
    "forgotten",
    "kinds_of",
    "of_factors",
    "processed",
    "same_space",
    "squares",
    "triangles",
]

ZERO, ONE = Constant(Fraction(0)), Constant(Fraction(1))
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Candidate:
    """A fact in the checker's JSON, as a relation left ≥ right, its name, and its own short proof, told when it is asked for."""

    fact: dict[str, Any]
    relation: Relation
    reason: str
    details: Callable[[], tuple[Step, ...]] = tuple


def evident(term: Scalar, reason: str) -> Candidate:
    """term ≥ 0, which needs no proof but a look at it."""
    return Candidate(scalar_json(term), Relation(term, ">=", ZERO), reason)


def _space(prepared: Prepared, law: LawExpression) -> Any:
    return prepared.scope.space(law_json(law))


def same_space(prepared: Prepared, p: LawExpression, q: LawExpression) -> bool:
    try:
        return bool(_space(prepared, p) == _space(prepared, q))
    except Rejected:
        return False


MONOTONE = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2", "Bhattacharyya", "Renyi", "Tsallis")


def processed(prepared: Prepared, measures: list[Measure]) -> Iterator[Candidate]:
    """D_f(K(P), K(Q)) ≤ D_f(P, Q) for every pair of images, and every measure of the statement."""
    known = _given_images(prepared)
    half = (Constant(HALF),)
    kinds = dict.fromkeys([("KL", ()), *((m.head, m.parameters) for m in measures if m.head in MONOTONE)])
    if any(m.head in ("Affinity", "Hellinger") for m in measures):
        kinds["Tsallis", half] = None
    for measure in measures:
        if len(measure.laws) != 2:
            continue
        laws_of, seen = measure.laws, {measure.laws}
        while (images := _images(*laws_of, known)) is not None:
            p, q = images
            for head, parameters in kinds:
                laws = [law_json(p.law), law_json(q.law)]
                fact = {"processing": head, "image": p.channel, "laws": laws, "parameters": [scalar_json(each) for each in parameters]}
                relation = Relation(Measure(head, (p.law, q.law), parameters), ">=", Measure(head, (p, q), parameters))
                yield Candidate(fact, relation, "data processing")
            laws_of = (p.law, q.law)
            if laws_of in seen:
                break
            seen.add(laws_of)


def _given_images(prepared: Prepared) -> dict[LawExpression, Image]:
    """The images that hypotheses say laws to be, as K(Q) = Q does."""
    said = [r.left for r in prepared.statement.given if r.sign in ("=", "<=") and r.right == ZERO and isinstance(r.left, Measure)]
    return {m.laws[1]: m.laws[0] for m in said if len(m.laws) == 2 and isinstance(m.laws[0], Image)}


def _images(p: LawExpression, q: LawExpression, known: dict[LawExpression, Image]) -> tuple[Image, Image] | None:
    """The two laws as images under one channel."""
    for a in (_as_image(p), known.get(p)):
        for b in (_as_image(q), known.get(q)):
            if isinstance(a, Image) and isinstance(b, Image) and a.channel == b.channel:
                return a, b
    return None


def _as_image(law: LawExpression) -> LawExpression:
    """A mixture of the images of laws under one channel as the image of their mixture."""
    images = [each for _, each in law.parts if isinstance(each, Image)] if isinstance(law, Mix) else []
    if not isinstance(law, Mix) or len(images) != len(law.parts) or len({each.channel for each in images}) != 1:
        return law
    return Image(images[0].channel, Mix(tuple((w, each.law) for (w, _), each in zip(law.parts, images))))


def forgotten(prepared: Prepared, measures: list[Measure]) -> Iterator[Candidate]:
    """D_f never grows where coordinates are forgotten: for every two pairs of laws, one the marginals of the other."""
    pairs = list(dict.fromkeys(tuple(m.laws) for m in measures if len(m.laws) == 2))
    wide = [pair for pair in pairs if any(isinstance(law, ProductLaw) or (isinstance(law, LawName) and len(law.of) > 1) for law in pair)]
    kinds = kinds_of(measures)
    for p, q in wide:
        for a, b in dict.fromkeys([*pairs, *((y, x) for x, y in pairs)]):
            kept = kept_coordinates(prepared, (p, q), (a, b)) if (a, b) != (p, q) else None
            for head, parameters in kinds if kept is not None else ():
                shown = [scalar_json(each) for each in parameters]
                fact = {"processing": head, "marginal": kept, "laws": [law_json(p), law_json(q)], "parameters": shown}
                relation = Relation(Measure(head, (p, q), parameters), ">=", Measure(head, (a, b), parameters))
                yield Candidate(fact, relation, "what is forgotten cannot tell laws apart")


def kinds_of(measures: list[Measure]) -> dict[tuple[str, tuple[Scalar, ...]], None]:
    """The monotone measures in the statement but D, which has lemmas of its own; for BC, 2(1 − BC)."""
    kinds = dict.fromkeys((m.head, m.parameters) for m in measures if m.head in MONOTONE and m.head != "KL")
    if any(m.head in ("Affinity", "Hellinger") for m in measures):
        kinds["Tsallis", (Constant(HALF),)] = None
    return kinds


def kept_coordinates(
    prepared: Prepared, wide: tuple[LawExpression, LawExpression], narrow: tuple[LawExpression, LawExpression]
) -> list[Any] | None:
    """The coordinates on which the one pair of laws has the other as marginals."""
    scope = prepared.scope
    try:
        space = scope.space(law_json(wide[0]))
        parts = (kept for size in range(1, min(len(space), 9)) for kept in combinations(space, size))
        found = (k for k in parts if all(scope.marginal(law_json(a), k) == scope.mixture(law_json(b)) for a, b in zip(wide, narrow)))
        return list(next(found, ())) or None
    except Rejected:
        return None


def of_factors(measures: list[Measure]) -> Iterator[Candidate]:
    """χ² ≥ 0 between the factors of two products, and the products of two of them."""
    pairs: dict[tuple[LawExpression, LawExpression], None] = {}
    for measure in measures:
        p, q = measure.laws[0], measure.laws[-1]
        if (measure.head == "Chi2" or measure.parameters) and isinstance(p, ProductLaw) and isinstance(q, ProductLaw):
            pairs.update(dict.fromkeys((a, b) for a, b in zip(p.factors, q.factors) if a != b))
    known = [Measure("Chi2", pair) for pair in pairs][:MANY_FACTORS]
    for one in known:
        yield evident(one, "an f-divergence is never negative")
    for one, other in combinations_with_replacement(known, 2):
        fact = {"both": [scalar_json(one), scalar_json(other)]}
        yield Candidate(fact, Relation(times(one, other), ">=", ZERO), "a product of non-negative factors")


MANY_FACTORS = 3
CONVEX = ("TotalVariation", "Chi2", "Jeffreys", "JensenShannon", "Bhattacharyya")


def convex(prepared: Prepared, measures: list[Measure]) -> Iterator[Candidate]:
    """Joint convexity; of BC and Hellinger's distance in the shape of the Tsallis divergence of order 1/2."""
    for measure in measures:
        if not any(isinstance(law, Mix) for law in measure.laws) or len(measure.laws) != 2:
            continue
        p, q = measure.laws
        for head, parameters in _convex_kinds(measure):
            whole = Measure(head, (p, q), parameters)
            for rows in _rows(p, q):
                if head == "Renyi" and not _is_small(parameters) and len({a for _, a, _ in rows}) > 1:
                    continue
                parts = [[scalar_json(w), law_json(a), scalar_json(w), law_json(b)] for w, a, b in rows]
                fact = {"mixing": head, "parts": parts, "parameters": [scalar_json(each) for each in parameters]}
                left = plus(*(times(w, Measure(head, (a, b), parameters)) for w, a, b in rows if a != b))
                reason = "joint convexity of f-divergences" if head != "Renyi" else "convexity of Rényi divergences"
                yield Candidate(fact, Relation(left, ">=", whole), reason)


def dominated(prepared: Prepared, measures: list[Measure]) -> Iterator[Candidate]:
    """D_a(P‖Σ v Q) ≤ D_a(P‖Q) + log(1/v), and what that says of ∫ p^a q^(1 − a)."""
    orders = {"Chi2": Fraction(2), **dict.fromkeys(("Affinity", "Hellinger", "Bhattacharyya"), HALF)}
    for measure in measures:
        order = measure.parameters[0] if measure.head in ("Renyi", "Tsallis") else Constant(orders[measure.head]) if measure.head in orders else ONE
        mixture = measure.laws[-1]
        if not isinstance(mixture, Mix) or not isinstance(order, Constant) or order == ONE or order.value <= 0:
            continue
        for p in dict.fromkeys((measure.laws[0], *(law for m in measures for law in m.laws if not isinstance(law, Mix)))):
            for k, (v, q) in enumerate(mixture.parts):
                if not isinstance(v, Constant) or not same_space(prepared, p, q):
                    continue
                parts = [[str(int(j == k)), law_json(p), scalar_json(w), law_json(each)] for j, (w, each) in enumerate(mixture.parts)]
                fact = {"mixing": "Renyi", "parts": parts, "parameters": [str(order.value)]}
                reason = "a mixture dominates its parts"
                ends = [Measure("Renyi", (p, each), (order,)) if each != p else ZERO for each in (q, mixture)]
                yield Candidate(fact, Relation(plus(ends[0], Call("log", Constant(1 / v.value))), ">=", ends[1]), reason)
                yield _of_integrals(p, q, mixture, order.value, v.value, fact, reason)


def _of_integrals(p: LawExpression, q: LawExpression, mixture: LawExpression, a: Fraction, v: Fraction, fact: Any, reason: str) -> Candidate:
    """∫ p^a m^(1 − a) ≤ v^(1 − a) ∫ p^a q^(1 − a) for a > 1, ≥ for a < 1, by logarithms."""
    one, other = (Call("exp", times(Constant(a - 1), Measure("Renyi", (p, each), (Constant(a),)))) if each != p else ONE for each in (q, mixture))
    scale = to_power(Constant(v), 1 - a) or Pow(Constant(v), 1 - a)
    small, large = (other, times(scale, one)) if a > 1 else (times(scale, one), other)
    item = {"lemma": [scalar_json(small), "<=", scalar_json(large)], "proof": {"log": {"facts": [[str(abs(a - 1)), fact]]}}}
    return Candidate(item, Relation(large, ">=", small), reason)


def _convex_kinds(measure: Measure) -> Iterator[tuple[str, tuple[Scalar, ...]]]:
    """The measures to which the convexity of this one comes down."""
    if measure.head in CONVEX:
        yield measure.head, ()
    if measure.head == "Chi2":
        yield "Renyi", (Constant(Fraction(2)),)
    if measure.head in ("Affinity", "Hellinger", "Bhattacharyya"):
        yield "Tsallis", (Constant(HALF),)
    if measure.parameters and measure.parameters != (ONE,):
        yield "Tsallis", measure.parameters
        yield "Renyi", measure.parameters


def _is_small(parameters: tuple[Scalar, ...]) -> bool:
    return isinstance(parameters[0], Constant) and parameters[0].value <= 1


def changes(prepared: Prepared, laws: list[LawExpression], measures: list[Measure]) -> Iterator[Candidate]:
    """a D(R‖P) + (1 − a) D(R‖Q) ≥ (1 − a) D_a(P‖Q) for the orders a and the laws R of the statement."""
    orders = {"Chi2": Fraction(2), **dict.fromkeys(("Bhattacharyya", "Affinity", "Hellinger", "TotalVariation"), HALF)}
    for measure in measures if any(m.head in ("KL", "Jeffreys", "JensenShannon", "Entropy", "CrossEntropy") for m in measures) else ():
        order = orders.get(measure.head) or (
            measure.parameters[0].value if measure.parameters and isinstance(measure.parameters[0], Constant) else ONE.value
        )
        p, q = measure.laws[0], measure.laws[-1]
        for r in laws if order not in (0, 1) and p != q else ():
            if r not in (p, q) and same_space(prepared, p, r):
                fact = {"change": law_json(r), "order": str(order), "laws": [law_json(p), law_json(q)]}
                rest = Constant(1 - order)
                left = plus(times(Constant(order), Measure("KL", (r, p))), times(rest, Measure("KL", (r, q))))
                right = times(rest, Measure("Renyi", (p, q), (Constant(order),)))
                yield Candidate(fact, Relation(left, ">=", right), "Jensen's inequality for the change of measure")


def flattened(law: LawExpression) -> LawExpression:
    """A mixture of mixtures as one mixture, each law in it once."""
    if not isinstance(law, Mix) or not any(isinstance(each, Mix) for _, each in law.parts):
        return law
    weights: dict[LawExpression, Scalar] = {}
    for w, each in law.parts:
        inner = flattened(each)
        for v, part in inner.parts if isinstance(inner, Mix) else ((ONE, inner),):
            weights[part] = plus(weights[part], times(w, v)) if part in weights else times(w, v)
    return Mix(tuple((w, part) for part, w in weights.items()))


def _rows(p: LawExpression, q: LawExpression) -> Iterator[list[tuple[Scalar, LawExpression, LawExpression]]]:
    """The ways in which two laws are the same mixture of pairs of laws."""
    yield from _plain_rows(p, q)
    flat = flattened(p), flattened(q)
    if flat != (p, q):
        yield from _plain_rows(*flat)


def _plain_rows(p: LawExpression, q: LawExpression) -> Iterator[list[tuple[Scalar, LawExpression, LawExpression]]]:
    if isinstance(p, Mix) and isinstance(q, Mix) and len(p.parts) == len(q.parts):
        for order in permutations(q.parts) if len(q.parts) <= 3 else (q.parts,):
            if [w for w, _ in p.parts] == [v for v, _ in order]:
                yield [(w, a, b) for (w, a), (_, b) in zip(p.parts, order)]
    if isinstance(p, Mix):
        yield [(w, a, q) for w, a in p.parts]
    if isinstance(q, Mix):
        yield [(w, p, b) for w, b in q.parts]


def _chained(a: Measure, b: Measure, c: Measure) -> bool:
    """Whether b and c lead from one end of a to the other."""
    ends, middle = {*a.laws}, {*b.laws} & {*c.laws}
    return len(ends) == 2 and len(middle) == 1 and {*b.laws} ^ {*c.laws} == ends


def _metric(m: Measure) -> Scalar:
    """The metric that the measure is, or that its root is."""
    return Pow(m, HALF) if m.head == "JensenShannon" else m


def _squared_triangle(a: Measure, b: Measure, c: Measure) -> Iterator[Candidate]:
    """(b + c − a)(b + c + a) ≥ 0."""
    (middle,) = {*b.laws} & {*c.laws}
    p, r = sorted(a.laws, key=str)
    triangle = {"triangle": a.head, "laws": [law_json(each) for each in (p, middle, r)]}
    one, *others = map(_metric, (a, b, c))
    for each in (one, *others):
        relation = Relation(times(plus(*others, negative(one)), each), ">=", ZERO)
        yield Candidate({"both": [triangle, scalar_json(each)]}, relation, "the triangle inequality, times a distance")


def _squared_difference(a: Measure, b: Measure, c: Measure) -> Candidate:
    """a² ≥ (b − c)²: (a − b + c)(a + b − c) ≥ 0."""
    (middle,) = {*b.laws} & {*c.laws}
    over_b, over_c = ([law_json(*({*each.laws} - {middle})), law_json(middle)] for each in (b, c))
    both = [{"triangle": a.head, "laws": [over_b[0], over_c[0], over_c[1]]}, {"triangle": a.head, "laws": [over_c[0], over_b[0], over_b[1]]}]
    one, other = (plus(_metric(a), _metric(y), negative(_metric(x))) for x, y in ((b, c), (c, b)))
    relation = Relation(times(one, other), ">=", ZERO)
    return Candidate({"both": both}, relation, "the triangle inequality, twice")


def triangles(prepared: Prepared, laws: list[LawExpression], head: str) -> Iterator[Candidate]:
    for p, q, r in permutations(laws[:6], 3):
        if str(p) < str(r) and same_space(prepared, p, q) and same_space(prepared, q, r):
            fact = {"triangle": head, "laws": [law_json(each) for each in (p, q, r)]}
            a, b, c = (_metric(Measure(head, pair)) for pair in ((p, q), (q, r), (p, r)))
            reason = "the triangle inequality" if head != "JensenShannon" else "the root of JSD is a metric (Endres and Schindelin 2003)"
            yield Candidate(fact, Relation(plus(a, b), ">=", c), reason)


SIGNED = ("KL", "Jeffreys", "JensenShannon", "Chi2")


def has_products(statement: Statement) -> bool:
    """Whether a claim multiplies divergences."""

    def found(node: Scalar) -> bool:
        if isinstance(node, Plus):
            return any(map(found, node.parts))
        if isinstance(node, Times):
            return sum(isinstance(each, Measure) and each.head in SIGNED for each in node.parts) > 1 or any(map(found, node.parts))
        return isinstance(node, Pow) and isinstance(node.base, Measure) and node.base.head in SIGNED and node.exponent == 2

    return any(found(side) for r in statement.claims for side in (r.left, r.right))


def squares(statement: Statement) -> Iterator[Candidate]:
    """u² ≥ 0 for parameters and for differences of distances."""
    signed = [m for m in measures_of(statement) if m.head in SIGNED and len(m.laws) == 2][:4]
    for one, other in combinations_with_replacement(signed, 2) if has_products(statement) else ():
        relation = Relation(times(one, other), ">=", ZERO)
        yield Candidate({"both": [scalar_json(one), scalar_json(other)]}, relation, "a product of non-negative factors")
    distances = [m for m in measures_of(statement) if m.head in ("TotalVariation", "Hellinger", "JensenShannon")]
    bases: list[Scalar] = [Parameter(name) for name in parameters_of(statement)]
    bases += [plus(_metric(a), negative(_metric(b))) for a, b in combinations(distances[:4], 2)]
    for base in bases:
        yield evident(Pow(base, Fraction(2)), "a square")
    for a, b, c in permutations(distances[:3], 3):  # a² ≤ (b + c)² where a ≤ b + c
        if str(b) < str(c) and a.head == b.head == c.head and _chained(a, b, c):
            yield from _squared_triangle(a, b, c)
            yield _squared_difference(a, b, c)
