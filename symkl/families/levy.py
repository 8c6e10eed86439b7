"""The Lévy law."""

from sympy import Expr, Rational, S, log, oo, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Levy"]


class Levy(Family):
    """p(x) = √(c/(2π)) e^{−c/(2x)} x^{−3/2}, x > 0."""

    parameters = (Parameter("c", POSITIVE, "c", "scale"),)
    latex_name = r"\operatorname{L\acute{e}vy}"
    names_elsewhere = {"sympy": "LevyDistribution", "scipy": "levy", "numpyro": "Levy"}

    @staticmethod
    def from_sympy(mu: Expr, c: Expr) -> tuple[Expr, ...] | None:
        return (c,) if mu == 0 else None

    @staticmethod
    def to_sympy(c: Expr) -> tuple[Expr, ...]:
        return S.Zero, c

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (c,) = self.args
        return log(c) / 2 - Rational(1, 2) * log(2 * pi) - c / (2 * x) - Rational(3, 2) * log(x)
