"""The exponential law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["Exponential"]


class Exponential(Family):
    """p(x) = λ e^{−λx}, x > 0."""

    parameters = (Parameter("lam", POSITIVE, r"\lambda", "rate"),)
    alternatives = (Parametrisation((Parameter("scale", POSITIVE, r"\theta", "scale, one over the rate"),), lambda scale: (1 / scale,)),)
    latex_name = r"\operatorname{Exp}"
    names_elsewhere = {"sympy": "ExponentialDistribution", "scipy": "expon", "torch": "Exponential", "tfp": "Exponential", "numpyro": "Exponential"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (lam,) = self.args
        return log(lam) - lam * x
