"""E_P[f(X)] = Σ w_j E[f(X) | X ∈ I_j], the support cut at the points where p or f changes its branch or its kink.

On each I_j the law is a density of its own, normalised by its mass w_j, and the statistic has one branch. The cuts must lie in a known
order; on a lattice a condition such as x = 0 cuts out that point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

from sympy import Abs, Add, Eq, Expr, Ge, Gt, Le, Lt, Mul, Ne, Piecewise, Pow, S, Symbol, expand_log, factor_terms, log
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.reserved import fresh_name
from symkl.core.steps import Step
from symkl.core.supports import Continuum, Lattice, Support
from symkl.expect.lattice_mass import lattice_mass
from symkl.expect.reduce import reduce_law, resolve_branches
from symkl.expect.rules import antiderivative
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import with_facts
from symkl.expect.terms import exp_of_sum
from symkl.form.facts import Facts

__all__ = ["by_pieces", "cuts_of", "mass_by_pieces", "mass_of_part", "order_of", "parts_of"]

#: More pieces than this make no formula that anybody reads.
MOST_PIECES = 12


def parts_of(f: Expr, x: Symbol, law: Law, facts: Facts) -> tuple[tuple[Density, Expr], ...]:
    """The parts of p as p(g(y)), not normalised, and g, between the points where p or f changes its branch; none if there are none or their order is not known."""
    log_density: Any = law.log_density(x)
    if not (f.has(Piecewise, Abs) or log_density.has(Piecewise, Abs)):
        return ()
    supports = _cut(law.support, cuts_of(f, x) | cuts_of(log_density, x), facts)
    if not 1 < len(supports) <= MOST_PIECES:
        return ()
    taken = {s.name for s in f.free_symbols | law.free_symbols if isinstance(s, Symbol)}
    maps = [_standing(each, fresh_name(f"{x.name}_{number}", taken)) for number, each in enumerate(supports, 1)]
    parts = tuple((Density.from_log(_moved(_on(log_density, x, each, facts), x, g), y, moved), g) for each, (g, y, moved) in zip(supports, maps))
    return () if any(each.log_density(x).has(Piecewise, Abs) for each, _ in parts) else parts


def _standing(support: Support, name: str) -> tuple[Expr, Symbol, Support]:
    """x = g(y) with y on the support moved to 0, where an end of an interval lies; back to front for what lies below 0 or has no lower end."""
    if not isinstance(support, Continuum):
        y = support.variable(name)
        return y, y, support
    if support.upper == 0 or support.lower.is_infinite and support.upper.is_finite:
        turned = Continuum(0, support.upper - support.lower)
        y = turned.variable(name)
        return support.upper - y, y, turned
    start = support.lower if support.lower.is_finite else support.upper
    moved = Continuum((support.lower - start).expand(), (support.upper - start).expand())
    y = moved.variable(name)
    return start + y, y, moved


def _moved(expr: Expr, x: Symbol, g: Expr) -> Expr:
    """The expression at x = g(y), sums within it multiplied out."""
    inside: Any = expr.xreplace({x: g})
    table = {each: log(factor_terms(each.args[0].expand())) for each in inside.atoms(log) if each.args[0].is_Add and each.args[0].is_polynomial(*g.free_symbols)}
    inside = inside.xreplace({each: expand_log(value, force=True) for each, value in table.items()})
    powers = {each: each.base.expand() ** each.exp for each in inside.atoms(Pow) if each.base.is_Add and each.base.has(*g.free_symbols)}
    return inside.xreplace(powers)


def by_pieces(f: Expr, rest: Expr, x: Symbol, law: Law, facts: Facts, expect: Callable[[Expr, Symbol, Law, Facts], Any]) -> Outcome | None:
    """The sum over the pieces, if `expect` finds the mean on each of them whole; asked first of the rest of f that is not found at once."""
    parts = parts_of(f, x, law, facts)
    weights = [None if (mass := mass_of_part(each, facts)) is None else _turned(mass, facts) for each, _ in parts]
    if not parts or any(weight is None or not facts.is_positive(weight) for weight in weights):
        return None
    maps = [(weight, g, part.variable, _normed(part, weight)) for (part, g), weight in zip(parts, weights) if weight is not None]
    if any(expect(_inside(rest, x, g, y, here, facts), y, here, facts).unreduced for _, g, y, here in maps):
        return None
    values: list[Expr] = []
    steps: list[Step] = []
    conditions: dict[Boolean, None] = {}
    for weight, g, y, here in maps:
        whole = Expectation(f.xreplace({x: g}), y, here)
        inside = Expectation(_inside(f, x, g, y, here, facts), y, here)
        found = expect(inside.statistic, y, here, facts)
        if found.unreduced:
            return None
        values.append(weight * found.value)
        if whole != inside and found.steps and found.steps[0].before == inside:
            steps.append(Step(whole, inside, "algebra", "the branch that holds here"))
        steps += [step for step in _mass_steps(here, facts) if step not in steps]
        steps += [step for step in found.steps if step not in steps] or [Step(whole, found.value, "linearity", "a constant")]
        conditions.update(dict.fromkeys(found.conditions))
    split = Add(*(w * Expectation(f.xreplace({x: g}), y, each) for w, g, y, each in maps))
    first = Step(Expectation(f, x, law), split, "substitution", "piece by piece", data={"maps": tuple(maps)})
    return Outcome(Add(*values), (first, *steps), tuple(conditions))


def _normed(part: Density, weight: Expr) -> Density:
    """The part as a law of its own."""
    y = part.variable
    return Density.from_log(S.Zero if _is_point(part.support) else _less(part.log_density(y), weight), y, part.support)


def _inside(f: Expr, x: Symbol, g: Expr, y: Symbol, here: Law, facts: Facts) -> Expr:
    """f at x = g(y), with the branch that holds there."""
    return _moved(_on(f, x, _at(here.support, g, y), facts), x, g)


def _at(support: Support, g: Expr, y: Symbol) -> Support:
    """The support in the variable of the whole."""
    if not isinstance(support, Continuum):
        return support
    ends = [g.xreplace({y: end}) if end.is_finite is not False else g.coeff(y) * end for end in support.args]
    return Continuum(*(ends if g.diff(y) == 1 else ends[::-1]))


def mass_by_pieces(law: Density, facts: Facts) -> Expr | None:
    """The sum of the masses of the pieces, or None if one is not found."""
    masses = [mass_of_part(each, facts) for each, _ in parts_of(S.One, law.variable, law, facts)]
    return Add(*(mass for mass in masses if mass is not None)) if masses and None not in masses else None


def _turned(weight: Expr, facts: Facts) -> Expr:
    """A positive product with its negative factors turned in pairs, so that each factor has a logarithm."""
    turned = [(-factor, True) if facts.is_negative(factor) else (factor, False) for factor in Mul.make_args(weight)]
    return Mul(*(factor for factor, _ in turned)) if sum(negative for _, negative in turned) % 2 == 0 else weight


def _less(log_density: Expr, weight: Expr) -> Expr:
    return log_density - expand_log(log(weight), force=True)


def mass_of_part(part: Density, facts: Facts) -> Expr | None:
    """Σ or ∫ over one part, or None."""
    if isinstance(part.support, Lattice):
        return exp_of_sum(part.log_density(part.support.lower)) if _is_point(part.support) else lattice_mass(part, facts)
    reduction = reduce_law(part, facts)
    if reduction is not None:
        return Add(*(piece.weight for piece in reduction.pieces))
    outcome = antiderivative.rule(S.One, part.variable, part, facts)
    return None if outcome is None else outcome.value


def _mass_steps(law: Density, facts: Facts) -> tuple[Step, ...]:
    outcome = antiderivative.rule(S.One, law.variable, law, facts) if isinstance(law.support, Continuum) else None
    if outcome is None:
        return ()
    return (Step(Expectation(S.One, law.variable, law), S.One, "mass", "the total mass is 1", data={"steps": outcome.steps}),)


def _is_point(support: Support) -> bool:
    return isinstance(support, Lattice) and support.lower == support.upper


def _on(expr: Expr, x: Symbol, support: Support, facts: Facts) -> Expr:
    """The expression with the branch that holds on the support."""
    if _is_point(support):
        return expr.subs(x, support.args[0])
    return resolve_branches(expr, with_facts(facts, support.facts(x) or _bounds(support, x)))


def _bounds(support: Support, x: Symbol) -> tuple[Boolean, ...]:
    """Of a lattice, whose ends belong to it."""
    lower, upper = support.args[:2]
    bounds = [Ge(x, lower) if lower.is_finite else S.true, Le(x, upper) if upper.is_finite else S.true]
    return tuple(each for each in bounds if each is not S.true)


def cuts_of(expr: Expr, x: Symbol) -> set[tuple[Expr, bool]]:
    """The points c, and whether a condition tells c itself from what is below it (x >= c, x < c) or above it."""
    found: set[tuple[Expr, bool]] = set()
    for each in expr.atoms(Piecewise):
        branches: Any = each.args
        for relation in (atom for _, condition in branches for atom in condition.atoms(Relational) if atom.has(x)):
            found |= set(_places(relation, x))
    for each in expr.atoms(Abs):
        if (c := _root(each.args[0], x)) is not None:
            found.add((c, True))
    return found


def _places(relation: Any, x: Symbol) -> Iterator[tuple[Expr, bool]]:
    c = _root(relation.lhs - relation.rhs, x)
    if c is None:
        return
    if isinstance(relation, (Eq, Ne)):
        yield from ((c, True), (c, False))
    else:
        small, large = relation.lts, relation.gts
        rising = (large - small).diff(x).is_positive  # the relation bounds x from below
        yield c, rising is (not isinstance(relation, (Lt, Gt)))


def _root(inside: Expr, x: Symbol) -> Expr | None:
    slope = inside.diff(x)
    return None if slope == 0 or slope.has(x) or not slope.is_number else (x - inside / slope).expand()


def _cut(support: Support, cuts: set[tuple[Expr, bool]], facts: Facts) -> tuple[Support, ...]:
    """The support between the cuts that lie inside it; empty if the order of two of them is not known."""
    if not isinstance(support, (Continuum, Lattice)):
        return ()
    if isinstance(support, Lattice):
        if support.step != 1 or not all(c.is_integer for c, _ in cuts):
            return ()
        # A piece ends at c − 1 or at c.
        points = {(c - 1 if below else c) for c, below in cuts}
    else:
        points = {c for c, _ in cuts}
    if any(order_of(a, b, facts) is None for a in points for b in (support.lower, support.upper, *points)):
        return ()
    between = [c for c in points if order_of(support.lower, c, facts) in _starts(support) and order_of(c, support.upper, facts) == -1]
    distinct: list[Expr] = []

    def compared(a: Expr, b: Expr) -> int:
        return order_of(a, b, facts) or 0

    for c in sorted(between, key=cmp_to_key(compared)):
        if not distinct or order_of(distinct[-1], c, facts) == -1:
            distinct.append(c)
    if isinstance(support, Continuum):
        ends = [support.lower, *distinct, support.upper]
        return tuple(Continuum(a, b) for a, b in pairwise(ends))
    starts = [support.lower, *(c + 1 for c in distinct)]
    return tuple(Lattice(a, b, 1) for a, b in zip(starts, [*distinct, support.upper]))


def _starts(support: Support) -> tuple[int, ...]:
    return (-1, 0) if isinstance(support, Lattice) else (-1,)


def order_of(a: Expr, b: Expr, facts: Facts) -> int | None:
    """−1, 0 or 1 as a < b, a = b or a > b; None if that is not known."""
    if a == b:
        return 0
    if a is S.NegativeInfinity or b is S.Infinity:
        return -1
    if a is S.Infinity or b is S.NegativeInfinity:
        return 1
    gap = (b - a).expand()
    return 0 if gap == 0 else -1 if facts.is_positive(gap) else 1 if facts.is_negative(gap) else None
