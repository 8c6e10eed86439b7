"""Balls print only right digits."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings, strategies as st

from symkl.errors import Undecided
from symkl.exact import ball as balls
from symkl.exact.ball import Ball


@given(st.fractions(), st.fractions(min_value=0, max_value=1), st.fractions(min_value=-1, max_value=1), st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_every_number_of_the_ball_rounds_to_what_is_printed(mid: Fraction, width: Fraction, where: Fraction, power: int) -> None:
    rad = width / 10**power
    ball = Ball.of(mid, rad, digits=30)
    assert ball.lower <= mid - rad and mid + rad <= ball.upper
    if ball.sign and ball.digits:
        printed = Fraction(str(ball))
        point = mid + where * rad
        exponent = len(str(ball).split("e")[0].replace("-", "").replace(".", "").lstrip("0")) - 1
        magnitude = Fraction(10) ** (_exponent(printed) - exponent)
        assert abs(point - printed) <= magnitude * Fraction(51, 100)


def _exponent(value: Fraction) -> int:
    return int(mpmath.floor(mpmath.log10(mpmath.mpf(abs(value).numerator) / abs(value).denominator) + mpmath.mpf(10) ** -12))


@pytest.mark.parametrize(
    ("ball", "text"),
    [
        (Ball.exact(Fraction(1, 8), 5), "0.12500"),
        (Ball.exact(0), "0"),
        (Ball.infinite(), "oo"),
        (Ball.infinite(-1), "-oo"),
        (Ball.of(Fraction(-1, 3), Fraction(1, 10**6)), "-0.33333"),
        (Ball.of(Fraction(0), Fraction(1, 10**20)), "0 ± 1.1e-20"),
        (Ball.exact(Fraction(123, 10**90), 3), "1.23e-88"),
        (Ball.exact(12345678901234567890, 5), "1.2346e+19"),
    ],
)
def test_text(ball: Ball, text: str) -> None:
    assert str(ball) == text


def test_a_wrong_value_does_not_overlap() -> None:
    third = Ball.of(Fraction(1, 3), Fraction(1, 10**30))
    assert not third.overlaps(Ball.exact(Fraction(333333333333333, 10**15)))
    assert third.overlaps(Ball.of(Fraction(1, 3) + Fraction(1, 10**30), Fraction(1, 10**31)))
    assert third.contains(Fraction(1, 3)) and not third.contains(0)
    assert float(third) == 1 / 3
    assert third.sign == 1 and Ball.of(Fraction(0), Fraction(1)).sign is None


@given(st.integers(-(10**30), 10**30), st.integers(-400, 400), st.integers(1, 10**25), st.sampled_from([None, 5, 20]))
@settings(max_examples=200, deadline=None)
def test_digits_by_logarithms_are_those_by_fractions(mid: int, exponent: int, part: int, digits: int | None) -> None:
    """Or one fewer, where an end is itself half-way between two numbers of so many digits."""
    middle = Fraction(mid) * Fraction(2) ** exponent
    ball = Ball.of(middle, abs(middle) / part, True, digits)
    written, count, sign = str(ball), ball.digits, ball.sign
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(balls, "FAR", -1)
        assert ball.sign == sign and count - 1 <= ball.digits <= count
        assert ball.digits < max(count, 1) or str(ball) == written


def test_numbers_that_nobody_writes_out() -> None:
    huge = Ball(mpmath.mpf((0, 3, 10**40, 2)), mpmath.mpf((0, 1, 10**40 - 100, 1)), True, 20)
    assert huge.sign == 1 and huge.digits == 20
    with mpmath.workdps(80):
        exponent = 10**40 * mpmath.log10(2) + mpmath.log10(3)
        assert str(huge) == f"{mpmath.nstr(10 ** (exponent - mpmath.floor(exponent)), 20)}e+{int(mpmath.floor(exponent))}"
    for end in ("lower", "upper"):
        with pytest.raises(Undecided, match="too large or too small"):
            getattr(huge, end)
    tiny = Ball(mpmath.mpf(2), mpmath.mpf((0, 1, -(10**40), 1)), True, 5)
    assert str(tiny) == "2.0000" and tiny.sign == 1
    unknown = Ball(mpmath.mpf(0), mpmath.mpf((0, 1, -(10**9), 1)), True, 5)
    assert str(unknown).startswith("0 ± ") and unknown.sign is None and "e-301029996" in repr(unknown)
