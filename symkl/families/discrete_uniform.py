"""The uniform law on consecutive integers."""

from sympy import Expr, Integer, log
from sympy.logic.boolalg import Boolean

from symkl.core.domains import INTEGER
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice, at_most

__all__ = ["DiscreteUniform"]


class DiscreteUniform(Family):
    """p(x) = 1 / (b − a + 1), x = a, a+1, …, b."""

    parameters = (Parameter("a", INTEGER, "a", "least value", typical=(-3, 0)), Parameter("b", INTEGER, "b", "greatest value", typical=(1, 6)))
    names_elsewhere = {"sympy": "DiscreteUniformDistribution", "scipy": "randint", "numpyro": "DiscreteUniform"}

    @staticmethod
    def from_sympy(*items: Expr) -> tuple[Expr, ...] | None:
        if not all(item.is_Integer for item in items):
            return None
        points = sorted(int(item) for item in items)
        return (Integer(points[0]), Integer(points[-1])) if points == list(range(points[0], points[-1] + 1)) else None

    @staticmethod
    def to_sympy(a: Expr, b: Expr) -> tuple[object, ...] | None:
        points = Lattice(a, b).points()
        return None if points is None else (list(points),)

    def constraints(self) -> tuple[Boolean, ...]:
        a, b = self.args
        return (at_most(a, b),)

    def constraint_text(self) -> str:
        return "a <= b"

    @property
    def support(self) -> Lattice:
        a, b = self.args
        return Lattice(a, b)

    def log_density(self, x: Expr) -> Expr:
        a, b = self.args
        return -log(b - a + 1)
