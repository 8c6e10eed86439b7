"""The continuous Bernoulli law."""

from sympy import Eq, Expr, Piecewise, Rational, exp, log

from symkl.core.domains import REAL, UNIT
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["ContinuousBernoulli"]


class ContinuousBernoulli(Family):
    """p(x) = C(λ) λ^x (1−λ)^{1−x}, 0 < x < 1, with C(λ) = log((1−λ)/λ)/(1−2λ), and C(1/2) = 2."""

    parameters = (Parameter("lam", UNIT, r"\lambda", "shape", typical=(Rational(1, 10), Rational(9, 10))),)
    alternatives = (
        Parametrisation((Parameter("logits", REAL, r"\ell", "log-odds of the shape", typical=(-2, 2)),), lambda logits: (1 / (1 + exp(-logits)),)),
    )
    names_elsewhere = {"torch": "ContinuousBernoulli", "tfp": "ContinuousBernoulli"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        (lam,) = self.args
        # The quotient is positive on both sides of λ = 1/2, where its limit is 2.
        constant = Piecewise((log(2), Eq(lam, Rational(1, 2))), (log((log(1 - lam) - log(lam)) / (1 - 2 * lam)), True))
        return x * log(lam) + (1 - x) * log(1 - lam) + constant
