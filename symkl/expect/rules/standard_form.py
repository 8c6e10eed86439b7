"""The main rule: transport the statistic to the law's standard variable and take each monomial from a master integral."""

from __future__ import annotations

from sympy import Add, Expr, Symbol

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.kinds import MOMENTS
from symkl.expect.reduce import put_in, reduce_law, resolve_branches
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Piece, Reduction, with_facts
from symkl.expect.terms import ONE, expand_in
from symkl.form.facts import Facts

__all__ = ["rule", "through"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    reduction = reduce_law(law, facts)
    return None if reduction is None else through(f, x, law, reduction, facts)


def through(f: Expr, x: Symbol, law: Law, reduction: Reduction, facts: Facts) -> Outcome | None:
    """E_P[f(X)] = Σ w_j E[f(g_j(U_j))] over the standard pieces, each by its masters."""
    results = [_piece_value(f, x, each, facts) for each in reduction.pieces]
    if any(result is None for result in results):
        return None
    found = [result for result in results if result is not None]
    value = Add(*(each.weight * result.value for each, result in zip(reduction.pieces, found)))
    if value.is_zero is None and len(found) > 1:
        value = value.expand() if value.expand() == 0 else value
    steps = [_substitution(f, x, law, reduction.pieces, facts)]
    conditions: dict[object, None] = {}
    for result in found:
        steps += [step for step in result.steps if step not in steps]
        conditions.update(dict.fromkeys(result.conditions))
    return Outcome(value, tuple(step for step in steps if step is not None), tuple(conditions))  # type: ignore[arg-type]


def _inside(f: Expr, x: Symbol, each: Piece, facts: Facts) -> Expr:
    return resolve_branches(put_in(f, x, each.inverse), with_facts(facts, each.law.support.facts(each.variable)))


def _substitution(f: Expr, x: Symbol, law: Law, pieces: tuple[Piece, ...], facts: Facts) -> Step | None:
    after = Add(*(each.weight * Expectation(_inside(f, x, each, facts), each.variable, each.law) for each in pieces))
    before = Expectation(f, x, law)
    if before == after:
        return None
    maps = tuple((each.weight, each.inverse, each.variable, each.law) for each in pieces)
    shown = ", ".join(dict.fromkeys(f"{x} = {each.inverse}" for each in pieces))
    return Step(before, after, "substitution", f"substitution {shown}", data={"maps": maps})


def _piece_value(f: Expr, x: Symbol, each: Piece, facts: Facts) -> Outcome | None:
    """E[f(inverse(U))] over one standard piece, monomial by monomial."""
    u = each.variable
    here = with_facts(facts, each.law.support.facts(u))
    inside = resolve_branches(put_in(f, x, each.inverse), here)
    terms = expand_in(inside, u, here)
    values: list[Expr] = []
    parts: list[Expr] = []
    steps: list[Step] = []
    conditions: dict[object, None] = {}
    for coefficient, monomial in terms:
        if monomial == ONE:
            values.append(coefficient)
            parts.append(coefficient)
            continue
        moment = MOMENTS[each.kind](each, monomial, facts)
        if moment is None:
            return None
        atom = Expectation(monomial.expr(u), u, each.law)
        data = {"master": moment.master, "values": moment.values, "orders": moment.orders, "coefficient": moment.coefficient}
        steps.append(Step(atom, moment.value, "master", f"{moment.master.replace('_', ' ')} integral", moment.conditions, data))
        conditions.update(dict.fromkeys(moment.conditions))
        values.append(coefficient * moment.value)
        parts.append(coefficient * atom)
    before, linear = Expectation(inside, u, each.law), Add(*parts)
    if before != linear:
        steps.insert(0, Step(before, linear, "linearity", "linearity of the expectation"))
    return Outcome(Add(*values), tuple(steps), tuple(conditions))  # type: ignore[arg-type]
