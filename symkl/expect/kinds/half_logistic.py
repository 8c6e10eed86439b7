"""Standard half-logistic: 2e^{−u}/(1 + e^{−u})² on (0, ∞)."""

from __future__ import annotations

from sympy import Expr, S, Symbol, exp, log

from symkl.expect.kinds.common import HALF_LINE, U, piece, positive, rate_of_fold
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import Monomial
from symkl.form.facts import Facts
from symkl.masters import MASTERS

__all__ = ["KIND", "match", "moment"]

KIND = "half_logistic"


def match(profile: Profile) -> Piece | None:
    """A log-density −cx − 2 log(1 + e^{−cx}) with c > 0: u = cx."""
    rate = rate_of_fold(profile, power=2, stretch=1)
    return None if rate is None else piece(KIND, (), U / rate, log(2) - U - 2 * log(1 + exp(-U)), U, HALF_LINE)


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[u^r] = 2Γ(r+1)η(r), E[log u] = log(π/2) − γ, E[e^{tu}] = 1 + t(ψ(1 − t/2) − ψ((1 − t)/2))."""
    if monomial == Monomial(logs=1):
        return _instance("half_logistic_log", None, S.Zero)
    if monomial == Monomial(rate=monomial.rate):
        below = positive(1 - monomial.rate, facts)
        return None if below is None else _instance("half_logistic_rate", "t", monomial.rate, below)
    if monomial == Monomial(power=monomial.power):
        above = positive(monomial.power + 1, facts)
        return None if above is None else _instance("half_logistic", "s", monomial.power + 1, above)
    return None


def _instance(name: str, parameter: str | None, value: Expr, conditions: tuple[object, ...] = ()) -> Moment:
    master = MASTERS[name]
    at: dict[Symbol, Expr] = {} if parameter is None else {master.parameter(parameter): value}
    values = () if parameter is None else ((parameter, value),)
    return Moment(2 * master.value_at(at), name, values, (), S(2), conditions)  # type: ignore[arg-type]
