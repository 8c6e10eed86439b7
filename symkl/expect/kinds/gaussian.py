"""Standard normal: e^{−z²/2}/√(2π) on ℝ. A quadratic log-density is of this kind, by completing the square."""

from __future__ import annotations

from sympy import Abs, Expr, Rational, S, exp, log, pi, sqrt, together

from symkl.expect.kinds.common import LINE, Z, coefficient_of, piece, positive
from symkl.expect.ratios import bell
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts
from symkl.masters.gaussian_distance import GAUSSIAN_DISTANCE

__all__ = ["KIND", "match", "moment"]

KIND = "gaussian"


def match(profile: Profile) -> Piece | None:
    if profile.support != LINE:
        return None
    _, terms = profile.terms()
    linear, square = Monomial(power=S.One), Monomial(power=S(2))
    if any(m not in (linear, square) for _, m in terms):
        return None
    curvature = -2 * coefficient_of(terms, square)
    if not profile.facts.is_positive(curvature):
        return None
    centre = (coefficient_of(terms, linear) / curvature).cancel()
    deviation = _root(1 / curvature)
    return piece(KIND, (), centre + deviation * Z, -(Z**2) / 2 - Rational(1, 2) * log(2 * pi), Z, LINE)


def _root(variance: Expr) -> Expr:
    """√variance, drawn out of a square."""
    return sqrt(variance.cancel() if variance.is_rational_function() else variance)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[z^n e^{tz}] = ∂_t^n e^{t²/2}."""
    n, t = monomial.power, monomial.rate
    if len(monomial.factors) == 1 and monomial == Monomial(factors=monomial.factors):
        return _distance_moment(*monomial.factors[0], facts)
    if monomial.factors or monomial.logs or not (n.is_Integer and n >= 0):
        return None

    def cumulant(i: int, j: int) -> Expr:
        return t if i == 1 else S.One if i == 2 else S.Zero

    value = exp(t**2 / 2) * bell(int(n), 0, cumulant)
    return Moment(value, "gaussian", (("t", t),), (("t", int(n)),), 1 / sqrt(2 * pi))


def _distance_moment(distance: Expr, r: Expr, facts: Facts) -> Moment | None:
    """E|z − d|^r = 2^{r/2} Γ((r+1)/2)/√π · ₁F₁(−r/2; 1/2; −d²/2) for r that is no whole number and d ≠ 0, where it is not elementary."""
    above = positive(r + 1, facts)
    if not isinstance(distance, Abs) or r.is_Integer or above is None:
        return None
    d = together((Z - distance.args[0]).expand())
    if d.has(Z) or d == 0:
        return None
    master = GAUSSIAN_DISTANCE
    coefficient = 1 / sqrt(2 * pi)
    value = coefficient * master.value_at({master.parameter("r"): r, master.parameter("d"): d})
    return Moment(value, master.name, (("r", r), ("d", d)), (), coefficient, above)
