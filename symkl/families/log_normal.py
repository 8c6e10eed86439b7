"""The log-normal law."""

from sympy import Expr, Rational, log, oo, pi, sqrt

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["LogNormal"]

MU = Parameter("mu", REAL, r"\mu", "mean of the logarithm", typical=(-1, 1))


class LogNormal(Family):
    """p(x) = exp(−(log x − μ)²/(2σ²)) / (x σ√(2π)), x > 0: the law of e^N, N ~ Normal(μ, σ)."""

    parameters = (MU, Parameter("sigma", POSITIVE, r"\sigma", "standard deviation of the logarithm", typical=(Rational(1, 2), 2)))
    alternatives = (
        Parametrisation((MU, Parameter("variance", POSITIVE, r"\sigma^2", "variance of the logarithm")), lambda mu, variance: (mu, sqrt(variance))),
    )
    names_elsewhere = {"sympy": "LogNormalDistribution", "scipy": "lognorm", "torch": "LogNormal", "tfp": "LogNormal", "numpyro": "LogNormal"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma = self.args
        return -((log(x) - mu) ** 2) / (2 * sigma**2) - log(x) - log(sigma) - Rational(1, 2) * log(2 * pi)
