"""One-sided limits of antiderivatives at the ends of a range, where they are evident term by term."""

from __future__ import annotations

from typing import Any

from sympy import (
    AccumBounds,
    Add,
    EulerGamma,
    Expr,
    S,
    Symbol,
    atan,
    betainc,
    digamma,
    erfc,
    exp,
    expint,
    gamma,
    hyper,
    log,
    oo,
    pi,
    uppergamma,
)

from symkl.expect.terms import Monomial, Term, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["limit_at"]

SINGULAR = (S.NaN, S.ComplexInfinity, oo, -oo, AccumBounds)


def limit_at(G: Expr, u: Symbol, end: Expr, from_above: bool, facts: Facts) -> Expr | None:
    """The one-sided limit of G at `end`, where it is evident term by term; None otherwise."""
    t = Symbol("t", positive=True)
    if end in (oo, -oo):
        moved = G.xreplace({u: (1 if end is oo else -1) / t})
    elif end == 0 and from_above:
        moved = G.xreplace({u: t})
    else:
        plain = _plain_value(G, u, end)
        if plain is not None:
            return plain
        moved = G.xreplace({u: end + t if from_above else end - t})
    # Terms that diverge like a power of log t must cancel; what multiplies them is smooth, so the rest vanishes with t.
    leading: dict[int, Expr] = {}
    for term in expand_in(_near_zero(_pulled(moved, t), t, facts), t, facts):
        part = _leading_of_term(term, t, facts)
        if part is None:
            return None
        leading[term.monomial.logs] = leading.get(term.monomial.logs, S.Zero) + part
    if any(n and is_zero(total, facts) is not True for n, total in leading.items()):
        return None
    return leading.get(0, S.Zero)


def _pulled(expr: Any, t: Symbol) -> Any:
    """Sums with a pole at t = 0 as t^{−n} × a sum without one, so that 1 + 1/t reads (1 + t)/t."""

    def has_pole(e: Expr) -> bool:
        return bool(e.is_Add and e.is_rational_function(t) and e.has(t) and _pole(e, t) > 0)

    return expr.replace(has_pole, lambda e: t ** -_pole(e, t) * (e * t ** _pole(e, t)).expand())


def _near_zero(expr: Any, t: Symbol, facts: Facts) -> Any:
    """E₁(z) as −γ − log z, up to what vanishes with z."""

    def small(e: Expr) -> bool:
        if not (isinstance(e, expint) and e.args[0] == 1 and e.args[1].has(t)):
            return False
        lead = _leading(e.args[1], t, facts)
        return lead is not None and bool(facts.is_positive(lead[1]))

    return expr.replace(small, lambda e: -EulerGamma - log(e.args[1]))


def _pole(e: Expr, t: Symbol) -> int:
    powers = [term.as_coeff_exponent(t)[1] for term in Add.make_args(e)]
    least = min((power for power in powers if power.is_Integer), default=S.Zero)
    return -int(least) if least < 0 else 0


def _plain_value(G: Expr, u: Symbol, end: Expr) -> Expr | None:
    value: Any = G.xreplace({u: end}).replace(_is_whole_beta, lambda e: gamma(e.args[0]) * gamma(e.args[1]) / gamma(e.args[0] + e.args[1]))
    value = value.replace(lambda e: isinstance(e, hyper), _at_unity)
    return None if value.has(*SINGULAR) or _touches_branch(G, u, end) else value


def _at_unity(e: Any) -> Any:
    """₃F₂(1, 1, b; 2, b+1; 1) = b(ψ(b) + γ)/(b − 1), from Σ 1/((k+1)(k+b))."""
    upper, lower = list(e.args[0]), list(e.args[1])
    if e.args[2] != 1 or len(upper) != 3 or upper.count(S.One) < 2 or S(2) not in lower:
        return e
    upper.remove(S.One)
    upper.remove(S.One)
    lower.remove(S(2))
    b = upper[0]
    return b * (digamma(b) + EulerGamma) / (b - 1) if (lower[0] - b - 1).expand() == 0 and b != 1 else e


def _is_whole_beta(e: Expr) -> bool:
    return isinstance(e, betainc) and e.args[2:] == (0, 1)


def _touches_branch(G: Expr, u: Symbol, end: Expr) -> bool:
    """Whether a logarithm or a power of G has a zero or a pole at the end point."""
    return any(each.has(u) and each.args[0].xreplace({u: end}).expand() == 0 for each in G.atoms(log))


def _leading_of_term(term: Term, t: Symbol, facts: Facts) -> Expr | None:
    """C, where c t^r log^n t Π factors is C log^n t and something that vanishes as t → 0+; None where this is not evident."""
    c, m = term
    value: Expr = c
    vanishing = small = False
    for base, exponent in m.factors:
        outcome = _factor_at_zero(base, t, facts)
        if outcome is None:
            if not (_vanishes(base, t) and facts.is_positive(exponent)):
                return None
            small = True
        elif outcome == 0:
            # Only exponentially small factors come back as zero: they beat every power.
            if not facts.is_positive(exponent):
                return None
            vanishing = True
        else:
            value *= outcome**exponent
    if vanishing or facts.is_positive(m.power):
        return S.Zero
    if m.power != 0:
        return None
    return S.Zero if small else value


def _vanishes(base: Expr, t: Symbol) -> bool:
    """Whether a factor is continuous at t = 0 and zero there."""
    if isinstance(base, betainc):
        return bool(base.args[3].cancel().subs(t, 0) == 0)
    return bool(base.subs(t, 0) == 0)


def _factor_at_zero(base: Any, t: Symbol, facts: Facts) -> Expr | None:
    if isinstance(base, erfc):
        lead = _leading(base.args[0], t, facts)
        if lead is not None and facts.is_negative(lead[1]):
            return S.Zero if facts.is_positive(lead[0]) else S(2) if facts.is_negative(lead[0]) else None
        dominant = _dominant(base.args[0], t, facts)
        if dominant is not None:
            return S.Zero if facts.is_positive(dominant) else S(2) if facts.is_negative(dominant) else None
        return _regular(base, t)
    if isinstance(base, atan):
        dominant = _dominant(base.args[0], t, facts)
        if dominant is not None:
            return pi / 2 if facts.is_positive(dominant) else -pi / 2 if facts.is_negative(dominant) else None
        return _regular(base, t)
    if isinstance(base, (exp, uppergamma, expint)):
        inside = base.args[0] if isinstance(base, exp) else -base.args[-1]
        lead = _leading(inside, t, facts)
        if lead is None:
            dominant = _dominant(inside, t, facts)
            if dominant is None:
                return _regular(base, t)
            return S.Zero if facts.is_negative(dominant) else None
        if lead[1].is_negative or facts.is_negative(lead[1]):
            return S.Zero if facts.is_negative(lead[0]) else None
    if isinstance(base, uppergamma):
        s, z = base.args
        lead = _leading(z, t, facts)
        vanishes = lead is not None and facts.is_positive(lead[1])
        return gamma(s) if vanishes and facts.is_positive(s) else _regular(base, t)
    return _regular(base, t)


def _leading(expr: Expr, t: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(c, r) if expr = c t^r (one term)."""
    terms = expand_in(expr, t, facts)
    if len(terms) == 1 and terms[0].monomial == Monomial(power=terms[0].monomial.power):
        return terms[0].coefficient, terms[0].monomial.power
    return None


def _dominant(expr: Expr, t: Symbol, facts: Facts) -> Expr | None:
    """An expression of the sign of a sum that grows as t → 0+: the coefficient of the most negative power, and of most logarithms with it."""
    terms = expand_in(expr, t, facts)
    if not terms or any(m != Monomial(power=m.power, logs=m.logs) or not m.power.is_Rational for _, m in terms):
        return None
    coefficient, m = min(terms, key=lambda term: (term.monomial.power, -term.monomial.logs))
    return S.NegativeOne**m.logs * coefficient if m.power < 0 or (m.power == 0 and m.logs) else None


def _beta_at_zero(base: Any, t: Symbol) -> Expr | None:
    """B_x(a, b) where x → 1 with t: the beta function; elsewhere its value."""
    a, b, _, x = base.args
    end = x.cancel().subs(t, 0)
    if end == 1:
        return gamma(a) * gamma(b) / gamma(a + b)
    return None if end.has(S.NaN, S.ComplexInfinity, oo) or end == 0 else betainc(a, b, 0, end)


def _regular(base: Expr, t: Symbol) -> Expr | None:
    if isinstance(base, betainc):
        return _beta_at_zero(base, t)
    value = base.subs(t, 0)
    return None if value.has(*SINGULAR) or value == 0 else value
