"""The integral of a power over the unit interval."""

from sympy import S, symbols

from symkl.masters.base import Master

__all__ = ["POWER"]

u = symbols("u", positive=True)
s = symbols("s", real=True)

POWER = Master(
    name="power",
    variable=u,
    lower=S.Zero,
    upper=S.One,
    parameters=(s,),
    integrand=u ** (s - 1),
    value=1 / s,
    condition=s > 0,
    divergence="+oo at 0 if s <= 0",
    proof="u^s/s is an antiderivative, 0 at 0 and 1/s at 1.",
)
