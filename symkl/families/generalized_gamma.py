"""The generalized gamma (Stacy) law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["GeneralizedGamma"]


class GeneralizedGamma(Family):
    """p(x) = (p/a^d) x^{d−1} e^{−(x/a)^p} / Γ(d/p), x > 0."""

    parameters = (
        Parameter("a", POSITIVE, "a", "scale"),
        Parameter("d", POSITIVE, "d", "shape at 0"),
        Parameter("p", POSITIVE, "p", "power in the tail"),
    )
    names_elsewhere = {"scipy": "gengamma"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        a, d, p = self.args
        return log(p) - d * log(a) + (d - 1) * log(x) - (x / a) ** p - loggamma(d / p)
