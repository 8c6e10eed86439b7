"""The law of the logarithm of a gamma variable."""

from sympy import Expr, exp, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["ExpGamma"]


class ExpGamma(Family):
    """p(x) = exp(αx − e^x/θ) / (Γ(α) θ^α), x ∈ ℝ: the law of log G, G ~ Gamma with shape α and scale θ."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"), Parameter("theta", POSITIVE, r"\theta", "scale of the gamma law"))
    names_elsewhere = {"scipy": "loggamma", "tfp": "ExpGamma"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, theta = self.args
        return alpha * x - exp(x) / theta - loggamma(alpha) - alpha * log(theta)
