"""The Mellin and Laplace transforms of e^{−u}/(1 + e^{−u})², the slope of the logistic function."""

from sympy import Eq, EulerGamma, Piecewise, S, digamma, exp, gamma, log, oo, pi, symbols, zeta

from symkl.masters.base import Master

__all__ = ["HALF_LOGISTIC", "HALF_LOGISTIC_LOG", "HALF_LOGISTIC_RATE"]

u = symbols("u", positive=True)
s, t = symbols("s t", real=True)
_SLOPE = exp(-u) / (1 + exp(-u)) ** 2

HALF_LOGISTIC = Master(
    name="half_logistic",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(s,),
    integrand=u ** (s - 1) * _SLOPE,
    value=gamma(s) * Piecewise((log(2), Eq(s, 2)), ((1 - 2 ** (2 - s)) * zeta(s - 1), True)),
    condition=s > 0,
    divergence="+oo at 0 if s <= 0",
    proof="e^(-u)/(1+e^(-u))^2 = sum (-1)^(k-1) k e^(-ku) gives Gamma(s) eta(s-1), with the eta function of DLMF 25.2.3, for s > 2; both sides are analytic for s > 0.",
)

HALF_LOGISTIC_LOG = Master(
    name="half_logistic_log",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(),
    integrand=log(u) * _SLOPE,
    value=(log(pi / 2) - EulerGamma) / 2,
    condition=S.true,
    divergence="converges",
    proof="The derivative of the entry above at s = 1, with eta(0) = 1/2 and eta'(0) = log(pi/2)/2 from zeta'(0) = -log(2 pi)/2; DLMF 25.6.11.",
)

HALF_LOGISTIC_RATE = Master(
    name="half_logistic_rate",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(t,),
    integrand=exp(t * u) * _SLOPE,
    value=(1 + t * (digamma(1 - t / 2) - digamma((1 - t) / 2))) / 2,
    condition=t < 1,
    divergence="+oo at infinity if t >= 1",
    proof="v = e^(-u) and parts: 1/2 + t times the integral of v^(-t)/(1+v) over (0, 1), which is the difference of digammas; DLMF 5.9.16.",
)
