"""The Poisson law without its zero."""

from sympy import Expr, exp, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["ZeroTruncatedPoisson"]


class ZeroTruncatedPoisson(Family):
    """p(x) = λ^x / ((e^λ − 1) x!), x = 1, 2, …."""

    parameters = (Parameter("lam", POSITIVE, r"\lambda", "mean before the truncation"),)
    latex_name = r"\operatorname{ZTP}"

    @property
    def support(self) -> Lattice:
        return Lattice(1, oo)

    def log_density(self, x: Expr) -> Expr:
        (lam,) = self.args
        return x * log(lam) - log(exp(lam) - 1) - loggamma(x + 1)
