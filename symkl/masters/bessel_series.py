"""The generating function of the modified Bessel functions of integer order."""

from sympy import besseli, exp, oo, symbols

from symkl.masters.base import Master

__all__ = ["BESSEL_SERIES"]

k = symbols("k", integer=True)
c, t = symbols("c t", real=True)

BESSEL_SERIES = Master(
    name="bessel_series",
    variable=k,
    lower=-oo,
    upper=oo,
    parameters=(c, t),
    integrand=besseli(k, c) * t**k,
    value=exp(c * (t + 1 / t) / 2),
    condition=t > 0,
    divergence="converges for every real c and every t other than 0",
    proof="The product of the exponential series of ct/2 and c/(2t), collected by powers of t; DLMF 10.35.1.",
    discrete=True,
)
