"""The geometric law of the number of failures."""

from sympy import Expr, Rational, log, oo

from symkl.core.domains import UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Geometric0"]


class Geometric0(Family):
    """p(x) = (1−p)^x p, x = 0, 1, 2, …: the number of failures before the first success."""

    parameters = (Parameter("p", UNIT, "p", "probability of success", typical=(Rational(1, 5), Rational(9, 10))),)
    latex_name = r"\operatorname{Geom}_0"
    names_elsewhere = {"torch": "Geometric", "tfp": "Geometric", "numpyro": "Geometric"}

    @property
    def support(self) -> Lattice:
        return Lattice(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (p,) = self.args
        return x * log(1 - p) + log(p)
