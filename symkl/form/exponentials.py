"""Exponentials as they are read: those of one product joined; and numbers e^q, rational q, named, that no sum is factored as a polynomial in e."""

from __future__ import annotations

from itertools import pairwise

from sympy import Add, Dummy, Expr, Integer, Mul, Rational, exp, log, together

from symkl.form.facts import Facts

__all__ = ["hidden_exponentials", "joined_exponentials"]


def hidden_exponentials(expr: Expr) -> tuple[Expr, Facts, dict[Expr, Expr]] | None:
    """(expr with e^{±V} for e^{±q} — else 1 − e^{−12} would be factored in e^{1/5} —, that 0 < V < W where q < r, the values of the symbols); None where no two sizes meet under a logarithm."""
    if not any(node.args[0].has(exp) and node.args[0].atoms(Add) for node in expr.atoms(log)):
        return None
    found = {node: node.args[0] for node in expr.atoms(exp) if isinstance(node.args[0], Rational)}
    if expr.has(exp(1)):
        found[exp(1)] = Integer(1)
    sizes = sorted({abs(exponent) for exponent in found.values()})
    if len(sizes) < 2:
        return None
    names = {size: Dummy(f"V{i}", positive=True) for i, size in enumerate(sizes)}
    table: dict[Expr, Expr] = {node: exp(names[abs(q)] if q > 0 else -names[abs(q)]) for node, q in found.items()}
    facts = Facts(tuple(names[large] - names[small] for small, large in pairwise(sizes)))
    return expr.xreplace(table), facts, {name: size for size, name in names.items()}


def joined_exponentials(expr: Expr) -> Expr:
    """e^a e^b = e^{a+b} in every product, the sum over one denominator.

    >>> from sympy import exp, log, symbols
    >>> m, s, x = symbols("m s x")
    >>> joined_exponentials(log(1 + exp(m / s) * exp(-x / s)))
    log(exp((m - x)/s) + 1)
    """
    products = {node: [factor for factor in node.args if isinstance(factor, exp)] for node in expr.atoms(Mul)}
    table: dict[Expr, Expr] = {
        node: Mul(*[factor for factor in node.args if factor not in found], exp(together(Add(*[factor.args[0] for factor in found]))))
        for node, found in products.items()
        if len(found) > 1
    }
    return expr.xreplace(table)
