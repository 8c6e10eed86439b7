"""E_P[f(X)]: statistics are taken apart, transported to a standard variable, and read off the master integrals.

The rules are asked in the order of `symkl.expect.rules`; a rule that is not concerned returns None. What no rule reduces is summed up
on a bounded lattice; else it stays an `Expectation`, and `unreduced` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy import Add, Expr, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice
from symkl.expect.gammas import cancelled
from symkl.expect.pieces import by_pieces
from symkl.expect.remainder import grouped, refined, summed
from symkl.expect.rules import REMAINDER_RULES, RULES, Outcome, finite_sum, first_outcome
from symkl.expect.terms import NO_FACTS, ONE, Term, expand_in
from symkl.form.exponentials import joined_exponentials
from symkl.form.facts import Facts

__all__ = ["Expected", "expect", "statistics"]


@dataclass(frozen=True)
class Expected:
    """The value of an expectation, how it was found, under which conditions, and what stayed unreduced."""

    value: Expr
    steps: tuple[Step, ...] = ()
    conditions: tuple[Boolean, ...] = ()
    unreduced: tuple[Expectation, ...] = ()
    rules_asked: tuple[str, ...] = ()


def statistics(f: Expr, x: Symbol, law: Law, facts: Facts) -> list[Term]:
    """f as a linear combination of statistics; powers of sums, such as (x − μ)², are kept whole."""
    point_facts = facts if not law.support.facts(x) else _joined(facts, law, x)
    terms = expand_in(f, x, point_facts, powers=False)
    return cancelled(terms, x) if isinstance(law.support, Lattice) else terms


@lru_cache(maxsize=4096)
def _joined(facts: Facts, law: Law, x: Symbol) -> Facts:
    more = Facts.of(law.support.facts(x))
    return Facts(facts.positive + more.positive, facts.nonnegative + more.nonnegative)


def expect(f: Expr, x: Symbol, law: Law, facts: Facts = NO_FACTS) -> Expected:
    """E_P[f(X)] with its steps: linearity first, then each statistic by the first rule that is concerned."""
    terms = statistics(f, x, law, facts)
    whole = Expectation(f, x, law)
    parts: list[Expr] = []
    values: list[Expr] = []
    steps: list[Step] = []
    conditions: dict[Boolean, None] = {}
    unreduced: list[Expectation] = []
    constant = Add(*(coefficient for coefficient, monomial in terms if monomial == ONE))
    left: list[Term] = []
    reduced: list[tuple[Expr, Expr, Outcome]] = []
    short = finite_sum.is_short(law)
    for coefficient, monomial in terms:
        if monomial == ONE:
            continue
        outcome = None if short else expect_statistic(monomial.expr(x), x, law, facts)
        if outcome is None:
            left.append(Term(coefficient, monomial))
        else:
            reduced.append((coefficient, monomial.expr(x), outcome))
    if left:
        together = summed(left, constant, x, law, facts)
        if together is None and (apart := by_pieces(f, x, law, facts, expect)) is not None:
            return Expected(apart.value, apart.steps, apart.conditions)
        if together is None:
            found = refined(left, x, law, facts, lambda g: expect_statistic(g, x, law, facts))
            constant += found.constant
            reduced += found.solved
            for coefficient, g in grouped(found.left, x, law, facts):
                unreduced.append(Expectation(joined_exponentials(g), x, law))
                parts.append(coefficient * unreduced[-1])
            values += parts
        else:
            constant, f_left, outcome = together
            reduced.append((S.One, f_left, outcome))
    for coefficient, g, outcome in reduced:
        parts.append(coefficient * Expectation(g, x, law))
        steps.extend(step for step in outcome.steps if step not in steps)
        conditions.update(dict.fromkeys(outcome.conditions))
        values.append(coefficient * outcome.value)
    linear = Add(constant, *parts)
    values.append(constant)
    if linear != whole:
        steps.insert(0, Step(whole, linear, "linearity", "linearity of the expectation"))
    asked = tuple(name for name, _ in (*RULES, *REMAINDER_RULES)) if unreduced else ()
    return Expected(Add(*values), tuple(steps), tuple(conditions), tuple(unreduced), asked)


@lru_cache(maxsize=8192)
def expect_statistic(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The first rule's answer for one statistic, or None."""
    return first_outcome(f, x, law, facts)
