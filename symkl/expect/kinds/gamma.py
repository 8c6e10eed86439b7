"""Standard gamma: u^{s−1} e^{−u}/Γ(s) on (0, ∞). A log-density made of log x and one power x^k is of this kind, by u = c·x^k."""

from __future__ import annotations

from sympy import Expr, Rational, S, besselk, exp, gamma, hyper, log, loggamma, sqrt

from symkl.expect.kinds.common import HALF_LINE, U, coefficient_of, one_power, piece, positive, scaled
from symkl.expect.ratios import bell, gamma_ratio, psi
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial, expand_in
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
        return _exponential_moment(this, monomial, facts)
    (s,) = this.parameters
    shifted, rate = s + monomial.power, 1 - monomial.rate
    shape_positive, rate_positive = positive(shifted, facts), positive(rate, facts)
    if shape_positive is None or rate_positive is None:
        return None

    def cumulant(i: int, j: int) -> Expr:
        return psi(i - 1, shifted) - (log(rate) if i == 1 and rate != 1 else S.Zero)

    value = gamma_ratio(s, monomial.power) * rate ** (-shifted) * bell(monomial.logs, 0, cumulant)
    return Moment(value, "gamma", (("s", shifted), ("t", rate)), (("s", monomial.logs),), 1 / gamma(s), shape_positive + rate_positive)


def _exponential_moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r e^{c u^q}] for q = −1, by the Bessel K integral, and q = 1/2, by the Hermite integral."""
    (s,) = this.parameters
    if len(monomial.factors) != 1 or monomial.logs:
        return None
    base, exponent = monomial.factors[0]
    terms = expand_in(exponent * base.args[0], U, facts) if isinstance(base, exp) else []
    if len(terms) != 1 or terms[0].monomial != Monomial(power=terms[0].monomial.power):
        return None
    (c, m), order = terms[0], s + monomial.power
    if m.power == -1 and facts.is_positive(-c) and facts.is_positive(1 - monomial.rate):
        psi_, chi = 2 * (1 - monomial.rate), -2 * c
        value = 2 * (chi / psi_) ** (order / 2) * besselk(order, sqrt(chi * psi_)) / gamma(s)
        return Moment(value, "bessel_k_scaled", (("nu", order), ("chi", chi), ("psi", psi_)), (), 1 / gamma(s))
    shape = positive(order, facts)
    if m.power == S.Half and monomial.rate == 0 and shape is not None and not (2 * order).is_Integer:
        even = gamma_ratio(s, monomial.power) * hyper((order,), (S.Half,), c**2 / 4)
        odd = c * gamma_ratio(s, monomial.power + S.Half) * hyper((order + S.Half,), (Rational(3, 2),), c**2 / 4)
        return Moment(even + odd, "hermite", (("s", order), ("c", c)), (), 1 / gamma(s), shape)
    return None
