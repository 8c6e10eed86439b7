"""Claims about real parameters, alone and as factors of measures."""

from __future__ import annotations

import pytest

from symkl import prove
from symkl.prove import check

UNIT = ["0 <= t", "t <= 1"]
TRUE: list[tuple[str, list[str]]] = [
    ("t*(1-t) <= 1/4", []),
    ("t^2 - t + 1 > 0", []),
    ("t^4 + 1 >= t", []),
    ("t^4 + 1 >= 2*t^2", []),
    ("a^2 + b^2 + c^2 >= a*b + b*c + c*a", []),
    ("t*s <= 1/4", ["t + s = 1"]),
    ("t*s <= 1/4", ["t + s <= 1", "t >= 0", "s >= 0"]),
    ("sqrt(a*b) <= (a+b)/2", ["a >= 0", "b >= 0"]),
    ("4*t*(1-t)*JSD(P,Q) <= JSD(P,Q)", []),
    ("t^2*D(P||Q) <= t*D(P||Q)", UNIT),
    ("t*(1-t)*TV(P,Q)^2 <= 1/8*D(P||Q)", []),
]
FALSE: list[tuple[str, list[str]]] = [
    ("t*(1-t) <= 1/4 - 1e-9", []),
    ("t^2 <= t", []),
    ("a*b <= (1/2 - 1e-9)*(a^2 + b^2)", []),
    ("t*s <= 1/4 - 1e-9", ["t + s = 1"]),
    ("4*t*(1-t)*JSD(P,Q) <= (1 - 1e-6)*JSD(P,Q)", UNIT),
    ("t^2*D(P||Q) <= t*D(P||Q)", []),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_proved(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_refuted(claim: str, given: list[str]) -> None:
    assert prove(claim, given=given).is_refuted


@pytest.mark.parametrize("claim", ["t^4 + 1 >= 2*(1 + 1e-9)*t^2", "t^4 + 1 >= 7/4*t + 1/100", "t^2*D(P||Q) <= t*Chi2(P||Q)"])
def test_nothing_false_is_proved(claim: str) -> None:
    assert not prove(claim).is_proved
