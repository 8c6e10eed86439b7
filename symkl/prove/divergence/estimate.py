"""Floating estimates of a claim at a witness: they spare the exact arithmetic where a claim clearly holds, and decide nothing."""

from __future__ import annotations

from math import exp, log
from typing import Any

from symkl.prove.divergence.vectors import Vector
from symkl.prove.divergence.world import World

__all__ = ["Estimate", "Unclear"]

#: A difference of more than this times the size of what is added is no rounding.
CLEAR = 1e-11

Table = dict[tuple[str, ...], float]


class Unclear(Exception):
    """Infinite, or outside the domain of a function."""


class Estimate:
    """Values of vectors at one witness, each law worked out once."""

    def __init__(self, world: World) -> None:
        self.world = world
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
        """The value, and the sum of the sizes of its terms."""
        total = size = 0.0
        for key, c in vector.items():
            term = float(c)
            for name, e in key:
                inner = self.atom(name)
                if inner < 0 and e.denominator != 1:
                    raise Unclear
                term *= inner ** float(e)
            total, size = total + term, size + abs(term)
        return total, size

    def atom(self, name: Any) -> float:
        if name not in self.atoms:
            self.atoms[name] = self._atom(name)
        return self.atoms[name]

    def _atom(self, name: Any) -> float:
        kind = name[0]
        if kind == "parameter":
            return float(self.world.parameters[name[1]])
        if kind == "log" and isinstance(name[1], int):
            return log(name[1])
        if kind in ("log", "base", "exp"):
            inner, size = self.value(dict(name[1]))
            if kind == "log" and inner <= CLEAR * size:
                raise Unclear
            return {"log": log, "exp": exp, "base": float}[kind](inner)
        if kind == "E":
            return self._expected_log(name[1], name[2])
        if kind not in ("TV", "A"):
            raise Unclear
        p, q = ({x: float(m) for x, m in law.items()} for law in self.world.laws(*name[-2:]))
        if kind == "TV":
            return sum(abs(p.get(x, 0.0) - q.get(x, 0.0)) for x in {**p, **q}) / 2
        if min((*p.values(), *q.values()), default=0.0) < 0:  # weights of a mixture that are none
            raise Unclear
        order = float(name[1])
        if order > 1 and any(m and not q.get(x) for x, m in p.items()):
            raise Unclear
        return sum(m**order * q[x] ** (1 - order) for x, m in p.items() if m and q.get(x))

    def table(self, law: Any) -> Table:
        if law not in self.tables:
            self.tables[law] = {x: float(m) for x, m in self.world.law(law).items()}
        return self.tables[law]

    def _expected_log(self, measure: Any, density: Any) -> float:
        slots = sorted({s for _, factors in density for f in factors for s in f[2]}, key=repr)
        everywhere = sorted({s for f in measure for s in f[2]}, key=repr)
        places = [everywhere.index(s) for s in slots]
        q, total = self.table(density), 0.0
        for x, m in self.table((((((), 1),), measure),)).items():
            if m:
                y = q.get(tuple(x[i] for i in places), 0.0)
                if not y:
                    raise Unclear
                total += m * log(y)
        return total
