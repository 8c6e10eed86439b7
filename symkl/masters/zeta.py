"""Dirichlet series: the zeta function and the polylogarithm."""

from sympy import And, S, oo, polylog, symbols, zeta

from symkl.masters.base import Master

__all__ = ["POLYLOG", "ZETA"]

k = symbols("k", integer=True, positive=True)
s, z = symbols("s z", real=True)

ZETA = Master(
    name="zeta",
    variable=k,
    lower=S.One,
    upper=oo,
    parameters=(s,),
    integrand=k ** (-s),
    value=zeta(s),
    condition=s > 1,
    divergence="+oo at infinity if s <= 1",
    proof="The definition of the zeta function; DLMF 25.2.1.",
    discrete=True,
)

POLYLOG = Master(
    name="polylog",
    variable=k,
    lower=S.One,
    upper=oo,
    parameters=(s, z),
    integrand=z**k * k ** (-s),
    # Unevaluated: SymPy's evaluation of a polylogarithm of symbols imports half of SymPy for nothing.
    value=polylog(s, z, evaluate=False),
    condition=And(z > 0, z < 1),
    divergence="+oo at infinity if z > 1, or z = 1 and s <= 1",
    proof="The definition of the polylogarithm; DLMF 25.12.10.",
    discrete=True,
)
