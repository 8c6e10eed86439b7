"""Claims about given finite laws whose sides agree in hundreds of digits."""

from __future__ import annotations

from sympy import Rational

from symkl import KL, Finite, prove

TINY = Rational(1, 10**500)
P, NEAR, Q = (Finite([Rational(7, 10) + t, Rational(3, 10) - t]) for t in (0, TINY, -Rational(1, 5)))


def test_values_that_differ_by_ten_to_the_minus_500_are_told_apart() -> None:
    assert prove(KL(NEAR, Q) > KL(P, Q)).is_proved
    refuted = prove(KL(NEAR, Q) < KL(P, Q))
    assert refuted.is_refuted and refuted.witness is not None
