"""The asymmetric Laplace law."""

from sympy import Abs, Expr, log, oo

from symkl.core.domains import POSITIVE, REAL
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["AsymmetricLaplace"]


class AsymmetricLaplace(Family):
    """p(x) = λ/(κ+1/κ) · e^{−λκ(x−m)} for x ≥ m, e^{λ(x−m)/κ} for x < m."""

    parameters = (
        Parameter("m", REAL, "m", "mode", typical=(-2, 2)),
        Parameter("lam", POSITIVE, r"\lambda", "rate"),
        Parameter("kappa", POSITIVE, r"\kappa", "asymmetry"),
    )
    names_elsewhere = {"scipy": "laplace_asymmetric", "numpyro": "AsymmetricLaplace"}

    @property
    def support(self) -> Continuum:
        return Continuum(-oo, oo)

    def log_density(self, x: Expr) -> Expr:
        m, lam, kappa = self.args
        # Both branches at once: the slope is −λ(κ−1/κ)/2 from x−m and ∓λ(κ+1/κ)/2 from |x−m|.
        exponent = -lam * (kappa + 1 / kappa) / 2 * Abs(x - m) - lam * (kappa - 1 / kappa) / 2 * (x - m)
        return log(lam) + log(kappa) - log(1 + kappa**2) + exponent
