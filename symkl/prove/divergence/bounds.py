"""Least values of f-divergences at a given total variation or relative entropy, as facts about the pairs of laws of a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.calculus import Function, Poly, Ratio, add, derivative, generator, nonnegative, poly, scaled
from symkl.prove.divergence.compare import PLAIN
from symkl.prove.divergence.comparisons import abstract
from symkl.prove.divergence.facts import ONE, Candidate, same_space
from symkl.prove.divergence.logarithms import calls
from symkl.prove.divergence.prepare import Prepared, mapped, measures_of
from symkl.prove.divergence.vectors import Rejected, need
from symkl.prove.terms import Call, Constant, LawExpression, LawName, Measure, Mix, Pow, Relation, Scalar, negative, plus, times

__all__ = ["bounds"]

F = Fraction
HALF = Constant(F(1, 2))
IDENTITY: Ratio = (poly(0, 1), poly(1))
P, Q = LawName("P"), LawName("Q")
Pair = tuple[LawExpression, LawExpression]
#: A rational function whose sign is seen at once, on both sides of 1.
PLAINLY = {"root": 1, "moves": [[], []]}
#: Slopes and heights of lines under t log t: (above, below), and the polynomials of a product with their powers, in v = TV.
TILTS: tuple[tuple[tuple[Poly, Poly], tuple[tuple[Poly, int], ...]], ...] = (
    ((poly(0, 4), poly(1, 0, -1)), ((poly(1, 1), 1), (poly(1, -1), -1))),
    ((poly(0, 4, 0, F(-8, 3)), poly(1, 0, -1)), ((poly(1, 1), 1), (poly(1, 0, F(-2, 3)), 1), (poly(1, -1), -1))),
    (
        (poly(0, 4, 0, F(-20, 9)), poly(1, 0, -1)),
        (
            (poly(4, 0, F(-20, 9)), 1),
            (poly(1, 0, -1, F(4, 9), 0, F(8, 15)), 1),
            (poly(1, -1), -1),
            (poly(4, -4, F(4, 9), F(4, 9), F(8, 15), F(8, 15)), -1),
        ),
    ),
)
#: Symmetric f-divergences that are known at two points only.
SYMMETRIC: dict[str, Scalar] = {
    "Jeffreys": Measure("Jeffreys", (P, Q)),
    "JensenShannon": Measure("JensenShannon", (P, Q)),
    "Chi2": plus(Measure("Chi2", (P, Q)), Measure("Chi2", (Q, P))),
}
#: Of larger orders the corner is not looked at.
MOST_ORDER = 8
MIDDLE = Mix(((HALF, P), (HALF, Q)))


def bounds(prepared: Prepared) -> Iterator[Candidate]:
    """Bounds by total variation where it occurs, and by exp(−D) where exponentials do."""
    heads: dict[frozenset[LawExpression], set[str]] = {}
    pairs: dict[Pair, None] = {}
    for m in measures_of(prepared.statement):
        if len(m.laws) == 2 and m.laws[0] != m.laws[1] and same_space(prepared, *m.laws):
            heads.setdefault(frozenset(m.laws), set()).add(m.head)
            pairs[m.laws[0], m.laws[1]] = None
    exponentials = any(call.function == "exp" for call in calls(prepared.statement))
    for together, known in heads.items():
        pair = next(each for each in pairs if frozenset(each) == together)
        if "TotalVariation" in known:
            yield from _halved(known, pair)
            for laws in (pair, pair[::-1]):
                yield from _tilted(laws) if "Jeffreys" in known or Measure("KL", laws) in measures_of(prepared.statement) else ()
            yield from (each for laws in (pair, pair[::-1]) for each in _cornered(prepared, laws))
        if exponentials:
            yield from _by_jensen(prepared, pair)


def _tilted(pair: Pair) -> Iterator[Candidate]:
    """D ≥ s V − h + 1 + log h for the lines of TILTS."""
    v, divergence = Measure("TotalVariation", pair), Measure("KL", pair)
    for slope, height in TILTS:
        s = times(_at(slope[0], v), Pow(_at(slope[1], v), F(-1)))
        h = times(*(_at(g, v) if power == 1 else Pow(_at(g, v), F(power)) for g, power in height))
        logs = [times(Constant(F(power)), Call("log", _at(g, v))) for g, power in height]
        shown = {"slope": [_texts(each) for each in slope], "height": [[_texts(g), power] for g, power in height], "moves": ["rise"]}
        least = plus(times(s, v), negative(h), ONE, *logs)
        yield Candidate(_fact([(ONE, *pair)], "tilt", Measure("KL", (P, Q)), shown), Relation(divergence, ">=", least), "t log t lies above its lines")


def _halved(heads: set[str], pair: Pair) -> Iterator[Candidate]:
    """Symmetric f-divergences are at least what they are on two points."""
    v = Measure("TotalVariation", pair)
    for term in [term for head, term in SYMMETRIC.items() if head in heads]:
        f = _symmetric(term)
        if _is_plain(derivative(derivative(f))):
            relation = Relation(_renamed(term, pair), ">=", _on_two_points(f, v))
            yield Candidate(_fact([(ONE, *pair)], "halves", term, PLAINLY), relation, "joint convexity: least on two points")


def _cornered(prepared: Prepared, pair: Pair) -> Iterator[Candidate]:
    """χ² and the like, of whole orders, are at least what they are for (1, 0) and (1 − v, v), where a hypothesis says v ≥ 1/2 or so."""
    v, own = Measure("TotalVariation", pair), [m for m in measures_of(prepared.statement) if m.laws == pair]
    orders = [c.value for m in own for c in m.parameters if isinstance(c, Constant)] + [F(2)] * any(m.head == "Chi2" for m in own)
    for k, each in enumerate(prepared.statement.given):
        small, large = (each.left, each.right) if "<" in each.sign else (each.right, each.left)
        if each.sign not in ("<=", "<", ">=", ">") or not isinstance(small, Constant) or large not in (v, Measure("TotalVariation", pair[::-1])):
            continue
        for order in dict.fromkeys(c for c in orders if c.denominator == 1 and 2 <= c <= MOST_ORDER):
            term, c = Measure("Tsallis", (P, Q), (Constant(order),)), Constant(1 / (order - 1))
            least = plus(times(c, Pow(plus(ONE, negative(v)), 1 - order)), negative(c))
            proof = {"facts": [["1", {"hypothesis": k}]]}
            fact = _fact([(ONE, *pair)], "corner", term, {**PLAINLY, "low": str(small.value), "shown": [], "above": proof})
            yield Candidate(fact, Relation(_renamed(term, pair), ">=", least), "f lies above a tangent and a chord")


def _by_jensen(prepared: Prepared, pair: Pair) -> Iterator[Candidate]:
    """E_p[g(q/p)] ≥ g(exp(−D)) for ± D(P‖M), M the middle of P and Q, and for ± the divergences of the statement."""
    own = [abstract(prepared, m, *pair) for m in measures_of(prepared.statement) if m.head in ("KL", "Chi2") and len(m.laws) == 2]
    for term in dict.fromkeys([Measure("KL", (P, MIDDLE)), *(each for each in own if each is not None)]):
        for signed in (term, negative(term)):
            g = _generator(signed, mirrored=True)
            by_log = scaled(derivative(scaled(derivative(g), IDENTITY)), IDENTITY)
            if not _is_plain(by_log):
                continue
            for rows in (((ONE, *pair),), ((ONE, *pair[::-1]),), ((HALF, *pair), (HALF, *pair[::-1]))):
                mean = plus(*(times(w, Measure("KL", (a, b))) for w, a, b in rows))
                total = plus(*(times(w, _renamed(signed, (a, b))) for w, a, b in rows))
                relation = Relation(total, ">=", _at_ratio(g, negative(mean)))
                yield Candidate(_fact(rows, "jensen", signed, PLAINLY), relation, "Jensen's inequality for log(q/p)")


def _fact(rows: Sequence[Any], by: str, term: Scalar, shown: dict[str, Any]) -> dict[str, Any]:
    return {"bound": [[scalar_json(w), *map(law_json, laws)] for w, *laws in rows], "by": by, "term": scalar_json(term), **shown}


def _generator(term: Scalar, mirrored: bool = False) -> Function:
    """f with term = E_q[f(p/q)], or g with term = E_p[g(q/p)]; no roots."""
    p, q = (PLAIN.mixture({"law": name})[0][1] for name in "PQ")
    return generator(PLAIN.vector(scalar_json(term)), *((q, p, 1, -1) if mirrored else (p, q, 1, 1)))


def _symmetric(term: Scalar) -> Function:
    """(f(t) + t f(1/t))/2, which is f but for a multiple of t − 1 for a term in which P and Q may change places."""
    return scaled(add(*_generator(term).items(), *_generator(term, mirrored=True).items()), (poly(F(1, 2)), poly(1)))


def _is_plain(f: Function) -> bool:
    """Whether f(t) ≥ 0 for t > 0 is seen without any move: a rational function."""
    mirrored = {key: (poly(*reversed(n)), poly(*reversed(d))) for key, (n, d) in f.items()}
    try:
        nonnegative(f, [])
        nonnegative(mirrored, [])
    except Rejected:
        return False
    return True


def _renamed(term: Scalar, laws: Sequence[LawExpression]) -> Scalar:
    """The term with two laws in the place of P and Q."""

    def changed(law: LawExpression) -> LawExpression:
        return Mix(tuple((w, changed(each)) for w, each in law.parts)) if isinstance(law, Mix) else laws[0] if law == P else laws[1]

    return mapped(term, changed)


def _on_two_points(f: Function, v: Scalar) -> Scalar:
    """(1 − v) f((1 + v)/(1 − v)), every term homogeneous in a = 1 + v and b = 1 − v: b (a/b)^k log(g(a/b))."""
    a, b = plus(ONE, v), plus(ONE, negative(v))
    parts = []
    for key, (n, d) in f.items():
        need(not any(d[:-1]), "a denominator that is no power of the ratio")
        logs = ONE if not key else plus(_logarithm(key, lambda g: _homogeneous(g, a, b)), times(Constant(F(1 - len(key))), Call("log", b)))
        parts += [times(Constant(c / d[-1]), _power(a, k - len(d) + 1), _power(b, len(d) - k), logs) for k, c in enumerate(n) if c]
    return plus(*parts)


def _logarithm(g: Poly, at: Callable[[Poly], Scalar]) -> Scalar:
    """log g as log c + log(g/c), where the coefficients of g/c are whole numbers without a common factor."""
    c = F(gcd(*(each.numerator for each in g)), lcm(*(each.denominator for each in g)))
    rest = Call("log", at(tuple(each / c for each in g)))
    return rest if c == 1 else plus(rest, Call("log", Constant(c))) if len(g) > 1 else Call("log", Constant(g[0]))


def _power(base: Scalar, exponent: int) -> Scalar:
    return ONE if not exponent else base if exponent == 1 else Pow(base, F(exponent))


def _homogeneous(g: Poly, a: Scalar, b: Scalar) -> Scalar:
    return _combination(g, lambda k: times(_power(a, k), _power(b, len(g) - 1 - k)))


def _at_ratio(g: Function, exponent: Scalar) -> Scalar:
    """g(exp(u))."""
    parts = []
    for key, (n, d) in g.items():
        need(not any(d[:-1]), "a denominator that is no power of the ratio")
        inside = exponent if key == IDENTITY[0] else _logarithm(key, lambda g: _of_exponential(g, exponent)) if key else ONE
        parts += [times(Constant(c / d[-1]), _exponential(k - len(d) + 1, exponent), inside) for k, c in enumerate(n) if c]
    return plus(*parts)


def _of_exponential(g: Poly, exponent: Scalar) -> Scalar:
    return _combination(g, lambda k: _exponential(k, exponent))


def _exponential(power: int, exponent: Scalar) -> Scalar:
    return Call("exp", times(Constant(F(power)), exponent)) if power else ONE


def _at(g: Poly, v: Scalar) -> Scalar:
    return _combination(g, lambda k: _power(v, k))


def _combination(g: Poly, power: Callable[[int], Scalar]) -> Scalar:
    return plus(*(times(Constant(c), power(k)) for k, c in enumerate(g) if c))


def _texts(g: Poly) -> list[str]:
    return [str(c) for c in g]
