"""Laws on few points, exact and plain, and channels and parameters, at which a claim is tried; the simplest first."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import log10
from typing import Any

from sympy import Integer, Rational, Tuple

from symkl.families.finite import Finite
from symkl.prove.divergence.logarithms import calls
from symkl.prove.divergence.prepare import Prepared, folds_of, law_names, measures_of, parameters_of, sublaws
from symkl.prove.shannon.forms import collect_names
from symkl.prove.terms import Constant, Image, LawExpression, LawName, Mix, ProductLaw
from symkl.prove.texform import fraction_tex, masses_tex, name_tex

__all__ = ["LawsWitness", "table", "witnesses"]

Table = tuple[tuple[Any, ...], tuple[tuple[tuple[str, ...], Fraction], ...]]
F = Fraction
#: Two-point laws by their first mass, in the order in which they are tried.
FIRST = tuple(F(*pair) for pair in ((7, 10), (1, 2), (1, 4), (3, 4), (1, 10), (9, 10), (1, 3), (2, 3), (1, 1), (0, 1), (1, 100), (99, 100)))
FINE = (F(1, 1000), F(1, 10**5), F(1, 10**6), F(1, 10**9))
RARE = tuple(F(1, 10**k) for k in range(2, 10))
RANDOM = 400
#: The numbers n of draws of laws P^n.
DRAWS = (F(2), F(1), F(3), F(4), F(6))
#: Every so many joint laws of up to so many coordinates have three or four values of each.
WIDER, FEW_COORDINATES = 5, 3
MOST_POINTS = 64
#: Masses of three laws that are far from each other.
SCALES = tuple(F(1, k) for k in (4, 20, 50, 10**3, 10**4, 10**8, 10**20, 10**40, 10**180))
#: Masses with denominators of so many bits are told in powers of two or ten.
LONG = 64
EXTREME = tuple(F(1, 10**k) for k in (20, 40, 80, 180, 400))


@dataclass(frozen=True)
class LawsWitness:
    """Tables of laws and channels, and values of parameters."""

    tables: dict[str, Table]
    channels: dict[str, dict[str, dict[str, Fraction]]]
    parameters: dict[str, Fraction]

    def __str__(self) -> str:
        parts = []
        for name, (coordinates, rows) in self.tables.items():
            plain = len(coordinates) == 1 and not isinstance(coordinates[0], str)
            masses = ", ".join(_short(m) if plain else f"({', '.join(x)}): {m}" for x, m in rows)
            parts.append(f"{name} = ({masses})" if plain else f"{name}({', '.join(map(str, coordinates))}) = {{{masses}}}")
        for name, rows2 in self.channels.items():
            shown = "; ".join(f"{x} -> ({', '.join(str(m) for m in row.values())})" for x, row in rows2.items())
            parts.append(f"{name}: {shown}")
        parts += [f"{name} = {value}" for name, value in self.parameters.items()]
        return ", ".join(parts) or "nothing is left to choose"

    def latex(self) -> str:
        parts = []
        for name, (coordinates, rows) in self.tables.items():
            if len(coordinates) == 1 and not isinstance(coordinates[0], str):
                parts.append(f"${name_tex(name)} = ({'$, $'.join(_short_tex(m) for _, m in rows)})$")
            else:
                parts.append(rf"${name_tex(name)}({', '.join(name_tex(str(c)) for c in coordinates)}) = \{{{masses_tex(rows)}\}}$")
        for name, rows2 in self.channels.items():
            shown = "$; $".join(rf"{x} \to ({', '.join(fraction_tex(m) for m in row.values())})" for x, row in rows2.items())
            parts.append(f"${name_tex(name)}$: ${shown}$")
        parts += [f"${name_tex(name)} = {fraction_tex(value)}$" for name, value in self.parameters.items()]
        return ", ".join(parts) or "nothing is left to choose"

    @property
    def laws(self) -> dict[str, Finite]:
        """The laws as finite laws of the catalogue; of a joint law the outcomes are tuples."""
        return {
            name: Finite({x[0] if len(coordinates) == 1 else Tuple(*map(Integer, x)): Rational(m.numerator, m.denominator) for x, m in rows})
            for name, (coordinates, rows) in self.tables.items()
        }

    def certificate(self, claim: int) -> dict[str, Any]:
        return {
            "tables": {name: [list(coordinates), [[list(x), str(m)] for x, m in rows]] for name, (coordinates, rows) in self.tables.items()},
            "channels": {name: {x: {y: str(w) for y, w in row.items()} for x, row in rows.items()} for name, rows in self.channels.items()},
            "widths": {},
            "parameters": {name: str(value) for name, value in self.parameters.items()},
            "violates": claim,
        }


def _short(m: Fraction) -> str:
    """The mass, the power of two or ten that it is a multiple of as such where that has many digits."""
    power, less = _power(m.denominator), m.denominator - m.numerator
    if power is None:
        return str(m)
    return f"{m.numerator}/{power[0]}^{power[1]}" if 2 * m <= 1 else f"1 - {less}/{power[0]}^{power[1]}"


def _short_tex(m: Fraction) -> str:
    power, less = _power(m.denominator), m.denominator - m.numerator
    if power is None:
        return fraction_tex(m)
    return rf"{m.numerator} \cdot {power[0]}^{{-{power[1]}}}" if 2 * m <= 1 else rf"1 - {less} \cdot {power[0]}^{{-{power[1]}}}"


def _power(n: int) -> tuple[int, int] | None:
    """The base 2 or 10, and the exponent, of a large number that is a power of it."""
    bits = n.bit_length() - 1
    k = round(bits * log10(2)) if bits >= LONG else 0
    return None if bits < LONG else (2, bits) if n == 1 << bits else (10, k) if n == 10**k else None


def witnesses(prepared: Prepared, extreme: bool = False) -> Iterator[LawsWitness]:
    statement = prepared.statement
    names = law_names(statement)
    plain = sorted({law.name for law in names if not law.of}, key=[law.name for law in names].index)
    joint: dict[str, dict[str, None]] = {}
    for law in names:
        if law.of:
            joint.setdefault(law.name, {}).update(dict.fromkeys((*law.of, *law.given)))
    for name in _variables(prepared):
        joint.setdefault(prepared.document["joint"] or "variables", {})[name] = None
    merged = {name: kept for name, kept in prepared.scope.same.items() if name != kept}
    free = [name for name in plain if name not in merged]
    channels = sorted({each.channel for m in measures_of(statement) for law in m.laws for each in sublaws(law) if isinstance(each, Image)})
    parameters = parameters_of(statement)
    assigned = _extremes(free, parameters, prepared) if extreme else _assignments(free, parameters, prepared)
    for number, (laws, values) in enumerate(assigned):
        draw = random.Random(number)
        tables = {**laws, **{dropped: laws[kept] for dropped, kept in merged.items() if kept in laws}}
        for name, coordinates in joint.items():
            tables[name] = _joint_table(draw, tuple(coordinates), number)
        rows = {name: _channel(draw, _inputs(prepared, name, tables)) for name in channels}
        yield LawsWitness(tables, rows, {**values, **prepared.scope.numbers})


def _variables(prepared: Prepared) -> list[str]:
    found: dict[str, None] = {}
    for relation in (*prepared.statement.claims, *prepared.statement.given):
        collect_names(relation.left, found)
        collect_names(relation.right, found)
    return list(found)


def _assignments(names: list[str], parameters: list[str], prepared: Prepared) -> Iterator[tuple[dict[str, Table], dict[str, Fraction]]]:
    folds = folds_of(prepared.statement)
    ranges = [DRAWS if name in folds else (F(1, 2), F(1, 4), F(2, 3), F(1), F(2), F(-1), F(0)) for name in parameters]
    values = [dict(zip(parameters, each)) for each in product(*ranges)][:49]
    wide = {name: prepared.arities.get(name, 1) for name in names}
    grid = FIRST if len(names) <= 2 else FIRST[:10] if len(names) == 3 else FIRST[:4]
    if all(a == 1 for a in wide.values()):
        for firsts in product(grid, repeat=min(len(names), 4)):
            laws = {name: table((f, 1 - f)) for name, f in zip(names, (*firsts, *firsts))}
            yield laws, values[len(firsts) % len(values)]
            if len(values) > 1 and len(set(firsts)) > 1:
                yield from ((laws, each) for each in values[1:6])
        yield from ((laws, values[0]) for laws in _corners(names, _sizes(prepared)))
        yield from ((laws, values[0]) for laws in _nearby(names))
        yield from ((laws, values[0]) for laws in _quarters(names))
    draw = random.Random(5)
    for k in range(RANDOM):
        size = 2 + k % 3
        laws = {name: _random_table(draw, wide[name], size) for name in names}
        yield laws, values[k % len(values)]


def _extremes(names: list[str], parameters: list[str], prepared: Prepared) -> Iterator[tuple[dict[str, Table], dict[str, Fraction]]]:
    """Laws on two points with masses so small that logarithms of them are large."""
    few = len(names) == 2 and not parameters and all(prepared.arities.get(name, 1) == 1 for name in names)
    for step in EXTREME if few else ():
        for firsts in permutations((step, 1 - step, F(0), F(1), F(1, 2)), 2):
            if not {*firsts}.isdisjoint((step, 1 - step)):
                yield {name: table((f, 1 - f)) for name, f in zip(names, firsts)}, {}
    if len(names) == 3 and not parameters and all(prepared.arities.get(name, 1) == 1 for name in names):
        yield from (({name: table((f, 1 - f)) for name, f in zip(names, each)}, {}) for each in product(SCALES, repeat=3))


def _sizes(prepared: Prepared) -> list[int]:
    """3, 4, 5, 8 and the small numbers whose logarithms the statement names."""
    named = [call.argument.value for call in calls(prepared.statement) if call.function == "log" and isinstance(call.argument, Constant)]
    return sorted({3, 4, 5, 8, *(int(v) for v in named if v.denominator == 1 and 2 < v <= MOST_POINTS)})


def _corners(names: list[str], sizes: Sequence[int]) -> Iterator[dict[str, Table]]:
    """Laws all even on so many points; and point masses, all apart or with even laws among them."""
    for m in sizes:
        yield {name: table((F(1, m),) * m) for name in names}
    count = max(len(names), 2)
    corners = [table(tuple(F(int(i == k)) for i in range(count))) for k in range(count)]
    yield dict(zip(names, corners))
    if len(names) <= 3:
        yield from (dict(zip(names, each)) for each in product([*corners, table((F(1, count),) * count)], repeat=len(names)))


def _quarters(names: list[str]) -> Iterator[dict[str, Table]]:
    """Laws on three points, of one law or two in quarters, of three in halves."""
    if len(names) > 3:
        return
    parts = 4 if len(names) < 3 else 2
    masses = [(F(i, parts), F(j, parts), F(parts - i - j, parts)) for i in range(parts + 1) for j in range(parts + 1 - i)]
    yield from (dict(zip(names, map(table, each))) for each in product(masses, repeat=len(names)))


def _nearby(names: list[str]) -> Iterator[dict[str, Table]]:
    """Laws that differ by little, and laws with a small mass."""
    if len(names) == 2:
        yield from ({name: table((f, 1 - f)) for name, f in zip(names, pair)} for pair in product(RARE, repeat=2))
    for step in FINE:
        for base in (F(1, 2), F(1, 4), F(3, 4)):
            for signs in product((0, 1, -1), repeat=min(len(names), 3)):
                yield {name: table((base + s * step, 1 - base - s * step)) for name, s in zip(names, (*signs, *signs))}
        for firsts in product((step, 1 - step, F(0), F(1), F(1, 2)), repeat=min(len(names), 2)):
            yield {name: table((f, 1 - f)) for name, f in zip(names, (*firsts, *firsts))}


def table(masses: tuple[Fraction, ...]) -> Table:
    return (0,), tuple(((str(i),), m) for i, m in enumerate(masses))


def _random_masses(draw: random.Random, count: int) -> list[Fraction]:
    weights = [draw.choice((0, 1, 1, 2, 3, 5)) for _ in range(count)]
    if not any(weights):
        weights[0] = 1
    return [F(w, sum(weights)) for w in weights]


def _random_table(draw: random.Random, arity: int, size: int) -> Table:
    points = list(product([str(i) for i in range(size)], repeat=arity))
    return tuple(range(arity)), tuple(zip(points, _random_masses(draw, len(points))))


def _joint_table(draw: random.Random, coordinates: tuple[str, ...], number: int) -> Table:
    wide = number % WIDER == WIDER - 1 and len(coordinates) <= FEW_COORDINATES
    values = "0123"[: 3 + number // WIDER % 2] if wide else "01"
    points = list(product(values, repeat=len(coordinates)))
    if number == 0:
        masses = [F(1, 2) if len(set(x)) == 1 else F(0) for x in points] if len(coordinates) > 1 else [F(1, 2), F(1, 2)]
    elif wide and number < 4 * WIDER:  # all alike, all even
        masses = [F(int(len(set(x)) == 1), len(values)) if number < 2 * WIDER else F(1, len(points)) for x in points]
    else:
        masses = _random_masses(draw, len(points))
    return coordinates, tuple(zip(points, masses))


def _inputs(prepared: Prepared, channel: str, tables: dict[str, Table]) -> list[str]:
    """The labels that may enter the channel."""
    found: dict[str, None] = {}
    for measure in measures_of(prepared.statement):
        for law in measure.laws:
            for each in sublaws(law):
                if isinstance(each, Image) and each.channel == channel:
                    found.update(dict.fromkeys("|".join(x) for x in _outcomes(each.law, tables)))
    return list(found)


def _outcomes(law: LawExpression, tables: dict[str, Table]) -> list[tuple[str, ...]]:
    if isinstance(law, LawName):
        return list(dict.fromkeys(x for x, _ in tables[law.name][1]))
    if isinstance(law, Mix):
        return list(dict.fromkeys(x for _, each in law.parts for x in _outcomes(each, tables)))
    if isinstance(law, ProductLaw):
        return [tuple(v for x in point for v in x) for point in product(*(_outcomes(each, tables) for each in law.factors))]
    return [("0",), ("1",)]


def _channel(draw: random.Random, inputs: list[str]) -> dict[str, dict[str, Fraction]]:
    kind = draw.randrange(3)
    rows = {}
    for k, x in enumerate(inputs):
        first = F(1) if kind == 0 else F(k % 2) if kind == 1 else draw.choice((F(1, 4), F(1, 2), F(9, 10), F(0)))
        rows[x] = {"0": first, "1": 1 - first}
    return rows
