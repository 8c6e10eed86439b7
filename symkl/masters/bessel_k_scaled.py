"""The Bessel K integral with a scale on each of its two exponentials."""

from sympy import And, S, besselk, exp, oo, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["BESSEL_K_SCALED"]

u = symbols("u", positive=True)
nu, chi, psi = symbols("nu chi psi", real=True)

BESSEL_K_SCALED = Master(
    name="bessel_k_scaled",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(nu, chi, psi),
    integrand=u ** (nu - 1) * exp(-(chi / u + psi * u) / 2),
    value=2 * (chi / psi) ** (nu / 2) * besselk(nu, sqrt(chi) * sqrt(psi)),
    condition=And(chi > 0, psi > 0),
    divergence="+oo at 0 if chi < 0, at infinity if psi < 0; at the borders as for the gamma integral",
    proof="DLMF 10.32.10 after u -> u sqrt(chi/psi).",
)
