"""Student's t law with location and scale."""

from sympy import Expr, log, loggamma, oo, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["StudentT"]


class StudentT(Family):
    """p(x) = Γ((ν+1)/2) / (Γ(ν/2) √(νπ) σ) · (1 + z²/ν)^{−(ν+1)/2}, z = (x−μ)/σ, x ∈ ℝ."""

    parameters = (
        Parameter("nu", POSITIVE, r"\nu", "degrees of freedom", typical=(1, 6)),
        Parameter("mu", REAL, r"\mu", "location", typical=(-2, 2), default=0),
        Parameter("sigma", POSITIVE, r"\sigma", "scale", default=1),
    )
    latex_name = r"\operatorname{t}"
    names_elsewhere = {"sympy": "StudentTDistribution", "scipy": "t", "torch": "StudentT", "tfp": "StudentT", "numpyro": "StudentT"}

    @staticmethod
    def from_sympy(nu: Expr) -> tuple[Expr, ...]:
        return (nu,)

    @staticmethod
    def to_sympy(nu: Expr, mu: Expr, sigma: Expr) -> tuple[Expr, ...] | None:
        return (nu,) if mu == 0 and sigma == 1 else None

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        nu, mu, sigma = self.args
        constant = loggamma((nu + 1) / 2) - loggamma(nu / 2) - log(nu) / 2 - log(pi) / 2 - log(sigma)
        return constant - (nu + 1) / 2 * log(1 + ((x - mu) / sigma) ** 2 / nu)
