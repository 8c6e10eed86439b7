"""The gamma law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["Gamma"]

SHAPE = Parameter("shape", POSITIVE, r"\alpha", "shape")
SCALE = Parameter("scale", POSITIVE, r"\theta", "scale, one over the rate")


class Gamma(Family):
    """p(x) = β^α x^{α−1} e^{−βx} / Γ(α), x > 0 (shape and rate)."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"), Parameter("beta", POSITIVE, r"\beta", "rate"))
    alternatives = (
        Parametrisation((SHAPE, Parameter("rate", POSITIVE, r"\beta", "rate")), lambda shape, rate: (shape, rate)),
        Parametrisation((SHAPE, SCALE), lambda shape, scale: (shape, 1 / scale)),
        Parametrisation((Parameter("k", POSITIVE, "k", "shape"), Parameter("theta", POSITIVE, r"\theta", "scale")), lambda k, theta: (k, 1 / theta)),
    )
    names_elsewhere = {"sympy": "GammaDistribution", "scipy": "gamma", "torch": "Gamma", "tfp": "Gamma", "numpyro": "Gamma"}

    @staticmethod
    def from_sympy(k: Expr, theta: Expr) -> tuple[Expr, ...]:
        return k, 1 / theta

    @staticmethod
    def to_sympy(alpha: Expr, beta: Expr) -> tuple[Expr, ...]:
        return alpha, 1 / beta

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, beta = self.args
        return alpha * log(beta) - loggamma(alpha) + (alpha - 1) * log(x) - beta * x
