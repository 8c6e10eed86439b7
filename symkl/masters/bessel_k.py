"""The modified Bessel function of the second kind, and its derivative in the order at ±1/2."""

from sympy import Rational, S, besselk, exp, expint, log, oo, pi, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["BESSEL_K", "BESSEL_K_LOG_HALF", "BESSEL_K_LOG_MINUS_HALF"]

u = symbols("u", positive=True)
nu, omega = symbols("nu omega", real=True)

BESSEL_K = Master(
    name="bessel_k",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(nu, omega),
    integrand=u ** (nu - 1) * exp(-omega * (u + 1 / u) / 2),
    value=2 * besselk(nu, omega),
    condition=omega > 0,
    divergence="+oo if omega < 0, or omega = 0 (at 0 if nu <= 0, at infinity if nu >= 0)",
    proof="u = e^v in DLMF 10.32.9, K_nu(ω) = ∫_0^oo exp(-ω cosh v) cosh(nu v) dv.",
)

_ORDER_DERIVATIVE = 2 * sqrt(pi / (2 * omega)) * exp(omega) * expint(1, 2 * omega)
_CITATION = "The derivative of the entry above in nu, with ∂K_nu(ω)/∂nu = ±√(π/(2ω)) e^ω E_1(2ω) at nu = ±1/2; DLMF 10.38.7."

BESSEL_K_LOG_HALF = Master(
    name="bessel_k_log_half",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(omega,),
    integrand=log(u) * u ** Rational(-1, 2) * exp(-omega * (u + 1 / u) / 2),
    value=_ORDER_DERIVATIVE,
    condition=omega > 0,
    divergence="+oo if omega <= 0: at infinity if omega = 0 (the end 0 is then integrable); of no sign of its own if omega < 0",
    proof=_CITATION,
)

BESSEL_K_LOG_MINUS_HALF = Master(
    name="bessel_k_log_minus_half",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(omega,),
    integrand=log(u) * u ** Rational(-3, 2) * exp(-omega * (u + 1 / u) / 2),
    value=-_ORDER_DERIVATIVE,
    condition=omega > 0,
    divergence="-oo at 0 if omega = 0; of no sign of its own if omega < 0",
    proof=_CITATION,
)
