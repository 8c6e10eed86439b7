"""Polynomials in parameters: squares that complete them, and these times what is known of measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import ZERO, Candidate, evident
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.prepare import Prepared, measures_of, parameters_of
from symkl.prove.divergence.sums import Fact
from symkl.prove.divergence.vectors import Vector, combine, multiply
from symkl.prove.shannon.forms import collect_names
from symkl.prove.terms import Constant, Parameter, Pow, Relation, Scalar, Statement, factors_of, negative, plus, terms_of, times

__all__ = ["polynomial_facts"]

F = Fraction
#: A polynomial by its monomials, the parameters of each in order, with repetitions.
Poly = dict[tuple[str, ...], Fraction]
MOST_PARAMETERS = 4
#: So many squares and products of hypotheses are multiplied by so many facts.
MOST_FACTORS, MOST_FACTS = 8, 60
#: Denominators of the free entry of the matrix of a quartic, and steps of the search for it.
DENOMINATORS, STEPS = (1, 2, 3, 4, 6, 8, 12, 60), 80


def polynomial_facts(prepared: Prepared, difference: Vector, facts: Sequence[Fact]) -> list[Fact]:
    """Squares of polynomials in parameters, products of two hypotheses about these, and both times the facts about measures."""
    names = [name for name in parameters_of(prepared.statement) if name not in prepared.scope.numbers]
    if not 0 < len(names) <= MOST_PARAMETERS:
        return []
    coefficients = _coefficients(difference)
    squares: dict[Scalar, None] = {}
    for q in coefficients.values():
        for each in (q, *_reduced(prepared, q)):
            squares.update(dict.fromkeys(_squares(each)))
    for a, b in combinations(names, 2):
        squares |= {_linear({(a,): F(1), (b,): F(s)}): None for s in (-1, 1)}
    found = [_fact(prepared, evident(Pow(each, F(2)), "a square")) for each in squares]
    found += [_times(*pair) for pair in combinations_with_replacement(_parametric_hypotheses(facts), 2)]
    if any(rest and any(each) for rest, q in coefficients.items() for each in q):
        own = [_fact(prepared, evident(each, "never negative")) for each in _without_parameters(prepared.statement)]
        plain = own + [each for each in facts if not _given(each[0]) and not _is_parametric(each[0].relation)]
        found += [_times(factor, each) for factor in found[:MOST_FACTORS] for each in plain[:MOST_FACTS]]
    return found


def _without_parameters(statement: Statement) -> list[Scalar]:
    """What is multiplied by parameters in the claims, where it is evidently not negative."""
    found: dict[Scalar, None] = {}
    for side in (side for relation in statement.claims for side in (relation.left, relation.right)):
        for term in terms_of(side):
            rest = [each for each in factors_of(term) if not _is_parametric(Relation(each, ">=", ZERO))]
            if rest and evidently_nonnegative(scalar_json(times(*rest)), statement.continuous):
                found[times(*rest)] = None
    return list(found)


def _coefficients(vector: Vector) -> dict[Any, Poly]:
    """The polynomial beside every monomial in what is no parameter; none where a parameter has another power."""
    found: dict[Any, Poly] = {}
    for key, c in vector.items():
        powers = [(name[1], e) for name, e in key if name[0] == "parameter"]
        if all(e.denominator == 1 and 0 < e <= 4 for _, e in powers):
            monomial = tuple(sorted(n for n, e in powers for _ in range(int(e))))
            found.setdefault(tuple(each for each in key if each[0][0] != "parameter"), {})[monomial] = c
    return found


def _reduced(prepared: Prepared, q: Poly) -> Iterator[Poly]:
    """The polynomial with a parameter that a linear equality gives put in."""
    for each in prepared.document["given"]:
        if each["sign"] != "=":
            continue
        said = _coefficients(combine((1, prepared.scope.vector(each["left"])), (-1, prepared.scope.vector(each["right"]))))
        linear = said.get((), {})
        name = next((key[0] for key in sorted(linear) if len(key) == 1), None)
        if {*said} == {()} and name is not None and all(len(key) < 2 for key in linear):
            instead = {key: -c / linear[(name,)] for key, c in linear.items() if key != (name,)}
            total: Poly = {}
            for key, c in q.items():
                term: Poly = {(): c}
                for factor in key:
                    term = _product(term, instead if factor == name else {(factor,): F(1)})
                total = _sum(total, term)
            yield total


def _product(a: Poly, b: Poly) -> Poly:
    total: Poly = {}
    for k, c in a.items():
        total = _sum(total, {tuple(sorted((*k, *n))): c * d for n, d in b.items()})
    return total


def _sum(a: Poly, b: Poly) -> Poly:
    return {key: c for key in {**a, **b} if (c := a.get(key, F(0)) + b.get(key, F(0)))}


def _squares(q: Poly) -> Iterator[Scalar]:
    """What stands in the squares: of a quadratic polynomial, completed; of a quartic one in one parameter, by its matrix."""
    degree, names = max(map(len, q), default=0), sorted({name for key in q for name in key})
    if degree == 4 and len(names) == 1:
        first = q[(names[0],) * 4]
        yield from _of_quartic(names[0], [q.get((names[0],) * k, F(0)) / first for k in range(5)])
    rest = {key: c for key, c in q.items() if len(key) <= 2}
    for name in names if degree <= 2 else ():
        a = rest.get((name, name))
        if a:
            root = {tuple(n for n in key if n != name): c / (2 * a) for key, c in rest.items() if key.count(name) == 1} | {(name,): F(1)}
            yield _linear(root)
            rest = _sum(rest, {key: -a * c for key, c in _product(root, root).items()})


def _of_quartic(name: str, c: Sequence[Fraction]) -> Iterator[Scalar]:
    """The squares of (1, t, t²) M (1, t, t²)ᵀ: its one free entry, where the least of the minors is largest, is tried as simple fractions."""

    def matrix(a: Any) -> list[list[Any]]:
        return [[c[0], c[1] / 2, a], [c[1] / 2, c[2] - 2 * a, c[3] / 2], [a, c[3] / 2, c[4]]]

    low, high = F(-64), F(64)
    for _ in range(STEPS):
        one, other = (2 * low + high) / 3, (low + 2 * high) / 3
        low, high = (low, other) if _depth(matrix(one)) > _depth(matrix(other)) else (one, high)
        low, high = low.limit_denominator(10**12), high.limit_denominator(10**12)
    for denominator in DENOMINATORS:
        rows = _roots(matrix(F(round(low * denominator), denominator)))
        if rows is not None:
            yield from (_linear({(name,) * k: x for k, x in enumerate(row) if x}) for row in rows)
            return


def _depth(m: list[list[Any]]) -> float:
    """The least eigenvalue of a symmetric matrix of three rows."""
    from mpmath import mp

    return float(min(mp.eigsy(mp.matrix([[float(x) for x in row] for row in m]), eigvals_only=True)))


def _roots(m: list[list[Fraction]]) -> list[list[Fraction]] | None:
    """Rows r with M = Σ d r rᵀ, d > 0; None where M has a negative direction."""
    rows, m = [], [list(row) for row in m]
    for k in range(len(m)):
        if m[k][k] < 0 or (not m[k][k] and any(m[k])):
            return None
        if m[k][k]:
            row = [x / m[k][k] for x in m[k]]
            rows.append(row)
            m = [[x - m[k][k] * row[i] * row[j] for j, x in enumerate(line)] for i, line in enumerate(m)]
    return rows


def _linear(q: Poly) -> Scalar:
    return plus(*(times(Constant(c), *(Parameter(n) if key.count(n) == 1 else Pow(Parameter(n), F(key.count(n))) for n in dict.fromkeys(key))) for key, c in sorted(q.items(), reverse=True)))


def _parametric_hypotheses(facts: Sequence[Fact]) -> list[Fact]:
    return [each for each in facts if {*each[0].fact} == {"hypothesis"} and each[0].relation.sign != "=" and _is_parametric(each[0].relation)][:MOST_PARAMETERS]


def _is_parametric(relation: Relation) -> bool:
    names: dict[str, None] = {}
    for side in (relation.left, relation.right):
        collect_names(side, names)
    return not names and not measures_of(Statement((relation,)))


def _given(candidate: Candidate) -> bool:
    """Whether a hypothesis stands behind it, which may not be multiplied."""
    return "hypothesis" in str(candidate.fact)


def _fact(prepared: Prepared, candidate: Candidate) -> Fact:
    return candidate, prepared.scope.vector(scalar_json(candidate.relation.left))


def _times(a: Fact, b: Fact) -> Fact:
    left, right = (plus(each.relation.left, negative(each.relation.right)) for each, _ in (a, b))
    inside = [part for each, _ in (a, b) for part in (each.fact["both"] if {*each.fact} == {"both"} else [each.fact])]
    return Candidate({"both": inside}, Relation(times(left, right), ">=", ZERO), "a product of non-negative factors"), multiply(a[1], b[1])
