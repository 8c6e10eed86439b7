"""The inverse chi-squared law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["InverseChiSquared"]


class InverseChiSquared(Family):
    """p(x) = x^{−ν/2−1} e^{−1/(2x)} / (2^{ν/2} Γ(ν/2)), x > 0."""

    parameters = (Parameter("nu", POSITIVE, r"\nu", "degrees of freedom", typical=(1, 6)),)
    latex_name = r"\operatorname{Inv-}\chi^2"

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (nu,) = self.args
        return -(nu / 2 + 1) * log(x) - 1 / (2 * x) - nu / 2 * log(2) - loggamma(nu / 2)
