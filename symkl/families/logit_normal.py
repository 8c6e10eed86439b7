"""The logit-normal law."""

from sympy import Expr, Rational, log, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["LogitNormal"]


class LogitNormal(Family):
    """p(x) = exp(−(log(x/(1−x)) − μ)²/(2σ²)) / (σ√(2π) x(1−x)), 0 < x < 1: the law of 1/(1 + e^{−N}), N ~ Normal(μ, σ)."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean of the logit", typical=(-2, 2)),
        Parameter("sigma", POSITIVE, r"\sigma", "standard deviation of the logit"),
    )
    names_elsewhere = {"sympy": "LogitNormalDistribution", "tfp": "LogitNormal"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma = self.args
        logit = log(x) - log(1 - x)
        return -((logit - mu) ** 2) / (2 * sigma**2) - log(sigma) - Rational(1, 2) * log(2 * pi) - log(x) - log(1 - x)
