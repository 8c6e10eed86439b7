"""The Gumbel law (of maxima)."""

from sympy import Expr, exp, log, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Gumbel"]


class Gumbel(Family):
    """p(x) = e^{−z−e^{−z}} / β, z = (x−μ)/β, x ∈ ℝ."""

    parameters = (Parameter("mu", REAL, r"\mu", "mode", typical=(-2, 2)), Parameter("beta", POSITIVE, r"\beta", "scale"))
    names_elsewhere = {"sympy": "GumbelDistribution", "scipy": "gumbel_r", "torch": "Gumbel", "tfp": "Gumbel", "numpyro": "Gumbel"}

    @staticmethod
    def from_sympy(beta: Expr, mu: Expr, minimum: Expr) -> tuple[Expr, ...] | None:
        return None if minimum else (mu, beta)

    @staticmethod
    def to_sympy(mu: Expr, beta: Expr) -> tuple[Expr, ...]:
        return beta, mu

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, beta = self.args
        z = (x - mu) / beta
        return -z - exp(-z) - log(beta)
