"""Masses k^{−s} on 1, …, n: the Zipf laws."""

from __future__ import annotations

from sympy import S, harmonic

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.expect.kinds.common import coefficient_of
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts

__all__ = ["KIND", "match", "moment"]

KIND = "harmonic"


def match(profile: Profile) -> Piece | None:
    support = profile.support
    if not isinstance(support, Lattice) or not support.lower == support.step == 1 or not support.upper.is_finite:
        return None
    _, terms = profile.terms()
    if not terms or any(m != Monomial(logs=1) for _, m in terms):
        return None
    s = -coefficient_of(terms, Monomial(logs=1))
    return Piece(KIND, (support.upper, s), profile.variable, Density.from_log(profile.log_density, profile.variable, support))


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[k^r] = H_{n,s−r}/H_{n,s}."""
    if monomial.factors or monomial.logs or monomial.rate != 0:
        return None
    n, s = this.parameters
    shifted = s - monomial.power
    norm = harmonic(n, s, evaluate=not n.is_Integer)
    value = n if shifted == 0 else harmonic(n, shifted, evaluate=not n.is_Integer)
    return Moment(value / norm, "harmonic", (("n", n), ("s", shifted)), (), S.One / norm)
