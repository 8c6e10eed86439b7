"""Rigorous bounds of Σ c log b, and the shortcut for very many small integers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symkl.exact.arithmetic import flint_module, interval_context, precision
from symkl.exact.coprime import smallest_prime_factors

__all__ = ["enclose", "folded"]

# From so many integers on, those below the limit are first written over primes: a table of smallest factors costs less than
# so many logarithms.
MANY = 20_000
TABLE_LIMIT = 1 << 23

Dyadic = tuple[int, int]


def enclose(terms: Mapping[int, int | Fraction], bits: int) -> tuple[Dyadic, Dyadic]:
    """(low, high) as (mantissa, exponent), with low ≤ Σ c log b ≤ high, at `bits` bits of working precision."""
    if len(terms) >= MANY:
        terms = folded(terms)
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


def folded(terms: Mapping[int, int | Fraction]) -> dict[int, int | Fraction]:
    """The same sum with every integer below the table's limit replaced by its primes: log b = log s + log(b/s)."""
    # A table much longer than the list of integers would cost more than it saves.
    largest = min(32 * len(terms), max(filter(TABLE_LIMIT.__gt__, terms), default=1))
    table = smallest_prime_factors(largest)
    dense: list[int | Fraction] = [0] * (largest + 1)
    rest: dict[int, int | Fraction] = {}
    for base, c in terms.items():
        if base <= largest:
            dense[base] = c
        else:
            rest[base] = c
    for n in range(largest, 3, -1):
        c = dense[n]
        if c:
            s = table[n]
            if s != n:
                dense[s] += c
                dense[n // s] += c
                dense[n] = 0
    rest.update({n: c for n, c in enumerate(dense) if c and n > 1})
    return rest
