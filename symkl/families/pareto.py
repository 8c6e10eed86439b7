"""The Pareto law (type I)."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Pareto"]


class Pareto(Family):
    """p(x) = α x_m^α x^{−α−1}, x > x_m."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "tail index"), Parameter("xm", POSITIVE, "x_m", "least value"))
    names_elsewhere = {"sympy": "ParetoDistribution", "scipy": "pareto", "torch": "Pareto", "tfp": "Pareto", "numpyro": "Pareto"}

    @staticmethod
    def from_sympy(xm: Expr, alpha: Expr) -> tuple[Expr, ...]:
        return alpha, xm

    @staticmethod
    def to_sympy(alpha: Expr, xm: Expr) -> tuple[Expr, ...]:
        return xm, alpha

    @property
    def support(self) -> Continuum:
        _, xm = self.args
        return Continuum(xm, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, xm = self.args
        return log(alpha) + alpha * log(xm) - (alpha + 1) * log(x)
