"""Rigorous bounds of Σ c log b, and the shortcut for very many small integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import compress
from math import isqrt, log
from typing import Any

from symkl.exact.arithmetic import flint_module, interval_context, precision

__all__ = ["MANY", "enclose", "folded"]

# From so many integers on, those below the limit are first written over primes, of which there are far fewer.
MANY = 20_000
TABLE_LIMIT = 1 << 23

Dyadic = tuple[int, int]


def enclose(terms: Mapping[int, int | Fraction], bits: int) -> tuple[Dyadic, Dyadic]:
    """(low, high) as (mantissa, exponent), with low ≤ Σ c log b ≤ high, at `bits` bits of working precision."""
    if len(terms) >= MANY:
        largest = max(filter(TABLE_LIMIT.__gt__, terms), default=1)
        # There are fewer than 1.26 x / log x primes up to x: with fewer terms, as after folding, there is nothing to gain.
        if len(terms) > 1.26 * largest / log(largest + 1):
            terms = folded([(terms.items(), 1)], largest, len(terms))
    if flint_module() is not None:
        return _enclose_arb(terms, bits)
    return _enclose_interval(terms, bits)


def _enclose_arb(terms: Mapping[int, int | Fraction], bits: int) -> tuple[Dyadic, Dyadic]:
    with precision(bits) as flint:
        arb, fmpq, total = flint.arb, flint.fmpq, flint.arb(0)
        for base, c in terms.items():
            if c:
                total += arb(base).log() * (c if isinstance(c, int) else fmpq(c.numerator, c.denominator))
        return _pair(total.lower()), _pair(total.upper())


def _pair(end: Any) -> Dyadic:
    man, exp = end.man_exp()
    return int(man), int(exp)


def _enclose_interval(terms: Mapping[int, int | Fraction], bits: int) -> tuple[Dyadic, Dyadic]:
    iv = interval_context(bits)
    total = iv.mpf(0)
    for base, c in terms.items():
        if c:
            ratio = Fraction(c)
            total += iv.log(iv.mpf(base)) * (iv.mpf(ratio.numerator) / iv.mpf(ratio.denominator))
    (low_sign, low_man, low_exp, _), (high_sign, high_man, high_exp, _) = total._mpi_
    return (-int(low_man) if low_sign else int(low_man), int(low_exp)), (-int(high_man) if high_sign else int(high_man), int(high_exp))


def folded(parts: Iterable[tuple[Iterable[tuple[Any, Any]], int]], largest: int, count: int) -> dict[int, int | Fraction]:
    """Σ sign · c log b over several lists of (b, c), with every integer up to about `largest` replaced by its primes.

    The coefficient of log p is Σ_k Σ_j c[j p^k], sums over slices of a table. `count` is how many integers there are: a table
    much longer than that would cost more than it saves.
    """
    largest = min(32 * count, TABLE_LIMIT, largest)
    table: list[Any] = [0] * (largest + 1)
    rest: dict[int, int | Fraction] = {}
    for pairs, sign in parts:
        for base, c in pairs:
            if sign < 0:
                c = -c
            if base <= largest:
                table[base] += c
            else:
                rest[base] = rest.get(base, 0) + c
    for p in _primes(largest):
        c = table[p]
        if 2 * p <= largest:
            power, c = p, 0
            while power <= largest:
                c += sum(table[power::power])
                power *= p
        if c:
            rest[p] = c
    return rest


def _primes(limit: int) -> list[int]:
    """The primes up to the limit, by Eratosthenes' sieve."""
    sieve = bytearray([1]) * (limit + 1)
    sieve[:2] = bytes(min(2, limit + 1))
    for p in range(2, isqrt(limit) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, limit + 1, p)))
    return list(compress(range(limit + 1), sieve))
