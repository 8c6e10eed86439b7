"""The incomplete gamma integrals: over (c, oo) and over (0, c)."""

from sympy import And, S, exp, lowergamma, oo, symbols, uppergamma

from symkl.masters.base import Master

__all__ = ["INCOMPLETE_GAMMA", "LOWER_INCOMPLETE_GAMMA"]

u = symbols("u", positive=True)
s, t, c = symbols("s t c", real=True)

INCOMPLETE_GAMMA = Master(
    name="incomplete_gamma",
    variable=u,
    lower=c,
    upper=oo,
    parameters=(s, t, c),
    integrand=u ** (s - 1) * exp(-t * u),
    value=uppergamma(s, t * c) * t ** (-s),
    condition=And(t > 0, c > 0),
    divergence="+oo: at infinity if t < 0, or t = 0 and s >= 0; at 0 if c = 0 and s <= 0",
    proof="The definition of Γ(s, z) after u -> t u; DLMF 8.2.2.",
)

LOWER_INCOMPLETE_GAMMA = Master(
    name="lower_incomplete_gamma",
    variable=u,
    lower=S.Zero,
    upper=c,
    parameters=(s, t, c),
    integrand=u ** (s - 1) * exp(-t * u),
    value=lowergamma(s, t * c) * t ** (-s),
    condition=And(s > 0, t > 0, c > 0),
    divergence="+oo at 0 if s <= 0",
    proof="The definition of γ(s, z) after u -> t u; DLMF 8.2.1.",
)
