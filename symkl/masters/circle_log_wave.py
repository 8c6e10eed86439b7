"""The Fourier coefficients of the logarithm of the Poisson kernel's denominator."""

from sympy import And, cos, log, pi, symbols

from symkl.masters.base import Master

__all__ = ["CIRCLE_LOG_WAVE"]

u, r, d = symbols("u r d", real=True)
n = symbols("n", integer=True)

CIRCLE_LOG_WAVE = Master(
    name="circle_log_wave",
    variable=u,
    lower=-pi,
    upper=pi,
    parameters=(r, d, n),
    integrand=log(1 - 2 * r * cos(u - d) + r**2) * cos(n * u),
    value=-2 * pi * r**n * cos(n * d) / n,
    condition=And(r >= -1, r <= 1, n >= 1),
    divergence="converges for every r; the value holds in the closed unit disc",
    proof="log(1 - 2r cos v + r^2) = -2 sum_k r^k cos(kv)/k for |r| < 1 (Gradshteyn and Ryzhik 1.514), integrated term by term; "
    "both sides are continuous up to |r| = 1, where |log| is dominated by an integrable function.",
)
