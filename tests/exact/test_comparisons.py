"""A seeded sample of the comparisons of nearly equal divergences; the whole is a documented command."""

from __future__ import annotations

import importlib.util
import random
from fractions import Fraction
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("sweep_comparisons", Path(__file__).with_name("sweep_comparisons.py"))
assert _spec is not None and _spec.loader is not None
sweep = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sweep)


@pytest.mark.parametrize("change", sweep.CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("largest", [10, 10**6, 10**30])
def test_nearly_equal_divergences_are_ordered(change: object, largest: int) -> None:
    rng = random.Random(f"{change.__name__} {largest}")  # type: ignore[attr-defined]
    for _ in range(4):
        size = rng.randint(2, 12)
        P, Q = sweep.law(rng, size, largest), sweep.law(rng, size, largest)
        first, second, expected = change(P, Q, rng)  # type: ignore[operator]
        found, seconds = sweep.compared((P, Q), (first, second))
        assert found == expected
        assert seconds < 5


def test_the_sweep_tells_a_wrong_expectation() -> None:
    P, Q = [Fraction(1, 4), Fraction(3, 4)], [Fraction(1, 2), Fraction(1, 2)]
    moved = [P[0] + sweep.TINY, P[1] - sweep.TINY]
    assert sweep.compared((P, Q), (moved, Q))[0] == 1
    assert sweep.compared((P, Q), (P, Q))[0] == 0
    assert sweep.compared((P, Q), (P, moved))[0] == 1
