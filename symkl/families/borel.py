"""The Borel law."""

from sympy import Expr, Rational, log, loggamma, oo

from symkl.core.domains import UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Borel"]


class Borel(Family):
    """p(x) = e^{−μx} (μx)^{x−1} / x!, x = 1, 2, …."""

    parameters = (Parameter("mu", UNIT, r"\mu", "mean number of children", typical=(Rational(1, 10), Rational(4, 5))),)

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (mu,) = self.args
        return -mu * x + (x - 1) * log(mu) + (x - 1) * log(x) - loggamma(x + 1)
