"""E_P[f] where p = h·b with log h a whole multiple of the logarithm of a sum, such as 1 + x or 1 + cos x: b has a standard form, and h joins f.

Also E_P[e^{cX}] = e^K where e^{cx} p(x) is e^K times the density of another member of the family, along a curve of `flow`.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Mul, S, Symbol, log

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.reduce import reduce_law
from symkl.expect.rules import flow, score, standard_form
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import ONE, Monomial, exp_of_sum, expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]

#: A factor with a larger exponent is not multiplied out.
LARGEST_EXPONENT = 4


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    along = _along_curve(f, x, law, facts)
    if along is not None or law.is_discrete:
        return along
    factor = _factor(law, x, facts)
    if factor is None:
        return None
    base = Density.from_log(Add(law.log_density(x), -log(factor)).expand(), x, law.support)
    reduction = reduce_law(base, facts)
    if reduction is None:
        return None
    before, after = Expectation(f, x, law), Expectation(f * factor, x, base)
    inner = standard_form.through(f * factor, x, base, reduction, facts)
    if inner is None:
        return None
    step = Step(before, after, "tilt", f"the factor {factor} of the density joins the statistic")
    return Outcome(inner.value, (step, *inner.steps), inner.conditions)


def _along_curve(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    terms = expand_in(f, x, with_facts(facts, law.support.facts(x)))
    if len(terms) != 1 or terms[0].monomial.rate == 0 or terms[0].monomial != Monomial(rate=terms[0].monomial.rate):
        return None
    ((c, m),) = terms
    for place in flow.places(law, x):
        for slope, statistic, _ in score.scores(place.member, place.theta, x, facts):
            (theta, value), *others = place.names
            if statistic != Monomial(power=S.One) or slope.has(theta):
                continue
            there: Any = {theta: value + m.rate / slope, **dict(others)}
            if theta.is_positive and not facts.is_positive(there[theta]):
                continue
            moved: Any = place.member
            tilted = moved.xreplace(there)
            known = with_facts(facts, law.support.facts(x))
            gap = expand_in(law.log_density(x) - tilted.log_density(x) + m.rate * x, x, known)
            if all(n == ONE for _, n in gap):
                constant = c * exp_of_sum(Add(*(d for d, _ in gap)))
                after = Expectation(constant, x, tilted)
                steps = (
                    Step(Expectation(f, x, law), after, "tilt", "another member of the family"),
                    Step(after, constant, "linearity", "linearity of the expectation"),
                )
                return Outcome(constant, steps)
    return None


def _factor(law: Law, x: Symbol, facts: Facts) -> Expr | None:
    """Π h^n over the terms n·log h of the log-density with h a sum and n a small natural number."""
    found = []
    for c, m in expand_in(law.log_density(x), x, with_facts(facts, law.support.facts(x)), powers=False):
        if c.is_Integer and 0 < c <= LARGEST_EXPONENT and len(m.factors) == 1 and m == Monomial(factors=m.factors):
            inside, exponent = m.factors[0]
            if exponent == 1 and isinstance(inside, log) and isinstance(inside.args[0], Add):
                found.append(inside.args[0] ** c)
    return Mul(*found) if found else None
