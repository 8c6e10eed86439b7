"""What an expression costs its reader: SymPy's `count_ops` with charges for what reads badly, then the number of symbols written.

Of equal costs the first candidate is taken, so that the choice never depends on the hash seed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    EulerGamma,
    Expr,
    Function,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    Tuple,
    fraction,
    gamma,
    log as sympy_log,
    loggamma,
)
from sympy.core.function import count_ops

__all__ = ["cheapest", "cost"]


@lru_cache(maxsize=50000)
def cost(expr: Expr) -> tuple[float, int]:
    """(operations with a charge for what reads badly, symbols written): what a reader has to take in."""
    charge, leaves = _charges(expr)
    return _operations(expr) + charge, leaves


@lru_cache(maxsize=50000)
def _operations(expr: Any) -> int:
    """SymPy's `count_ops`, from the parts, which most of the candidates share.

    >>> from sympy import log
    >>> from sympy.abc import x, y
    >>> _operations(-x**2/(3*y) + log(x - y)), count_ops(-x**2/(3*y) + log(x - y))
    (6, 6)
    """
    if isinstance(expr, Add):
        negative = [term.as_coeff_Mul()[0].is_negative is True for term in expr.args]
        # Each term but the first is added or subtracted; a minus sign is an operation of its own only where all have one.
        return sum(map(_operations, expr.args)) - sum(negative) + len(negative) - 1 + all(negative)
    if isinstance(expr, Mul):
        return _operations_of_product(expr)
    if isinstance(expr, Pow) and (expr.exp is S.NegativeOne or expr.base is S.Exp1):
        return 1 + _operations(expr.base if expr.exp is S.NegativeOne else expr.exp)
    if isinstance(expr, (Pow, Function, Tuple)) and not isinstance(expr, Piecewise):
        return sum(map(_operations, expr.args)) + (not isinstance(expr, Tuple))
    return int(count_ops(expr))


def _operations_of_product(expr: Mul) -> int:
    if expr.as_coeff_Mul()[0].is_negative:
        return 1 + _operations(-expr)
    above, below = fraction(expr)
    if above.is_Integer:
        return 1 + _operations(below)
    if below != 1:
        return 1 + _operations(above) + (0 if below.is_Integer else _operations(below))
    return sum(map(_operations, expr.args)) + len(expr.args) - 1


@lru_cache(maxsize=50000)
def _charges(node: Basic) -> tuple[float, int]:
    """(charge, symbols written) in a whole expression."""
    if isinstance(node, Symbol):
        return 0.0, 1
    charge, leaves = _own_charge(node), 0
    for each in node.args:
        inner = _charges(each)
        charge, leaves = charge + inner[0], leaves + inner[1]
    return charge, leaves


def _own_charge(node: Basic) -> float:
    if isinstance(node, sympy_log):
        return 0.25
    if isinstance(node, Mul):
        return _bracket_charge(node)
    return _nesting_charge(node) if isinstance(node, Add) else 0.0


def _bracket_charge(node: Mul) -> float:
    """The charge for brackets under a factor."""
    brackets = [factor for factor in node.args if isinstance(factor, Add)]
    if not brackets:
        return 0.0
    divided = any(_is_fraction(factor) for factor in node.args)
    charge = 0.0
    for inner in brackets:
        fractions = sum(1 for term in inner.args if _has_denominator(term))
        charge += _mixture(inner) + (2.0 if divided and fractions else 0.5 if fractions > 1 else 0.0)
    return charge


def _nesting_charge(node: Add) -> float:
    """x*(x - y) + y*(y + z) is the scheme of Horner, not a form anybody prints."""
    nested = [term for term in node.args if isinstance(term, Mul) and any(isinstance(factor, Add) for factor in term.args) and not term.has(Function)]
    return 0.75 * len(nested) if len(nested) > 1 else 0.0


def _is_fraction(factor: Expr) -> bool:
    return (factor.is_Rational and not factor.is_Integer) or (isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp.is_negative)


def _has_denominator(term: Expr) -> bool:
    return any(_is_fraction(factor) for factor in Mul.make_args(term))


def _mixture(inner: Add) -> float:
    """Logs (or Euler's constant) and other terms in one bracket hide the structure of a divergence; so do brackets in brackets."""
    for kind, charge in (((sympy_log, loggamma), 1.5), ((EulerGamma,), 1.5), ((gamma,), 0.75)):
        having = sum(1 for term in inner.args if term.has(*kind))
        if 0 < having < len(inner.args):
            return charge
        if having and charge == 1.5 and EulerGamma not in kind:
            return 0.0
    return 1.25 * sum(1 for term in inner.args if isinstance(term, Mul) and any(isinstance(factor, Add) for factor in term.args))


def cheapest(candidates: Iterable[Expr]) -> Expr:
    """The least by cost; among equals the first."""
    return min(candidates, key=cost)
