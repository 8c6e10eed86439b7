"""Logarithms of rational numbers over primes, and of surds a + b√d over those without a minus sign."""

from __future__ import annotations

from math import prod
from typing import Any

from sympy import QQ, Integer, factorint, primerange

from symkl.form.monomials import Base, Form, Generator, Log, Monomial

__all__ = ["conjugate", "log_of_rational", "log_of_surd"]

#: Larger integers are factored by primes up to this only.
MAX_FACTORED_INTEGER = 10**24
MAX_PRIME = 2**12
HALF = QQ(1, 2)


def log_of_rational(value: Any) -> Form:
    """log of a positive rational over primes; integers too large to factor stay whole."""
    terms: dict[Monomial, Any] = {}
    for integer, sign in ((int(value.numerator), 1), (int(value.denominator), -1)):
        # of a large integer only the small primes are found
        factors = factorint(integer) if integer <= MAX_FACTORED_INTEGER else _small_factors(integer)
        for prime, power in factors.items():
            if prime != 1:
                key = frozenset([(Log(Integer(prime)), QQ.one)])
                terms[key] = terms.get(key, QQ.zero) + sign * power
    return Form(terms)


def log_of_surd(generator: Generator) -> Form | None:
    """log(a√c − b√d) = log(a²c − b²d) − log(a√c + b√d), of a positive number; None for others."""
    form = generator.form() if isinstance(generator, Base) else Form({})
    found = conjugate(form)
    if found is None or len({coefficient > 0 for _, coefficient in form}) == 1:
        return None
    other, norm = found
    return log_of_rational(abs(norm)) - Form.generator(Log(Base(frozenset((monomial, abs(c)) for monomial, c in other))))


def conjugate(form: Form) -> tuple[Form, Any] | None:
    """(a√c − b√d, a²c − b²d) for a√c + b√d; None for others."""
    if len(form) != 2 or not all(isinstance(prime, Integer) and exponent == HALF for monomial, _ in form for prime, exponent in monomial):
        return None
    (one, a), (other, b) = form
    norm = a * a * prod(int(prime) for prime, _ in one) - b * b * prod(int(prime) for prime, _ in other)
    return Form({one: a, other: -b}), norm


def _small_factors(integer: int) -> dict[int, int]:
    """Small primes and what is left; SymPy's `factorint` with a limit refuses some integers that it splits otherwise."""
    factors: dict[int, int] = {}
    for prime in primerange(MAX_PRIME + 1):
        while integer % prime == 0:
            integer //= prime
            factors[prime] = factors.get(prime, 0) + 1
    return factors if integer == 1 else factors | {integer: 1}
