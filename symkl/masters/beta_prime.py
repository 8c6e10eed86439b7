"""Euler's integral of the first kind, over the half line."""

from sympy import And, S, gamma, oo, symbols

from symkl.masters.base import Master

__all__ = ["BETA_PRIME"]

u = symbols("u", positive=True)
a, c = symbols("a c", real=True)

BETA_PRIME = Master(
    name="beta_prime",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(a, c),
    integrand=u ** (a - 1) * (1 + u) ** (-c),
    value=gamma(a) * gamma(c - a) / gamma(c),
    condition=And(a > 0, c > a),
    divergence="+oo: at 0 if a <= 0, at infinity if c <= a",
    proof="u = w/(1 - w) turns it into the beta integral B(a, c - a); DLMF 5.12.3.",
)
