"""The log-logistic (Fisk) law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["LogLogistic"]


class LogLogistic(Family):
    """p(x) = (β/α) (x/α)^{β−1} / (1 + (x/α)^β)², x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "median"), Parameter("beta", POSITIVE, r"\beta", "shape"))
    names_elsewhere = {"sympy": "LogLogisticDistribution", "scipy": "fisk", "tfp": "LogLogistic"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, beta = self.args
        return log(beta) - beta * log(alpha) + (beta - 1) * log(x) - 2 * log(1 + (x / alpha) ** beta)
