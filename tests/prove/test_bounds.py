"""Bounds by total variation and by exp(−D) that are sharp, or nearly so; and the same a little wrong, never proved."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from symkl.core.certificates import sealed
from symkl.prove import check, prove
from symkl.prove.checker import check_certificate

MIDDLE = "M = 1/2*P + 1/2*Q"
TRUE = [
    ("D(P||Q) >= log((1+TV(P,Q))/(1-TV(P,Q))) - 2*TV(P,Q)/(1+TV(P,Q))", ["TV(P,Q) < 1"]),
    ("D(P||Q) >= 2*TV(P,Q)^2 + 4/9*TV(P,Q)^4", []),
    ("J(P,Q) >= 2*TV(P,Q)*log((1+TV(P,Q))/(1-TV(P,Q)))", ["TV(P,Q) < 1"]),
    ("J(P,Q) >= 4*TV(P,Q)^2 + 4/3*TV(P,Q)^4", []),
    ("JSD(P,Q) >= 1/2*(1+TV(P,Q))*log(1+TV(P,Q)) + 1/2*(1-TV(P,Q))*log(1-TV(P,Q))", ["TV(P,Q) < 1"]),
    ("JSD(P,Q) >= 1/2*TV(P,Q)^2 + 1/12*TV(P,Q)^4", []),
    ("Chi2(P||Q) + Chi2(Q||P) >= 8*TV(P,Q)^2/(1-TV(P,Q)^2)", ["TV(P,Q) < 1"]),
    ("D(P||M) <= log(2) - log(1 + exp(-D(P||Q)))", [MIDDLE]),
    ("JSD(P,Q) <= log(2) - log(1 + exp(-1/2*J(P,Q)))", []),
    ("JSD(P1*P2,Q1*Q2) <= JSD(P1,Q1) + JSD(P2,Q2)", []),
    ("JSD(P^2,Q^2) <= 2*JSD(P,Q)", []),
]
FALSE = [
    ("D(P||Q) >= 101/100*log((1+TV(P,Q))/(1-TV(P,Q))) - 2*TV(P,Q)/(1+TV(P,Q))", ["TV(P,Q) < 1"]),
    ("D(P||Q) >= 2*TV(P,Q)^2 + 9/20*TV(P,Q)^4", []),
    ("J(P,Q) >= 2*TV(P,Q)*log((1+TV(P,Q))/(1-TV(P,Q))) + 1/1000000*TV(P,Q)^2", ["TV(P,Q) < 1"]),
    ("J(P,Q) >= 4*TV(P,Q)^2 + 5/3*TV(P,Q)^4 - TV(P,Q)^6", []),
    ("JSD(P,Q) >= 1/2*TV(P,Q)^2 + 1/10*TV(P,Q)^4", []),
    ("Chi2(P||Q) + Chi2(Q||P) >= 801/100*TV(P,Q)^2/(1-TV(P,Q)^2)", ["TV(P,Q) < 1"]),
    ("D(P||M) <= log(2) - log(1 + exp(-99/100*D(P||Q)))", [MIDDLE]),
    ("JSD(P1*P2,Q1*Q2) <= JSD(P1,Q1) + 99/100*JSD(P2,Q2)", []),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_sharp_bounds(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_a_little_more_is_refuted(claim: str, given: list[str]) -> None:
    assert prove(claim, given).is_refuted


def changed(node: Any) -> list[Any]:
    """The proof with one thing in its bounds changed."""
    found = []
    for k, each in enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else ():
        for other in changed(each):
            whole = copy.copy(node)
            whole[k] = other
            found.append(whole)
    if isinstance(node, dict) and "bound" in node:
        (weight, p, q), *rest = node["bound"]
        found += [{**node, "bound": [["1/2", p, q], *rest]}, {**node, "bound": [[weight, p, p], *rest]}, {**node, "by": "jensen"}, {**node, "by": "halves"}]
        found += [{**node, "by": "tilt"}, {**node, "term": {"product": ["2", node["term"]]}}]
    return [each for each in found if each != node]


@pytest.mark.parametrize(("claim", "given"), [TRUE[0], TRUE[2], TRUE[7], TRUE[8]])
def test_the_checker_rejects_other_bounds(claim: str, given: list[str]) -> None:
    certificate = prove(claim, given).certificate
    assert certificate is not None
    others = changed(certificate["proofs"])
    assert others
    for proofs in others:
        accepted = check_certificate(sealed("proved", certificate["statement"], proofs))
        assert not accepted[0], proofs


def test_terms_of_other_laws_are_no_functions_of_the_ratio() -> None:
    """Whatever is said of a third law would stay in the bound."""
    p, q, r = ({"law": name} for name in "PQR")
    term = {"sum": [{"measure": "Jeffreys", "laws": [p, q], "parameters": []}, {"measure": "KL", "laws": [p, r], "parameters": []}]}
    fact = {"bound": [["1", p, q]], "by": "halves", "term": term, "root": 1, "moves": [[], []]}
    claim = {"left": "0", "sign": "<=", "right": term}
    statement = {"claims": [claim], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}}
    assert "no sum of f-divergences" in check_certificate(sealed("proved", statement, [{"facts": [["1", fact]]}]))[1]
