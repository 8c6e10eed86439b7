"""The Weibull law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Weibull"]


class Weibull(Family):
    """p(x) = (k/λ) (x/λ)^{k−1} e^{−(x/λ)^k}, x > 0."""

    parameters = (Parameter("k", POSITIVE, "k", "shape"), Parameter("lam", POSITIVE, r"\lambda", "scale"))
    names_elsewhere = {"sympy": "WeibullDistribution", "scipy": "weibull_min", "torch": "Weibull", "tfp": "Weibull", "numpyro": "Weibull"}

    @staticmethod
    def from_sympy(alpha: Expr, beta: Expr) -> tuple[Expr, ...]:
        return beta, alpha

    @staticmethod
    def to_sympy(k: Expr, lam: Expr) -> tuple[Expr, ...]:
        return lam, k

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        k, lam = self.args
        return log(k) - k * log(lam) + (k - 1) * log(x) - (x / lam) ** k
