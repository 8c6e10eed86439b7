"""Numbers and vectors of the search: exact signs, and linear combinations of monomials in atoms."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import gcd, lcm
from typing import Any

from symkl.core.certificates import Rejected, need

__all__ = [
    "HALF",
    "MOST",
    "ONE",
    "Json",
    "Monomial",
    "Rejected",
    "Vector",
    "atom",
    "combine",
    "exponential",
    "fields",
    "frozen",
    "log_bounds",
    "logarithm",
    "multiply",
    "need",
    "raised",
    "sign",
]

Json = Any
Monomial = tuple[tuple[Any, Fraction], ...]  # atoms with exponents, sorted; () is the number 1
Vector = dict[Monomial, Fraction]
ONE: Vector = {(): Fraction(1)}
HALF = Fraction(1, 2)
MOST = 64  # for exponents and orders
NEVER_NEGATIVE = ("TV", "A", "B", "exp")


def fields(item: Json, *names: str) -> None:
    need(isinstance(item, dict) and set(item) == set(names), f"the fields {', '.join(names)} are wanted")


# -- numbers ---------------------------------------------------------------------------------------------------------------


def sign(value: dict[int, Fraction]) -> int:
    """The sign of value[1] + sum of value[b] log b over b > 1: logs of coprime integers are independent over Q, their sums irrational."""
    logs = coprime({b: c for b, c in value.items() if b > 1})
    rational, bits = value.get(1, Fraction(0)), 64
    while logs:
        low = high = rational
        for base, c in logs.items():
            a, b = sorted(c * end for end in log_bounds(Fraction(base), bits))
            low, high = low + a, high + b
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        bits *= 2
    return (rational > 0) - (rational < 0)


def coprime(terms: dict[int, Fraction]) -> dict[int, Fraction]:
    """The same sum of logarithms over pairwise coprime bases, zeros dropped."""
    base: dict[int, Fraction] = {}
    queue = list(terms.items())
    while queue:
        n, c = queue.pop()
        m = next((m for m in base if gcd(m, n) > 1), None)
        if m is None:
            base[n] = base.get(n, Fraction(0)) + c
        else:
            d, common = base.pop(m), gcd(m, n)
            queue += [(k, e) for k, e in ((n // common, c), (m // common, d), (common, c + d)) if k > 1]
    return {m: c for m, c in base.items() if c}


def log_bounds(x: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """Bounds of log x = k log 2 + 2 artanh((m - 1)/(m + 1)), x = m 2^k."""
    shift = x.numerator.bit_length() - x.denominator.bit_length()
    unit = 1 << (bits + 16 + shift.bit_length())
    total = [0, 0]
    for m, times in ((x / Fraction(2) ** shift, 1), (Fraction(2), shift)):
        y = int((m - 1) / (m + 1) * unit)
        power, square, k, found, error = y, y * y // unit, 1, 0, 4
        while power not in (0, -1):
            found, power, k, error = found + power // k, power * square // unit, k + 2, error + 8
        total[0] += 2 * times * found - abs(times) * 4 * error
        total[1] += 2 * times * found + abs(times) * 4 * error
    return Fraction(total[0], unit), Fraction(total[1], unit)


# -- vectors: linear combinations of monomials in atoms ----------------------------------------------------------------------


def combine(*weighted: tuple[Fraction | int, Vector]) -> Vector:
    total: Vector = {}
    for weight, vector in weighted:
        for key, c in vector.items():
            total[key] = total.get(key, Fraction(0)) + weight * c
    return {key: c for key, c in total.items() if c}


def multiply(a: Vector, b: Vector) -> Vector:
    if set(b) <= {()}:
        return combine((b.get((), Fraction(0)), a))
    total: Vector = {}
    for (m, c), (n, d) in product(a.items(), b.items()):
        powers: dict[Any, Fraction] = {}
        for name, exponent in m + n:
            powers[name] = powers.get(name, Fraction(0)) + exponent
        whole = [dict(name[1]) for name, e in powers.items() if name[0] == "base" and e == 1]  # sqrt(u) sqrt(u) = u
        key = tuple(sorted(((name, e) for name, e in powers.items() if e and not (name[0] == "base" and e == 1)), key=repr))
        expanded = {key: c * d}
        for each in whole:
            expanded = multiply(expanded, each)
        total = combine((1, total), (1, expanded)) if whole else total | {key: total.get(key, Fraction(0)) + c * d}
    return {key: c for key, c in total.items() if c}


def atom(name: Any, exponent: Fraction | int = 1) -> Vector:
    return {((name, Fraction(exponent)),): Fraction(1)}


def frozen(vector: Vector) -> Any:
    return tuple(sorted(vector.items(), key=repr))


def single(vector: Vector) -> tuple[Any, Fraction] | None:
    """(atom, exponent) of a vector that is one power of one atom, and not an even one of what may be negative."""
    (key,) = vector if len(vector) == 1 else ((),)
    if len(key) != 1 or vector[key] != 1 or (key[0][1].numerator % 2 == 0 and key[0][0][0] not in NEVER_NEGATIVE):
        return None  # the root of t^2 is |t|
    return key[0]


def raised(base: Vector, exponent: Fraction) -> Vector:
    """base^exponent; what is raised to a fraction is non-negative wherever it is defined."""
    need(max(abs(exponent.numerator), exponent.denominator) <= MOST, "the exponent is too large")
    if exponent.denominator == 1 and exponent >= 0:
        total = ONE
        for _ in range(int(exponent)):
            total = multiply(total, base)
        return total
    if set(base) == {()} and exponent.denominator == 1:
        return {(): base[()] ** int(exponent)}
    one = single(base)
    return atom(one[0], one[1] * exponent) if one else atom(("base", frozen(base)), exponent)


def logarithm(argument: Vector) -> Vector:
    """log, with log of a rational number over its integers and log u^c = c log u."""
    if set(argument) == {()}:
        value = argument[()]
        need(value > 0, "the logarithm of a number that is not positive")
        return combine(*((s, atom(("log", n))) for n, s in ((value.numerator, 1), (value.denominator, -1)) if n > 1))
    if len(argument) == 1:
        ((key, c),) = argument.items()
        if c > 0 and all(name[0] in ("A", "exp") for name, _ in key):  # a product of positive quantities
            parts = [combine((e, dict(name[1]) if name[0] == "exp" else atom(("log", frozen(atom(name)))))) for name, e in key]
            return combine((1, logarithm({(): c})), *((1, part) for part in parts))
    one = single(argument)
    if one is None:
        return atom(("log", frozen(argument)))
    return combine((one[1], logarithm(dict(one[0][1])) if one[0][0] == "base" else atom(("log", frozen(atom(one[0]))))))


def exponential(argument: Vector) -> Vector:
    """exp, with exp(c log u) = u^c and exp(c x) = exp(x)^c for c > 0, the coefficients of x whole and coprime."""
    if not argument:
        return ONE
    (key,) = argument if len(argument) == 1 else ((),)
    if len(key) == 1 and key[0][0][0] == "log" and key[0][1] == 1:
        inner = key[0][0][1]
        return raised({(): Fraction(inner)} if isinstance(inner, int) else dict(inner), argument[key])
    c = Fraction(gcd(*(each.numerator for each in argument.values())), lcm(*(each.denominator for each in argument.values())))
    c = c if c.denominator <= MOST else Fraction(1)
    return atom(("exp", frozen(combine((1 / c, argument)))), c)
