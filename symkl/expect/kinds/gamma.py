"""Standard gamma: u^{s−1} e^{−u}/Γ(s) on (0, ∞). A log-density made of log x and one power x^k is of this kind, by u = c·x^k."""

from __future__ import annotations

from sympy import Expr, S, gamma, log, loggamma

from symkl.expect.kinds.common import HALF_LINE, U, coefficient_of, one_power, piece, positive, scaled
from symkl.expect.ratios import bell, gamma_ratio, psi
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts

__all__ = ["KIND", "match", "moment"]

KIND = "gamma"


def match(profile: Profile) -> Piece | None:
    if profile.support != HALF_LINE:
        return None
    _, terms = profile.terms()
    found = one_power(terms)
    if found is None or len(terms) > 2 or any(m not in (Monomial(logs=1), Monomial(power=found[1])) for _, m in terms):
        return None
    coefficient, k = found
    if not profile.facts.is_positive(-coefficient):
        return None
    s = (coefficient_of(terms, Monomial(logs=1)) + 1) / k
    s = s.cancel() if s.is_rational_function() else s
    if profile.facts.is_positive(s) is False:
        return None
    return piece(KIND, (s,), scaled(-coefficient, k), (s - 1) * log(U) - U - loggamma(s), U, HALF_LINE)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r log^n u e^{cu}] = ∂_s^n [Γ(s+r)(1−c)^{−s−r}]/Γ(s)."""
    if monomial.factors:
        return None
    (s,) = this.parameters
    shifted, rate = s + monomial.power, 1 - monomial.rate
    shape_positive, rate_positive = positive(shifted, facts), positive(rate, facts)
    if shape_positive is None or rate_positive is None:
        return None

    def cumulant(i: int, j: int) -> Expr:
        return psi(i - 1, shifted) - (log(rate) if i == 1 and rate != 1 else S.Zero)

    value = gamma_ratio(s, monomial.power) * rate ** (-shifted) * bell(monomial.logs, 0, cumulant)
    return Moment(value, "gamma", (("s", shifted), ("t", rate)), (("s", monomial.logs),), 1 / gamma(s), shape_positive + rate_positive)
