"""The Laplace law."""

from sympy import Abs, Expr, log, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Laplace"]


class Laplace(Family):
    """p(x) = e^{−|x−μ|/b} / (2b), x ∈ ℝ."""

    parameters = (Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2)), Parameter("b", POSITIVE, "b", "scale"))
    names_elsewhere = {"sympy": "LaplaceDistribution", "scipy": "laplace", "torch": "Laplace", "tfp": "Laplace", "numpyro": "Laplace"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, b = self.args
        return -Abs(x - mu) / b - log(b) - log(2)
