"""∫ of a density with kinks at two points of unknown order, such as e^{−|x − a|/s − |x − b|/t}: in either order, as a function of |a − b|."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Add, Eq, Expr, Piecewise, S, Symbol, exp, oo, piecewise_fold, together
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.supports import Continuum
from symkl.expect.moves.breakpoints import place_of_kink
from symkl.expect.pieces import mass_of_part, parts_of
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["mass_in_either_order"]

#: How far the second kink lies from the first.
DISTANCE = Symbol("delta", positive=True)


def mass_in_either_order(law: Density, facts: Facts) -> Expr | None:
    """The mass over the line, by cases where a rate may vanish or the order of the kinks matters; None if a part has none."""
    x, log_density = law.variable, law.log_density(law.variable)
    nodes = sorted((each for each in log_density.atoms(Abs) if each.has(x)), key=lambda e: e.sort_key())
    places = [place_of_kink(each, x) for each in nodes]
    if law.support != Continuum(-oo, oo) or len(set(places)) != 2 or None in places:
        return None
    first, second = sorted({c for c in places if c is not None}, key=lambda e: e.sort_key())
    masses = []
    for sign in (1, -1):
        table: dict[Any, Any] = {each: Abs(x - (0 if c == first else sign * DISTANCE)) for each, c in zip(nodes, places)}
        masses.append(_mass(log_density.xreplace(table), x, facts))
    rising, falling = masses
    if rising is None or falling is None or (rising.free_symbols | falling.free_symbols) & {x}:
        return None
    if _same(rising, falling, facts):
        return rising.xreplace({DISTANCE: Abs(first - second)})
    ordered = Piecewise((rising.xreplace({DISTANCE: second - first}), first <= second), (falling.xreplace({DISTANCE: first - second}), True))
    return piecewise_fold(ordered)


def _mass(log_density: Expr, x: Symbol, facts: Facts) -> Expr | None:
    """The sum over the parts; its cases in front."""
    parts = parts_of(S.One, x, Density.from_log(log_density, x, Continuum(-oo, oo)), facts)
    masses = [_exponential(part, facts) or mass_of_part(part, facts) for part, _ in parts]
    if not parts or None in masses:
        return None
    return _put_in(piecewise_fold(Add(*(mass for mass in masses if mass is not None))))


def _put_in(total: Any) -> Expr:
    """Where the condition of a case is symbol = value, the value put in."""
    if not isinstance(total, Piecewise):
        return total
    cases: Any = total.args
    return Piecewise(*((value.subs(*condition.args) if isinstance(condition, Eq) and condition.lhs.is_Symbol else value, condition) for value, condition in cases))


def _exponential(part: Density, facts: Facts) -> Expr | None:
    """∫_0^w e^{c + ry} dy = e^c (e^{rw} − 1)/r, and w e^c where r = 0, if the sign of r is not known."""
    y, support = part.variable, part.support
    log_density = part.log_density(y).expand()
    rate = together(log_density.diff(y))
    if rate.has(y) or not isinstance(support, Continuum) or support.lower != 0 or support.upper is oo:
        return None
    width, start = support.upper, exp(log_density.xreplace({y: S.Zero}))
    if rate == 0:
        return width * start
    general = start * (exp(rate * width) - 1) / rate
    if facts.is_positive(rate) or facts.is_negative(rate) or rate.is_nonzero:
        return general
    return Piecewise((width * start, _vanishing(rate)), (general, True))


def _vanishing(rate: Expr) -> Boolean:
    """rate = 0, solved for a symbol in which it is linear."""
    numerator = rate.as_numer_denom()[0]
    for symbol in sorted((s for s in numerator.free_symbols if isinstance(s, Symbol)), key=str):
        slope = numerator.diff(symbol)
        if slope.is_number and slope != 0:
            return Eq(symbol, (symbol - numerator / slope).expand())
    return Eq(numerator, 0)


def _same(one: Expr, other: Expr, facts: Facts) -> bool:
    if one == other:
        return True
    pairs: list[Any] = [each.args if isinstance(each, Piecewise) else ((each, S.true),) for each in (one, other)]
    conditions = [[condition for _, condition in each] for each in pairs]
    return conditions[0] == conditions[1] and all(is_zero(v - w, facts) is True for (v, _), (w, _) in zip(*pairs))
