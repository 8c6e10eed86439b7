"""Standard beta: u^{a−1}(1−u)^{b−1}/B(a, b) on (0, 1). A log-density made of log x and log(1−x^k) is of this kind, by u = x^k."""

from __future__ import annotations

from sympy import Expr, S, gamma, hyper, log, loggamma

from symkl.expect.kinds.common import UNIT, U, atom_exponents, coefficient_of, piece, positive, scaled_logarithm
from symkl.expect.ratios import bell, gamma_ratio, psi
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial, expand_in
from symkl.form.facts import Facts
from symkl.masters.beta_logarithm import mean_logarithm

__all__ = ["KIND", "match", "moment"]

KIND = "beta"


def match(profile: Profile) -> Piece | None:
    if profile.support != UNIT:
        return None
    _, terms = profile.terms()
    x = profile.variable
    k: Expr = S.One
    slope: Expr = S.Zero
    for c, m in terms:
        if m == Monomial(logs=1):
            continue
        if m.power != 0 or m.logs or m.rate != 0 or len(m.factors) != 1 or m.factors[0][1] != 1 or not isinstance(m.factors[0][0], log):
            return None
        exponent = complement_exponent(m.factors[0][0].args[0], profile)
        if exponent is None or slope != 0:
            return None
        k, slope = exponent, c
    s = (coefficient_of(terms, Monomial(logs=1)) + 1) / k
    s = s.cancel() if s.is_rational_function() else s
    b = slope + 1
    if profile.facts.is_positive(s) is False or profile.facts.is_positive(b) is False:
        return None
    log_density = (s - 1) * log(U) + (b - 1) * log(1 - U) - loggamma(s) - loggamma(b) + loggamma(s + b)
    return piece(KIND, (s, b), U ** (1 / k), log_density.xreplace({x: U}), U, UNIT)


def complement_exponent(inside: Expr, profile: Profile) -> Expr | None:
    """k if inside is 1 − x^k."""
    terms = expand_in(1 - inside, profile.variable, profile.facts)
    if len(terms) == 1 and terms[0].coefficient == 1 and terms[0].monomial == Monomial(power=terms[0].monomial.power):
        k = terms[0].monomial.power
        return k if profile.facts.is_positive(k) else None
    return None


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r log^n u (1−u)^t log^m(1−u)] = ∂_a^n ∂_b^m B(a+r, b+t)/B(a, b)."""
    u = this.variable
    exponents = atom_exponents(monomial, (1 - u, log(1 - u)))
    if exponents is None:
        return _logarithm_moment(this, monomial, facts) if monomial.rate == 0 else None
    t, m = exponents
    if monomial.rate != 0:
        return _exponential_moment(this, monomial, t, facts) if m == 0 and monomial.logs == 0 else None
    if not (m.is_Integer and m >= 0):
        return None
    a, b = this.parameters
    left, right = a + monomial.power, b + t
    left_positive, right_positive = positive(left, facts), positive(right, facts)
    if left_positive is None or right_positive is None:
        return None

    def cumulant(i: int, j: int) -> Expr:
        total = -psi(i + j - 1, left + right)
        if j == 0:
            total += psi(i - 1, left)
        if i == 0:
            total += psi(j - 1, right)
        return total

    ratio = gamma_ratio(a, monomial.power) * gamma_ratio(b, t) / gamma_ratio(a + b, monomial.power + t)
    value = ratio * bell(monomial.logs, int(m), cumulant)
    coefficient = gamma(a + b) / (gamma(a) * gamma(b))
    return Moment(value, "beta", (("a", left), ("b", right)), (("a", monomial.logs), ("b", int(m))), coefficient, left_positive + right_positive)


def _exponential_moment(this: Piece, monomial: Monomial, t: Expr, facts: Facts) -> Moment | None:
    """E[u^r (1−u)^t e^{cu}] = B(a+r, b+t)/B(a, b) · ₁F₁(a+r; a+b+r+t; c)."""
    a, b = this.parameters
    left, right, c = a + monomial.power, b + t, monomial.rate
    if a == 1 and b == 1 and monomial.power.is_Integer and t == 0:
        return None  # a uniform law has an elementary antiderivative
    left_positive, right_positive = positive(left, facts), positive(right, facts)
    if left_positive is None or right_positive is None:
        return None
    ratio = gamma_ratio(a, monomial.power) * gamma_ratio(b, t) / gamma_ratio(a + b, monomial.power + t)
    coefficient = gamma(a + b) / (gamma(a) * gamma(b))
    value = ratio * hyper((left,), (left + right,), c)
    return Moment(value, "confluent", (("a", left), ("b", right), ("c", c)), (), coefficient, left_positive + right_positive)


def _logarithm_moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r (1−u)^t log(1+λu)], λ > 0, through the beta prime law of u/(1−u)."""
    u = this.variable
    lam, rest = scaled_logarithm(monomial, u, facts)
    exponents = atom_exponents(rest, (1 - u,)) if lam is not None else None
    a, b = this.parameters
    if lam is None or exponents is None or rest.logs or a == b == 1:
        return None  # a uniform law has an elementary antiderivative
    left, right = a + monomial.power, b + exponents[0]
    left_positive, right_positive = positive(left, facts), positive(right, facts)
    if left_positive is None or right_positive is None:
        return None
    _, above = mean_logarithm(left, right, 1 + lam)
    ratio = gamma_ratio(a, monomial.power) * gamma_ratio(b, exponents[0]) / gamma_ratio(a + b, monomial.power + exponents[0])
    value = ratio * (above - psi(0, left + right) + psi(0, right))
    coefficient = gamma(a + b) / (gamma(a) * gamma(b))
    values = (("a", left), ("b", right), ("lam", lam))
    return Moment(value, "beta_logarithm", values, (), coefficient, left_positive + right_positive)
