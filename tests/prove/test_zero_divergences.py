"""What follows for the other divergences of two laws, of any kind, where one is zero."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from symkl import prove
from symkl.core.certificates import sealed
from symkl.prove import check

TRUE = [
    ("I(X;Y) = 0", "TV(P(X,Y), P(X)*P(Y)) = 0"),
    ("I(X;Y) = 0", "Renyi(P(X,Y)||P(X)*P(Y),1/2) = 0"),
    ("I(X;Y) = 0", "BC(P(X,Y), P(X)*P(Y)) = 1"),
    ("Chi2(P(X,Y)||P(X)*P(Y)) = 0", "I(X;Y) = 0"),
    ("Chi2(1/2*P+1/2*Q||R) = 0", "TV(1/2*P+1/2*Q,R) = 0"),
    ("Chi2(K(P)||Q) = 0", "TV(K(P),Q) = 0"),
    ("P = Q", "Renyi(P||Q,3) = 0"),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_proved(claim: str, given: str) -> None:
    verdict = prove(claim, given=[given])
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


MIXED = "M = 1/2*P + 1/2*Q"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("D(P||Q) = 0", [MIXED, "D(P||M) = 0"]),
        ("Chi2(P||Q) <= 0", [MIXED, "D(P||M) = 0"]),
        ("D(P||Q) = 0", ["TV(P,1/2*P + 1/2*Q) = 0"]),
        ("D(P||Q) = 0", [MIXED, "P = M"]),
        ("D(P||Q) = 0", ["P = M", MIXED]),
        ("D(P||Q) = 0", ["P = 1/2*P + 1/2*Q"]),
    ],
)
def test_a_law_that_is_its_mixture_with_another(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved
    assert prove(claim.replace("Q", "R"), given=given).is_refuted


@pytest.mark.parametrize(
    ("claim", "given"), [("TV(P,R) = 0", "TV(P,Q) = 0"), ("P = Q", "TV(K(P),K(Q)) = 0"), ("Chi2(P||R) = 0", "TV(P,Q) = 0"), ("D(P||Q) = 0", "TV(P,Q) <= 1/10")]
)
def test_refuted(claim: str, given: str) -> None:
    assert prove(claim, given=[given]).is_refuted


def test_planted_errors_are_rejected() -> None:
    data: Any = prove("Chi2(1/2*P+1/2*Q||R) = 0", given=["TV(1/2*P+1/2*Q,R) = 0"]).certificate
    mixed = {"mix": [["1/2", {"law": "P"}], ["1/2", {"law": "Q"}]]}

    def judged(given: dict[str, Any] | None = None, zero: dict[str, Any] | None = None) -> bool:
        changed = copy.deepcopy(data)
        changed["statement"]["given"][0].update(given or {})
        for way in changed["proofs"][0]["ways"]:
            for _, item in way["facts"]:
                if "zero" in item:
                    item["zero"].update(zero or {})
        return check(sealed(changed["verdict"], changed["statement"], changed["proofs"])).is_proved

    assert "zero" in str(data["proofs"])
    assert judged()
    assert not judged({"right": "1/1000000000"})
    assert not judged({"sign": ">="})
    assert not judged({"left": {"measure": "TotalVariation", "laws": [mixed, {"law": "S"}], "parameters": []}})
    assert not judged({"left": {"measure": "Affinity", "laws": [mixed, {"law": "R"}], "parameters": []}})
    assert not judged({"left": {"measure": "Renyi", "laws": [mixed, {"law": "R"}], "parameters": ["-1"]}})
    assert not judged({"left": {"measure": "CrossEntropy", "laws": [mixed, {"law": "R"}], "parameters": []}})
    assert not judged(zero={"laws": [mixed, mixed]})
    assert not judged(zero={"measure": "Affinity"})
