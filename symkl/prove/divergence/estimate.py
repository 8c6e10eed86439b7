"""Floating estimates of a claim at a witness: they spare the exact arithmetic where a claim clearly holds, and decide nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import exp, log
from typing import Any, cast

from mpmath.ctx_mp import MPContext

from symkl.prove.divergence.vectors import Vector
from symkl.prove.divergence.world import World

__all__ = ["Estimate", "Plan", "Unclear"]

#: A difference of more than this times the size of what is added is no rounding.
CLEAR = 1e-11

Table = dict[tuple[str, ...], float]
#: An atom, its exponent and whether that is whole.
Factor = tuple[Any, float, bool]
#: A product of atoms and its coefficient, a sum of numbers times parameters: where that is zero the atoms may be infinite.
Term = tuple[list[tuple[float, list[Factor]]], list[Factor]]


#: From a fraction, or a function of a number, in the floating point of a plan.
Number = Callable[[Any], Any]


class Unclear(Exception):
    """Infinite, or outside the domain of a function."""


class _Floating(World):
    """The tables of a witness in floating point: its laws are products and mixtures of these."""

    def __init__(self, witness: Any, number: Number, weight: Callable[[Vector], float]) -> None:
        self.channels = {name: {x: {y: number(w) for y, w in row.items()} for x, row in rows.items()} for name, rows in witness.channels.items()}
        self.tables = {name: (list(slots), {x: number(m) for x, m in rows}) for name, (slots, rows) in witness.tables.items()}
        self.parameters = witness.parameters
        self.joined, self.factors, self.rational = {}, {}, weight  # type: ignore[method-assign, assignment]


class Plan:
    """Vectors as floating coefficients and powers of atoms, each vector worked out once for all witnesses; of `bits`, or in doubles."""

    def __init__(self, bits: int | None = None) -> None:
        self.known: dict[Any, list[Term]] = {}
        self.number, self.log, self.exp = _doubles() if bits is None else _precise(bits)

    def terms(self, name: Any, vector: Vector | None = None) -> list[Term]:
        """Of a vector called by that name, which is the vector itself as pairs if none is told."""
        if name not in self.known:
            found: dict[Any, list[tuple[float, list[Factor]]]] = {}
            for key, c in vector.items() if vector is not None else name:
                parameters = [each for each in key if each[0][0] == "parameter"]
                rest = tuple(each for each in key if each not in parameters)
                found.setdefault(rest, []).append((self.number(c), self._factors(parameters)))
            self.known[name] = [(coefficients, self._factors(key)) for key, coefficients in found.items()]
        return self.known[name]

    def _factors(self, key: Any) -> list[Factor]:
        return [(each, self.number(e), e.denominator == 1) for each, e in key]


def _doubles() -> tuple[Number, Number, Number]:
    return float, log, exp


def _precise(bits: int) -> tuple[Number, Number, Number]:
    context = MPContext()
    context.prec = bits
    return lambda x: context.mpf(x.numerator) / x.denominator, context.log, context.exp


class Estimate:
    """Values of vectors at one witness, each law worked out once."""

    def __init__(self, witness: Any, plan: Plan) -> None:
        self.witness, self.plan = witness, plan
        self.floating = _Floating(witness, plan.number, lambda weight: self._sum(self.plan.terms(tuple(weight.items())))[0])
        self.tables: dict[Any, Table] = {}
        self.atoms: dict[Any, float] = {}

    def clearly(self, vector: Vector, sign: str, holds: bool) -> bool:
        """Whether vector `sign` 0 is seen to hold (or to fail) by a margin."""
        try:
            value, size = self.value(vector)
        except (Unclear, ArithmeticError, ValueError, KeyError):
            return False
        if abs(value) <= CLEAR * size:
            return False
        true = {"=": False, "!=": True, "<=": value < 0, "<": value < 0, ">=": value > 0, ">": value > 0}[sign]
        return true == holds

    def is_known(self, vector: Vector) -> bool:
        """Whether the value is finite and its parts are defined."""
        try:
            self.value(vector)
        except (Unclear, ArithmeticError, ValueError, KeyError):
            return False
        return True

    def value(self, vector: Vector) -> tuple[float, float]:
        """The value, and the sum of the sizes of its terms; the vector is one that outlives the plan."""
        return self._sum(self.plan.terms(id(vector), vector))

    def _sum(self, terms: list[Term]) -> tuple[float, float]:
        total = size = 0.0
        for coefficients, factors in terms:
            parts = [self._product(c, parameters) for c, parameters in coefficients]
            weight, large = sum(parts), sum(map(abs, parts))
            if weight:
                value = self._product(1.0, factors)
                total, size = total + weight * value, size + large * abs(value)
        return total, size

    def _product(self, start: float, factors: list[Factor]) -> float:
        for name, e, whole in factors:
            inner = self.atom(name)
            if inner < 0 and not whole:
                raise Unclear
            start *= inner if e == 1 else inner**e
        return start

    def atom(self, name: Any) -> float:
        if name not in self.atoms:
            self.atoms[name] = self._atom(name)
        return self.atoms[name]

    def _atom(self, name: Any) -> float:
        kind = name[0]
        if kind == "parameter":
            return self.plan.number(self.witness.parameters[name[1]])
        if kind == "log" and isinstance(name[1], int):
            return self.plan.log(name[1])
        if kind in ("log", "base", "exp"):
            inner, size = self._sum(self.plan.terms(name[1]))
            if kind == "log" and inner <= CLEAR * size:
                raise Unclear
            return inner if kind == "base" else self.plan.log(inner) if kind == "log" else self.plan.exp(inner)
        if kind == "E":
            return self._expected_log(name[1], name[2])
        if kind not in ("TV", "A"):
            raise Unclear
        p, q = cast(list[Table], self.floating.laws(*name[-2:]))
        if kind == "TV":
            return sum(abs(p.get(x, 0.0) - q.get(x, 0.0)) for x in {**p, **q}) / 2
        if min((*p.values(), *q.values()), default=0.0) < 0:  # weights of a mixture that are none
            raise Unclear
        order = self.plan.number(name[1])
        if order > 1 and any(m and not q.get(x) for x, m in p.items()):
            raise Unclear
        return sum(m**order * q[x] ** (1 - order) for x, m in p.items() if m and q.get(x))

    def table(self, law: Any) -> Table:
        if law not in self.tables:
            self.tables[law] = self.floating.law(law)  # type: ignore[assignment]
        return self.tables[law]

    def _expected_log(self, measure: Any, density: Any) -> float:
        q, total, places = self.table(density), 0.0, _places(measure, density)
        for x, m in self.table((((((), 1),), measure),)).items():
            if m:
                y = q.get(tuple(x[i] for i in places), 0.0)
                if not y:
                    raise Unclear
                total += m * self.plan.log(y)
        return total


@lru_cache(maxsize=512)
def _places(measure: Any, density: Any) -> list[int]:
    """Where the slots of the density stand among those of the measure."""
    everywhere = sorted({s for f in measure for s in f[2]}, key=repr)
    return [everywhere.index(s) for s in sorted({s for _, factors in density for f in factors for s in f[2]}, key=repr)]
