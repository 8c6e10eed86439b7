"""The generalized Pareto law of non-zero shape."""

from sympy import Expr, Piecewise, Rational, log, oo

from symkl.core.domains import NONZERO, POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["GeneralizedPareto"]


class GeneralizedPareto(Family):
    """p(x) = (1/σ) (1 + ξx/σ)^{−1−1/ξ}, x > 0, and x < −σ/ξ when ξ < 0."""

    parameters = (
        Parameter("sigma", POSITIVE, r"\sigma", "scale"),
        Parameter("xi", NONZERO, r"\xi", "shape", typical=(Rational(-1, 2), Rational(1, 2))),
    )
    latex_name = r"\operatorname{GPD}"
    names_elsewhere = {"scipy": "genpareto", "torch": "GeneralizedPareto", "tfp": "GeneralizedPareto"}

    @property
    def support(self) -> Continuum:
        sigma, xi = self.args
        # With a shape of unknown sign the end point says whether the support is bounded.
        return Continuum(0, Piecewise((oo, xi > 0), (-sigma / xi, True)))

    def log_density(self, x: Expr) -> Expr:
        sigma, xi = self.args
        return -log(sigma) - (1 + 1 / xi) * log(1 + xi * x / sigma)
