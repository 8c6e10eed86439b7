"""Claims a c ≥ k b² about f-divergences of two laws, by the Cauchy–Schwarz inequality: E_q[a] E_q[c] ≥ E_q[b]² where a(t) c(t) ≥ b(t)²."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.calculus import Function, add, generator, poly, product_of, scaled
from symkl.prove.divergence.compare import PLAIN, line_of, root_of, slope_scalar, slopes_of
from symkl.prove.divergence.facts import ONE, ZERO, Candidate
from symkl.prove.divergence.moves import looks_plausible, shortest_moves
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.terms import (
    Call,
    Constant,
    LawExpression,
    Pow,
    Relation,
    Scalar,
    Times,
    factors_of,
    negative,
    plus,
    terms_of,
    times,
    written_out,
)

__all__ = ["by_schwarz", "quadratic"]

F = Fraction
#: Weights θ of 1 + θ (t − 1), and other slopes that are tried.
WEIGHTS = tuple(F(*pair) for pair in ((1, 2), (0, 1), (1, 1), (1, 3), (2, 3)))
OTHERS = tuple(F(*pair) for pair in ((-1, 4), (-1, 2), (-1, 1), (1, 4), (1, 2), (1, 1)))
MANY_TERMS = 12
#: Choices of slopes that look right and are followed.
MOST_TRIES = 3
#: A slope over 1 and the integers whose logarithms are in it.
Slope = dict[int, Fraction]


def quadratic(relation: Relation) -> Iterator[tuple[Scalar, Scalar, Scalar, Scalar]]:
    """(a, c, b, k) with right − left = (a c − b²)/k, b a measure or a number, k > 0 a number."""
    terms = [*terms_of(relation.right), *map(negative, terms_of(relation.left))]
    for each in terms:
        factors = [f for f in factors_of(each) if not _is_number(f)]
        if len(factors) == 2 and all(not _is_product(f) for f in factors):
            rest = plus(*(other for other in terms if other is not each))
            yield from _with_square(times(*(f for f in factors_of(each) if f is not factors[1])), factors[1], rest)
    written = _written(terms)
    squares = [pair for pair in written if len(pair[1]) == 2]
    if len(squares) == 1 and len(set(squares[0][1])) == 1 and len(written) <= MANY_TERMS:
        coefficient, (b, _) = squares[0]
        k = negative(coefficient)
        if _is_positive(k):
            linear = plus(*(times(c, *factors) for c, factors in written if len(factors) < 2))
            yield linear, k, times(k, b), k


def _with_square(a: Scalar, c: Scalar, rest: Scalar) -> Iterator[tuple[Scalar, Scalar, Scalar, Scalar]]:
    """a c + rest, where the rest is −k b² or a number −k."""
    written = _written(terms_of(rest))
    if len(written) != 1:
        return
    (coefficient, factors), = written
    if isinstance(coefficient, Constant) and coefficient.value < 0 and (not factors or (len(factors) == 2 and factors[0] == factors[1])):
        k = -coefficient.value
        yield times(Constant(k), a), c, times(Constant(k), factors[0] if factors else ONE), Constant(k)


def _is_number(node: Scalar) -> bool:
    return isinstance(node, Constant) or (isinstance(node, Call) and node.function == "log" and isinstance(node.argument, Constant))


def _is_product(node: Scalar) -> bool:
    return isinstance(node, (Times, Pow, Call))


def _is_positive(node: Scalar) -> bool:
    return all((f.value > 0 if isinstance(f, Constant) else f.argument.value > 1) for f in factors_of(node))  # type: ignore[union-attr]


def _written(terms: Sequence[Scalar]) -> list[tuple[Scalar, tuple[Scalar, ...]]]:
    """The sum written out: numbers times products of measures, equal ones together."""
    found: dict[Any, list[Scalar]] = {}
    for term in terms:
        for factors in written_out(term, 2):
            numbers = times(*(f for f in factors if _is_number(f)))
            found.setdefault(tuple(sorted((f for f in factors if not _is_number(f)), key=str)), []).append(numbers)
    return [(c, key) for key, each in found.items() if (c := plus(*each)) != ZERO]


def by_schwarz(p: LawExpression, q: LawExpression, parts: tuple[Scalar, Scalar, Scalar, Scalar], relation: Relation) -> Candidate | None:
    """The claim as a fact about the laws p and q; the parts speak of P and Q."""
    *terms, k = parts
    found = _solved(tuple(terms))
    if found is None:
        return None
    slopes, root, moves = found
    fact: dict[str, Any] = {
        "schwarz": [law_json(p), law_json(q)],
        "terms": [scalar_json(each) for each in terms],
        "slopes": [scalar_json(slope_scalar(each)) for each in slopes],
        "root": root,
        "moves": moves,
    }
    fact = fact if k == ONE else {"both": [fact, scalar_json(Pow(k, F(-1)))]} if not isinstance(k, Constant) else {"both": [fact, str(1 / k.value)]}
    return Candidate(fact, Relation(relation.right, ">=", relation.left), "the Cauchy–Schwarz inequality for functions of p/q")


@lru_cache(maxsize=128)
def _solved(terms: tuple[Scalar, ...]) -> tuple[list[Slope], int, list[Any]] | None:
    """Slopes of a, c and b, the root, and the moves for a, c and a c − b² on both sides of 1."""
    try:
        vectors = [PLAIN.vector(scalar_json(each)) for each in terms]
        first, second = (PLAIN.mixture({"law": name})[0][1] for name in "PQ")
        root = root_of(*vectors)
        bare = [[generator(v, a, b, root, side) for a, b, side in ((first, second, 1), (second, first, -1))] for v in vectors]
    except Rejected:
        return None
    tries = MOST_TRIES
    for slopes in product(*(_choices(term, sides, root) for term, sides in zip(terms, bare))):
        a, c, b = ([add(*f.items(), *line_of(slope, root, sign)) for f, sign in zip(sides, (1, -1))] for slope, sides in zip(slopes, bare))
        rest = [add(*product_of(one, other).items(), *scaled(product_of(under, under), (poly(-1), poly(1))).items()) for one, other, under in zip(a, c, b)]
        if not all(map(looks_plausible, (*rest, *a, *c))):
            continue
        moves = _moves((a, c, rest))
        if moves is not None:
            return list(slopes), root, moves
        tries -= 1
        if not tries:
            break
    return None


def _moves(functions: Sequence[Sequence[Function]]) -> list[Any] | None:
    found = []
    for sides in functions:
        both: list[Any] = []
        for f in sides:
            both.append(shortest_moves(f))
            if both[-1] is None:
                return None
        found.append(both)
    return found


def _choices(term: Scalar, sides: Sequence[Function], root: int) -> list[Slope]:
    """Slopes that may serve: those of compare, for numbers n the weights θ n."""
    numeric = [n for n in (_number(term),) if n]
    if numeric:
        return [{b: w * c for b, c in numeric[0].items() if w} for w in WEIGHTS]
    known = slopes_of(sides, root)
    return known + [each for w in OTHERS if (each := {1: w}) not in known]


def _number(term: Scalar) -> Slope:
    """A rational number, or a multiple of one logarithm."""
    if not all(map(_is_number, factors_of(term))):
        return {}
    value, base = F(1), 1
    for each in factors_of(term):
        if isinstance(each, Constant):
            value *= each.value
        elif base == 1 and isinstance(each, Call) and isinstance(each.argument, Constant) and each.argument.value.denominator == 1:
            base = int(each.argument.value)
        else:
            return {}
    return {base: value}

