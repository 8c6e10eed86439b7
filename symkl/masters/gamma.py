"""Euler's integral of the second kind."""

from sympy import And, S, exp, gamma, oo, symbols

from symkl.masters.base import Master

__all__ = ["GAMMA"]

# The parameters carry no sign, so that `condition` states it.
u = symbols("u", positive=True)
s, t = symbols("s t", real=True)

GAMMA = Master(
    name="gamma",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(s, t),
    integrand=u ** (s - 1) * exp(-t * u),
    value=gamma(s) * t ** (-s),
    condition=And(s > 0, t > 0),
    divergence="+oo: at 0 if s <= 0, at infinity if t < 0 or t = 0 and s >= 0",
    proof="The definition of the gamma function after u -> t u; DLMF 5.9.1.",
)
