"""The facts a proof about laws may add up: instances of the lemmas at the laws that the statement names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise, permutations, product
from typing import Any

from symkl.prove.certificate import law_json, relation_json, scalar_json
from symkl.prove.divergence.draws import subadditive
from symkl.prove.divergence.facts import (
    HALF,
    ONE,
    ZERO,
    Candidate,
    changes,
    convex,
    dominated,
    evident,
    flattened,
    forgotten,
    of_factors,
    processed,
    same_space,
    squares,
    triangles,
)
from symkl.prove.divergence.inverses import inverse_identities
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.logarithms import calls, tangents
from symkl.prove.divergence.narrative import gibbs_steps, log_sum_steps
from symkl.prove.divergence.powers import bernoulli
from symkl.prove.divergence.prepare import Prepared, law_names, measures_of, parameters_of, sublaws
from symkl.prove.divergence.zeros import zeros
from symkl.prove.shannon.cone import basics_of, lattice
from symkl.prove.shannon.forms import Problem, collect_names
from symkl.prove.terms import (
    Call,
    Constant,
    Image,
    Information,
    LawExpression,
    LawName,
    Measure,
    Mix,
    Parameter,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
    bare,
    negative,
    plus,
    terms_of,
    times,
)

__all__ = ["Candidate", "candidates", "signed_multiples"]

#: Up to this many variables their basic inequalities are offered beside the facts about laws.
MANY_VARIABLES = 5
MANY_COORDINATES = 4
DOMINATION = "a mixture dominates its parts"


def candidates(prepared: Prepared) -> list[Candidate]:
    """All instances that may matter, each once."""
    statement = prepared.statement
    laws = _laws(statement)
    found: list[Candidate] = [*_hypotheses(statement), *zeros(statement), *_entropies(prepared)]
    for p, q in permutations(laws, 2):
        if same_space(prepared, p, q):
            found.append(replace(evident(Measure("KL", (p, q)), "Gibbs' inequality"), details=partial(gibbs_steps, p, q)))
    found += _log_sums(prepared, laws)
    found += _measures(prepared, laws)
    found += [*_information(prepared), *squares(statement), *inverse_identities(statement), *bernoulli(statement)]
    found += _evident(statement)
    return found + list(_scaled(prepared, found))


def _scaled(prepared: Prepared, known: list[Candidate]) -> Iterator[Candidate]:
    """Signs multiplied by parameters that a hypothesis makes non-negative, and strict hypotheses by logarithms that occur."""
    statement = prepared.statement
    if parameters_of(statement):
        for c in [c for c in known if c.reason == "given" and c.relation.sign == "="]:
            for name in parameters_of(statement):
                yield _multiplied(c, Parameter(name))
        signs = [c for c in known if c.reason == "given" and c.relation.sign == ">=" and _is_parametric(c.relation)]
        for c in signs:
            for each in known:
                if each.reason != "given" and ({"measure", "processing", "orders"} & {*each.fact} or each.reason == DOMINATION):
                    yield _product(c, each)
    logs = sorted({call.argument.value for call in calls(statement) if isinstance(call.argument, Constant) and call.argument.value > 1})
    yield from _squares_of_hypotheses(known)
    for c in known:
        for value in logs if c.reason == "given" and not _is_parametric(c.relation) else ():
            logarithm = Call("log", Constant(value))
            if c.relation.sign == "=":
                yield _multiplied(c, logarithm)
            else:
                yield _product(evident(logarithm, "a number"), c)


def _evident(statement: Statement) -> Iterator[Candidate]:
    """Terms of the claims that are products, powers or exponentials and evidently not negative."""
    sides = [side for relation in statement.claims for side in (relation.left, relation.right)]
    terms = [part for side in sides for part in terms_of(side)]
    for term in dict.fromkeys(map(bare, terms)):
        if isinstance(term, Pow) and term.exponent == HALF and isinstance(term.base, Pow) and term.base.exponent == 2:
            yield from _above_root(term, term.base.base)
        if isinstance(term, (Times, Pow, Call)) and evidently_nonnegative(scalar_json(term), statement.continuous):
            yield evident(term, "evidently not negative")


def _above_root(size: Scalar, u: Scalar) -> Iterator[Candidate]:
    """√u² ≥ ± u, as the squares are equal."""
    for each in (u, negative(u)):
        item = {"lemma": [scalar_json(each), "<=", scalar_json(size)], "proof": {"square": {"facts": []}}}
        yield Candidate(item, Relation(size, ">=", each), "a number is at most its absolute value")


def signed_multiples(statement: Statement, known: list[Candidate]) -> Iterator[Candidate]:
    """Facts times parameters that hypotheses make non-negative."""
    for c in _hypotheses(statement):
        if c.relation.sign == ">=" and _is_parametric(c.relation):
            yield from (_product(c, each) for each in known)
            if any(f"{name}^2" in str(claim) for claim in statement.claims for name in parameters_of(Statement((c.relation,)))):
                yield from (_product(c, _product(c, each)) for each in known)


def _multiplied(c: Candidate, factor: Scalar) -> Candidate:
    """An equality given, times anything."""
    relation = Relation(times(factor, c.relation.left), "=", times(factor, c.relation.right))
    return Candidate({**c.fact, "times": scalar_json(factor)}, relation, "given")


def _squares_of_hypotheses(known: list[Candidate]) -> Iterator[Candidate]:
    """A hypothesis about total variation, Hellinger's distance or BC times itself, and times the measure."""
    for c in known:
        if c.reason != "given" or "times" in c.fact:
            continue
        distances = [m for m in measures_of(Statement((c.relation,))) if m.head in ("TotalVariation", "Hellinger", "Affinity")]
        for measure in distances:
            if c.relation.sign == "=":
                yield _multiplied(c, measure)
            else:
                yield _product(c, c)
                yield _product(evident(measure, "never negative"), c)
                total = plus(c.relation.left, c.relation.right)  # u² ≥ v² where u ≥ v ≥ 0
                if any(isinstance(each, Pow) for each in (c.relation.left, c.relation.right)) and evidently_nonnegative(scalar_json(total)):
                    yield _product(evident(total, "never negative"), c)


def _product(a: Candidate, b: Candidate) -> Candidate:
    left, right = (plus(c.relation.left, negative(c.relation.right)) for c in (a, b))
    return Candidate({"both": [a.fact, b.fact]}, Relation(times(left, right), ">=", ZERO), "a product of non-negative factors")


def _is_parametric(relation: Relation) -> bool:
    return not measures_of(Statement((relation,))) and not _has_variables(relation)


def _has_variables(relation: Relation) -> bool:
    names: dict[str, None] = {}
    collect_names(relation.left, names)
    collect_names(relation.right, names)
    return bool(names)


def _laws(statement: Statement) -> list[LawExpression]:
    """The laws of the statement with the parts of mixtures, and the middle of every Jensen-Shannon divergence."""
    found: dict[LawExpression, None] = {}
    for measure in measures_of(statement):
        if measure.head == "KL" and len(measure.laws) == 3:
            continue
        for law in measure.laws:
            found[law] = None
            if isinstance(law, Mix):
                found.update(dict.fromkeys(sublaws(law)))
            while isinstance(law, Image):
                law = law.law
                found[law] = None
                if isinstance(law, Mix):
                    found.update(dict.fromkeys(sublaws(law)))
        if measure.head == "JensenShannon":
            found[Mix(tuple((Constant(HALF), law) for law in measure.laws))] = None
    return list(found)


def _hypotheses(statement: Statement) -> Iterator[Candidate]:
    for k, relation in enumerate(statement.given):
        if relation.sign != "!=":
            left, right = (relation.left, relation.right) if ">" in relation.sign else (relation.right, relation.left)
            yield Candidate({"hypothesis": k}, Relation(left, {"=": "="}.get(relation.sign, ">="), right), "given")


def _entropies(prepared: Prepared) -> Iterator[Candidate]:
    for measure in measures_of(prepared.statement):
        for law in measure.laws if measure.head in ("Entropy", "CrossEntropy") else ():
            names = {str(each) for each in sublaws(law)}
            if not names & prepared.statement.continuous:
                yield evident(Measure("Entropy", (law,)), "the entropy of a discrete law is never negative")


def _log_sums(prepared: Prepared, laws: list[LawExpression]) -> Iterator[Candidate]:
    laws = list(dict.fromkeys((*laws, *map(flattened, laws))))
    for p, q in product(laws, laws):
        if p == q or not (isinstance(p, Mix) or isinstance(q, Mix)) or not same_space(prepared, p, q):
            continue
        if isinstance(q, Mix):
            yield _log_sum([(w, p, w, each) for w, each in q.parts], "convexity of D in its second argument")
            for i in range(len(q.parts)):
                rows = [(ONE if j == i else ZERO, p, v, each) for j, (v, each) in enumerate(q.parts)]
                yield _log_sum(rows, DOMINATION)
        if isinstance(p, Mix):
            yield _log_sum([(w, each, w, q) for w, each in p.parts], "convexity of D in its first argument")
        if isinstance(p, Mix) and isinstance(q, Mix) and len(p.parts) == len(q.parts):
            for order in permutations(q.parts) if len(q.parts) <= 3 else (q.parts,):
                same = [w for w, _ in p.parts] == [v for v, _ in order]
                if same or all(isinstance(w, Constant) for w, _ in (*p.parts, *order)):
                    yield _log_sum(
                        [(w, a, v, b) for (w, a), (v, b) in zip(p.parts, order)], "joint convexity of D" if same else "the log-sum inequality"
                    )


def _log_sum(rows: Sequence[tuple[Scalar, LawExpression, Scalar, LawExpression]], reason: str) -> Candidate:
    parts = [[scalar_json(w), law_json(p), scalar_json(v), law_json(q)] for w, p, v, q in rows]
    fact = {"mixing": "KL", "parts": parts, "parameters": []}
    live = [(w, p, v, q) for w, p, v, q in rows if w != ZERO]
    summands: list[Scalar] = [times(w, Measure("KL", (p, q))) for w, p, _, q in live if p != q]
    summands += [times(w, _log_ratio(w, v)) for w, _, v, _ in live if w != v]
    right = Measure("KL", (_mixed([(w, p) for w, p, _, _ in live]), _mixed([(v, q) for _, _, v, q in rows])))
    return Candidate(fact, Relation(plus(*summands), ">=", right), reason, log_sum_steps)


def _mixed(parts: list[tuple[Scalar, LawExpression]]) -> LawExpression:
    laws = {each for _, each in parts}
    return parts[0][1] if len(laws) == 1 else Mix(tuple(parts))


def _log_ratio(w: Scalar, v: Scalar) -> Scalar:
    if isinstance(w, Constant) and isinstance(v, Constant):
        return Call("log", Constant(w.value / v.value))
    return plus(Call("log", w), negative(Call("log", v)))


def _measures(prepared: Prepared, laws: list[LawExpression]) -> Iterator[Candidate]:
    """Signs, processing, convexity, triangles, orders and products for the measures that occur."""
    measures = measures_of(prepared.statement)
    heads = dict.fromkeys(m.head for m in measures)
    pairs = list(dict.fromkeys((m.laws[0], m.laws[1]) for m in measures if len(m.laws) == 2))
    for measure in measures:
        if measure.head in ("TotalVariation", "Chi2", "Hellinger", "Affinity", "Bhattacharyya"):
            yield evident(measure, "an f-divergence is never negative" if measure.head != "Affinity" else "an integral of roots")
        if measure.head == "Renyi" and isinstance(measure.parameters[0], Constant) and measure.parameters[0].value > 0:
            yield evident(measure, "a Rényi divergence of positive order is never negative")
    yield from processed(prepared, measures)
    yield from forgotten(prepared, measures)
    yield from subadditive(measures)
    yield from convex(prepared, measures)
    yield from dominated(prepared, measures)
    yield from changes(prepared, laws, measures)
    yield from of_factors(measures)
    for head in ("TotalVariation", "Hellinger", "JensenShannon"):
        if head in heads:
            yield from triangles(prepared, laws if head != "JensenShannon" else [law for law in laws if not isinstance(law, Mix)], head)
    yield from _orders(measures, pairs)
    if {"TotalVariation", "Hellinger", "Affinity", "KL", "Bhattacharyya"} & set(heads):
        for p, q in {frozenset(pair): pair for pair in pairs if pair[0] != pair[1]}.values():
            if {"TotalVariation", "JensenShannon"} & set(heads):
                yield _schwarz(p, q)
    yield from tangents(prepared)


def _orders(measures: list[Measure], pairs: list[tuple[LawExpression, LawExpression]]) -> Iterator[Candidate]:
    """Rényi divergences grow with their order; orders 1/2, 1 and 2 stand behind BC, D and chi^2."""
    orders = {HALF, Fraction(1), Fraction(2)} | {
        p.value for m in measures for p in m.parameters if isinstance(p, Constant) and m.head in ("Renyi", "Tsallis") and p.value > 0
    }
    if not {m.head for m in measures} & {"Renyi", "Tsallis", "Chi2", "Affinity", "Hellinger", "Bhattacharyya", "TotalVariation"}:
        return
    ordered = sorted(orders | {1 - a for a in orders if 0 < a < 1})
    both = list(dict.fromkeys([*pairs, *((q, p) for p, q in pairs)]))
    for p, q in both:
        for a, b in pairwise(ordered):
            if p != q:
                fact = {"orders": [str(a), str(b)], "laws": [law_json(p), law_json(q)]}
                low, high = (Measure("KL", (p, q)) if c == 1 else Measure("Renyi", (p, q), (Constant(c),)) for c in (a, b))
                yield Candidate(fact, Relation(high, ">=", low), "Rényi divergences grow with their order")
        if p != q and sum(m.head in ("Renyi", "Tsallis") for m in measures) > 1:
            yield from (_three_orders(each, p, q) for each in zip(ordered, ordered[1:], ordered[2:]))


def _three_orders(orders: tuple[Fraction, Fraction, Fraction], p: LawExpression, q: LawExpression) -> Candidate:
    """(a − 1) D_a is convex in a."""
    a, b, c = orders
    u = [times(Constant(o - 1), Measure("Renyi", (p, q), (Constant(o),))) for o in orders]
    fact = {"orders": [str(o) for o in orders], "laws": [law_json(p), law_json(q)]}
    relation = Relation(plus(times(Constant(c - b), u[0]), times(Constant(b - a), u[2])), ">=", times(Constant(c - a), u[1]))
    return Candidate(fact, relation, "(a - 1) D_a is convex in the order (Hölder)")


def _schwarz(p: LawExpression, q: LawExpression) -> Candidate:
    tv, bc = Measure("TotalVariation", (p, q)), Measure("Affinity", (p, q))
    relation = Relation(ONE, ">=", plus(Pow(tv, Fraction(2)), Pow(bc, Fraction(2))))
    return Candidate({"schwarz": [law_json(p), law_json(q)]}, relation, "the Cauchy–Schwarz inequality")


def _information(prepared: Prepared) -> Iterator[Candidate]:
    """Conditional divergences of the joint laws in the statement, and informations of its variables."""
    for measure in measures_of(prepared.statement):
        if measure.head == "KL" and len(measure.laws) == 3:
            yield evident(measure, "Gibbs' inequality, averaged")
    spans: dict[str, dict[str, None]] = {}
    for law in law_names(prepared.statement):
        if law.of:
            spans.setdefault(law.name, {}).update(dict.fromkeys((*law.of, *law.given)))
    yield from _marginals(spans)
    yield from _against_joint(prepared, spans)
    yield from _conditionals(spans)
    yield from _dependence(spans)
    yield from _basics(prepared)


def _conditionals(spans: dict[str, dict[str, None]]) -> Iterator[Candidate]:
    """D(P(A|B)||Q(A|B)|P(B)) ≥ 0 for the coordinates that two joint laws share."""
    for p, q in permutations(spans, 2):
        common = [c for c in spans[p] if c in spans[q]][:MANY_COORDINATES]
        for part in _parts(common):
            for inside in _parts([c for c in common if c not in part]):
                a, b = tuple(sorted(part)), tuple(sorted(inside))
                yield evident(Measure("KL", (LawName(p, a, b), LawName(q, a, b), LawName(p, b))), "Gibbs' inequality, averaged")


def _parts(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (part for size in range(1, len(names) + 1) for part in combinations(names, size))


def _dependence(spans: dict[str, dict[str, None]]) -> Iterator[Candidate]:
    """I(A; B|C) ≥ 0 of two coordinates of each joint law, as a divergence from conditional independence."""
    for p, span in spans.items():
        for a, b in combinations(sorted(span)[:MANY_COORDINATES], 2):
            for c in ((), *_parts([n for n in sorted(span)[:MANY_COORDINATES] if n not in (a, b)])):
                apart = ProductLaw((LawName(p, (a,), c), LawName(p, (b,), c)))
                laws = (LawName(p, (a, b), c), apart, *((LawName(p, c),) if c else ()))
                yield evident(Measure("KL", laws), "mutual information is never negative")


def _against_joint(prepared: Prepared, spans: dict[str, dict[str, None]]) -> Iterator[Candidate]:
    """For a product R(X) × Q(Z) and a joint law P: the divergence of Q(Z) from P(Z|X), averaged over R(X)."""
    products = dict.fromkeys(law for m in measures_of(prepared.statement) for law in m.laws if isinstance(law, ProductLaw))
    for whole in products:
        factors = [f for f in whole.factors if isinstance(f, LawName) and f.of and not f.given]
        if len(factors) != len(whole.factors):
            continue
        for f in factors:
            others = tuple(g for g in factors if g is not f)
            inside = tuple(c for g in others for c in g.of)
            for name, span in spans.items():
                if set(f.of) | set(inside) <= set(span):
                    under = others[0] if len(others) == 1 else ProductLaw(others)
                    yield evident(Measure("KL", (f, LawName(name, f.of, inside), under)), "Gibbs' inequality, averaged")


def _marginals(spans: dict[str, dict[str, None]]) -> Iterator[Candidate]:
    """Divergences between the marginals of two joint laws on the coordinates that both have."""
    for p, q in permutations(spans, 2):
        common = [c for c in spans[p] if c in spans[q]][:MANY_COORDINATES]
        for size in range(1, len(common) + 1):
            for part in combinations(common, size):
                yield evident(Measure("KL", (LawName(p, part), LawName(q, part))), "Gibbs' inequality")


def _basics(prepared: Prepared) -> Iterator[Candidate]:
    """The basic inequalities between the variables, few as they are beside laws."""
    names: dict[str, None] = {}
    for relation in (*prepared.statement.claims, *prepared.statement.given):
        collect_names(relation.left, names)
        collect_names(relation.right, names)
    joint = prepared.document["joint"]
    names.update(dict.fromkeys(n for law in law_names(prepared.statement) if law.name == joint for n in (*law.of, *law.given)))
    listed = tuple(names)
    if not 0 < len(listed) <= MANY_VARIABLES:
        return
    problem = Problem(listed, (), (), sum(1 << i for i, name in enumerate(listed) if name in prepared.statement.continuous))
    for basic in basics_of(lattice(1 << i for i in range(len(listed))) or [], problem.continuous):
        a, b, c = (problem.group(mask) for mask in (basic.a, basic.b, basic.c))
        term = Information((tuple(a), tuple(b)) if b else (tuple(a),), tuple(c))
        reason = "conditional mutual information is never negative" if b else "the entropy of a discrete variable is never negative"
        yield evident(term, reason)


def relation_data(relation: Relation) -> dict[str, Any]:
    return relation_json(relation)
