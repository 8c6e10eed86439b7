"""∫ p(x) T(x) dx with a proved error: arms from a point where the density is large, or from a singular end."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from math import inf, log
from typing import Any

from sympy import Add, Dummy, Expr, S, Symbol, besseli, erfc, exp, log as log_of_sum

from symkl.exact.arithmetic import precision
from symkl.exact.arms import Arm
from symkl.exact.conditioning import in_density, with_own_logarithms
from symkl.exact.enclosures import enclosure_of, opaque, sign_of
from symkl.exact.integrand import Integrand
from symkl.exact.kinks import between, breakpoints, centres, smooth, sorted_points
from symkl.exact.modes import mode_from
from symkl.exact.program import Program
from symkl.exact.scales import LN2, log_of, two_power
from symkl.exact.stable import Exp
from symkl.exact.substitution import in_exponent
from symkl.exact.tails.numbers import sympy_number

__all__ = ["Integral1D"]

# A mode is the better centre where log p is higher by RISE than at every other candidate, seen with so many bits.
RISE, MODE_BITS = 4.0, 1 << 12
# Parts of a mixture with centres further apart than this are integrated each from its own.
FAR_APART = 1 << 20
# Bits at which the end of a segment is known well enough to look around it.
REGULAR_BITS = (128, 1 << 10)


class Integral1D:
    """E = ∫_lower^upper exp(log_density) · statistic dx, for expressions in `x` whose parameters are numbers.

    Pairs (log q, w) in `majorant` say that |p·T| ≤ Σ |w| q. `enclose(log_tolerance)` gives a ball with about that absolute radius; `height` is the logarithm of the largest mass
    of the integrand, from which a first tolerance may be chosen.
    """

    def __init__(self, x: Symbol, log_density: Expr, statistic: Expr, lower: Expr, upper: Expr, majorant: Any = ()) -> None:
        self.x, self.log_density, self.statistic, self.majorant = x, log_density, statistic, majorant
        self.is_peaked = False
        points = [lower, *breakpoints(x, lower, upper, log_density, statistic), upper]
        points = [points[0], *(p for a, b in pairwise(points) for p in (*self._middles(a, b), b))]
        self.arms = [arm for a, b in pairwise(points) for arm in self._arms(a, b)]

    def _middles(self, a: Expr, b: Expr) -> list[Expr]:
        """Points halfway between the parts of a mixture that lie so far apart that no arm from one of them sees the other."""
        inner = _summed(self.log_density)
        if inner is None:
            return []
        places = [c for c in sorted_points([S.Zero, *centres(self.x, inner)]) if _strictly(a, c, b)]
        return [(c + d) / 2 for c, d in pairwise(places) if sign_of(d - c - FAR_APART) > 0]

    def _arms(self, a: Expr, b: Expr) -> list[Arm]:
        density, statistic = (smooth(e, self.x, a, b) for e in (self.log_density, self.statistic))
        if statistic == 0:
            return []
        # A part of the line shows no more that the argument of a Bessel function is positive.
        density, statistic = (with_own_logarithms(e) if e.has(besseli) and not e.has(erfc) else e for e in in_density(density, statistic))
        above = tuple((smooth(log_mass, self.x, a, b), smooth(weight, self.x, a, b)) for log_mass, weight in self.majorant)
        steep = in_exponent(self.x, density, statistic, a, b)
        flat = None if steep is None else Integral1D(*steep)
        if flat is not None and not flat.is_peaked:
            return flat.arms
        centre, is_mode = self._centre(a, b, density)
        if flat is not None and not is_mode:
            return flat.arms
        self.is_peaked = self.is_peaked or is_mode
        arms = []
        for end, side in ((a, -1), (b, 1)):
            length = S.Infinity if end.is_infinite else side * (end - centre)
            outward = self._arm(density, statistic, centre, side, length, "far" if length is S.Infinity else "plain", above)
            if length is not S.Infinity and not _is_regular(outward):
                outward.length = length / 2
                arms.append(self._arm(density, statistic, end, -side, length / 2, "near", above))
            arms.append(outward)
        return arms

    def _arm(self, density: Expr, statistic: Expr, anchor: Expr, side: int, length: Expr, kind: str, above: Any = ()) -> Arm:
        t = Dummy("t", positive=True)
        place = {self.x: anchor + side * t}
        majorant = tuple(Arm(each.xreplace(place), weight.xreplace(place), t, length, kind) for each, weight in above)
        return Arm(density.xreplace(place), statistic.xreplace(place), t, length, kind, majorant)

    def _centre(self, a: Expr, b: Expr, density: Expr) -> tuple[Expr, bool]:
        """A point between, where the density is large: a location of the parameters, or found by sampling; and whether it is the mode of a sharp peak."""
        candidates = [c for c in centres(self.x, density) if _strictly(a, c, b)]
        for end, side in ((a, 1), (b, -1)):
            if end.is_finite:
                other = b if side > 0 else a
                length = other - end if side > 0 else end - other
                arm = self._arm(density, S.One, end, side, length, "plain")
                top = inf if length.is_infinite else log_of(length) - LN2
                candidates.append(end + side * sympy_number(two_power(min(arm.peak, top) / LN2)))
        # A part of a mixture around zero shows no zero.
        zero = [S.Zero] if _summed(density) is not None else []
        candidates = [c for c in (*candidates, *zero) if _strictly(a, c, b)] or [between(a, b)]
        best, height = self._highest(candidates, density, 128)
        sharp = mode_from(self.x, density, best, a, b)
        if sharp is None or not _strictly(a, sharp, b):
            return best, False
        return sharp if self._highest([sharp], density, MODE_BITS)[1] > height + RISE else best, True

    def _highest(self, places: list[Expr], density: Expr, bits: int) -> tuple[Expr, float]:
        """The place where log p is largest, and about its value there."""
        with precision(bits) as flint:
            run = Program(density, self.x, opaque).bind(bits)
            values = [run(flint.acb(enclosure_of(c)(bits)), False).real.mid() for c in places]
        heights = [float(value) if value.is_finite() else -inf for value in values]
        best = max(range(len(places)), key=heights.__getitem__)
        return places[best], heights[best]

    @cached_property
    def height(self) -> float:
        return max((arm.height for arm in self.arms), default=-inf)

    def enclose(self, log_tolerance: float, bits: int) -> Any:
        """A complex ball that holds the integral."""
        if not self.arms:
            with precision(bits) as flint:
                return flint.acb(0)
        share = log_tolerance - log(4 * len(self.arms))
        total = None
        for arm in self.arms:
            if arm.kind != "plain":
                # A tail that diverges is known before anything is integrated.
                arm.proved_cut(share)
        for arm in self.arms:
            part = arm.integrate(share, bits)
            with precision(bits):
                total = part if total is None else total + part
            if not total.is_finite():
                break
        return total


def _summed(log_density: Expr) -> Expr | None:
    """The density of a mixture of laws with heavy tails, as a sum; None for others, of which parts far apart overlap in nothing."""
    inner: Any = log_density.args[0] if isinstance(log_density, log_of_sum) else None
    return inner if isinstance(inner, Add) and not inner.has(exp, Exp) else None


def _strictly(a: Expr, c: Expr, b: Expr) -> bool:
    return (a.is_infinite or sign_of(c - a) > 0) and (b.is_infinite or sign_of(b - c) > 0)


def _is_regular(arm: Arm) -> bool:
    """Whether the integrand is analytic around the far end of the segment."""
    return any(_is_analytic_near(enclosure_of(arm.length), arm, bits) for bits in REGULAR_BITS)


def _is_analytic_near(length: Any, arm: Arm, bits: int) -> bool:
    with precision(bits) as flint:
        radius = (length(bits).real.abs_upper() * flint.arb(2) ** -40).abs_upper()
        around = length(bits) + flint.acb(flint.arb(0, radius), flint.arb(0, radius))
        if not length(bits).real.rad() < radius:
            return False
        if Integrand(*arm.evaluable, arm.t, False).bind(bits)(around, True).is_finite():
            return True
        # At the edge of a sharp peak e^(10^100) is none of Arb's numbers; of a function that is analytic it is one.
        return all(Program(each, arm.t, opaque).bind(bits)(around, True).is_finite() for each in arm.evaluable)
