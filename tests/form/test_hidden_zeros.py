"""Zeros that are seen only when a sum is multiplied out."""

from sympy import log, symbols

from symkl.form.hidden_zeros import shown_zeros

a, b, c = symbols("a b c", positive=True)


def test_a_zero_to_a_power() -> None:
    assert shown_zeros(a + (b - c * (b / c)) ** a) == a
    assert shown_zeros(1 + (a - c + b * (c / b - a / b)) ** (b + 1)) == 1


def test_what_has_no_value_at_zero_stays() -> None:
    expr = log(a - c + b * (c / b - a / b))
    assert shown_zeros(expr) == expr
    assert shown_zeros(a + b - c) == a + b - c
