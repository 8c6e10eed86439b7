"""What no rule reduces, taken together: a finite sum on a bounded lattice, else expectations that exist each by itself."""

from __future__ import annotations

from sympy import Add, Expr, Integer, S, Symbol, loggamma

from symkl.core.laws import Law
from symkl.core.supports import Lattice, Outcomes
from symkl.errors import Undecided
from symkl.expect.finiteness import finite_condition
from symkl.expect.gammas import completing, gamma_table, split_sum
from symkl.expect.rules import REMAINDER_RULES, finite_sum
from symkl.expect.rules.base import Outcome
from symkl.expect.terms import Monomial, Term
from symkl.form.facts import Facts

__all__ = ["grouped", "summed"]


def summed(left: list[Term], constant: Expr, x: Symbol, law: Law, facts: Facts) -> tuple[Expr, Expr, Outcome] | None:
    """(c, f, outcome of E f) with c + f = constant + Σ left, if the support is bounded: constants that name f better join it."""
    if not isinstance(law.support, (Lattice, Outcomes)):
        return None
    table, rest = split_sum(constant)
    plain = Add(*(c * m.expr(x) for c, m in left))
    for _, rule in REMAINDER_RULES:
        # Written out point by point, constants that are gamma functions may cancel altogether.
        taken = table if rule is finite_sum.rule else completing(gamma_table(left), table)
        f = Add(plain, _sum(taken))
        outcome = rule(f, x, law, facts)
        if outcome is not None:
            return Add(*rest, _sum(table), -_sum(taken)), f, outcome
    return None


def _sum(table: dict[Expr, Expr]) -> Expr:
    return Add(*(c * loggamma(a) for a, c in table.items()))


def grouped(left: list[Term], x: Symbol, law: Law, facts: Facts) -> list[tuple[Expr, Expr]]:
    """Pairs (c, f) with Σ c E f the remainder: gamma functions together, and whatever does not exist by itself."""
    if len(left) < 2:
        return [(c, m.expr(x)) for c, m in left]
    alone: list[tuple[Expr, Expr]] = []
    together: list[Expr] = []
    gammas = gamma_table(left)
    numeric = len(gammas) > 1 and all(isinstance(c, Integer) for c in gammas.values())
    for c, m in left:
        joins = numeric and gamma_table([Term(c, m)])
        if joins or not exists(m, x, law, facts):
            together.append(c * m.expr(x))
        else:
            alone.append((c, m.expr(x)))
    return alone + ([(S.One, Add(*together))] if together else [])


def exists(m: Monomial, x: Symbol, law: Law, facts: Facts) -> bool:
    """Whether E|m(X)| is known to be finite."""
    try:
        return finite_condition(m.expr(x), x, law, facts) is S.true
    except Undecided:
        return False
