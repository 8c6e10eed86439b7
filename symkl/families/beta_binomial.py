"""The beta-binomial law."""

from sympy import Expr, loggamma

from symkl.core.domains import NATURAL, POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["BetaBinomial"]


class BetaBinomial(Family):
    """p(x) = C(n, x) B(x+α, n−x+β) / B(α, β), x = 0, 1, …, n."""

    parameters = (
        Parameter("n", NATURAL, "n", "number of trials", typical=(1, 8)),
        Parameter("alpha", POSITIVE, r"\alpha", "first shape"),
        Parameter("beta", POSITIVE, r"\beta", "second shape"),
    )
    names_elsewhere = {"sympy": "BetaBinomialDistribution", "scipy": "betabinom", "tfp": "BetaBinomial", "numpyro": "BetaBinomial"}

    @property
    def support(self) -> Lattice:
        return Lattice(0, self.args[0])

    def log_density(self, x: Expr) -> Expr:
        n, alpha, beta = self.args
        choose = loggamma(n + 1) - loggamma(x + 1) - loggamma(n - x + 1)
        above_line = loggamma(x + alpha) + loggamma(n - x + beta) - loggamma(n + alpha + beta)
        return choose + above_line - loggamma(alpha) - loggamma(beta) + loggamma(alpha + beta)
