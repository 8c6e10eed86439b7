"""Divergences of very large order of finite laws: through the largest ratio, no power written out."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Integer, Rational, oo

from symkl import Finite, Renyi, Tsallis, evaluate

P, Q = Finite([Rational(1, 3), Rational(2, 3), 0]), Finite([Rational(1, 2), Rational(1, 4), Rational(1, 4)])


@pytest.mark.parametrize("order", [Integer(3000), Rational(7001, 2), Integer(10) ** 6, Rational(9001, 3000)], ids=str)
def test_large_orders_by_the_definition(order: Rational) -> None:
    with mpmath.workdps(60):
        alpha = mpmath.mpf(order.p) / order.q
        total = mpmath.mpf(1) / 3 * (mpmath.mpf(2) / 3) ** (alpha - 1) + mpmath.mpf(2) / 3 * (mpmath.mpf(8) / 3) ** (alpha - 1)
        assert str(evaluate(Renyi(P, Q, order), 25)) == mpmath.nstr(mpmath.log(total) / (alpha - 1), 25, strip_zeros=False)
        tsallis = mpmath.nstr((total - 1) / (alpha - 1), 15, strip_zeros=False, min_fixed=0, max_fixed=0)
        assert str(evaluate(Tsallis(P, Q, order), 15)) == tsallis


def test_the_limit_of_large_orders() -> None:
    order = Integer(10) ** 300
    assert str(evaluate(Renyi(P, Q, order), 40)) == str(evaluate(Renyi(P, Q, oo), 40))
    assert not evaluate(Renyi(Q, P, order), 10).is_finite
    assert str(evaluate(Renyi(P, P, order), 10)) == "0"
