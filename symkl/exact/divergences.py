"""Enclosures of the other divergences from their definitions: α-integrals, ½ ∫ |p − q|, and means of divergences to a mixture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cmp_to_key
from typing import Any

from sympy import Add, Expr, Min, S, Symbol, log, oo

from symkl.core.divergences import (
    Bhattacharyya,
    Chi2,
    Divergence,
    Hellinger,
    Jeffreys,
    JensenShannon,
    PowerDivergence,
    TotalVariation,
    Tsallis,
)
from symkl.core.heads import KL
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Support
from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.arms import Diverges
from symkl.exact.conditioning import multiplied_out
from symkl.exact.enclosures import decide, enclosure_of, sign_of
from symkl.exact.finiteheads import exact_value
from symkl.exact.integrals import Integral1D
from symkl.exact.laws import log_density_at, point_of
from symkl.exact.leaving import leaves
from symkl.exact.meeting import common_support, some_point
from symkl.exact.program import Unsupported
from symkl.exact.stable import Capped, Exp
from symkl.exact.sums import Sum1D
from symkl.exact.suprema import supremum, supremum_on_lattice

__all__ = ["enclose_divergence"]

# Attempts with more bits each, where digits cancel; and how many of the bits of the first one are to spare.
ATTEMPTS, SPARE = 7, 10


def enclose_divergence(head: Divergence, bits: int) -> Any:
    """A complex ball around the divergence with about `bits` right bits, or an exact zero; `Diverges` where it is oo."""
    from symkl.exact.oracle import enclose_bits, of_near_laws, relative_enclosure

    exact = exact_value(head)
    if exact is not None:
        return _number(exact, bits)
    P = head.laws[0]
    if all(law == P for law in head.laws):
        return _number(S.Zero, bits)
    if (near := of_near_laws(head, bits)) is not None:
        return near
    work = bits + 16
    try:
        for _ in range(ATTEMPTS):
            value = _Measure(head, work, enclose_bits, relative_enclosure).value()
            if value.is_finite() and value.real.rel_accuracy_bits() >= bits:
                return value
            work *= 2
    except Undecided:
        if isinstance(head, (Hellinger, JensenShannon, Tsallis)) and len(head.laws) == 2:
            with suppress(Undecided):
                value = _Measure(head, 2 * bits + 32, enclose_bits, relative_enclosure).nearly_apart()
                if value.is_finite() and value.real.rel_accuracy_bits() >= bits:
                    return value
        raise
    raise Undecided(f"{head} was not enclosed: its terms cancel")


def _number(expr: Expr, bits: int) -> Any:
    if expr is oo:
        raise Diverges(1)
    if expr == 0:
        with precision(bits) as flint:
            return flint.acb(0)
    from symkl.exact.oracle import relative_constant

    return relative_constant(expr, bits)


class _Measure:
    """One attempt at a measure, with `bits` bits for each integral."""

    def __init__(self, head: Divergence, bits: int, enclose: Callable[..., Any], relative: Callable[..., Any]) -> None:
        self.head, self.bits, self.enclose, self.relative = head, bits, enclose, relative
        self.unit: Any = S.One if head.base is S.Exp1 else 1 / log(head.base)

    def value(self) -> Any:
        head = self.head
        if isinstance(head, Jeffreys):
            nats = self.enclose(KL(*head.laws), self.bits), self.enclose(KL(*head.laws[::-1]), self.bits)
            with precision(self.bits):
                return (nats[0] + nats[1]) * self.constant(self.unit)
        if isinstance(head, JensenShannon):
            return self.mean_to_mixture()
        if isinstance(head, TotalVariation):
            return self.total_variation()
        return self.from_power()

    def constant(self, expr: Expr) -> Any:
        return enclosure_of(expr)(self.bits)

    def from_power(self) -> Any:
        head = self.head
        assert isinstance(head, PowerDivergence)
        alpha = head.order
        if alpha == 1:
            with precision(self.bits):
                return self.enclose(KL(*head.laws), self.bits) * self.constant(self.unit)
        if alpha is oo:
            return self.largest_ratio()
        total = self.power(alpha)
        with precision(self.bits) as flint:
            if isinstance(head, Chi2):
                return total - 1
            if isinstance(head, Hellinger):
                return _clipped((1 - total).sqrt(), flint)
            if isinstance(head, Tsallis):
                return (total - 1) / self.constant(alpha - 1)
            if total.is_zero():
                raise Diverges(1)
            nats = total.log() / self.constant(S.NegativeOne if isinstance(head, Bhattacharyya) else alpha - 1)
            return nats * self.constant(self.unit)

    def largest_ratio(self) -> Any:
        """log sup p/q in the unit of the head."""
        P, Q = self.head.laws[:2]
        if not isinstance(P.support, (Continuum, Lattice)):
            raise Unsupported(f"{self.head}: the largest ratio p/q is found on intervals and lattices, not on {P.support}")
        if leaves(P, Q):
            raise Diverges(1)
        x, ends = point_of(P.support), (P.support.lower, P.support.upper)
        own = log_density_at(P, x)
        ratio = multiplied_out(own - log_density_at(Q, x))
        if isinstance(P.support, Lattice):
            largest = supremum_on_lattice(Sum1D(x, own, ratio, *ends, P.support.step), self.bits)
        else:
            largest = supremum(x, own, ratio, *ends, self.bits)
        with precision(self.bits) as flint:
            return flint.acb(largest) * self.constant(self.unit)

    def power(self, alpha: Expr) -> Any:
        """∫ p^α q^(1−α) over the points that both laws have."""
        P, Q = self.head.laws[:2]
        if sign_of(alpha - 1) > 0 and leaves(P, Q):
            raise Diverges(1)
        support = common_support(P, Q)
        if support is None:
            with precision(self.bits) as flint:
                return flint.acb(0)
        x = point_of(support)
        log_mass = multiplied_out(alpha * log_density_at(P, x) + (1 - alpha) * log_density_at(Q, x), True)
        return self.integral(x, log_mass, S.One, support)

    def total_variation(self) -> Any:
        overlap = self.overlap()
        with precision(self.bits):
            return 1 - overlap

    def overlap(self) -> Any:
        """∫ min(p, q) = ∫ p min(1, q/p)."""
        P, Q = self.head.laws
        support = common_support(P, Q)
        if support is None:
            with precision(self.bits) as flint:
                return flint.acb(0)
        try:
            return self.overlap_under(P, Q, support)
        except Undecided:
            return self.overlap_under(Q, P, support)

    def overlap_under(self, P: Law, Q: Law, support: Support) -> Any:
        x = point_of(support)
        log_p, log_q = log_density_at(P, x), log_density_at(Q, x)
        return self.small(x, log_p, Capped(multiplied_out(log_p - log_q)), support, ((log_p, S.One),))

    def nearly_apart(self) -> Any:
        """H, Tsallis' divergence of order α < 1 and JSD where the overlap e = ∫ min(p, q) is tiny.

        (1 − H²)² ≤ 1 − TV² ≤ 2e; ∫ p^α q^(1−α) ≤ ∫ min^m max^(1−m) ≤ e^m 2^(1−m) with m = min(α, 1 − α), by Hölder; and JSD = h(w) − E h(π) with the posterior π, where E min(π, 1 − π) ≤ e, so that E h(π) ≤ h(e) by Jensen.
        """
        head: Any = self.head
        if isinstance(head, Tsallis) and sign_of(1 - head.order) <= 0:
            raise Undecided("the order is not below one")
        overlap = self.overlap()
        with precision(self.bits) as flint:
            most = flint.arb(overlap.real.abs_upper())
            if not most < flint.arb(2) ** -8:
                raise Undecided("the laws are not far apart")
            if isinstance(head, Hellinger):
                return flint.acb(1 - flint.arb(0).union((2 * most).sqrt())).sqrt()
            if isinstance(head, Tsallis):
                m = self.constant(Min(head.order, 1 - head.order)).real
                return (1 - flint.acb(flint.arb(0).union(most**m * 2 ** (1 - m)))) / self.constant(1 - head.order)
            weights = [self.constant(w).real for w in head.weights]
            whole = sum((-w * w.log() for w in weights), flint.arb(0))
            missing = -most * most.log() - (1 - most) * (-most).log1p()
            return flint.acb(whole - flint.arb(0).union(missing)) * self.constant(self.unit)

    def small(self, x: Symbol, log_mass: Expr, statistic: Expr, support: Support, majorant: Any = ()) -> Any:
        """An integral that is taken from one: only as many digits of it matter as one has, so that where it is tiny none does."""
        value = _problem(x, log_mass, statistic, support, majorant).enclose(-0.7 * self.bits, 2 * self.bits)
        with precision(self.bits) as flint:
            if value.is_finite() and value.real.rad() < flint.arb(2) ** (SPARE - self.bits):
                # A number like e^(−10^600) has no digits that anybody could write.
                return value + flint.acb(flint.arb(0, flint.arb(2) ** (-2 * self.bits)))
        return self.integral(x, log_mass, statistic, support)

    def mean_to_mixture(self) -> Any:
        """Σ w_i E_{P_i}[log p_i − log Σ w_j p_j]."""
        head: Any = self.head
        pairs = [(w, law) for w, law in zip(head.weights, head.laws) if w != 0]
        with precision(self.bits) as flint:
            total = flint.acb(0)
        for w, law in pairs:
            x = point_of(law.support)
            own = log_density_at(law, x)
            for part in _parts(law.support, [other.support for _, other in pairs]):
                near = [(share, other) for share, other in pairs if _covers(other.support, part)]
                ratio = Add(*(share * (S.One if other == law else Exp(multiplied_out(log_density_at(other, x) - own, True))) for share, other in near))
                # With p/m <= 1/w, and p log(m/p) <= m.
                majorant = ((own, log(1 / w)), *((log_density_at(other, x), share) for share, other in near))
                value = self.share(x, own, -log(ratio), part, majorant)
                with precision(self.bits):
                    total = total + value * self.constant(w)
        with precision(self.bits):
            return total * self.constant(self.unit)

    def share(self, x: Symbol, log_mass: Expr, statistic: Expr, support: Support, majorant: Any = ()) -> Any:
        """An integral that is one of several: where it is tiny, its own digits do not matter."""
        try:
            return self.integral(x, log_mass, statistic, support, majorant)
        except Undecided:
            value = _problem(x, log_mass, statistic, support, majorant).enclose(-0.7 * self.bits, 2 * self.bits)
            if not value.is_finite():
                raise
            return value

    def integral(self, x: Symbol, log_mass: Expr, statistic: Expr, support: Support, majorant: Any = ()) -> Any:
        return self.relative(_problem(x, log_mass, statistic, support, majorant), self.bits)


def _problem(x: Symbol, log_mass: Expr, statistic: Expr, support: Support, majorant: Any) -> Integral1D | Sum1D:
    if isinstance(support, Continuum):
        return Integral1D(x, log_mass, statistic, support.lower, support.upper, majorant)
    if isinstance(support, Lattice):
        return Sum1D(x, log_mass, statistic, support.lower, support.upper, support.step, majorant)
    raise Unsupported(f"integrals over {support} are not enclosed")


def _clipped(root: Any, flint: Any) -> Any:
    """√(1 − S) where rounding leaves the sign of 1 − S open."""
    return root if root.is_finite() and root.imag.contains(0) else flint.acb("nan")


def _parts(support: Any, others: list[Any]) -> list[Support]:
    """The support cut where another begins or ends, so that each part lies in another support or meets none of it."""
    kind = type(support)
    if not isinstance(support, (Continuum, Lattice)):
        raise Unsupported(f"integrals over {support} are not enclosed")
    step = support.step if isinstance(support, Lattice) else None
    first, ends = support.lower, []
    for other in others:
        if isinstance(other, kind) and other != support:
            if isinstance(other, Lattice):
                anchor = other.lower if other.lower.is_finite else other.upper
                if other.step != step or (
                    anchor.is_finite and not decide(Lattice(S.NegativeInfinity, S.Infinity, 1).contains(anchor - some_point(support)))
                ):
                    raise Unsupported(f"the points common to {support} and {other} are not enclosed")
            # A part ends before another support begins, and where one ends.
            ends += [other.lower - (step or 0), other.upper]
    inside: list[Any] = [end for end in ends if end.is_finite and _before(first, end, step) and sign_of(end - support.upper) < 0]
    parts: list[Support] = []
    last: Any
    for last in [*sorted(set(inside), key=cmp_to_key(_order)), support.upper]:
        parts.append(Continuum(first, last) if step is None else Lattice(first, last, step))
        first = last + (step or 0)
    return parts


def _order(a: Any, b: Any) -> int:
    return sign_of(a - b)


def _before(first: Expr, end: Expr, step: Expr | None) -> bool:
    side = sign_of(end - first)
    return side > 0 or (step is not None and side == 0)


def _covers(support: Support, part: Support) -> bool:
    return support.discrete == part.discrete and decide(part.within(support))
