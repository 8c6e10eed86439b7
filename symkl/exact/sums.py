"""Σ p(k) T(k) over a lattice with a proved error: terms added where the mass is, proved bounds elsewhere, power tails by Hurwitz's zeta."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import e, inf, isfinite, log, log2, pi
from typing import Any

from sympy import Abs, Dummy, Expr, Integer, S, Symbol, besseli, floor, log as log_of

from symkl.errors import NoClosedForm, Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.arms import STARTS, TAIL_BITS, TAIL_TRIES, Diverges
from symkl.exact.conditioning import in_density, with_log_gammas, with_own_logarithms
from symkl.exact.contour import Contour
from symkl.exact.enclosures import opaque, prepared
from symkl.exact.kinks import breakpoints, smooth
from symkl.exact.profile import Profile
from symkl.exact.program import Program
from symkl.exact.scales import LENGTH_BITS, LN2
from symkl.exact.stable import Exp
from symkl.exact.tails.bounds import divergence, sum_bound
from symkl.exact.tails.dense import DenseRay, OtherForm
from symkl.exact.tails.densefunctions import DenseExpander
from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.hurwitz import dense_sum, power_sum
from symkl.exact.tails.monomials import Monomial
from symkl.exact.tails.numbers import Q, acb

__all__ = ["Sum1D"]

# Most terms added one by one on one side of the centre; and so many are added before an integral is tried.
MOST_TERMS, FEW_TERMS = 300_000, 4000
# The furthest cut, as a logarithm; bits of a first guess; bits of a guide, how often they are doubled, and how often it moves by one width.
FURTHEST, MANTISSA, GUIDE_BITS, GUIDE_RAISES, MOST_MOVES = 4000.0, 52, 64, 6, 64
# Cuts that are tried near each other.
FEW_TRIES = 6
# The highest power that is tried as one.
STEEPEST = 2000.0
# Beyond so many terms the tail is tried as a sum of powers first.
MANY_TERMS = 1 << 13
BLOCKS = 4000
# Terms before a tail of dense expansions, as powers of two: one more for so many bits; and bits that their arithmetic may lose.
DENSE_START, DENSE_BITS, DENSE_GUARD, DENSE_TRIES = 7, 650, 64, 8
# The tail of a power law is summed from 2 to this power on; each 60 bits above 200 move it by one, to this power at most.
POWERS_START, POWERS_LATEST = 12, 16


@dataclass
class LatticeArm:
    """The terms j = first, first + 1, …, last (perhaps ∞) of f(t), t = j."""

    log_density: Expr
    statistic: Expr
    t: Symbol
    first: int
    last: int | None
    majorant: tuple[LatticeArm, ...] = ()  # |f| is at most their sum: bounds the tail where the expansion of f fails

    @cached_property
    def program(self) -> Program:
        return Program(Exp(self.log_density) * self.statistic, self.t, opaque)

    @cached_property
    def guide(self) -> Program:
        """log p; of a plain sum, which has no density, the logarithm of the summand."""
        return Program(self.log_density if self.t in self.log_density.free_symbols else log_of(Abs(self.statistic, evaluate=False)), self.t, opaque)

    @cached_property
    def profile(self) -> Profile:
        return Profile.of(self.log_density, self.statistic, self.t)

    @cached_property
    def peak(self) -> float:
        top = 1600.0 if self.last is None else log(max(self.last, 1))
        return max(0.0, min(self.profile.peak(top), top))

    @cached_property
    def height(self) -> float:
        top = 1600.0 if self.last is None else log(max(self.last, 1))
        return self.profile.height(0.0, min(max(self.peak, 1.0) + 3, max(top, 0.0)))

    def terms(self, start: int, stop: int, bits: int) -> Any:
        """Σ f(j) for start ≤ j < stop."""
        with precision(bits) as flint:
            run, total, acb = self.program.bind(bits), flint.acb(0), flint.acb
            for j in range(start, stop):
                total += run(acb(j), False)
            return total

    def expansion(self, ray: Ray, unit: Any, whole: bool) -> Any:
        """f as an expansion; not whole: its largest monomial times a ball."""
        expander = Expander(ray, self.t, {Monomial(power=Q(1)): unit})
        factor, density = expander(self.statistic), ray.exponential(expander(self.log_density))
        return ray.multiply(factor, density) if whole else ray.multiply(ray.collapsed(factor), ray.collapsed(density))

    def tail(self, cut: int, start: int, bits: int = TAIL_BITS) -> Any:
        """A proved bound of Σ |f(j)| over j ≥ cut; raises `NotFarEnough` or `Diverges`."""
        with precision(bits) as flint:
            ray, unit = Ray(start=start), Q(cut, 2**start)
            try:
                terms = self.expansion(ray, unit, whole=False)
            except NotFarEnough:
                if not self.majorant:
                    raise
                return sum((each.tail(cut, start, bits) for each in self.majorant), flint.arb(0))
            outcome = divergence(ray, terms)
            if outcome:
                raise Diverges(outcome)
            return flint.arb(sum_bound(ray, terms, acb(unit).real))

    def sum(self, log_tolerance: float, bits: int) -> Any:
        """A ball that holds Σ f(j), with a radius of about e^log_tolerance."""
        stop = None if self.last is None else self.last + 1
        if stop is not None and stop - self.first <= 64:
            return self.terms(self.first, stop, bits)
        y = self.profile.cut(self.peak, log_tolerance - 2, 1, limit=1e7 if stop is None else log(stop) + 2)
        if stop is None and y > log(MANY_TERMS) and not self._is_steep(y):
            found = self._by_dense_powers(log_tolerance, bits) or self._by_powers(log_tolerance, bits)
            if found is not None:
                return found
        cut = max(self.first, 2, exp_(min(y, FURTHEST)) + 1)
        cut = cut if stop is None else min(cut, stop)
        contour = Contour(self.log_density, self.statistic, self.t) if cut - self.first > FEW_TERMS else None
        wide = self._tail_bits(cut)
        if contour is not None:
            bits = contour.enough_bits(self.first, cut - 1, log_tolerance, bits)
            wide = max(wide, bits)
        far, rest = self._far(cut, log_tolerance, wide) if stop is None else (stop, 0)
        total = None if contour is None else contour.sum(self.first, far - 1, self.height, log_tolerance, bits, MOST_TERMS)
        if total is None:
            if cut - self.first > MOST_TERMS:
                raise Undecided(f"the sum has more than {MOST_TERMS} terms that matter")
            rest += self._blocks(cut, far - 1, log_tolerance, wide)
            total = self.terms(self.first, cut, bits)
        with precision(bits) as flint:
            return total + flint.acb(flint.arb(0, rest)) if rest else total

    def _tail_bits(self, cut: int) -> int:
        """Bits at which log p is known at a cut, where constants may cancel."""
        program = Program(self.log_density, self.t, opaque)
        for bits in (TAIL_BITS, *LENGTH_BITS[1:]):
            with precision(bits) as flint:
                if program.bind(bits)(flint.acb(cut), False).real.rad() < 1:
                    return bits
        return TAIL_BITS

    def _is_steep(self, y: float) -> bool:
        """Whether log p falls by so much from e^y to e^(y + 1) that it is no power; a guide only."""
        return bool(self.profile.log_density(y) - self.profile.log_density(y + 1) > STEEPEST)

    def _far(self, cut: int, log_tolerance: float, bits: int) -> tuple[int, Any]:
        """(j, bound): a place from which the tail is proved to be below the tolerance."""
        start, reasons = STARTS[0], [""]
        for i in range(TAIL_TRIES):
            try:
                bound = self.tail(cut, start, bits)
                with precision(64) as flint:
                    if bound < flint.arb(log_tolerance).exp():
                        return cut, bound
                reasons.append("the bound of the tail is too large")
            except NotFarEnough as reason:
                reasons.append(str(reason))
                start = STARTS[(STARTS.index(start) + 1) % len(STARTS)]
            # Where constants are far larger than the cut, the expansion holds only beyond them.
            cut += max(2, cut // 2) << max(0, i - FEW_TRIES) ** 2
        raise Undecided("no bound of a tail was proved", (reasons[-1],))

    def _blocks(self, start: int, last: int, log_tolerance: float, bits: int) -> Any:
        """A bound of Σ |f(j)|, start ≤ j ≤ last: log p lies below its tangent-like line through the first point of a block.

        On [a, b], log p(j) ≤ log p(a) + s (j − a) with s the largest slope there, so the block is a geometric sum.
        """
        if start > last:
            return 0
        density, factor = (Program(e, self.t, opaque) for e in (self.log_density, self.statistic))
        slope = Program(prepared(with_own_logarithms(self.log_density).diff(self.t)), self.t, opaque)
        with precision(bits) as flint:
            at, size, rate = density.bind(bits), factor.bind(bits), slope.bind(bits)
            total, tolerance = flint.arb(0), flint.arb(log_tolerance).exp()
            pending = [(start, last)]
            for _ in range(BLOCKS):
                if not pending:
                    return total.abs_upper()
                a, b = pending.pop()
                block = flint.acb(flint.arb(a).union(flint.arb(b)))
                first, s = at(flint.acb(a), False).real.exp(), rate(block, False).real
                terms = b - a + 1 if not s < 0 else 1 / (1 - s.exp())
                growth = (s * (b - a)).exp() if not s <= 0 else 1
                value = abs(size(block, False)) * first * growth * terms
                if value.is_finite() and (a == b or value.abs_upper() < tolerance / 16):
                    total += value
                else:
                    middle = (a + b) // 2
                    pending += [(middle + 1, b), (a, middle)]
            raise Undecided("the terms away from the mass could not be bounded")

    def _by_dense_powers(self, log_tolerance: float, bits: int) -> Any:
        """As `_by_powers`, for terms t^a Σ log^b t P_b(1/t) with all coefficients at once; None for "not of this form"."""
        start = DENSE_START + bits // DENSE_BITS
        work, radius = bits + DENSE_GUARD, inf
        for _ in range(DENSE_TRIES):
            order = _orders(start, work)
            with precision(work) as flint:
                try:
                    ray = DenseRay(order, start)
                    expand = DenseExpander(ray, self.t)
                    factor = expand(self.statistic)
                    terms = factor if self.log_density == 0 else ray.multiply(factor, ray.exponential(expand(self.log_density)))
                    tail = dense_sum(ray, terms)
                except (NoClosedForm, OtherForm):
                    return None
                # Where the power is near −1, the sum may be far larger than was seen.
                if tail.rad() < flint.arb(log_tolerance).exp() or tail.rel_accuracy_bits() >= bits:
                    return self.terms(self.first, 1 << start, work) + tail
                gained = bool(2 * tail.rad() < radius)
            # What more terms do not improve is for want of bits.
            start, work, radius = (start + 1, work, tail.rad()) if gained else (start, 2 * work, tail.rad())
        return None

    def _by_powers(self, log_tolerance: float, bits: int) -> Any:
        """Σ f(j) with the tail as a sum of powers and logarithms of j, each summed by Hurwitz's zeta; None for "not of this form"."""
        start = min(POWERS_LATEST, POWERS_START + max(0, bits - 200) // 60)
        order = bits // start + 4
        with precision(bits + 32) as flint:
            for _ in range(6):
                try:
                    ray = Ray(order=order, start=start)
                    terms = self.expansion(ray, Q(1), whole=True)
                    outcome = divergence(ray, terms)
                    if outcome:
                        raise Diverges(outcome)
                    tail = power_sum(ray, terms)
                    if tail is None:
                        return None
                    if tail.real.rad() < flint.arb(log_tolerance).exp():
                        return self.terms(self.first, 1 << start, bits + 32) + tail
                    order += order // 2
                except NotFarEnough:
                    start += 1
        return None


def _orders(start: int, bits: int) -> int:
    """How many powers of 1/N, N = 2^start, reach 2^−bits, where the coefficients grow like those of Stirling's series, (K/(2πe))^K."""
    order = 8
    while order * (start + log2(2 * pi * e / order)) < bits:
        order += 8
        if order > 2 << start:
            break
    return order


def exp_(y: float) -> int:
    """About e^y, a whole number."""
    twos = y / LN2
    return int(2.0**twos) if twos < MANTISSA else int(2.0 ** (twos - int(twos) + MANTISSA)) << (int(twos) - MANTISSA)


class Sum1D:
    """Σ exp(log_density) · statistic over k = lower, lower + step, …, upper (either end may be infinite).

    Pairs (log q, w) in `majorant` say that |p·T| ≤ Σ w q.
    """

    def __init__(
        self, k: Symbol, log_density: Expr, statistic: Expr, lower: Expr, upper: Expr, step: Expr = S.One, majorant: tuple[tuple[Expr, Expr], ...] = ()
    ) -> None:
        self.k, self.step, self.majorant = k, step, majorant
        self.log_density, self.statistic = _even_orders(log_density, k), _even_orders(statistic, k)
        if statistic == 0:
            self.arms: list[LatticeArm] = []
            return
        self.arms = self._arms(lower, upper)

    def _arms(self, lower: Expr, upper: Expr) -> list[LatticeArm]:
        anchor = lower if lower.is_finite else upper if upper.is_finite else S.Zero
        if lower.is_finite and upper.is_finite:
            last: int | None = int(floor((upper - lower) / self.step))
            if last is not None and last <= 64:
                return [self._arm(anchor, 1, 0, last)]
        shift = self._mode(anchor, lower, upper)
        centre = anchor + self.step * shift
        up = None if upper.is_infinite else int(floor((upper - centre) / self.step))
        down = None if lower.is_infinite else int(floor((centre - lower) / self.step))
        arms = [self._arm(centre, 1, 0, up)]
        if down != 0:
            arms.append(self._arm(centre, -1, 1, down))
        return arms

    def _arm(self, anchor: Expr, side: int, first: int, last: int | None) -> LatticeArm:
        t = Dummy("t", positive=True)
        place = {self.k: anchor + side * self.step * t}
        density, statistic = self.log_density.xreplace(place), self.statistic.xreplace(place)
        if last is not None:
            ends = Integer(first), Integer(last)
            # An expression with a kink between the ends is not one smooth expression there.
            density, statistic = (smooth(e, t, *ends) if first < last and not breakpoints(t, *ends, e) else e for e in (density, statistic))
            density, statistic = in_density(density, statistic)
            density, statistic = (with_log_gammas(e, t, *ends) for e in (density, statistic))
        majorant = tuple(LatticeArm(log_mass.xreplace(place), weight.xreplace(place), t, first, None) for log_mass, weight in self.majorant if last is None)
        return LatticeArm(density, statistic, t, first, last, majorant)

    def _mode(self, anchor: Expr, lower: Expr, upper: Expr) -> int:
        """About where the masses are largest, in steps from the anchor; a guide only."""
        best, height = 0, -inf
        for side in (1, -1):
            end = upper if side > 0 else lower
            last = None if end.is_infinite else int(floor((end - anchor) * side / self.step))
            if last == 0:
                continue
            arm = self._arm(anchor, side, 0, last)
            j, h = self._climb(arm.guide, max(1, exp_(arm.peak)), last)
            if h > height:
                best, height = side * j, h
        return best

    def _climb(self, guide: Program, j: int, last: int | None) -> tuple[int, float]:
        top = inf if last is None else last
        j = j if last is None else min(j, last)
        bits = self._guide_bits(guide, j)
        with precision(bits) as flint:
            run = guide.bind(bits)

            def at(place: int) -> float:
                value = run(flint.acb(place), False).real
                return float(value.mid()) if value.is_finite() else -inf

            h, width = at(j), max(1, j // 8)
            while width >= 1:
                moves = 0
                for candidate in (j - width, j + width):
                    while 1 <= candidate <= top and moves < MOST_MOVES:
                        value = at(candidate)
                        if not value > h:
                            break
                        candidate, j, h, moves = 2 * candidate - j, candidate, value, moves + 1
                width //= 2
            return j, h

    def _guide_bits(self, guide: Program, j: int) -> int:
        """Bits at which differences of log p near a place are seen."""
        bits = GUIDE_BITS + 2 * j.bit_length()
        for _ in range(GUIDE_RAISES):
            with precision(bits) as flint:
                value = guide.bind(bits)(flint.acb(j), False).real
                if value.is_finite() and value.rad() < flint.arb(2) ** -GUIDE_BITS * (1 + abs(value.mid())):
                    break
            bits *= 2
        return bits

    @cached_property
    def height(self) -> float:
        return max((arm.height for arm in self.arms if isfinite(arm.height)), default=0.0)

    def enclose(self, log_tolerance: float, bits: int) -> Any:
        """A complex ball that holds the sum."""
        with precision(bits) as flint:
            total = flint.acb(0)
        share = log_tolerance - log(2 * max(1, len(self.arms)))
        for arm in self.arms:
            part = arm.sum(share, bits)
            with precision(bits):
                total = total + part
        return total


def _even_orders(expr: Expr, k: Symbol) -> Expr:
    """I_n = I_−n for integer n, which between the integers is another function: written with |n|, which is smooth in both directions."""
    orders = {node: besseli(Abs(node.args[0]), node.args[1]) for node in expr.atoms(besseli) if k in node.args[0].free_symbols}
    return expr.xreplace(orders) if orders else expr
