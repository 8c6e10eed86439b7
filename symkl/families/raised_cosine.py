"""The raised cosine law."""

from sympy import Expr, cos, log, pi

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["RaisedCosine"]


class RaisedCosine(Family):
    """p(x) = (1 + cos(π(x−μ)/s)) / (2s), μ−s < x < μ+s."""

    parameters = (Parameter("mu", REAL, r"\mu", "mean", typical=(-2, 2)), Parameter("s", POSITIVE, "s", "half the width"))
    names_elsewhere = {"sympy": "RaisedCosineDistribution", "scipy": "cosine"}

    @property
    def support(self) -> Continuum:
        mu, s = self.args
        return Continuum(mu - s, mu + s)

    def log_density(self, x: Expr) -> Expr:
        mu, s = self.args
        return log(1 + cos(pi * (x - mu) / s)) - log(2) - log(s)
