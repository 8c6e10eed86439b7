"""f(u) as a sum of coefficient × monomial, where a monomial is u^r · (log u)^n · e^{cu} · other factors.

This is the vocabulary of the expectation engine: log-densities, once transported to a standard variable, are made of such
monomials, and the rules read the exponents off them. `factors` holds what is none of the first three, e.g. (1+u)^t or |u−c|.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sympy import Abs, Add, Expr, Integer, Mul, Pow, S, Symbol, cos, cosh, exp, gamma, log, loggamma, radsimp, sin, sinh, sqrt
from sympy.polys.polyerrors import PolynomialError

from symkl.form.factors import factored
from symkl.form.facts import Facts

__all__ = ["ONE", "Monomial", "Term", "collect", "exp_of_sum", "expand_in", "sum_of"]

NO_FACTS = Facts()
#: A power of a sum is multiplied out up to this exponent.
LARGEST_POWER = 8


@dataclass(frozen=True)
class Monomial:
    """u^power · (log u)^logs · e^{rate·u} · Π base^exponent over `factors`."""

    power: Expr = S.Zero
    logs: int = 0
    rate: Expr = S.Zero
    factors: tuple[tuple[Expr, Expr], ...] = ()

    def __mul__(self, other: Monomial) -> Monomial:
        if self == ONE:
            return other
        if other == ONE:
            return self
        merged = dict(self.factors)
        for base, exponent in other.factors:
            merged[base] = merged.get(base, S.Zero) + exponent
        factors = tuple(sorted(((b, e) for b, e in merged.items() if e != 0), key=lambda pair: pair[0].sort_key()))
        return Monomial(_sum(self.power, other.power), self.logs + other.logs, _sum(self.rate, other.rate), factors)

    def raised(self, exponent: Expr) -> Monomial | None:
        """The monomial to a power; None where a logarithm would get a power that is not a natural number."""
        if self.logs and not (exponent.is_Integer and exponent > 0):
            return None
        logs = self.logs * int(exponent) if self.logs else 0
        factors = tuple((b, e * exponent) for b, e in self.factors)
        return Monomial(_product(self.power, exponent), logs, _product(self.rate, exponent), factors)

    def expr(self, u: Symbol) -> Expr:
        """The monomial as a SymPy expression in u."""
        return Mul(u**self.power, log(u) ** self.logs, exp(self.rate * u), *(b**e for b, e in self.factors))


ONE = Monomial()


class Term(NamedTuple):
    coefficient: Expr
    monomial: Monomial


def _sum(a: Expr, b: Expr) -> Expr:
    return (a + b).expand() if a != 0 and b != 0 else a + b


def _product(a: Expr, b: Expr) -> Expr:
    return (a * b).expand() if a != 0 else S.Zero


def collect(terms: list[Term]) -> list[Term]:
    """Like monomials joined, vanishing coefficients dropped, order of first appearance kept."""
    table: dict[Monomial, list[Expr]] = {}
    for coefficient, monomial in terms:
        table.setdefault(monomial, []).append(coefficient)
    joined = []
    for monomial, coefficients in table.items():
        total = Add(*coefficients)
        if len(coefficients) > 1 and total.expand() == 0:
            continue
        if total != 0:
            joined.append(Term(total, monomial))
    return joined


def sum_of(terms: list[Term], u: Symbol) -> Expr:
    return Add(*(c * m.expr(u) for c, m in terms))


def expand_in(f: Expr, u: Symbol, facts: Facts = NO_FACTS, *, powers: bool = True) -> list[Term]:
    """f as a sum of coefficient × monomial in u; with `powers=False` a power of a sum, such as (x − μ)², is kept whole."""
    return collect(_expand(f, u, facts, powers))


def _expand(f: Expr, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    if not f.has(u):
        return [Term(f, ONE)] if f != 0 else []
    if f == u:
        return [Term(S.One, Monomial(power=S.One))]
    if isinstance(f, Add):
        return [term for arg in f.args for term in _expand(arg, u, facts, powers)]
    if isinstance(f, Mul):
        return _expand_product(f, u, facts, powers)
    if isinstance(f, exp):
        return _expand_exp(f.args[0], u, facts, powers)
    if isinstance(f, Pow):
        return _expand_power(f, u, facts, powers)
    if isinstance(f, log):
        return _expand_log(f.args[0], u, facts, powers)
    if isinstance(f, Abs):
        return _expand_abs(f, u, facts, powers)
    if isinstance(f, (cosh, sinh)):
        return _expand(f.rewrite(exp), u, facts, powers)
    if isinstance(f, (cos, sin)):
        return _expand_circular(f, u) if powers else [_atom(f)]
    return [_atom(f)]


def _atom(f: Expr, exponent: Expr = S.One) -> Term:
    return Term(S.One, Monomial(factors=((f, exponent),)))


def _multiply(left: list[Term], right: list[Term]) -> list[Term]:
    return collect([Term(a * b, m * n) for a, m in left for b, n in right])


def _expand_product(f: Mul, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    free, rest = f.as_independent(u)
    terms = [Term(free, ONE)]
    for factor in Mul.make_args(rest):
        if not powers and isinstance(factor, Add):
            # A lone sum factor, such as (x − μ)/s, is a statistic of its own.
            parts = [_atom(factor)]
        else:
            parts = _expand(factor, u, facts, powers)
        terms = _multiply(terms, parts)
    return terms


def _expand_exp(h: Expr, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    coefficient: Expr = S.One
    monomial, rest = ONE, []
    for c, m in expand_in(h, u, facts):
        if m == ONE:
            coefficient *= exp_of_sum(c)
        elif m == Monomial(power=S.One):
            monomial *= Monomial(rate=c)
        elif m == Monomial(logs=1):
            monomial *= Monomial(power=c)
        elif m.power == 0 and m.logs == 0 and m.rate == 0 and len(m.factors) == 1 and m.factors[0][1] == 1 and isinstance(m.factors[0][0], log):
            monomial *= Monomial(factors=((m.factors[0][0].args[0], c),))
        else:
            rest.append(c * m.expr(u))
    if rest:
        monomial *= Monomial(factors=((exp(Add(*rest)), S.One),))
    sums = [(b, e) for b, e in monomial.factors if isinstance(b, Add) and e.is_Integer and 0 < e <= LARGEST_POWER]
    if not (powers and sums):
        return [Term(coefficient, monomial)]
    others = tuple(pair for pair in monomial.factors if pair not in sums)
    product = [Term(coefficient, Monomial(monomial.power, monomial.logs, monomial.rate, others))]
    for base, exponent in sums:
        product = _multiply(product, _expand(base**exponent, u, facts, powers))
    return product


def exp_of_sum(total: Expr) -> Expr:
    """exp of a sum, its logarithms resolved: a log b + c log Γ(s) becomes b^a Γ(s)^c."""
    powers: dict[Expr, Expr] = {}
    rest: list[Expr] = []
    for term in Add.make_args(total):
        logs = [factor for factor in Mul.make_args(term) if isinstance(factor, (log, loggamma))]
        if len(logs) == 1:
            base = logs[0].args[0] if isinstance(logs[0], log) else gamma(logs[0].args[0])
            powers[base] = powers.get(base, S.Zero) + term / logs[0]
        else:
            rest.append(term)
    # Powers of one base are joined: 2^(k − n) 2^(−k) is 2^(−n).
    return Mul(*(base ** (each.expand() if base.is_Rational else each) for base, each in powers.items()), exp(Add(*rest)))


def _expand_power(f: Pow, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    base, exponent = f.args
    if exponent.has(u):
        return _expand_exp(exponent * log(base), u, facts, powers) if not base.has(u) else [_atom(f)]
    factors = _positive_factors(base, u, facts)
    if factors is not None and not (exponent.is_Integer and exponent > 0):
        product = [Term(S.One, ONE)]
        for factor in factors:
            product = _multiply(product, _expand(factor**exponent, u, facts, powers))
        return product
    terms = expand_in(base, u, facts)
    if len(terms) == 1:
        ((c, m),) = terms
        raised = m.raised(exponent)
        if raised is not None and (exponent.is_integer or facts.is_positive(c)):
            return [Term(c**exponent, raised)]
    natural = exponent.is_Integer and 0 < exponent <= LARGEST_POWER
    if powers and natural:
        result = terms
        for _ in range(int(exponent) - 1):
            result = _multiply(result, terms)
        return result
    if natural:
        return [_atom(base, exponent)]
    scale, normal = _normal_sum(base, terms, u, facts)
    return [Term(scale**exponent, Monomial(factors=((normal, exponent),)))]


def _positive_factors(h: Expr, u: Symbol, facts: Facts) -> tuple[Expr, ...] | None:
    """The factors of a product with a sum among them, if each is positive: powers and logarithms then go to each."""
    if not isinstance(h, Mul) or not any(factor.is_Add and factor.has(u) for factor in h.args):
        return None
    return h.args if all(facts.is_positive(factor) for factor in h.args) else None


def _normal_sum(base: Expr, terms: list[Term], u: Symbol, facts: Facts) -> tuple[Expr, Expr]:
    """A sum as scale × (1 + …) where its constant is positive; (1, the sum) otherwise."""
    constants = [c for c, m in terms if m == ONE]
    if len(constants) == 1 and len(terms) > 1 and facts.is_positive(constants[0]):
        scale = constants[0]
        return scale, Add(S.One, *(_tidy(c / scale) * m.expr(u) for c, m in terms if m != ONE))
    if len(constants) == 1 and len(terms) > 1 and facts.is_negative(constants[0]):
        scale = -constants[0]
        return scale, Add(S.NegativeOne, *(_tidy(c / scale) * m.expr(u) for c, m in terms if m != ONE))
    return S.One, base


def _tidy(ratio: Expr) -> Expr:
    """c/c₀ in lowest terms, so that 1 + c/c₀·u is recognised as 1 + u."""
    return ratio.cancel() if ratio.is_rational_function() and not ratio.is_number else ratio


def _expand_log(h: Expr, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    factors = _positive_factors(h, u, facts)
    if factors is not None:
        return [term for factor in factors for term in _expand_log(factor, u, facts, powers)]
    terms = expand_in(h, u, facts, powers=powers)
    if not powers and len(terms) > 1 and any(m.factors for _, m in terms):
        # log(γ² + (x − x₀)²) and log(1 + cos(x − μ)) are statistics of their own.
        return [_atom(log(h))]
    if len(terms) == 1:
        return _log_of_monomial(*terms[0], u, facts)
    factored = _factor_polynomial(h, u) or _factor_by_roots(h, u, facts)
    if factored is not None:
        return [Term(c * m, n) for part, m in factored for c, n in _log_of_sum(part, u, facts)]
    return _log_of_sum(h, u, facts)


def _log_of_monomial(c: Expr, m: Monomial, u: Symbol, facts: Facts) -> list[Term]:
    if m.logs or facts.is_positive(c) is False:
        return [_atom(log(c * m.expr(u)))]
    parts = [Term(log(c), ONE)] if c != 1 else []
    if m.power != 0:
        parts.append(Term(m.power, Monomial(logs=1)))
    if m.rate != 0:
        parts.append(Term(m.rate, Monomial(power=S.One)))
    for base, exponent in m.factors:
        if isinstance(base, exp):
            parts += [Term(exponent * a, n) for a, n in expand_in(base.args[0], u, facts)]
        else:
            parts.append(Term(exponent, Monomial(factors=((log(base), S.One),))))
    return parts


def _log_of_sum(h: Expr, u: Symbol, facts: Facts) -> list[Term]:
    terms = expand_in(h, u, facts)
    if len(terms) == 1:
        return _log_of_monomial(*terms[0], u, facts)
    common = _common_monomial(terms)
    if common is not None:
        before, inside = common
        return _log_of_monomial(S.One, before, u, facts) + _log_of_sum(sum_of(inside, u), u, facts)
    scale, normal = _normal_sum(h, terms, u, facts)
    logarithm = _atom(log(normal))
    return [Term(log(scale), ONE), logarithm] if scale != 1 else [logarithm]


def _common_monomial(terms: list[Term]) -> tuple[Monomial, list[Term]] | None:
    """u^r e^{cu} × (1 + …) for a sum without a constant: the term with the least power and rate goes before the bracket."""
    if any(m == ONE for _, m in terms):
        return None
    candidates = [m for _, m in terms if not m.logs and not m.factors]
    if not candidates:
        return None
    chosen = min(candidates, key=lambda m: (m.power.sort_key(), m.rate.sort_key()))
    inverse = chosen.raised(S.NegativeOne)
    assert inverse is not None
    return chosen, [Term(c, m * inverse) for c, m in terms]


def _factor_by_roots(h: Expr, u: Symbol, facts: Facts) -> list[tuple[Expr, Integer]] | None:
    """c (1 − u/r)(1 − u/s), each factor positive, for a quadratic at numbers with irrational roots, such as 1 + 2u − 2u²."""
    if not (h.is_Add and h.is_polynomial(u) and h.free_symbols == {u}):
        return None
    a, b, c = (h.diff(u, n).xreplace({u: S.Zero}) / f for n, f in ((2, 2), (1, 1), (0, 1)))
    square = b**2 - 4 * a * c
    if h.diff(u, 3) != 0 or a == 0 or b == 0 or square.is_positive is not True or not square.is_Rational:
        return None
    factors = []
    for sign in (1, -1):
        # 1 − u/r, whose constants stay rational
        gap = 1 - u * radsimp(2 * a / (-b + sign * sqrt(square)))
        factors.append(gap if facts.is_positive(gap) else -gap if facts.is_positive(-gap) else S.Zero)
    return None if S.Zero in factors else [(Abs(c), S.One), *((gap, S.One) for gap in factors)]


def _factor_polynomial(h: Expr, u: Symbol) -> list[tuple[Expr, Integer]] | None:
    """Factors of a polynomial of three or more terms, with multiplicities; None where it is irreducible.

    Two terms, 1 − u^k, are left whole: that is the form the beta integral wants.
    """
    if not isinstance(h, Add) or len(h.args) < 3 or not h.is_polynomial(u):
        return None
    try:
        constant, factors = factored(h)
    except PolynomialError:
        return None
    moving = [(p, m) for p, m in factors if p.has(u)]
    if len(moving) + sum(m - 1 for _, m in moving) <= 1:
        return None
    scale = Mul(constant, *(p**m for p, m in factors if not p.has(u)))
    # A factor that is negative on (0, 1) or (0, ∞) as written changes sign with its partner.
    signed = []
    for p, m in moving:
        if p.subs(u, S.Half).could_extract_minus_sign() and m % 2:
            p, scale = -p, -scale
        signed.append((p, Integer(m)))
    return ([(scale, Integer(1))] if scale != 1 else []) + signed


def _expand_abs(f: Abs, u: Symbol, facts: Facts, powers: bool) -> list[Term]:
    inside = f.args[0]
    if facts.is_nonnegative(inside):
        return _expand(inside, u, facts, powers)
    if facts.is_nonnegative(-inside):
        return _expand(-inside, u, facts, powers)
    terms = expand_in(inside, u, facts)
    linear = [c for c, m in terms if m == Monomial(power=S.One)]
    constant = [c for c, m in terms if m == ONE]
    if len(linear) == 1 and len(linear) + len(constant) == len(terms) and linear[0] != 1:
        size = Abs(linear[0])
        centre = -(constant[0] if constant else S.Zero) / linear[0]
        return [Term(size, Monomial(factors=((Abs(u - centre), S.One),)))]
    if (
        len(terms) == 1
        and terms[0].monomial.power.is_positive is not None
        and not terms[0].monomial.factors
        and not terms[0].monomial.logs
        and u.is_positive
    ):
        return [Term(Abs(terms[0].coefficient), terms[0].monomial)]
    return [_atom(f)]


def _expand_circular(f: Any, u: Symbol) -> list[Term]:
    """cos(u − d) as cos d cos u + sin d sin u, so that the circle's masters apply."""
    free, moving = f.args[0].expand().as_independent(u, as_Add=True)
    if free == 0:
        return [_atom(f)]
    sign = S.NegativeOne if moving.could_extract_minus_sign() else S.One
    cosine, sine = _atom(cos(moving)).monomial, _atom(sin(sign * moving)).monomial
    if isinstance(f, cos):
        return [Term(cos(free), cosine), Term(-sign * sin(free), sine)]
    return [Term(sin(free), cosine), Term(sign * cos(free), sine)]
