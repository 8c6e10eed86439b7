"""The Dagum law (Burr type III)."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Dagum"]


class Dagum(Family):
    """p(x) = (ap/x) (x/b)^{ap} / ((x/b)^a + 1)^{p+1}, x > 0."""

    parameters = (Parameter("p", POSITIVE, "p", "shape at 0"), Parameter("a", POSITIVE, "a", "power"), Parameter("b", POSITIVE, "b", "scale"))
    names_elsewhere = {"sympy": "DagumDistribution", "scipy": "burr", "numpyro": "Dagum"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        p, a, b = self.args
        return log(a) + log(p) - a * p * log(b) + (a * p - 1) * log(x) - (p + 1) * log(1 + (x / b) ** a)
