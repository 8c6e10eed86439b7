"""∫ p T dt over a half line or segment with a proved error: Arb's quadrature inside, proved bounds of the tails, singular ends included."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from sympy import Dummy, Expr, S, Symbol

from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import in_logarithm, with_own_logarithms, without_cancellation
from symkl.exact.enclosures import enclosure_of, opaque, prepared
from symkl.exact.integrand import Integrand, Slope, is_sharp
from symkl.exact.profile import Profile
from symkl.exact.program import Program
from symkl.exact.scales import LENGTH_BITS, LN2, about_zero, arb_exp, exact_power, log_of, two_power, twos
from symkl.exact.settled import settled
from symkl.exact.tails.bounds import divergence, integral_bound, integral_value
from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.monomials import Monomial, Terms
from symkl.exact.tails.numbers import Q, acb
from symkl.exact.work import integral

__all__ = ["STARTS", "TAIL_BITS", "TAIL_TRIES", "Arm", "Diverges"]

# Ranges longer than this many scales are integrated in logarithmic coordinates; about a sharp peak, where values around midpoints are dear in these.
LONG, LONG_ON_PEAK = 16, 128
# So many scales from the anchor are integrated as they are, before logarithmic coordinates take over.
NEAR = 4
# Where log t runs over more than this, its own logarithm is the better coordinate.
LONG_RANGE = 12
# Evaluations of the integrand allowed on one part: so many, and so many more for each bit of precision.
LEAST_EVALUATIONS, EVALUATIONS, FEWER = 10_000, 30, 5
TAIL_TRIES, FEW_TRIES = 60, 4
# Blocks between a cut and the place where the expansion of a tail begins to hold.
MAX_BLOCKS, FEW_BLOCKS = 20_000, 4000
# Blocks of log t are halved down to this width at most.
NARROWEST = 2.0**-48
# A block on which nothing is known to fall may carry this part of the tolerance.
SHARES = 4096
# A bound of |T| on a block may be so many times as large as at its ends, where that is longer than SHORT.
ABOUT, SHORT = 1 << 16, 0.01
# Where a statistic may have settled, in units of log t from the peak.
SETTLED = (2.0, 4.0, 8.0, 16.0, 32.0)
# Cuts beyond the first guess, where T is known to its size only.
FURTHER = (0.0, 0.7, 1.4, 2.8, 5.6)
# In units of log t: beyond SLOW from the peak a divergence is looked for first, and FURTHEST is as far as any cut is made.
SLOW, FURTHEST = 200.0, 1e5
# How often the working precision is raised by half before the integrand counts as not computable.
MAX_RAISES = 16
# Bits of tails; of numbers like e^(10^300) Arb has none with as few.
TAIL_BITS, WIDE_BITS, MOST_TAIL_BITS = 192, 1 << 11, 1 << 13
# Where tails like powers are cut, from the peak, and how many terms of a Taylor series their expansions keep at least.
REACHES, FEWEST_TERMS = (12.0, 25.0, 50.0, 100.0, 200.0), 10
# Where the ray of an expansion starts, as powers of two: the further, the smaller are logarithms beside slow powers.
STARTS = (64, 2048)


class Diverges(Exception):
    """The integral or sum is proved to be infinite; `sign` says to which side."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        super().__init__(f"diverges to {'+' if sign > 0 else '-'}oo")


@dataclass
class Arm:
    """A half line or segment x = anchor + side·t, 0 < t < length; `end` says what happens at t = length (or t → 0)."""

    log_density: Expr
    statistic: Expr
    t: Symbol
    length: Expr
    kind: str  # "far": tail at t → ∞; "plain": regular on the whole segment; "near": singular at t → 0
    majorant: tuple[Arm, ...] = ()  # |p·T| is at most their sum: bounds the tail where the expansion of p·T fails

    @cached_property
    def evaluable(self) -> tuple[Expr, Expr]:
        return without_cancellation(self.log_density, self.t), without_cancellation(self.statistic, self.t)

    @cached_property
    def is_sharp(self) -> bool:
        return is_sharp(*self.evaluable, self.t, self.peak)

    @cached_property
    def program(self) -> Integrand:
        """p·T as a function of t."""
        return Integrand(*self.evaluable, self.t, self.is_sharp)

    @cached_property
    def log_program(self) -> Integrand:
        """p·T·t as a function of y = log t."""
        y = Dummy("y", real=True)
        density, statistic = (in_logarithm(e, self.t, y, self.kind != "near") for e in self.evaluable)
        return Integrand(density + y, statistic, y, self.is_sharp)

    @cached_property
    def profile(self) -> Profile:
        return Profile.of(*self.evaluable, self.t)

    @cached_property
    def peak(self) -> float:
        top = 1600.0 if self.length is S.Infinity else log_of(self.length)
        return min(self.profile.peak(top), top)

    @cached_property
    def height(self) -> float:
        """log of about the largest mass of |p·T| for each unit of log t."""
        reach = self.peak + 4 if self.length is S.Infinity else min(self.peak + 4, log_of(self.length))
        return self.profile.height(self.peak - 4, reach)

    # -- tails ---------------------------------------------------------------------------------------------------

    def tail(self, y: float, start: int, bits: int = TAIL_BITS) -> Any:
        """A proved bound of ∫ |p·T| dt beyond t = e^y (far) or below it (near); raises `NotFarEnough` or `Diverges`."""
        with precision(bits) as flint:
            ray = Ray(start=start)
            try:
                return flint.arb(integral_bound(ray, self._expanded(ray, y, ray.collapsed)))
            except Undecided:
                if not self.majorant:
                    raise
            try:
                return sum((each.tail(y, start, bits) for each in self.majorant), flint.arb(0))
            except Diverges:
                raise NotFarEnough("a bound of the integrand diverges") from None

    def unit(self, ray: Ray, y: float) -> tuple[int, Any]:
        """(±1, u) with t = u v^±1 on the ray in v that starts at t = e^y."""
        scale = two_power(y / LN2)
        return (1, scale / 2**ray.start) if self.kind == "far" else (-1, scale * 2**ray.start)

    def _expanded(self, ray: Ray, y: float, shaped: Callable[[Terms], Terms] = dict) -> Terms:
        """p·T dt on the ray in v that starts at t = e^y; raises `NotFarEnough` or `Diverges`."""
        sign, unit = self.unit(ray, y)
        expander = Expander(ray, self.t, {Monomial(power=Q(sign)): unit})
        factor, density = expander(self.statistic), ray.exponential(expander(self.log_density))
        # dt = unit · dv, or unit · v⁻² dv.
        terms = ray.multiply(ray.multiply(shaped(factor), shaped(density)), {Monomial(power=Q(sign - 1)): unit})
        outcome = divergence(ray, terms)
        if outcome:
            raise Diverges(outcome)
        return terms

    @cached_property
    def _cuts(self) -> dict[float, tuple[float, Any]]:
        return {}

    def proved_cut(self, log_tolerance: float) -> tuple[float, Any]:
        """(y, ball): a place to cut, and a ball that holds what lies beyond, narrower than the tolerance."""
        if log_tolerance not in self._cuts:
            self._cuts[log_tolerance] = self._found_cut(log_tolerance)
        return self._cuts[log_tolerance]

    def _slow_cut(self, log_tolerance: float, direction: int) -> tuple[float, Any] | None:
        """A tail like a power is integrated term by term of its expansion: cut where that is narrow enough."""
        order = max(FEWEST_TERMS, round(-log_tolerance / REACHES[-1]) + 4)
        for reach in REACHES:
            y = self.peak + direction * reach
            with suppress(NotFarEnough), precision(max(TAIL_BITS, round(-2 * log_tolerance / LN2))) as flint:
                ray = Ray(order, STARTS[0])
                value = integral_value(ray, self._expanded(ray, y))
                if value.is_finite() and flint.arb(value.rad()) < arb_exp(log_tolerance):
                    return y, value
        return None

    def _found_cut(self, log_tolerance: float) -> tuple[float, Any]:
        direction = 1 if self.kind == "far" else -1
        y = self.profile.cut(self.peak, log_tolerance - 2, direction, limit=FURTHEST)
        if abs(y - self.peak) > SLOW:
            # So slow a decay is often none at all.
            with suppress(NotFarEnough):
                self.tail(self.peak + direction * SLOW / 2, STARTS[0])
            if (slow := self._slow_cut(log_tolerance, direction)) is not None:
                return slow
        end, step, start, rounds = y, 0.5, STARTS[0], 0
        reasons: list[str] = []
        wide = max(self._tail_bits, round(min(max(WIDE_BITS, -2 * log_tolerance / LN2), MOST_TAIL_BITS)))
        for i in range(TAIL_TRIES):
            if self.is_sharp and rounds > FEW_TRIES:
                break
            try:
                # Numbers as close to zero as the tolerance are no zeros.
                bound = self.tail(end, start, wide if i > FEW_TRIES and i % 2 else TAIL_BITS)
                if bound < arb_exp(log_tolerance):
                    rounds += 1
                    for further in FURTHER:
                        place = min(y * direction + further, end * direction) * direction
                        whole = bound + self._between(place, end, log_tolerance)
                        if whole < arb_exp(log_tolerance):
                            return place, about_zero(whole)
                reasons.append("the bound of the tail is too large")
                # Further out constants may be small that are large here: from a sharp peak only the end moves, unless what lies before it is too large.
                if bound < arb_exp(log_tolerance) or (end == y and not self.is_sharp):
                    y += direction * (FURTHER[-1] if self.is_sharp else step)
                end = max((end + direction * step) * direction, y * direction) * direction
            except NotFarEnough as reason:
                reasons.append(str(reason))
                start = STARTS[(STARTS.index(start) + 1) % len(STARTS)]
                end += direction * step
            step = min(step * 1.4, 200.0)
        raise Undecided("no bound of a tail was proved", (reasons[-1],))

    def _between(self, start: float, end: float, log_tolerance: float) -> Any:
        """A bound of ∫ |p·T| dt over the part between two cuts: constants far larger than t make such a part of an exponential tail."""
        first, last = twos(start), twos(end)
        direction = 1 if last > first else -1
        with precision(TAIL_BITS) as flint:
            return self._falling([flint.arb(2) ** k for k in range(first, last + direction, direction)], log_tolerance, FEW_BLOCKS if self.is_sharp else MAX_BLOCKS)

    def _falling(self, ends: list[Any], log_tolerance: float, most: int) -> Any:
        """A bound of ∫ |p·T| dt between points in a row: with g = log(p t) and slopes g′ ≤ s < 0 on a block of y = log t,
        the block is at most e^g(first) sup |T| / |s|; where no slope is known, sup e^g sup |T| times its width.
        """
        for bits in sorted({self._bits_at(ends[0]), WIDE_BITS, MOST_TAIL_BITS}):
            found = self._falling_at(bits, ends, log_tolerance, most)
            if found is not None:
                return found
        raise Undecided("the integrand could not be bounded beyond a cut")

    def _falling_at(self, bits: int, ends: list[Any], log_tolerance: float, most: int) -> Any:
        """The same with so many bits; None where they, or so many blocks, are too few."""
        with precision(bits) as flint:
            total, small = flint.arb(0), arb_exp(log_tolerance) / SHARES
            log_p, statistic, rate = self._slopes
            density, factor, slope = log_p.bind(bits), statistic.bind(bits), rate.bind(bits)
            direction = 1 if ends[-1] > ends[0] else -1
            pending = list(pairwise(ends))
            for _ in range(most):
                if not pending:
                    return total.abs_upper()
                a, b = pending.pop()
                block, width = flint.acb(a.union(b)), abs((b / a).log())
                s = slope(block) * direction
                length = (-1 / s) if s < 0 else width * (s * width).exp()
                if s.is_finite():
                    part = density(flint.acb(a), False).real.exp() * a * abs(factor(block, False)) * length
                else:
                    part = density(block, False).real.exp() * block.real * abs(factor(block, False)) * width
                # On too wide a block T is known to be no larger than e^(t²), say, where it is e^t.
                if part.is_finite() and (part < small or (s < 0 and (width < SHORT or _is_about(factor, a, b, block)))):
                    total += part.abs_upper()
                elif width < NARROWEST:
                    # What is not known on so short a block is for want of bits.
                    break
                else:
                    middle = ((a + b) / 2).mid()
                    pending += [(a, middle), (middle, b)]
            return None

    def _bits_at(self, place: Any) -> int:
        """Bits at which p and T are numbers at a place."""
        for bits in (self._tail_bits, WIDE_BITS):
            with precision(bits) as flint:
                if all(each.bind(bits)(flint.acb(place), False).is_finite() for each in self._slopes[:2]):
                    return bits
        return self._tail_bits

    @cached_property
    def _tail_bits(self) -> int:
        """Bits at which log p is known at the peak, where constants may cancel."""
        if self.is_sharp:
            for bits in LENGTH_BITS[1:]:
                with precision(bits) as flint:
                    if Program(self.evaluable[0], self.t, opaque).bind(bits)(flint.acb(flint.arb(self.peak).exp()), False).real.rad() < 1:
                        return bits
        return TAIL_BITS

    def _short(self, log_tolerance: float) -> tuple[float, Any] | None:
        """(y, ball) as of `proved_cut`, for a segment of which a small part about a sharp peak carries the mass; None for others."""
        top = log_of(self.length)
        if not self.is_sharp or self.peak > top - NEAR:
            return None
        first = self.profile.cut(self.peak, log_tolerance - 2, 1, limit=top - self.peak)
        with suppress(Undecided), precision(self._tail_bits) as flint:
            end = enclosure_of(self.length)(self._tail_bits).real
            for y in (first + step for step in FURTHER if first + step <= top - 1):
                bound = self._falling([*(flint.arb(2) ** k for k in range(twos(y), twos(top))), end], log_tolerance, FEW_BLOCKS)
                if bound < arb_exp(log_tolerance):
                    return y, about_zero(bound)
        return None

    @cached_property
    def _slopes(self) -> tuple[Program, Program, Slope]:
        density, statistic = self.evaluable
        # That of log(p t) in log t.
        slope = self.t * prepared(with_own_logarithms(self.log_density).diff(self.t)) + 1
        return Program(density, self.t, opaque), Program(statistic, self.t, opaque), Slope(slope, self.t, self.is_sharp)

    # -- inside --------------------------------------------------------------------------------------------------

    def integrate(self, log_tolerance: float, bits: int) -> Any:
        """A ball that holds ∫ p·T dt over the arm, with a radius of about e^log_tolerance."""
        beyond: Any = None
        cut = self._short(log_tolerance) if self.kind == "plain" else self.proved_cut(log_tolerance)
        if cut is not None:
            y, beyond = cut
        if self.kind == "far" and (constant := self._settled(y, log_tolerance)) is not None:
            return self._with_constant(*constant, y, log_tolerance, bits, beyond)
        bits = self._enough_bits(bits, log_tolerance, *(() if beyond is None else (y,)))
        with precision(bits) as flint:
            length: Any = None if self.kind != "near" and beyond is not None else enclosure_of(self.length)(bits)
            if self.kind == "near":
                total = self._between_logs(flint.arb(2).log() * twos(y), length.real.log(), log_tolerance, bits, flint)
            else:
                total = self._from_anchor(flint.acb(exact_power(y, flint)) if length is None else length, log_tolerance, bits, flint)
            return total if beyond is None else total + beyond

    def _settled(self, cut: float, log_tolerance: float) -> tuple[float, Expr, Any] | None:
        """(y, c, ε): a place long before the cut from which |T − c| ≤ ε is proved, with ε below the tolerance; None where T does not settle."""
        form = settled(self.statistic, self.t)
        if form is None:
            return None
        for reach in SETTLED:
            y = self.peak + reach
            if cut - y < LONG_RANGE:
                return None
            with suppress(Undecided), precision(TAIL_BITS) as flint:
                ray = Ray(start=STARTS[0])
                expander = Expander(ray, self.t, {Monomial(power=Q(1)): two_power(y / LN2) / 2**ray.start})
                error = flint.arb(0)
                for weight, exponent in form.parts:
                    grown = ray.exponential(expander(exponent))
                    error += enclosure_of(weight)(TAIL_BITS).real * sum((abs(acb(c)) * ray.supremum(m) for m, c in grown.items()), flint.arb(0))
                error = (error * enclosure_of(form.factor)(TAIL_BITS).real).abs_upper()
                if error < arb_exp(log_tolerance):
                    return y, form.constant, error
        return None

    def _with_constant(self, place: float, constant: Expr, error: Any, cut: float, log_tolerance: float, bits: int, beyond: Any) -> Any:
        """∫ p T dt with c ∫ p dt for ∫ p T dt from the place to the cut."""
        alone = Arm(self.log_density, S.One, self.t, self.length, self.kind)
        bits = alone._enough_bits(self._enough_bits(bits, log_tolerance, place), log_tolerance, cut)
        with precision(bits) as flint:
            inner = self._from_anchor(flint.acb(exact_power(place, flint)), log_tolerance, bits, flint)
            mass = alone._between_logs(flint.arb(2).log() * twos(place), flint.arb(2).log() * twos(cut), log_tolerance, bits, flint)
            return inner + mass * enclosure_of(constant)(bits) + about_zero(error * mass.abs_upper()) + beyond

    def _from_anchor(self, high: Any, log_tolerance: float, bits: int, flint: Any) -> Any:
        """∫ from t = 0 to `high`: a few scales in t itself, the rest in log t."""
        near = exact_power(self.peak, flint) * NEAR
        if (high / near).real < (LONG_ON_PEAK if self.is_sharp else LONG):
            return _integral(self.program.bind(bits), flint.acb(0), high, log_tolerance, bits, flint, self.is_sharp)
        first = _integral(self.program.bind(bits), flint.acb(0), flint.acb(near), log_tolerance, bits, flint, self.is_sharp)
        return first + self._between_logs(near.log(), high.real.log(), log_tolerance, bits, flint)

    def _between_logs(self, low: Any, high: Any, log_tolerance: float, bits: int, flint: Any) -> Any:
        """∫ over y = log t from low to high; over a long range in u, where y runs away from t ≈ 1 like e^u."""
        run = self.log_program.bind(bits)
        if not high - low > LONG_RANGE:
            return _integral(run, flint.acb(low), flint.acb(high), log_tolerance, bits, flint, self.is_sharp)
        base, side = (high + 1, -1) if self.kind == "near" else (low - 1, 1)

        def stretched(u: Any, analytic: bool) -> Any:
            grown = u.exp()
            return run(base + side * grown, analytic) * grown

        return _integral(stretched, flint.acb(0), flint.acb((high - low + 1).log()), log_tolerance, bits, flint, self.is_sharp)

    def _enough_bits(self, bits: int, log_tolerance: float, *cuts: float) -> int:
        """Working precision at which the integrand itself is known to the tolerance, at the peak and at the cut."""
        top = self.peak if self.length is S.Infinity else min(self.peak, log_of(self.length) - 1e-3)
        for _ in range(MAX_RAISES):
            with precision(bits) as flint:
                run = self.program.bind(bits)
                for y in (top, *cuts):
                    t = flint.acb(flint.arb(y).exp())
                    value = run(t, False) * t
                    if not value.is_finite() or not value.real.rad() < flint.arb(log_tolerance).exp():
                        break
                else:
                    return bits
            bits += bits // 2
        raise Undecided("the integrand cannot be computed precisely enough")


def _is_about(factor: Any, a: Any, b: Any, block: Any) -> bool:
    """Whether a bound of |T| on the block is not much larger than T at one of its ends."""
    bound, ends = factor(block, False).abs_upper(), [factor(type(block)(end), False).abs_upper() for end in (a, b)]
    return bool(bound < ABOUT * ends[0].max(ends[1]))


def _integral(f: Callable[..., Any], low: Any, high: Any, log_tolerance: float, bits: int, flint: Any, is_sharp: bool) -> Any:
    tolerance = flint.arb(log_tolerance).exp()
    # Values around midpoints are dear, and few are needed where they help.
    limit = (LEAST_EVALUATIONS + EVALUATIONS * bits) // (FEWER if is_sharp else 1)
    return integral(f, low, high, rel_tol=flint.arb(2) ** -bits, abs_tol=tolerance, eval_limit=limit, depth_limit=4 * bits)
