"""The beta prime law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["BetaPrime"]


class BetaPrime(Family):
    """p(x) = x^{α−1} (1+x)^{−α−β} / B(α, β), x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "first shape"), Parameter("beta", POSITIVE, r"\beta", "second shape"))
    latex_name = r"\operatorname{Beta}^{\prime}"
    names_elsewhere = {"sympy": "BetaPrimeDistribution", "scipy": "betaprime"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, beta = self.args
        return (alpha - 1) * log(x) - (alpha + beta) * log(1 + x) - loggamma(alpha) - loggamma(beta) + loggamma(alpha + beta)
