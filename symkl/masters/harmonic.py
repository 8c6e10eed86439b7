"""The generalised harmonic numbers."""

from sympy import S, harmonic, symbols

from symkl.masters.base import Master

__all__ = ["HARMONIC"]

k = symbols("k", integer=True, positive=True)
n = symbols("n", integer=True)
s = symbols("s", real=True)

HARMONIC = Master(
    name="harmonic",
    variable=k,
    lower=S.One,
    upper=n,
    parameters=(n, s),
    integrand=k ** (-s),
    value=harmonic(n, s),
    condition=n >= 1,
    divergence="a finite sum",
    proof="The definition of H_(n,s).",
    discrete=True,
)
