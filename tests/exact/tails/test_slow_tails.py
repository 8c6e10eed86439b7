"""Tails like powers, integrated term by term of their expansion: right to the digit, however slow; nothing where they diverge."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, Symbol, exp, gamma, log

from symkl import KL, Expectation, Gumbel, Pareto, ScaledInverseChiSquared, evaluate, kl
from symkl.exact.oracle import enclose_defining

pytest.importorskip("flint")
x = Symbol("x", positive=True)


@pytest.mark.parametrize("alpha", [Rational(101, 100), Rational(15, 14), Rational(1001, 1000)])
@pytest.mark.parametrize("digits", [20, 60])
def test_a_mean_that_barely_exists(alpha: Rational, digits: int) -> None:
    """E X = α/(α − 1), E X log X = α/(α − 1)² for a Pareto law from 1."""
    P = Pareto(alpha, 1)
    for statistic, value in ((x, alpha / (alpha - 1)), (x * log(x), alpha / (alpha - 1) ** 2)):
        ball = enclose_defining(Expectation(statistic, x, P), digits)
        assert ball.is_rigorous
        assert ball.lower <= value <= ball.upper
        assert str(ball) == str(evaluate(value, digits))


def test_an_inverse_chi_squared_law_with_few_degrees_of_freedom() -> None:
    """Against the closed form, which has a Bessel function."""
    P, Q = ScaledInverseChiSquared(Rational(15, 7), 1), Gumbel(Rational(-1, 2), Rational(9, 4))
    assert str(enclose_defining(KL(P, Q), 40)) == str(evaluate(kl(P, Q), 40))


@pytest.mark.parametrize("alpha", [1, Rational(99, 100)])
def test_what_diverges_is_said_to(alpha: Any) -> None:
    ball = enclose_defining(Expectation(x, x, Pareto(alpha, 1)), 20)
    assert not ball.is_finite and str(ball) == "oo"


def test_a_tail_that_is_no_power_is_bounded() -> None:
    ball = enclose_defining(Expectation(exp(-x) * x, x, Pareto(Rational(1, 50), 1)), 20)
    assert ball.is_rigorous
    assert abs(float(ball) - float(evaluate(Rational(1, 50) * gamma(Rational(49, 50)), 20))) < 1
