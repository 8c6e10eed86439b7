"""The Gompertz law."""

from sympy import Expr, exp, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Gompertz"]


class Gompertz(Family):
    """p(x) = bη exp(η + bx − ηe^{bx}), x > 0."""

    parameters = (Parameter("eta", POSITIVE, r"\eta", "shape"), Parameter("b", POSITIVE, "b", "rate"))
    names_elsewhere = {"sympy": "GompertzDistribution", "scipy": "gompertz", "numpyro": "Gompertz"}

    @staticmethod
    def from_sympy(b: Expr, eta: Expr) -> tuple[Expr, ...]:
        return eta, b

    @staticmethod
    def to_sympy(eta: Expr, b: Expr) -> tuple[Expr, ...]:
        return b, eta

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        eta, b = self.args
        return log(b) + log(eta) + eta + b * x - eta * exp(b * x)
