"""The Burr law of type XII (Singh–Maddala)."""

from sympy import Expr, log, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["BurrXII"]


class BurrXII(Family):
    """p(x) = (ck/λ) (x/λ)^{c−1} (1 + (x/λ)^c)^{−k−1}, x > 0."""

    parameters = (
        Parameter("c", POSITIVE, "c", "power"),
        Parameter("k", POSITIVE, "k", "tail shape"),
        Parameter("lam", POSITIVE, r"\lambda", "scale"),
    )
    latex_name = r"\operatorname{Burr}"
    names_elsewhere = {"scipy": "burr12"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        c, k, lam = self.args
        return log(c) + log(k) - c * log(lam) + (c - 1) * log(x) - (k + 1) * log(1 + (x / lam) ** c)
