"""Estimates by mpmath of the divergences, for where python-flint is not installed: they say that they are no proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

import mpmath
import sympy as sp

from symkl.core.divergences import Bhattacharyya, Chi2, Hellinger, Jeffreys, JensenShannon, Renyi, TotalVariation
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.exact.arithmetic import fraction_of

__all__ = ["compiled", "estimated_divergence", "has_mass_one", "limited", "summed"]

# Terms of a sum before its tail is left to extrapolation, on each side of a peak; how often it is asked whether the rest counts.
MOST_TERMS, STRIDE = 20000, 16
# Peaks are looked for up to 2^FARTHEST.
FARTHEST = 200
MASS_TOLERANCE = 1e-8
# Whole numbers of more bits are not written into a program.
LONGEST_NUMBER = 20_000
# More values than these are not asked for one integral or sum.
MOST_VALUES = 200_000
Density = Callable[[Any], Any]


def estimated_divergence(head: Any, digits: int) -> Fraction | None:
    """The divergence by mpmath's quadrature at `digits` working digits; None where that has no way."""
    with mpmath.workdps(digits):
        value = _value(head)
    if value is None or not mpmath.isfinite(value) or not isinstance(value, mpmath.mpf):
        return None
    sign, man, exponent, _ = value._mpf_
    return fraction_of(-int(man) if sign else int(man), int(exponent))


def _value(head: Any) -> Any:
    unit = 1 if head.base is sp.E else 1 / mpmath.log(_number(head.base))
    laws = [(law, _density(law)) for law in head.laws]
    if any(density is None for _, density in laws):
        return None
    densities: list[Any] = [density for _, density in laws]
    if isinstance(head, JensenShannon):
        weights = [_number(w) for w in head.weights]
        return unit * _total(head.laws, lambda v: _mixed(weights, [d(v) for d in densities]))
    p, q = densities
    if isinstance(head, TotalVariation):
        return _total(head.laws, lambda v: abs(p(v) - q(v)), _crossings(lambda v: p(v) - q(v))) / 2
    if isinstance(head, Jeffreys):
        return unit * _total(head.laws, lambda v: (p(v) - q(v)) * (mpmath.log(p(v)) - mpmath.log(q(v))) if p(v) and q(v) else 0)
    order = head.order
    if order is sp.oo or order == 1:
        return None
    alpha = _number(order)
    total = _total(head.laws, lambda v: p(v) ** alpha * q(v) ** (1 - alpha) if p(v) and q(v) else 0)
    if isinstance(head, (Bhattacharyya, Renyi)):
        return unit * (-mpmath.log(total) if isinstance(head, Bhattacharyya) else mpmath.log(total) / (alpha - 1))
    return mpmath.sqrt(1 - total) if isinstance(head, Hellinger) else total - 1 if isinstance(head, Chi2) else (total - 1) / (alpha - 1)


def _mixed(weights: list[Any], values: list[Any]) -> Any:
    """Σ w_i p_i log(p_i/m) at a point."""
    m = mpmath.fsum(w * v for w, v in zip(weights, values))
    return mpmath.fsum(w * v * mpmath.log(v / m) for w, v in zip(weights, values) if v)


def _density(law: Law) -> Density | None:
    """v ↦ p(v), zero outside the support."""
    support: Any = law.support
    if not isinstance(support, (Continuum, Lattice)) or law.free_symbols:
        return None
    x = sp.Dummy("x", real=True)
    logarithm = compiled(x, law.log_density(x))
    low, high = (_end(end) for end in (support.lower, support.upper))

    def density(v: Any) -> Any:
        inside = low < v < high if isinstance(support, Continuum) else low <= v <= high
        return mpmath.exp(logarithm(v)) if inside else mpmath.mpf(0)

    return density


def compiled(x: Any, expr: Any) -> Density:
    """The expression as a function of mpmath's numbers; `ValueError` if it holds whole numbers that would fill pages, as a factorial may."""
    if any(max(abs(int(number.p)), int(number.q)).bit_length() > LONGEST_NUMBER for number in expr.atoms(sp.Rational)):
        raise ValueError("a number is too long to be written out")
    return sp.lambdify(x, expr, "mpmath")


def _number(expr: Any) -> Any:
    return mpmath.mpf(str(sp.N(expr, mpmath.mp.dps)))


def _end(end: Any) -> Any:
    return mpmath.inf if end is sp.oo else mpmath.ninf if end is -sp.oo else _number(end)


def _crossings(gap: Density) -> list[Any]:
    """Where the difference of two densities changes its sign, as far as samples show it."""
    half = [mpmath.mpf(2) ** (mpmath.mpf(k) / 4) for k in range(-40, 41)]
    points = [-v for v in reversed(half)] + [mpmath.mpf(0)] + half
    values = [gap(v) for v in points]
    pairs = [(points[i], points[i + 1]) for i in range(len(points) - 1) if values[i] * values[i + 1] < 0]
    met = [point for point, value in zip(points, values) if value == 0]
    return met + [mpmath.findroot(gap, pair, solver="anderson", verify=False) for pair in pairs]


def _total(laws: tuple[Law, ...], f: Density, kinks: list[Any] | None = None) -> Any:
    """∫ f or Σ f over the union of the supports; `ValueError` where the same points do not give each law its mass."""
    supports: list[Any] = [law.support for law in laws]
    densities: list[Any] = [_density(law) for law in laws]
    low, high = min(_end(s.lower) for s in supports), max(_end(s.upper) for s in supports)
    if all(isinstance(s, Continuum) for s in supports):
        inner = {_end(end) for s in supports for end in (s.lower, s.upper)} | {_centre(law) for law in laws} | set(kinks or ())
        points = [low, *sorted(point for point in inner if low < point < high), high]

        def whole(g: Density) -> Any:
            return mpmath.quad(g, points)

    elif all(isinstance(s, Lattice) and s.step == 1 for s in supports):

        def whole(g: Density) -> Any:
            return summed(g, densities, low, high)

    else:
        return None
    if not all(has_mass_one(whole(limited(density))) for density in densities):
        raise ValueError("part of the mass of a law was missed")
    return whole(limited(f))


def limited(f: Density) -> Density:
    """The function, which raises `ValueError` when it has been asked too often: an estimate must not take for ever."""
    asked = count()

    def value(v: Any) -> Any:
        if next(asked) >= MOST_VALUES:
            raise ValueError("too many values were asked for")
        return f(v)

    return value


def has_mass_one(mass: Any) -> bool:
    """Whether a mass that was estimated tells of all of it: a peak that was missed takes its part away."""
    return bool(abs(mass - 1) < MASS_TOLERANCE)


def summed(f: Density, densities: Sequence[Density], low: Any, high: Any) -> Any:
    """Σ f between two ends, one or both of which may be infinite: about the peaks of the densities, and tails that stay by extrapolation."""
    peaks = sorted({_peak(density, low, high) for density in densities})
    least = mpmath.mpf(10) ** (-mpmath.mp.dps - 10)

    def is_negligible(k: int) -> bool:
        return all(density(mpmath.mpf(k)) < least for density in densities)

    total, done = mpmath.mpf(0), None
    for peak in peaks:
        # Down to where the last peak left off, then up.
        bottom = low if done is None else done + 1
        total += _downwards(f, peak - 1, bottom, is_negligible) if peak - 1 >= bottom else 0
        above = next((other for other in peaks if other > peak), None)
        start = peak if done is None or peak > done else done + 1
        end = high if above is None else mpmath.mpf(above - 1)
        value, done = _upwards(f, start, end, is_negligible)
        total += value
    return total


def _upwards(f: Density, start: int, end: Any, is_negligible: Callable[[int], bool]) -> tuple[Any, int]:
    terms, k = [], start
    while k <= end:
        terms.append(f(mpmath.mpf(k)))
        if (len(terms) % STRIDE == 0 and is_negligible(k)) or len(terms) == MOST_TERMS:
            break
        k += 1
    value = mpmath.fsum(terms)
    if len(terms) == MOST_TERMS and k < end:
        value += mpmath.nan if mpmath.isfinite(end) else _smooth_tail(f, mpmath.mpf(k + 1))
    return value, min(k, int(end)) if mpmath.isfinite(end) else k


def _smooth_tail(f: Density, start: Any) -> Any:
    """Σ f from a far point on, by the first terms of the formula of Euler and Maclaurin."""
    # Bernoulli's numbers: B_2j/(2j)!.
    rest = sum((mpmath.bernoulli(n + 1) / mpmath.factorial(n + 1) * mpmath.diff(f, start, n) for n in (1, 3, 5)), mpmath.mpf(0))
    return mpmath.quad(f, [start, 10 * start, mpmath.inf]) + f(start) / 2 - rest


def _downwards(f: Density, start: int, end: Any, is_negligible: Callable[[int], bool]) -> Any:
    value, _ = _upwards(lambda v: f(2 * start - v), start, 2 * start - end, lambda k: is_negligible(2 * start - k))
    return value


def _peak(density: Density, low: Any, high: Any) -> int:
    """The mode of a mass function that rises and falls: outward by doubled steps while it rises, then uphill by halves."""
    best = int(low) if mpmath.isfinite(low) else int(high) if mpmath.isfinite(high) else 0
    step = 1
    for k in range(FARTHEST):
        better = _uphill(density, best, 1 << k, low, high)
        if better == best and k > 0:
            break
        best, step = better, 1 << k
    while step:
        better = _uphill(density, best, step, low, high)
        step = step // 2 if better == best else step
        best = better
    return best


def _uphill(density: Density, place: int, step: int, low: Any, high: Any) -> int:
    """The larger of the points at a step's distance, if it is higher than the place itself."""
    around = [k for k in (place - step, place + step) if low <= k <= high]
    better = max(around, key=lambda k: density(mpmath.mpf(k)), default=place)
    return better if density(mpmath.mpf(better)) > density(mpmath.mpf(place)) else place


def _centre(law: Law) -> Any:
    """A point where the density is about largest, from coarse samples."""
    density: Any = _density(law)
    points = [mpmath.mpf(0), *(side * mpmath.mpf(2) ** k for side in (1, -1) for k in range(-8, 12))]
    return max(points, key=density)


