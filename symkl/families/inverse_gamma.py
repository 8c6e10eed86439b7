"""The inverse gamma law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["InverseGamma"]


class InverseGamma(Family):
    """p(x) = β^α x^{−α−1} e^{−β/x} / Γ(α), x > 0."""

    parameters = (Parameter("alpha", POSITIVE, r"\alpha", "shape"), Parameter("beta", POSITIVE, r"\beta", "scale"))
    latex_name = r"\operatorname{InvGamma}"
    names_elsewhere = {
        "sympy": "GammaInverseDistribution",
        "scipy": "invgamma",
        "torch": "InverseGamma",
        "tfp": "InverseGamma",
        "numpyro": "InverseGamma",
    }

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        alpha, beta = self.args
        return alpha * log(beta) - loggamma(alpha) - (alpha + 1) * log(x) - beta / x
