"""Debye's expansion of I_n(z), uniformly in n, with a proved remainder.

With w = √(n² + z²) and α = Re w, I_n(z) = e^{w − n a} J (see `symkl.exact.bessel`), where up to what is small beyond π

    J = 1/(2π) ∫ e^{−w θ²/2 + h(θ)} dθ,   h(θ) = w (cos θ − 1 + θ²/2) + i n (sin θ − θ).

Write h_ε(θ) = ε⁻² h(εθ). With |Im w|, |Im n| ≤ α/8 both |w| and |n| are at most 1.016 α, so that |h_ε(θ)| ≤ 1.016 (e − 5/2) α θ² ≤ α θ²/4 where |εθ| ≤ 1. By
Cauchy's estimate the coefficient of ε^r in e^{h_ε} is at most |θ|^r e^{α θ²/4}, and the terms from ε^{2M} on add up to at most 4 |θ|^{2M} e^{α θ²/4} for ε = 1 and
|θ| ≤ 3/4. The means of the coefficients under e^{−w θ²/2} are Debye's polynomials U_m(p) = p^m u_m(p²),

    J √(2πw) = Σ_{m < M} u_m(n²/w²)/w^m + error,   |error| ≤ 6 M! (4/α)^M + 8 (M + 1) √α e^{−9α/128},   M ≤ α/32,

where the second part is for |θ| > 3/4, on which the integrand is at most e^{−α θ²/8} and the term of ε^r at most |θ|^r e^{−α θ²/4}.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from symkl.exact.arithmetic import flint_module
from symkl.exact.powerseries import Series
from symkl.exact.stable import Value, acb, disc, is_real

__all__ = ["saddle_by_series", "series_of_saddle"]

MOST_ORDERS = 96


@lru_cache(maxsize=MOST_ORDERS)
def _polynomial(m: int) -> tuple[Any, ...]:
    """u_m, from U_{m+1} = ½ p² (1 − p²) U_m′ + ⅛ ∫_0^p (1 − 5t²) U_m dt with U_m = p^m u_m(p²)."""
    flint: Any = flint_module()
    if m == 0:
        return (flint.fmpq(1),)
    last, k = _polynomial(m - 1), m - 1
    coefficients = [flint.fmpq(0)] * (m + 1)
    for j, c in enumerate(last):
        degree = k + 2 * j
        coefficients[j] += c * (flint.fmpq(degree, 2) + flint.fmpq(1, 8 * (degree + 1)))
        coefficients[j + 1] -= c * (flint.fmpq(degree, 2) + flint.fmpq(5, 8 * (degree + 3)))
    return tuple(coefficients)


def _orders(alpha: Any, tolerance: Any) -> tuple[int, Any] | None:
    """(M, error) with the error below the tolerance; None where that is not to be had."""
    beyond = 8 * alpha.sqrt() * (-9 * alpha / 128).exp()
    term = 6 * alpha / alpha
    for order in range(1, MOST_ORDERS):
        term = term * order * 4 / alpha
        error = term + (order + 1) * beyond
        if not 32 * order <= alpha:
            return None
        if error < tolerance:
            return order, error.abs_upper()
    return None


def saddle_by_series(n: Value, w: Value, tolerance: Any) -> Value | None:
    """J √(2πw), analytic in n, for Re w ≥ 10⁴ and |Im w|, |Im n| ≤ Re w/8; None where the remainder is not below the tolerance."""
    found = _orders(w.real.lower(), tolerance)
    if found is None:
        return None
    order, error = found
    total = _sum(order, [(n / w) ** 2], [1 / w], 0)[0]
    return total + disc(error, is_real(n))


def series_of_saddle(square: Series, inverse: Series, alpha: Any, radius: Any, tolerance: Any, order: int) -> Series | None:
    """Coefficients of J √(2πw) in u for n + u, from those of n²/w² and 1/w; `alpha` bounds Re w where |u| ≤ radius."""
    found = _orders(alpha, tolerance)
    if found is None:
        return None
    terms, error = found
    return [c + disc(error / radius**k, is_real(c)) for k, c in enumerate(_sum(terms, square, inverse, order))]


def _sum(terms: int, square: Series, inverse: Series, order: int) -> Series:
    """Σ u_m(n²/w²)/w^m."""
    flint: Any = flint_module()
    former, flint.ctx.cap = flint.ctx.cap, order + 1
    try:
        q, v, total = flint.acb_series(square, order + 1), flint.acb_series(inverse, order + 1), flint.acb_series([0], order + 1)
        for m in range(terms - 1, -1, -1):
            value = flint.acb_series([0], order + 1)
            for c in reversed(_polynomial(m)):
                value = value * q + acb()(c)
            total = total * v + value
        return [total[k] for k in range(order + 1)]
    finally:
        flint.ctx.cap = former
