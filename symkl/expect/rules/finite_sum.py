"""E_P[f(X)] = Σ p(k) f(k) over the points of a support that are listed one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Eq, Expr, Piecewise, Rational, S, Symbol
from sympy.core.symbol import Str

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice, Outcomes
from symkl.expect.gammas import collapsed
from symkl.expect.rules.base import Outcome
from symkl.expect.terms import exp_of_sum
from symkl.form.facts import Facts

__all__ = ["FEW", "LARGEST_NUMERIC", "LARGEST_SYMBOLIC", "few", "is_short", "leading_factor", "mass", "rule"]

#: A lattice of this many points is summed at once, before any other rule is asked.
FEW = 3
#: What other rules leave is summed point by point up to so many points: with masses that are numbers, and with others.
LARGEST_NUMERIC, LARGEST_SYMBOLIC = 24, 8
#: Points that are equal exactly if they are written alike.
_PLAIN = (Rational, Str)


def is_short(law: Law) -> bool:
    """Whether the points of the support are so few that they are written out, whatever the statistic."""
    support = law.support
    return isinstance(support, Outcomes) or (isinstance(support, Lattice) and support.points(FEW) is not None)


def few(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The sum over two or three points."""
    support = law.support
    return _over(f, x, law, support.points(FEW)) if isinstance(support, Lattice) else None


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The sum over the outcomes, or over not too many points of a lattice."""
    support = law.support
    if isinstance(support, Outcomes):
        return _over(f, x, law, support.points())
    if not isinstance(support, Lattice):
        return None
    numeric = not law.free_symbols and not f.free_symbols - {x}
    return _over(f, x, law, support.points(LARGEST_NUMERIC if numeric else LARGEST_SYMBOLIC))


def _over(f: Expr, x: Symbol, law: Law, points: tuple[Expr, ...] | None) -> Outcome | None:
    if points is None:
        return None
    at = _listed(f, x)
    value = Add(*(mass(law, point) * collapsed(at(point)) for point in points))
    step = Step(Expectation(f, x, law), value, "finite sum", "sum over the points of the support")
    return Outcome(value, (step,))


def _listed(f: Expr, x: Symbol) -> Callable[[Expr], Expr]:
    """f at a point. Pieces that list their points are looked up: to ask each branch at each point is quadratic."""
    tables: dict[Expr, tuple[dict[Any, Expr], Expr]] = {}
    for piecewise in f.atoms(Piecewise):
        branches: Any = piecewise.args
        *listed, (otherwise, last) = branches
        table = {condition.rhs: value for value, condition in listed if isinstance(condition, Eq) and condition.lhs == x}
        if last is S.true and len(table) == len(listed) and all(isinstance(each, _PLAIN) for each in table):
            tables[piecewise] = table, otherwise

    def at(point: Expr) -> Expr:
        known = {piecewise: table.get(point, otherwise) for piecewise, (table, otherwise) in tables.items()}
        return (f.xreplace(known) if isinstance(point, _PLAIN) else f).subs(x, point)

    return at


def mass(law: Law, point: Expr) -> Expr:
    """p(point), with exponentials of logarithms resolved."""
    return exp_of_sum(collapsed(law.log_density(point)))


def leading_factor(terms: list[Expr], x: Symbol) -> tuple[Expr, Expr]:
    """(c, g) with Σ terms = c·g, where c = ±1 or the constant factor of a single term."""
    total = Add(*terms)
    if len(terms) == 1:
        free, moving = total.as_independent(x, as_Add=False)
        return free, moving
    return (S.NegativeOne, -total) if total.could_extract_minus_sign() else (S.One, total)
