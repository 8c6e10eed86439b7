"""The chi-squared law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["ChiSquared"]


class ChiSquared(Family):
    """p(x) = x^{k/2−1} e^{−x/2} / (2^{k/2} Γ(k/2)), x > 0."""

    parameters = (Parameter("k", POSITIVE, "k", "degrees of freedom", typical=(1, 6)),)
    latex_name = r"\chi^2"
    names_elsewhere = {"sympy": "ChiSquaredDistribution", "scipy": "chi2", "torch": "Chi2", "tfp": "Chi2", "numpyro": "Chi2"}

    @staticmethod
    def to_sympy(k: Expr) -> tuple[Expr, ...] | None:
        return (k,) if k.is_integer else None

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        (k,) = self.args
        return (k / 2 - 1) * log(x) - x / 2 - k / 2 * log(2) - loggamma(k / 2)
