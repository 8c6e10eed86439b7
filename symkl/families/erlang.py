"""The Erlang law, a gamma law of integer shape."""

from sympy import Expr, log, loggamma, oo

from symkl.core.domains import NATURAL, POSITIVE
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Continuum

__all__ = ["Erlang"]

N = Parameter("n", NATURAL, "n", "shape", typical=(1, 6))


class Erlang(Family):
    """p(x) = λ^n x^{n−1} e^{−λx} / (n−1)!, x > 0."""

    parameters = (N, Parameter("lam", POSITIVE, r"\lambda", "rate"))
    alternatives = (Parametrisation((N, Parameter("scale", POSITIVE, r"\theta", "scale, one over the rate")), lambda n, scale: (n, 1 / scale)),)
    names_elsewhere = {"scipy": "erlang"}

    @property
    def support(self) -> Continuum:
        return Continuum(0, oo)

    def log_density(self, x: Expr) -> Expr:
        n, lam = self.args
        return n * log(lam) - loggamma(n) + (n - 1) * log(x) - lam * x
