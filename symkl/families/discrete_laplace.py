"""The discrete Laplace law."""

from sympy import Abs, Expr, Rational, log, oo

from symkl.core.domains import INTEGER, UNIT
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["DiscreteLaplace"]


class DiscreteLaplace(Family):
    """p(x) = (1−q)/(1+q) · q^{|x−μ|}, x ∈ ℤ."""

    parameters = (
        Parameter("mu", INTEGER, r"\mu", "mean", typical=(-2, 2)),
        Parameter("q", UNIT, "q", "ratio of neighbouring masses", typical=(Rational(1, 10), Rational(4, 5))),
    )
    names_elsewhere = {"scipy": "dlaplace"}

    @property
    def support(self) -> Lattice:
        return Lattice(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, q = self.args
        return Abs(x - mu) * log(q) + log(1 - q) - log(1 + q)
