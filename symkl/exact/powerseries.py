"""Arithmetic of power series whose coefficients are balls."""

from __future__ import annotations

from typing import Any

from symkl.exact.arithmetic import flint_module
from symkl.exact.stable import Value, acb

__all__ = ["Series", "constant_power", "exponential", "logarithm", "plus", "product", "stretched"]

#: Coefficients of 1, x, x², …; those that are missing vanish.
Series = list[Any]

# Series of so many terms are multiplied as Arb's polynomials.
LONG = 64


def product(f: Series, g: Series, order: int) -> Series:
    """f g up to x^order."""
    if len(f) == 1 or len(g) == 1:
        factor, other = (f[0], g) if len(f) == 1 else (g[0], f)
        return [factor * c for c in other]
    if min(len(f), len(g)) >= LONG:
        polynomial: Any = flint_module().acb_poly  # type: ignore[union-attr]
        found: Series = (polynomial(f) * polynomial(g)).coeffs()[: order + 1]
        return found + [acb()(0)] * (min(order + 1, len(f) + len(g) - 1) - len(found))
    total: Series = [acb()(0)] * min(order + 1, len(f) + len(g) - 1)
    for i, a in enumerate(f[: len(total)]):
        for j, b in enumerate(g[: len(total) - i]):
            total[i + j] = total[i + j] + a * b
    return total


def plus(f: Series, g: Series) -> Series:
    longer, shorter = (f, g) if len(f) >= len(g) else (g, f)
    return [a + b for a, b in zip(longer, shorter)] + longer[len(shorter) :]


def exponential(f: Series, order: int) -> Series:
    """e^f by e′ = f′ e."""
    found = [f[0].exp()]
    for n in range(1, order + 1 if len(f) > 1 else 1):
        total = acb()(0)
        for k in range(1, min(n + 1, len(f))):
            total += k * f[k] * found[n - k]
        found.append(total / n)
    return found


def logarithm(f: Series, order: int) -> Series:
    """log f by f l′ = f′."""
    found = [f[0].log()]
    for n in range(1, order + 1 if len(f) > 1 else 1):
        total = n * f[n] if n < len(f) else acb()(0)
        for k in range(max(1, n - len(f) + 1), n):
            total -= k * found[k] * f[n - k]
        found.append(total / (n * f[0]))
    return found


def constant_power(f: Series, exponent: Value, order: int) -> Series:
    """f^e by f g′ = e f′ g."""
    found = [f[0].pow(exponent)]
    for n in range(1, order + 1 if len(f) > 1 else 1):
        total = acb()(0)
        for k in range(1, min(n + 1, len(f))):
            total += (exponent * k - (n - k)) * f[k] * found[n - k]
        found.append(total / (n * f[0]))
    return found


def stretched(coefficients: Series, slope: Value) -> Series:
    """Those of f(slope · x)."""
    power, found = acb()(1), []
    for c in coefficients:
        found.append(c * power)
        power = power * slope
    return found
