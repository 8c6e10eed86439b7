"""The binomial law."""

from sympy import Expr, Rational, exp, log, loggamma

from symkl.core.domains import NATURAL, REAL, UNIT
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Lattice

__all__ = ["Binomial"]

N = Parameter("n", NATURAL, "n", "number of trials", typical=(1, 8))


class Binomial(Family):
    """p(x) = C(n, x) p^x (1−p)^{n−x}, x = 0, 1, …, n."""

    parameters = (N, Parameter("p", UNIT, "p", "probability of success", typical=(Rational(1, 10), Rational(9, 10))))
    alternatives = (
        Parametrisation(
            (N, Parameter("logits", REAL, r"\ell", "log-odds of success", typical=(-2, 2))), lambda n, logits: (n, 1 / (1 + exp(-logits)))
        ),
    )
    latex_name = r"\operatorname{Bin}"
    names_elsewhere = {"sympy": "BinomialDistribution", "scipy": "binom", "torch": "Binomial", "tfp": "Binomial", "numpyro": "Binomial"}

    @staticmethod
    def from_sympy(n: Expr, p: Expr, succ: Expr, fail: Expr) -> tuple[Expr, ...] | None:
        return (n, p) if succ == 1 and fail == 0 else None

    @property
    def support(self) -> Lattice:
        n, _ = self.args
        return Lattice(0, n)

    def log_density(self, x: Expr) -> Expr:
        n, p = self.args
        return loggamma(n + 1) - loggamma(x + 1) - loggamma(n - x + 1) + x * log(p) + (n - x) * log(1 - p)
