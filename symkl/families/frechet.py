"""The Fréchet law."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Frechet"]


class Frechet(Family):
    """p(x) = (α/s) (x/s)^{−1−α} e^{−(x/s)^{−α}}, x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"), Parameter("s", POSITIVE, "s", "scale"))
    latex_name = r"\operatorname{Fr\acute{e}chet}"
    names_elsewhere = {"sympy": "FrechetDistribution", "scipy": "invweibull"}

    @staticmethod
    def from_sympy(a: Expr, s: Expr, m: Expr) -> tuple[Expr, ...] | None:
        return (a, s) if m == 0 else None

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, s = self.args
        return log(alpha) + alpha * log(s) - (alpha + 1) * log(x) - (x / s) ** (-alpha)
