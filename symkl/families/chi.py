"""The chi law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Chi"]


class Chi(Family):
    """p(x) = x^{k−1} e^{−x²/2} / (2^{k/2−1} Γ(k/2)), x > 0."""

    parameters = (Parameter("k", POSITIVE, "k", "degrees of freedom", typical=(1, 6)),)
    latex_name = r"\chi"
    names_elsewhere = {"sympy": "ChiDistribution", "scipy": "chi", "tfp": "Chi"}

    @staticmethod
    def to_sympy(k: Expr) -> tuple[Expr, ...] | None:
        return (k,) if k.is_integer else None

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (k,) = self.args
        return (k - 1) * log(x) - x**2 / 2 - (k / 2 - 1) * log(2) - loggamma(k / 2)
