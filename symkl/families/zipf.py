"""The Zipf law on finitely many ranks."""

from sympy import Expr, harmonic, log

from symkl.core.domains import NATURAL, POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Lattice

__all__ = ["Zipf"]


class Zipf(Family):
    """p(x) = x^{−s} / H_{n,s}, x = 1, 2, …, n, with H_{n,s} = Σ_{k=1}^n k^{−s}."""

    parameters = (Parameter("s", POSITIVE, "s", "exponent"), Parameter("n", NATURAL, "n", "number of ranks", typical=(2, 8)))
    names_elsewhere = {"scipy": "zipfian"}

    @property
    def support(self) -> Lattice:
        _, n = self.args
        return Lattice(1, n)

    def log_density(self, x: Expr) -> Expr:
        s, n = self.args
        # SymPy writes a numeric harmonic number out, term by term; a long one stays unevaluated.
        short = not n.is_Integer or n <= 100
        return -s * log(x) - log(harmonic(n, s, evaluate=short))
