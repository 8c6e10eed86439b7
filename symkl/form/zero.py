"""The zero test: a canonical form of our own, and numerical separation from zero where that does not vanish.

`is_zero` says True only when the canonical form is the zero form, every step of which is an identity under the
assumptions and facts; it says False only when a value at an exact admissible point is clearly not zero.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Expr,
    Float,
    Integral,
    Piecewise,
    Sum,
    beta,
    cot,
    csc,
    default_sort_key,
    digamma,
    gamma,
    loggamma,
    nan,
    oo,
    pi,
    piecewise_fold,
    polygamma,
    sign,
    sin,
    tan,
    trigamma,
    zoo,
)
from sympy.core.function import AppliedUndef, UndefinedFunction

from symkl.form.exponentials import hidden_exponentials
from symkl.form.facts import NEGATIVE, POSITIVE, Facts
from symkl.form.fractions import expression, fraction, normal
from symkl.form.log_products import is_log_of_one
from symkl.form.log_ratios import log_ratios
from symkl.form.monomials import TooLarge
from symkl.form.numeric import is_nonzero_somewhere
from symkl.form.rewrite import NamingRewriter, Rewriter, form_of, reflected_form_of

__all__ = ["canonical", "is_zero", "vanishes"]

NO_FACTS = Facts()


def canonical(expr: Expr, facts: Facts = NO_FACTS) -> Expr:
    """The value of `expr` as a reduced fraction over its generators (logs, special functions, exponentials).

    Equal canonical forms are equal functions wherever the assumptions and facts hold. Where the form grows too large,
    or a denominator vanishes identically, `expr` itself is returned.

    >>> from sympy import log, symbols
    >>> x, y = symbols("x y", positive=True)
    >>> canonical(log(x**2 / y) - 2*log(x))
    -log(y)
    """
    if expr.has(Piecewise, Float):
        return expr
    try:
        return expression(normal(form_of(expr, facts)))
    except (TooLarge, ZeroDivisionError, RecursionError):
        return expr


@lru_cache(maxsize=20000)
def is_zero(expr: Expr, facts: Facts = NO_FACTS) -> bool | None:
    """Whether `expr` is identically zero: True (proved), False (a point refutes it) or None (not decided).

    >>> from sympy import gamma, loggamma, log, symbols
    >>> a = symbols("a", positive=True)
    >>> is_zero(loggamma(a + 1) - log(a*gamma(a))), is_zero(log(a + 1) - log(a))
    (True, False)
    """
    # A sum of logarithms in its own class, as plain logarithms.
    expr = expr.as_expr()
    if expr.is_Rational:
        return bool(expr == 0)
    if expr.has(Float) or expr in (nan, zoo, oo, -oo):
        return None
    if vanishes(expr, facts):
        return True
    if expr.has(Piecewise):
        # A nonzero branch is no refutation: its condition may be empty.
        folded: Any = piecewise_fold(expr)
        return None if folded.has(Piecewise) else is_zero(folded, facts)
    if expr.has(Integral, Sum, AppliedUndef) or not _is_evaluable(expr):
        return None
    return False if is_nonzero_somewhere(expr, facts) else None


@lru_cache(maxsize=2000)
def vanishes(expr: Expr, facts: Facts = NO_FACTS) -> bool:
    """Whether an expression is proved to be zero; no numbers are tried, so False says nothing."""
    if expr.has(Float) or expr in (nan, zoo, oo, -oo):
        return False
    if expr.has(Piecewise):
        return _vanishes_in_each_branch(piecewise_fold(expr), facts)
    if _vanishes(expr, facts) or (expr.has(Abs, sign) and _vanishes_by_cases(expr, facts, 2)):
        return True
    hidden = hidden_exponentials(expr)
    return hidden is not None and canonical(hidden[0], facts | hidden[1]).xreplace(hidden[2]).expand() == 0


def _vanishes(expr: Expr, facts: Facts) -> bool:
    try:
        if is_log_of_one(expr, facts):
            return True
        form = form_of(expr, facts)
        if not len(form) or not len(fraction(form)[0]):
            return True
        merged = Rewriter(facts).merged(form)
        if merged != form and not len(fraction(merged)[0]):
            return True
        if (ratios := log_ratios(expr, facts)) and not len(fraction(NamingRewriter(facts, ratios).form(expr))[0]):
            return True
        return _needs_reflection(expr) and not len(fraction(reflected_form_of(expr, facts))[0])
    except (TooLarge, ZeroDivisionError, RecursionError):
        return False


def _vanishes_by_cases(expr: Expr, facts: Facts, splits: int) -> bool:
    """Whether it vanishes where the argument g of an Abs or sign is > 0, < 0, and = 0."""
    # What is bound by an expectation, a sum or an integral takes all its values: there is no case to be told apart.
    bound = {symbol for node in _nodes(expr) for symbol in getattr(node, "bound_symbols", ())}
    arguments = [node.args[0] for node in expr.atoms(Abs, sign) if not node.free_symbols & bound]
    undecided = [each for each in arguments if facts.is_real(each) and facts.signs(each) not in (POSITIVE, NEGATIVE)]
    if not undecided or not splits:
        return False
    argument = min(undecided, key=default_sort_key).expand()
    linear = [
        symbol for symbol in sorted(argument.free_symbols, key=str) if argument.diff(symbol) in (1, -1) and symbol.is_real and not symbol.is_integer
    ]
    if not linear:
        return False
    there = expr.xreplace({linear[0]: (linear[0] - argument * argument.diff(linear[0])).expand()})
    kept = Facts(tuple(fact for fact in facts.positive if linear[0] not in fact.free_symbols))
    cases = [(expr, facts | Facts((argument,))), (expr, facts | Facts((-argument,))), (there, kept)]
    return all(_vanishes(case, known) or _vanishes_by_cases(case, known, splits - 1) for case, known in cases)


def _needs_reflection(expr: Expr) -> bool:
    return expr.has(pi) and expr.has(gamma, beta, loggamma, polygamma, digamma, trigamma) and expr.has(sin, csc, cot, tan)


def _is_evaluable(expr: Expr) -> bool:
    """Whether numbers in place of the symbols leave a number: no foreign heads."""
    return all(node.__class__.__module__.startswith("sympy.") and not isinstance(node.func, UndefinedFunction) for node in _nodes(expr))


def _nodes(expr: Expr) -> list[Any]:
    nodes: list[Any] = []
    stack: list[Any] = [expr]
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack += node.args
    return nodes


def _vanishes_in_each_branch(folded: Any, facts: Facts) -> bool:
    """A Piecewise is zero when each of its branches is, under the branch's condition."""
    if not isinstance(folded, Piecewise):
        return not folded.has(Piecewise) and vanishes(folded, facts)
    pairs: Any = folded.args
    return all(vanishes(branch, facts | Facts.of(condition)) for branch, condition in pairs)
