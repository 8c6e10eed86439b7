"""The triangular law."""

from sympy import Expr, Piecewise, Rational, log
from sympy.logic.boolalg import Boolean

from symkl.core.domains import REAL, above
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Triangular"]


class Triangular(Family):
    """p(x) = 2(x−a)/((b−a)(c−a)) for a < x < c, 2(b−x)/((b−a)(b−c)) for c ≤ x < b."""

    parameters = (
        Parameter("a", REAL, "a", "lower end", typical=(-3, -1)),
        Parameter("c", REAL, "c", "mode", typical=(Rational(-1, 2), Rational(1, 2))),
        Parameter("b", REAL, "b", "upper end", typical=(1, 3)),
    )
    names_elsewhere = {"sympy": "TriangularDistribution", "scipy": "triang", "tfp": "Triangular"}

    @staticmethod
    def from_sympy(a: Expr, b: Expr, c: Expr) -> tuple[Expr, ...] | None:
        return None if c in (a, b) else (a, c, b)

    @staticmethod
    def to_sympy(a: Expr, c: Expr, b: Expr) -> tuple[Expr, ...]:
        return a, b, c

    def constraints(self) -> tuple[Boolean, ...]:
        a, c, b = self.args
        return (above(c, a), above(b, c))

    def constraint_text(self) -> str:
        return "a < c < b"

    @property
    def support(self) -> Continuum:
        a, _, b = self.args
        return Continuum(a, b)

    def log_density(self, x: Expr) -> Expr:
        a, c, b = self.args
        sides = Piecewise((log(x - a) - log(c - a), x < c), (log(b - x) - log(b - c), True))
        return sides + log(2) - log(b - a)
