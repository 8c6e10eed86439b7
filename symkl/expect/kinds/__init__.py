"""The standard kinds, in the order in which they are asked. Each file says when a law is of its kind and gives its moments."""

from __future__ import annotations

from collections.abc import Callable

from symkl.expect.kinds import bessel_k, bessel_series, beta, beta_prime, gamma, gaussian, half_logistic, half_secant, harmonic, lattice, von_mises
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts

__all__ = ["KINDS", "MOMENTS"]

#: Recognisers: a profile is of the kind, or None.
KINDS: tuple[Callable[[Profile], Piece | None], ...] = (
    gaussian.match,
    gamma.match,
    beta.match,
    beta_prime.match,
    bessel_k.match,
    von_mises.match,
    lattice.match,
    bessel_series.match,
    harmonic.match,
    half_logistic.match,
    half_secant.match,
)

#: The moments of each kind.
MOMENTS: dict[str, Callable[[Piece, Monomial, Facts], Moment | None]] = {
    **{
        kind.KIND: kind.moment
        for kind in (gaussian, gamma, beta, beta_prime, bessel_k, bessel_series, half_logistic, half_secant, harmonic, von_mises)
    },
    **dict.fromkeys(lattice.KINDS, lattice.moment),
}
