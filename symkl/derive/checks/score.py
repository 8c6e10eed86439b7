"""Steps that differentiate the normalisation in a parameter."""

from __future__ import annotations

from sympy import Add, Derivative, Expr, Piecewise, Poly, S, Subs, Symbol
from sympy.core.relational import Relational

from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.derive.checks.context import Context, need, require
from symkl.derive.checks.expectations import parts_of

__all__ = ["score"]


def score(step: Step, context: Context) -> tuple[Law, ...]:
    """E[T^n] = M_n at θ, where ∂_θ log p = a′(θ) T + b′(θ), M_0 = 1 and M_{n+1} = (M_n′ − b′ M_n)/a′.

    The laws p_θ, for θ in an open interval, are an exponential family in a(θ): it may be differentiated under the sum or the integral.
    """
    f, x, law = parts_of(step.before)
    member, theta = step.data["member"], step.data["parameter"]
    names = {theta: step.data["at"], **dict(step.data.get("names", ()))}
    T, slope, rest = step.data["statistic"], step.data["slope"], step.data["rest"]
    require(theta.is_Symbol and theta.is_real and theta.is_integer is None, "the parameter is not a real number")
    require(member.xreplace(names) == law and not names.keys() & member.support.free_symbols, "the law is not the member at the parameter's value")
    for name, value in names.items():
        require(name == value or not name.is_positive or context.facts.is_positive(value), "{} is not known to be positive", value)
    require(not (slope.has(x) or rest.has(x) or T.has(*names)) and T.has(x), "the statistic is not apart from the parameter")
    cases = {c for each in member.log_density(x).atoms(Piecewise) for c in each.atoms(Relational)}
    require(not any(c.has(theta) for c in cases), "the density is given by cases in the parameter, and has no derivative there as it is written")
    where = context.plus(*member.conditions)
    if isinstance(member, Family):
        domains = [parameter.domain for parameter, value in zip(type(member).parameters, member.args) if value.has(theta)]
        require(all(not domain.closed for domain in domains), "the parameter is not inside an open interval")
    gap = member.log_density(x).diff(theta) - slope * T - rest
    need(where.at(member.support, x).zero(gap), "the derivative of log p is not a'T + b'")
    need(context.zero(step.after - _value(f, T, x, slope, rest, theta, law, context).xreplace(names)), "the value is not that moment")
    return (member,)


def _value(f: Expr, T: Expr, x: Symbol, slope: Expr, rest: Expr, theta: Symbol, law: Law, context: Context) -> Expr:
    """Σ c_n M_n for f = Σ c_n T^n, the c_n being found by division and verified at the points of the support."""
    name = Symbol("T", real=True)
    if x == T:
        written = f.xreplace({x: name})
    else:
        written = f.xreplace({T: name})
    require(written.is_polynomial(name) and not written.has(x), "the statistic is not a polynomial in T")
    need(context.at(law.support, x).zero(written.xreplace({name: T}) - f), "the statistic is not a polynomial in T")
    moments: list[Expr] = [S.One]
    total: Expr = S.Zero
    for (n,), c in sorted(Poly(written, name).terms()):
        while len(moments) <= n:
            moments.append((moments[-1].diff(theta) - rest * moments[-1]) / slope)
        total = Add(total, c * moments[n])
    require(not total.has(Derivative, Subs), "the normalisation has no derivative in closed form")
    return total
