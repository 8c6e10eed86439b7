"""The modified Bessel function of the first kind and of integer order."""

from sympy import besseli, cos, exp, pi, symbols

from symkl.masters.base import Master

__all__ = ["BESSEL_I"]

u, kappa = symbols("u kappa", real=True)
n = symbols("n", integer=True)

BESSEL_I = Master(
    name="bessel_i",
    variable=u,
    lower=-pi,
    upper=pi,
    parameters=(kappa, n),
    integrand=exp(kappa * cos(u)) * cos(n * u),
    value=2 * pi * besseli(n, kappa),
    condition=n >= 0,
    divergence="converges for every real kappa and every n; the value holds for integers n >= 0",
    proof="DLMF 10.32.3, the integrand being even.",
)
