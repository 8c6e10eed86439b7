"""∫ f p over an interval by an antiderivative, where f·p is a sum of monomials that have one: uniform, power and exponential densities."""

from __future__ import annotations

from typing import Any

from sympy import Add, Eq, Expr, Piecewise, Pow, S, Symbol, exp, log, oo, together

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.limits import limit_at
from symkl.expect.primitives import primitive
from symkl.expect.rules import standard_form
from symkl.expect.rules.base import Outcome, Rule
from symkl.expect.shapes import with_facts
from symkl.expect.terms import expand_in
from symkl.form.facts import ZERO, Facts

__all__ = ["EXPANDED", "at_edge", "edge_of", "joined", "off_case", "rule", "solved", "special_case"]

#: More monomials than this are not worth reading.
LONGEST = 24
#: Whether powers of sums are expanded in the density and in the statistic: (x − μ)² and log(γ² + (x − x₀)²) whole first, about their own centre.
EXPANDED = ((False, False), (True, False), (True, True))


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Continuum):
        return None
    log_density = law.log_density(x)
    special = special_case(log_density, x)
    if special is not None:
        generic = _integrated(f, x, law, off_case(log_density, special), facts)
        return joined(f, x, law, facts, special, generic, _at_edge)
    return _integrated(f, x, law, log_density, facts)


def special_case(log_density: Expr, x: Symbol) -> Eq | None:
    """symbol = value, the condition of a constant of the density that is given by cases, as at a removable singularity."""
    for each in sorted(log_density.atoms(Piecewise), key=lambda e: e.sort_key()):
        condition = each.args[0].args[1]
        if not each.has(x) and isinstance(condition, Eq) and condition.lhs.is_Symbol:
            return condition
    return None


def off_case(log_density: Any, special: Eq) -> Any:
    """A log-density, or a value, where the special case does not hold."""
    cases = {each: each.subs(special, S.false) for each in log_density.atoms(Piecewise) if each.has(special)}
    return log_density.replace(lambda e: e in cases, lambda e: cases[e]) if cases else log_density


def _integrated(f: Expr, x: Symbol, law: Law, log_density: Expr, facts: Facts) -> Outcome | None:
    support: Any = law.support
    inside = with_facts(facts, support.facts(x))
    parts = next((found for expanded in EXPANDED if (found := _parts(f, x, log_density, inside, *expanded)) is not None), None)
    if parts is None:
        return None
    whole = Add(*parts)
    for end in support.args:
        edge = None if end.is_infinite else edge_of(whole, x, end, law, facts)
        if edge is not None:
            return at_edge(f, x, law, facts, edge, _at_edge)
    value = _between(f, x, law, support, whole, inside)
    for hollow in _removable(whole, f, x, law, log_density, facts) if value is not None else ():
        # Where the integrand has no singularity but its antiderivative has, the value is one of its own.
        value = joined(f, x, law, facts, hollow, value, _at_edge) or value
    return value


def _between(f: Expr, x: Symbol, law: Law, support: Continuum, whole: Expr, facts: Facts) -> Outcome | None:
    upper = limit_at(whole, x, support.upper, False, facts)
    lower = limit_at(whole, x, support.lower, True, facts)
    if upper is None or lower is None:
        return None
    data = {"pieces": ((support.lower, support.upper, whole, lower, upper),)}
    step = Step(Expectation(f, x, law), upper - lower, "antiderivative", "antiderivative", data=data)
    return Outcome(upper - lower, (step,))


def _removable(G: Expr, f: Expr, x: Symbol, law: Law, log_density: Expr, facts: Facts) -> list[Eq]:
    """symbol = value, where a denominator of the antiderivative vanishes and the integrand is as regular as elsewhere: log(ax + b) at a = 0."""
    found: dict[Eq, None] = {}
    for each in sorted(G.atoms(Pow), key=lambda e: e.sort_key()):
        base = each.base
        if each.exp.is_negative is not True or base.has(x) or not base.free_symbols or not facts.signs(base) & ZERO:
            continue
        for symbol in sorted((s for s in base.free_symbols if isinstance(s, Symbol)), key=str):
            slope = base.diff(symbol)
            if slope == 0 or slope.has(symbol) or facts.signs(slope) & ZERO:
                continue
            case = Eq(symbol, (symbol - base / slope).expand())
            if case not in (S.true, S.false) and not any(part.subs(*case.args).has(S.NaN, S.ComplexInfinity, oo, -oo) for part in (f, log_density)):
                found[case] = None
            break
    return list(found)


def edge_of(G: Expr, x: Symbol, end: Expr, law: Law, facts: Facts) -> Eq | None:
    """symbol = value, where the end of the support may meet a singularity of G; there the value is a limit of its own."""
    logs = [each.args[0] for each in sorted(G.atoms(log), key=lambda e: e.sort_key())]
    for inside in logs + [each.base for each in sorted(G.atoms(Pow), key=lambda e: e.sort_key())]:
        at_end = together(inside.xreplace({x: end}))
        if not inside.has(x) or facts.is_positive(at_end) or not facts.is_nonnegative(at_end):
            continue
        found = solved(at_end, end, law)
        if found is not None and (inside in logs or G.xreplace({x: end}).subs(*found.args).has(S.NaN, S.ComplexInfinity, oo, -oo)):
            return found
    return None


def solved(at_end: Expr, end: Expr, law: Law) -> Eq | None:
    """symbol = value where at_end = 0: the end itself, or a parameter that enters linearly, of the law or of the statistic."""
    own = sorted((s for s in law.free_symbols & at_end.free_symbols if isinstance(s, Symbol)), key=str)
    others = sorted((s for s in at_end.free_symbols - law.free_symbols if isinstance(s, Symbol)), key=str)
    numerator = at_end.as_numer_denom()[0]
    for symbol in [end] if isinstance(end, Symbol) else own + others:
        slope = numerator.diff(symbol)
        if slope != 0 and not slope.has(symbol):
            return Eq(symbol, (symbol - numerator / slope).expand())
    return None


def at_edge(f: Expr, x: Symbol, law: Law, facts: Facts, edge: Eq, again: Rule) -> Outcome | None:
    """The value at the edge, and the general one: E[f(X)] = Piecewise((…, symbol = value), (…, True))."""
    off_edge = again(f, x, law, Facts((*facts.positive, _gap(edge, facts)), facts.nonnegative))
    return joined(f, x, law, facts, edge, off_edge, again)


def _at_edge(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    return rule(f, x, law, facts) or standard_form.rule(f, x, law, facts)


def joined(f: Expr, x: Symbol, law: Law, facts: Facts, edge: Eq, off_edge: Outcome | None, at: Rule) -> Outcome | None:
    """Piecewise: the value at the special point, found anew, and the one elsewhere."""
    symbol, value = edge.args
    there: Any = law
    at_edge = at(f.xreplace({symbol: value}), x, there.xreplace({symbol: value}), facts)
    if at_edge is None or off_edge is None:
        return None
    total = Piecewise((at_edge.value, edge), (off_case(off_edge.value, edge), True))
    data = {"branches": at_edge.steps, "within": off_edge.steps}
    return Outcome(total, (Step(Expectation(f, x, law), total, "branches", f"the case {edge.lhs} = {edge.rhs}", data=data),))


def _gap(edge: Eq, facts: Facts) -> Expr:
    """The difference of the two sides that is known not to be negative, so that off the edge it is positive."""
    difference = edge.lhs - edge.rhs
    return difference if facts.is_nonnegative(difference) else -difference


def _parts(f: Expr, x: Symbol, log_density: Expr, facts: Facts, of_density: bool, of_statistic: bool) -> list[Expr] | None:
    """Antiderivatives of the monomials of f·p, with the powers of sums in either expanded or not."""
    density = expand_in(exp(log_density), x, facts, powers=of_density)
    if len(density) > LONGEST:
        return None
    product = [(c * d, m * n) for c, m in density for d, n in expand_in(f, x, facts, powers=of_statistic)]
    if len(product) > LONGEST:
        return None
    parts = []
    for coefficient, monomial in product:
        G = primitive(monomial, x, facts)
        if G is None:
            return None
        parts.append(coefficient * G)
    return parts
