"""Joining logarithms: sum c_i*log(a_i) as few logs of ratios, log-gammas paired into betas where that is shorter."""

from __future__ import annotations

from math import gcd, lcm

from sympy import QQ, Add, Expr, Integer, gamma, log as sympy_log

from symkl.form.cost import cost
from symkl.form.fractions import generator_expression, generator_key
from symkl.form.monomials import Form, Generator, Log, Monomial, Rational
from symkl.form.show import Presenter

__all__ = ["join_by_factor", "join_by_monomial", "joined"]

Coefficients = dict[Generator, Rational]
Joined = list[tuple[Rational, Expr]]
Known = dict[frozenset[tuple[Generator, Rational]], Joined]
# The largest power of one factor written inside a joined logarithm.
MAX_POWER = 4
MAX_NUMBER_POWER = 10
# The largest numerator times denominator written inside a joined logarithm.
MAX_NUMBER = 2000
# Groupings are tried for so many units only: their number is the base of an exponential.
MAX_UNITS = 3
# Of more logarithms than this, one grouping is made and none tried.
MAX_GROUPED = 12


def joined(presenter: Presenter, coefficients: Coefficients) -> Joined:
    """[(r, L)] with sum r*L = sum c*log(a) over the given rational c, the cheapest of several groupings."""
    return _joined(presenter, {generator: value for generator, value in coefficients.items() if value}, {})


def _joined(presenter: Presenter, coefficients: Coefficients, known: Known) -> Joined:
    if not coefficients:
        return []
    key = frozenset(coefficients.items())
    if key in known:
        return known[key]
    if len(coefficients) > MAX_GROUPED:
        return _by_size(presenter, coefficients)
    candidates: list[Joined] = []
    has_gamma = any(isinstance(generator, gamma) for generator in coefficients)
    for unit in _units(coefficients):
        candidates.append(_with_unit(presenter, coefficients, unit, True, known))
        if has_gamma:
            candidates.append(_with_unit(presenter, coefficients, unit, False, known))
    known[key] = min(candidates, key=lambda parts: (*cost(Add(*[QQ.to_sympy(r) * part for r, part in parts])), str(parts)))
    return known[key]


def _by_size(presenter: Presenter, coefficients: Coefficients) -> Joined:
    """Logarithms whose coefficients are equal but for the sign joined, where that is readable; gamma functions as they are."""
    sizes: dict[Rational, Coefficients] = {}
    for generator in sorted(coefficients, key=generator_key):
        sizes.setdefault(abs(coefficients[generator]), {})[generator] = coefficients[generator]
    found: Joined = []
    for size, group in sizes.items():
        found += _with_unit(presenter, group, size, False, {})
    return found


def _units(coefficients: Coefficients) -> list[Rational]:
    """The coefficients to take out of a joined logarithm: the common divisor, and the most frequent sizes."""
    sizes = [abs(value) for value in coefficients.values()]
    frequent = sorted(set(sizes), key=lambda size: (-sizes.count(size), size))[:MAX_UNITS]
    return sorted({*frequent, _gcd(list(coefficients.values()))})


def _gcd(values: list[Rational]) -> Rational:
    return QQ(gcd(*[int(value.numerator) for value in values]), lcm(*[int(value.denominator) for value in values]))


def _with_unit(presenter: Presenter, coefficients: Coefficients, unit: Rational, with_gammas: bool, known: Known) -> Joined:
    inside: Coefficients = {}
    outside: Coefficients = {}
    separate: Joined = []
    for generator, value in coefficients.items():
        power = value / unit
        if isinstance(generator, gamma) and not with_gammas:
            separate.append((value, generator_expression(Log(generator))))
        elif power.denominator == 1 and abs(power) <= (MAX_NUMBER_POWER if isinstance(generator, Integer) else MAX_POWER):
            inside[generator] = power
        else:
            outside[generator] = value
    separate.sort(key=lambda part: str(part[1]))
    if not _is_readable(inside):
        numbers = {generator: value * unit for generator, value in inside.items() if isinstance(generator, Integer)}
        inside = {generator: value for generator, value in inside.items() if generator not in numbers}
        separate += _singly(presenter, numbers)
    if not inside:
        return separate + (_joined(presenter, outside, known) if len(outside) < len(coefficients) else _singly(presenter, outside))
    return [_log(presenter, inside, unit), *(_joined(presenter, outside, known) if outside else []), *separate]


def _is_readable(powers: Coefficients) -> bool:
    """Whether the number that a joined logarithm would hold is short."""
    size = 1
    for generator, power in powers.items():
        if isinstance(generator, Integer):
            size *= int(generator) ** abs(int(power))
    return size <= MAX_NUMBER


def _singly(presenter: Presenter, coefficients: Coefficients) -> Joined:
    return [(coefficients[generator], presenter.log_of(generator)) for generator in sorted(coefficients, key=generator_key)]


def _log(presenter: Presenter, powers: Coefficients, unit: Rational) -> tuple[Rational, Expr]:
    if len(powers) == 1:
        [(generator, power)] = powers.items()
        return unit * power, presenter.log_of(generator)
    if all(power < 0 for power in powers.values()):
        unit, powers = -unit, {generator: -power for generator, power in powers.items()}
    inside = presenter.quotient(powers)
    if inside.as_numer_denom()[0] == 1:
        unit, inside = -unit, 1 / inside
    return unit, sympy_log(inside)


def join_by_factor(presenter: Presenter, rows: dict[Generator, Form]) -> list[tuple[Rational, Monomial, Expr]]:
    """[(c, K, L)] with sum c*K*L = sum C*log(a): logs whose coefficients are proportional are joined."""
    keys: dict[Monomial, Coefficients] = {}
    for generator in sorted(rows, key=generator_key):
        coefficient, monomial = presenter.rewriter.factored(rows[generator])
        keys.setdefault(monomial, {})[generator] = coefficient
    return [(r, key, part) for key, coefficients in keys.items() for r, part in joined(presenter, coefficients)]


def join_by_monomial(presenter: Presenter, rows: dict[Generator, Form]) -> list[tuple[Rational, Monomial, Expr]]:
    """The same with the coefficients expanded: logs are joined term by term."""
    keys: dict[Monomial, Coefficients] = {}
    for generator in sorted(rows, key=generator_key):
        for monomial, coefficient in rows[generator]:
            keys.setdefault(monomial, {})[generator] = coefficient
    return [(r, key, part) for key, coefficients in keys.items() for r, part in joined(presenter, coefficients)]
