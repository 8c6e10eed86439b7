"""Total variation and Jensen-Shannon divergence of laws so far apart that nothing else of them matters, from ρ = ∫ √(pq).

1 − ρ ≤ TV ≤ 1; and h(w) − 2 log 2 √(w₁w₂) ρ ≤ JSD ≤ h(w), since h(π) ≤ 2 log 2 √(π(1 − π)) for the posterior π, whose mean is √(w₁w₂) ρ.
"""

from __future__ import annotations

from typing import Any

from sympy import log, sqrt

from symkl.core.divergences import Hellinger, JensenShannon, TotalVariation
from symkl.errors import Undecided
from symkl.exact.arithmetic import bits_of, flint_module, precision
from symkl.exact.ball import Ball
from symkl.exact.enclosures import enclosure_of
from symkl.exact.laws import closed_form

__all__ = ["by_affinity"]

def by_affinity(head: Any, digits: int) -> Ball:
    """The measure where ρ, of a closed form, is below 10^-digits; `NoClosedForm` or `Undecided` elsewhere."""
    if flint_module() is None or not isinstance(head, (TotalVariation, JensenShannon)) or len(head.laws) != 2:
        raise Undecided("there is no other way")
    bits = bits_of(digits) + 64
    distance = enclosure_of(closed_form(Hellinger(*head.laws)))(bits).real
    with precision(bits) as flint:
        affinity = (1 - distance * distance).upper()
        if not affinity < 1:
            raise Undecided("the laws are not far apart")
        rho = flint.arb(0).union(affinity)
        value = 1 - rho
        if isinstance(head, JensenShannon):
            w, v = head.weights
            whole, factor, unit = (enclosure_of(each)(flint.ctx.prec).real for each in (-w * log(w) - v * log(v), 2 * log(2) * sqrt(w * v), log(head.base)))
            value = (whole - factor * rho) / unit
        ball = Ball.from_arb(value, digits)
    if ball.digits < digits:
        raise Undecided("the laws are not far apart")
    return ball
