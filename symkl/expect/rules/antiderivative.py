"""∫ f p over an interval by an antiderivative, where f·p is a sum of monomials that have one: uniform, power and exponential densities."""

from __future__ import annotations

from sympy import Add, Expr, Symbol, exp

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.primitives import limit_at, primitive
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]

#: More monomials than this are not worth reading.
LONGEST = 24


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Continuum):
        return None
    inside = with_facts(facts, support.facts(x))
    # Powers of sums whole first: (x − μ)² and log(γ² + (x − x₀)²) then integrate about their own centre.
    parts = _parts(f, x, law, inside, False) or _parts(f, x, law, inside, True)
    if parts is None:
        return None
    whole = Add(*parts)
    upper = limit_at(whole, x, support.upper, False, inside)
    lower = limit_at(whole, x, support.lower, True, inside)
    if upper is None or lower is None:
        return None
    data = {"pieces": ((support.lower, support.upper, whole, lower, upper),)}
    step = Step(Expectation(f, x, law), upper - lower, "antiderivative", "antiderivative", data=data)
    return Outcome(upper - lower, (step,))


def _parts(f: Expr, x: Symbol, law: Law, facts: Facts, powers: bool) -> list[Expr] | None:
    """Antiderivatives of the monomials of f·p."""
    density = expand_in(exp(law.log_density(x)), x, facts, powers=powers)
    if len(density) > LONGEST:
        return None
    product = [(c * d, m * n) for c, m in density for d, n in expand_in(f, x, facts, powers=powers)]
    if len(product) > LONGEST:
        return None
    parts = []
    for coefficient, monomial in product:
        G = primitive(monomial, x, facts)
        if G is None:
            return None
        parts.append(coefficient * G)
    return parts
