"""The Poisson kernel of the disc against the logarithm of another: log|1 − r w|² is harmonic in |w| < 1."""

from sympy import And, cos, log, pi, symbols

from symkl.masters.base import Master

__all__ = ["CIRCLE_KERNEL_LOG"]

u, rho, r, d = symbols("u rho r d", real=True)

CIRCLE_KERNEL_LOG = Master(
    name="circle_kernel_log",
    variable=u,
    lower=-pi,
    upper=pi,
    parameters=(rho, r, d),
    integrand=(1 - rho**2) / (1 - 2 * rho * cos(u) + rho**2) * log(1 - 2 * r * cos(u - d) + r**2),
    value=2 * pi * log(1 - 2 * rho * r * cos(d) + rho**2 * r**2),
    condition=And(rho > -1, rho < 1, r > -1, r < 1),
    divergence="converges for every rho and r off the unit circle; the value holds inside it",
    proof="Poisson's formula in the unit disc for the harmonic function log|1 - r e^{-id} w|^2 at w = rho; Ahlfors, Complex Analysis, section 4.6.",
)
