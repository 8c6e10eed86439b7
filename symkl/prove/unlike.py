"""Measures of two laws that differ are positive: the ratio of the densities of families is seen not to be 1."""

from __future__ import annotations

from sympy import Abs, Expr, S, Symbol, expand, latex, log
from sympy.core.relational import Relational

from symkl.core.divergences import Bhattacharyya, Chi2, Hellinger, Jeffreys, JensenShannon, TotalVariation
from symkl.core.heads import KL
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.expect.terms import ONE, expand_in
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.prove.between import is_of_two_laws
from symkl.prove.cases import greater_and_lesser
from symkl.prove.steps import Step, plain

__all__ = ["positive_measure"]

#: Zero of equal laws only.
SEPARATING = (KL, Jeffreys, JensenShannon, TotalVariation, Hellinger, Chi2, Bhattacharyya)
#: Powers of logarithms below this are looked at.
DEGREE = 5


def positive_measure(claim: Relational, facts: Facts) -> tuple[Step, ...] | None:
    """Steps that show a claim measure > 0 (or ≠ 0), times a positive number, of laws of families whose parameters differ; None if it is none, or not seen."""
    bigger, smaller = greater_and_lesser(claim)
    number, head = (bigger - smaller).as_coeff_Mul()
    if not (number > 0) or not isinstance(head, SEPARATING) or not is_of_two_laws(head):
        return None
    P, Q = head.laws
    found = _apart(P, Q, facts)
    if found is None:
        return None
    monomial, coefficient, sign = found
    where = f"the coefficient of {plain(monomial)} in log p - log q is {plain(coefficient)} {sign} 0, so the laws differ"
    tex = rf"the coefficient of ${latex(monomial)}$ in $\log p - \log q$ is ${latex(coefficient)} {sign} 0$, so the laws differ"
    why = "which is zero of equal laws only"
    return Step(where, tex), Step(f"{head} > 0  ({why})", f"${latex(head)} > 0$ ({why})")


def _apart(P: Law, Q: Law, facts: Facts) -> tuple[Expr, Expr, str] | None:
    """A function of x of which log p − log q has a coefficient of decided sign; the others are linearly independent of it."""
    support = P.support
    if support != Q.support or not isinstance(support, (Continuum, Lattice)):
        return None
    x = support.variable()
    ratio = expand(P.log_density(x) - Q.log_density(x))
    terms = expand_in(ratio, x, facts)
    # Numbers of a lattice are met by functions that are no lines; two of its points tell a line from zero.
    monomials = [each.expr(x) for _, each in terms if each != ONE]
    if isinstance(support, Lattice):
        plainly = monomials == [x]
    else:
        plainly = all(each == log(1 - x) or _is_power(each, x) for each in monomials) or (len(monomials) == 1 and _is_distance(monomials[0], x))
    if not plainly or (isinstance(support, Lattice) and support.lower == support.upper):
        return None
    for coefficient, monomial in terms:
        if monomial != ONE:
            short = textbook(coefficient, facts)
            if short.has(x):
                return None
            if facts.is_positive(short) or facts.is_negative(short):
                return monomial.expr(x), short, ">" if facts.is_positive(short) else "<"
    return None


def _is_power(function: Expr, x: Symbol) -> bool:
    """x^r log^n x with a number r: different ones, and log(1 − x), are linearly independent."""
    power = function.as_independent(log(x))[0]
    return (function / power) in [log(x) ** n for n in range(DEGREE)] and power.as_base_exp()[0] in (S.One, x) and power.as_base_exp()[1].is_Rational is True


def _is_distance(function: Expr, x: Symbol) -> bool:
    """|x − c|, which is constant on no interval."""
    return isinstance(function, Abs) and function.free_symbols == {x} and function.args[0].diff(x).is_number and function.args[0].diff(x) != 0
