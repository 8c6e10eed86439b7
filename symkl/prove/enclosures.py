"""Claims about numbers by their rigorous enclosures: which side is larger, and in digits that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sympy import latex
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Relational

from symkl.core.heads import Head
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.ball import Ball
from symkl.exact.evaluation import evaluate
from symkl.prove.cases import greater_and_lesser
from symkl.prove.steps import Step, plain
from symkl.prove.texform import decimal_tex

__all__ = ["DIGITS", "broken_at", "by_enclosures"]

DIGITS = 25
SHOWN = 10
#: For sides that look the same in DIGITS.
MORE_DIGITS = (50, 100, 200, 400)
NO_NUMBER = "no real number"


def by_enclosures(claim: Relational) -> tuple[tuple[Step, ...], dict[Any, Any]] | None:
    """An inequality of numbers whose rigorous enclosures lie apart, closed forms or not."""
    if claim.free_symbols:
        return None
    bigger, smaller = greater_and_lesser(claim)
    try:
        left, right = evaluate(bigger, DIGITS), evaluate(smaller, DIGITS)
    except (NoClosedForm, Undecided, DomainError):
        return None
    if not (left.is_rigorous and right.is_rigorous and left.is_finite and right.is_finite) or _order(left, right) != 1:
        return None
    few = [str(replace(each, digits_asked=SHOWN)) for each in (left, right)]
    text, tex = plain(bigger), latex(bigger)
    return (Step(f"{text} = {few[0]} > {few[1]}  (enclosed)", f"${tex} = {decimal_tex(few[0])} > {decimal_tex(few[1])}$ (enclosed)"),), {}


def broken_at(claim: Relational, point: Mapping[Any, Any]) -> tuple[str, str] | None:
    """The two sides at the point, if their rigorous enclosures show that the claim fails there."""
    if (unlike := _infinite_only(claim, point)) is not None:
        return unlike
    try:
        left, right = (evaluate(side.subs(point, simultaneous=True), DIGITS) for side in (claim.lhs, claim.rhs))
    except (DomainError, Undecided, NoClosedForm):
        return None
    if not (left.is_rigorous and right.is_rigorous):
        return None
    order = _order(left, right)
    if order is None:
        order = _close(claim, point)
    if order is None or not _fails(claim, order):
        return None
    return _told_apart(left, right) or next(filter(None, (_in_digits(claim, point, digits) for digits in MORE_DIGITS)), (str(left), str(right)))


def _infinite_only(claim: Relational, point: Mapping[Any, Any]) -> tuple[str, str] | None:
    """∞ on one side of an equation, and on the other, in the same parameters, what is no real number there, such as log(−1)."""
    sides = (claim.lhs, claim.rhs)
    for own, other in (sides, sides[::-1]) if isinstance(claim, Eq) else ():
        if not own.atoms(Head) or other.atoms(Head) or not other.free_symbols <= own.free_symbols:
            continue
        value = other.subs(point, simultaneous=True)
        if value.is_extended_real is False and value.is_comparable is False and _is_infinite(own.subs(point, simultaneous=True)):
            return ("oo", NO_NUMBER) if own is claim.lhs else (NO_NUMBER, "oo")
    return None


def _is_infinite(side: Any) -> bool:
    try:
        ball = evaluate(side, DIGITS)
    except (DomainError, Undecided, NoClosedForm):
        return False
    return ball.is_rigorous and not ball.is_finite and bool(ball.mid > 0)


def _told_apart(left: Ball, right: Ball) -> tuple[str, str] | None:
    """The two numbers, in a few digits where those differ; None where they look the same."""
    few = tuple(str(replace(each, digits_asked=SHOWN)) for each in (left, right))
    left_text, right_text = few if few[0] != few[1] else (str(left), str(right))
    return (left_text, right_text) if left_text != right_text else None


def _in_digits(claim: Relational, point: Mapping[Any, Any], digits: int) -> tuple[str, str] | None:
    try:
        left, right = (evaluate(side.subs(point, simultaneous=True), digits) for side in (claim.lhs, claim.rhs))
    except Undecided:  # which the refutation does not need
        return None
    return _told_apart(left, right)


def _close(claim: Relational, point: Mapping[Any, Any]) -> int | None:
    """The sign of left − right, for sides that hold measures and agree in every digit looked at."""
    if not claim.atoms(Head):
        return None
    try:
        difference = evaluate((claim.lhs - claim.rhs).subs(point, simultaneous=True), DIGITS)
    except (DomainError, Undecided, NoClosedForm):
        return None
    return difference.sign if difference.is_rigorous else None


def _order(left: Any, right: Any) -> int | None:
    """−1, 0 or 1 where the enclosures tell which side is larger."""
    if not (left.is_finite and right.is_finite):
        return int(left.mid > right.mid) - int(left.mid < right.mid)
    if left.overlaps(right):
        return None
    return 1 if left.lower > right.upper else -1


def _fails(claim: Relational, order: int) -> bool:
    if isinstance(claim, Eq):
        return order != 0
    if isinstance(claim, (Le, Lt)):
        return order > 0 or (order == 0 and isinstance(claim, Lt))
    if isinstance(claim, (Ge, Gt)):
        return order < 0 or (order == 0 and isinstance(claim, Gt))
    return order == 0
