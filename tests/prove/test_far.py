"""Claims that fail only at laws very far from each other: masses 2^−k with k in the thousands."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symkl.prove import check, prove
from symkl.prove.divergence.far import MOST, STEPS, far_apart, mass

CHAIN = ["D(P||Q) <= 1/100", "D(Q||R) <= 1/100"]


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("D(P||R) <= 1", CHAIN),
        ("D(P||R) <= 10", CHAIN),
        ("D(P||S) <= 17", [*CHAIN, "D(R||S) <= 1/100"]),
    ],
)
def test_a_chain_of_small_divergences_bounds_none_from_its_start_to_its_end(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_refuted
    assert check(json.dumps(verdict.certificate)).is_proved
    assert len(str(verdict.witness)) < 200
    assert len(verdict.witness.latex()) < 300


def test_what_bounds_them_all_is_proved() -> None:
    assert prove("TV(P,R) <= 0.15", given=CHAIN).is_proved
    assert not prove("TV(P,R) <= 0.14", given=CHAIN).is_proved


def test_masses_are_told_by_their_powers() -> None:
    assert mass(0) == 1
    assert mass(STEPS * 3) == Fraction(1, 8)
    assert len(str(mass(STEPS * MOST).denominator)) < 4300  # what is written out as digits


def test_each_law_is_moved_as_far_as_is_allowed() -> None:
    """The second mass is at least the square of the first and is claimed to be a thousandth of it."""

    def judge(masses: tuple[Fraction, ...]) -> tuple[bool, float | None]:
        first, second = masses
        return first**2 <= second <= first and second > 0, float(second - first / 1000)

    found = list(far_apart(2, judge))
    assert found
    for first, second in found:
        assert first**2 <= second < first / 1000
