"""The Skellam law."""

from sympy import Expr, besseli, log, oo, sqrt

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Skellam"]


class Skellam(Family):
    """p(x) = e^{−μ₁−μ₂} (μ₁/μ₂)^{x/2} I_x(2√(μ₁μ₂)), x ∈ ℤ: the difference of two independent Poisson variables."""

    parameters = (
        Parameter("mu1", POSITIVE, r"\mu_1", "mean of the first variable"),
        Parameter("mu2", POSITIVE, r"\mu_2", "mean of the second variable"),
    )
    names_elsewhere = {"sympy": "SkellamDistribution", "scipy": "skellam", "tfp": "Skellam"}

    @property
    def support(self) -> Lattice:
        return Lattice(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        mu1, mu2 = self.args
        return x / 2 * (log(mu1) - log(mu2)) - mu1 - mu2 + log(besseli(x, 2 * sqrt(mu1 * mu2)))
