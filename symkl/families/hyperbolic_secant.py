"""The hyperbolic secant law."""

from sympy import Expr, exp, log, oo, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["HyperbolicSecant"]


class HyperbolicSecant(Family):
    """p(x) = sech(π(x−μ)/(2σ)) / (2σ), x ∈ ℝ."""

    parameters = (Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2)), Parameter("sigma", POSITIVE, r"\sigma", "standard deviation"))
    latex_name = r"\operatorname{Sech}"
    names_elsewhere = {"scipy": "hypsecant"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma = self.args
        z = pi * (x - mu) / sigma
        # sech(z/2) = 2 e^{−z/2} / (1 + e^{−z}), the statistic of the logistic law.
        return -z / 2 - log(1 + exp(-z)) - log(sigma)
