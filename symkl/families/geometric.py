"""The geometric law of the number of trials."""

from sympy import Expr, Rational, log, oo

from symkl.core.domains import UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Geometric"]


class Geometric(Family):
    """p(x) = (1−p)^{x−1} p, x = 1, 2, …: the number of trials up to the first success."""

    parameters = (Parameter("p", UNIT, "p", "probability of success", typical=(Rational(1, 5), Rational(9, 10))),)
    latex_name = r"\operatorname{Geom}"
    names_elsewhere = {"sympy": "GeometricDistribution", "scipy": "geom"}

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (p,) = self.args
        return (x - 1) * log(1 - p) + log(p)
