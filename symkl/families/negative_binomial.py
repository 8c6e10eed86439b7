"""The negative binomial law of the number of failures."""

from sympy import Expr, Rational, log, loggamma, oo

from symkl.core.domains import POSITIVE, UNIT
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Lattice

__all__ = ["NegativeBinomial"]

R = Parameter("r", POSITIVE, "r", "number of successes waited for, not necessarily an integer")


class NegativeBinomial(Family):
    """p(x) = Γ(x+r) / (x! Γ(r)) · (1−p)^x p^r, x = 0, 1, 2, …: the failures before the r-th success."""

    parameters = (R, Parameter("p", UNIT, "p", "probability of success", typical=(Rational(1, 5), Rational(9, 10))))
    alternatives = (Parametrisation((R, Parameter("mean", POSITIVE, r"\mu", "mean")), lambda r, mean: (r, r / (r + mean))),)
    latex_name = r"\operatorname{NB}"
    names_elsewhere = {
        "sympy": "NegativeBinomialDistribution",
        "scipy": "nbinom",
        "torch": "NegativeBinomial",
        "tfp": "NegativeBinomial",
        "numpyro": "NegativeBinomial",
    }

    @property
    def support(self) -> Lattice:
        return Lattice(0, oo)

    def log_density(self, x: Expr) -> Expr:
        r, p = self.args
        return loggamma(x + r) - loggamma(x + 1) - loggamma(r) + x * log(1 - p) + r * log(p)
