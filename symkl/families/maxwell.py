"""The Maxwell–Boltzmann law."""

from sympy import Expr, log, oo, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Maxwell"]


class Maxwell(Family):
    """p(x) = √(2/π) x² e^{−x²/(2a²)} / a³, x > 0."""

    parameters = (Parameter("a", POSITIVE, "a", "scale"),)
    names_elsewhere = {"sympy": "MaxwellDistribution", "scipy": "maxwell"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (a,) = self.args
        return 2 * log(x) - x**2 / (2 * a**2) - 3 * log(a) + log(2) / 2 - log(pi) / 2
