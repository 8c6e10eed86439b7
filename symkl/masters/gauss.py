"""Gauss' sum of a hypergeometric series at 1, and its finite cousin, the convolution of Chu and Vandermonde."""

from sympy import And, S, factorial, gamma, oo, symbols

from symkl.masters.base import Master

__all__ = ["GAUSS", "VANDERMONDE"]

k = symbols("k", integer=True, nonnegative=True)
n = symbols("n", integer=True)
a, b, c = symbols("a b c", real=True)

GAUSS = Master(
    name="gauss",
    variable=k,
    lower=S.Zero,
    upper=oo,
    parameters=(a, b, c),
    integrand=gamma(k + a) * gamma(k + b) / (gamma(k + c) * factorial(k)),
    value=gamma(a) * gamma(b) * gamma(c - a - b) / (gamma(c - a) * gamma(c - b)),
    condition=And(a > 0, b > 0, c > a + b),
    divergence="+oo if c <= a + b: the terms fall like k^(a+b-c-1)",
    proof="u = 1 in Euler's integral for the hypergeometric function, which becomes a beta integral; DLMF 15.4.20.",
    discrete=True,
)

VANDERMONDE = Master(
    name="vandermonde",
    variable=k,
    lower=S.Zero,
    upper=n,
    parameters=(n, a, b),
    integrand=gamma(k + a) * gamma(n - k + b) / (factorial(k) * factorial(n - k)),
    value=gamma(a) * gamma(b) * gamma(n + a + b) / (factorial(n) * gamma(a + b)),
    condition=And(n >= 0, a > 0, b > 0),
    divergence="a finite sum",
    proof="The coefficient of z^n in (1 - z)^(-a) (1 - z)^(-b) = (1 - z)^(-a-b); DLMF 15.4.24.",
    discrete=True,
)
