"""E_P[e^{cX}] is the mass of e^{cx} p(x), where that is a multiple of a standard density: inverse Gaussian laws and their kin.

Where c may be the largest for which the mass is finite, the density there is of another kind, and a case of its own.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, S, Symbol, besselk, exp, log

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.kinds.bessel_k import elementary_k
from symkl.expect.reduce import reduce_law
from symkl.expect.rules.antiderivative import at_edge, solved
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Continuum) or reduce_law(law, facts) is None:
        return None
    inside = with_facts(facts, support.facts(x))
    terms = expand_in(f, x, inside)
    if len(terms) != 1:
        return None
    ((c, m),) = terms
    if any(isinstance(base, exp) for base, _ in m.factors):
        return _of_exponent(f, c, m, x, law, facts)
    if m.rate == 0 or m != Monomial(rate=m.rate):
        return None
    slope = sum((b for b, n in expand_in(law.log_density(x), x, inside) if n == Monomial(power=S.One)), m.rate).together()
    if slope != 0 and not facts.is_negative(slope):
        edge = solved(-slope, support.upper, law) if facts.is_nonnegative(-slope) else None
        return None if edge is None else at_edge(f, x, law, facts, edge, rule)
    return _mass(f, c, m.rate, slope, x, law, facts)


def _mass(f: Expr, c: Expr, rate: Expr, slope: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The slope as one fraction, whose sign the facts tell."""
    whole: Any = (law.log_density(x) + (rate - slope) * x).expand() - (-slope).together() * x
    return _by_reduction(f, c, whole, x, law, facts)


def _of_exponent(f: Expr, c: Expr, m: Monomial, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """c x^r e^{bx + g(x)}, with g a square or another function: the exponent joins the log-density, power by power."""
    if m.logs or not all(isinstance(base, exp) for base, _ in m.factors):
        return None
    exponent = Add(m.power * log(x), m.rate * x, *(n * base.args[0] for base, n in m.factors))
    whole = _collected((law.log_density(x) + exponent).expand(), x)
    return _by_reduction(f, c, whole, x, law, facts)


def _collected(log_density: Expr, x: Symbol) -> Expr:
    """Coefficients over one denominator, whose sign is then plain: q/(2s²), not 1/(2s²) + (q − 1)/(2s²)."""
    free, moving = log_density.as_independent(x, as_Add=True)
    table: dict[Expr, Expr] = {}
    for term in Add.make_args(moving):
        coefficient, statistic = term.as_independent(x, as_Add=False)
        table[statistic] = table.get(statistic, S.Zero) + coefficient
    return Add(free, *(-((-coefficient).together().factor()) * statistic for statistic, coefficient in table.items()))


def _by_reduction(f: Expr, c: Expr, whole: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    reduction = reduce_law(Density.from_log(whole, x, law.support), facts)
    if reduction is None or len(reduction.pieces) != 1:
        return None
    (this,) = reduction.pieces
    weight: Any = this.weight.replace(besselk, elementary_k)
    if not facts.is_positive(weight):
        return None
    tilted = Density.from_log(whole - log(weight), x, law.support)
    total = c * weight
    steps = (
        Step(Expectation(f, x, law), Expectation(total, x, tilted), "tilt", "the mass of the product of the statistic and the density"),
        Step(
            Expectation(total, x, tilted),
            Expectation(total, this.variable, this.law),
            "substitution",
            f"substitution {x} = {this.inverse}",
            data={"maps": ((S.One, this.inverse, this.variable, this.law),)},
        ),
        Step(Expectation(total, this.variable, this.law), total, "linearity", "linearity of the expectation"),
    )
    return Outcome(total, steps)
