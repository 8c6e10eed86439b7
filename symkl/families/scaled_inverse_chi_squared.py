"""The scaled inverse chi-squared law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["ScaledInverseChiSquared"]


class ScaledInverseChiSquared(Family):
    """p(x) = (ντ²/2)^{ν/2} x^{−ν/2−1} e^{−ντ²/(2x)} / Γ(ν/2), x > 0."""

    parameters = (Parameter("nu", POSITIVE, r"\nu", "degrees of freedom", typical=(1, 6)), Parameter("tau2", POSITIVE, r"\tau^2", "scale"))
    latex_name = r"\operatorname{Scale-inv-}\chi^2"

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        nu, tau2 = self.args
        return nu / 2 * (log(nu) + log(tau2) - log(2)) - (nu / 2 + 1) * log(x) - nu * tau2 / (2 * x) - loggamma(nu / 2)
