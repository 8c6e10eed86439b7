"""The logarithmic series law."""

from sympy import Expr, Rational, log, oo

from symkl.core.domains import UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["LogSeries"]


class LogSeries(Family):
    """p(x) = −p^x / (x log(1−p)), x = 1, 2, …."""

    parameters = (Parameter("p", UNIT, "p", "shape", typical=(Rational(1, 10), Rational(9, 10))),)
    latex_name = r"\operatorname{LogSeries}"
    names_elsewhere = {"sympy": "LogarithmicDistribution", "scipy": "logser"}

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (p,) = self.args
        return x * log(p) - log(x) - log(-log(1 - p))
