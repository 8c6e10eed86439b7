"""The Bernoulli law."""

from sympy import Expr, Rational, exp, log

from symkl.core.domains import REAL, UNIT
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Lattice

__all__ = ["Bernoulli"]


class Bernoulli(Family):
    """p(x) = p^x (1−p)^{1−x}, x ∈ {0, 1}."""

    parameters = (Parameter("p", UNIT, "p", "probability of 1", typical=(Rational(1, 10), Rational(9, 10))),)
    alternatives = (
        Parametrisation((Parameter("logits", REAL, r"\ell", "log-odds of 1", typical=(-2, 2)),), lambda logits: (1 / (1 + exp(-logits)),)),
    )
    names_elsewhere = {"sympy": "BernoulliDistribution", "scipy": "bernoulli", "torch": "Bernoulli", "tfp": "Bernoulli", "numpyro": "Bernoulli"}

    @staticmethod
    def from_sympy(p: Expr, succ: Expr, fail: Expr) -> tuple[Expr, ...] | None:
        return (p,) if succ == 1 and fail == 0 else None

    @property
    def support(self) -> Lattice:
        return Lattice(0, 1)

    def log_density(self, x: Expr) -> Expr:
        (p,) = self.args
        return x * log(p) + (1 - x) * log(1 - p)
