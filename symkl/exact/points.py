"""Exact parameter points that satisfy the conditions, for certificates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sympy import And, Basic, Expr, Indexed, IndexedBase, Integer, Rational, S, Sum, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.domains import SIMPLEX, UNIT
from symkl.core.family import Family, Parameter
from symkl.core.laws import Law
from symkl.errors import DomainError
from symkl.families.sampling import draw_value

__all__ = ["Point", "points_of"]

#: The probabilities of a law on 1, …, n with a symbolic n are whole numbers up to this over their sum.
LARGEST_COUNT = 9


@dataclass(frozen=True)
class Point:
    """Numbers for symbols, and for each element of an indexed symbol."""

    values: dict[Basic, Expr]
    elements: dict[Basic, Expr] = field(default_factory=dict)

    def put(self, expr: Any) -> Any:
        """The expression at the point, evaluated as by `subs`."""
        return self._indexed(expr.subs(list(self.values.items()), simultaneous=True) if self.values else expr)

    def member(self, head: Any) -> Any:
        """The head at the point, its laws built anew."""
        return self._indexed(head.xreplace(self.values))

    def _indexed(self, expr: Any) -> Any:
        if not self.elements:
            return expr
        laws = {law: type(law)(*self._masses(law)) for law in expr.atoms(Family) if law.args and isinstance(law.args[0], IndexedBase)}
        # Their sums have numbers for ends now, and few terms.
        sums = {each: each.doit() for each in expr.atoms(Sum) if each.has(Indexed)}
        return expr.xreplace(laws).xreplace(sums).xreplace(self.elements)

    def _masses(self, law: Family) -> list[Expr]:
        base, n = law.args
        return [self.elements[base[i]] for i in range(1, int(n) + 1)]

    def __str__(self) -> str:
        shown = {**self.values, **self.elements}
        return ", ".join(f"{symbol} = {value}" for symbol, value in shown.items()) or "the numbers given"


def points_of(head: Expr, conditions: tuple[Boolean, ...], seed: int, attempts: int) -> Iterator[Point]:
    """Points drawn with `random.Random(seed)` that give laws and satisfy the conditions; the one empty point if there is no symbol."""
    bases = {base.label: base for base in head.atoms(IndexedBase)}
    symbols = sorted((s for s in head.free_symbols if isinstance(s, Symbol) and s not in bases), key=lambda s: s.name)
    if not symbols:
        yield Point({})
        return
    parameters = dict(_parameters(head))
    rng = random.Random(seed)
    for _ in range(attempts):
        values: dict[Basic, Expr] = {s: _drawn(s, parameters.get(s), rng) for s in symbols}
        try:
            point = Point(values, dict(_elements(head.xreplace(values), rng)))
            concrete = point.member(head)
        except DomainError:
            continue
        if point.put(And(*conditions)) is S.false:
            continue
        if not concrete.free_symbols and all(And(*law.conditions) is not S.false for law in concrete.atoms(Law)):
            yield point


def _parameters(node: Basic) -> Iterator[tuple[Symbol, Parameter]]:
    """Symbols that stand for a parameter of a family, with that parameter; of a list of probabilities, each."""
    if isinstance(node, Family):
        declared = type(node).parameters
        if any(parameter.domain is SIMPLEX for parameter in declared):
            probability = Parameter("p", UNIT, "p", "probability", typical=(Rational(1, 10), Rational(9, 10)))
            yield from ((symbol, probability) for symbol in node.free_symbols if isinstance(symbol, Symbol) and not symbol.is_integer)
        for parameter, value in zip(declared, node.args):
            if isinstance(value, Symbol):
                yield value, parameter
    for arg in node.args:
        yield from _parameters(arg)


def _elements(head: Basic, rng: random.Random) -> Iterator[tuple[Basic, Expr]]:
    """Probabilities that sum to one for each indexed symbol of a law on 1, …, n."""
    indexed = {law.args for law in head.atoms(Family) if law.args and isinstance(law.args[0], IndexedBase)}
    for base, n in sorted(indexed, key=str):
        counts = [rng.randint(1, LARGEST_COUNT) for _ in range(int(n))]
        for i, count in enumerate(counts, 1):
            yield base[i], Rational(count, sum(counts))


def _drawn(symbol: Symbol, parameter: Parameter | None, rng: random.Random) -> Expr:
    if parameter is not None and parameter.domain is not SIMPLEX:
        value: Expr = draw_value(parameter, rng)
        return value
    if symbol.is_integer:
        return Integer(rng.randint(1, 6))
    value = Rational(rng.randint(1, 12), rng.choice((2, 3, 4, 5)))
    return value if symbol.is_positive or symbol.is_nonnegative else value * rng.choice((1, -1))
