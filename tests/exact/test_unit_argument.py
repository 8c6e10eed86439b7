"""Hypergeometric series at one: digamma sums where the terms are rational functions, nothing where they are not."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Rational, hyper, sqrt

from symkl import evaluate
from symkl.exact.unit_argument import at_one


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ((1, 1, Rational(14, 9)), (2, Rational(23, 9))),
        ((1, 1, 3), (4, 5)),
        ((2, 2, 2), (3, 4)),
        ((1, 1, 1), (2, 2)),
        ((Rational(1, 2), Rational(1, 3), 1), (Rational(5, 2), Rational(4, 3))),
    ],
)
def test_against_summation(above: tuple[Rational, ...], below: tuple[Rational, ...]) -> None:
    with mpmath.workdps(30):
        summed = mpmath.hyper([mpmath.mpmathify(each) for each in above], [mpmath.mpmathify(each) for each in below], 1)
        found = evaluate(hyper(above, below, 1), 25)
        assert found.is_rigorous
        assert abs(mpmath.mpf(str(found)) - summed) < mpmath.mpf(10) ** -22


@pytest.mark.parametrize(("above", "below"), [((1, 1), (2,)), ((1, 1, Rational(1, 2)), (2, Rational(7, 3))), ((1, 1, sqrt(2)), (2, 1 + sqrt(2)))])
def test_what_diverges_or_does_not_pair_off_is_left(above: tuple[Rational, ...], below: tuple[Rational, ...]) -> None:
    assert at_one(hyper(above, below, 1)) is None
