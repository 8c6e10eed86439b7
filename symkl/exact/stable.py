"""Functions that stay accurate where the plain ones underflow, cancel or vary fast, as SymPy heads and as balls.

Every entry takes `analytic` first: when it is set, the result must be an enclosure of a function analytic on the whole
argument ball, or not finite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.function import ArgumentIndexError

from symkl.exact.arithmetic import flint_module

Value = Any
Entry = Callable[..., Value]

# A ball with fewer right bits than this is a box of a quadrature, not a number.
WIDE_BITS = 24


@lru_cache(maxsize=1)
def acb() -> Any:
    flint = flint_module()
    if flint is None:
        raise ImportError("python-flint is not installed")
    return flint.acb


def arb() -> Any:
    return flint_module().arb  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def nan() -> Value:
    """The ball that says nothing."""
    return acb()("nan")


def is_real(z: Value) -> bool:
    """Whether the ball is a real ball: its imaginary part is exactly zero."""
    return z.imag.is_zero()


class Exp(sp.Function):
    """e^z, which SymPy does not take apart where z holds logarithms."""

    def fdiff(self, argindex: int = 1) -> Any:
        return self


class Modulus(sp.Function):
    """|z|, of which SymPy does not ask the sign."""


class Capped(sp.Function):
    """min(1, e^−z)."""


class Growth(sp.Function):
    """(e^z − 1)/z, which is 1 at 0."""

    def fdiff(self, argindex: int = 1) -> Any:
        z: Any = self.args[0]
        return (1 - self) / z + self


class Log1p(sp.Function):
    """log(1 + z)."""

    def fdiff(self, argindex: int = 1) -> Any:
        z: Any = self.args[0]
        return 1 / (1 + z)


class LogRatio(sp.Function):
    """log(1 + z)/z, which is 1 at 0."""


class LogGammaGap(sp.Function):
    """log Γ(z + d) − log Γ(z)."""


class LogErfc(sp.Function):
    """log erfc z, which neither underflows nor varies fast where erfc z does."""

    def fdiff(self, argindex: int = 1) -> Any:
        return LogErfcSlope(self.args[0])


class LogErfcSlope(sp.Function):
    """d log erfc z / dz = −2 e^(−z²)/(√π erfc z)."""

    def fdiff(self, argindex: int = 1) -> Any:
        z: Any = self.args[0]
        return -self * (self + 2 * z)


class LogBesselI(sp.Function):
    """log I_n(z)."""

    def fdiff(self, argindex: int = 2) -> Any:
        if argindex not in (1, 2):
            raise ArgumentIndexError(self, argindex)
        return LogBesselISlope(*self.args) if argindex == 2 else LogBesselIOrderSlope(*self.args)


class LogBesselISlope(sp.Function):
    """d log I_n(z) / dz = I_n′(z)/I_n(z)."""

    def fdiff(self, argindex: int = 2) -> Any:
        """By Bessel's equation I″ = (1 + n²/z²) I − I′/z."""
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        args: Any = self.args
        n, z = args
        return 1 + n**2 / z**2 - self / z - self**2


class LogBesselIOrderSlope(sp.Function):
    """d log I_n(z) / dn."""


def log_erfc(analytic: bool, z: Value) -> Value:
    """erfc z = e^(−z²) U(½, ½, z²)/√π in the right half plane: slowly varying on wide balls, where erfc itself is not.

    Also for large numbers, where U has its asymptotic series and erfc underflows; between, U would lose digits.
    """
    square = z * z
    if z.rel_accuracy_bits() < WIDE_BITS and z.real > 2 and z.real > abs(z.imag):
        # Tight on wide boxes far out.
        theta = _asymptotic_erfc(square)
        return theta.log(analytic=analytic) - square - z.log(analytic=analytic) - arb().pi().log() / 2
    if z.real > 2 and z.real * z.real > flint_module().ctx.prec:  # type: ignore[union-attr]
        u = square.hypgeom_u(0.5, 0.5).log(analytic=analytic)
        if u.is_finite():
            return u - square - arb().pi().log() / 2
    return z.erfc().log(analytic=analytic)


def log_erfc_slope(analytic: bool, z: Value) -> Value:
    """−2z/θ with 1 − 1/(2z²) ≤ θ ≤ 1 for real z > 1; on wide boxes far out by two terms of the asymptotic series."""
    wide = z.rel_accuracy_bits() < WIDE_BITS
    if wide and is_real(z) and z.real > 1:
        return -2 * z / acb()((1 - 1 / (2 * z.real * z.real)).union(arb()(1)))
    if wide and z.real > 2 and z.real > abs(z.imag):
        return -2 * z / _asymptotic_erfc(z * z)
    if z.real > 2 and z.real * z.real > flint_module().ctx.prec:  # type: ignore[union-attr]
        u = (z * z).hypgeom_u(0.5, 0.5)
        if u.is_finite():
            return -2 / u
    return -2 * (-z * z).exp() / (arb().pi().sqrt() * z.erfc())


def _asymptotic_erfc(square: Value) -> Value:
    """√π z e^(z²) erfc z for |arg z| ≤ π/4, the error below the first term left out."""
    error = arb()(0, (3 / (4 * square.abs_lower() ** 2)).abs_upper())
    return 1 - 1 / (2 * square) + acb()(error, error)


def log_besseli_slope(analytic: bool, n: Value, z: Value) -> Value:
    """I_n′/I_n = I_(n+1)/I_n + n/z, where z/(m + √((m + 1)² + z²)) ≤ I_(n+1)/I_n ≤ z/(m + √(m² + z²)), m = n + ½, for n ≥ 0, z > 0 (Amos)."""
    if is_real(z) and is_real(n) and z.real > 0 and n.real >= 0 and (z.rel_accuracy_bits() < WIDE_BITS or z.real.rad() > 2.0**-20):
        # Both bounds rise with z and fall with n.
        low, high, most, m = z.real.lower(), z.real.upper(), n.real.upper() + 0.5, n.real.lower() + 0.5
        first = low / (most + ((most + 1) * (most + 1) + low * low).sqrt())
        return acb()(first.union(high / (m + (m * m + high * high).sqrt()))) + n / z
    if z.real > 2:
        return z.bessel_i(n + 1, scaled=True) / z.bessel_i(n, scaled=True) + n / z
    return z.bessel_i(n + 1) / z.bessel_i(n) + n / z


def log_besseli_order_slope(analytic: bool, n: Value, z: Value) -> Value:
    """log(z/2) − ψ(n+1) − θ w/(n+1)², w = z²/4, 0 ≤ θ ≤ 1, for n > −1, z > 0.

    I_n(z) = (z/2)^n/Γ(n+1) Σ t_k with t_k = w^k/(k! (n+1)_k), and 0 ≤ −d log t_k/dn ≤ k/(n+1), where the mean of k is at most w/(n+1).
    """
    if not (is_real(z) and is_real(n) and z.real > 0 and n.real > -1):
        return nan()
    top = (z / 2).log() - (n + 1).digamma()
    return top - (z / (2 * (n + 1))) ** 2 * acb()(arb()(0).union(arb()(1)))


def log_besseli(analytic: bool, n: Value, z: Value) -> Value:
    if z.real > 2:
        scaled = z.bessel_i(n, scaled=True).log(analytic=analytic)
        if scaled.is_finite():
            return scaled + z
    return z.bessel_i(n).log(analytic=analytic)


def capped(analytic: bool, z: Value) -> Value:
    """min(1, e^−z), by the ends of a real ball; analytic where the real part keeps its sign."""
    if z.real > 0:
        return (-z).exp()
    if z.real < 0:
        return acb()(1)
    if analytic or not is_real(z) or not z.is_finite():
        return nan()
    return acb()((-z.real.upper().max(arb()(0))).exp().union(arb()(1)))


def growth(analytic: bool, z: Value) -> Value:
    """(e^z − 1)/z, which rises on the real line; near 0, |value − 1| ≤ (e − 2)|z|."""
    if is_real(z) and z.is_finite():
        return _monotone(lambda x: x.expm1() / x, z.real)
    return z.expm1() / z if not z.contains(0) else _near_one(z, 0.72)


def log_ratio(analytic: bool, z: Value) -> Value:
    """log(1 + z)/z, which falls on the real line; for |z| ≤ ½, |value − 1| ≤ |z|."""
    if is_real(z) and z.real > -1:
        return _monotone(lambda x: x.log1p() / x, z.real)
    return z.log1p() / z if not z.contains(0) else _near_one(z, 1)


def _monotone(function: Callable[[Value], Value], x: Value) -> Value:
    """A monotone function with the value 1 at 0, by its values at the ends of a real ball."""
    low, high = (function(end) if not end.contains(0) else arb()(1) for end in (x.lower(), x.upper()))
    return acb()(low.union(high))


def _near_one(z: Value, slope: float) -> Value:
    radius = z.abs_upper() * slope
    if not z.abs_upper() < 0.5:
        return nan()
    return 1 + disc(radius, is_real(z))


def disc(bound: Any, real: bool) -> Value:
    """The numbers, or the real numbers, up to a bound."""
    ball = arb()(0, bound.abs_upper())
    return acb()(ball, arb()(0) if real else ball)


def log_sum_exp(analytic: bool, *parts: Value) -> Value:
    """log Σ w e^u of arguments u₁, w₁, u₂, w₂, …, the largest exponential taken out.

    On the real line that is the logarithm; off it, its analytic continuation, also where the sum winds around zero.
    """
    exponents, weights = parts[::2], parts[1::2]
    best = max(range(len(exponents)), key=lambda i: _order(exponents[i]))
    total = weights[best]
    for i, (u, w) in enumerate(zip(exponents, weights)):
        if i != best:
            total = total + w * (u - exponents[best]).exp()
    value = exponents[best] + total.log(analytic=analytic)
    if not value.is_finite() and not analytic:
        return _wide_log_sum_exp(exponents, weights)
    return value


def _wide_log_sum_exp(exponents: tuple[Value, ...], weights: tuple[Value, ...]) -> Value:
    """max (u + log w) ≤ log Σ w e^u ≤ max (u + log w) + log n, for real exponents on intervals of any width and positive weights."""
    if not all(is_real(u) and is_real(w) and w.real > 0 for u, w in zip(exponents, weights)):
        return nan()
    logarithms = [u.real + w.real.log() for u, w in zip(exponents, weights)]
    low, high = logarithms[0].lower(), logarithms[0].upper()
    for each in logarithms[1:]:
        low, high = low.max(each.lower()), high.max(each.upper())
    return acb()(low.union(high + arb()(len(logarithms)).log()))


def _order(z: Value) -> float:
    try:
        number = float(z.real.mid())
    except OverflowError:
        return float("inf") if z.real > 0 else float("-inf")
    return number if number == number else float("-inf")  # noqa: PLR0124
