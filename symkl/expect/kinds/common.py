"""Small helpers shared by the standard kinds."""

from __future__ import annotations

from typing import Any

from sympy import Add, And, Expr, Mul, S, Symbol, exp, log, oo
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.supports import Continuum
from symkl.expect.shapes import Piece, Profile
from symkl.expect.terms import Monomial, Term
from symkl.form.facts import Facts

__all__ = ["HALF_LINE", "LINE", "UNIT", "U", "Z", "atom_exponents", "coefficient_of", "one_power", "piece", "positive", "rate_of_fold", "scaled", "scaled_logarithm"]

HALF_LINE = Continuum(0, oo)
UNIT = Continuum(0, 1)
LINE = Continuum(-oo, oo)

#: The standard variables: u on a half-line or in the unit interval, z on the whole line.
U = Symbol("u", positive=True)
Z = Symbol("z", real=True)


def positive(expr: Expr, facts: Facts) -> tuple[Boolean, ...] | None:
    """The condition expr > 0 as a tuple: empty if known, None if known to fail."""
    known = facts.is_positive(expr)
    if known:
        return ()
    if known is False or expr.is_nonpositive:
        return None
    return (And(expr > 0),)


def coefficient_of(terms: list[Term], monomial: Monomial) -> Expr:
    return sum((c for c, m in terms if m == monomial), S.Zero)


def one_power(terms: list[Term]) -> tuple[Expr, Expr] | None:
    """(coefficient, k) if exactly one term is a pure power u^k."""
    powers = [(c, m.power) for c, m in terms if m == Monomial(power=m.power) and m.power != 0]
    return powers[0] if len(powers) == 1 else None


def atom_exponents(monomial: Monomial, allowed: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    """The exponents of the allowed factors in a monomial; None if it has any other."""
    found = dict(monomial.factors)
    if any(base not in allowed for base in found):
        return None
    return tuple(found.get(base, S.Zero) for base in allowed)


def scaled(scale: Expr, k: Expr) -> Expr:
    """x = (u/scale)^{1/k}, so that u = scale · x^k; the positive scale is taken apart factor by factor."""
    parts = [factor.as_base_exp() for factor in Mul.make_args(scale)]
    return Mul(U ** (1 / k), *(base ** (-exponent / k) for base, exponent in parts))


def scaled_logarithm(monomial: Monomial, u: Symbol, facts: Facts) -> tuple[Expr | None, Monomial]:
    """(λ, the other factors) if the monomial has one factor log(1 + λu) with λ > 0."""
    for base, exponent in monomial.factors:
        if exponent == 1 and isinstance(base, log):
            inside: Any = base.args[0]
            lam = inside.diff(u)
            if not lam.has(u) and (inside - lam * u).expand() == 1 and facts.is_positive(lam):
                others = tuple(pair for pair in monomial.factors if pair[0] != base)
                return lam, Monomial(monomial.power, monomial.logs, monomial.rate, others)
    return None, monomial


def rate_of_fold(profile: Profile, power: int, stretch: int) -> Expr | None:
    """c > 0 where the log-density on (0, ∞) is −cx − power · log(1 + e^{−stretch · cx})."""
    if profile.support != HALF_LINE:
        return None
    _, terms = profile.terms()
    rate = -coefficient_of(terms, Monomial(power=S.One))
    others = [(c, m) for c, m in terms if m != Monomial(power=S.One)]
    if rate == 0 or len(others) != 1 or others[0][0] != -power or not profile.facts.is_positive(rate):
        return None
    m = others[0][1]
    if len(m.factors) != 1 or m != Monomial(factors=m.factors):
        return None
    base, exponent = m.factors[0]
    if exponent != 1 or not isinstance(base, log) or not isinstance(base.args[0], Add):
        return None
    return rate if (base.args[0] - 1 - exp(-stretch * rate * profile.variable)).expand() == 0 else None


def piece(kind: str, parameters: tuple[Expr, ...], inverse: Expr, log_density: Expr, variable: Symbol, support: Continuum) -> Piece:
    return Piece(kind, parameters, inverse, Density.from_log(log_density, variable, support))
