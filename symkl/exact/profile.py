"""Where an integrand or summand has its mass, found by sampling logarithms: a guide to where to cut, never part of a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf, isfinite
from typing import Any

from sympy import Expr, Symbol

from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import opaque
from symkl.exact.program import Program

__all__ = ["Profile"]

# The sampled range of log t; beyond it no scale of a parameter lies.
LOWEST, HIGHEST, STEP = -1600.0, 1600.0, 16.0
# Bits of a first reading, and of those where the terms of log p cancel.
PROFILE_BITS = (128, 1 << 10, 1 << 12)
# A logarithm is known well enough with this error, absolute or relative.
SHARP = 2.0**-4
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
        density, factor = Program(log_density, t, opaque), Program(statistic, t, opaque)
        runs: dict[int, Any] = {}

        def bound(bits: int) -> Any:
            """The two functions; None where constants are not known with these bits, as ζ(s) next to its pole."""
            last = bits == PROFILE_BITS[-1]
            settled = last or all(c is None or c.is_finite() for each in (density, factor) for c in each.constants(bits))
            return (density.bind(bits), factor.bind(bits)) if settled else None

        def known(read: Callable[[Any, Any], Any]) -> Callable[[float], float]:
            """A reading of (log p, T) at a point, with more bits where those say little of log p."""

            def at(y: float) -> float:
                value = -inf
                for bits in PROFILE_BITS:
                    with precision(bits) as flint:
                        if bits not in runs:
                            runs[bits] = bound(bits)
                        if runs[bits] is None:
                            continue
                        point = flint.acb(flint.arb(y).exp())
                        p = runs[bits][0](point, False).real
                        ball = read(p, partial(runs[bits][1], point, False))
                        value = _float(ball)
                        if _is_sharp(p) or not p.is_finite():
                            break
                return value

            return at

        log_density_at = known(lambda p, T: p)
        log_integrand_at = known(lambda p, T: p + abs(T()).log())
        log_bound_at = known(lambda p, T: p + T().abs_upper().log())
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


def _is_sharp(value: Any) -> bool:
    return bool(value.is_finite() and value.rad() <= SHARP + abs(value.mid()) * SHARP)


def _float(value: Any) -> float:
    """The midpoint of a real ball; −∞ where it says nothing, as for the logarithm of zero or an overflow."""
    if not value.is_finite() or value.rad() > 1 + abs(value.mid()):
        return -inf
    return float(value.mid())
