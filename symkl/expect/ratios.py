"""Ratios of gamma functions and the polynomials that differentiation of a master integral gives.

If Z(a, …) is a master integral, then E[u^r log^n u] = ∂^n Z(a+r)/Z(a), and ∂^n Z / Z is a Bell polynomial in the derivatives of log Z.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

from sympy import Expr, Mul, S, gamma, polygamma

__all__ = ["bell", "gamma_ratio", "psi"]

#: Up to this shift Γ(s+r)/Γ(s) is written as a product.
LARGEST_SHIFT = 12


def gamma_ratio(s: Expr, shift: Expr) -> Expr:
    """Γ(s + shift)/Γ(s); a product of linear factors when the shift is a small integer."""
    if shift == 0:
        return S.One
    if shift.is_Integer and abs(int(shift)) <= LARGEST_SHIFT:
        n = int(shift)
        if n > 0:
            return Mul(*(s + i for i in range(n)))
        return 1 / Mul(*(s - i for i in range(1, -n + 1)))
    return gamma(s + shift) / gamma(s)


def psi(order: int, s: Expr) -> Expr:
    """ψ^{(order)}(s), the derivative of that order of the digamma function."""
    return polygamma(order, s)


def bell(n: int, m: int, cumulant: Callable[[int, int], Expr]) -> Expr:
    """∂_a^n ∂_b^m Z / Z in terms of cumulant(i, j) = ∂_a^i ∂_b^j log Z."""
    if n == 0 and m == 0:
        return S.One
    if n == 0:
        return sum((comb(m - 1, j) * cumulant(0, j + 1) * bell(0, m - 1 - j, cumulant) for j in range(m)), S.Zero)
    return sum(
        (comb(n - 1, i) * comb(m, j) * cumulant(i + 1, j) * bell(n - 1 - i, m - j, cumulant) for i in range(n) for j in range(m + 1)),
        S.Zero,
    )
