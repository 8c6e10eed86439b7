"""The power-function law."""

from sympy import Expr, S, log

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["PowerFunction"]


class PowerFunction(Family):
    """p(x) = αx^{α−1}, 0 < x < 1."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"),)
    names_elsewhere = {"sympy": "PowerFunctionDistribution", "scipy": "powerlaw"}

    @staticmethod
    def from_sympy(alpha: Expr, a: Expr, b: Expr) -> tuple[Expr, ...] | None:
        return (alpha,) if a == 0 and b == 1 else None

    @staticmethod
    def to_sympy(alpha: Expr) -> tuple[Expr, ...]:
        return alpha, S.Zero, S.One

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        (alpha,) = self.args
        return log(alpha) + (alpha - 1) * log(x)
