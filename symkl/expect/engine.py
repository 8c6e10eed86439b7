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
    constant: Expr = S.Zero
    solved: list[tuple[Expr, Expr, Outcome]] = []
    left: list[Term] = []
    short = finite_sum.is_short(law)
    for coefficient, monomial in statistics(f, x, law, facts):
        if monomial == ONE:
            constant += coefficient
            continue
        outcome = None if short else expect_statistic(monomial.expr(x), x, law, facts)
        if outcome is None:
            left.append(Term(coefficient, monomial))
        else:
            solved.append((coefficient, monomial.expr(x), outcome))
    whole = Expectation(f, x, law)
    if not left:
        return _put_together(whole, constant, solved, [])
    together = summed(left, constant, x, law, facts)
    if together is not None:
        constant, statistic, outcome = together
        return _put_together(whole, constant, [*solved, (S.One, statistic, outcome)], [])
    apart = by_pieces(f, Add(*(c * m.expr(x) for c, m in left)), x, law, facts, expect)
    if apart is not None:
        return Expected(apart.value, apart.steps, apart.conditions)
    found = refined(left, x, law, facts, lambda g: expect_statistic(g, x, law, facts))
    kept = [(coefficient, Expectation(joined_exponentials(g), x, law)) for coefficient, g in grouped(found.left, x, law, facts)]
    return _put_together(whole, constant + found.constant, solved + found.solved, kept)


def _put_together(
    whole: Expectation, constant: Expr, solved: list[tuple[Expr, Expr, Outcome]], kept: list[tuple[Expr, Expectation]]
) -> Expected:
    """constant + Σ c E g, the solved ones with their values, steps and conditions."""
    steps: list[Step] = []
    conditions: dict[Boolean, None] = {}
    for _, _, outcome in solved:
        steps.extend(step for step in outcome.steps if step not in steps)
        conditions.update(dict.fromkeys(outcome.conditions))
    stays = [coefficient * expectation for coefficient, expectation in kept]
    linear = Add(constant, *stays, *(coefficient * Expectation(g, *whole.args[1:]) for coefficient, g, _ in solved))
    if linear != whole:
        steps.insert(0, Step(whole, linear, "linearity", "linearity of the expectation"))
    value = Add(constant, *stays, *(coefficient * outcome.value for coefficient, _, outcome in solved))
    asked = tuple(name for name, _ in (*RULES, *REMAINDER_RULES)) if kept else ()
    return Expected(value, tuple(steps), tuple(conditions), tuple(expectation for _, expectation in kept), asked)


@lru_cache(maxsize=8192)
def expect_statistic(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The first rule's answer for one statistic, or None."""
    return first_outcome(f, x, law, facts)
