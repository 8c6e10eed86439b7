"""The Lomax law (Pareto type II from 0)."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Lomax"]


class Lomax(Family):
    """p(x) = (α/λ) (1 + x/λ)^{−α−1}, x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "tail index"), Parameter("lam", POSITIVE, r"\lambda", "scale"))
    names_elsewhere = {"sympy": "LomaxDistribution", "scipy": "lomax"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, lam = self.args
        return log(alpha) - log(lam) - (alpha + 1) * log(1 + x / lam)
