"""The Nakagami law."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import POSITIVE
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["Nakagami"]


class Nakagami(Family):
    """p(x) = 2 m^m x^{2m−1} e^{−mx²/Ω} / (Γ(m) Ω^m), x > 0."""

    parameters = (Parameter("m", POSITIVE, "m", "shape"), Parameter("Omega", POSITIVE, r"\Omega", "second moment"))
    names_elsewhere = {"sympy": "NakagamiDistribution", "scipy": "nakagami"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        m, Omega = self.args
        return log(2) + m * log(m) - m * log(Omega) - loggamma(m) + (2 * m - 1) * log(x) - m * x**2 / Omega
