"""Densities written as products of positive functions of coordinates ("slots"), which are symbols."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Any

from sympy import Add, Expr, Mul, S, Symbol, log
from sympy.core.function import AppliedUndef

__all__ = ["AppliedUndef", "added", "components", "of_draws", "renumbering", "slots_of", "terms_of", "values_at"]


def slots_of(expr: Expr) -> list[Any]:
    return sorted({s for f in expr.atoms(AppliedUndef) for s in f.args}, key=lambda s: (len(s.name), s.name))


def renumbering(slots: Iterable[Symbol], start: int = 0) -> dict[Symbol, Symbol]:
    return {s: Symbol(repr(start + i)) for i, s in enumerate(s for s in slots if s.name.isdigit())}


def terms_of(density: Expr) -> list[tuple[Expr, Expr]]:
    """The weights and the products of densities that an expanded expression is the sum of."""
    return [term.as_independent(AppliedUndef, as_Add=False) for term in Add.make_args(density)]


def added(pairs: Iterable[tuple[tuple[str, ...], Any]]) -> dict[tuple[str, ...], Any]:
    """The masses of points that are named once or several times."""
    total: dict[tuple[str, ...], Any] = {}
    for x, m in pairs:
        total[x] = total.get(x, S.Zero) + m
    return total


def components(product: Expr) -> list[Expr]:
    """The factors of a product that speak of slots, those with a common slot together.

    >>> from sympy import Function
    >>> f, g, x, y = Function("f"), Function("g"), Symbol("x"), Symbol("y")
    >>> components(f(x) * g(x) * f(y))
    [f(y), f(x)*g(x)]
    """
    parts: list[tuple[set[Symbol], Expr]] = []
    for each in Mul.make_args(product):
        touched = [part for part in parts if part[0].intersection(slots_of(each))]
        joined = {*slots_of(each)}.union(*(s for s, _ in touched)), Mul(each, *(f for _, f in touched))
        parts = [part for part in parts if part not in touched] + [joined]
    return [part for slots, part in parts if slots]


def of_draws(product: Expr) -> list[tuple[Expr, Any]]:
    """The integrals of one coordinate, with their powers, that an integral over n coordinates alike is the product of, in the slot 0.

    h(x)^n stands for h(x_1) … h(x_n), log m(x) beside it for the mean of log m(x_i): the integral is (∫ h)^n, or ∫ h log m (∫ h)^(n − 1). Anything
    else, such as the logarithm of a sum of such products, stays as it is.

    >>> from sympy import Function
    >>> f, g, x, n = Function("f", positive=True), Function("g", positive=True), Symbol("x"), Symbol("n", positive=True)
    >>> of_draws(f(x)**(n / 2) * g(x)**(n / 2)), of_draws(f(x)**n * log(g(x)))
    ([(sqrt(f(0))*sqrt(g(0)), n)], [(f(0)*log(g(0)), 1), (f(0), n - 1)])
    >>> of_draws(f(x) * log(g(x))), of_draws(f(x)**n * log(f(x)**n + g(x)**n))
    ([(f(x)*log(g(x)), 1)], [(f(x)**n*log(f(x)**n + g(x)**n), 1)])
    """
    logs = [each for each in Mul.make_args(product) if isinstance(each, log)]
    powers = [each.as_base_exp() for each in Mul.make_args(product) if each not in logs]
    counts: set[Any] = {s for _, e in powers for s in e.free_symbols}
    if len(counts) != 1 or len(logs) > 1 or any(each.free_symbols & counts for each in (*logs, *(base for base, _ in powers))):
        return [(product, S.One)]
    (n,) = counts
    if not all((e / n).is_Rational for _, e in powers):
        return [(product, S.One)]
    numbered = {slot: Symbol("0") for slot in slots_of(product)}
    once, inside = (each.xreplace(numbered) for each in (Mul(*(base ** (e / n) for base, e in powers)), Mul(*logs)))
    return [(once * inside, S.One), (once, n - 1)] if logs else [(once, n)]


def values_at(terms: Iterable[tuple[Expr, list[tuple[Any, Any, int]]]], slots: list[Any], points: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Any]:
    """A sum of weights times powers of tabled functions, (slots, table, exponent), at points; a product with a factor zero is zero,
    whatever the condition of another factor.

    >>> from sympy import Integer
    >>> x = Symbol("x")
    >>> values_at([(Integer(2), [((x,), {("a",): Integer(3)}, 2)])], [x], [("a",), ("b",)])
    {('a',): 18, ('b',): 0}
    """
    found = {}
    for x, at in ((x, dict(zip(slots, x))) for x in points):
        powers = [(w, [(table.get(tuple(at[slot] for slot in args), S.Zero), e) for args, table, e in factors]) for w, factors in terms]
        found[x] = Add(*(w * prod(m**e for m, e in factors) for w, factors in powers if all(m or e < 0 for m, e in factors)))
    return found
