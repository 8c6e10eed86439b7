"""Σ p(k) of a mass function that is e^c times one of a standard form, on the same points or on all from 0 on."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, expand_log, log, oo

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.expect.gammas import cancelled
from symkl.expect.reduce import put_in, reduce_law
from symkl.expect.rules import standard_form
from symkl.expect.terms import ONE, Monomial, exp_of_sum, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["lattice_mass"]


#: Of a law that starts later, so many points are taken off the whole.
MOST_POINTS = 8
#: A factor with a larger exponent is not multiplied out.
LARGEST_EXPONENT = 4


def lattice_mass(law: Density, facts: Facts) -> Expr | None:
    """Σ p(k); of a law that starts at m, the sum from 0 on without the first m points."""
    found = _multiple(law, facts)
    if found is None:
        found = _of_polynomial(law, facts)
    lower, upper = law.support.args[:2]
    if found is not None or lower not in range(1, MOST_POINTS + 1):
        return found
    log_mass = law.log_density(law.variable)
    whole = Lattice(0, upper)
    j = whole.variable("j")
    points = [log_mass.subs(law.variable, S(n)) for n in range(int(lower))]
    total = _multiple(Density.from_log(log_mass.xreplace({law.variable: j}), j, whole), facts)
    if total is None or any(point.is_finite is False or point.has(S.NaN, S.ComplexInfinity, oo) for point in points):
        return None
    return Add(total, *(-exp_of_sum(point) for point in points)).factor()


def _of_polynomial(law: Density, facts: Facts) -> Expr | None:
    """Σ h(k) b(k), with h a polynomial and b of a standard form: the weighted geometric laws (k + 1) z^k."""
    k = law.variable
    weights: list[Expr] = []
    rest: list[Expr] = []
    for c, m in cancelled(expand_in(law.log_density(k), k, facts, powers=False), k):
        inside = m.factors[0][0].args[0] if len(m.factors) == 1 and isinstance(m.factors[0][0], log) else k
        plain = m in (Monomial(logs=1), Monomial(factors=((log(inside), S.One),)))
        if plain and c.is_Integer and 0 < c <= LARGEST_EXPONENT and inside.is_polynomial(k):
            weights.append(inside**c)
        else:
            rest.append(c * m.expr(k))
    base = Density.from_log(Add(*rest), k, law.support)
    total = _multiple(base, facts) if weights else None
    if total is None:
        return None
    whole = Density.from_log(Add(*rest, -expand_log(log(total), force=True)), k, law.support)
    means = [(c, m.expr(k), standard_form.rule(m.expr(k), k, whole, facts) if m != ONE else None) for c, m in expand_in(Mul(*weights).expand(), k, facts)]
    if any(outcome is None and statistic != 1 for _, statistic, outcome in means):
        return None
    return Mul(total, Add(*(c * (S.One if outcome is None else outcome.value) for c, _, outcome in means)).factor())


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
