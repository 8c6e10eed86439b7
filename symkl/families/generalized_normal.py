"""The generalized normal (exponential power) law."""

from sympy import Abs, Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["GeneralizedNormal"]


class GeneralizedNormal(Family):
    """p(x) = β / (2αΓ(1/β)) · exp(−(|x−μ|/α)^β), x ∈ ℝ."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2)),
        Parameter("alpha", POSITIVE, r"\alpha", "scale"),
        Parameter("beta", POSITIVE, r"\beta", "shape"),
    )
    names_elsewhere = {"sympy": "ExponentialPowerDistribution", "scipy": "gennorm", "tfp": "GeneralizedNormal"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, alpha, beta = self.args
        return log(beta) - log(2) - log(alpha) - loggamma(1 / beta) - (Abs(x - mu) / alpha) ** beta
