"""The zeta law."""

from sympy import Expr, Rational, log, oo, zeta

from symkl.core.domains import ABOVE_ONE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Zeta"]


class Zeta(Family):
    """p(x) = x^{−s} / ζ(s), x = 1, 2, …."""

    parameters = (Parameter("s", ABOVE_ONE, "s", "exponent", typical=(Rational(3, 2), 5)),)
    names_elsewhere = {"sympy": "ZetaDistribution", "scipy": "zipf", "tfp": "Zipf"}

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (s,) = self.args
        return -s * log(x) - log(zeta(s))
