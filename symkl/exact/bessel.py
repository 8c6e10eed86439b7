"""log I_n(z) where n² + z² is large, uniformly in n: as numbers, on wide balls of n, and as series in n.

With w = √(n² + z²) and a = log((n + w)/z), the path of Schläfli's integral through its saddle gives

    I_n(z) = e^{w − n a} J,   J = 1/(2π) ∫_{−π}^{π} e^{−w (1 − cos θ) + i n (sin θ − θ)} dθ − ε,   |ε| ≤ e^{π |Im n| − 2 Re w} √(π/(2 Re w))/π

for z > 0, Re n ≥ 0, and for n = 0, Re z > 0, where ε = 0: the two branches that go on to ∞ ± iπ add up to ε. For α = Re w ≥ 10⁴, |Im w|, |Im n| ≤ α/8 and κ = |n|/α, the integrand is at most
e^{−α θ²/8}, and e^{−w θ²/2} (e^h − 1 − h), h = w (cos θ − 1 + θ²/2) + i n (sin θ − θ), at most |h|²/2 e^{−α θ²/8}, where |h| ≤ |w| θ⁴/24 + |n| |θ|³/6 and the
odd part of h adds nothing, so that |J √(2πw) − 1| ≤ (54 κ² + 2)/α.

Main part and J are even in n. For −z/4 ≤ Re n < 0, I_n = I_{−n} (1 + δ), |δ| = |2/π sin(πn) K_n/I_{−n}|, |K_n| ≤ K_{Re n} ≤ e^{−31z/32} √(2π/z).
"""

from __future__ import annotations

from math import log, sqrt
from typing import Any

from symkl.exact.arithmetic import flint_module
from symkl.exact.debye import saddle_by_series, series_of_saddle
from symkl.exact.powerseries import constant_power, logarithm, product
from symkl.exact.stable import Value, acb, arb, disc, is_real, log_besseli, nan
from symkl.exact.surplus import narrower
from symkl.exact.work import integral

__all__ = ["log_bessel", "series_in_argument", "series_of_log_bessel", "uniform_log_bessel"]

# Least Re w, and the part of it that imaginary parts may be.
LARGE, SLANT = 10**4, 8
# Relative errors below this are taken into logarithms.
FAR = 0.05
# A ball of n with this radius and more is no number.
WIDE = 2.0**-20
MOST_EVALUATIONS = 20_000
# J is not computed where it is known as well as this.
ENOUGH = 2.0**-100


def _scales(n: Value, z: Value) -> tuple[Value, Value, Any, Any] | None:
    """(w, w − n a − ½ log 2πw, a bound of |J √(2πw) − 1|, a bound of |δ|) where they are proved on the whole balls."""
    if n.is_zero() and not is_real(z):
        least = z.real.lower()
        inside = least > LARGE and abs(z.imag) < least / SLANT
        return (z, z - (2 * arb().pi() * z).log() / 2, (2 / least).abs_upper(), arb()(0)) if inside else None
    if not (is_real(z) and z.real > 0 and n.real >= -z.real / 4):
        return None
    square = n * n + z * z
    if not square.real > 0:
        return None
    w = square.sqrt()
    # Re w ≥ √Re w², and 2 Re w Im w = Im w².
    least = square.real.lower().sqrt().lower()
    if not least > LARGE or not abs(square.imag) < 2 * least * least / SLANT or not abs(n.imag) < least / SLANT:
        return None
    ratio, pi = n.abs_upper() / least, arb().pi()
    main = w - n * ((n + w) / z).log() - (2 * pi * w).log() / 2
    spread = ((54 * ratio * ratio + 2) / least).abs_upper()
    if n.real >= 0 or not spread < FAR:
        return w, main, spread, arb()(0)
    size = (pi * abs(n.imag) - 31 * z.real / 32 - main.real).exp() * (2 * pi / z.real).sqrt()
    return w, main, spread, (size * 2 / pi / (1 - arb()(FAR))).abs_upper()


def log_bessel(analytic: bool, n: Value, z: Value) -> Value:
    """log I_n(z), by Arb where n² + z² is not large."""
    if n.is_zero():
        return _of_order_zero(analytic, z)
    found = uniform_log_bessel(n, z)
    return log_besseli(analytic, n, z) if found is None else found


def _of_order_zero(analytic: bool, z: Value) -> Value:
    """log I_0(z): Arb has it at numbers, and not on wide balls."""
    scales = _scales(acb()(0), z)
    if scales is None or not scales[2] < FAR:
        return log_besseli(analytic, acb()(0), z)
    found = scales[1] + _small_disc(scales[2], is_real(z))
    return found if not _is_number(z) or scales[2] < ENOUGH else narrower(analytic, log_besseli(analytic, acb()(0), z), found)


def uniform_log_bessel(n: Value, z: Value) -> Value | None:
    """log I_n(z), analytic in n; None where n² + z² is not large, or n is far in the left half plane."""
    scales = _scales(n, z)
    if scales is None:
        return None
    w, main, spread, reflected = scales
    if not spread + reflected < FAR:
        return nan()
    if reflected > 0:
        main = main + _small_disc(reflected, is_real(n))
    if _is_number(n) and not spread < ENOUGH:
        tolerance = main.real.rad().max(arb()(2) ** -flint_module().ctx.prec)  # type: ignore[union-attr]
        factor = saddle_by_series(n, w, tolerance)
        if factor is None:
            factor = _saddle(n, w, main.real.rad()) * (2 * arb().pi() * w).sqrt()
        if factor.is_finite() and factor.real > 0:
            return main + factor.log()
    return main + _small_disc(spread, is_real(n) and is_real(z))


def _small_disc(spread: Any, real: bool) -> Value:
    """log(1 + u) for |u| ≤ spread ≤ FAR."""
    return disc(spread * 1.03, real)


def _saddle(n: Value, w: Value, tolerance: Any) -> Value:
    """J, with e^{−α θ²/8} for the integrand far from the saddle."""
    flint: Any = flint_module()
    alpha = w.real.lower()
    bits = max(8, min(flint.ctx.prec, -_magnitude(tolerance)))
    reach = flint.arb(sqrt(8 * (bits + 10) * log(2))) / alpha.sqrt()
    if not reach < 3:
        reach = flint.arb.pi()

    terms = _terms(reach, bits)

    def integrand(v: Value, analytic: bool) -> Value:
        theta = v * reach
        half = (theta / 2).sin()
        return (-2 * w * half * half).exp() * (n * _sine_less(theta, terms)).cos()

    size = 1 / (2 * flint.arb.pi() * alpha).sqrt()
    inside = integral(
        integrand, flint.acb(0), flint.acb(1), rel_tol=flint.arb(2) ** -bits, abs_tol=tolerance * size / reach, eval_limit=MOST_EVALUATIONS
    )
    beyond = (-alpha * reach * reach / 8).exp() if reach < 3 else flint.arb(0)
    branches = (flint.arb.pi() * abs(n.imag) - 2 * alpha).exp() / (2 * flint.arb.pi() * alpha).sqrt()
    return inside * reach / flint.arb.pi() + disc(beyond + branches, is_real(n))


def _magnitude(number: Any) -> int:
    """About log₂ of a number."""
    man, exp = number.abs_upper().man_exp()
    return int(man).bit_length() + int(exp)


def _terms(reach: Any, bits: int) -> int:
    """K with (4 reach)^(2K + 1)/(2K + 1)! < 2^−bits: acb.integral asks beyond the interval too."""
    size, k = 4 * reach, 1
    term = size
    while not term < flint_module().arb(2) ** -bits:  # type: ignore[union-attr]
        term = term * size * size / (2 * k * (2 * k + 1))
        k += 1
    return k


def _sine_less(theta: Value, terms: int) -> Value:
    """sin θ − θ by its series, in which θ does not cancel; what is left out is at most |θ|^(2K+1)/(2K+1)! e^|θ|."""
    square, total = theta * theta, acb()(0)
    for k in range(terms, 1, -1):
        total = (1 - total) * square / ((2 * k - 1) * (2 * k - 2))
    size = theta.abs_upper()
    rest = size.exp() * size ** (2 * terms + 1) / arb()(2 * terms + 2).gamma()
    return -theta * total + disc(rest, is_real(theta))


def series_of_log_bessel(n: Value, z: Value, order: int) -> list[Value] | None:
    """Coefficients of log I_{n + u}(z) in u: those of w − n a − ½ log 2πw, and by Cauchy's estimate what is left."""
    value = uniform_log_bessel(n, z)
    scales = _scales(n, z)
    if value is None or scales is None or not value.is_finite():
        return None
    square = [n * n + z * z, 2 * n, acb()(1)]
    # With a′ = 1/w and w′ = n/w the derivative of w − n a − ½ log w is −a − n/(2 w²).
    rise = constant_power(square, acb()(-1) / 2, order)
    inverse = constant_power(square, acb()(-1), order)
    slope = [((n + scales[0]) / z).log(), *(c / (k + 1) for k, c in enumerate(rise))]
    main = [value]
    for k in range(1, order + 1):
        share = n * inverse[k - 1] + (inverse[k - 2] if k > 1 else 0)
        main.append(-(slope[k - 1] + share / 2) / k)
    for radius in (scales[0].real.lower() / (4 * SLANT), n.real.lower() / 2):
        around = _scales(n + disc(radius, False), z) if radius > 1 else None
        if around is not None and around[2] + around[3] < FAR:
            break
    else:
        return None
    if _is_number(n) and not around[2] < ENOUGH:
        factor = series_of_saddle(_ratio(n, inverse, order), rise, around[0].real.lower(), radius, arb()(2) ** -flint_module().ctx.prec, order)  # type: ignore[union-attr]
        if factor is not None:
            rest = logarithm(factor, order)
            return [main[0], *(a + b for a, b in zip(_shaken(main, around[3], radius, is_real(n)), rest[1:]))]
    return [main[0], *_shaken(main, around[2] + around[3], radius, is_real(n))]


def series_in_argument(z: Value, order: int) -> list[Value] | None:
    """Coefficients of log I_0(z + u) in u: those of z − ½ log 2πz, and by Cauchy's estimate what is left."""
    value, radius = _of_order_zero(True, z), z.real.lower() / (4 * SLANT)
    around = _scales(acb()(0), z + disc(radius, False)) if z.real > 0 else None
    if not value.is_finite() or around is None or not around[2] < FAR:
        return None
    main, power = [value], acb()(1) / 2
    for k in range(1, order + 1):
        power = -power / z
        main.append(power / k + (1 if k == 1 else 0))
    return [value, *_shaken(main, around[2], radius, is_real(z))]


def _is_number(n: Value) -> bool:
    return bool(n.real.rad() < WIDE and n.imag.rad() < WIDE)


def _ratio(n: Value, inverse: list[Value], order: int) -> list[Value]:
    """Those of (n + u)²/w²."""
    return product([n * n, 2 * n, acb()(1)], inverse, order)


def _shaken(series: list[Value], spread: Any, radius: Any, real: bool) -> list[Value]:
    """The coefficients from the first on, with those of log(1 + v), |v| ≤ spread on a disc, by Cauchy's estimate."""
    found, bound = [], spread * 1.03
    for c in series[1:]:
        bound = bound / radius
        found.append(c + disc(bound, real))
    return found
