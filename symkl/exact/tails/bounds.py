"""What an expansion proves of the tail: a bound of its integral or sum, or that it diverges."""

from __future__ import annotations

from typing import Any

from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.monomials import ONE, Monomial, Terms, compare, derivative_terms, merged
from symkl.exact.tails.numbers import RATIONAL, Q, acb, is_exact, sign

__all__ = ["divergence", "integral_bound", "integral_value", "sum_bound"]

MINUS = Q(-1)


def integral_bound(ray: Ray, s: Terms) -> Any:
    """An upper bound of ∫ |s| dv over the ray: each c·m is at most |c| m(V) V/κ, with −d log(v m)/d log v ≥ κ > 0."""
    total = ray.flint.arb(0)
    for m, c in s.items():
        total += abs(acb(c)) * ray.at_start(m) / decay(ray, m)
    return (total * ray.flint.arb(2) ** ray.start).abs_upper()


def integral_value(ray: Ray, s: Terms) -> Any:
    """A ball that holds ∫ s dv over the ray: c v^{−1−q} log^n v exactly, other terms by their bound.

    ∫_V^∞ v^{−1−q} log^n v dv = V^{−q} Σ_j n!/(n−j)! log^{n−j} V / q^{j+1}.
    """
    total, log_start = ray.flint.acb(0), ray.logs[0]
    for m, c in s.items():
        q, n = -1 - acb(m.power).real, m.log
        if not m.exponent and not m.loglog and isinstance(n, RATIONAL) and n.denominator == 1 and n >= 0 and q > 0:
            part = whole = log_start ** int(n) / q
            for j in range(int(n)):
                part = part * (int(n) - j) / (log_start * q)
                whole += part
            total += acb(c) * whole * (-q * log_start).exp()
        else:
            total += ray.flint.acb(ray.flint.arb(0, integral_bound(ray, {m: c})))
    return total


def sum_bound(ray: Ray, s: Terms, density: Any) -> Any:
    """An upper bound of Σ |s(v_k)| over points v_k ≥ V with `density` points in each unit: first term plus integral."""
    total, reach = ray.flint.arb(0), density * ray.flint.arb(2) ** ray.start
    for m, c in s.items():
        total += abs(acb(c)) * ray.supremum(m) * (1 + reach / decay(ray, m))
    return total.abs_upper()


def decay(ray: Ray, m: Monomial) -> Any:
    """κ > 0 with −d log(v m(v))/d log v ≥ κ at every point of the ray."""
    rate = merged([(n, -acb(c).real if not is_exact(c) else -c) for n, c in derivative_terms(m).items()], [(ONE, MINUS)])
    bound = lower_bound(ray, rate)
    if not bound > 0:
        raise NotFarEnough("the tail does not decay yet")
    return bound


def lower_bound(ray: Ray, s: Terms) -> Any:
    """A number that s is at least, at every point of the ray."""
    if not s:
        raise NotFarEnough("a term decays exactly like 1/v")
    lead = ray.leading(s)
    bracket = ray.bracket(s, lead).real.lower()
    order = compare(lead, ONE)
    if order == 0:
        return bracket
    if order > 0 and bracket > 0 and ray.is_falling(ray.ratio(ONE, lead)):
        return (bracket * ray.least_at_start(lead)).lower()
    raise NotFarEnough("a rate of decay is not yet settled")


def divergence(ray: Ray, s: Terms) -> int:
    """The sign of ∞ to which ∫ s dv is proved to diverge; 0 where nothing is proved."""
    if not s:
        return 0
    lead = ray.leading(s)
    outcome = sign(s[lead])
    if not outcome or not _diverges(ray, lead):
        return 0
    # Near infinity the leading term keeps at least a part of its size, so s has its sign and diverges with it.
    rest = ray.bracket({m: c for m, c in s.items() if m != lead} | {lead: Q(0)}, lead)
    return outcome if (abs(acb(s[lead])) > 0 and abs(rest) < abs(acb(s[lead]))) else 0


def _diverges(ray: Ray, m: Monomial) -> bool:
    """Whether ∫ m dv = ∞: v·m does not fall; 1/v · (log v)^b … is m in log v."""
    rate = merged([(n, -c) for n, c in derivative_terms(m).items() if is_exact(c)], [(ONE, MINUS)])
    if not rate or ray.is_nonpositive(rate):
        return True
    if not m.exponent and m.power == MINUS:
        return _diverges(ray, Monomial(m.log, m.loglog))
    return False
