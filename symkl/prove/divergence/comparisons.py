"""Comparisons of f-divergences of two laws: the function whose sign is wanted, and the moves that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import lcm, log
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.checker.calculus import (
    Function,
    Poly,
    add,
    at,
    composed,
    derivative,
    generator,
    limit,
    nonnegative,
    padd,
    pmul,
    poly,
    positive,
    scaled,
)
from symkl.prove.checker.terms import Scope
from symkl.prove.checker.values import Rejected, Vector, combine
from symkl.prove.divergence.candidates import Candidate
from symkl.prove.divergence.narrative import comparison_steps
from symkl.prove.divergence.facts import same_space
from symkl.prove.divergence.prepare import Prepared, mapped, measures_of, sublaws
from symkl.prove.terms import Call, Constant, LawExpression, LawName, Measure, Mix, Pow, Relation, Scalar, Statement, negative, plus, times

__all__ = ["comparisons", "shortest_moves"]

Value = Callable[[Candidate], Vector | None]
DEPTH = 7
SAMPLES = tuple(k / 37 for k in range(1, 37)) + (1e-6, 1e-3, 0.999)
WEIGHTS = tuple(Fraction(*pair) for pair in ((1, 3), (2, 3), (1, 2), (0, 1), (1, 1), (1, 4), (3, 4)))
HALF, TWO = Fraction(1, 2), Fraction(2)
#: Where the laws P and Q are any two.
PLAIN = Scope({"claims": [], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}})


def comparisons(prepared: Prepared, relation: Relation, difference: Vector, value: Value) -> list[tuple[Candidate, Vector]]:
    """Facts for right − left = `difference`: the claim itself as one comparison, or known ones between the measures that occur."""
    found: list[Candidate] = []
    for p, q in _pairs(prepared):
        direct = _direct(prepared, relation, difference, p, q)
        if direct is not None:
            found.append(direct)
            if not prepared.statement.given:
                break
        found += _library(p, q)
    usable = [(each, vector) for each in found if (vector := value(each)) is not None]
    return usable if len(found) == 1 else usable + _products(usable, value)


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
    right, left = (_abstract(prepared, side, p, q) for side in (relation.right, relation.left))
    if right is None or left is None:
        return None
    terms: list[tuple[Fraction, Scalar]] = [(Fraction(1), right), (Fraction(-1), left)]
    if square:
        terms.append((square, Pow(Measure("TotalVariation", (LawName("P"), LawName("Q"))), TWO)))
    relation = Relation(plus(relation.right, negative(relation.left)), ">=", Constant(Fraction(0)))
    return _settled(p, q, terms, square, relation)


def _abstract(prepared: Prepared, node: Scalar, p: LawExpression, q: LawExpression) -> Scalar | None:
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


def _settled(p: LawExpression, q: LawExpression, terms: Sequence[tuple[Fraction, Scalar]], square: Fraction, relation: Relation) -> Candidate | None:
    try:
        first, second = (PLAIN.mixture({"law": name})[0][1] for name in "PQ")
        vector = combine(*((c, PLAIN.vector(scalar_json(term))) for c, term in terms))
        root = _root(vector)
        sides = [generator(vector, a, b, root, side) for a, b, side in ((first, second, 1), (second, first, -1))]
    except Rejected:
        return None
    solved = _solved(tuple(_hashable(side) for side in sides), square, root)
    if solved is None:
        return None
    weight, slope, moves, functions = solved
    fact = {
        "comparison": [law_json(p), law_json(q)],
        "terms": [[str(c), scalar_json(term)] for c, term in terms],
        "square": str(square),
        "weight": str(weight),
        "slope": scalar_json(slope),
        "root": root,
        "moves": [list(side) for side in moves],
    }
    return Candidate(fact, relation, _why(square, weight), comparison_steps(*functions, root, square, weight, moves))


def _why(square: Fraction, weight: Fraction) -> str:
    return "by Cauchy–Schwarz and the sign of f" if square else "by the sign of f"


def _root(vector: Vector) -> int:
    orders = [name[1].denominator for key in vector for name, _ in key if name[0] == "A"]
    return lcm(1, *orders)


def _hashable(f: Function) -> tuple[Any, ...]:
    return tuple(sorted(f.items()))


@lru_cache(maxsize=256)
def _solved(
    sides: tuple[Any, ...], square: Fraction, root: int
) -> tuple[Fraction, Scalar, tuple[list[Any], list[Any]], tuple[Function, Function]] | None:
    """The weight, the slope, the moves on both sides of 1, and the functions there."""
    minus = poly(-1, *[0] * (root - 1), 1)
    for weight in WEIGHTS if square else (Fraction(0),):
        bare = []
        for side, theta in zip(sides, (weight, 1 - weight)):
            w = padd(poly(1 - theta), poly(*[0] * root, theta))
            bare.append(add(*side, (poly(), (pmul(pmul(minus, minus), poly(-square / 4)), w))))
        for slope in _slopes(bare, root):
            tilted = [add(*f.items(), *_line(slope, minus, sign)) for f, sign in zip(bare, (1, -1))]
            moves = []
            for f in tilted:
                found = shortest_moves(f)
                if found is None:
                    break
                moves.append(found)
            if len(moves) == 2:
                return weight, _slope_scalar(slope), (moves[0], moves[1]), (tilted[0], tilted[1])
    return None


def _line(slope: dict[int, Fraction], minus: Poly, sign: int) -> Iterator[tuple[Poly, tuple[Poly, Poly]]]:
    for base, c in slope.items():
        yield (poly() if base == 1 else poly(base)), (pmul(minus, poly(sign * c)), poly(1))


def _slope_scalar(slope: dict[int, Fraction]) -> Scalar:
    return plus(*(times(Constant(c), Call("log", Constant(Fraction(b)))) if b > 1 else Constant(c) for b, c in sorted(slope.items())))


def _slopes(sides: Sequence[Function], root: int) -> list[dict[int, Fraction]]:
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


def shortest_moves(f: Function, splits: bool = True) -> list[Any] | None:
    """The fewest moves found that show f ≥ 0 on (0, 1)."""
    for depth in range(DEPTH + 1):
        found = _moves(f, depth)
        if found is not None:
            return found
    return _split_moves(f) if splits else None


def _split_moves(f: Function) -> list[Any] | None:
    """A split where f is least."""
    if not _plausible(f):
        return None
    least = min((k / 240 for k in range(1, 240)), key=lambda x: _float(f, x))
    c = Fraction(least).limit_denominator(24)
    if not 0 < c < 1:
        return None
    left, right = (shortest_moves(composed(f, inner), splits=False) for inner in (poly(0, c), poly(c, 1 - c)))
    return [{"split": str(c), "left": left, "right": right}] if left is not None and right is not None else None


def _moves(f: Function, depth: int) -> list[Any] | None:
    """Moves that show f ≥ 0 on (0, 1), found depth first; what is negative at a sample point is dropped at once."""
    if not _plausible(f):
        return None
    if set(f) <= {()}:
        return [] if _accepted(f) else None
    if depth == 0:
        return None
    for move, g in _options(f):
        rest = _moves(g, depth - 1)
        if rest is not None:
            return [*move, *rest]
    return None


def _accepted(f: Function) -> bool:
    try:
        nonnegative(f, [])
    except Rejected:
        return False
    return True


def _options(f: Function) -> Iterator[tuple[list[Any], Function]]:
    for scale in _scales(f):
        g = scaled(f, scale) if scale else f
        before = [{"scale": [[str(c) for c in scale[0]], [str(c) for c in scale[1]]]}] if scale else []
        for move, end in (("fall", 1), ("rise", 0)):
            if _end_sign(g, end) >= 0:
                slope = derivative(g)
                yield [*before, move], scaled(slope, (poly(-1), poly(1))) if move == "fall" else slope
    if _end_sign(f, 0) >= 0 and _end_sign(f, 1) >= 0:
        yield ["concave"], scaled(derivative(derivative(f)), (poly(-1), poly(1)))


def _end_sign(f: Function, end: int) -> int:
    try:
        return limit(f, end)
    except Rejected:
        return -1


def _scales(f: Function) -> Iterator[tuple[Poly, Poly] | None]:
    """No scaling; by the denominator; by one over the coefficient of a logarithm."""
    yield None
    common = poly(1)
    for _, d in f.values():
        if not _divides(d, common):
            common = pmul(common, d)
    if len(common) > 1 and positive(common):
        yield common, poly(1)
    for key, (n, d) in f.items():
        if key and (len(n) > 1 or len(d) > 1):
            for sign in (1, -1):
                up, down = pmul(d, poly(sign)), n
                if positive(up) and positive(down):
                    yield up, down
                elif positive(pmul(up, poly(-1))) and positive(pmul(down, poly(-1))):
                    yield pmul(up, poly(-1)), pmul(down, poly(-1))


def _divides(d: Poly, common: Poly) -> bool:
    from symkl.prove.checker.calculus import divide

    return not divide(common, d)[1]


def _plausible(f: Function) -> bool:
    return all(_float(f, x) >= -1e-7 * max(1.0, x) for x in SAMPLES)


def _float(f: Function, x: float) -> float:
    total = 0.0
    for key, (n, d) in f.items():
        low = _horner(d, x)
        inside = _horner(key, x) if key else 1.0
        if low == 0 or inside <= 0:
            return 0.0
        total += _horner(n, x) / low * (log(inside) if key else 1.0)
    return total


def _horner(a: Poly, x: float) -> float:
    total = 0.0
    for c in reversed(a):
        total = total * x + float(c)
    return total


# -- known comparisons ---------------------------------------------------------------------------------------------------------


def _library(p: LawExpression, q: LawExpression) -> list[Candidate]:
    """Comparisons between the usual measures of one pair, found once for P and Q and then renamed."""
    return [candidate for k in range(len(_TEMPLATES)) if (candidate := _instance(k, p, q)) is not None]


def _measures(p: LawExpression, q: LawExpression) -> dict[str, Scalar]:
    one = Constant(Fraction(1))
    return {
        "1": one,
        "TV": Measure("TotalVariation", (p, q)),
        "BC": Measure("Affinity", (p, q)),
        "D": Measure("KL", (p, q)),
        "D'": Measure("KL", (q, p)),
        "X": Measure("Chi2", (p, q)),
        "X'": Measure("Chi2", (q, p)),
        "JSD": Measure("JensenShannon", (p, q)),
        "log 2": Call("log", Constant(TWO)),
        "log 2 TV": times(Call("log", Constant(TWO)), Measure("TotalVariation", (p, q))),
        "log 2 BC": times(Call("log", Constant(TWO)), Measure("Affinity", (p, q))),
    }


#: (what is larger, what is smaller, c) for larger ≥ smaller + c·TV², each a sum of (coefficient, measure).
_TEMPLATES: tuple[tuple[tuple[tuple[Fraction, str], ...], tuple[tuple[Fraction, str], ...], Fraction], ...] = tuple(
    (tuple((Fraction(c), m) for c, m in large), tuple((Fraction(c), m) for c, m in small), Fraction(square))
    for large, small, square in (
        (((1, "1"),), ((1, "TV"),), 0),
        (((1, "1"),), ((1, "BC"),), 0),
        (((1, "TV"), (1, "BC")), ((1, "1"),), 0),
        (((1, "D"),), (), 2),
        (((1, "D'"),), (), 2),
        (((1, "D"), (2, "BC")), ((2, "1"),), 0),
        (((1, "D'"), (2, "BC")), ((2, "1"),), 0),
        (((1, "X"),), ((1, "D"),), 0),
        (((1, "X'"),), ((1, "D'"),), 0),
        (((1, "X"),), (), 4),
        (((1, "X'"),), (), 4),
        (((1, "JSD"),), (), HALF),
        (((1, "log 2 TV"),), ((1, "JSD"),), 0),
        (((1, "JSD"), (1, "log 2 BC")), ((1, "log 2"),), 0),
    )
)


@lru_cache(maxsize=64)
def _template(k: int) -> Candidate | None:
    return _built(k, LawName("P"), LawName("Q"))


def _built(k: int, p: LawExpression, q: LawExpression) -> Candidate | None:
    large, small, square = _TEMPLATES[k]
    measures = _measures(p, q)
    terms = [(c, measures[m]) for c, m in large] + [(-c, measures[m]) for c, m in small]
    return _settled(p, q, terms, square, _template_relation(k, p, q))


def _template_relation(k: int, p: LawExpression, q: LawExpression) -> Relation:
    large, small, square = _TEMPLATES[k]
    measures = _measures(p, q)
    left = plus(*(times(Constant(c), measures[m]) for c, m in large))
    return Relation(left, ">=", plus(*(times(Constant(c), measures[m]) for c, m in small), times(Constant(square), Pow(measures["TV"], TWO))))


def _instance(k: int, p: LawExpression, q: LawExpression) -> Candidate | None:
    pattern = _template(k)
    if pattern is None:
        return None
    return Candidate({**pattern.fact, "comparison": [law_json(p), law_json(q)]}, _template_relation(k, p, q), pattern.reason, pattern.details)


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
