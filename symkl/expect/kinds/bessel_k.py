"""Standard generalized inverse Gaussian: u^{ν−1} e^{−ω(u+1/u)/2}/(2K_ν(ω)) on (0, ∞). Log-densities made of log x, x^k and x^{−k}."""

from __future__ import annotations

from sympy import Derivative, Expr, Rational, S, Subs, Symbol, besselk, exp, expint, log, sqrt

from symkl.expect.kinds.common import HALF_LINE, U, coefficient_of, piece
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts

__all__ = ["KIND", "match", "moment"]

KIND = "bessel_k"


def match(profile: Profile) -> Piece | None:
    if profile.support != HALF_LINE:
        return None
    _, terms = profile.terms()
    powers = [(c, m.power) for c, m in terms if m == Monomial(power=m.power)]
    if len(powers) != 2 or any(m not in (Monomial(logs=1), Monomial(power=m.power)) for _, m in terms):
        return None
    (first, k), (second, other) = powers
    if (k + other).expand() != 0 or not profile.facts.is_positive(-first) or not profile.facts.is_positive(-second):
        return None
    if profile.facts.is_negative(k):
        k, first, second = other, second, first
    # −first·x^k − second·x^{−k} = ω(u + 1/u)/2 with u = x^k √(first/second).
    omega = 2 * _root(first * second)
    ratio = _root(first / second)
    nu = (coefficient_of(terms, Monomial(logs=1)) + 1) / k
    log_density = (nu - 1) * log(U) - omega / 2 * (U + 1 / U) - log(2 * besselk(nu, omega))
    return piece(KIND, (nu, omega), (U / ratio) ** (1 / k), log_density, U, HALF_LINE)


def _root(square: Expr) -> Expr:
    return sqrt(square.cancel().factor() if square.is_rational_function() else square)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r log^n u] = ∂_ν^n K_{ν+r}(ω)/K_ν(ω)."""
    nu, omega = this.parameters
    if monomial.factors or monomial.logs > 1:
        return None
    if monomial.rate != 0:
        return _tilted_moment(nu, omega, monomial, facts)
    order = (nu + monomial.power).expand()
    top = elementary_k(order, omega) if monomial.logs == 0 else order_derivative(order, omega)
    coefficient = 1 / (2 * besselk(nu, omega))
    return Moment(top / elementary_k(nu, omega), "bessel_k", (("nu", order), ("omega", omega)), (("nu", monomial.logs),), coefficient)


def _tilted_moment(nu: Expr, omega: Expr, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r e^{cu}] = (ω/(ω−2c))^{(ν+r)/2} K_{ν+r}(√(ω(ω−2c)))/K_ν(ω)."""
    slope = omega - 2 * monomial.rate
    if monomial.logs or not facts.is_positive(slope):
        # At slope 0 the integral may be finite, but it is another one.
        return None
    order = (nu + monomial.power).expand()
    value = (omega / slope) ** (order / 2) * elementary_k(order, sqrt(omega * slope)) / elementary_k(nu, omega)
    values = (("nu", order), ("chi", omega), ("psi", slope))
    return Moment(value, "bessel_k_scaled", values, (), 1 / (2 * besselk(nu, omega)))


def elementary_k(nu: Expr, omega: Expr) -> Expr:
    """K_ν(ω), elementary at half-integers: the recurrence K_{ν+1} = K_{ν−1} + (2ν/ω)K_ν from K_{1/2} = √(π/2ω) e^{−ω}."""
    order = abs(nu) if nu.is_Rational else nu
    if not (isinstance(order, Rational) and order.q == 2 and order < 12):
        return besselk(order, omega)
    below = above = sqrt(S.Pi / (2 * omega)) * exp(-omega)
    at = Rational(1, 2)
    while at < order:
        below, above = above, below + (2 * at / omega) * above
        at += 1
    return above


def order_derivative(nu: Expr, omega: Expr) -> Expr:
    """∂K_ν(ω)/∂ν: at ν = ±1/2 it is ±√(π/2ω) e^{ω} E₁(2ω), at 0 zero (DLMF 10.38.7), elsewhere unevaluated."""
    if nu == 0:
        return S.Zero
    if abs(nu) == S.Half:
        sign = S.One if nu > 0 else S.NegativeOne
        return sign * sqrt(S.Pi / (2 * omega)) * exp(omega) * expint(1, 2 * omega)
    if isinstance(nu, Rational) and nu.q == 2 and abs(nu) < 6:
        return _half_integer_derivative(nu, omega)
    order = Symbol("nu", real=True)
    return Subs(Derivative(besselk(order, omega), order), order, nu)


def _half_integer_derivative(nu: Expr, omega: Expr) -> Expr:
    """The recurrence differentiated: K'_{ν+1} = K'_{ν−1} + (2ν/ω)K'_ν + (2/ω)K_ν; ∂K is odd in ν."""
    if nu < 0:
        return -_half_integer_derivative(-nu, omega)
    if nu == S.Half:
        return order_derivative(nu, omega)
    below = nu - 1
    return -order_derivative(-(below - 1), omega) + (2 * below / omega) * order_derivative(below, omega) + (2 / omega) * elementary_k(below, omega)
