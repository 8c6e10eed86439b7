"""The Lindley law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Lindley"]


class Lindley(Family):
    """p(x) = θ² (1+x) e^{−θx} / (θ+1), x > 0."""

    parameters = (Parameter("theta", POSITIVE, r"\theta", "rate"),)

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (theta,) = self.args
        return 2 * log(theta) - log(1 + theta) + log(1 + x) - theta * x
