"""What is seen only in the finished product: b^c·b^(−s) as b^(c−s), and Γ(a)Γ(b)/Γ(a+b) as B(a, b) where the arguments are sums.

A form has symbolic powers and gamma functions of sums as generators of their own; here they meet as expressions, and are joined
where that is shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

from sympy import Add, Expr, Function, Mul, Piecewise, Pow, Rational, S, beta, expand_power_base, gamma, log, loggamma, radsimp, sqrt
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.form.cost import cost
from symkl.form.facts import Facts

__all__ = ["polished"]

#: By these powers of its base a symbolic power takes up the other factors of a product.
SHARES = (S.One, S.NegativeOne, Rational(1, 2), Rational(-1, 2))
#: More gamma functions than this are not matched with each other.
MOST_GAMMAS = 8


def polished(expr: Expr, facts: Facts) -> Expr:
    """The expression with powers of one base and beta functions joined, from the inside out, wherever that is shorter.

    >>> from sympy import symbols
    >>> b, q = symbols("b q", positive=True)
    >>> polished(2*b/(q*(2*b)**q), Facts())
    (2*b)**(1 - q)/q
    """
    powers = expr.has(gamma, loggamma, beta) or any(not each.exp.is_number for each in expr.atoms(Pow))
    if not (powers or any(map(_is_surd, expr.atoms(Add))) or any(map(_has_minus, expr.atoms(log)))):
        return expr
    return _polished(expr, facts)


def _is_surd(expr: Expr) -> bool:
    """1 + √3 and its kin: a sum of roots of numbers."""
    return expr.is_Add and expr.is_number and all(term.is_algebraic and not term.atoms(Function) for term in expr.args)


def _surds(expr: Mul) -> Iterator[Expr]:
    """(√3 − 1)³(√3 + 1)³ as 8: surds whose product is rational."""
    surds = [factor for factor in expr.args if _is_surd(factor.as_base_exp()[0]) and factor.as_base_exp()[1].is_Integer]
    whole = radsimp(Mul(*surds).expand()).expand() if surds else S.Half
    if surds and whole.is_Rational:
        yield whole * Mul(*(factor for factor in expr.args if factor not in surds))


def _polished(expr: Any, facts: Facts) -> Any:
    if expr.is_Atom or isinstance(expr, (ExprWithLimits, Piecewise)) or not isinstance(expr, Expr) or not all(isinstance(each, Expr) for each in expr.args):
        return expr
    inner = [_polished(each, facts) for each in expr.args]
    if any(new is not old for new, old in zip(inner, expr.args)):
        expr = expr.func(*inner)
    while shorter := [each for each in _joined(expr, facts) if cost(each) < cost(expr)]:
        expr = min(shorter, key=cost)
    return expr


def _joined(expr: Expr, facts: Facts) -> Iterator[Expr]:
    if isinstance(expr, Mul):
        yield from _products(expr, facts)
    elif isinstance(expr, Add):
        yield from _sums(expr)
    elif isinstance(expr, log) and _has_minus(expr):
        yield from _turned(expr)


def _has_minus(expr: Any) -> bool:
    return isinstance(expr.args[0], Mul) and expr.args[0].as_coeff_Mul()[0].is_negative


def _turned(expr: Any) -> Iterator[Expr]:
    """log(−(2 + a)/(a − 2)) as log((2 + a)/(2 − a))."""
    factors = [factor.as_base_exp() for factor in expr.args[0].args]
    for at, (base, exponent) in enumerate(factors):
        if base.is_Add and exponent.is_Integer and exponent % 2:
            yield log(Mul(S.NegativeOne, *(Pow(-b if n == at else b, e) for n, (b, e) in enumerate(factors))))


def _root(expr: Mul, facts: Facts) -> Iterator[Expr]:
    """log(4b²)/2 as log(2b)."""
    c, head = expr.as_coeff_Mul()
    if not (isinstance(head, log) and c.is_Rational and not c.q % 2):
        return
    powers = [factor.as_base_exp() for factor in Mul.make_args(head.args[0])]
    roots = [sqrt(b**e) if b.is_number and e == 1 else b ** (e / 2) for b, e in powers]
    positive = all(b.is_positive or facts.is_positive(b) for b, _ in powers)
    if positive and all(root.is_Integer if b.is_Integer and e == 1 else e.is_Integer and e % 2 == 0 for root, (b, e) in zip(roots, powers)):
        yield 2 * c * log(Mul(*roots))


def _products(expr: Mul, facts: Facts) -> Iterator[Expr]:
    yield from _root(expr, facts)
    yield from _surds(expr)
    powers = [each.as_base_exp() for each in expr.args]
    for at, (base, exponent) in enumerate(powers):
        if exponent.is_number or not (base.is_positive or facts.is_positive(base)):
            continue
        rest = Mul(*(each for n, each in enumerate(expr.args) if n != at))
        same = Add(*(e for n, (b, e) in enumerate(powers) if n != at and b == base))
        if same != 0:
            yield Mul(*(Pow(b, e) for b, e in powers if b != base), Pow(base, exponent + same))
        for share in SHARES:
            taken = expand_power_base(Pow(base, share), force=True)
            yield rest / taken * Pow(base, exponent + share)
    found = {b.args[0]: e for b, e in powers if isinstance(b, gamma)}
    for x, y, z in _triples(found):
        e = -found[z]
        if all(found[each] / e == 1 or (found[each] / e).is_Integer and found[each] / e >= 1 for each in {x, y}):
            left = Mul(*(Pow(b, p) for b, p in powers if not (isinstance(b, gamma) and b.args[0] in (x, y, z))))
            yield left * beta(x, y) ** e * gamma(x) ** (found[x] - e * (1 + (x == y))) * (gamma(y) ** (found[y] - e) if x != y else 1)


def _sums(expr: Add) -> Iterator[Expr]:
    """c log Γ(a) + c log Γ(b) − c log Γ(a + b) as c log B(a, b): real logarithms of gamma functions are of positive numbers."""
    found: dict[Any, Expr] = {}
    others: list[Expr] = []
    for term in expr.args:
        c, head = term.as_independent(loggamma, as_Add=False)
        if isinstance(head, loggamma):
            found[head.args[0]] = found.get(head.args[0], S.Zero) + c
        elif isinstance(head := term.as_coeff_Mul()[1], log) and (inside := Mul.make_args(head.args[0])) and all(isinstance(each, gamma) for each in inside):
            for each in inside:
                found[each.args[0]] = found.get(each.args[0], S.Zero) + term.as_coeff_Mul()[0]
        else:
            others.append(term)
    for x, y, z in _triples(found):
        c = -found[z]
        once = 2 if x == y else 1
        if x.is_extended_real and y.is_extended_real and found[x] == c * once and found[y] == c * once:
            rest = [e * loggamma(each) for each, e in found.items() if each not in (x, y, z)]
            yield Add(*others, *rest, c * log(beta(x, y)))


def _triples(found: dict[Any, Expr]) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(x, y, x + y) among the arguments."""
    arguments = sorted(found, key=lambda e: e.sort_key())
    if len(arguments) > MOST_GAMMAS:
        return
    for x, y in combinations_with_replacement(arguments, 2):
        total = (x + y).expand()
        yield from ((x, y, z) for z in arguments if z not in (x, y) and z.expand() == total)
