"""The Gaussian integral over a half line (c, oo), plain and tilted."""

from sympy import Rational, S, erfc, exp, oo, pi, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["INCOMPLETE_GAUSSIAN", "TILTED_INCOMPLETE_GAUSSIAN"]

u, c, t = symbols("u c t", real=True)

INCOMPLETE_GAUSSIAN = Master(
    name="incomplete_gaussian",
    variable=u,
    lower=c,
    upper=oo,
    parameters=(c,),
    integrand=exp(-(u**2) / 2),
    value=sqrt(pi / 2) * erfc(c / sqrt(2)),
    condition=S.true,
    divergence="converges for every real c",
    proof="The definition of the complementary error function after u -> √2 u; DLMF 7.2.2.",
)

TILTED_INCOMPLETE_GAUSSIAN = Master(
    name="tilted_incomplete_gaussian",
    variable=u,
    lower=c,
    upper=oo,
    parameters=(t, c),
    integrand=exp(-(u**2) / 2 + t * u),
    value=sqrt(pi / 2) * exp(Rational(1, 2) * t**2) * erfc((c - t) / sqrt(2)),
    condition=S.true,
    divergence="converges for all real t and c",
    proof="-u²/2 + tu = t²/2 - (u - t)²/2, then the entry above at c - t.",
)
