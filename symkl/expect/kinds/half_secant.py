"""Standard half secant: (2/π) sech u on (0, ∞). A log-density −cx − log(1 + e^{−2cx})."""

from __future__ import annotations

from sympy import Rational, exp, log, pi

from symkl.expect.kinds.common import HALF_LINE, U, piece, positive, rate_of_fold
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts
from symkl.masters.half_secant import HALF_SECANT

__all__ = ["KIND", "match", "moment"]

KIND = "half_secant"


def match(profile: Profile) -> Piece | None:
    """A log-density −cx − log(1 + e^{−2cx}) with c > 0: u = cx."""
    rate = rate_of_fold(profile, power=1, stretch=2)
    return None if rate is None else piece(KIND, (), U / rate, log(4 / pi) - U - log(1 + exp(-2 * U)), U, HALF_LINE)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r] = (4/π) Γ(r+1) Σ (−1)^k (2k+1)^{−r−1}."""
    above = positive(monomial.power + 1, facts) if monomial == Monomial(power=monomial.power) else None
    if above is None:
        return None
    order, coefficient = monomial.power + 1, Rational(4) / pi
    return Moment(coefficient * HALF_SECANT.value_at({HALF_SECANT.parameter("s"): order}), HALF_SECANT.name, (("s", order),), (), coefficient, above)
