"""The logistic law."""

from sympy import Expr, exp, log, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Logistic"]


class Logistic(Family):
    """p(x) = e^{−z} / (s (1 + e^{−z})²), z = (x−μ)/s, x ∈ ℝ."""

    parameters = (Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2)), Parameter("s", POSITIVE, "s", "scale"))
    names_elsewhere = {"sympy": "LogisticDistribution", "scipy": "logistic", "tfp": "Logistic", "numpyro": "Logistic"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, s = self.args
        z = (x - mu) / s
        return -z - log(s) - 2 * log(1 + exp(-z))
