"""The Poisson law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Poisson"]


class Poisson(Family):
    """p(k) = λ^k e^{−λ} / k!, k = 0, 1, 2, …."""

    parameters = (Parameter("lam", POSITIVE, r"\lambda", "mean"),)
    latex_name = r"\operatorname{Poisson}"
    names_elsewhere = {"sympy": "PoissonDistribution", "scipy": "poisson", "torch": "Poisson", "tfp": "Poisson", "numpyro": "Poisson"}

    @property
    def support(self) -> Lattice:
        return Lattice(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (lam,) = self.args
        return x * log(lam) - lam - loggamma(x + 1)
