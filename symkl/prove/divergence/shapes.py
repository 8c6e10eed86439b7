"""Equivalent shapes of a claim."""

from __future__ import annotations

from fractions import Fraction

from symkl.prove.terms import Measure, Pow, Relation, Scalar, Times, times

__all__ = ["squared"]


def squared(relation: Relation, depth: int = 0) -> Relation | None:
    """left ≤ right as left² ≤ right², where a root or a distance stands alone on one side; None if there is none."""
    if relation.sign in ("=", "!=") or depth > 1:
        return None
    if not any(_has_root(side) or (depth == 0 and _is_distance(side)) for side in (relation.left, relation.right)):
        return None
    return Relation(_square(relation.left), relation.sign, _square(relation.right))


def _is_distance(node: Scalar) -> bool:
    parts = node.parts if isinstance(node, Times) else (node,)
    return any(isinstance(each, Measure) and each.head in ("TotalVariation", "Hellinger") for each in parts)


def _has_root(node: Scalar) -> bool:
    if isinstance(node, Pow):
        return node.exponent.denominator == 2
    return isinstance(node, Times) and any(_has_root(each) for each in node.parts)


def _square(node: Scalar) -> Scalar:
    if isinstance(node, Pow):
        exponent = node.exponent * 2
        return node.base if exponent == 1 else Pow(node.base, exponent)
    if isinstance(node, Times):
        return times(*(_square(each) for each in node.parts))
    return Pow(node, Fraction(2))
