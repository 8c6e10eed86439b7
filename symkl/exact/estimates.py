"""Estimates by mpmath of the divergences, for where python-flint is not installed: they say that they are no proof."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from symkl.core.divergences import Bhattacharyya, Chi2, Hellinger, Jeffreys, JensenShannon, Renyi, TotalVariation
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.exact.arithmetic import fraction_of

__all__ = ["estimated_divergence"]

# Terms of an infinite sum before its tail is left to extrapolation, on each side.
FIRST_TERMS = 300
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
    logarithm = sp.lambdify(x, law.log_density(x), "mpmath")
    low, high = (_end(end) for end in (support.lower, support.upper))

    def density(v: Any) -> Any:
        inside = low < v < high if isinstance(support, Continuum) else low <= v <= high
        return mpmath.exp(logarithm(v)) if inside else mpmath.mpf(0)

    return density


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
    return [mpmath.findroot(gap, pair, solver="anderson", verify=False) for pair in pairs]


def _total(laws: tuple[Law, ...], f: Density, kinks: list[Any] | None = None) -> Any:
    """∫ f or Σ f over the union of the supports."""
    supports: list[Any] = [law.support for law in laws]
    low, high = min(_end(s.lower) for s in supports), max(_end(s.upper) for s in supports)
    if all(isinstance(s, Continuum) for s in supports):
        inner = {_end(end) for s in supports for end in (s.lower, s.upper)} | {_centre(law) for law in laws} | set(kinks or ())
        return mpmath.quad(f, [low, *sorted(point for point in inner if low < point < high), high])
    if not all(isinstance(s, Lattice) and s.step == 1 for s in supports):
        return None
    start = int(low) if mpmath.isfinite(low) else int(high) if mpmath.isfinite(high) else 0
    total = _side(f, start, 1, high) if mpmath.isfinite(low) or not mpmath.isfinite(high) else mpmath.mpf(0)
    if not mpmath.isfinite(low):
        total += _side(f, start - (not mpmath.isfinite(high)), -1, low)
    return total


def _side(f: Density, start: int, step: int, end: Any) -> Any:
    if mpmath.isfinite(end) and abs(int(end) - start) < 10 * FIRST_TERMS:
        return mpmath.fsum(f(mpmath.mpf(k)) for k in range(start, int(end) + step, step))
    head = mpmath.fsum(f(mpmath.mpf(start + step * j)) for j in range(FIRST_TERMS))
    return head + mpmath.nsum(lambda j: f(start + step * j), [FIRST_TERMS, mpmath.inf])


def _centre(law: Law) -> Any:
    """A point where the density is about largest, from coarse samples."""
    density: Any = _density(law)
    points = [mpmath.mpf(0), *(side * mpmath.mpf(2) ** k for side in (1, -1) for k in range(-8, 12))]
    return max(points, key=density)


