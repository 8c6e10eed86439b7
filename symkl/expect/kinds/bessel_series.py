"""Masses I_k(c) t^k on the integers: log-masses made of k and log I_k(c); the Skellam laws."""

from __future__ import annotations

from sympy import Expr, S, besseli, exp, log, oo

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.expect.kinds.common import coefficient_of
from symkl.expect.ratios import bell
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial, exp_of_sum
from symkl.form.facts import Facts

__all__ = ["KIND", "match", "moment"]

KIND = "bessel_series"

#: Powers of k up to this one are moments.
LARGEST_POWER = 8


def match(profile: Profile) -> Piece | None:
    if profile.support != Lattice(-oo, oo):
        return None
    k = profile.variable
    _, terms = profile.terms()
    others = [(c, m) for c, m in terms if m != Monomial(power=S.One)]
    if len(others) != 1 or others[0][0] != 1 or len(others[0][1].factors) != 1:
        return None
    wave, exponent = others[0][1].factors[0]
    if others[0][1] != Monomial(factors=((wave, exponent),)) or exponent != 1 or not isinstance(wave, log) or not isinstance(wave.args[0], besseli):
        return None
    order, c = wave.args[0].args
    if order != k or c.has(k):
        return None
    t = exp_of_sum(coefficient_of(terms, Monomial(power=S.One)).expand())
    return Piece(KIND, (c, t), k, Density.from_log(profile.log_density, k, profile.support))


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[k^n e^{rk}] from the cumulants (c/2)(w ± 1/w) at w = t e^r, as Σ I_k(c) w^k = exp(c(w + 1/w)/2)."""
    n = monomial.power
    if monomial.factors or monomial.logs or not (n.is_Integer and 0 <= n <= LARGEST_POWER):
        return None
    c, t = this.parameters
    w = t * exp(monomial.rate)

    def cumulant(i: int, j: int) -> Expr:
        return c / 2 * (w + S.NegativeOne**i / w)

    tilt = exp(c / 2 * (w + 1 / w - t - 1 / t)) if monomial.rate != 0 else S.One
    return Moment(tilt * bell(int(n), 0, cumulant), "bessel_series", (("c", c), ("t", w)), (("t", int(n)),), exp(-c / 2 * (t + 1 / t)))
