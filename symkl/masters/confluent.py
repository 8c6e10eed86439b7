"""Euler's integral of the confluent hypergeometric function, and the exponential of √u under the gamma weight."""

from sympy import And, Rational, S, exp, gamma, hyper, oo, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["CONFLUENT", "HERMITE"]

u = symbols("u", positive=True)
a, b, c, s = symbols("a b c s", real=True)

CONFLUENT = Master(
    name="confluent",
    variable=u,
    lower=S.Zero,
    upper=S.One,
    parameters=(a, b, c),
    integrand=u ** (a - 1) * (1 - u) ** (b - 1) * exp(c * u),
    value=gamma(a) * gamma(b) / gamma(a + b) * hyper((a,), (a + b,), c),
    condition=And(a > 0, b > 0),
    divergence="+oo at 0 if a <= 0, at 1 if b <= 0",
    proof="DLMF 13.4.1; expand e^{cu} and integrate term by term.",
)

HERMITE = Master(
    name="hermite",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(s, c),
    integrand=u ** (s - 1) * exp(-u + c * sqrt(u)),
    value=gamma(s) * hyper((s,), (S.Half,), c**2 / 4) + c * gamma(s + S.Half) * hyper((s + S.Half,), (Rational(3, 2),), c**2 / 4),
    condition=s > 0,
    divergence="+oo at 0 if s <= 0",
    proof="Expand e^{c sqrt(u)}, integrate term by term (the terms are dominated by those of e^{|c| sqrt(u)}), and sum even and odd terms; DLMF 12.5.1, 12.7.12-13.",
)
