"""The half-Cauchy law."""

from sympy import Expr, log, oo, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["HalfCauchy"]


class HalfCauchy(Family):
    """p(x) = 2 / (πγ (1 + (x/γ)²)), x > 0."""

    parameters = (Parameter("gamma", POSITIVE, r"\gamma", "scale, the median"),)
    names_elsewhere = {"scipy": "halfcauchy", "torch": "HalfCauchy", "tfp": "HalfCauchy", "numpyro": "HalfCauchy"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (gamma,) = self.args
        return log(2) + log(gamma) - log(pi) - log(x**2 + gamma**2)
