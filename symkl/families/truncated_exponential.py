"""The exponential law cut off at a point."""

from sympy import Expr, exp, log

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["TruncatedExponential"]


class TruncatedExponential(Family):
    """p(x) = λ e^{−λx} / (1 − e^{−λb}), 0 < x < b."""

    parameters = (Parameter("lam", POSITIVE, r"\lambda", "rate"), Parameter("b", POSITIVE, "b", "upper end"))
    names_elsewhere = {"scipy": "truncexpon"}

    @property
    def support(self) -> Continuum:
        _, b = self.args
        return Continuum(0, b)

    def log_density(self, x: Expr) -> Expr:
        lam, b = self.args
        return log(lam) - lam * x - log(1 - exp(-lam * b))
