"""E[T^n] by differentiating the normalisation: log p = a(θ) T(x) + b(θ) + h(x) with h free of θ gives E[T] = −b′/a′.

In general M_0 = 1, M_{n+1} = (M_n′ − b′ M_n)/a′ are the moments E[T^n], as ∂_θ E[g] = E[g ∂_θ log p]. The parameter θ is put where a
member of a family has a number or an expression, and these are put back in the value. `flow` gives curves of two parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sympy import Add, Derivative, Expr, Piecewise, S, Subs, Symbol, nan, oo, zoo
from sympy.core.relational import Relational

from symkl.core.density import Density
from symkl.core.family import Family
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.errors import DomainError
from symkl.expect.rules import flow
from symkl.expect.rules.base import Outcome
from symkl.expect.rules.flow import Place
from symkl.expect.shapes import with_facts
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["rule", "scores"]

#: The highest moment, and the longest derivative of log p, that are looked at.
LARGEST_POWER, LONGEST = 6, 8


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    for place in (*_places(law, x), *flow.places(law, x)):
        for slope, statistic, rest in scores(place.member, place.theta, x, facts):
            apart = not statistic.expr(x).has(*(name for name, _ in place.names))
            powers = _powers(f, statistic, x, law, facts) if apart else None
            outcome = None if powers is None else _moments(f, powers, slope, statistic, rest, place, x, law)
            if outcome is not None:
                return outcome
    return None


def _places(law: Law, x: Symbol) -> Iterator[Place]:
    """The law is the member with θ = value, and θ is a real parameter of the density alone."""
    ends = law.support.free_symbols
    if isinstance(law, Density):
        for symbol in sorted(law.free_symbols, key=str):
            if isinstance(symbol, Symbol) and symbol.is_real and not symbol.is_integer and symbol not in ends:
                yield Place(law, symbol, ((symbol, symbol),))
        return
    if not isinstance(law, Family) or len(type(law).parameters) != len(law.args):
        return
    for at, (parameter, value) in enumerate(zip(type(law).parameters, law.args)):
        if parameter.domain.integer or parameter.domain.closed or not isinstance(value, Expr):
            continue
        others = {symbol for i, arg in enumerate(law.args) if i != at for symbol in arg.free_symbols}
        own = value.is_Symbol and value not in others and value.is_real and not value.is_integer
        theta: Any = value if own else parameter.domain.symbol(parameter.name + "_")
        if theta in others or theta == x or not theta.is_real:
            continue
        try:
            member = law if own else type(law)(*law.args[:at], theta, *law.args[at + 1 :])
        except DomainError:
            continue
        if theta not in member.support.free_symbols:
            yield Place(member, theta, ((theta, value),))


@lru_cache(maxsize=4096)
def scores(member: Law, theta: Symbol, x: Symbol, facts: Facts) -> tuple[tuple[Expr, Monomial, Expr], ...]:
    """(a′, T, b′) with ∂_θ log p = a′ T + b′; powers of sums, such as (x − μ)² or x − 1, whole or multiplied out."""
    log_density = member.log_density(x)
    if any(condition.has(theta) for each in log_density.atoms(Piecewise) for condition in each.atoms(Relational)):
        # At the point of a special case the derivative of the case is not that of the function.
        return ()
    score = log_density.diff(theta)
    if score.has(Derivative, Subs) or len(Add.make_args(score)) > LONGEST:
        return ()
    inside = with_facts(facts, member.support.facts(x))
    found = []
    for powers in (False, True):
        terms = expand_in(score, x, inside, powers=powers)
        moving = [(c, m) for c, m in terms if m != ONE]
        if len(moving) == 1:
            found.append((*moving[0], sum((c for c, m in terms if m == ONE), S.Zero)))
    return tuple(dict.fromkeys(found))


def _powers(f: Expr, statistic: Monomial, x: Symbol, law: Law, facts: Facts) -> list[tuple[Expr, int]] | None:
    """f = Σ c T^n as pairs (c, n)."""
    inside = with_facts(facts, law.support.facts(x))
    for whole in (False, True):
        found = [(c, _exponent(m, statistic)) for c, m in expand_in(f, x, inside, powers=whole)]
        if all(n is not None for _, n in found):
            return [(c, n) for c, n in found if n is not None]
    return None


def _exponent(m: Monomial, statistic: Monomial) -> int | None:
    return next((n for n in range(LARGEST_POWER + 1) if m == (statistic.raised(S(n)) if n else ONE)), None)


def _moments(
    f: Expr, powers: list[tuple[Expr, int]], slope: Expr, statistic: Monomial, rest: Expr, place: Place, x: Symbol, law: Law
) -> Outcome | None:
    theta = place.theta
    moments: list[Expr] = [S.One]
    for _ in range(max(n for _, n in powers)):
        moments.append((moments[-1].diff(theta) - rest * moments[-1]) / slope)
    there: dict[Any, Any] = dict(place.names)
    total = Add(*(c * moments[n].xreplace(there) for c, n in powers))
    if total.has(nan, zoo, oo, -oo, Derivative, Subs):
        return None
    (_, value), *others = place.names
    data: dict[str, Any] = {"member": place.member, "parameter": theta, "at": value, "statistic": statistic.expr(x), "slope": slope, "rest": rest}
    if others:
        data["names"] = tuple(others)
    return Outcome(total, (Step(Expectation(f, x, law), total, "score", f"differentiation of the normalisation in {theta}", data=data),))
