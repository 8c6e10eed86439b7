"""Antiderivatives by the chain rule, h^t h' and e^h h', and of powers of quadratics without real roots."""

from __future__ import annotations

from math import comb

from sympy import Add, Expr, Integer, Mul, S, Symbol, atan, exp, hyper, log, sqrt

from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["chain", "power_of_quadratic"]

#: A power (a + cu²)^{−n} is reduced so many times; beyond, and for n that is no half integer, it is a ₂F₁.
MOST_REDUCTIONS = 12


def chain(base: Expr, t: Expr, rest: Expr, u: Symbol, facts: Facts, turned: bool = False) -> Expr | None:
    """base^t·rest where rest is a multiple of the derivative of the base, or, of e^h, of the exponent."""
    inside = Mul(t, base.args[0]) if isinstance(base, exp) else base
    slope = inside.diff(u)
    if slope == 0 or (multiple := (rest / slope).expand()).has(u):
        return None if turned or isinstance(base, exp) else _turned(base, t, rest, u, facts)
    if isinstance(base, exp):
        return multiple * exp(inside)
    if (t + 1).is_zero:
        return multiple * log(base) if facts.is_positive(base) else None
    if not (facts.is_positive(t + 1) or facts.is_negative(t + 1)):
        return None
    return multiple * base ** (t + 1) / (t + 1)


def _turned(base: Expr, t: Expr, rest: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """The same of (1 + b u^k)^t as u^{kt}(b + u^{−k})^t, whose derivative may be the one at hand."""
    terms = expand_in(base, u, facts)
    moving = [m for _, m in terms if m != ONE]
    if len(terms) != 2 or len(moving) != 1 or moving[0] != Monomial(power=moving[0].power) or not u.is_positive:
        return None
    power = moving[0].power
    inside = Add(*(c * (m.expr(u) / u**power) for c, m in terms))
    return chain(inside, t, (rest * u ** (power * t).expand()), u, facts, turned=True)


def power_of_quadratic(base: Expr, t: Expr, r: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r (a + cu²)^t for natural r, t < 0 and a, c > 0: u² is ((a + cu²) − a)/c."""
    terms = {m: c for c, m in expand_in(base, u, facts)}
    a, c = terms.get(ONE, S.Zero), terms.get(Monomial(power=Integer(2)), S.Zero)
    if len(terms) != 2 or not (facts.is_positive(a) and facts.is_positive(c) and facts.is_negative(t)):
        return None
    if not (r.is_Integer and 0 <= r <= MOST_REDUCTIONS):
        return None
    n, odd = divmod(int(r), 2)
    if n and not t.is_Rational:
        return None
    total: list[Expr] = []
    for i in range(n + 1):
        inner = chain(base, t + i, u, u, facts) if odd else _even(base, a, c, t + i, u)
        if inner is None:
            return None
        total.append(comb(n, i) * (-a) ** (n - i) / c**n * inner)
    return Add(*total)


def _even(base: Expr, a: Expr, c: Expr, t: Expr, u: Symbol) -> Expr | None:
    """(a + cu²)^t: the arc tangent for t = −1, an algebraic function for t = −3/2, and by parts from these."""
    n = -t
    if n.is_Integer and n <= 0:
        return Add(*(comb(-int(n), j) * a ** (-int(n) - j) * c**j * u ** (2 * j + 1) / (2 * j + 1) for j in range(-int(n) + 1)))
    if not (2 * n).is_Integer or n > MOST_REDUCTIONS:
        return u * a**t * hyper((S.Half, n), (S.Half * 3,), -c * u**2 / a)
    if n <= S.Half:
        return None
    first = S.One if n.is_Integer else S.Half * 3
    total = atan(u * sqrt(c / a)) / sqrt(a * c) if n.is_Integer else u / (a * sqrt(base))
    for k in range(int(n - first)):
        m = first + k
        # (u (a + cu²)^{−m})' = (1 − 2m)(a + cu²)^{−m} + 2ma (a + cu²)^{−m−1}.
        total = Add(u * base**-m, (2 * m - 1) * total) / (2 * m * a)
    return total
