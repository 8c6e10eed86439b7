"""Snedecor's F law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["FDist"]


class FDist(Family):
    """p(x) = (d₁/d₂)^{d₁/2} x^{d₁/2−1} (1 + d₁x/d₂)^{−(d₁+d₂)/2} / B(d₁/2, d₂/2), x > 0."""

    parameters = (
        Parameter("d1", POSITIVE, "d_1", "degrees of freedom of the numerator", typical=(1, 6)),
        Parameter("d2", POSITIVE, "d_2", "degrees of freedom of the denominator", typical=(1, 6)),
    )
    latex_name = r"\operatorname{F}"
    names_elsewhere = {"sympy": "FDistributionDistribution", "scipy": "f", "torch": "FisherSnedecor"}

    @staticmethod
    def to_sympy(d1: Expr, d2: Expr) -> tuple[Expr, ...] | None:
        return (d1, d2) if d1.is_integer and d2.is_integer else None

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        d1, d2 = self.args
        constant = d1 / 2 * (log(d1) - log(d2)) - loggamma(d1 / 2) - loggamma(d2 / 2) + loggamma((d1 + d2) / 2)
        return constant + (d1 / 2 - 1) * log(x) - (d1 + d2) / 2 * log(1 + d1 * x / d2)
