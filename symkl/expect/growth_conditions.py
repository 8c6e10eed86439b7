"""From a tree of cases to one condition on the parameters, in the simplest inequalities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from sympy import And, Eq, Expr, Ne, Or, Pow, S, Symbol
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symkl.expect.growth_cases import CaseTree
from symkl.form.facts import Facts

__all__ = ["answers", "condition_of", "conjunction", "is_void"]

Answer = TypeVar("Answer", bound=Hashable)


def answers(tree: CaseTree[Answer]) -> set[Answer]:
    """All answers in the tree."""
    if tree.expr is None:
        return set() if tree.answer is None else {tree.answer}
    return {answer for _, case in tree.cases for answer in answers(case)}


def is_void(tree: CaseTree[Answer]) -> bool:
    """Whether the question has no answer in some case that is possible."""
    return tree.void or any(is_void(case) for _, case in tree.cases)


def condition_of(tree: CaseTree[Answer], wanted: Callable[[Answer], bool], facts: Facts) -> Boolean | None:
    """The condition under which the answer is wanted; None where every case is void."""
    if tree.expr is None:
        return None if tree.answer is None else S.true if wanted(tree.answer) else S.false
    found = [(which, condition_of(case, wanted, facts)) for which, case in tree.cases]
    groups: dict[Boolean, list[int]] = {}
    for which, condition in found:
        if condition is not None and which != 0:
            groups.setdefault(condition, []).append(which)
    for which, condition in found:
        if condition is not None and which == 0:
            groups.setdefault(_same_at_zero(condition, groups, tree), []).append(0)
    if len(groups) <= 1:
        return next(iter(groups), None)
    cases = sorted(groups.items(), key=lambda item: -max(item[1]))
    for candidate, _ in cases:
        # One case's condition may decide the others rightly: ξ < 0 or (ξ > 0 and ξ < 1) is ξ < 1 for ξ ≠ 0.
        if candidate not in (S.true, S.false) and all(
            condition is candidate or _decided(candidate, facts | Facts.of(_relation(tree, frozenset(signs)))) == condition
            for condition, signs in cases
        ):
            return candidate
    return Or(*(conjunction([_relation(tree, frozenset(signs)), condition], facts) for condition, signs in cases))


def _decided(condition: Boolean, facts: Facts) -> Boolean | None:
    """The truth of a condition under the facts; None if open."""
    if condition in (S.true, S.false):
        return condition
    if isinstance(condition, (And, Or)):
        parts = [_decided(part, facts) for part in sorted(condition.args, key=lambda arg: arg.sort_key())]
        dominant, other = (S.false, S.true) if isinstance(condition, And) else (S.true, S.false)
        if dominant in parts:
            return dominant
        return other if all(part is other for part in parts) else None
    if isinstance(condition, (Gt, Ge, Lt, Le)):
        difference = condition.gts - condition.lts
        truth = facts.is_positive(difference) if isinstance(condition, (Gt, Lt)) else facts.is_nonnegative(difference)
        return None if truth is None else S.true if truth else S.false
    return None


def _same_at_zero(condition: Boolean, groups: dict[Boolean, list[int]], tree: CaseTree[Answer]) -> Boolean:
    """The condition of another case that becomes `condition` where the sign is zero, if there is one."""
    if condition not in groups and tree.isolated is not None:
        symbol, bound, _ = tree.isolated
        for other in groups:
            if other.free_symbols and not any(_is_pole(other, symbol, bound)) and other.xreplace({symbol: bound}) == condition:
                return other
    return condition


def _is_pole(condition: Boolean, symbol: Symbol, value: Expr) -> Iterator[bool]:
    """Whether each denominator of the condition vanishes at symbol = value."""
    for power in condition.atoms(Pow):
        if power.exp.is_negative and symbol in power.base.free_symbols:
            yield power.base.xreplace({symbol: value}).is_zero is not False


def _relation(tree: CaseTree[Answer], signs: frozenset[int]) -> Boolean:
    """sign(expr) ∈ signs, written for one parameter if that is possible."""
    if tree.isolated is not None:
        left, right, orientation = tree.isolated
    else:
        left, right, orientation = tree.expr, S.Zero, 1  # type: ignore[assignment]
    if tree.zero_only:
        return Eq(left, right) if signs == {0} else Ne(left, right)
    relation = _RELATIONS[frozenset(which * orientation for which in signs)]
    return relation(left, right)


_RELATIONS: dict[frozenset[int], Callable[[Expr, Expr], Boolean]] = {
    frozenset({1}): Gt,
    frozenset({0}): Eq,
    frozenset({-1}): Lt,
    frozenset({0, 1}): Ge,
    frozenset({0, -1}): Le,
    frozenset({1, -1}): Ne,
    frozenset({1, 0, -1}): lambda left, right: S.true,
}


def conjunction(parts: Iterable[Boolean], facts: Facts) -> Boolean:
    """All of `parts`, without those that the others and the facts imply."""
    flat = _joined(list(dict.fromkeys(each for part in parts for each in _conjuncts(part) if each is not S.true)), facts)
    if S.false in flat:
        return S.false
    kept = list(flat)
    for part in flat:
        others = [other for other in kept if other is not part]
        known = facts | Facts.of(others)
        if isinstance(part, (Gt, Lt, Ge, Le)):
            difference = part.gts - part.lts
            implied = known.is_positive(difference) if isinstance(part, (Gt, Lt)) else known.is_nonnegative(difference)
            if implied:
                kept = others
            elif implied is False:
                return S.false
    return And(*kept)


def _joined(parts: list[Boolean], facts: Facts) -> list[Boolean]:
    """(A or B) and (A or C) as A or (B and C)."""
    choices = [part for part in parts if isinstance(part, Or)]
    for i, left in enumerate(choices):
        for right in choices[i + 1 :]:
            common = [each for each in left.args if each in right.args]
            if common:
                others = [Or(*(each for each in side.args if each not in common)) for side in (left, right)]
                joined = Or(*common, conjunction(others, facts))
                return _joined([part for part in parts if part not in (left, right)] + _conjuncts(joined), facts)
    return parts


def _conjuncts(condition: Boolean) -> list[Boolean]:
    return sorted(condition.args, key=lambda arg: arg.sort_key()) if isinstance(condition, And) else [condition]
