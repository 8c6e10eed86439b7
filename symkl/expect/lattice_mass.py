"""Σ p(k) of a mass function that is e^c times one of a standard form, on the same points or on all from 0 on."""

from __future__ import annotations

from sympy import Add, Expr, S, expand_log, oo

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.expect.gammas import cancelled
from symkl.expect.reduce import put_in, reduce_law
from symkl.expect.terms import ONE, exp_of_sum, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["lattice_mass"]


#: Of a law that starts later, so many points are taken off the whole.
MOST_POINTS = 8


def lattice_mass(law: Density, facts: Facts) -> Expr | None:
    """Σ p(k); of a law that starts at m, the sum from 0 on without the first m points."""
    found = _multiple(law, facts)
    lower, upper = law.support.args[:2]
    if found is not None or upper is not oo or lower not in range(1, MOST_POINTS + 1):
        return found
    log_mass = law.log_density(law.variable)
    whole = Lattice(0, oo)
    j = whole.variable("j")
    points = [log_mass.subs(law.variable, S(n)) for n in range(int(lower))]
    total = _multiple(Density.from_log(log_mass.xreplace({law.variable: j}), j, whole), facts)
    if total is None or any(point.is_finite is False or point.has(S.NaN, S.ComplexInfinity, oo) for point in points):
        return None
    return Add(total, *(-exp_of_sum(point) for point in points)).factor()


def _multiple(law: Density, facts: Facts) -> Expr | None:
    """e^c, where the log-mass is that of a standard law on the same points, plus a constant c."""
    reduction = reduce_law(law, facts)
    if reduction is None or len(reduction.pieces) != 1:
        return None
    (piece,) = reduction.pieces
    k = piece.variable
    own = put_in(law.log_density(law.variable), law.variable, piece.inverse)
    # Factorials, binomials and gamma functions are one.
    terms = cancelled(expand_in(own - piece.law.log_density(k), k, facts), k)
    if any(m != ONE and is_zero(c, facts) is not True for c, m in terms):
        return None
    return exp_of_sum(expand_log(Add(*(c for c, m in terms if m == ONE)).expand(), force=True).expand())
