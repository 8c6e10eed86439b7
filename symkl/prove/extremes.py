"""Absolute values and the largest and smallest of several terms: a claim that has them, as claims and hypotheses without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from symkl.prove.terms import Call, Constant, Largest, Plus, Pow, Relation, Scalar, Times, factors_of, negative, plus, terms_of, times

__all__ = ["largest", "size", "smallest", "unfolded"]

HALF, TWO = Fraction(1, 2), Fraction(2)
#: So many claims or hypotheses one is unfolded into.
MOST = 64
CONTRARY = {"<=": "<", "<": "<="}


def largest(parts: Sequence[Scalar]) -> Scalar:
    return parts[0] if len(parts) == 1 else Largest(tuple(parts))


def smallest(parts: Sequence[Scalar]) -> Scalar:
    """min(a, b) = −max(−a, −b)."""
    return parts[0] if len(parts) == 1 else negative(Largest(tuple(map(_negative, parts))))


def size(node: Scalar) -> Scalar:
    """|u| = max(u, −u)."""
    return Largest((node, _negative(node)))


def _negative(node: Scalar) -> Scalar:
    return plus(*map(negative, terms_of(node)))


def unfolded(claims: Sequence[Relation], given: Sequence[Relation]) -> tuple[tuple[Relation, ...], tuple[Relation, ...], tuple[Relation, ...]]:
    """Claims, hypotheses, and those of these that the claim assumes, in which no largest of several terms stands.

    Where it stands below, max(a, b) ≤ w, the relation says two: a ≤ w and b ≤ w. Where it stands above in the only claim, w ≤ max(a, b), the claim is
    w ≤ b where w > a. Elsewhere it is (a + b + √(a − b)²)/2.
    """
    plain = [part for each in claims for part in _below(each, unfolds=True)]
    hypotheses = [part for each in given for part in _below(each, unfolds=False)]
    assumed: list[Relation] = []
    while len(plain) == 1 and (ways := _alternatives(plain[0], above=True)) is not None:
        evident = [each for each in ways if each.left == each.right and each.sign == "<="]
        if evident:
            return (evident[0],), (), ()
        assumed += [Relation(each.right, CONTRARY[each.sign], each.left) for each in ways[:-1]]
        plain = _below(ways[-1], unfolds=True)
    return tuple(map(_as_roots, plain)), tuple(map(_as_roots, (*hypotheses, *assumed))), tuple(map(_as_roots, assumed))


def _below(relation: Relation, unfolds: bool) -> list[Relation]:
    """The relations that it says together; an equality, of a claim, as two inequalities."""
    if not _specials(relation):
        return [relation]
    if relation.sign == "=" and unfolds:
        return [part for sign in ("<=", ">=") for part in _below(replace(relation, sign=sign), unfolds)]
    waiting, done = [_turned(relation)], list[Relation]()
    while waiting:
        each = waiting.pop(0)
        ways = _alternatives(each, above=False) if len(waiting) + len(done) < MOST else None
        done += [each] if ways is None else []
        waiting[:0] = ways or []
    return done


def _turned(relation: Relation) -> Relation:
    return Relation(relation.right, relation.sign.replace(">", "<"), relation.left) if ">" in relation.sign else relation


def _alternatives(relation: Relation, above: bool) -> list[Relation] | None:
    """The relation with each of the terms in the place of the largest that stands above, or below; None if there is none."""
    relation = _turned(relation)
    for side, sign in (("right", 1), ("left", -1)) if relation.sign in CONTRARY else ():
        terms = terms_of(getattr(relation, side))
        for k, term in enumerate(terms):
            special = [f for f in factors_of(term) if isinstance(f, Largest)]
            rest = [f for f in factors_of(term) if not isinstance(f, Largest)]
            if len(special) == 1 and all(isinstance(f, Constant) for f in rest):
                scale = times(*rest)
                positive = isinstance(scale, Constant) and (scale.value > 0) == (sign > 0)
                if positive == above:
                    ends = [plus(*(times(scale, t) for t in terms_of(value))) for value in special[0].parts]
                    sides = [plus(*terms[:k], end, *terms[k + 1 :]) for end in ends]
                    changed = [replace(relation, right=each) if side == "right" else replace(relation, left=each) for each in sides]
                    return [*map(_collected, changed)]
    return None


def _collected(relation: Relation) -> Relation:
    """The relation with terms of one kind put together on either side."""
    return replace(relation, left=_together(relation.left), right=_together(relation.right))


def _together(side: Scalar) -> Scalar:
    found: dict[Scalar, Fraction] = {}
    for term in terms_of(side):
        scale = times(*(f for f in factors_of(term) if isinstance(f, Constant)))
        kind = times(*(f for f in factors_of(term) if not isinstance(f, Constant)))
        assert isinstance(scale, Constant)
        found[kind] = found.get(kind, Fraction(0)) + scale.value
    return plus(*(times(Constant(c), kind) for kind, c in found.items()))


def _specials(relation: Relation) -> bool:
    return any(_has_special(side) for side in (relation.left, relation.right))


def _has_special(node: Scalar) -> bool:
    if isinstance(node, (Plus, Times)):
        return any(map(_has_special, node.parts))
    if isinstance(node, Pow):
        return _has_special(node.base)
    return isinstance(node, Largest) or (isinstance(node, Call) and _has_special(node.argument))


def _as_roots(relation: Relation) -> Relation:
    return replace(relation, left=_rooted(relation.left), right=_rooted(relation.right)) if _specials(relation) else relation


def _rooted(node: Scalar) -> Scalar:
    if isinstance(node, (Plus, Times, Largest)):
        parts = [_rooted(each) for each in node.parts]
        return plus(*parts) if isinstance(node, Plus) else times(*parts) if isinstance(node, Times) else reduce(_larger, parts)
    if isinstance(node, Pow):
        return Pow(_rooted(node.base), node.exponent)
    return Call(node.function, _rooted(node.argument)) if isinstance(node, Call) else node


def _larger(a: Scalar, b: Scalar) -> Scalar:
    if b == _negative(a):
        return Pow(Pow(a, TWO), HALF)
    return times(Constant(HALF), plus(a, b, Pow(Pow(plus(a, _negative(b)), TWO), HALF)))
