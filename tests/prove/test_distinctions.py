"""Proofs by cases, reciprocals, exponentials of both sides and mixtures that dominate their parts; and planted errors in each."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from symkl import prove
from symkl.core.certificates import call, complement, sealed
from symkl.prove import check
from symkl.prove.checker import check_certificate

WEIGHTED = "t*D(P||t*P+(1-t)*Q) + (1-t)*D(Q||t*P+(1-t)*Q) <= log(2)"
PROVED = (
    ("TV(P,Q) <= Chi2(P||Q)/(1+Chi2(P||Q))", ["Chi2(P||Q) >= 1"]),
    ("TV(P,Q) <= Chi2(P||Q)/(1+Chi2(P||Q))", ["TV(P,Q) >= 1/2"]),
    ("Renyi(P||Q,2) >= -log(1-TV(P,Q))", ["TV(P,Q) >= 1/2"]),
    ("D(P||Q) >= 1/2 + 1/36", ["TV(P,Q) >= 1/2"]),
    ("JSD(P,Q) >= 3/4*log(3) - log(2)", ["TV(P,Q) >= 1/2"]),
    ("TV(P,Q) >= 1/2", ["Hellinger(P,Q) >= sqrt(1/2)"]),
    ("Renyi(P||Q,3) <= log(4)", ["Q = 1/4*P + 3/4*R"]),
    ("Hellinger(P,Q)^2 <= 1 - 1/sqrt(3)", ["Q = 1/3*P + 2/3*R"]),
    ("Renyi(1/2*P+1/2*Q||R,2) <= 1", ["Renyi(P||R,2) <= 1", "Renyi(Q||R,2) <= 1"]),
    ("Chi2(P||R) <= 2*Chi2(P||Q) + 1", ["R = 1/2*Q + 1/2*S"]),
    ("Tsallis(P||R,3) <= 4*Tsallis(P||Q,3) + 3/2", ["R = 1/2*Q + 1/2*S"]),
    ("BC(P,R) >= 1/2*BC(P,Q)", ["R = 1/4*Q + 3/4*S"]),
    ("Hellinger(P,Q)^2 <= 1/2 - 1e-9", ["D(P||Q) <= 1"]),
    ("BC(P,Q) >= 3/5", ["D(P||Q) <= 1"]),
    ("TV(P,Q) <= sqrt(Chi2(P||Q)/(1-1e-9+Chi2(P||Q)))", []),
)
REFUTED = (
    ("TV(P,Q) <= Chi2(P||Q)/(1+1e-9+Chi2(P||Q))", ["Chi2(P||Q) >= 1"]),
    ("TV(P,Q) <= Chi2(P||Q)/(1+Chi2(P||Q))", ["Chi2(P||Q) >= 99/100"]),
    ("JSD(P,Q) >= 3/4*log(3) - log(2) + 1e-9", ["TV(P,Q) >= 1/2"]),
    ("Renyi(P||Q,3) <= (1-1e-9)*log(4)", ["Q = 1/4*P + 3/4*R"]),
    ("Chi2(P||R) <= 2*Chi2(P||Q) + 1 - 1e-9", ["R = 1/2*Q + 1/2*S"]),
    ("Chi2(P||R) <= 2*Chi2(P||Q) + 1", ["R = 499999999/1000000000*Q + 500000001/1000000000*S"]),
    ("BC(P,Q) >= 607/1000", ["D(P||Q) <= 1"]),
    ("D(t*P+(1-t)*Q||Q) <= (1-1e-9)*log(1+t^2*Chi2(P||Q))", []),  # at t = 1, where Q need not be below P
)


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_true_claims_are_proved(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(("claim", "given"), REFUTED)
def test_false_claims_are_refuted(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_refuted
    assert check(verdict.certificate).is_proved


def _changed(certificate: dict[str, Any], change: Any) -> bool:
    """Whether the certificate is accepted after the change."""
    data = copy.deepcopy(certificate)
    change(data)
    return check_certificate(sealed(data["verdict"], data["statement"], data["proofs"]))[0]


def test_cases_are_all_there_and_each_is_its_own() -> None:
    certificate = prove("TV(P,Q) <= Chi2(P||Q)/(1+Chi2(P||Q))", ["Chi2(P||Q) >= 1"]).certificate
    assert certificate is not None
    cases = certificate["proofs"][0]["cases"]
    assert len(cases) == 4
    assert _changed(certificate, lambda data: None)
    for k in (1, 2, 3):
        assert not _changed(certificate, lambda data, k=k: data["proofs"][0]["cases"].pop(k))
    assert not _changed(certificate, lambda data: data["proofs"][0]["cases"].append(cases[3]))
    assert not _changed(certificate, lambda data: data["proofs"].__setitem__(0, {"cases": [cases[0], cases[3], cases[2], cases[1]]}))
    assert not _changed(certificate, lambda data: data["proofs"].__setitem__(0, {"cases": [cases[0], cases[1], cases[2], cases[1]]}))
    assert not _changed(certificate, lambda data: data["proofs"][0]["cases"][0].__setitem__(1, "499999999/1000000000"))
    assert not _changed(certificate, lambda data: data["proofs"][0]["cases"][0].reverse())
    # A proof of one case does not prove the claim.
    assert not _changed(certificate, lambda data: data["proofs"].__setitem__(0, cases[3][1]))


@cache
def _weighted() -> dict[str, Any] | None:
    return prove(WEIGHTED).certificate


def test_a_weight_may_be_zero_or_one_only_where_that_is_a_case() -> None:
    certificate = _weighted()
    assert certificate is not None
    assert _changed(certificate, lambda data: None)
    outer = certificate["proofs"][0]["cases"]
    inner = outer[3][1]
    assert "cases" in inner
    assert not _changed(certificate, lambda data: data["proofs"].__setitem__(0, inner))
    assert not _changed(certificate, lambda data: data["proofs"][0]["cases"].__setitem__(2, outer[3]))


def _statement(left: Any, sign: str, right: Any, given: Any = ()) -> dict[str, Any]:
    claim = {"left": left, "sign": sign, "right": right}
    return {"claims": [claim], "given": list(given), "identified": [], "continuous": [], "joint": "", "arities": {}}


TV = {"measure": "TotalVariation", "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []}
BC = {**TV, "measure": "Affinity"}


def test_a_case_is_no_hypothesis_of_another() -> None:
    """TV ≤ 1/2 is given in one case, and proves nothing in the others."""
    half = {"facts": [["1", {"hypothesis": 0}]]}
    for proof in ({"cases": [[TV, "1/2"], [[], half], [[], half], [[], half]]}, {"cases": [[TV, "1/2"], [[], half], [[], half]]}, half):
        assert not check_certificate(sealed("proved", _statement(TV, "<=", "1/2"), [proof]))[0]
    given = [{"left": TV, "sign": "<", "right": "1/2"}]
    assert check_certificate(sealed("proved", _statement(TV, "<=", "1/2", given), [half]))[0]


def test_only_what_is_positive_is_divided_by() -> None:
    """1 − TV is positive for laws whose densities have bounded ratios; 1 − BC is not, where P = Q."""
    for measure, good in ((TV, True), (BC, False)):
        rest = {"sum": ["1", {"product": ["-1", measure]}]}
        inverse = {"power": [rest, "-1"]}
        lemma = {"lemma": [inverse, "<=", inverse], "proof": {"facts": []}}
        assert check_certificate(sealed("proved", _statement("0", "<=", "1"), [{"facts": [["1", lemma]]}]))[0] is good


def test_a_mixture_dominates_a_part_by_its_own_weight() -> None:
    """D_a(P‖Σ v Q) ≤ D_a(P‖Q) + log(1/v) with the weight of that part, and for one part at a time."""
    certificate = prove("Renyi(P||R,3) <= Renyi(P||Q,3) + log(3)", ["R = 1/3*Q + 2/3*S"]).certificate
    assert certificate is not None
    parts = certificate["proofs"][0]["facts"][0][1]["parts"]
    assert sorted(row[0] for row in parts) == ["0", "1"]

    def change(rows: list[Any]) -> Any:
        return lambda data: data["proofs"][0]["facts"][0][1].__setitem__("parts", rows)

    one, other = parts
    assert _changed(certificate, change(parts))
    for weights in (("1/2", "1/2"), ("1", "1"), ("0", "0"), ("2", "-1"), ("1/2", "0")):
        assert not _changed(certificate, change([[weights[0], *one[1:]], [weights[1], *other[1:]]]))
    assert not _changed(certificate, change([["0", *one[1:]], ["1", *other[1:]]]))
    assert not _changed(certificate, change([[one[0], one[1], "1/2", one[3]], [other[0], other[1], "1/2", other[3]]]))


def test_complements_and_images_of_terms() -> None:
    rest = {"sum": ["1", {"product": ["-1", BC]}]}
    assert complement(rest)
    assert not complement(rest, ("TotalVariation",))
    assert not complement("1")
    assert call("log", {"exp": "2"}) == "2"
    assert call("exp", "2") == {"exp": "2"}
