"""Standard beta prime: u^{a−1}(1+u)^{−c} Γ(c)/(Γ(a)Γ(c−a)) on (0, ∞). Log-densities made of log x and log(1+λx^k), by u = λx^k."""

from __future__ import annotations

from sympy import Eq, Expr, Piecewise, S, gamma, log, loggamma, pi, sqrt

from symkl.expect.kinds.common import HALF_LINE, U, atom_exponents, coefficient_of, piece, positive, scaled, scaled_logarithm
from symkl.expect.ratios import bell, gamma_ratio, psi
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial, expand_in
from symkl.form.facts import Facts
from symkl.masters.beta_logarithm import mean_logarithm

__all__ = ["KIND", "match", "moment"]

KIND = "beta_prime"


def match(profile: Profile) -> Piece | None:
    if profile.support != HALF_LINE:
        return None
    _, terms = profile.terms()
    others = [(c, m) for c, m in terms if m != Monomial(logs=1)]
    if len(others) != 1:
        return None
    slope, m = others[0]
    if m.power != 0 or m.logs or m.rate != 0 or len(m.factors) != 1 or m.factors[0][1] != 1 or not isinstance(m.factors[0][0], log):
        return None
    inside = expand_in(m.factors[0][0].args[0] - 1, profile.variable, profile.facts)
    if len(inside) != 1:
        return None
    scale, power = inside[0].coefficient, inside[0].monomial
    k = power.power
    if power != Monomial(power=k) or k == 0 or not profile.facts.is_positive(scale):
        return None
    a = (coefficient_of(terms, Monomial(logs=1)) + 1) / k
    a = a.cancel() if a.is_rational_function() else a
    c = -slope
    log_density = (a - 1) * log(U) - c * log(1 + U) + loggamma(c) - loggamma(a) - loggamma(c - a)
    return piece(KIND, (a, c), scaled(scale, k), log_density, U, HALF_LINE)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r log^n u (1+u)^t log^m(1+u)] = (−1)^m ∂_a^n ∂_c^m Z(a+r, c−t)/Z(a, c) with Z(a, c) = Γ(a)Γ(c−a)/Γ(c)."""
    u = this.variable
    exponents = atom_exponents(monomial, (1 + u, log(1 + u)))
    if monomial.rate != 0:
        return None
    if exponents is None:
        return _logarithm_moment(this, monomial, facts)
    t, m = exponents
    if not (m.is_Integer and m >= 0):
        return None
    a, c = this.parameters
    left, total = a + monomial.power, c - t
    right = (total - left).expand()
    left_positive, right_positive = positive(left, facts), positive(right, facts)
    if left_positive is None or right_positive is None:
        return None

    def cumulant(i: int, j: int) -> Expr:
        value = (-1) ** i * psi(i + j - 1, right)
        if j == 0:
            value += psi(i - 1, left)
        if i == 0:
            value -= psi(j - 1, total)
        return value

    ratio = gamma_ratio(a, monomial.power) * gamma_ratio((c - a).expand(), (-t - monomial.power).expand()) / gamma_ratio(c, -t)
    value = ratio * S.NegativeOne ** int(m) * bell(monomial.logs, int(m), cumulant)
    coefficient = S.NegativeOne ** int(m) * gamma(c) / (gamma(a) * gamma(c - a))
    orders = (("a", monomial.logs), ("c", int(m)))
    return Moment(value, "beta_prime", (("a", left), ("c", total)), orders, coefficient, left_positive + right_positive)


def _logarithm_moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r (1+u)^t log(1+λu)] = Z(a+r, c−t)/Z(a, c) · E' log(1+λU') for the shifted law."""
    u = this.variable
    lam, rest = scaled_logarithm(monomial, u, facts)
    exponents = atom_exponents(rest, (1 + u,)) if lam is not None else None
    if lam is None or exponents is None or rest.logs:
        return None
    a, c = this.parameters
    left, total = a + monomial.power, c - exponents[0]
    right = (total - left).expand()
    left_positive, right_positive = positive(left, facts), positive(right, facts)
    if left_positive is None or right_positive is None:
        return None
    if left == S.Half and total == 1 and (a, c) == (left, total):
        return Moment(2 * log(1 + sqrt(lam)), "arc_logarithm", (("lam", lam),), (), 1 / pi)
    if left == 1 and total == 2 and (a, c) == (left, total):
        at_one: Expr = S.One if lam == 1 else Piecewise((S.One, Eq(lam, 1)), (lam * log(lam) / (lam - 1), True))
        return Moment(at_one, "logistic_logarithm", (("lam", lam),))
    below, above = mean_logarithm(left, right, lam)
    side = facts.is_nonnegative(1 - lam)
    value = below if side else above if side is False or facts.is_nonnegative(lam - 1) else Piecewise((below, lam <= 1), (above, True))
    ratio = gamma_ratio(a, monomial.power) * gamma_ratio((c - a).expand(), (-exponents[0] - monomial.power).expand()) / gamma_ratio(c, -exponents[0])
    coefficient = gamma(c) / (gamma(a) * gamma(c - a))
    values = (("a", left), ("c", total), ("lam", lam))
    return Moment(ratio * value, "beta_prime_logarithm", values, (), coefficient, left_positive + right_positive)
