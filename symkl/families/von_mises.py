"""The von Mises law on the circle."""

from sympy import Expr, besseli, cos, log, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["VonMises"]


class VonMises(Family):
    """p(x) = e^{κ cos(x−μ)} / (2π I₀(κ)), −π < x < π."""

    parameters = (Parameter("mu", REAL, r"\mu", "mean direction", typical=(-2, 2)), Parameter("kappa", POSITIVE, r"\kappa", "concentration"))
    latex_name = r"\operatorname{vM}"
    names_elsewhere = {"sympy": "VonMisesDistribution", "scipy": "vonmises", "torch": "VonMises", "tfp": "VonMises", "numpyro": "VonMises"}

    @property
    def support(self) -> Continuum:
        return Continuum(-pi, pi)

    def log_density(self, x: Expr) -> Expr:
        mu, kappa = self.args
        return kappa * cos(x - mu) - log(2 * pi) - log(besseli(0, kappa))
