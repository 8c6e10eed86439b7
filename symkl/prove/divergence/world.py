"""Witnesses: finite laws with rational masses at which the hypotheses hold and a claim fails."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, isqrt, prod
from typing import Any

from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import ONE, Json, Vector, combine, fields, frozen, log_bounds, need, sign

#: A product of laws of a witness has at most so many outcomes.
MOST_OUTCOMES = 600


def check_witness(scope: Scope, claims: list[Json], proof: Json) -> None:
    fields(proof, "tables", "channels", "widths", "parameters", "violates")
    world = World(proof)
    need(set(world.widths) <= scope.continuous, "only continuous variables have widths")
    for relation in scope.given:
        need(world.holds(scope, relation), "a hypothesis fails at the witness")
    need(not world.holds(scope, claims[proof["violates"]]), "the claim holds at the witness")
    need(world.tells_apart(scope, claims[proof["violates"]]), "both sides are the same infinity at the witness")


class Inexact(Exception):
    """The value is no rational combination of logarithms of rationals."""


class World:
    """Tables of the laws and channels, from which every atom has a value."""

    def __init__(self, proof: Json) -> None:
        self.channels = {name: {x: {y: Fraction(w) for y, w in row.items()} for x, row in rows.items()} for name, rows in proof["channels"].items()}
        self.parameters = {name: Fraction(v) for name, v in proof["parameters"].items()}
        self.widths = {name: Fraction(v) for name, v in proof["widths"].items()}
        self.tables: dict[str, tuple[list[Any], dict[tuple[str, ...], Fraction]]] = {}
        self.joined: dict[Any, list[dict[tuple[str, ...], Fraction]]] = {}
        self.factors: dict[Any, dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]] = {}
        for name, (names, outcomes) in proof["tables"].items():
            table = {tuple(outcome): Fraction(mass) for outcome, mass in outcomes}
            need(len(table) == len(outcomes) and all(len(x) == len(names) for x in table), "an outcome is repeated or mistyped")
            self.tables[name] = names, table
        rows = [table for _, table in self.tables.values()] + [row for rows in self.channels.values() for row in rows.values()]
        need(all(min(t.values()) >= 0 and sum(t.values()) == 1 for t in rows), "masses must be non-negative with sum 1")
        need(all(w > 0 for w in self.widths.values()), "a width must be positive")

    def holds(self, scope: Scope, relation: Json, most_bits: int = 1 << 12) -> bool:
        return self.decides(combine((1, scope.vector(relation["left"])), (-1, scope.vector(relation["right"]))), relation["sign"], most_bits)

    def decides(self, vector: Vector, sign_: str, most_bits: int) -> bool:
        """Whether vector `sign_` 0 is true here."""
        try:
            value = self.exact(vector)
            found = (value[0] > 0) - (value[0] < 0) if value.get(0) else sign(value)
        except Inexact:
            bits, found = 64, 0
            while not found:
                need(bits <= most_bits, "the sides are too close to be told apart")
                low, high = self.bounds(vector, bits)
                if low == high == 0:
                    break
                found, bits = (1 if low > 0 else -1 if high < 0 else 0), 2 * bits
        return {"=": found == 0, "<=": found <= 0, ">=": found >= 0, "<": found < 0, ">": found > 0, "!=": found != 0}[sign_]

    def tells_apart(self, scope: Scope, relation: Json) -> bool:
        """Whether the two sides are not the same infinity, which a difference of cancelled terms would hide."""
        try:
            ends = [self.exact(combine((1, scope.vector(relation[side])))).get(0, Fraction(0)) for side in ("left", "right")]
        except Inexact:
            return True  # algebraic, and so finite
        return ends[0] * ends[1] <= 0

    def with_numbers(self, vector: Vector) -> Vector:
        """The vector at the values of the parameters: what is multiplied by 1 − t is not looked at where t = 1."""
        total: Vector = {}
        for key, c in vector.items():
            known = [(a, e) for a, e in key if a[0] == "parameter" and e.denominator == 1]
            rest = tuple(each for each in key if each not in known)
            total[rest] = total.get(rest, Fraction(0)) + c * prod((self.parameters[a[1]] ** int(e) for a, e in known), start=Fraction(1))
        return {key: c for key, c in total.items() if c}

    def exact(self, vector: Vector) -> dict[int, Fraction]:
        """The value as {b: c} for sum c log b, 1 for the rational part and 0 for infinity."""
        total: dict[int, Fraction] = {}
        for key, c in self.with_numbers(vector).items():
            values = [self.exact_atom(a) for a, _ in key]
            logs = [(v, e) for v, (_, e) in zip(values, key) if isinstance(v, dict)]
            rationals = [(v, e) for v, (_, e) in zip(values, key) if isinstance(v, Fraction)]
            if any(e.denominator != 1 for _, e in rationals) or len(logs) > 1 or any(e != 1 for _, e in logs):
                raise Inexact
            scale = c * prod((v ** int(e) for v, e in rationals), start=Fraction(1))
            for base, d in (logs[0][0] if logs else {1: Fraction(1)}).items():
                need(base != 0 or total.get(0, 0) * scale * d >= 0, "infinity minus infinity")
                total[base] = total.get(base, Fraction(0)) + scale * d
        return {base: c for base, c in total.items() if c}

    def exact_atom(self, name: Any) -> Fraction | dict[int, Fraction]:
        kind = name[0]
        if kind == "parameter":
            return self.parameters[name[1]]
        if kind == "H":
            names, table = self.tables["variables"]
            need(set(name[1]) <= set(names), "a variable has no table")
            masses = marginal([names.index(n) for n in name[1]], table)
            widths = {n: 1 for n in name[1] if n in self.widths}
            return entropy_of(masses, [self.widths[n] for n in widths])
        if kind == "log":
            return {name[1]: Fraction(1)} if isinstance(name[1], int) else log_of(self.rational(dict(name[1])))
        if kind == "E":
            return self.expected_log(name[1], name[2])
        if kind == "TV":
            p, q = self.laws(*name[1:])
            return sum((abs(p.get(x, Fraction(0)) - q.get(x, Fraction(0))) for x in {**p, **q}), Fraction(0)) / 2
        if kind == "exp":
            return self.exact_exponential(dict(name[1]))
        if kind == "A" and name[1].denominator > 1:
            p, q = self.laws(*name[2:])
            if p != q:
                raise Inexact
            return Fraction(1)
        if kind == "A":
            p, q = self.laws(*name[2:])
            if any(m and not q.get(x) for x, m in p.items()):
                return {0: Fraction(1)}
            return sum((m ** int(name[1]) * q[x] ** int(1 - name[1]) for x, m in p.items() if m), Fraction(0))
        if kind == "B":
            p, other, q = self.laws(*name[1:])
            joint = {x: m * other[x] for x, m in p.items() if m and other.get(x)}
            if any(not q.get(x) for x in joint):
                return {0: Fraction(1)}
            return sum((m / q[x] for x, m in joint.items()), Fraction(0))
        raise Inexact

    def exact_exponential(self, vector: Vector) -> Fraction:
        """e^Σ c log b for integers c."""
        logs = self.exact(vector)
        if not all(b > 1 and c.denominator == 1 for b, c in logs.items()):
            raise Inexact
        return prod((Fraction(b) ** int(c) for b, c in logs.items()), start=Fraction(1))

    def bounds(self, vector: Vector, bits: int) -> tuple[Fraction, Fraction]:
        """An enclosure of the value, of about `bits` bits."""
        low = high = Fraction(0)
        for key, c in self.with_numbers(vector).items():
            ends = (c, c)
            for name, e in key:
                a, b = power_bounds(*self.atom_bounds(name, bits), e, bits)
                products = [x * y for x in ends for y in (a, b)]
                ends = min(products), max(products)
            low, high = low + min(ends), high + max(ends)
        return rounded(low, bits, -1), rounded(high, bits, 1)

    def atom_bounds(self, name: Any, bits: int) -> tuple[Fraction, Fraction]:
        if name[0] in ("base", "exp") or (name[0] == "log" and not isinstance(name[1], int)):
            low, high = self.bounds(dict(name[1]), bits)
            if name[0] == "base":
                return low, high
            if name[0] == "log":
                need(low > 0, "the logarithm of a number not seen to be positive")
            function = exp_bounds if name[0] == "exp" else log_bounds
            return function(low, bits)[0], function(high, bits)[1]
        if name[0] == "A" and name[1].denominator > 1:
            p, q = self.laws(*name[2:])
            need(name[1] < 1 or all(q.get(x) for x, m in p.items() if m), "an infinite value inside a function")
            parts = [(power_bounds(p[x], p[x], name[1], bits), power_bounds(q[x], q[x], 1 - name[1], bits)) for x in p if p[x] and q.get(x)]
            return sum((a[0] * b[0] for a, b in parts), Fraction(0)), sum((a[1] * b[1] for a, b in parts), Fraction(0))
        value = self.exact_atom(name)
        if isinstance(value, Fraction):
            return value, value
        need(0 not in value, "an infinite value inside a function")
        ends = [sorted(c * end for end in log_bounds(Fraction(b), bits)) for b, c in value.items() if b > 1]
        rational = value.get(1, Fraction(0))
        return sum((a for a, _ in ends), rational), sum((b for _, b in ends), rational)

    def rational(self, vector: Vector) -> Fraction:
        value = self.exact(vector)
        if set(value) - {1}:
            raise Inexact
        return value.get(1, Fraction(0))

    def factor(self, name: Any, inner: Any, slots: Any, given: Any) -> dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]:
        """{condition: {outcome: mass}} of one factor."""
        if isinstance(name, tuple) and name[0] == "fold":
            return {(): {("|".join(x),): m for x, m in self.draws(name[1], self.parameters[name[2]]).items()}}
        if isinstance(name, tuple):
            total: dict[tuple[str, ...], Fraction] = {}
            for x, m in self.law(((frozen(ONE), name[2]),)).items():
                for y, w in self.channels[name[1]]["|".join(x)].items():
                    total[(y,)] = total.get((y,), 0) + m * w
            return {(): total}
        names, table = self.tables[name]
        rows: dict[tuple[str, ...], dict[tuple[str, ...], Fraction]] = {}
        for x, m in marginal([names.index(n) for n in (*given, *inner)], table).items():
            rows.setdefault(x[: len(given)], {})[x[len(given) :]] = m
        return {condition: {y: m / sum(row.values()) for y, m in row.items()} for condition, row in rows.items() if sum(row.values())}

    def draws(self, law: Any, n: Fraction) -> dict[tuple[str, ...], Fraction]:
        """{outcomes: mass} of n independent draws."""
        one = self.law(law)
        need(n.denominator == 1 and n >= 1 and len(one) ** int(n) <= MOST_OUTCOMES, "no number of draws, or too many outcomes")
        found: dict[tuple[str, ...], Fraction] = {(): Fraction(1)}
        for _ in range(int(n)):
            found = {(*x, *y): m * w for x, m in found.items() for y, w in one.items()}
        return found

    def laws(self, *mixtures: Any) -> list[dict[tuple[str, ...], Fraction]]:
        """The laws, outcomes that differ by the order of coordinates alike in all of them joined: no f-divergence sees it."""
        if mixtures in self.joined:
            return self.joined[mixtures]
        alike: dict[Any, list[Any]] = {}
        everywhere = [{f[2][0]: (f[0], f[1]) for f in factors if len(f[2]) == 1 and not f[3]} for mixture in mixtures for _, factors in mixture]
        for slot in everywhere[0]:
            if all(slot in places for places in everywhere):
                alike.setdefault(tuple(places[slot] for places in everywhere), []).append(slot)
        self.joined[mixtures] = [self.law(each, [slots for slots in alike.values() if len(slots) > 1]) for each in mixtures]
        return self.joined[mixtures]

    def law(self, mixture: Any, alike: Any = ()) -> dict[tuple[str, ...], Fraction]:
        """{outcome: mass} of a frozen mixture, the outcome listed by sorted slots, values of slots that are alike in order."""
        total: dict[tuple[str, ...], Fraction] = {}
        for weight, factors in mixture:
            points: dict[Any, Fraction] = {(): self.rational(dict(weight))}
            for name, inner, slots, given in sorted(factors, key=lambda f: len(f[3])):
                if (name, inner, given) not in self.factors:
                    self.factors[name, inner, given] = self.factor(name, inner, slots, given)
                rows = self.factors[name, inner, given]
                longer: dict[Any, Fraction] = {}
                for point, m in points.items():
                    values = dict(point)
                    for y, w in rows[tuple(values[s] for s in given)].items() if m else ():
                        key = tuple(in_order({**values, **dict(zip(slots, y))}, alike).items())
                        longer[key] = longer.get(key, 0) + m * w
                need(len(longer) <= MOST_OUTCOMES, "a product of laws with too many outcomes")
                points = longer
            for point, m in points.items():
                values = dict(point)
                outcome = tuple(values[s] for s in sorted(values, key=repr))
                total[outcome] = total.get(outcome, 0) + m
        return total

    def expected_log(self, measure: Any, density: Any) -> dict[int, Fraction]:
        slots = sorted({s for _, factors in density for f in factors for s in f[2]}, key=repr)
        everywhere = sorted({s for f in measure for s in f[2]}, key=repr)
        p = marginal([everywhere.index(s) for s in slots], self.law(((frozen(ONE), measure),)))
        q = self.law(density)
        total: dict[int, Fraction] = {}
        for x, m in p.items():
            if m:
                for base, c in (log_of(q[x]) if q.get(x) else {0: Fraction(-1)}).items():
                    total[base] = total.get(base, Fraction(0)) + m * c
        return total


def in_order(point: dict[Any, str], alike: Any) -> dict[Any, str]:
    """The outcome with the values of slots that are alike sorted."""
    for slots in alike:
        present = [s for s in slots if s in point]
        point |= dict(zip(present, sorted(point[s] for s in present)))
    return point


def rounded(x: Fraction, bits: int, direction: int) -> Fraction:
    """x rounded down (-1) or up (1) to a multiple of 2^-(bits + 32)."""
    return Fraction(direction * ceil(direction * x * (1 << bits + 32)), 1 << bits + 32)


def power_bounds(low: Fraction, high: Fraction, e: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """[low, high]^e; a fractional power needs low >= 0, and cuts rounding below zero."""
    if e == 1:
        return low, high
    if e.denominator == 1 and e > 0:
        ends = sorted((low ** int(e), high ** int(e)))
        return (Fraction(0) if low < 0 < high and e % 2 == 0 else ends[0]), ends[1]
    need(high >= 0 and (e > 0 or low > 0), "a power that is not defined")
    if e < 0:
        a, b = power_bounds(low, high, -e, bits)
        need(a > 0, "a division by a number not seen to be positive")
        return 1 / b, 1 / a
    unit = 1 << bits + 32
    n = e.denominator
    powers = [max(x, Fraction(0)) ** e.numerator * unit**n for x in (low, high)]
    roots = [integer_root(int(x), n) for x in powers]
    return Fraction(roots[0], unit), Fraction(roots[1] + (roots[1] ** n != powers[1]), unit)


def integer_root(x: int, n: int) -> int:
    """The integer part of the n-th root of x >= 0."""
    if n == 2:
        return isqrt(x)
    low, high = 0, 1 << x.bit_length() // n + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**n <= x else (low, middle)
    return low


def exp_bounds(x: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """exp x as (1 + y + y^2/2 + ...)^(2^k) with y = x/2^k, |y| <= 1/2."""
    k = max(int(abs(x)).bit_length() + 1, 0)
    y, size = x / 2**k, bits + 2 * k + 16
    unit = 1 << size
    term, total, i = unit, unit, 1
    scaled = int(y * unit)
    while term not in (0, -1) and i < 10 * size:
        term = term * scaled // unit // i
        total, i = total + term, i + 1
    low, high = Fraction(total - 4 * i - 4, unit), Fraction(total + 4 * i + 4, unit)
    for _ in range(k):
        low, high = rounded(low * low, size, -1), rounded(high * high, size, 1)
    return low, high


def marginal(places: list[int], table: dict[tuple[str, ...], Fraction]) -> dict[tuple[str, ...], Fraction]:
    total: dict[tuple[str, ...], Fraction] = {}
    for x, m in table.items():
        key = tuple(x[i] for i in places)
        total[key] = total.get(key, 0) + m
    return total


def log_of(x: Fraction) -> dict[int, Fraction]:
    need(x > 0, "the logarithm of a number that is not positive")
    return {n: Fraction(s) for n, s in ((x.numerator, 1), (x.denominator, -1)) if n > 1}


def entropy_of(masses: dict[tuple[str, ...], Fraction], widths: list[Fraction]) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for weight, x in [(-m, m) for m in masses.values() if m] + [(Fraction(1), w) for w in widths]:
        for base, c in log_of(x).items():
            total[base] = total.get(base, Fraction(0)) + weight * c
    return total
