"""The Rayleigh law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Rayleigh"]


class Rayleigh(Family):
    """p(x) = (x/σ²) e^{−x²/(2σ²)}, x > 0."""

    parameters = (Parameter("sigma", POSITIVE, r"\sigma", "mode"),)
    names_elsewhere = {"sympy": "RayleighDistribution", "scipy": "rayleigh"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (sigma,) = self.args
        return log(x) - x**2 / (2 * sigma**2) - 2 * log(sigma)
