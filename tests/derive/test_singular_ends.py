"""Antiderivatives up to an end where the logarithm in them is singular: closed, checked and right there and beside it."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, symbols

from symkl import KL, Beta, Kumaraswamy, PowerFunction, Triangular, Uniform, WignerSemicircle, derive, evaluate, kl

a, b, c = symbols("a b c", positive=True)
POINT = {a: Rational(3, 2), b: Rational(5, 2), c: Rational(4, 3)}

HEADS = [
    KL(Uniform(0, 1), Kumaraswamy(a, b)),
    KL(Uniform(Rational(1, 2), 1), Kumaraswamy(a, b)),
    KL(Triangular(0, Rational(1, 2), 1), Kumaraswamy(a, b)),
    KL(PowerFunction(c), Kumaraswamy(a, b)),
    KL(Beta(2, 3), Kumaraswamy(a, b)),
    KL(PowerFunction(a), WignerSemicircle(1)),
    KL(PowerFunction(a), WignerSemicircle(2)),
]


@pytest.mark.parametrize("head", HEADS, ids=str)
def test_closed_and_right(head: Any) -> None:
    found = derive(head)
    assert found.status == "closed"
    assert found.check().is_proved, found.check().reason
    at = evaluate(found.result.subs(POINT), 20).mid
    assert abs(at - evaluate(head.subs(POINT), 20).mid) < Rational(1, 10**15)


def test_the_generic_form_holds_where_the_ends_meet() -> None:
    generic: Any = kl(Uniform, Kumaraswamy)
    values = {"a_1": 0, "b_1": 1, "a_2": Rational(1, 2), "b_2": 3}
    value = generic.subs({symbol: values[symbol.name] for symbol in generic.free_symbols})
    exact = evaluate(KL(Uniform(0, 1), Kumaraswamy(Rational(1, 2), 3)), 20).mid
    assert abs(value.evalf(20) - exact) < 1e-15
