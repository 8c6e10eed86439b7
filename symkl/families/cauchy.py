"""The Cauchy law."""

from sympy import Expr, log, oo, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Cauchy"]


class Cauchy(Family):
    """p(x) = γ / (π ((x−x₀)² + γ²)), x ∈ ℝ."""

    parameters = (
        Parameter("x0", REAL, "x_0", "median", typical=(-2, 2)),
        Parameter("gamma", POSITIVE, r"\gamma", "scale, half the width at half height"),
    )
    names_elsewhere = {"sympy": "CauchyDistribution", "scipy": "cauchy", "torch": "Cauchy", "tfp": "Cauchy", "numpyro": "Cauchy"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        x0, gamma = self.args
        return log(gamma) - log(pi) - log((x - x0) ** 2 + gamma**2)
