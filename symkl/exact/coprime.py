"""From any positive integers to pairwise coprime ones: gcds and small primes, no factoring of large integers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd, prod

from sympy import factorint, integer_nthroot, primerange

from symkl.exact.arithmetic import flint_module

__all__ = ["factor_easily", "refine"]

# Below this an integer is factored completely; above, only primes below TRIAL are split off.
EASY = 1 << 40
TRIAL = 1 << 10


def refine(terms: Iterable[tuple[int, int | Fraction]]) -> dict[int, int | Fraction]:
    """Σ c log b over any integers b ≥ 1 → the same number over pairwise coprime b > 1 with c ≠ 0, sorted.

    Primes below 2¹⁰, and every factor of an integer below 2⁴⁰, appear as primes; what is left of larger integers is
    split by gcds alone, and perfect powers are reduced. The number is zero exactly when nothing is left.

    >>> refine([(12, Fraction(1)), (18, Fraction(-1, 2))])
    {2: Fraction(3, 2)}
    """
    easy: dict[int, int | Fraction] = {}
    hard: dict[int, int | Fraction] = {}
    for base, coefficient in terms:
        primes, rest = factor_easily(base)
        for prime, power in primes:
            easy[prime] = easy.get(prime, 0) + power * coefficient
        if rest > 1:
            hard[rest] = hard.get(rest, 0) + coefficient
    if hard:
        hard = _without_known_primes(hard, easy)
        for base, coefficient in _coprime(hard).items():
            root, power = _perfect_power(base) if base >= EASY else (base, 1)
            for prime, exponent in _factor(root) if root < EASY else ((root, 1),):
                easy[prime] = easy.get(prime, 0) + exponent * power * coefficient
    return {base: easy[base] for base in sorted(easy) if easy[base]}


def factor_easily(n: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """(primes with exponents, what is left): complete below 2⁴⁰, else the primes below 2¹⁰ only.

    >>> factor_easily(360)
    (((2, 3), (3, 2), (5, 1)), 1)
    """
    if n < EASY:
        return _factor(n), 1
    primes = []
    common = gcd(n, _primorial())
    if common > 1:
        for prime, _ in _split_smooth(common):
            power = 0
            while n % prime == 0:
                n //= prime
                power += 1
            primes.append((prime, power))
    if n < EASY:
        return (*primes, *_factor(n)), 1
    return tuple(primes), n


def _without_known_primes(hard: dict[int, int | Fraction], easy: dict[int, int | Fraction]) -> dict[int, int | Fraction]:
    """What is left of large integers without the primes of the small ones, which are added there; none then divides the other."""
    fresh = [prime for prime in easy if prime >= TRIAL]
    while fresh and hard:
        known, before = prod(fresh), set(easy)
        left: dict[int, int | Fraction] = {}
        for number, coefficient in hard.items():
            rest = number
            for prime in _divisors_among(fresh, gcd(known, number)):
                while rest % prime == 0:
                    rest //= prime
                    easy[prime] = easy.get(prime, 0) + coefficient
            if rest >= EASY:
                left[rest] = left.get(rest, 0) + coefficient
                continue
            for prime, power in _factor(rest):
                easy[prime] = easy.get(prime, 0) + power * coefficient
        hard, fresh = left, [prime for prime in easy if prime not in before]
    return hard


def _divisors_among(primes: list[int], common: int) -> list[int]:
    """Those of the primes that divide their common part with a number."""
    if common == 1:
        return []
    return [prime for prime, _ in _factor(common)] if common < EASY else [prime for prime in primes if common % prime == 0]


def _factor(n: int) -> tuple[tuple[int, int], ...]:
    flint = flint_module()
    if flint is not None:
        return tuple((int(p), int(e)) for p, e in flint.fmpz(n).factor()) if n > 1 else ()
    return tuple(sorted(factorint(n).items()))


@lru_cache(maxsize=1)
def _primorial() -> int:
    return prod(primerange(TRIAL))


def _split_smooth(n: int) -> list[tuple[int, int]]:
    return [(p, 1) for p in primerange(TRIAL) if n % p == 0]


def _coprime(terms: dict[int, int | Fraction]) -> dict[int, int | Fraction]:
    """Σ c log b over pairwise coprime integers: log(g·x) and log(g·y) become log g, log x, log y until no gcd is left."""
    base: dict[int, int | Fraction] = {}
    product = 1
    pending = sorted(terms.items(), reverse=True)
    while pending:
        number, coefficient = pending.pop()
        if number == 1 or not coefficient:
            continue
        common = gcd(number, product)
        if common == 1:
            base[number] = coefficient
            product *= number
            continue
        met = next(b for b in base if gcd(common, b) > 1)
        part = gcd(common, met)
        other = base.pop(met)
        product //= met
        pending += [(number // part, coefficient), (met // part, other), (part, coefficient + other)]
    return base


def _perfect_power(n: int) -> tuple[int, int]:
    """(r, k) with n = r^k and k largest, for n without prime factors below TRIAL."""
    exponent = 1
    for k in primerange(n.bit_length() // (TRIAL.bit_length() - 1) + 2):
        while True:
            root, exact = integer_nthroot(n, k)
            if not exact or root < 2:
                break
            n, exponent = int(root), exponent * k
    return n, exponent
