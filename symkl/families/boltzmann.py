"""The truncated geometric (Boltzmann) law."""

from sympy import Expr, exp, log

from symkl.core.domains import NATURAL, POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Boltzmann"]


class Boltzmann(Family):
    """p(x) = (1−e^{−λ}) e^{−λx} / (1−e^{−λN}), x = 0, 1, …, N−1."""

    parameters = (Parameter("lam", POSITIVE, r"\lambda", "rate"), Parameter("N", NATURAL, "N", "number of levels", typical=(2, 8)))
    names_elsewhere = {"scipy": "boltzmann"}

    @property
    def support(self) -> Lattice:
        _, N = self.args
        return Lattice(0, N - 1)

    def log_density(self, x: Expr) -> Expr:
        lam, N = self.args
        return -lam * x + log(1 - exp(-lam)) - log(1 - exp(-lam * N))
