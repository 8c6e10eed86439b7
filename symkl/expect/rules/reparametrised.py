"""E_θ[g e^{cT}] = Z(θ′)/Z(θ) · E_θ′[g], where log p = a(θ) T + b(θ) + h and a(θ′) = a(θ) + c: another member of the same family."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, Symbol, exp
from sympy.core.relational import Ge, Gt, Le, Lt

from symkl.core.family import Family
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.errors import DomainError
from symkl.expect.rules import score, telescoping
from symkl.expect.rules.base import Outcome
from symkl.expect.rules.finite_sum import few
from symkl.expect.shapes import with_facts
from symkl.expect.terms import ONE, Monomial, exp_of_sum, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    if not isinstance(law, Family) or not law.is_discrete or len(law.args) != len(type(law).parameters):
        return None
    terms = expand_in(f, x, with_facts(facts, law.support.facts(x)))
    if len(terms) != 1 or terms[0].monomial.rate == 0:
        return None
    coefficient, m = terms[0]
    rest = coefficient * Monomial(m.power, m.logs, S.Zero, m.factors).expr(x)
    for at, parameter in enumerate(type(law).parameters):
        if parameter.domain.integer:
            continue
        other = _member(law, at, m.rate, x, facts)
        if other is not None and all(facts.is_positive(c.gts - c.lts) for c in other.conditions if isinstance(c, (Ge, Gt, Le, Lt))):
            outcome = _under(f, rest, x, law, other, m.rate, facts)
            if outcome is not None:
                return outcome
    return None


def _member(law: Family, at: int, c: Expr, x: Symbol, facts: Facts) -> Law | None:
    """The member with the coefficient of x in the log-mass larger by c, for a coefficient A log θ + B or A θ + B."""
    theta = type(law).parameters[at].domain.symbol("theta_")
    try:
        general = type(law)(*law.args[:at], theta, *law.args[at + 1 :])
        slope = Add(*(w for w, m in expand_in(general.log_density(x), x, facts) if m == Monomial(power=S.One))).expand()
        A = (slope.diff(theta) * theta).cancel()
        moved = law.args[at] * exp(c / A) if A != 0 and not A.has(theta) else None
        if moved is None and slope.diff(theta) != 0 and not slope.diff(theta).has(theta):
            moved = law.args[at] + c / slope.diff(theta)
        return None if moved is None else type(law)(*law.args[:at], moved, *law.args[at + 1 :])
    except DomainError:
        return None


def _under(f: Expr, rest: Expr, x: Symbol, law: Law, other: Law, c: Expr, facts: Facts) -> Outcome | None:
    """E_P[g e^{cx}] = C E_P′[g] with log C = log p + cx − log p′, free of x."""
    gap = [w for w, m in expand_in(law.log_density(x) + c * x - other.log_density(x), x, facts) if m != ONE]
    if law.support != other.support or not all(is_zero(w, facts) for w in gap):
        return None
    scale = exp_of_sum(Add(*(w for w, m in expand_in(law.log_density(x) + c * x - other.log_density(x), x, facts) if m == ONE)))
    free, moving = rest.as_independent(x, as_Add=False)
    before, conditions = Expectation(f, x, law), tuple(c for c in other.conditions if c not in law.conditions)
    if moving == 1:
        value = scale * free
        steps = (
            Step(before, Expectation(value, x, other), "tilt", "a member of the same family", conditions),
            Step(Expectation(value, x, other), value, "linearity", "total mass one"),
        )
        return Outcome(value, steps, conditions)
    for each in (few, score.rule, telescoping.rule):
        inner = each(moving, x, other, facts)
        if inner is not None:
            parts = Mul(scale, free) * Expectation(moving, x, other)
            opening = Step(before, Expectation(scale * rest, x, other), "tilt", "a member of the same family", conditions)
            return Outcome(
                scale * free * inner.value,
                (opening, Step(opening.after, parts, "linearity", "linearity of the expectation"), *inner.steps),
                conditions + inner.conditions,
            )
    return None
