"""E_P[f(K)] = Σ p(k) f(k) over a bounded lattice: for what no other rule reduces, the last word, with the masses in textbook form."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Sum, Symbol, exp, log, loggamma

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice
from symkl.expect.gammas import named, split_sum
from symkl.expect.rules import finite_sum
from symkl.expect.rules.base import Outcome
from symkl.expect.terms import exp_of_sum
from symkl.form.facts import Facts

__all__ = ["rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Lattice) or support.step != 1 or support.lower.is_finite is not True or support.upper.is_finite is not True:
        return None
    outside, weight = mass(law, x).as_independent(x, as_Add=False)
    factor, statistic = _joined(f, x)
    value = outside * factor * Sum(weight * statistic, (x, support.lower, support.upper))
    return Outcome(value, (Step(Expectation(f, x, law), value, "finite sum", "sum over the points of the support"),))


def mass(law: Law, x: Symbol) -> Expr:
    """p(x) with binomial coefficients, powers and exponentials."""
    table, rest = split_sum(law.log_density(x))
    return named(table, False) * exp_of_sum(Add(*rest))


def _joined(f: Expr, x: Symbol) -> tuple[Expr, Expr]:
    """(c, g) with f = c·g: logarithms with coefficients ±c under one sign, log-gammas by their names."""
    table, rest = split_sum(f)
    terms = [term for part in (named(table, True), *rest) for term in Add.make_args(part) if term != 0]
    above: list[Expr] = []
    below: list[Expr] = []
    scales: set[Expr] = set()
    for term in terms:
        coefficient, inside = term.as_independent(x, as_Add=False) if term.has(x) else term.as_coeff_Mul()
        if not isinstance(inside, (log, loggamma)):
            return finite_sum.leading_factor(terms, x)
        coefficient, sign = (-coefficient, -1) if coefficient.could_extract_minus_sign() else (coefficient, 1)
        (above if sign > 0 else below).append(inside.args[0] if isinstance(inside, log) else exp(inside))
        scales.add(coefficient)
    if len(scales) != 1 or any(isinstance(each, exp) for each in above + below):
        return finite_sum.leading_factor(terms, x)
    (scale,) = scales
    if not above:
        return -scale, log(Mul(*below))
    return scale, log(Mul(*above) / Mul(*below)) if below else log(Mul(*above))
