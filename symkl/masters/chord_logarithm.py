"""The logarithmic potentials of the arcsine law and of the semicircle, outside of their support."""

from sympy import And, S, log, pi, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["ARCSINE_LOGARITHM", "SEMICIRCLE_LOGARITHM"]

u, a, b = symbols("u a b", real=True)
_outer = a + sqrt(a - b) * sqrt(a + b)

ARCSINE_LOGARITHM = Master(
    name="arcsine_logarithm",
    variable=u,
    lower=S.NegativeOne,
    upper=S.One,
    parameters=(a, b),
    integrand=log(a + b * u) / sqrt(1 - u**2),
    value=pi * log(_outer / 2),
    condition=And(a > 0, a - b >= 0, a + b >= 0),
    divergence="converges wherever a + bu > 0; elsewhere the logarithm is not real",
    proof="u = cos v and a + b cos v = s|1 - re^{iv}|² with s = (a + √(a² - b²))/2, |r| = |b|/(2s) <= 1: the mean of log|1 - re^{iv}|² "
    "over the circle is 0. Gradshteyn-Ryzhik 4.224.9.",
)

SEMICIRCLE_LOGARITHM = Master(
    name="semicircle_logarithm",
    variable=u,
    lower=S.NegativeOne,
    upper=S.One,
    parameters=(a, b),
    integrand=log(a + b * u) * sqrt(1 - u**2),
    value=pi / 2 * (log(_outer / 2) + b**2 / (2 * _outer**2)),
    condition=And(a > 0, a - b >= 0, a + b >= 0),
    divergence="converges wherever a + bu > 0; elsewhere the logarithm is not real",
    proof="As for the arcsine law, with sin² v = (1 - cos 2v)/2 and log|1 - re^{iv}|² = -2 Σ r^k cos(kv)/k (Gradshteyn-Ryzhik 1.514): "
    "of the cosines only the second stays, and gives π/2 · r²/2.",
)
