"""What no rule reduces, taken together: a finite sum on a bounded lattice, else expectations that exist each by itself, as few as can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sympy import Add, Expr, Integer, Mul, S, Symbol, log, loggamma

from symkl.core.laws import Law
from symkl.core.supports import Lattice, Outcomes
from symkl.errors import Undecided
from symkl.expect.finiteness import finite_condition
from symkl.expect.gammas import completing, gamma_table, split_sum
from symkl.expect.kinds import MOMENTS
from symkl.expect.reduce import put_in, reduce_law, resolve_branches
from symkl.expect.rules import REMAINDER_RULES, finite_sum
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Piece, with_facts
from symkl.expect.terms import ONE, Monomial, Term, collect, expand_in
from symkl.form.facts import Facts

__all__ = ["Reduced", "grouped", "refined", "summed"]

#: The outcome of one statistic, or None.
Solve = Callable[[Expr], Outcome | None]


class Reduced(NamedTuple):
    """Σ c E f of a remainder = constant + Σ c E g over `solved` + Σ c E m over `left`."""

    constant: Expr
    solved: list[tuple[Expr, Expr, Outcome]]
    left: list[Term]


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


def refined(left: list[Term], x: Symbol, law: Law, facts: Facts, solve: Solve) -> Reduced:
    """The remainder with constants and solvable parts taken out of its statistics, and without those that follow from the others."""
    return _independent(_together(_opened(left, x, law, facts, solve), x, law, solve), x, law, facts, solve)


def _opened(left: list[Term], x: Symbol, law: Law, facts: Facts, solve: Solve) -> Reduced:
    """Sums such as (x − μ)² multiplied out, unless more expectations would stay than before."""
    here = with_facts(facts, law.support.facts(x))
    flat: list[Term] = []
    for c, m in left:
        # A logarithm of a sum is a statistic of its own, however it is written.
        terms = expand_in(m.expr(x), x, here) if not any(isinstance(base, log) for base, _ in m.factors) else []
        whole = len(terms) < 2 or not all(n == ONE or exists(n, x, law, facts) for _, n in terms)
        flat += [Term(c, m)] if whole else [Term(c * d, n) for d, n in terms]
    constant: Expr = S.Zero
    solved, rest = [], []
    for c, m in collect(flat):
        outcome = None if m == ONE or any(m == n for _, n in left) else solve(m.expr(x))
        if m == ONE:
            constant += c
        elif outcome is None:
            rest.append(Term(c, m))
        else:
            solved.append((c, m.expr(x), outcome))
    return Reduced(constant, solved, rest) if len(rest) <= len(left) else Reduced(S.Zero, [], left)


def _together(found: Reduced, x: Symbol, law: Law, solve: Solve) -> Reduced:
    """c E log g + c E log h as c E log(gh) where that is solvable, as for 2x − x² = 1 − (1 − x)²."""
    groups: dict[Expr, list[Monomial]] = {}
    for c, m in found.left:
        inside = _logarithm_of(m, x)
        if inside is not None and inside.is_polynomial(x):
            groups.setdefault(c, []).append(m)
    solved, gone = list(found.solved), set()
    for c, members in groups.items():
        whole = log(Mul(*(inside for m in members if (inside := _logarithm_of(m, x)) is not None)).expand())
        outcome = solve(whole) if len(members) > 1 and not law.is_discrete else None
        if outcome is not None:
            solved.append((c, whole, outcome))
            gone |= {(c, m) for m in members}
    return Reduced(found.constant, solved, [term for term in found.left if tuple(term) not in gone])


def _logarithm_of(m: Monomial, x: Symbol) -> Expr | None:
    """h if the monomial is log h."""
    if m == Monomial(logs=1):
        return x
    if len(m.factors) == 1 and m == Monomial(factors=m.factors) and m.factors[0][1] == 1 and isinstance(m.factors[0][0], log):
        inside: Expr = m.factors[0][0].args[0]
        return inside
    return None


def _independent(found: Reduced, x: Symbol, law: Law, facts: Facts, solve: Solve) -> Reduced:
    """E T = Σ a_i E T_i + E[T − Σ a_i T_i] where the last is solvable: under X = 1/(1 + e^{−Y}), log(1 − X) is log X − Y."""
    reduction = reduce_law(law, facts) if len(found.left) > 1 and not law.is_discrete else None
    if reduction is None or len(reduction.pieces) != 1:
        return found
    kept: list[Term] = []
    rows: list[tuple[Monomial, dict[Monomial, Expr], dict[Monomial, Expr]]] = []
    solved = list(found.solved)
    for c, m in found.left:
        row = _unsolved(m, x, reduction.pieces[0], facts)
        combination: dict[Monomial, Expr] = {m: S.One}
        for pivot, other, parts in rows if row is not None else ():
            factor = row.get(pivot, S.Zero) if row is not None else S.Zero
            row, combination = _less(row or {}, factor, other), _less(combination, factor, parts)
        if row is None or any(not a.is_number for a in row.values()):
            kept.append(Term(c, m))
            continue
        g = Add(*(a * n.expr(x) for n, a in combination.items()))
        outcome = solve(g) if not row else None
        if outcome is not None:
            solved.append((c, g, outcome))
            kept += [Term(-c * a, n) for n, a in combination.items() if n != m]
            continue
        kept.append(Term(c, m))
        if row:
            pivot = next(iter(row))
            rows.append((pivot, _scaled(row, 1 / row[pivot]), _scaled(combination, 1 / row[pivot])))
    return Reduced(found.constant, solved, collect(kept))


def _unsolved(m: Monomial, x: Symbol, this: Piece, facts: Facts) -> dict[Monomial, Expr] | None:
    """The monomials of m in the standard variable that no master gives, with their coefficients; None if one is not a number."""
    here = with_facts(facts, this.law.support.facts(this.variable))
    terms = expand_in(resolve_branches(put_in(m.expr(x), x, this.inverse), here), this.variable, here)
    row = {n: c for c, n in terms if n != ONE and MOMENTS[this.kind](this, n, facts) is None}
    return row if all(c.is_number for c in row.values()) else None


def _less(row: dict[Monomial, Expr], factor: Expr, other: dict[Monomial, Expr]) -> dict[Monomial, Expr]:
    if factor == 0:
        return row
    total = {m: (row.get(m, S.Zero) - factor * other.get(m, S.Zero)).expand() for m in {**row, **other}}
    return {m: c for m, c in total.items() if c != 0}


def _scaled(row: dict[Monomial, Expr], factor: Expr) -> dict[Monomial, Expr]:
    return {m: c * factor for m, c in row.items()}
