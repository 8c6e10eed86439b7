"""E_P[f(X)] = Σ p(k) f(k) over the points of a support that are listed one by one."""

from __future__ import annotations

from sympy import Add, Expr, Symbol, exp

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice, Outcomes
from symkl.expect.rules.base import Outcome
from symkl.form.facts import Facts

__all__ = ["LARGEST_SUM", "rule"]

#: A lattice of known size is summed point by point up to this many points; a list of outcomes always is.
LARGEST_SUM = 24


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if isinstance(support, Lattice):
        points = support.points(LARGEST_SUM)
    elif isinstance(support, Outcomes):
        points = support.points()
    else:
        return None
    if points is None:
        return None
    value = Add(*(mass(law, point) * f.subs(x, point) for point in points))
    step = Step(Expectation(f, x, law), value, "finite sum", "sum over the points of the support")
    return Outcome(value, (step,))


def mass(law: Law, point: Expr) -> Expr:
    """p(point), with exponentials of logarithms resolved."""
    value = exp(law.log_density(point))
    return value.expand(power_exp=True, power_base=False, deep=False, mul=False, log=False, multinomial=False) if value.is_Pow else value
