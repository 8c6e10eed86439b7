"""Standard von Mises: e^{κ cos u}/(2π I_0(κ)) on a whole turn. A log-density that is a multiple of cos(x − μ)."""

from __future__ import annotations

from sympy import Integer, S, Symbol, besseli, cos, log, pi, sin

from symkl.core.supports import Continuum
from symkl.expect.kinds.common import piece
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts

__all__ = ["KIND", "match", "moment"]

KIND = "von_mises"

TURN = Continuum(-pi, pi)
ANGLE = Symbol("theta", real=True)


def match(profile: Profile) -> Piece | None:
    """κ cos(x − μ) on a turn; the law is transported to the turn around μ, where its mean direction is 0."""
    support = profile.support
    if not isinstance(support, Continuum) or support.upper - support.lower != 2 * pi:
        return None
    x = profile.variable
    moving = [arg for arg in profile.log_density.expand().args if arg.has(x)] or [profile.log_density]
    if len(moving) != 1:
        return None
    coefficient, wave = moving[0].as_independent(x, as_Add=False)
    if not isinstance(wave, cos) or not profile.facts.is_positive(coefficient):
        return None
    phase = wave.args[0]
    if phase.diff(x) not in (S.One, S.NegativeOne):
        return None
    centre = (x - phase) if phase.diff(x) == 1 else (x + phase)
    return piece(KIND, (coefficient,), ANGLE + centre.expand(), coefficient * cos(ANGLE) - log(2 * pi * besseli(0, coefficient)), ANGLE, TURN)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[cos nθ] = I_n(κ)/I_0(κ), E[sin nθ] = 0; powers of cos θ and sin θ by the multiple angles."""
    if monomial.power != 0 or monomial.logs or monomial.rate != 0 or len(monomial.factors) != 1:
        return None
    ((wave, exponent),) = monomial.factors
    if exponent != 1 or not isinstance(wave, (cos, sin)):
        return None
    n = wave.args[0] / this.variable
    if not (n.is_Integer and n > 0):
        return None
    (kappa,) = this.parameters
    if isinstance(wave, sin):
        return Moment(S.Zero, "symmetry", ())
    coefficient = 1 / (2 * pi * besseli(0, kappa))
    return Moment(besseli(n, kappa) / besseli(0, kappa), "bessel_i", (("kappa", kappa), ("n", Integer(n))), (), coefficient)
