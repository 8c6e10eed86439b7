"""Witnesses: finite laws with rational masses, from which `symkl.exact` has the value of every term by its definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from sympy import Add, Expr, S, log, prod

from symkl.core.certificates import need, rational
from symkl.exact import finite
from symkl.exact.signs import number_sign
from symkl.exact.slots import AppliedUndef, added, slots_of, terms_of, values_at

from .terms import Json, Scope

Masses = dict[tuple[str, ...], Any]


class World(Scope):
    """Tables of the laws and channels, and values of the parameters."""

    def __init__(self, statement: Json, tables: Json, channels: Json, widths: Json, parameters: Json, violates: int) -> None:
        super().__init__(**statement)
        self.violated, self.coordinates = self.claims[violates], {name: list(coordinates) for name, (coordinates, _) in tables.items()}
        self.laws = {name: [(tuple(x), rational(m)) for x, m in rows] for name, (_, rows) in tables.items()}
        self.channels = {name: {x: [((y,), rational(w)) for y, w in row.items()] for x, row in rows.items()} for name, rows in channels.items()}
        self.widths, self.parameters = ({name: rational(value) for name, value in each.items()} for each in (widths, parameters))
        for rows in [*self.laws.values(), *(row for channel in self.channels.values() for row in channel.values())]:
            need(min(m for _, m in rows) >= 0 and sum(m for _, m in rows) == 1 and len(dict(rows)) == len(rows), "not the masses of a law")
        need(self.continuous.issuperset(self.widths) and all(w > 0 for w in self.widths.values()), "not the widths of continuous variables")

    def holds(self, left: Json, sign: str, right: Json) -> bool:
        one, other = self.value(left), self.value(right)
        need(one != other or one.is_finite, "both sides are the same infinity")
        return number_sign(one - other) in {"=": (0,), "<=": (-1, 0), "<": (-1,), "!=": (-1, 1)}[sign]

    def symbol(self, *key: Any, **assumptions: bool) -> Expr:
        """A parameter; or the entropy of variables, the continuous ones uniform on intervals of their widths, whose logarithms are added."""
        if key[0] == "a parameter":
            return self.parameters[key[1]]
        return finite.entropy([*self.masses(("variables",), *key[1:]).values()]).as_expr() + Add(*(log(self.widths[n]) for n in key[1:] if n in self.widths))

    def measure(self, measure: str, laws: list[Json], parameters: Sequence[str] = ()) -> Expr:
        p, q = self.densities(measure, laws)
        first = self.points(p)  # of a cross-entropy the second law may be conditional, or one of some coordinates only
        second = self.masses_at(q, slots_of(p), first) if measure == "CrossEntropy" else self.points(q)
        listed = [[each.get(x, S.Zero) for x in {**first, **second}] for each in (first, second)]
        return finite.MEASURES[measure](*listed[: len(laws)], *(rational(each, 64) for each in parameters)).as_expr()

    def integral(self, integrand: Expr) -> Expr:
        return Add(*self.points(integrand).values())

    def points(self, density: Expr) -> Masses:
        """The masses of a law at the points of its coordinates."""
        slots, functions = slots_of(density), density.atoms(AppliedUndef)
        values = [sorted({x[f.args.index(slot)] for f in functions if slot in f.args for x in self.masses(*self.known[f.func])}) for slot in slots]
        need(prod(map(len, values)) <= 5000, "a law with too many points")
        found = self.masses_at(density, slots, product(*values))
        need(min(found.values()) >= 0 and sum(found.values()) == 1, "a law that is not defined everywhere")
        return {x: m for x, m in found.items() if m}

    def masses_at(self, density: Expr, slots: list[Any], points: Iterable[tuple[str, ...]]) -> Masses:
        """A density at points; a product with a factor zero is zero, whatever the condition of another factor."""
        terms = [(w, [(f.args, self.masses(*self.known[f.func]), int(e)) for f, e in term.as_powers_dict().items()]) for w, term in terms_of(density)]
        return values_at(terms, slots, points)

    def masses(self, key: tuple[Any, ...], *inner: Any) -> Masses:
        """The masses of some coordinates of a law, or of the image of a law."""
        if ("masses", key, *inner) not in self.known:
            if len(key) == 1:
                places = [self.coordinates[key[0]].index(each) for each in inner]
                pairs = [(tuple(x[i] for i in places), m) for x, m in self.laws[key[0]]]
            else:
                pairs = [(y, m * w) for x, m in self.points(key[1]).items() for y, w in self.channels[key[0]]["|".join(x)]]
            self.known["masses", key, *inner] = added(pairs)
        return self.known["masses", key, *inner]
