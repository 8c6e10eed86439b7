"""E f(X) = E f(m + Y) with Y = |X − m|, for a law on the line and a statistic with a distance |x − m| that are even about m."""

from __future__ import annotations

from sympy import Abs, Expr, S, Symbol, log

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.kinds.common import HALF_LINE, LINE
from symkl.expect.moves.breakpoints import place_of_kink
from symkl.expect.reduce import resolve_branches
from symkl.expect.rules import standard_form
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["rule"]

y = Symbol("y", positive=True)


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    distances = sorted(f.atoms(Abs), key=lambda each: each.sort_key())
    m = place_of_kink(distances[0], x) if len(distances) == 1 else None
    if m is None or law.support != LINE or y in law.free_symbols | f.free_symbols:
        return None
    log_density = law.log_density(x)
    above, below = (log_density.xreplace({x: m + sign * y}) for sign in (1, -1))
    inside = resolve_branches(f.xreplace({x: m + y}), with_facts(facts, HALF_LINE.facts(y)))
    if inside.has(Abs) or f.xreplace({x: m - y}) != f.xreplace({x: m + y}) or is_zero(above - below, facts) is not True:
        return None
    half = Density.from_log(above + log(2), y, HALF_LINE)
    outcome = standard_form.rule(inside, y, half, facts)
    if outcome is None:
        return None
    maps = ((S.Half, m + y, y, half), (S.Half, m - y, y, half))
    step = Step(Expectation(f, x, law), Expectation(inside, y, half), "substitution", f"the distance from {m}", data={"maps": maps})
    return Outcome(outcome.value, (step, *outcome.steps), outcome.conditions)
