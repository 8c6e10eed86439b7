"""The Rice law."""

from sympy import Expr, besseli, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Rice"]


class Rice(Family):
    """p(x) = (x/σ²) e^{−(x²+ν²)/(2σ²)} I₀(xν/σ²), x > 0."""

    parameters = (Parameter("nu", POSITIVE, r"\nu", "distance of the centre"), Parameter("sigma", POSITIVE, r"\sigma", "scale"))
    names_elsewhere = {"scipy": "rice"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        nu, sigma = self.args
        return log(x) - 2 * log(sigma) - (x**2 + nu**2) / (2 * sigma**2) + log(besseli(0, x * nu / sigma**2))
