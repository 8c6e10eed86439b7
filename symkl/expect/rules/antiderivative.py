"""∫ f p over an interval by an antiderivative, where f·p is a sum of monomials that have one: uniform, power and exponential densities."""

from __future__ import annotations

from typing import Any

from sympy import Add, Eq, Expr, Piecewise, Pow, S, Symbol, exp, log, oo

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
    for end in support.args:
        edge = _edge(whole, x, end, facts)
        if edge is not None:
            return _branches(f, x, law, facts, edge)
    return _between(f, x, law, support, whole, inside)


def _between(f: Expr, x: Symbol, law: Law, support: Continuum, whole: Expr, facts: Facts) -> Outcome | None:
    upper = limit_at(whole, x, support.upper, False, facts)
    lower = limit_at(whole, x, support.lower, True, facts)
    if upper is None or lower is None:
        return None
    data = {"pieces": ((support.lower, support.upper, whole, lower, upper),)}
    step = Step(Expectation(f, x, law), upper - lower, "antiderivative", "antiderivative", data=data)
    return Outcome(upper - lower, (step,))


def _edge(G: Expr, x: Symbol, end: Expr, facts: Facts) -> Eq | None:
    """symbol = value, where the end of the support may meet a singularity of G; there the value is a limit of its own."""
    if end.is_number or not end.is_Symbol:
        return None
    for inside in [each.args[0] for each in sorted(G.atoms(log), key=lambda e: e.sort_key())] + [
        each.base for each in sorted(G.atoms(Pow), key=lambda e: e.sort_key())
    ]:
        at_end = inside.xreplace({x: end})
        if not inside.has(x) or facts.is_positive(at_end) or not facts.is_nonnegative(at_end):
            continue
        slope = at_end.diff(end)
        if slope == 0 or slope.has(end):
            continue
        value = (end - at_end / slope).expand()
        if G.xreplace({x: value}).has(S.NaN, S.ComplexInfinity, oo, -oo):
            return Eq(end, value)
    return None


def _branches(f: Expr, x: Symbol, law: Law, facts: Facts, edge: Eq) -> Outcome | None:
    """The value at the edge, and the general one: E[f(X)] = Piecewise((…, symbol = value), (…, True))."""
    symbol, value = edge.args
    there: Any = law
    at_edge = rule(f.xreplace({symbol: value}), x, there.xreplace({symbol: value}), facts)
    off_edge = rule(f, x, law, Facts((*facts.positive, _gap(edge, facts)), facts.nonnegative))
    if at_edge is None or off_edge is None:
        return None
    total = Piecewise((at_edge.value, edge), (off_edge.value, True))
    data = {"branches": at_edge.steps, "within": off_edge.steps}
    return Outcome(total, (Step(Expectation(f, x, law), total, "branches", f"the case {edge.lhs} = {edge.rhs}", data=data),))


def _gap(edge: Eq, facts: Facts) -> Expr:
    """The difference of the two sides that is known not to be negative, so that off the edge it is positive."""
    difference = edge.lhs - edge.rhs
    return difference if facts.is_nonnegative(difference) else -difference


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
