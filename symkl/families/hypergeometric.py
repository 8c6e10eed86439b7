"""The hypergeometric law."""

from sympy import Expr, Max, Min, loggamma
from sympy.logic.boolalg import Boolean

from symkl.core.domains import NATURAL, NATURAL0
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice, at_most

__all__ = ["Hypergeometric"]


class Hypergeometric(Family):
    """p(x) = C(K, x) C(N−K, n−x) / C(N, n), max(0, n+K−N) ≤ x ≤ min(n, K)."""

    parameters = (
        Parameter("N", NATURAL, "N", "size of the population", typical=(6, 10)),
        Parameter("K", NATURAL0, "K", "marked members of the population", typical=(1, 6)),
        Parameter("n", NATURAL0, "n", "draws without replacement", typical=(1, 6)),
    )
    names_elsewhere = {"sympy": "HypergeometricDistribution", "scipy": "hypergeom"}

    def constraints(self) -> tuple[Boolean, ...]:
        N, K, n = self.args
        return (at_most(K, N), at_most(n, N))

    def constraint_text(self) -> str:
        return "K <= N and n <= N"

    @property
    def support(self) -> Lattice:
        N, K, n = self.args
        return Lattice(Max(0, n + K - N), Min(n, K))

    def log_density(self, x: Expr) -> Expr:
        N, K, n = self.args
        return _log_binomial(K, x) + _log_binomial(N - K, n - x) - _log_binomial(N, n)


def _log_binomial(n: Expr, k: Expr) -> Expr:
    return loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)
