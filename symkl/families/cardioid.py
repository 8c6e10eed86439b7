"""The cardioid law on the circle."""

from sympy import Expr, Rational, cos, log, pi

from symkl.core.domains import HALF_UNIT, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Cardioid"]


class Cardioid(Family):
    """p(x) = (1 + 2ρ cos(x−μ)) / (2π), −π < x < π."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean direction", typical=(-2, 2)),
        Parameter("rho", HALF_UNIT, r"\rho", "mean resultant length", typical=(Rational(1, 10), Rational(2, 5))),
    )

    @property
    def support(self) -> Continuum:
        return Continuum(-pi, pi)

    def log_density(self, x: Expr) -> Expr:
        mu, rho = self.args
        return log(1 + 2 * rho * cos(x - mu)) - log(2 * pi)
