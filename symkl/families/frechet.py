"""The Fréchet law."""

from sympy import Expr, S, Symbol, log, oo

from symkl.core.density import Density
from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.laws import Law
from symkl.core.supports import Continuum

__all__ = ["Frechet"]


class Frechet(Family):
    """p(x) = (α/s) (x/s)^{−1−α} e^{−(x/s)^{−α}}, x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"), Parameter("s", POSITIVE, "s", "scale"))
    latex_name = r"\operatorname{Fr\acute{e}chet}"
    names_elsewhere = {"sympy": "FrechetDistribution", "scipy": "invweibull"}

    @staticmethod
    def from_sympy(a: Expr, s: Expr, m: Expr) -> tuple[Expr, ...] | Law:
        if m == 0:
            return a, s
        # SymPy gives the law from m on the set (0, oo).
        x = Symbol("x", real=True)
        return Density.from_log(Frechet(a, s).log_density(x - m), x, Continuum(m, oo))

    @staticmethod
    def to_sympy(alpha: Expr, s: Expr) -> tuple[Expr, ...]:
        return alpha, s, S.Zero

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, s = self.args
        return log(alpha) + alpha * log(s) - (alpha + 1) * log(x) - (x / s) ** (-alpha)
