"""The Yule–Simon law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["YuleSimon"]


class YuleSimon(Family):
    """p(x) = ρ B(x, ρ+1), x = 1, 2, …."""

    parameters = (Parameter("rho", POSITIVE, r"\rho", "shape"),)
    names_elsewhere = {"sympy": "YuleSimonDistribution", "scipy": "yulesimon"}

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (rho,) = self.args
        return log(rho) + loggamma(x) + loggamma(rho + 1) - loggamma(x + rho + 1)
