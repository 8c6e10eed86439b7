"""The uniform law on an interval."""

from sympy import Expr, log
from sympy.logic.boolalg import Boolean

from symkl.core.domains import REAL, above
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Uniform"]


class Uniform(Family):
    """p(x) = 1 / (b − a), a < x < b."""

    parameters = (Parameter("a", REAL, "a", "lower end", typical=(-2, 0)), Parameter("b", REAL, "b", "upper end", typical=(1, 3)))
    latex_name = r"\mathcal{U}"
    names_elsewhere = {"sympy": "UniformDistribution", "scipy": "uniform", "torch": "Uniform", "tfp": "Uniform", "numpyro": "Uniform"}

    def constraints(self) -> tuple[Boolean, ...]:
        a, b = self.args
        return (above(b, a),)

    def constraint_text(self) -> str:
        return "a < b"

    @property
    def support(self) -> Continuum:
        a, b = self.args
        return Continuum(a, b)

    def log_density(self, x: Expr) -> Expr:
        a, b = self.args
        return -log(b - a)
