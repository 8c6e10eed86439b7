"""Antiderivatives of u^r e^{cu} log(a + bu) for a rate c of any sign, and on a half-line that starts above 0."""

from __future__ import annotations

from sympy import E1, Expr, Rational, S, Symbol, erfc, exp, hyper, log, pi, sqrt, uppergamma

from symkl.form.facts import Facts

__all__ = ["exponential_both_ways", "exponential_log_line", "exponential_power", "exponential_power_line"]


def exponential_power(r: Expr, n: int, c: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r log^n u · e^{cu} on u > 0: incomplete gamma functions, or entire ones where the sign of c is not known."""
    if not facts.is_positive(u):
        return None
    decays = facts.is_negative(c)
    if n == 0 and decays:
        return -uppergamma(r + 1, -c * u) * (-c) ** (-r - 1)
    if n == 0 and facts.is_positive(r + 1):
        return u ** (r + 1) / (r + 1) * hyper((r + 1,), (r + 2,), c * u)
    if n == 1 and r == 0:
        return exp(c * u) * log(u) / c + E1(-c * u) / c if decays else _entire(c, u)
    return None


def _entire(c: Expr, v: Expr) -> Expr:
    """e^{cv} log v: ((e^{cv} − 1) log v − cv ₂F₂(1, 1; 2, 2; cv))/c, whose derivative is that, as (z ₂F₂(z))′ = (e^z − 1)/z."""
    return ((exp(c * v) - 1) * log(v) - c * v * hyper((1, 1), (2, 2), c * v)) / c


def exponential_log_line(a: Expr, b: Expr, c: Expr, u: Symbol) -> Expr:
    """e^{cu} log(a + bu): the same in v = a + bu, e^{cu} = e^{−ca/b} e^{(c/b)v}, du = dv/b."""
    return exp(-c * a / b) / b * _entire(c / b, a + b * u)


def exponential_power_line(line: Expr, t: Expr, c: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """v^t e^{cu} for v = a + bu > 0: e^{cu} = e^{−ca/b} e^{(c/b)v}, du = dv/b."""
    b, v = line.diff(u), Symbol("v", positive=True)
    if b.has(u) or not facts.is_positive(line):
        return None
    inner = exponential_power(t, 0, (c / b).expand(), v, facts)
    return None if inner is None else exp(-(c / b * line.xreplace({u: S.Zero})).expand()) / b * inner.xreplace({v: line})


def exponential_both_ways(h: Expr, r: Expr, c: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r e^{−au − b/u} on u > 0 for r = −1/2 and −3/2: with w = e^{∓2√(ab)} erfc(√(b/u) ∓ √(au)), √(π/a)/2 times their difference and √(π/b)/2 times their sum."""
    a, b = -c, (-h * u).expand()
    if r not in (Rational(-1, 2), Rational(-3, 2)) or b.has(u) or not (facts.is_positive(u) and facts.is_positive(a) and facts.is_positive(b)):
        return None
    twice = 2 * sqrt(a) * sqrt(b)
    falling, rising = exp(-twice) * erfc(sqrt(b) / sqrt(u) - sqrt(a) * sqrt(u)), exp(twice) * erfc(sqrt(b) / sqrt(u) + sqrt(a) * sqrt(u))
    if r == Rational(-1, 2):
        return sqrt(pi / a) / 2 * (falling - rising)
    return sqrt(pi / b) / 2 * (falling + rising)
