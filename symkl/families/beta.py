"""The beta law."""

from sympy import Expr, Rational, log, loggamma

from symkl.core.domains import POSITIVE, UNIT
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["Beta"]


class Beta(Family):
    """p(x) = x^{α−1} (1−x)^{β−1} / B(α, β), 0 < x < 1."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "first shape"), Parameter("beta", POSITIVE, r"\beta", "second shape"))
    alternatives = (
        Parametrisation(
            (
                Parameter("mean", UNIT, "m", "mean", typical=(Rational(1, 5), Rational(4, 5))),
                Parameter("concentration", POSITIVE, "c", "sum of both shapes"),
            ),
            lambda mean, concentration: (mean * concentration, (1 - mean) * concentration),
        ),
    )
    names_elsewhere = {"sympy": "BetaDistribution", "scipy": "beta", "torch": "Beta", "tfp": "Beta", "numpyro": "Beta"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        alpha, beta = self.args
        return (alpha - 1) * log(x) + (beta - 1) * log(1 - x) - loggamma(alpha) - loggamma(beta) + loggamma(alpha + beta)
