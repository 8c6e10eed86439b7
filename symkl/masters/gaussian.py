"""The Gaussian integral with a tilt, whose derivatives are all moments."""

from sympy import S, exp, oo, pi, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["GAUSSIAN"]

u, t = symbols("u t", real=True)

GAUSSIAN = Master(
    name="gaussian",
    variable=u,
    lower=-oo,
    upper=oo,
    parameters=(t,),
    integrand=exp(-(u**2) / 2 + t * u),
    value=sqrt(2 * pi) * exp(t**2 / 2),
    condition=S.true,
    divergence="converges for every real t",
    proof="-u²/2 + tu = t²/2 - (u - t)²/2, and the square of the integral at t = 0 is 2π in polar coordinates; DLMF 7.4.1.",
)
