"""Antiderivatives in another variable: after a location, a range, an exponential or a logarithm is substituted."""

from __future__ import annotations

from sympy import Add, Expr, S, Symbol, cos, log, sin, tan

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.moves import MOVES, exponential, logarithm, trigonometric
from symkl.expect.reduce import put_in, transport
from symkl.expect.rules import antiderivative, kink, standard_form
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Profile, Substitution
from symkl.form.facts import Facts

__all__ = ["rule"]

#: No more than this many substitutions one after the other.
DEEPEST = 3


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    return _search(f, x, law, facts, DEEPEST) if isinstance(law.support, Continuum) else None


def _search(f: Expr, x: Symbol, law: Law, facts: Facts, depth: int) -> Outcome | None:
    profile = Profile(law.log_density(x), x, law.support, facts)
    for move in MOVES:
        substitutions = move(profile)
        if substitutions is None and move in (exponential.move, logarithm.move, trigonometric.move):
            # An exponential, a logarithm of a logarithm or a wave of the statistic asks for the same substitution.
            substitutions = move(Profile(f, x, law.support, facts))
        if substitutions is None:
            continue
        outcome = _through(f, x, law, profile, substitutions, facts, depth)
        if outcome is not None:
            return outcome
    return None


def _through(f: Expr, x: Symbol, law: Law, profile: Profile, substitutions: tuple[Substitution, ...], facts: Facts, depth: int) -> Outcome | None:
    maps, parts, steps, values = [], [], [], []
    conditions: tuple[object, ...] = ()
    for each in substitutions:
        moved = transport(profile, each)
        target = Density.from_log(moved.log_density, each.variable, each.support)
        inside = kink.resolved(put_in(f, x, each.inverse), each.variable, each.support, facts)
        outcome = antiderivative.rule(inside, each.variable, target, facts)
        if outcome is None and f.has(log, sin, cos, tan):
            # Where the statistic asked for the substitution, the law may have become a standard one.
            outcome = standard_form.rule(inside, each.variable, target, facts)
        if outcome is None and depth > 1:
            outcome = _search(inside, each.variable, target, facts, depth - 1)
        if outcome is None:
            return None
        maps.append((S.One, each.inverse, each.variable, target))
        parts.append(Expectation(inside, each.variable, target))
        values.append(outcome.value)
        steps += [step for step in outcome.steps if step not in steps]
        conditions += outcome.conditions
    shown = ", ".join(dict.fromkeys(f"{x} = {each.inverse}" for each in substitutions))
    first = Step(Expectation(f, x, law), Add(*parts), "substitution", f"substitution {shown}", data={"maps": tuple(maps)})
    return Outcome(Add(*values), (first, *steps), conditions)  # type: ignore[arg-type]
