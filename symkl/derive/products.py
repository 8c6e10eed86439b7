"""Measures of product laws: one derivation for each coordinate, joined."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, S

from symkl.core.composite import AbstractLaw
from symkl.core.coordinates import by_coordinates, summed_by_cases
from symkl.core.heads import KL, Expectation, Head
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.derive.derivation import Derivation, Status
from symkl.derive.evaluable import plain
from symkl.errors import DomainError, NoClosedForm
from symkl.form.facts import Facts
from symkl.form.textbook import textbook

__all__ = ["by_structure"]


def by_structure(head: Expr, derive: Callable[[Expr], Derivation]) -> Derivation | None:
    """The derivation of a measure of products through its coordinates; abstract laws are refused, but for D(P ‖ P) = 0. None for other laws."""
    laws = head.laws if isinstance(head, Head) else (head.under,) if isinstance(head, Expectation) else ()
    if isinstance(head, KL) and laws[0] == laws[1]:
        return None
    abstract = next((each for law in laws for each in _within(law) if isinstance(each, AbstractLaw)), None)
    if abstract is not None:
        raise NoClosedForm(f"{head}: {abstract} is an abstract law, of which only the name is known; prove settles claims about it")
    parts = by_coordinates(head) if isinstance(head, Head) else None
    return None if parts is None else _joined(head, [derive(part) for part in parts])


def _within(law: Law) -> list[Law]:
    return [law, *(part for part in law.args if isinstance(part, Law))]


def _joined(head: Expr, found: list[Derivation]) -> Derivation:
    result = summed_by_cases([plain(each.result) for each in found])
    if result is S.NaN:
        raise DomainError(f"{head} is not defined: it is oo on one coordinate and -oo on another")
    parts = tuple((each.head, each.steps, plain(each.result)) for each in found)
    step = Step(head, result, "coordinates", "independent coordinates add up", data={"parts": parts})
    presented = result if result.has(Expectation) else textbook(result, Facts.of(True))
    statuses = {each.status for each in found}
    infinite = result in (S.Infinity, S.NegativeInfinity)
    status: Status = "infinite" if infinite else "semi-closed" if "semi-closed" in statuses else "closed"
    conditions = tuple(dict.fromkeys(condition for each in found for condition in each.conditions))
    unreduced = () if infinite else tuple(dict.fromkeys(e for each in found for e in each.unreduced))
    asked = next((each.rules_asked for each in found if each.rules_asked), ())
    return Derivation(head, presented, status, (step,), conditions, unreduced, asked)
