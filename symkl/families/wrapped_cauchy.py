"""The wrapped Cauchy law on the circle."""

from sympy import Expr, Rational, cos, log, pi

from symkl.core.domains import REAL, UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["WrappedCauchy"]


class WrappedCauchy(Family):
    """p(x) = (1−ρ²) / (2π (1 + ρ² − 2ρ cos(x−μ))), −π < x < π."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean direction", typical=(-2, 2)),
        Parameter("rho", UNIT, r"\rho", "mean resultant length", typical=(Rational(1, 10), Rational(9, 10))),
    )
    names_elsewhere = {"scipy": "wrapcauchy"}

    @property
    def support(self) -> Continuum:
        return Continuum(-pi, pi)

    def log_density(self, x: Expr) -> Expr:
        mu, rho = self.args
        return log(1 - rho) + log(1 + rho) - log(2 * pi) - log(1 + rho**2 - 2 * rho * cos(x - mu))
