"""Sums of powers and logarithms over all integers from N on: Σ j^−a log^b j = (−1)^b ζ^(b)(a, N)."""

from __future__ import annotations

from math import factorial
from typing import Any

from symkl.exact.arithmetic import precision
from symkl.exact.tails.dense import Dense, DenseRay, OtherForm
from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.monomials import Terms
from symkl.exact.tails.numbers import acb, sign

__all__ = ["dense_sum", "power_sum"]

# The bits of a zeta function whose coefficient is tiny, at least.
LEAST_BITS = 64


def power_sum(ray: Ray, s: Terms) -> Any:
    """Σ_{j ≥ N} s(j) with N the start of the ray, in units of one; None where a term is not j^−a log^b j with a > 1."""
    total = ray.flint.acb(0)
    groups: dict[Any, dict[int, Any]] = {}
    for m, c in s.items():
        if m.exponent or sign(m.loglog) != 0 or getattr(m.log, "denominator", 0) != 1 or m.log < 0:
            return None
        groups.setdefault(m.power, {})[int(m.log)] = c
    for power, coefficients in groups.items():
        exponent = -acb(power)
        if not exponent.real > 1:
            raise NotFarEnough("a power of the tail is not summable")
        series = _zeta_series(ray, exponent, max(coefficients) + 1)
        for b, c in coefficients.items():
            total += acb(c) * series[b] * ((-1) ** b * factorial(b))
    return total


def dense_sum(ray: DenseRay, a: Dense) -> Any:
    """Σ a(j) over all integers j ≥ N; smaller powers, whose sums are smaller, take fewer bits."""
    bits = ray.flint.ctx.prec
    a = ray.trimmed(a)
    lowest = -ray.number(a.power)
    if not lowest > 1:
        raise OtherForm("not summable, or not known to be")
    total, length = ray.arb(0), max(a.parts) + 1
    for i in range(a.order + 1):
        coefficients = {b: part[i] for b, part in a.parts.items() if not part[i].is_zero()}
        if not coefficients:
            continue
        # Near its pole ζ is as large as 1/(s − 1)^length, and its argument needs these bits once more.
        size = max(_magnitude(c) for c in coefficients.values()) - (length + 1) * min(0, _magnitude(lowest + i - 1))
        with precision(max(LEAST_BITS, min(bits, bits + size - i * ray.start))):
            series = _zeta_series(ray, ray.flint.acb(lowest + i), length)
        for b, c in coefficients.items():
            total += c * series[b].real * ((-1) ** b * factorial(b))
    return total


def _magnitude(c: Any) -> int:
    """About log₂ |c|."""
    man, exp = c.abs_upper().man_exp()
    return int(man).bit_length() + int(exp)


def _zeta_series(ray: Ray | DenseRay, exponent: Any, length: int) -> list[Any]:
    """Taylor coefficients of ζ(s, N) at s = exponent."""
    flint = ray.flint
    if length == 1:
        return [exponent.zeta(flint.acb(2**ray.start))]
    former = flint.ctx.cap
    flint.ctx.cap = length
    try:
        series = flint.acb_series([exponent, 1], prec=length).zeta(flint.acb(2**ray.start))
        return [series[i] for i in range(length)]
    finally:
        flint.ctx.cap = former
