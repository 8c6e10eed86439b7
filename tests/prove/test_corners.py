"""Bounds of χ² at total variations of at least 1/2, JSD and roots, and what is evidently not negative."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from sympy import Symbol

from symkl import prove
from symkl.core.certificates import complement, sealed
from symkl.exact.bounds import corner
from symkl.prove import check

TRUE = [
    ("Chi2(P||Q) >= TV(P,Q)/(1-TV(P,Q))", ["TV(P,Q) >= 1/2"]),
    ("Chi2(P||Q) >= 3", ["TV(P,Q) >= 3/4"]),
    ("Tsallis(P||Q,3) >= (1/(1-TV(P,Q))^2 - 1)/2", ["TV(P,Q) >= 3/4"]),
    ("JSD(P,Q) <= log(2)*sqrt(1-BC(P,Q)^2)", []),
    ("JSD(P,Q) <= log(2)*sqrt(1-exp(-D(P||Q)))", []),
    ("JSD(P,Q) <= log(2/(1+exp(-J(P,Q))))", []),
    ("Renyi(P||Q,1/2) <= 2*TV(P,Q)/(1-TV(P,Q))", []),
    ("Chi2(P||Q) >= TV(P,Q)^2/(1-TV(P,Q)^2)", []),
]
FALSE = [
    ("Chi2(P||Q) >= TV(P,Q)/(1-TV(P,Q))", ["TV(P,Q) >= 49/100"]),
    ("Chi2(P||Q) >= (1+1e-9)*TV(P,Q)/(1-TV(P,Q))", ["TV(P,Q) >= 1/2"]),
    ("Chi2(P||Q) >= TV(P,Q)/(1-TV(P,Q))", ["TV(P,Q) <= 1/2"]),
    ("JSD(P,Q) <= (log(2)-1e-9)*sqrt(1-BC(P,Q)^2)", []),
    ("Renyi(P||Q,1/2) <= TV(P,Q)/(1-TV(P,Q))", []),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_proved(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_refuted(claim: str, given: list[str]) -> None:
    assert prove(claim, given=given).is_refuted


def test_the_corner_asks_for_its_conditions() -> None:
    t, v = Symbol("t", positive=True), Symbol("v", positive=True)
    plain: Any = [[], []]
    found = corner((t - 1) ** 2, t, v, "1/2", 1, plain, [])
    assert found is not None and (found - v / (1 - v)).simplify() == 0
    assert corner((t - 1) ** 2, t, v, "49/100", 1, plain, []) is None
    assert corner(-((t - 1) ** 2), t, v, "1/2", 1, plain, []) is None
    assert corner((t - 1) ** 2, t, v, "-1/2", 1, plain, []) is None
    assert corner((t - 1) ** 2, t, v, "1", 1, plain, []) is None
    assert corner(1 / t - 1, t, v, "1/2", 1, plain, []) is None  # infinite at 0


def test_planted_errors_are_rejected() -> None:
    data: Any = prove("Chi2(P||Q) >= TV(P,Q)/(1-TV(P,Q))", given=["TV(P,Q) >= 1/2"]).certificate

    def judged(given: str = "1/2", **change: Any) -> bool:
        changed = copy.deepcopy(data)
        changed["statement"]["given"][0]["right"] = given
        for _, item in changed["proofs"][0]["facts"]:
            if "bound" in item:
                item.update(change)
        return check(sealed(changed["verdict"], changed["statement"], changed["proofs"])).is_proved

    laws = [{"law": "Q"}, {"law": "P"}]
    assert judged()
    assert not judged(given="499999999/1000000000")
    assert not judged(low="499999999/1000000000")
    assert not judged(low="2/3")
    assert not judged(above={"facts": []})
    assert not judged(above=None)
    assert not judged(bound=[["1", *laws]])
    assert not judged(term={"measure": "KL", "laws": laws[::-1], "parameters": []})


@pytest.mark.parametrize("head", ["TotalVariation", "Affinity", "Hellinger"])
def test_complements(head: str) -> None:
    u = {"measure": head, "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []}
    assert complement({"sum": ["1", {"product": ["-1", u]}]})
    assert complement({"sum": [{"product": ["-1", {"power": [u, "3/2"]}]}, "1"]})
    assert not complement({"sum": ["1", {"product": ["-2", u]}]})
    assert not complement({"sum": ["1/2", {"product": ["-1", u]}]})
    assert not complement({"sum": ["1", {"product": ["-1", {"power": [u, "-1"]}]}]})
    assert not complement({"sum": ["1", {"product": ["-1", u]}, {"product": ["-1", u]}]})
    assert not complement({"sum": ["1", {"product": ["-1", {**u, "measure": "Chi2"}]}]})
    assert not complement({"sum": ["1", u]})
    assert not complement({"product": ["1", "-1"]})
