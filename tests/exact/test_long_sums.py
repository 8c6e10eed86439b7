"""One long sum of each lattice family, as an integral and term by term; `sweep_long_sums.py` draws more of them."""

from __future__ import annotations

import random
from typing import Any

import pytest

flint = pytest.importorskip("flint")

from longsums import about_mean, direct, head_of, lattice_families, pair, watched

from symkl import Poisson
from symkl.errors import Undecided
from symkl.exact.ball import Ball
from symkl.exact.oracle import enclose_bits, enclose_defining

# Fewer terms than the sweep's, so that the terms are added in a second.
MOST_HERE, DRAWS = 20_000, 20


def families_with_long_sums() -> Any:
    # Bessel functions of moderate order take their time.
    return [pytest.param(each, marks=[pytest.mark.slow] if each.__name__ == "Skellam" else [], id=each.__name__) for each in lattice_families()]


@pytest.mark.parametrize("family", families_with_long_sums())
def test_a_long_sum_of_the_family(family: Any) -> None:
    rng = random.Random(family.__name__)
    for _ in range(DRAWS):
        P, Q = pair(family, rng)
        head = head_of("KL", P, Q)
        enclose_bits.cache_clear()
        with watched() as lengths:
            try:
                ball = enclose_defining(head, 30)
            except Undecided:
                continue
        if not lengths or max(lengths) > MOST_HERE or not ball.is_finite:
            continue
        exact = Ball.from_arb(direct("KL", P, Q, about_mean(P), 45))
        slack = abs(exact.lower) / 10**55
        for found in (ball, enclose_defining(head, 45)):
            assert found.lower - slack <= exact.upper and exact.lower <= found.upper + slack, head
        return
    # Powers are summed by Hurwitz's zeta, and a law that falls fast has no long sum.
    pytest.skip("no long sum was drawn")


def test_the_terms_alone() -> None:
    """What the sums are held against: E X of a Poisson law."""
    law = Poisson(200)
    assert abs(direct("mean", law, law, 180, 30) - 200) < 1e-40
