"""The Wigner semicircle law."""

from sympy import Expr, log, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["WignerSemicircle"]


class WignerSemicircle(Family):
    """p(x) = 2 √(R²−x²) / (πR²), −R < x < R."""

    parameters = (Parameter("R", POSITIVE, "R", "radius"),)
    names_elsewhere = {"sympy": "WignerSemicircleDistribution", "scipy": "semicircular"}

    @property
    def support(self) -> Continuum:
        (R,) = self.args
        return Continuum(-R, R)

    def log_density(self, x: Expr) -> Expr:
        (R,) = self.args
        return log(R - x) / 2 + log(R + x) / 2 + log(2) - log(pi) - 2 * log(R)
