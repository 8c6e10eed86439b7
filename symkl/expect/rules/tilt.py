"""E_P[f] where p = h·b with log h a whole multiple of the logarithm of a sum, such as 1 + x or 1 + cos x: b has a standard form, and h joins f."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Symbol, log

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.reduce import reduce_law
from symkl.expect.rules import standard_form
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]

#: A factor with a larger exponent is not multiplied out.
LARGEST_EXPONENT = 4


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    if law.is_discrete:
        return None
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


def _factor(law: Law, x: Symbol, facts: Facts) -> Expr | None:
    """Π h^n over the terms n·log h of the log-density with h a sum and n a small natural number."""
    found = []
    for c, m in expand_in(law.log_density(x), x, with_facts(facts, law.support.facts(x)), powers=False):
        if c.is_Integer and 0 < c <= LARGEST_EXPONENT and len(m.factors) == 1 and m == Monomial(factors=m.factors):
            inside, exponent = m.factors[0]
            if exponent == 1 and isinstance(inside, log) and isinstance(inside.args[0], Add):
                found.append(inside.args[0] ** c)
    return Mul(*found) if found else None
