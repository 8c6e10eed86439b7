"""One comparison of f-divergences of two laws: the function of p/q whose sign is wanted, with its slope and its moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from math import lcm
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.calculus import Function, Poly, add, at, derivative, generator, padd, pmul, poly
from symkl.prove.divergence.facts import Candidate
from symkl.prove.divergence.moves import shortest_moves
from symkl.prove.divergence.narrative import comparison_steps
from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import Rejected, Vector, combine
from symkl.prove.terms import Call, Constant, LawExpression, Relation, Scalar, plus, times

__all__ = ["PLAIN", "line_of", "root_of", "settled", "slope_scalar", "slopes_of"]

WEIGHTS = tuple(Fraction(*pair) for pair in ((1, 3), (2, 3), (1, 2), (0, 1), (1, 1), (1, 4), (3, 4)))
#: Where the laws P and Q are any two.
PLAIN = Scope({"claims": [], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}})


def settled(
    p: LawExpression, q: LawExpression, terms: Sequence[tuple[Fraction, Scalar]], square: Fraction, relation: Relation, slopes: tuple[Fraction, ...] = ()
) -> Candidate | None:
    """The terms, which speak of P and Q, minus square·TV² ≥ 0, as a fact about the laws p and q; None if it is not seen. `slopes` are tried first."""
    try:
        first, second = (PLAIN.mixture({"law": name})[0][1] for name in "PQ")
        vector = combine(*((c, PLAIN.vector(scalar_json(term))) for c, term in terms))
        root = root_of(vector)
        sides = [generator(vector, a, b, root, side) for a, b, side in ((first, second, 1), (second, first, -1))]
    except Rejected:
        return None
    solved = _solved(tuple(_hashable(side) for side in sides), square, root, slopes)
    if solved is None:
        return None
    weight, slope, moves, functions = solved
    fact = {
        "comparison": [law_json(p), law_json(q)],
        "term": {"sum": [{"product": [str(c), scalar_json(term)]} for c, term in terms]},
        "square": str(square),
        "weight": str(weight),
        "slope": scalar_json(slope),
        "root": root,
        "moves": [list(side) for side in moves],
    }
    return Candidate(fact, relation, _why(square, weight), partial(comparison_steps, *functions, root, square, weight, moves))


def _why(square: Fraction, weight: Fraction) -> str:
    return "by Cauchy–Schwarz and the sign of f" if square else "by the sign of f"


def root_of(*vectors: Vector) -> int:
    """The root of p/q of which all in the vectors are functions without roots."""
    orders = [name[1].denominator for vector in vectors for key in vector for name, _ in key if name[0] == "A"]
    return lcm(1, *orders)


def _hashable(f: Function) -> tuple[Any, ...]:
    return tuple(sorted(f.items()))


@lru_cache(maxsize=256)
def _solved(
    sides: tuple[Any, ...], square: Fraction, root: int, slopes: tuple[Fraction, ...] = ()
) -> tuple[Fraction, Scalar, tuple[list[Any], list[Any]], tuple[Function, Function]] | None:
    """The weight, the slope, the moves on both sides of 1, and the functions there."""
    minus = poly(-1, *[0] * (root - 1), 1)
    for weight in dict.fromkeys((*_matched(sides[0], root), *WEIGHTS)) if square else (Fraction(0),):
        bare = []
        for side, theta in zip(sides, (weight, 1 - weight)):
            w = padd(poly(1 - theta), poly(*[0] * root, theta))
            bare.append(add(*side, (poly(), (pmul(pmul(minus, minus), poly(-square / 4)), w))))
        for slope in [*({1: k} for k in slopes), *slopes_of(bare, root)]:
            tilted = [add(*f.items(), *line_of(slope, root, sign)) for f, sign in zip(bare, (1, -1))]
            moves = []
            for f in tilted:
                found = shortest_moves(f)
                if found is None:
                    break
                moves.append(found)
            if len(moves) == 2:
                return weight, slope_scalar(slope), (moves[0], moves[1]), (tilted[0], tilted[1])
    return None


def _matched(side: Any, root: int) -> list[Fraction]:
    """The weight −f'''/(3 f'') at t = 1, with which (t − 1)²/w agrees with f to the third order; t = s^root."""
    f, derivatives = dict(side), []
    for _ in range(3):
        f = derivative(f)
        value = _value_at(f, 1)
        if value is None or set(value) - {1}:
            return []
        derivatives.append(value.get(1, Fraction(0)))
    first = derivatives[0] / root
    second = (derivatives[1] - root * (root - 1) * first) / root**2
    third = (derivatives[2] - 3 * root**2 * (root - 1) * second - root * (root - 1) * (root - 2) * first) / root**3
    return [-third / (3 * second)] if second and 0 <= -third / (3 * second) <= 1 else []


def line_of(slope: dict[int, Fraction], root: int, sign: int) -> Iterator[tuple[Poly, tuple[Poly, Poly]]]:
    """slope · (t − 1), on the side of 1 that the sign says."""
    minus = poly(-1, *[0] * (root - 1), 1)
    for base, c in slope.items():
        yield (poly() if base == 1 else poly(base)), (pmul(minus, poly(sign * c)), poly(1))


def slope_scalar(slope: dict[int, Fraction]) -> Scalar:
    return plus(*(times(Constant(c), Call("log", Constant(Fraction(b)))) if b > 1 else Constant(c) for b, c in sorted(slope.items())))


def slopes_of(sides: Sequence[Function], root: int) -> list[dict[int, Fraction]]:
    """Slopes k that may serve: those that make an end point or the derivative at 1 vanish, their mean, and zero."""
    found: list[dict[int, Fraction]] = []
    ends = [_value_at(derivative(f), 1) for f in sides]
    tangents = [{b: s * c / root for b, c in end.items()} for end, s in zip(ends, (-1, 1)) if end is not None]
    if len(tangents) == 2:
        found.append({b: (tangents[0].get(b, Fraction(0)) + tangents[1].get(b, Fraction(0))) / 2 for b in (*tangents[0], *tangents[1])})
    found += tangents
    for f, s in zip(sides, (1, -1)):
        start = _value_at(f, 0)
        if start is not None:
            found.append({b: s * c for b, c in start.items()})
    found.append({})
    unique: list[dict[int, Fraction]] = []
    for each in found:
        tidy = {b: c for b, c in sorted(each.items()) if c}
        if tidy not in unique:
            unique.append(tidy)
    return unique


def _value_at(f: Function, end: int) -> dict[int, Fraction] | None:
    """The limit at 0 or 1 as a number over logarithms, or None."""
    value: dict[int, Fraction] = {}
    x = Fraction(end)
    for key, (n, d) in f.items():
        if at(d, x) == 0:
            return None
        r = at(n, x) / at(d, x)
        g = at(key, x) if key else Fraction(1)
        if key and g <= 0:
            if r:
                return None
            continue
        for base, c in ((1, r),) if not key else ((g.numerator, r), (g.denominator, -r)):
            if not key or base > 1:
                value[base] = value.get(base, Fraction(0)) + c
    return {b: c for b, c in value.items() if c}
