"""The generalized inverse Gaussian law."""

from sympy import Expr, besselk, log, oo, sqrt

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["GeneralizedInverseGaussian"]


class GeneralizedInverseGaussian(Family):
    """p(x) = (a/b)^{p/2} x^{p−1} e^{−(ax+b/x)/2} / (2K_p(√(ab))), x > 0."""

    parameters = (
        Parameter("p", REAL, "p", "index", typical=(-2, 2)),
        Parameter("a", POSITIVE, "a", "rate at infinity"),
        Parameter("b", POSITIVE, "b", "rate at 0"),
    )
    latex_name = r"\operatorname{GIG}"
    names_elsewhere = {"scipy": "geninvgauss"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        p, a, b = self.args
        return p / 2 * (log(a) - log(b)) + (p - 1) * log(x) - (a * x + b / x) / 2 - log(2) - log(besselk(p, sqrt(a * b)))
