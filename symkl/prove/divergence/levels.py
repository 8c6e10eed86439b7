"""Numbers that the hypotheses set to distances and to what stands in a logarithm: d ≤ r by squares, u ≤ v and u ≥ v by logarithms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import exp

from sympy.core.intfunc import integer_nthroot

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.detours import FINE, distances, rational_root
from symkl.prove.divergence.facts import ONE, ZERO, Candidate
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.sums import Fact, Sum, find_sum, is_strict, least_number, through
from symkl.prove.divergence.vectors import combine, multiply
from symkl.prove.terms import Call, Constant, Measure, Mix, Pow, Relation, Scalar, Statement, plus, times

__all__ = ["insides", "levels"]

#: Exponents of numbers that the logarithms of a level may have.
MOST_POWER = 8


def levels(prepared: Prepared, facts: Sequence[Fact]) -> Iterator[Candidate]:
    """Upper bounds of distances, and both bounds of BC and 1 + χ² where hypotheses about measures are given."""
    mixed = any(isinstance(law, Mix) for m in measures_of(prepared.statement) for law in m.laws)
    if not mixed and not measures_of(Statement(prepared.statement.given)):
        return
    within = insides(prepared)
    for each in (*distances(prepared), *(m for m in within if isinstance(m, Measure))):
        vector = prepared.scope.vector(scalar_json(each))
        square = multiply(vector, vector)
        for above in (True, False):
            found = least_number(facts, square if above else combine((-1, square)))
            size = found[0].get(1, Fraction(0)) * (1 if above else -1) if found is not None and set(found[0]) <= {1} else Fraction(-1)
            if 0 <= size < 1 if above else 0 < size <= 1:
                yield from _distance_level(prepared, each, size, facts, above)
    for inside in within:
        logarithm = prepared.scope.vector(scalar_json(Call("log", inside)))
        for power in (inside, Pow(inside, Fraction(2))) if isinstance(inside, Measure) else (inside,):
            yield from _numbers_under_logarithms(prepared, power, facts)
        for above in (True, False):
            found = least_number(facts, logarithm if above else combine((-1, logarithm)))
            level = _exponential(found[0], 1 if above else -1) if found is not None else None
            if found is not None and level is not None:
                yield _logarithm_level(prepared, inside, level, found[1], above)
                if isinstance(level, Call):
                    yield from _rational_level(prepared, inside, found[0], facts, above)
                    yield Candidate(scalar_json(level), Relation(level, ">", ZERO), "an exponential")


def insides(prepared: Prepared) -> list[Scalar]:
    """BC, 1 + χ² and 1 + (a − 1) D_a of Tsallis between laws of the statement."""
    found: dict[Scalar, None] = {}
    for m in measures_of(prepared.statement):
        if len(m.laws) != 2 or m.laws[0] == m.laws[1]:
            continue
        found[Measure("Affinity", m.laws)] = None
        order = m.parameters[0] if m.parameters else None
        if m.head == "Chi2" or order == Constant(Fraction(2)):
            found[plus(ONE, Measure("Chi2", m.laws))] = None
        elif isinstance(order, Constant) and order.value not in (1, Fraction(1, 2)):
            found[plus(ONE, times(Constant(order.value - 1), Measure("Tsallis", m.laws, (order,))))] = None
    return list(found)


def _distance_level(prepared: Prepared, distance: Measure, square: Fraction, facts: Sequence[Fact], above: bool) -> Iterator[Candidate]:
    """d ≤ r, or d < r, where r² is what the facts set to d², or d ≥ r; for r that is not rational a little more, or less."""
    r = rational_root(square)
    r = r if r * r == square or not above else r + Fraction(1, FINE)
    vector = prepared.scope.vector(scalar_json(distance))
    side = 1 if above else -1
    target = combine((side * r * r, {(): Fraction(1)}), (-side, multiply(vector, vector)))
    for sign in ("<", "<="):
        found = find_sum(prepared, target, facts, sign == "<")
        if found is not None:
            small, large = (distance, Constant(r)) if above else (Constant(r), distance)
            yield through("square", small, sign, large, found)
            return


def _numbers_under_logarithms(prepared: Prepared, inside: Scalar, facts: Sequence[Fact]) -> Iterator[Candidate]:
    """log u ≤ log r, or log u ≥ log r, where the facts set the number r > 0 to u."""
    vector = prepared.scope.vector(scalar_json(inside))
    for above in (True, False):
        found = least_number(facts, vector if above else combine((-1, vector)))
        size = found[0].get(1, Fraction(0)) * (1 if above else -1) if found is not None and set(found[0]) <= {1} else Fraction(0)
        if found is not None and size > 0 and size != 1:
            number = Constant(size)
            small, large = (Call("log", each) for each in ((inside, number) if above else (number, inside)))
            yield through("exp", small, _sign(prepared, found[1]), large, found[1])


def _exponential(number: dict[int, Fraction], sign: int) -> Scalar | None:
    """exp(± number) as a rational number or a root of one, if it is one, else as it stands."""
    if number.get(1):
        return Call("exp", Constant(sign * number[1])) if len(number) == 1 else None
    value = Fraction(1)
    for base, c in number.items():
        root = integer_nthroot(base, c.denominator)
        if abs(c) > MOST_POWER:
            return None
        if not root[1]:
            return Pow(Constant(Fraction(base)), sign * c) if len(number) == 1 else None
        value *= Fraction(int(root[0])) ** (sign * c.numerator)
    return Constant(value)


def _logarithm_level(prepared: Prepared, inside: Scalar, level: Scalar, found: Sum, above: bool) -> Candidate:
    """u ≤ v, or u ≥ v, from the sum that shows it of the logarithms."""
    small, large = (inside, level) if above else (level, inside)
    return through("log", small, _sign(prepared, found), large, found)


def _rational_level(prepared: Prepared, inside: Scalar, number: dict[int, Fraction], facts: Sequence[Fact], above: bool) -> Iterator[Candidate]:
    """u ≤ r, or u ≥ r, for a rational r a little farther than the exponential that bounds u."""
    side = 1 if above else -1
    r = Fraction(round(exp(side * float(number[1])) * FINE) + side, FINE)
    if r > 0:
        ends = (inside, Constant(r)) if above else (Constant(r), inside)
        low, high = (prepared.scope.vector(scalar_json(Call("log", each))) for each in ends)
        found = find_sum(prepared, combine((1, high), (-1, low)), facts, False)
        if found is not None:
            yield through("log", ends[0], "<=", ends[1], found)


def _sign(prepared: Prepared, found: Sum) -> str:
    return "<" if any(is_strict(prepared, each.fact) for _, each in found.parts) else "<="

