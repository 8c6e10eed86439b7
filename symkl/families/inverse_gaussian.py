"""The inverse Gaussian (Wald) law."""

from sympy import Expr, Rational, log, oo, pi

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["InverseGaussian"]


class InverseGaussian(Family):
    """p(x) = √(λ/(2πx³)) exp(−λ(x−μ)²/(2μ²x)), x > 0."""

    parameters = (Parameter("mu", POSITIVE, r"\mu", "mean"), Parameter("lam", POSITIVE, r"\lambda", "shape"))
    latex_name = r"\operatorname{IG}"
    names_elsewhere = {"sympy": "GaussianInverseDistribution", "scipy": "invgauss", "tfp": "InverseGaussian"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        mu, lam = self.args
        return log(lam) / 2 - Rational(1, 2) * log(2 * pi) - Rational(3, 2) * log(x) - lam * (x - mu) ** 2 / (2 * mu**2 * x)
