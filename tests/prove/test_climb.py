"""Claims that fail at few laws only: found by moving masses towards where the sides meet."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest

from symkl.prove import check, prove
from symkl.prove.divergence.climb import _changed


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("TV(P,Q)*BC(P,Q) <= 0.49", []),
        ("BC(P,Q) >= 0.61", ["D(P||Q) <= 1"]),
        ("Renyi(P||Q,3) <= 2*Renyi(P||Q,2)", []),
        ("Renyi(P||Q,5/4) >= Renyi(P||Q,3/2)", []),
        ("H(P) <= log(5)", ["H(P||U) = log(6)"]),
        ("TV(P,Q)*BC(P,Q) <= 499999999/1000000000", []),
        ("TV(P,Q) <= 99/200", ["D(P||Q) <= 53/100"]),  # along the edge of what the hypothesis allows
        ("JSD(P,Q) <= 34/100", ["TV(P,Q) <= 1/2"]),
        ("TV(P,Q)^2 <= c", ["D(P||Q) <= 201/100*c"]),  # a parameter that goes with the laws
        ("D(P||Q) >= -101/100*log(1 - TV(P,Q)^2)", ["TV(P,Q) < 1"]),  # at masses below 10^-31 only
        ("Hellinger(P,R) + Hellinger(Q,R) >= 101/100", ["BC(P,Q) = 0"]),
    ],
)
def test_rare_witnesses_are_found(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_refuted, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


def test_what_is_moved_stays_a_law() -> None:
    draw = random.Random(1)
    rows = ((("0",), Fraction(1)), (("1",), Fraction(0)), (("2",), Fraction(0)))
    for _ in range(500):
        rows = _changed(rows, draw, draw.randint(1, 30))
        masses = [m for _, m in rows]
        assert sum(masses) == 1
        assert min(masses) >= 0


def test_true_claims_are_not_refuted() -> None:
    for claim in ("TV(P,Q)^4 + BC(P,Q)^4 <= 1", "D(P||Q) >= 2*TV(P,Q)^2 + 4/9*TV(P,Q)^4"):
        assert not prove(claim).is_refuted
