"""The exponentially modified normal law."""

from sympy import Expr, Rational, erfc, log, oo, sqrt

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["ExGaussian"]


class ExGaussian(Family):
    """p(x) = (λ/2) exp(λ(2μ + λσ² − 2x)/2) erfc((μ + λσ² − x)/(σ√2)), x ∈ ℝ: a normal plus an independent exponential variable."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean of the normal part", typical=(-2, 2)),
        Parameter("sigma", POSITIVE, r"\sigma", "standard deviation of the normal part"),
        Parameter("lam", POSITIVE, r"\lambda", "rate of the exponential part", typical=(Rational(1, 2), 2)),
    )
    names_elsewhere = {"sympy": "ExGaussianDistribution", "scipy": "exponnorm", "tfp": "ExponentiallyModifiedGaussian"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma, lam = self.args
        tail = log(erfc((mu + lam * sigma**2 - x) / (sqrt(2) * sigma)))
        return log(lam) - log(2) - lam * (x - mu) + lam**2 * sigma**2 / 2 + tail
