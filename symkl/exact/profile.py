"""Where an integrand or summand has its mass, found by sampling logarithms: a guide to where to cut, never part of a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from sympy import Expr, Symbol

from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import opaque
from symkl.exact.program import Program

__all__ = ["Profile"]

# The sampled range of log t; beyond it no scale of a parameter lies.
LOWEST, HIGHEST, STEP = -1600.0, 1600.0, 16.0
PROFILE_BITS = 128
# The peak is refined until it is flat to LEVEL over a step below COARSE, or as far as floating point goes.
COARSE, LEVEL, FINEST = 0.1, 0.5, 1e-15


@dataclass
class Profile:
    """log p and log |p·T| at points t = e^y > 0 of a ray, as floating-point guides.

    `log_bound` is log |p·T| or more: where all digits of T cancel at the bits of a profile, its size is not known.
    """

    log_density: Callable[[float], float]
    log_integrand: Callable[[float], float]
    log_bound: Callable[[float], float]

    @classmethod
    def of(cls, log_density: Expr, statistic: Expr, t: Symbol) -> Profile:
        with precision(PROFILE_BITS):
            density = Program(log_density, t, opaque).bind(PROFILE_BITS)
            factor = Program(statistic, t, opaque).bind(PROFILE_BITS)

        def log_density_at(y: float) -> float:
            with precision(PROFILE_BITS) as flint:
                return _float(density(flint.acb(flint.arb(y).exp()), False).real)

        def log_integrand_at(y: float) -> float:
            with precision(PROFILE_BITS) as flint:
                point = flint.acb(flint.arb(y).exp())
                return _float(density(point, False).real) + _float(abs(factor(point, False)).log())

        def log_bound_at(y: float) -> float:
            with precision(PROFILE_BITS) as flint:
                point = flint.acb(flint.arb(y).exp())
                return _float(density(point, False).real) + _float(factor(point, False).abs_upper().log())

        # A plain integral or sum has no density: the integrand itself is the guide.
        return cls(log_density_at if t in log_density.free_symbols else log_integrand_at, log_integrand_at, log_bound_at)

    def peak(self, top: float = HIGHEST) -> float:
        """The y at which the mass p·t for each unit of log t is largest, among y ≤ top."""
        best, height = 0.0, -inf
        y = LOWEST
        while y <= top:
            h = self.log_density(y) + y
            if h > height:
                best, height = y, h
            y += STEP
        step = STEP / 2
        while step > FINEST * max(1.0, abs(best)):
            flat = step < COARSE
            for candidate in (best - step, best + step):
                if candidate <= top:
                    h = self.log_density(candidate) + candidate
                    flat = flat and abs(h - height) < LEVEL
                    if h > height:
                        best, height = candidate, h
            if flat:
                break
            step /= 2
        return best

    def height(self, start: float, stop: float) -> float:
        """About the largest log |p·T|·t for y between the two."""
        count = 24
        values = [self.log_integrand(y) + y for y in (start + (stop - start) * i / count for i in range(count + 1))]
        return max((v for v in values if isfinite(v)), default=-inf)

    def cut(self, start: float, level: float, direction: int, limit: float = 1e7) -> float:
        """A y beyond `start`, up (1) or down (−1), from which log |p·T|·t seems to stay below `level`."""
        step, y = 1.0, start
        below = 0
        last = start
        while below < 2:
            y += direction * step
            if abs(y - start) > limit:
                return y
            if self.log_bound(y) + y < level:
                below += 1
                if below == 1:
                    first = y
            else:
                below, last = 0, y
                step = min(step * 1.5, 1000.0)
        low, high = last, first
        for _ in range(6):
            middle = (low + high) / 2
            if self.log_bound(middle) + middle < level:
                high = middle
            else:
                low = middle
        return high


def _float(value: Any) -> float:
    """The midpoint of a real ball; −∞ where it says nothing, as for the logarithm of zero or an overflow."""
    if not value.is_finite() or value.rad() > 1 + abs(value.mid()):
        return -inf
    return float(value.mid())
