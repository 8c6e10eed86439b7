"""Factors that multiply to what they are factors of."""

from __future__ import annotations

import pytest
from sympy import Expr, Mul, exp, expand, symbols

from symkl.form.factors import irreducible_factors, numerator_and_denominator

X, Y = symbols("x y", positive=True)


@pytest.mark.parametrize("expr", [X**2 - Y**2, 3 * X / (X + Y) - 1, 1 / X - 1 / Y, (X * exp(Y) + exp(Y)) / (2 * X**2), (X**2 + 2 * X + 1) / (X + Y) ** 3])
def test_powers_of_the_factors_multiply_to_the_expression(expr: Expr) -> None:
    numerator, denominator = numerator_and_denominator(expr)
    assert expand((expr * denominator).together() - numerator) == 0
    factors = irreducible_factors(expr)
    assert factors is not None
    product = Mul(*(base**exponent for base, exponent in factors))
    assert (product - expr).together().as_numer_denom()[0].expand() == 0
    assert (product * 2 - expr).together().as_numer_denom()[0].expand() != 0
