"""Whether an expression by cases vanishes: case by case, those with the same conditions together, ≠ taken apart where it has to be."""

from __future__ import annotations

from importlib import import_module

import pytest
from sympy import Abs, Eq, Expr, Gt, Lt, Piecewise, Rational, S, erf, log, sign, symbols

context = import_module("symkl.derive.checks.context")
a, b = symbols("a b", positive=True)
FIRST = Piecewise((log(b), Eq(a, b)), (a * log(a / b), True))
SECOND = Piecewise((-log(a), Eq(a, b)), (a * log(b) - a * log(a), True))


@pytest.mark.parametrize("change", [S.Zero, Rational(1, 10**9), log(a), Piecewise((Rational(1, 10**9), Eq(a, b)), (0, True))])
def test_cases_with_the_same_conditions(change: Expr) -> None:
    assert context.Context().zero(FIRST + SECOND + change) is (True if change == 0 else None)


def test_the_same_conditions_in_another_order_are_other_cases() -> None:
    other = Piecewise((log(b), Eq(a, 2 * b)), (a * log(a / b), True))
    assert context.Context().zero(FIRST - other) is None


def test_unequal_is_taken_apart() -> None:
    expr = Piecewise((0, Eq(a, b)), (Abs(a - b) - (a - b) * sign(a - b), True))
    assert context.Context().zero(expr) is True
    assert context.Context().zero(expr + Rational(1, 10**9)) is None


@pytest.mark.parametrize("function", [log, erf])
@pytest.mark.parametrize("greater", [a, b])
def test_values_are_in_the_order_of_their_arguments(function: type[Expr], greater: Expr) -> None:
    less = b if greater == a else a
    found = context.Context((greater > less,)).ordered(function(a) + function(b), (function,))
    order = [each for each in found if isinstance(each, (Gt, Lt)) and each.gts.func is each.lts.func is function]
    assert [(each.gts, each.lts) for each in order] == [(function(greater), function(less))]


def test_the_order_of_arguments_that_is_not_known_is_none_of_values() -> None:
    assert context.Context((a > 1,)).ordered(log(a) + log(b), (log,)) == []
