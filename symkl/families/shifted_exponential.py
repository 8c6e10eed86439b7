"""The exponential law from a given point on."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["ShiftedExponential"]


class ShiftedExponential(Family):
    """p(x) = λ e^{−λ(x−θ)}, x > θ."""

    parameters = (Parameter("theta", REAL, r"\theta", "least value", typical=(-2, 2)), Parameter("lam", POSITIVE, r"\lambda", "rate"))
    names_elsewhere = {"scipy": "expon"}

    @property
    def support(self) -> Continuum:
        theta, _ = self.args
        return Continuum(theta, oo)

    def log_density(self, x: Expr) -> Expr:
        theta, lam = self.args
        return log(lam) - lam * (x - theta)
