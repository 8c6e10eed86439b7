"""Functions that are evaluated at the ends of real balls."""

from __future__ import annotations

from typing import Any

import pytest

flint = pytest.importorskip("flint")

from symkl.exact.arithmetic import precision
from symkl.exact.stable import growth, log_ratio

ENDS = [(-0.9, -0.1), (-0.5, 0.5), (0.0, 0.25), (-0.25, 0.0), (1e-30, 2e-30), (-0.99, 40.0), (3.0, 3.0)]


@pytest.mark.parametrize("function", [growth, log_ratio])
@pytest.mark.parametrize("ends", ENDS)
def test_real_balls_hold_what_lies_between_and_little_more(function: Any, ends: tuple[float, float]) -> None:
    with precision(128):
        low, high = (flint.arb(end) for end in ends)
        ball = function(False, flint.acb(low.union(high)))
        values = [function(False, flint.acb(low + (high - low) * k / 16)).real for k in range(17)]
        assert ball.imag.is_zero() and all(ball.real.overlaps(value) for value in values)
        assert not 2 * ball.real.rad() > abs(values[0] - values[-1]) * 1.001 + 1e-30


def test_where_the_logarithm_ends() -> None:
    with precision(64):
        assert not log_ratio(False, flint.acb(flint.arb(-2).union(flint.arb(0)))).is_finite()
