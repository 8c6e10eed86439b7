"""Powers of the distance to a point under the Gaussian weight."""

from sympy import Abs, S, exp, gamma, hyper, oo, symbols

from symkl.masters.base import Master

__all__ = ["GAUSSIAN_DISTANCE"]

u, r, d = symbols("u r d", real=True)

GAUSSIAN_DISTANCE = Master(
    name="gaussian_distance",
    variable=u,
    lower=-oo,
    upper=oo,
    parameters=(r, d),
    integrand=Abs(u - d) ** r * exp(-(u**2) / 2),
    value=2 ** ((r + 1) / 2) * gamma((r + 1) / 2) * hyper((-r / 2,), (S.Half,), -(d**2) / 2),
    condition=r > -1,
    divergence="+oo at d if r <= -1",
    proof="With v = u - d the weight is e^{-d²/2} e^{-v²/2 - dv}; expand e^{-dv}, of which the odd terms vanish, and integrate term by term: "
    "e^{-d²/2} 1F1((r+1)/2; 1/2; d²/2), which Kummer's transformation (DLMF 13.2.39) takes to 1F1(-r/2; 1/2; -d²/2).",
)
