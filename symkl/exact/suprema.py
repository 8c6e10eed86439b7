"""sup f over an interval or a lattice with a proved error, for Rényi's divergence of order ∞: expansions at the ends, and blocks between that are
left out, or on which f is monotone, or has one critical point.
"""

from __future__ import annotations

from contextlib import suppress
from math import isqrt, log
from typing import Any

from sympy import Expr, S, Symbol

from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.arms import STARTS, Arm, Diverges
from symkl.exact.conditioning import with_own_logarithms
from symkl.exact.enclosures import enclosure_of, opaque, prepared
from symkl.exact.integrals import Integral1D
from symkl.exact.integrand import FEW_ORDERS, Slope
from symkl.exact.program import Program
from symkl.exact.scales import LN2
from symkl.exact.sums import LatticeArm, Sum1D, exp_
from symkl.exact.tails.expansion import Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.monomials import ONE, Monomial, compare
from symkl.exact.tails.numbers import Q, acb
from symkl.exact.taylor import Centred

__all__ = ["supremum", "supremum_on_lattice"]

# Where expansions at the ends begin, in units of log t from the peak; blocks between at most; and halvings of one with a critical point.
REACHES = (4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0)
MOST_BLOCKS, MOST_HALVINGS = 4000, 4000
# So many integers are looked at one by one.
FEW = 8
GUARD = 8


def supremum(x: Symbol, log_density: Expr, f: Expr, lower: Expr, upper: Expr, bits: int) -> Any:
    """A real ball that holds sup f between the ends, about 2^-bits (1 + |sup f|) wide; `Diverges` where it is oo.

    `log_density` says where to begin: any does.
    """
    problem = Integral1D(x, log_density, f, lower, upper)
    with precision(2 * bits + 64) as flint:
        best = flint.arb("-inf")
        for arm in problem.arms:
            best = best.max(_on_arm(arm, bits, best, flint))
        return best


def supremum_on_lattice(problem: Sum1D, bits: int) -> Any:
    """A real ball that holds the largest value, or supremum, of the statistic over the points of a sum, as in `supremum`."""
    with precision(2 * bits + 64) as flint:
        best = flint.arb("-inf")
        for arm in problem.arms:
            best = best.max(_on_lattice_arm(arm, bits, best, flint))
        return best


def _on_lattice_arm(arm: LatticeArm, bits: int, best: Any, flint: Any) -> Any:
    if arm.last is not None:
        return _on_integers(arm, arm.first, arm.last, bits, best, flint)
    for reach in REACHES:
        cut = max(arm.first + 1, exp_(arm.peak + reach))
        with suppress(Undecided):
            least, most = _beyond(Arm(arm.log_density, arm.statistic, arm.t, S.Infinity, "far"), log(cut))
            # From the power of two above, which is where what is known begins.
            found = _on_integers(arm, arm.first, 2 * cut, bits, best, flint)
            whole = found.max(least).union(found.max(most))
            if whole.rad() < flint.arb(2) ** -bits * (1 + abs(whole)):
                return whole
    raise Undecided("the largest ratio of the probabilities was not bounded far out")


def _on_integers(arm: LatticeArm, first: int, last: int, bits: int, best: Any, flint: Any) -> Any:
    """The larger of `best` and the largest f(j), first ≤ j ≤ last: blocks as of an interval that holds them."""
    work = 2 * bits + 64
    slope = prepared(with_own_logarithms(arm.statistic).diff(arm.t))
    value, rise = Program(arm.statistic, arm.t, opaque).bind(work), Slope(slope, arm.t, True).bind(work)

    def at(place: int) -> Any:
        return value(flint.acb(place), False).real

    pending = [(first, last)]
    for _ in range(MOST_BLOCKS):
        if not pending:
            return best
        a, b = pending.pop()
        if b - a <= FEW:
            best = _largest(best, [at(j) for j in range(a, b + 1)])
            continue
        block = flint.acb(flint.arb(a).union(flint.arb(b)))
        whole, s = value(block, False).real, rise(block)
        if whole < best:
            continue
        if s > 0 or s < 0:
            best = _largest(best, [at(b if s > 0 else a)])
            continue
        middle = isqrt(a * b) if a > 0 and b > 4 * a else (a + b) // 2
        pending += [(a, middle), (middle + 1, b)]
        best = _largest(best, [at(middle)])
    raise Undecided("the largest ratio of the probabilities was not found")


def _largest(best: Any, values: list[Any]) -> Any:
    """The maximum; one that is not known is none."""
    for each in values:
        if not each.is_finite():
            raise Undecided("a ratio of probabilities is not known")
        best = best.max(each)
    return best


def _on_arm(arm: Arm, bits: int, best: Any, flint: Any) -> Any:
    """The larger of `best` and sup f over the arm."""
    work = 2 * bits + 64
    length = None if arm.kind == "far" else enclosure_of(arm.length)(work).real
    if arm.kind == "plain":
        return _on_blocks(arm, flint.arb(0), length, bits, best, flint)
    outward = 1 if arm.kind == "far" else -1
    for reach in REACHES:
        y = arm.peak + outward * reach
        with suppress(Undecided):
            least, most = _beyond(arm, y)
            end = flint.arb(2) ** round(y / LN2)
            if length is not None and not end < length:
                continue
            low, high = (flint.arb(0), end) if outward > 0 else (end, length)
            found = _on_blocks(arm, low, high, bits, best, flint)
            # Between the two ends of what is known of the rest, which may be far below.
            whole = found.max(least).union(found.max(most))
            if whole.rad() < flint.arb(2) ** -bits * (1 + abs(whole)):
                return whole
    raise Undecided("the largest ratio of the densities was not bounded at an end of the support")


def _beyond(arm: Arm, y: float) -> tuple[Any, Any]:
    """Numbers between which sup f beyond t = e^y lies; the first is −∞ where f falls without end."""
    ray = Ray(order=12, start=STARTS[0])
    outward, unit = arm.unit(ray, y)
    terms = Expander(ray, arm.t, {Monomial(power=Q(outward)): unit})(arm.statistic)
    if terms and compare(lead := ray.leading(terms), ONE) > 0:
        bracket = ray.bracket(terms, lead).real
        if bracket > 0:
            raise Diverges(1)
        if not bracket < 0:
            raise Undecided("the sign of a logarithm is not settled")
        return ray.flint.arb("-inf"), (bracket * ray.least_at_start(lead)).upper()
    # The limit is approached, so that the supremum is no less; and no more where the rest is negative.
    limit = acb(terms.get(ONE, Q(0))).real
    rest = {m: c for m, c in terms.items() if m != ONE}
    if rest and ray.bracket(rest, ray.leading(rest)).real <= 0:
        return limit.lower(), limit.upper()
    return limit.lower(), ray.range_of(terms).real.upper().max(limit.upper())


def _on_blocks(arm: Arm, low: Any, high: Any, bits: int, best: Any, flint: Any) -> Any:
    _, f = arm.evaluable
    work = 2 * bits + 64
    slope = prepared(with_own_logarithms(f).diff(arm.t))
    value, bend = (Program(e, arm.t, opaque).bind(work) for e in (f, prepared(slope.diff(arm.t))))
    around, rise = Centred(f, arm.t).bind(work, FEW_ORDERS, 0), Slope(slope, arm.t, True).bind(work)
    narrow = flint.arb(2) ** -(bits + GUARD)

    def at(place: Any) -> Any:
        return value(flint.acb(place), False).real

    pending = [(low, high)]
    for _ in range(MOST_BLOCKS):
        if not pending:
            return best
        a, b = pending.pop()
        block = flint.acb(a.union(b))
        # Taylor's formula holds where the function is analytic.
        whole, s = around(block, True).real, rise(block)
        if not whole.is_finite():
            whole = value(block, False).real
        if whole < best:
            continue
        if s > 0 or s < 0:
            best = best.max(at(b if s > 0 else a))
        elif bend(block, False).real < 0:
            best = best.max(at(_critical(rise, a, b, bits + GUARD, flint)))
        elif whole.rad() < narrow:
            best = best.max(whole)
        else:
            # From 0 to far out the middle of the logarithms is the better one.
            middle = ((a * b).sqrt() if a > 0 and b / a > 4 else (a + b) / 2).mid()
            pending += [(a, middle), (middle, b)]
            here = at(middle)
            best = best.max(here) if here.is_finite() else best
    raise Undecided("the largest ratio of the densities was not found")


def _critical(rise: Any, a: Any, b: Any, bits: int, flint: Any) -> Any:
    """A ball that holds the place of the largest value on [a, b], where the slope falls."""
    for _ in range(MOST_HALVINGS):
        middle = ((a + b) / 2).mid()
        s = rise(flint.acb(middle))
        if s > 0:
            a = middle
        elif s < 0:
            b = middle
        else:
            break
        if (b - a) < flint.arb(2) ** -bits * (1 + abs(middle)):
            break
    return a.union(b)
