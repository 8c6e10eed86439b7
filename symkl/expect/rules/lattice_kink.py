"""E|K − c| on a lattice: E(K − c) + 2 Σ_{k<c} (c − k) p(k), the sum by summation by parts where it telescopes.

Of a law even about m only δ = |c − m| matters, and it is taken apart at m. Otherwise the answer depends on whether c lies in the range,
which becomes a Piecewise where it is not known.
"""

from __future__ import annotations

from sympy import Abs, Add, Expr, Ge, Le, Piecewise, Sum, Symbol, oo
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice
from symkl.expect.mass_ratio import mass_ratio
from symkl.expect.moves.lattice import kink
from symkl.expect.reduce import reduce_law
from symkl.expect.rules import bounded_sum, score, standard_form, telescoping
from symkl.expect.rules.base import Outcome
from symkl.form.facts import Facts

__all__ = ["rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    c = kink(f, x) if isinstance(f, Abs) else None
    if c is None or not isinstance(support, Lattice) or support.step != 1:
        return None
    if support.lower is -oo:
        return _even(f, x, law, c, facts) if support.upper is oo else None
    inside = _within(f, x, law, c, facts)
    if inside is None:
        return None
    outside: list[tuple[Expr, Boolean]] = []
    for gap, statistic, condition in ((support.lower - c, x - c, Le(c, support.lower)), (c - support.upper, c - x, Ge(c, support.upper))):
        if gap is not -oo and facts.is_nonnegative(gap):
            return _plain(f, statistic, x, law, facts)
        if gap is not -oo and not facts.is_nonnegative(-gap):
            outside.append((statistic, condition))
    return inside if not outside else _by_cases(f, x, law, c, inside, outside, facts)


def _mean(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    for each in (standard_form.rule, score.rule, telescoping.rule):
        outcome = each(f, x, law, facts)
        if outcome is not None:
            return outcome
    return None


def _plain(f: Expr, statistic: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    outcome = _mean(statistic, x, law, facts)
    if outcome is None:
        return None
    first = Step(Expectation(f, x, law), Expectation(statistic, x, law), "algebra", "the kink lies outside the range")
    return Outcome(outcome.value, (first, *outcome.steps), outcome.conditions)


def _within(f: Expr, x: Symbol, law: Law, c: Expr, facts: Facts) -> Outcome | None:
    """c between the ends of the range."""
    mean = _mean(x - c, x, law, facts)
    if mean is None:
        return None
    lower, upper, _ = law.support.args
    ratio = mass_ratio(law, x, facts)
    found = telescoping.certificate(c - x, ratio, False) if ratio is not None else None
    outside, weight = bounded_sum.mass(law, x).as_independent(x, as_Add=False)
    partial = Sum((c - x) * weight, (x, lower, c - 1))
    below = 2 * outside * partial
    first = Step(Expectation(f, x, law), Expectation(x - c, x, law) + below, "lattice kink", "the kink taken apart", data={"kink": c})
    if ratio is None or found is None:
        # A sum that does not telescope is worth its while only against an infinite one.
        return Outcome(mean.value + below, (first, *mean.steps), mean.conditions) if upper is oo else None
    G = found[1] * ratio.before() * weight
    value = G.xreplace({x: c}) - G.xreplace({x: lower})
    second = Step(partial, value, "telescoped sum", "summation by parts below the kink", data={"G": G})
    return Outcome(mean.value + 2 * outside * value, (first, second, *mean.steps), mean.conditions)


def _by_cases(f: Expr, x: Symbol, law: Law, c: Expr, inside: Outcome, outside: list[tuple[Expr, Boolean]], facts: Facts) -> Outcome | None:
    branches: list[tuple[Expr, Boolean]] = []
    steps: list[Step] = []
    for statistic, condition in outside:
        outcome = _mean(statistic, x, law, facts)
        if outcome is None:
            return None
        branches.append((outcome.value, condition))
        steps += [step for step in outcome.steps if step not in steps]
    value = Piecewise(*branches, (inside.value, True))
    data = {"kink": c, "branches": tuple(steps), "within": inside.steps}
    return Outcome(value, (Step(Expectation(f, x, law), value, "branches", "the place of the kink", data=data),), inside.conditions)


def _even(f: Expr, x: Symbol, law: Law, c: Expr, facts: Facts) -> Outcome | None:
    """X = m ± …: E|X − c| = E|X − m − δ|, and each half has its kink at or below its start, or at δ ≥ 0."""
    m, reduction = kink(law.log_density(x), x), reduce_law(law, facts)
    if m is None or reduction is None or (law.log_density(2 * m - x) - law.log_density(x)).expand() != 0:
        return None
    delta = Abs(c - m)
    turned = Abs(x - m - delta)
    values: list[Expr] = []
    parts: list[Expr] = []
    steps: list[Step] = []
    for piece in reduction.pieces:
        u, inside = piece.variable, (piece.inverse - m - delta).expand()
        statistic = -inside if facts.is_nonnegative(-inside) else Abs(inside)
        outcome = _mean(statistic, u, piece.law, facts) if statistic == -inside else rule(statistic, u, piece.law, facts)
        if outcome is None:
            return None
        values.append(piece.weight * outcome.value)
        parts.append(piece.weight * Expectation(statistic, u, piece.law))
        steps += [step for step in outcome.steps if step not in steps]
    before = Expectation(f, x, law)
    maps = tuple((piece.weight, piece.inverse, piece.variable, piece.law) for piece in reduction.pieces)
    opening = [Step(Expectation(turned, x, law), Add(*parts), "substitution", f"taken apart at {m}", data={"maps": maps})]
    if Expectation(turned, x, law) != before:
        opening.insert(0, Step(before, Expectation(turned, x, law), "even kink", f"symmetry about {m}", data={"centre": m, "kink": c}))
    return Outcome(Add(*values), (*opening, *steps))
