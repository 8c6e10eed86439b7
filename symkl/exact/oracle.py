"""The oracle: enclosures of defining sums and integrals, from the densities alone; nothing here knows a closed form."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from math import inf
from typing import Any

from sympy import Add, Expr, Integral, Piecewise, Rational, S, Sum, log

from symkl.core.composite import Mixture
from symkl.core.divergences import Divergence, JensenShannon
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.arithmetic import bits_of, flint_module, precision
from symkl.exact.arms import Diverges
from symkl.exact.ball import Ball
from symkl.exact.enclosures import enclosure_of, prepared, proved_zero
from symkl.exact.gammagaps import with_whole_gaps
from symkl.exact.gaps import MOST_ORDERS, gap_of_logarithms
from symkl.exact.integrals import Integral1D
from symkl.exact.laws import log_density_at, point_of
from symkl.exact.leaving import leaves
from symkl.exact.meeting import common_support
from symkl.exact.nearby import are_near, beyond, from_mean, majorant, outside, second_order
from symkl.exact.program import Unsupported
from symkl.exact.scales import LN2
from symkl.exact.sums import Sum1D
from symkl.exact.work import reached
from symkl.form.zero import is_zero

__all__ = ["Diverges", "enclose_bits", "enclose_defining", "relative_constant", "relative_enclosure"]

TRIES = 60
# The precision of the last attempt, in multiples of the bits asked.
LIMIT_FACTOR = 24
MOST_EXTRA, LONG_GUARD = 1 << 14, 64
# Bits by which the value may be smaller than the integrand.
MOST_BELOW = 4000
# Attempts in a row that may bring no smaller radius.
MOST_IN_VAIN = 3
GUARD_BITS = 12
# Laws with parameters that are close beside their own size are near where a statistic of second order has no larger mass, as a logarithm.
HIGHEST = -14.0
# The logarithm of the largest mass of an integrand cannot be as small as this, unless the search for it went wrong.
LEAST_HEIGHT = -1e5


def enclose_defining(head: Expr, digits: int = 30) -> Ball:
    """A rigorous ball around ∫ p T dx or Σ p T for a head or `Expectation` at numbers, from its definition only.

    Absolute continuity is read off the supports: KL and cross-entropy are oo where P ≪ Q fails, and where the integral is
    proved to diverge. `Undecided` where no bound of a tail is proved.

    >>> from symkl import KL, Exponential
    >>> print(enclose_defining(KL(Exponential(1), Exponential(2)), 20))
    0.30685281944005469058
    """
    if head.free_symbols:
        raise DomainError(f"{head} has no value until its symbols are given")
    if flint_module() is None:
        raise Undecided("enclosures of defining sums and integrals need python-flint, which is not installed")
    bits = bits_of(digits) + GUARD_BITS
    for _ in range(TRIES):
        try:
            value = enclose_bits(head, bits)
        except Diverges as infinite:
            return Ball.infinite(infinite.sign)
        if value.real.is_zero():
            return Ball.exact(0, digits)
        ball = Ball.from_arb(value.real, digits)
        if ball.digits >= digits:
            return ball
        bits += 32
    raise Undecided(f"{head} was not enclosed to {digits} digits")


@lru_cache(maxsize=256)
def enclose_bits(node: Any, bits: int) -> Any:
    """A complex ball around the value of a head, expectation, integral or infinite sum, with `bits` right bits or an exact zero."""
    if isinstance(node, Head):
        return _head(node, bits)
    if isinstance(node, Expectation):
        return _expectation(node.under, node.variable, node.statistic, bits)
    if isinstance(node, Integral):
        x, lower, upper = _limits(node)
        return relative_enclosure(Integral1D(x, S.Zero, prepared(node.function), lower, upper), bits)
    if isinstance(node, Sum):
        k, lower, upper = _limits(node)
        return relative_enclosure(Sum1D(k, S.Zero, prepared(node.function), lower, upper), bits)
    raise Unsupported(f"no enclosure is known of {node.func.__name__}")


def _limits(node: Any) -> tuple[Any, Any, Any]:
    if len(node.limits) != 1 or len(node.limits[0]) != 3:
        raise Unsupported(f"only definite sums and integrals over one variable are enclosed: {node}")
    return node.limits[0]


def _head(head: Any, bits: int) -> Any:
    if isinstance(head, Divergence):
        from symkl.exact.divergences import enclose_divergence

        return enclose_divergence(head, bits)
    P = head.laws[0]
    if isinstance(P, Mixture) and len(P.components) > 1:
        with suppress(Undecided):
            return _of_law(head, P, bits)
        return _of_parts(head, P, bits)
    return _of_law(head, P, bits)


def _of_parts(head: Any, P: Mixture, bits: int) -> Any:
    """Of a mixture whose components lie so far apart that no integral over all of it is had: H(P) = Σ w_i H(P_i) + JSD_w(P_1, …),
    H(P, Q) = Σ w_i H(P_i, Q) and KL(P ‖ Q) = Σ w_i KL(P_i ‖ Q) − JSD_w.
    """
    parts: list[Expr] = [w * head.func(law, *head.args[1:]) for w, law in zip(P.weights, P.components)]
    if not isinstance(head, CrossEntropy):
        parts.append((1 if isinstance(head, Entropy) else -1) * JensenShannon(*P.components, weights=P.weights, base=None if head.base is S.Exp1 else head.base))
    return relative_constant(Add(*parts), bits)


def _of_law(head: Any, P: Law, bits: int) -> Any:
    x = point_of(P.support)
    scale = 1 / log(head.base)
    if isinstance(head, Entropy):
        value = _expectation(P, x, -log_density_at(P, x), bits + 4)
    elif isinstance(head, (KL, CrossEntropy)):
        Q = head.laws[1]
        if leaves(P, Q):
            raise Diverges(1)
        if isinstance(head, KL) and P == Q:
            with precision(bits) as flint:
                return flint.acb(0)
        if isinstance(head, KL) and (near := of_near_laws(head, bits)) is not None:
            return near
        surprise = -log_density_at(Q, x)
        value = _expectation(P, x, with_whole_gaps(surprise + log_density_at(P, x)) if isinstance(head, KL) else surprise, bits + 4)
    else:
        raise Unsupported(f"{type(head).__name__} has no definition here")
    if scale == 1:
        return value
    with precision(bits + 16):
        return value * enclosure_of(scale)(bits + 16)


def of_near_laws(head: Any, bits: int) -> Any:
    """A measure of two laws that nearly agree, from an integrand of second order; None where that is not to be had."""
    if len(head.laws) != 2:
        return None
    P, Q = head.laws
    weights = (S.Zero, S.One) if isinstance(head, KL) else beyond(head)
    if P.support != Q.support and weights is None:
        return None
    x = point_of(P.support)
    try:
        for more in range(MOST_ORDERS):
            gap = gap_of_logarithms(P, Q, x, bits, more)
            if gap is None or (statistic := second_order(head, gap)) is None:
                return None
            support = common_support(P, Q)
            if support is None:
                return None
            mean = _expectation(P, x, statistic, bits + 8, majorant(head, x, gap), inf if are_near(head) else HIGHEST, support)
            for law, weight in zip((P, Q), weights or ()):
                if law.support != support and weight != 0:
                    mean = _with_outside(mean, support, law, weight, x, bits + 8)
            with precision(bits + 16):
                value = from_mean(head, mean, bits + 16)
            if value.is_finite() and value.real.rel_accuracy_bits() >= bits:
                return value
    except (Undecided, NoClosedForm):
        return None
    return None


def _with_outside(mean: Any, support: Any, law: Law, weight: Expr, x: Any, bits: int) -> Any:
    """With the weight times the mass that the law has beyond a support."""
    if not isinstance(support, Continuum):
        raise Unsupported(f"what {law} has beyond {support} is not enclosed")
    for piece in outside(support, law.support):
        part = relative_enclosure(Integral1D(x, log_density_at(law, x), S.One, piece.lower, piece.upper), bits)
        with precision(bits + 16):
            mean = mean + part * enclosure_of(weight)(bits + 16)
    return mean


def _expectation(P: Law, x: Any, statistic: Expr, bits: int, majorant: Any = (), highest: float = inf, within: Support | None = None) -> Any:
    """E_P[T], or the part of it within a support; `Undecided` where the integrand is larger than e^highest."""
    support: Support = within or P.support
    if isinstance(support, Outcomes):
        return _over_outcomes(P, x, statistic, support.args, bits)
    density = log_density_at(P, x)
    if isinstance(support, Continuum):
        problem: Any = Integral1D(x, density, statistic, support.lower, support.upper, majorant)
    elif isinstance(support, Lattice):
        points = support.points(64) if density.has(Piecewise) or statistic.has(Piecewise) else None
        if points is not None:
            return _over_outcomes(P, x, statistic, points, bits)
        problem = Sum1D(x, density, statistic, support.lower, support.upper, support.step, majorant)
    else:
        raise Unsupported(f"expectations over {support} are not enclosed")
    if highest < inf and problem.height > highest:
        raise Undecided("the integrand is not small")
    return relative_enclosure(problem, bits)


def _over_outcomes(P: Law, x: Any, statistic: Expr, points: Any, bits: int) -> Any:
    """Σ p(x_i) T(x_i), exactly as an expression, then as a ball."""
    total = sum((P.density(point) * statistic.xreplace({x: point}) for point in points), S.Zero)
    return relative_constant(prepared(total), bits)


def relative_constant(expr: Expr, bits: int) -> Any:
    enclosure, work = enclosure_of(expr), bits + 16
    for _ in range(12):
        value = enclosure(work)
        if value.is_finite() and value.real.rel_accuracy_bits() >= bits:
            return value
        if value.real.contains(0) and proved_zero(expr):
            return value * 0
        work *= 2
    raise Undecided(f"{expr} was not enclosed")


def _longest(problem: Integral1D) -> int:
    """Bits of the longest number of an integrand, which may all be needed, as in 1 + 10^-300."""
    numbers = problem.log_density.atoms(Rational) | problem.statistic.atoms(Rational)
    longest = max((max(int(abs(r.p)).bit_length(), int(r.q).bit_length()) for r in numbers), default=0)
    return longest + LONG_GUARD if longest < MOST_EXTRA // 2 else 0


def relative_enclosure(problem: Integral1D | Sum1D, bits: int) -> Any:
    """A complex ball around the value with `bits` right bits; raises `Diverges`, or `Undecided` where it cannot be had.

    The first attempt takes the value to be about as large as the integrand; where it is smaller by cancellation, the
    tolerance follows it down.
    """
    height = problem.height
    if height == -inf:
        height = 0.0
    if height < LEAST_HEIGHT:
        raise Undecided("the place where the mass lies was not found")
    log_tolerance = height - (bits + 4) * LN2
    lowest = height - max(LIMIT_FACTOR * bits, MOST_BELOW) * LN2
    extra, best, in_vain = 40, inf, 0
    for _ in range(TRIES):
        work = max(64, int((height - log_tolerance) / LN2) + extra)
        value = problem.enclose(log_tolerance, work)
        if value.real.is_zero():
            return value
        if value.is_finite():
            reached(int(value.real.rel_accuracy_bits()), bits, work)
            if value.real.rel_accuracy_bits() >= bits:
                return value
            radius = float(value.real.rad().log())
            best, in_vain = min(best, radius), in_vain + 1 if radius > best - 1 else 0
            if radius > log_tolerance + 3:
                extra *= 2
            elif value.real.contains(0):
                if is_zero(problem.statistic) is True:
                    return value * 0
                if log_tolerance == lowest:
                    break
                log_tolerance = max(log_tolerance - min(2 * (height - log_tolerance), 4000.0), lowest)
            else:
                size = float(abs(value.real).mid().log())
                log_tolerance = min(log_tolerance - 4, size - (bits + 4) * LN2)
        else:
            # Bits are cheap in a sum, and the digits of a number such as 1 + 10^-300 may all be needed.
            extra = max(extra * 2, 3 * work if isinstance(problem, Sum1D) else max(work // 2, _longest(problem)))
            in_vain += 1
        if in_vain > MOST_IN_VAIN or extra > MOST_EXTRA or log_tolerance < lowest:
            break
    raise Undecided("the quadrature does not reach the precision asked", (f"{work} bits of working precision",))
