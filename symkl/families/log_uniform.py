"""The log-uniform (reciprocal) law."""

from sympy import Expr, Rational, log
from sympy.logic.boolalg import Boolean

from symkl.core.domains import POSITIVE, above
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["LogUniform"]


class LogUniform(Family):
    """p(x) = 1 / (x log(b/a)), a < x < b."""

    parameters = (
        Parameter("a", POSITIVE, "a", "lower end", typical=(Rational(1, 2), 2)),
        Parameter("b", POSITIVE, "b", "upper end", typical=(Rational(5, 2), 6)),
    )
    names_elsewhere = {"sympy": "ReciprocalDistribution", "scipy": "loguniform", "numpyro": "LogUniform"}

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
        return -log(x) - log(log(b / a))
