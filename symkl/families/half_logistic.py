"""The half-logistic law."""

from sympy import Expr, exp, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["HalfLogistic"]


class HalfLogistic(Family):
    """p(x) = 2 e^{−x/s} / (s (1 + e^{−x/s})²), x > 0."""

    parameters = (Parameter("s", POSITIVE, "s", "scale"),)
    names_elsewhere = {"scipy": "halflogistic"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (s,) = self.args
        return log(2) - x / s - log(s) - 2 * log(1 + exp(-x / s))
