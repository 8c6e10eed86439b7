"""Jensen's formula and the Poisson kernel on the circle."""

from sympy import And, S, cos, log, pi, symbols

from symkl.masters.base import Master

__all__ = ["CIRCLE_KERNEL", "CIRCLE_LOG"]

u, rho = symbols("u rho", real=True)
n = symbols("n", integer=True)

CIRCLE_LOG = Master(
    name="circle_log",
    variable=u,
    lower=-pi,
    upper=pi,
    parameters=(rho,),
    integrand=log(1 - 2 * rho * cos(u) + rho**2),
    value=S.Zero,
    condition=And(rho >= -1, rho <= 1),
    divergence="converges for every real rho; for |rho| > 1 the value is 4π log|rho| instead",
    proof="log|1 - z|² is harmonic in |z| < 1 and 0 at z = 0: the mean value property; at |rho| = 1 by continuity, the logarithm being dominated; Gradshteyn-Ryzhik 4.224.14.",
)

CIRCLE_KERNEL = Master(
    name="circle_kernel",
    variable=u,
    lower=-pi,
    upper=pi,
    parameters=(rho, n),
    integrand=(1 - rho**2) / (1 + rho**2 - 2 * rho * cos(u)) * cos(n * u),
    value=2 * pi * rho**n,
    condition=And(rho > -1, rho < 1, n >= 0),
    divergence="of no sign of its own at |rho| = 1, where the kernel is 0 but for a pole",
    proof="The kernel is 1 + 2 Σ_{j≥1} rho^j cos(ju), uniformly; then orthogonality of cosines. Gradshteyn-Ryzhik 3.613.2.",
)
