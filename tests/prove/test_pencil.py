"""Witnesses along the curve of equality: constants that are off by little."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symkl import prove
from symkl.prove import check
from symkl.prove.divergence.pencil import along_equality


@pytest.mark.parametrize(
    "claim",
    [
        "D(P||Q) >= 2*TV(P,Q)^2 + (4/9 + 1e-10)*TV(P,Q)^4",
        "D(P||Q) >= (2 + 1e-12)*TV(P,Q)^2",
        "Renyi(P||Q,1/2) >= (1 + 1e-8)*TV(P,Q)^2",
    ],
)
def test_constants_off_by_little_are_refuted(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_refuted
    assert check(verdict.certificate).is_proved


def test_the_best_place_is_found() -> None:
    """q − p is nearest to the square root of its own size where p + q = 1 + s (1 − v) with s = v/5."""

    def gap(p: Fraction, q: Fraction) -> Fraction:
        v = p - q
        s = (p + q - 1) / (1 - v)
        return (s - v / 5) ** 2 - Fraction(1, 10**20)

    p, q = next(along_equality(gap))
    assert gap(p, q) < 0


def test_nothing_is_found_where_the_sides_stay_apart() -> None:
    assert not [*along_equality(lambda p, q: (p - q) ** 2 + 1)]
    assert not [*along_equality(lambda p, q: None)]
