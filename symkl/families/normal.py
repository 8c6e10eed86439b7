"""The normal law."""

from sympy import Expr, Rational, log, oo, pi, sqrt

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["Normal"]

MU = Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2))


class Normal(Family):
    """p(x) = exp(−(x−μ)²/(2σ²)) / (σ√(2π)), x ∈ ℝ."""

    parameters = (MU, Parameter("sigma", POSITIVE, r"\sigma", "standard deviation"))
    alternatives = (
        Parametrisation((MU, Parameter("variance", POSITIVE, r"\sigma^2", "variance")), lambda mu, variance: (mu, sqrt(variance))),
        Parametrisation(
            (MU, Parameter("precision", POSITIVE, r"\tau", "precision, one over the variance")), lambda mu, precision: (mu, 1 / sqrt(precision))
        ),
    )
    latex_name = r"\mathcal{N}"
    names_elsewhere = {"sympy": "NormalDistribution", "scipy": "norm", "torch": "Normal", "tfp": "Normal", "numpyro": "Normal"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma = self.args
        return -((x - mu) ** 2) / (2 * sigma**2) - log(sigma) - Rational(1, 2) * log(2 * pi)
