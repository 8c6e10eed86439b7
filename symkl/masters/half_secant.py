"""The Mellin transform of the hyperbolic secant, e^{−u}/(1 + e^{−2u}) = sech(u)/2."""

from sympy import Catalan, Eq, Piecewise, Rational, S, exp, gamma, oo, pi, symbols, zeta

from symkl.masters.base import Master

__all__ = ["HALF_SECANT"]

u = symbols("u", positive=True)
s = symbols("s", real=True)
_QUARTERS = (zeta(s, Rational(1, 4)) - zeta(s, Rational(3, 4))) / 4**s

HALF_SECANT = Master(
    name="half_secant",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(s,),
    integrand=u ** (s - 1) * exp(-u) / (1 + exp(-2 * u)),
    value=gamma(s) * Piecewise((pi / 4, Eq(s, 1)), (Catalan, Eq(s, 2)), (_QUARTERS, True)),
    condition=s > 0,
    divergence="+oo at 0 if s <= 0",
    proof="The geometric series e^(-u) - e^(-3u) + … gives Gamma(s) Σ (-1)^k (2k+1)^(-s) for s > 1, which is Γ(s) 4^(-s) (ζ(s, 1/4) - ζ(s, 3/4)); "
    "both sides are analytic for s > 0. At s = 2 the sum is Catalan's constant (DLMF 25.11.40), at s = 1 it is π/4.",
)
