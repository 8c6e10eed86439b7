"""Poisson's integral of the half plane for the logarithm."""

from sympy import log, oo, pi, symbols

from symkl.masters.base import Master

__all__ = ["POISSON_KERNEL"]

u, a, b = symbols("u a b", real=True)

POISSON_KERNEL = Master(
    name="poisson_kernel",
    variable=u,
    lower=-oo,
    upper=oo,
    parameters=(a, b),
    integrand=log((u - a) ** 2 + b**2) / (pi * (1 + u**2)),
    value=log(a**2 + (1 + b) ** 2),
    condition=b >= 0,
    divergence="converges for all real a and b (the integrand is even in b)",
    proof=(
        "log((x - a)² + (y + b)²) is harmonic for y > -b and grows like a logarithm, so its value at (0, 1) is the Poisson "
        "integral of its boundary values; b = 0 by monotone convergence. Gradshteyn-Ryzhik 4.296.2."
    ),
)
