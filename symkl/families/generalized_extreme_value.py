"""The generalized extreme value law of non-zero shape."""

from sympy import Expr, Piecewise, Rational, log, oo

from symkl.core.domains import NONZERO, POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["GeneralizedExtremeValue"]


class GeneralizedExtremeValue(Family):
    """p(x) = t^{ξ+1} e^{−t} / σ, t = (1 + ξz)^{−1/ξ}, z = (x−μ)/σ, where 1 + ξz > 0."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "location", typical=(-2, 2)),
        Parameter("sigma", POSITIVE, r"\sigma", "scale"),
        Parameter("xi", NONZERO, r"\xi", "shape", typical=(Rational(-1, 2), Rational(1, 2))),
    )
    latex_name = r"\operatorname{GEV}"
    names_elsewhere = {"scipy": "genextreme", "tfp": "GeneralizedExtremeValue"}

    @property
    def support(self) -> Continuum:
        mu, sigma, xi = self.args
        end = mu - sigma / xi
        # With a shape of unknown sign the end points say which side is bounded.
        return Continuum(Piecewise((end, xi > 0), (-oo, True)), Piecewise((oo, xi > 0), (end, True)))

    def log_density(self, x: Expr) -> Expr:
        mu, sigma, xi = self.args
        u = 1 + xi * (x - mu) / sigma
        return -log(sigma) - (1 + 1 / xi) * log(u) - u ** (-1 / xi)
