"""E of a statistic with a kink at c under a law with a kink at k, such as |X − c| for X triangular: three ranges between the ends, c and k.

Where c lies among the ends and k may not be known; then the value is a Piecewise.
"""

from __future__ import annotations

from typing import NamedTuple

from sympy import Abs, Add, Expr, Ge, Le, Piecewise, S, Symbol, exp
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.limits import limit_at
from symkl.expect.moves.breakpoints import breakpoint_of, place_of_kink
from symkl.expect.primitives import primitive
from symkl.expect.reduce import resolve_branches
from symkl.expect.rules.antiderivative import EXPANDED, edge_of
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import expand_in
from symkl.form.facts import Facts

__all__ = ["Kinked", "inner_outcomes", "kink_of_law"]

#: Longer products of statistic and density are not taken apart.
LONGEST = 24

#: An interval, an antiderivative of f·p on it, and its values at the two ends.
Range = tuple[Expr, Expr, Expr, Expr, Expr]


class Kinked(NamedTuple):
    """A statistic that is `below` for x < c and `above` for x > c."""

    below: Expr
    above: Expr
    c: Expr


def kink_of_law(law: Law, x: Symbol, facts: Facts) -> Expr | None:
    """The one point inside the support at which the log-density changes its branch or its slope."""
    support, log_density = law.support, law.log_density(x)
    if not isinstance(support, Continuum):
        return None
    kinks = {place_of_kink(each, x) for each in log_density.atoms(Abs) if each.has(x)}
    if any(each.has(x) for each in log_density.atoms(Piecewise)):
        kinks.add(breakpoint_of(log_density, x))
    k = kinks.pop() if len(kinks) == 1 else None
    return k if k is not None and _placed(support.lower, k, facts) is S.true and _placed(k, support.upper, facts) is S.true else None


def inner_outcomes(f: Expr, x: Symbol, law: Law, kinked: Kinked, k: Expr, facts: Facts) -> list[tuple[Boolean, Outcome]] | None:
    """The values for c between the ends: with c ≤ k first, where that may be, then with c ≥ k; None if one is not found."""
    support, c = law.support, kinked.c
    assert isinstance(support, Continuum)
    lower, upper = support.lower, support.upper
    left, right = _placed(c, k, facts), _placed(k, c, facts)
    found: list[tuple[Boolean, Outcome]] = []
    for excluded, gap, ranges in (
        (left is S.false or right is S.true, k - c, ((lower, c, kinked.below), (c, k, kinked.above), (k, upper, kinked.above))),
        (right is S.false or left is S.true, c - k, ((lower, k, kinked.below), (k, c, kinked.below), (c, upper, kinked.above))),
    ):
        if excluded:
            continue
        here = Facts(facts.positive, (*facts.nonnegative, gap))
        pieces = []
        for start, end, g in ranges:
            piece = _integrated(g, x, law, start, end, here)
            if piece is None:
                return None
            pieces.append(piece)
        if not isinstance(f, Abs) and any(edge_of(each[2], x, end, law, here) is not None for each, end in ((pieces[0], lower), (pieces[-1], upper))):
            # At the edge the value would be another one, and there are too many cases for a formula.
            return None
        total = Add(*(high - low for *_, low, high in pieces))
        step = Step(Expectation(f, x, law), total, "antiderivative", "antiderivatives between the kinks", data={"pieces": tuple(pieces)})
        found.append((Le(c, k) if gap == k - c else Ge(c, k), Outcome(total, (step,))))
    return found or None


def _placed(small: Expr, large: Expr, facts: Facts) -> Boolean | None:
    """Whether small < large: true, false (then small >= large), or None for not known."""
    if small is S.NegativeInfinity or large is S.Infinity or facts.is_positive(large - small):
        return S.true
    return S.false if facts.is_nonnegative(small - large) else None


def _integrated(g: Expr, x: Symbol, law: Law, a: Expr, b: Expr, facts: Facts) -> Range | None:
    """∫ g p over (a, b), where p has one branch."""
    inside = with_facts(with_facts(facts, law.support.facts(x)), Continuum(a, b).facts(x))
    log_density = resolve_branches(law.log_density(x), inside)
    parts = []
    for of_density, of_statistic in EXPANDED:
        density = expand_in(exp(log_density), x, inside, powers=of_density)
        product = [(s * d, m * n) for s, m in density for d, n in expand_in(g, x, inside, powers=of_statistic)]
        parts = [(s, primitive(m, x, inside)) for s, m in product] if len(product) <= LONGEST else []
        if parts and all(G is not None for _, G in parts):
            break
    else:
        return None
    whole = Add(*(s * G for s, G in parts if G is not None))
    low, high = limit_at(whole, x, a, True, facts), limit_at(whole, x, b, False, facts)
    return None if low is None or high is None else (a, b, whole, low, high)
