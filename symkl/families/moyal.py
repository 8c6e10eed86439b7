"""The Moyal law."""

from sympy import Expr, Rational, exp, log, oo, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Moyal"]


class Moyal(Family):
    """p(x) = e^{−(z + e^{−z})/2} / (σ√(2π)), z = (x−μ)/σ, x ∈ ℝ."""

    parameters = (Parameter("mu", REAL, r"\mu", "mode", typical=(-2, 2)), Parameter("sigma", POSITIVE, r"\sigma", "scale"))
    names_elsewhere = {"sympy": "MoyalDistribution", "scipy": "moyal", "tfp": "Moyal"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma = self.args
        z = (x - mu) / sigma
        return -z / 2 - exp(-z) / 2 - log(sigma) - Rational(1, 2) * log(2 * pi)
