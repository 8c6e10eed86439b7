"""The half-normal law."""

from sympy import Expr, log, oo, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["HalfNormal"]


class HalfNormal(Family):
    """p(x) = √2 / (σ√π) · e^{−x²/(2σ²)}, x > 0."""

    parameters = (Parameter("sigma", POSITIVE, r"\sigma", "standard deviation of the normal law that is folded"),)
    names_elsewhere = {"scipy": "halfnorm", "torch": "HalfNormal", "tfp": "HalfNormal", "numpyro": "HalfNormal"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (sigma,) = self.args
        return -(x**2) / (2 * sigma**2) - log(sigma) + log(2) / 2 - log(pi) / 2
