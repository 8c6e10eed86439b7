"""The Kumaraswamy law."""

from sympy import Expr, log

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Kumaraswamy"]


class Kumaraswamy(Family):
    """p(x) = ab x^{a−1} (1−x^a)^{b−1}, 0 < x < 1."""

    parameters = (Parameter("a", POSITIVE, "a", "first shape"), Parameter("b", POSITIVE, "b", "second shape"))
    names_elsewhere = {"sympy": "KumaraswamyDistribution", "torch": "Kumaraswamy", "tfp": "Kumaraswamy", "numpyro": "Kumaraswamy"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        a, b = self.args
        return log(a) + log(b) + (a - 1) * log(x) + (b - 1) * log(1 - x**a)
