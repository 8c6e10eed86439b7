"""`Master`: an integral or sum whose value is trusted, with its domain and what happens outside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sympy import Contains, Derivative, Eq, Expr, Piecewise, S, Symbol
from sympy.core.relational import Ge, Gt, Le
from sympy.logic.boolalg import Boolean

from symkl.form.branches import conjuncts

__all__ = ["Master"]


@dataclass(frozen=True)
class Master:
    """∫ integrand d(variable) over (lower, upper), or the sum over the integers lower..upper, equals `value` on `condition`.

    The statement is data: `integrand`, `value` and `condition` are expressions in `variable` and `parameters`. Parameters carry no
    sign, so that `condition` states it; only being real or an integer is left to their assumptions, and `conditions_at` asks for that too.
    Differentiating both sides in a parameter that is not a bound gives the integrals with logarithms and powers, inside the domain.
    `divergence` says what the integral does outside the domain, `proof` why the identity holds.
    """

    name: str
    variable: Symbol
    lower: Expr
    upper: Expr
    parameters: tuple[Symbol, ...]
    integrand: Expr
    value: Expr
    condition: Boolean
    divergence: str
    proof: str
    discrete: bool = False

    def parameter(self, name: str | Symbol) -> Symbol:
        """The parameter of that name; KeyError if there is none."""
        return {each.name: each for each in self.parameters}[str(name)]

    def integrand_at(self, point: Expr, values: Mapping[Symbol, Expr], orders: Mapping[Symbol, int] | None = None) -> Expr:
        """∂^orders integrand at the given parameter values, in `point`."""
        return _put(_derivative(self.integrand, _sorted(orders)), {**values, self.variable: point})

    def value_at(self, values: Mapping[Symbol, Expr], orders: Mapping[Symbol, int] | None = None) -> Expr:
        """∂^orders value at the given parameter values."""
        return _put(_derivative(self.value, _sorted(orders)), values)

    def bounds_at(self, values: Mapping[Symbol, Expr]) -> tuple[Expr, Expr]:
        return _put(self.lower, values), _put(self.upper, values)

    def conditions_at(self, values: Mapping[Symbol, Expr], orders: Mapping[Symbol, int] | None = None) -> tuple[Boolean, ...]:
        """What must hold of the values; with derivatives, the interior of the domain. `false` where it cannot hold."""
        inside = any((orders or {}).values())
        wanted: list[Boolean] = []
        for parameter in self.parameters:
            value = values[parameter]
            kind = S.Integers if parameter.is_integer else S.Reals
            if not (value.is_integer if parameter.is_integer else value.is_real):
                wanted.append(Contains(value, kind))
        for part in conjuncts(self.condition):
            if inside and isinstance(part, (Ge, Le)) and not (part.gts - part.lts).is_integer:
                part = Gt(part.gts, part.lts)
            wanted.append(part.xreplace(dict(values)))
        return tuple(dict.fromkeys(each for each in wanted if each is not S.true))


def _sorted(orders: Mapping[Symbol, int] | None) -> tuple[tuple[Symbol, int], ...]:
    return tuple(sorted(((p, int(n)) for p, n in (orders or {}).items() if n), key=lambda pair: pair[0].name))


@lru_cache(maxsize=1000)
def _derivative(expr: Expr, orders: tuple[tuple[Symbol, int], ...]) -> Expr:
    if orders and expr.has(Piecewise):
        # A value at a point, put in where a formula has a gap, says nothing of derivatives there.
        nodes = {node: Piecewise(*(part for part in node.args if not isinstance(part.args[1], Eq))) for node in expr.atoms(Piecewise)}
        expr = expr.xreplace(nodes)
    for parameter, order in orders:
        expr = expr.diff(parameter, order)
    return expr


def _put(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    if expr.has(Derivative):
        # xreplace would put a value where the variable of differentiation stands; subs keeps it apart with Subs.
        return expr.subs(list(values.items()), simultaneous=True)
    return expr.xreplace(dict(values))
