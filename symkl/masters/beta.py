"""Euler's integral of the first kind, over the unit interval."""

from sympy import And, S, gamma, symbols

from symkl.masters.base import Master

__all__ = ["BETA"]

u = symbols("u", positive=True)
a, b = symbols("a b", real=True)

BETA = Master(
    name="beta",
    variable=u,
    lower=S.Zero,
    upper=S.One,
    parameters=(a, b),
    integrand=u ** (a - 1) * (1 - u) ** (b - 1),
    value=gamma(a) * gamma(b) / gamma(a + b),
    condition=And(a > 0, b > 0),
    divergence="+oo: at 0 if a <= 0, at 1 if b <= 0",
    proof="Γ(a)Γ(b) as a double integral of v^(a-1) w^(b-1) e^(-v-w), in the coordinates v + w and v/(v + w); DLMF 5.12.1.",
)
