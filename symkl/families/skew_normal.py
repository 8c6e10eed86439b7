"""The skew-normal law."""

from sympy import Expr, Rational, erfc, log, oo, pi, sqrt

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["SkewNormal"]


class SkewNormal(Family):
    """p(x) = (2/ω) φ(z) Φ(αz), z = (x−ξ)/ω, x ∈ ℝ, with φ and Φ of the standard normal law."""

    parameters = (
        Parameter("xi", REAL, r"\xi", "location", typical=(-2, 2)),
        Parameter("omega", POSITIVE, r"\omega", "scale"),
        Parameter("alpha", REAL, r"\alpha", "slant", typical=(-2, 2)),
    )
    names_elsewhere = {"scipy": "skewnorm"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        xi, omega, alpha = self.args
        z = (x - xi) / omega
        return -(z**2) / 2 + log(erfc(-alpha * z / sqrt(2))) - log(omega) - Rational(1, 2) * log(2 * pi)
