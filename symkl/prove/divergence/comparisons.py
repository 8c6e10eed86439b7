"""Comparisons of f-divergences of two laws, for the pairs of laws of a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.compare import settled
from symkl.prove.divergence.facts import ONE, Candidate, same_space
from symkl.prove.divergence.library import library
from symkl.prove.divergence.prepare import Prepared, mapped, measures_of, sublaws
from symkl.prove.divergence.products import by_schwarz, quadratic
from symkl.prove.divergence.quantities import atoms_of
from symkl.prove.divergence.shapes import linearised
from symkl.prove.divergence.supports import supporting_lines
from symkl.prove.divergence.vectors import Rejected, Vector, combine
from symkl.prove.terms import Constant, LawExpression, LawName, Measure, Mix, Pow, Relation, Scalar, Statement, negative, plus, times

__all__ = ["abstract", "comparisons"]

Value = Callable[[Candidate], Vector | None]
TWO = Fraction(2)
#: Multiples of BC whose square is set against a strict claim.
SHARES = (Fraction(1, 2), Fraction(1, 10))


def comparisons(prepared: Prepared, relation: Relation, difference: Vector, value: Value) -> list[tuple[Candidate, Vector]]:
    """Facts for right − left = `difference`: the claim itself as one comparison, or known ones between the measures that occur."""
    found: list[Candidate] = []
    atoms = _atoms_of_all(prepared)
    plain = replace(relation, left=linearised(relation.left), right=linearised(relation.right))
    for p, q in _pairs(prepared):
        direct = _direct(prepared, relation, difference, p, q)
        if direct is None and plain != relation:
            right, left = (prepared.scope.vector(scalar_json(side)) for side in (plain.right, plain.left))
            lower = _direct(prepared, plain, combine((1, right), (-1, left)), p, q)
            found += [lower] if lower else []
        found += [each] if direct is None and (each := _by_schwarz(prepared, relation, p, q)) is not None else []
        found += [*_by_lines(prepared, relation, p, q), *_above_overlap(prepared, relation, p, q)]
        if direct is not None:
            found.append(direct)
            if not prepared.statement.given:
                break
        found += library(p, q, partial(_concerned, prepared, atoms))
    usable = [(each, vector) for each in found if (vector := value(each)) is not None]
    return usable if len(found) == 1 else usable + _products(usable, value)


def _atoms_of_all(prepared: Prepared) -> set[Any]:
    """What the claims and the hypotheses are made of."""
    sides = [each[side] for part in ("claims", "given") for each in prepared.document[part] for side in ("left", "right")]
    return {name for side in sides for name in atoms_of(prepared.scope.vector(side))}


def _concerned(prepared: Prepared, atoms: set[Any], measure: Scalar) -> bool:
    """Whether the claims or the hypotheses speak of the measure, or of all that it is made of."""
    return atoms >= atoms_of(prepared.scope.vector(scalar_json(measure)))


def _pairs(prepared: Prepared) -> list[tuple[LawExpression, LawExpression]]:
    """The unordered pairs of laws that stand together in a measure, and of unmixed laws within mixtures."""
    found: dict[frozenset[LawExpression], tuple[LawExpression, LawExpression]] = {}
    inside: dict[frozenset[LawExpression], tuple[LawExpression, LawExpression]] = {}
    for measure in measures_of(prepared.statement):
        laws = list(dict.fromkeys(each for law in measure.laws[:2] for each in sublaws(law) if not isinstance(each, Mix)))
        inside |= {frozenset(pair): pair for pair in combinations([each for each in laws if not (isinstance(each, LawName) and each.given)], 2)}
        if len(measure.laws) == 2 and measure.laws[0] != measure.laws[1]:
            found.setdefault(frozenset(measure.laws), (measure.laws[0], measure.laws[1]))
    return [pair for pair in (found | {key: found.get(key, pair) for key, pair in inside.items()}).values() if same_space(prepared, *pair)]


def _direct(prepared: Prepared, relation: Relation, difference: Vector, p: LawExpression, q: LawExpression) -> Candidate | None:
    """The whole claim as one comparison: linear in f-divergences of two laws, minus a multiple of TV²."""
    squares = [(key, c) for key, c in difference.items() if any(name[0] == "TV" and e == 2 for name, e in key)]
    if len(squares) > 1 or (squares and (squares[0][1] > 0 or len(squares[0][0]) > 1)):
        return None
    square = -squares[0][1] if squares else Fraction(0)
    right, left = (abstract(prepared, _without_others(difference, side, p, q), p, q) for side in (relation.right, relation.left))
    if right is None or left is None:
        return None
    terms: list[tuple[Fraction, Scalar]] = [(Fraction(1), right), (Fraction(-1), left)]
    if square:
        terms.append((square, Pow(Measure("TotalVariation", (LawName("P"), LawName("Q"))), TWO)))
    relation = Relation(plus(relation.right, negative(relation.left)), ">=", Constant(Fraction(0)))
    return settled(p, q, terms, square, relation)


def _without_others(difference: Vector, side: Scalar, p: LawExpression, q: LawExpression) -> Scalar:
    """The side with q in the place of laws that the difference does not speak of: what it says is the same for any of these."""
    seen = repr(sorted(map(repr, atoms_of(difference))))

    def changed(law: LawExpression) -> LawExpression:
        if isinstance(law, LawName):
            return q if law not in (p, q) and not law.of and f"'{law.name}'" not in seen else law
        if isinstance(law, Mix):
            return Mix(tuple((w, changed(each)) for w, each in law.parts))
        return law

    return mapped(side, changed)


def _by_lines(prepared: Prepared, relation: Relation, p: LawExpression, q: LawExpression) -> Iterator[Candidate]:
    """The claim as a hypothesis times a number and one comparison."""
    claim = abstract(prepared, plus(relation.right, negative(relation.left)), p, q)
    given = []
    for each in prepared.statement.given:
        for sign in ("<=", ">=") if each.sign == "=" else (each.sign,):
            large, small = (each.right, each.left) if "<" in sign else (each.left, each.right)
            about = abstract(prepared, plus(large, negative(small)), p, q) if sign != "!=" else None
            given += [about] if about is not None and measures_of(Statement((each,))) else []

    def placed(law: LawExpression) -> LawExpression:
        return Mix(tuple((w, placed(each)) for w, each in law.parts)) if isinstance(law, Mix) else p if law == LawName("P") else q

    if claim is not None and given and relation.sign in ("<=", "<"):
        yield from supporting_lines(claim, given, p, q, lambda node: mapped(node, placed))


def _by_schwarz(prepared: Prepared, relation: Relation, p: LawExpression, q: LawExpression) -> Candidate | None:
    """The whole claim as one use of the Cauchy–Schwarz inequality."""
    for parts in quadratic(relation):
        a, c, b, k = (abstract(prepared, each, p, q) for each in parts)
        if a is not None and c is not None and b is not None and k is not None:
            found = by_schwarz(p, q, (a, c, b, k), relation)
            if found is not None:
                return found
    return None


def _above_overlap(prepared: Prepared, relation: Relation, p: LawExpression, q: LawExpression) -> Iterator[Candidate]:
    """right − left ≥ k BC² for a strict claim where BC > 0 is given."""
    zero, overlap = Constant(Fraction(0)), {Measure("Affinity", (p, q)), Measure("Affinity", (q, p))}
    strict = any(each.sign in "<>" and (each.left in overlap or each.right in overlap) for each in prepared.statement.given)
    claim = abstract(prepared, plus(relation.right, negative(relation.left)), p, q) if strict and relation.sign == "<" else None
    for k in SHARES if claim is not None else ():
        small = times(Constant(k), Measure("Affinity", (LawName("P"), LawName("Q"))))
        relation_ = Relation(plus(relation.right, negative(relation.left), negative(Pow(times(Constant(k), Measure("Affinity", (p, q))), TWO))), ">=", zero)
        found = by_schwarz(p, q, (claim, ONE, small, ONE), relation_)  # type: ignore[arg-type]
        if found is not None:
            yield replace(found, relation=relation_)
            return


def abstract(prepared: Prepared, node: Scalar, p: LawExpression, q: LawExpression) -> Scalar | None:
    """The expression with P and Q in the place of the laws p and q, or None if it speaks of others."""

    def renamed(law: LawExpression) -> LawExpression:
        for each, name in ((p, "P"), (q, "Q")):
            if prepared.scope.mixture(law_json(law)) == prepared.scope.mixture(law_json(each)):
                return LawName(name)
        if not isinstance(law, Mix):
            raise Rejected("another law")
        return Mix(tuple((w, renamed(each)) for w, each in law.parts))

    try:
        return mapped(node, renamed)
    except Rejected:
        return None


def _products(known: list[tuple[Candidate, Vector]], value: Value) -> list[tuple[Candidate, Vector]]:
    """Products of two simple facts about TV and BC, such as (1 − TV)² ≥ 0."""
    zero = Constant(Fraction(0))
    simple = [each for each, vector in known if len(vector) == 2 and () in vector]
    found = []
    for i, a in enumerate(simple):
        for b in simple[i:]:
            left = times(plus(a.relation.left, negative(a.relation.right)), plus(b.relation.left, negative(b.relation.right)))
            candidate = Candidate({"both": [a.fact, b.fact]}, Relation(left, ">=", zero), "a product of non-negative factors")
            vector = value(candidate)
            if vector is not None:
                found.append((candidate, vector))
    for a in simple:
        for head in dict.fromkeys(m.head for m in _atoms(a)):
            measure = next(m for m in _atoms(a) if m.head == head)
            own = Candidate(scalar_json(measure), Relation(measure, ">=", zero), "never negative")
            left = times(measure, plus(a.relation.left, negative(a.relation.right)))
            candidate = Candidate({"both": [own.fact, a.fact]}, Relation(left, ">=", zero), "a product of non-negative factors")
            vector = value(candidate)
            if vector is not None:
                found.append((candidate, vector))
    return found


def _atoms(candidate: Candidate) -> list[Measure]:
    return measures_of(Statement((candidate.relation,)))
