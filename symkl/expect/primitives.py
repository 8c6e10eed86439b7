"""Antiderivatives of monomials: `primitive(m, u)` gives G with G' = m, from a short table that any reader can differentiate."""

from __future__ import annotations

from math import comb

from sympy import (
    E1,
    Add,
    Expr,
    Integer,
    Mul,
    Poly,
    Pow,
    S,
    Symbol,
    atan,
    betainc,
    div,
    erfc,
    exp,
    hyper,
    log,
    pi,
    polylog,
    sqrt,
    uppergamma,
)

from symkl.expect.moves.location import location
from symkl.expect.primitives_chain import chain, power_of_quadratic
from symkl.expect.primitives_exponential import exponential_both_ways, exponential_log_line, exponential_power, exponential_power_line
from symkl.expect.primitives_waves import is_wave, waves
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["primitive"]

#: Powers up to this one are integrated by parts.
LARGEST_POWER = 6


def primitive(m: Monomial, u: Symbol, facts: Facts) -> Expr | None:
    """G with dG/du = m, or None if the table has no entry."""
    if not m.factors:
        return _plain(m, u, facts)
    found = _with_factors(m, u, facts)
    if found is None and len(m.factors) == 1 and m.logs == 0:
        base, exponent = m.factors[0]
        return chain(base, exponent, Monomial(power=m.power, rate=m.rate).expr(u), u, facts)
    return found


def _with_factors(m: Monomial, u: Symbol, facts: Facts) -> Expr | None:
    if m.logs == 0 and all(is_wave(*each) for each in m.factors):
        return waves(m.factors, m.power, m.rate, u, facts)
    if len(m.factors) == 2 and m.rate == 0 and m.logs == 0 and m.power == 0:
        return _log_over_power(m.factors, u, facts)
    if len(m.factors) == 1 and m.logs == 1 and m.rate == 0 and m.power == 0:
        return _plain_log_over_power(*m.factors[0], u, facts)
    if len(m.factors) != 1 or m.logs:
        return None
    base, exponent = m.factors[0]
    if isinstance(base, log) and exponent == 1:
        return _logarithm(base.args[0], m.power, u, facts) if m.rate == 0 else _exponential_log(base.args[0], m.power, m.rate, u, facts)
    if isinstance(base, exp) and exponent.is_positive:
        if m.power.is_Integer and m.power >= 0:
            found = _gaussian(base.args[0] * exponent, m.power, m.rate, u, facts)
            if found is not None:
                return found
        if m.rate != 0:
            return exponential_both_ways(base.args[0] * exponent, m.power, m.rate, u, facts)
        return _exponential_of_power(base.args[0] * exponent, m.power, u, facts)
    if isinstance(base, (Add, Mul)) and m.rate != 0:
        return exponential_power_line(base, exponent, m.rate, u, facts) if m.power == 0 else None
    if isinstance(base, (Add, Mul)):
        return _power_of_sum(base, exponent, m.power, u, facts)
    return None


def _plain(m: Monomial, u: Symbol, facts: Facts) -> Expr | None:
    """u^r log^n u e^{cu}."""
    r, n, c = m.power, m.logs, m.rate
    if c == 0:
        return _power_log(r, n, u, facts)
    if n == 0 and r.is_Integer and 0 <= r <= 2 * LARGEST_POWER:
        # Repeated parts: e^{cu} Σ (−1)^j r!/(r−j)! u^{r−j} c^{−j−1}.
        total, factor = S.Zero, 1 / c
        for j in range(int(r) + 1):
            total += factor * u ** (r - j)
            factor *= -(r - j) / c
        return total * exp(c * u)
    return exponential_power(r, n, c, u, facts)


def _power_log(r: Expr, n: int, u: Symbol, facts: Facts) -> Expr | None:
    if r == -1:
        return log(u) ** (n + 1) / (n + 1)
    if (r + 1).is_zero is None and facts.is_positive(r + 1) is None and facts.is_negative(r + 1) is None:
        return None
    total, factor = S.Zero, 1 / (r + 1)
    for j in range(n + 1):
        total += factor * log(u) ** (n - j)
        factor *= -Integer(n - j) / (r + 1)
    return u ** (r + 1) * total


def _logarithm(h: Expr, r: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r log h(u) for h linear, quadratic, 1 + c u^k, or 1 + c e^{bu}."""
    is_natural = bool(r.is_Integer and 0 <= r <= LARGEST_POWER)
    centre = location(h, u) if is_natural and any(each.base.is_Add and each.has(u) for each in h.atoms(Pow)) else None
    if centre is not None:
        v = Symbol("v", real=True)
        about = h.xreplace({u: v + centre})
        if not any(each.base.is_Add and each.has(v) for each in about.atoms(Pow)):
            # u^r = (v + centre)^r.
            moved = [(Mul(comb(int(r), j), centre ** (int(r) - j)), _logarithm(about, Integer(j), v, facts)) for j in range(int(r) + 1)]
            return None if any(G is None for _, G in moved) else Add(*(weight * G.xreplace({v: u - centre}) for weight, G in moved if G is not None))
    terms = expand_in(h, u, facts)
    constant = sum((c for c, m in terms if m == ONE), S.Zero)
    moving = [(c, m) for c, m in terms if m != ONE]
    if constant == 0:
        return None
    if all(m == Monomial(power=m.power) and m.power in (1, 2) for _, m in moving) and is_natural:
        slope = sum((c for c, m in moving if m.power == 1), S.Zero)
        curvature = sum((c for c, m in moving if m.power == 2), S.Zero)
        if curvature == 0:
            return _log_linear(constant, slope, int(r), u)
        return _log_quadratic(constant, slope, curvature, int(r), u)
    if len(moving) != 1:
        return None
    coefficient, m = moving[0]
    if m == Monomial(power=m.power) and facts.is_negative(m.power) and facts.is_positive(coefficient) and facts.is_positive(constant):
        # log(a + c u^{−k}) = log c − k log u + log(1 + (a/c) u^k).
        plain = _power_log(r, 0, u, facts), _power_log(r, 1, u, facts), _logarithm(1 + constant / coefficient * u**-m.power, r, u, facts)
        if any(part is None for part in plain):
            return None
        zeroth, first, rest = plain
        return log(coefficient) * zeroth + m.power * first + rest
    if m == Monomial(power=m.power) and constant != 1 and facts.is_positive(constant):
        scaled, zeroth = _logarithm(1 + coefficient / constant * u**m.power, r, u, facts), _power_log(r, 0, u, facts)
        return None if scaled is None or zeroth is None else log(constant) * zeroth + scaled
    if m == Monomial(power=m.power) and constant == 1 and facts.is_positive(m.power) and facts.is_positive(r + 1):
        k = m.power
        if facts.is_negative(coefficient):
            # Term by term; no logarithm is singular where 1 + c u^k vanishes, at the end of a range.
            b = (r + k + 1) / k
            return coefficient * u ** (r + k + 1) / (r + k + 1) * hyper((1, 1, b), (2, b + 1), -coefficient * u**k)
        # By parts; ∫ c k u^{r+k}/(1 + c u^k) is a ₂F₁.
        rest = k * coefficient * u ** (r + k + 1) / ((r + 1) * (r + k + 1)) * hyper((1, (r + k + 1) / k), ((r + 2 * k + 1) / k,), -coefficient * u**k)
        return u ** (r + 1) / (r + 1) * log(h) - rest
    if m == Monomial(power=m.power) and constant == 1 and facts.is_positive(m.power) and facts.is_positive(coefficient) and facts.is_negative(r + 1):
        return _decaying_logarithm(coefficient, m.power, r, u)
    if m == Monomial(rate=m.rate) and constant == 1 and r == 0:
        return -polylog(2, -coefficient * exp(m.rate * u)) / m.rate
    return None


def _decaying_logarithm(c: Expr, k: Expr, r: Expr, u: Symbol) -> Expr:
    """u^r log(1 + cu^k) for r < −1: log(1 + cu^k) = log c + k log u + log(1 + u^{−k}/c), and the last by parts leaves a ₂F₁."""
    power, b = u ** (r + 1) / (r + 1), (k - r - 1) / k
    rest = k * u ** (r - k + 1) / (c * (r + 1) * (r - k + 1)) * hyper((1, b), (b + 1,), -(u**-k) / c)
    return power * (log(c) + k * log(u) - k / (r + 1) + log(1 + u**-k / c)) + rest


def _exponential_log(h: Expr, r: Expr, c: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r e^{cu} log(a + bu), r natural, c < 0: by parts, with E₁ for what is left of e^{cu}/(a + bu)."""
    line = _line(h, u, facts)
    if line is None or not (r.is_Integer and 0 <= r <= LARGEST_POWER):
        return None
    a, b = line
    if not (facts.is_negative(c) and facts.is_positive(a) and facts.is_positive(b)):
        return exponential_log_line(a, b, c, u) if r == 0 else None
    outer = _plain(Monomial(power=r, rate=c), u, facts)
    if outer is None:
        return None
    # outer = e^{cu} q(u); b·q(u)/(a + bu) = quotient + q(−a/b)·b/(a + bu).
    q = Poly((outer * exp(-c * u)).expand(), u)
    quotient, remainder = div(q, Poly(a + b * u, u))
    tail = S.Zero
    for (n,), coefficient in quotient.terms():
        part = _plain(Monomial(power=Integer(n), rate=c), u, facts)
        if part is None:
            return None
        tail += b * coefficient * part
    left = remainder.as_expr() * -exp(-c * a / b) * E1(-c * (u + a / b))
    return outer * log(h) - tail - left


def _log_linear(a: Expr, b: Expr, n: int, u: Symbol) -> Expr:
    """u^n log(a + bu): by parts, with the remainder Σ of powers of u."""
    root = -a / b
    total = (u ** (n + 1) - root ** (n + 1)) * log(a + b * u)
    total -= Add(*(root ** (n - j) * u ** (j + 1) / (j + 1) for j in range(n + 1)))
    return total / (n + 1)


def _log_quadratic(a: Expr, b: Expr, c: Expr, n: int, u: Symbol) -> Expr | None:
    """u^n log(a + bu + cu²) with no real root, about the centre v = u + b/(2c): ∫ v^j log(c(v² + g²)) dv by parts."""
    centre = -b / (2 * c)
    square = (a / c - centre**2).together().cancel()
    if not square.is_positive and square.is_positive is not None:
        return None
    width = sqrt(square.factor())
    v = u - centre
    logarithm = log(a + b * u + c * u**2)
    # ∫ v^m/(v² + g²) dv = v^{m−1}/(m − 1) − g² ∫ v^{m−2}/(v² + g²) dv.
    quotients = [atan(v / width) / width, logarithm / 2]
    for m in range(2, n + 3):
        quotients.append(v ** (m - 1) / (m - 1) - width**2 * quotients[m - 2])
    parts = [(v ** (j + 1) * logarithm - 2 * quotients[j + 2]) / (j + 1) for j in range(n + 1)]
    return Add(*(Mul(comb(n, j), centre ** (n - j)) * part for j, part in enumerate(parts))).expand(deep=False)


def _exponential_of_power(h: Expr, r: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r exp(−c u^k) on u > 0: −Γ((r+1)/k, c u^k) c^{−(r+1)/k}/k, of either sign of k."""
    terms = expand_in(h, u, facts)
    if len(terms) != 1 or not u.is_positive:
        return None
    coefficient, m = terms[0]
    k, c = m.power, -coefficient
    if m != Monomial(power=k) or not facts.is_positive(c) or not (facts.is_positive(k) or facts.is_negative(k)):
        return None
    s = (r + 1) / k
    return -uppergamma(s, c * u**k) * c ** (-s) / k


def _gaussian(h: Expr, r: Expr, t: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r e^{−c u² + t u}, r natural: the error function, and parts."""
    terms = expand_in(h, u, facts)
    if len(terms) != 1 or terms[0].monomial != Monomial(power=S(2)) or not facts.is_positive(-terms[0].coefficient):
        return None
    c = -terms[0].coefficient
    bell = exp(-c * u**2 + t * u)
    below = S.Zero
    at = -sqrt(pi / c) / 2 * exp(t**2 / (4 * c)) * erfc(sqrt(c) * (u - t / (2 * c)))
    for n in range(int(r)):
        # (u^n e^{…})' = n u^{n−1} e^{…} + (t − 2cu) u^n e^{…}.
        below, at = at, (t * at + n * below - u**n * bell) / (2 * c)
    return at


def _power_of_sum(base: Expr, t: Expr, r: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r (a + bu)^t for natural r, by u = ((a + bu) − a)/b."""
    terms = expand_in(base, u, facts)
    slope = [c for c, m in terms if m == Monomial(power=S.One)]
    constant = [c for c, m in terms if m == ONE]
    if len(slope) != 1 or len(slope) + len(constant) != len(terms):
        return power_of_quadratic(base, t, r, u, facts)
    if not (r.is_Integer and 0 <= r <= LARGEST_POWER):
        return _incomplete_beta(base, t, r, u, facts)
    a, b = (constant[0] if constant else S.Zero), slope[0]
    total: list[Expr] = []
    for j in range(int(r) + 1):
        weight = Mul(Integer(comb(int(r), j)), (-a) ** (int(r) - j)) / b ** (int(r) + 1)
        power = t + j + 1
        if power.is_zero:
            total.append(weight * log(base))
        elif power.is_zero is False or facts.is_positive(power) or facts.is_negative(power):
            total.append(weight * base**power / power)
        else:
            return None
    return Add(*total)


def _incomplete_beta(base: Expr, t: Expr, r: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """u^r (1 − u)^t and u^r (1 + u)^t as incomplete beta functions, of u and of u/(1 + u)."""
    if base == 1 - u and facts.is_positive(r + 1) and facts.is_positive(t + 1):
        if t.is_Integer and t <= LARGEST_POWER:
            return Add(*(comb(int(t), j) * S.NegativeOne**j * u ** (r + j + 1) / (r + j + 1) for j in range(int(t) + 1)))
        return betainc(r + 1, t + 1, 0, u)
    b = (-t - r - 1).expand()
    if base == 1 + u and facts.is_positive(r + 1) and facts.is_positive(b):
        return betainc(r + 1, b, 0, u / (1 + u))
    return None


def _line(base: Expr, u: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(a, b) if base is a + bu."""
    if not isinstance(base, Add):
        return None
    b = base.diff(u)
    a = (base - b * u).expand()
    return None if b.has(u) or a.has(u) or a == 0 else (a, b)


def _plain_log_over_power(base: Expr, t: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """(a + bu)^{-2} log u by parts: u log u/(a(a + bu)) − log(a + bu)/(ab)."""
    line = _line(base, u, facts)
    if line is None or t != -2:
        return None
    a, b = line
    return u * log(u) / (a * base) - log(base) / (a * b)


def _log_over_power(factors: tuple[tuple[Expr, Expr], ...], u: Symbol, facts: Facts) -> Expr | None:
    """v^t log v for one linear v = a + bu."""
    logs = [b for b, e in factors if isinstance(b, log) and e == 1]
    sums = [(b, e) for b, e in factors if isinstance(b, Add)]
    if len(logs) != 1 or len(sums) != 1:
        return None
    if (logs[0].args[0] - sums[0][0]).expand() != 0:
        return _other_log_over_power(logs[0].args[0], *sums[0], u, facts)
    line = _line(sums[0][0], u, facts)
    if line is None:
        return None
    v, t = Symbol("v", positive=True), sums[0][1]
    inner = _power_log(t, 1, v, facts)
    return None if inner is None else inner.xreplace({v: sums[0][0]}) / line[1]


def _other_log_over_power(h: Expr, base: Expr, t: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """(a + bu)^{-2} log(c + du), ad ≠ bc: by parts, −log(c+du)/(b(a+bu)) + d/(b(bc−ad)) log((a+bu)/(c+du)) with the sign of partial fractions."""
    line, other = _line(base, u, facts), _line(h, u, facts)
    if line is None or other is None or t != -2:
        return None
    (a, b), (c, d) = line, other
    gap = (b * c - a * d).expand()
    if gap.is_zero or not (gap.is_nonzero or facts.is_positive(gap) or facts.is_negative(gap) or facts.is_positive(gap**2)):
        return None
    return -log(h) / (b * base) + d / (b * gap) * (log(base) - log(h))
