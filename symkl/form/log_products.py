"""Σ c log a = 0 where Π a^c = 1, for rational c: (1 + w)² = 2 + 2w − y² for w = √(1 − y²), which no factorisation of polynomials shows."""

from __future__ import annotations

from math import lcm

from sympy import Add, Expr, Integer, Mul, Pow, Rational, log

from symkl.form.facts import OTHER, POSITIVE, Facts
from symkl.form.fractions import fraction
from symkl.form.rewrite import form_of

__all__ = ["MOST_LOGS", "is_log_of_one", "signs_of_sides"]

#: Of more logarithms than this the product is not formed, nor with larger powers.
MOST_LOGS, LARGEST_POWER = 8, 4


def is_log_of_one(expr: Expr, facts: Facts) -> bool:
    """Whether expr is Σ c log a with Π a^c = 1 and each a positive, but for one a with odd c, or two with opposite odd c, that are real.

    These are positive too, or their ratio is; and log a − log b = log(a/b) for real numbers of one sign.

    >>> from sympy import sqrt, symbols
    >>> y = symbols("y", positive=True)
    >>> w = sqrt(1 - y**2)
    >>> is_log_of_one(2*log(1 + w) - log(2 + 2*w - y**2), Facts.of(y < 1))
    True
    """
    rows = _logarithms(expr)
    if rows is None or not _has_root(expr):
        return False
    unsigned = []
    for inside, exponent in rows.items():
        signs = signs_of_sides(inside, facts)
        if any(each & OTHER for each in signs):
            return False
        if any(each != POSITIVE for each in signs):
            unsigned.append(exponent)
    if any(c % 2 == 0 for c in unsigned) or len(unsigned) > 2 or (len(unsigned) == 2 and sum(unsigned) != 0):
        return False
    above = Mul(*(inside**exponent for inside, exponent in rows.items() if exponent > 0))
    below = Mul(*(inside**-exponent for inside, exponent in rows.items() if exponent < 0))
    return not len(fraction(form_of(above - below, facts))[0])


def signs_of_sides(inside: Expr, facts: Facts) -> list[int]:
    """The signs of numerator and denominator; sums of roots are slow to factor and seldom have factors, so these are taken as they are."""
    return [facts.signs(side, irreducible=_has_root(side)) for side in inside.as_numer_denom()]


def _logarithms(expr: Expr) -> dict[Expr, int] | None:
    """{a: c} with a multiple of expr equal to Σ c log a, for whole c; None if there is anything else."""
    found: dict[Expr, Rational] = {}
    for term in Add.make_args(expr):
        coefficient, moving = term.as_coeff_Mul()
        if not isinstance(moving, log) or not isinstance(coefficient, Rational):
            return None
        found[moving.args[0]] = found.get(moving.args[0], Integer(0)) + coefficient
    common = lcm(*(int(each.q) for each in found.values()))
    rows = {inside: int(each * common) for inside, each in found.items() if each != 0}
    return rows if 2 <= len(rows) <= MOST_LOGS and max(map(abs, rows.values())) <= LARGEST_POWER else None


def _has_root(expr: Expr) -> bool:
    return any(power.exp.is_Rational and not power.exp.is_Integer and power.base.is_Add for power in expr.atoms(Pow))
