"""The measure of what a reader has to take in, and the forms that are not arranged at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from sympy import Expr, Max, Rational, count_ops, exp, gamma, hyper, log, pi, sqrt, symbols

from symkl.form.cost import _operations, cost
from symkl.form.facts import Facts
from symkl.form.monomials import size
from symkl.form.rewrite import form_of

X, Y = symbols("x y", positive=True)
LEAVES = st.sampled_from([X, Y, Rational(-1), Rational(1, 2), Rational(-3, 4), Rational(2), pi])


def _grown(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(children, children)
    return st.one_of(
        pairs.map(lambda ab: ab[0] + ab[1]),
        pairs.map(lambda ab: ab[0] - ab[1]),
        pairs.map(lambda ab: ab[0] * ab[1]),
        children.map(lambda a: exp(a)),
        children.map(lambda a: log(2 + a**2)),
        children.map(lambda a: 1 / (1 + a**2)),
        children.map(lambda a: sqrt(1 + a**2)),
    )


@settings(max_examples=150, deadline=None)
@given(st.recursive(LEAVES, _grown, max_leaves=12))
def test_operations_are_those_of_sympy(expr: Expr) -> None:
    """Without logarithms, products of sums and the like nothing is charged beyond the operations."""
    charged = cost(expr)[0] - count_ops(expr)
    assert charged >= 0 and charged * 4 == int(charged * 4)
    if not expr.has(log) and not any(node.is_Add and node != expr for node in expr.atoms(type(X + Y))):
        assert charged == 0


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (-X - Y, (2, 2)),
        (X - Y, (1, 2)),
        (Y - X / 2, (2, 2)),
        (log(X) - log(Y), (3.5, 2)),
        (X * (X - Y) + Y * (X + Y), (6.5, 6)),
        (gamma(X + 1) / 2, (3, 1)),
    ],
)
def test_cost(expr: Expr, expected: tuple[float, int]) -> None:
    assert cost(expr) == expected


def test_size_counts_what_stands_in_brackets() -> None:
    assert size(form_of(X + 1, Facts())) == 3
    assert size(form_of(X * log(1 + X), Facts())) == 1 + 1 + 1 + 3
    assert size(form_of(1 / (X + Y) + exp(X * Y), Facts())) == (1 + 4) + (1 + 1 + 2)


@pytest.mark.parametrize("expr", [-(X**2) / (3 * Y) + log(X - Y), hyper((1, -X), (2, Y / 2), -X / Y), Rational(-2, 3) * X ** (-Y) / (X + Y), Max(X, Y / 2, 1), exp(-1) - 1 / X])
def test_operations_of_functions_are_those_of_sympy(expr: Expr) -> None:
    assert _operations(expr) == count_ops(expr)
