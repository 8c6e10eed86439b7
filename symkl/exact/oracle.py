"""The oracle: enclosures of defining sums and integrals, from the densities alone."""

from __future__ import annotations

from math import log
from typing import Any

from symkl.errors import Undecided
from symkl.exact.integrals import Diverges, Integral1D
from symkl.exact.sums import Sum1D

__all__ = ["Diverges", "relative_enclosure"]

LN2 = log(2)
TRIES = 40


def relative_enclosure(problem: Integral1D | Sum1D, bits: int) -> Any:
    """A complex ball around the value with `bits` right bits; raises `Diverges`, or `Undecided` where it cannot be had.

    The first attempt takes the value to be about as large as the integrand; where it is smaller by cancellation, the
    tolerance follows it down.
    """
    height = problem.height
    log_tolerance = height - (bits + 4) * LN2
    extra = 40
    for _ in range(TRIES):
        work = max(64, int((height - log_tolerance) / LN2) + extra)
        value = problem.enclose(log_tolerance, work)
        if value.is_finite():
            real = value.real
            if real.rel_accuracy_bits() >= bits:
                return value
            radius = float(real.rad().log())
            if not real.contains(0):
                size = float(abs(real).mid().log())
                log_tolerance = min(log_tolerance, size - (bits + 4) * LN2)
            elif radius < log_tolerance + 3:
                log_tolerance -= 2 * (height - log_tolerance) if height - log_tolerance < 2000 else 4000
            if radius > log_tolerance + 3:
                extra *= 2
        else:
            extra *= 2
        if extra > 1 << 14:
            break
    raise Undecided("the quadrature does not reach the precision asked", (f"{work} bits of working precision",))


def enclose_bits(node: Any, bits: int) -> Any:
    raise Undecided(f"no enclosure is known of {node}")
