"""The normal law on an interval."""

from sympy import Expr, Rational, S, erf, erfc, log, oo, pi, sqrt
from sympy.logic.boolalg import Boolean

from symkl.core.domains import EXTENDED_REAL, POSITIVE, REAL, above
from symkl.core.family import Family, Parameter
from symkl.core.supports import Continuum

__all__ = ["TruncatedNormal"]


class TruncatedNormal(Family):
    """p(x) = φ((x−μ)/σ) / (σ (Φ((b−μ)/σ) − Φ((a−μ)/σ))), a < x < b; a may be −oo and b may be oo."""

    parameters = (
        Parameter("mu", REAL, r"\mu", "mean before the truncation", typical=(-2, 2)),
        Parameter("sigma", POSITIVE, r"\sigma", "standard deviation before the truncation"),
        Parameter("a", EXTENDED_REAL, "a", "lower end", typical=(-3, 0)),
        Parameter("b", EXTENDED_REAL, "b", "upper end", typical=(1, 3)),
    )
    names_elsewhere = {"scipy": "truncnorm", "tfp": "TruncatedNormal", "numpyro": "TruncatedNormal"}

    def constraints(self) -> tuple[Boolean, ...]:
        _, _, a, b = self.args
        return (above(b, a),)

    def constraint_text(self) -> str:
        return "a < b"

    @property
    def support(self) -> Continuum:
        _, _, a, b = self.args
        return Continuum(a, b)

    def log_density(self, x: Expr) -> Expr:
        mu, sigma, _, _ = self.args
        return -((x - mu) ** 2) / (2 * sigma**2) - log(sigma) - Rational(1, 2) * log(2 * pi) - self._log_mass()

    def _log_mass(self) -> Expr:
        """log(Φ((b−μ)/σ) − Φ((a−μ)/σ)), by erfc where one end is infinite, so that nothing cancels."""
        mu, sigma, a, b = self.args
        lower, upper = ((end - mu) / (sqrt(2) * sigma) for end in (a, b))
        if a is -oo and b is oo:
            return S.Zero
        if b is oo:
            return log(erfc(lower)) - log(2)
        if a is -oo:
            return log(erfc(-upper)) - log(2)
        return log(erf(upper) - erf(lower)) - log(2)
