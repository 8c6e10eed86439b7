"""Claims whose rest, after known bounds are taken away, is a function of one measure; and the same a little wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from symkl import prove
from symkl.core.certificates import sealed
from symkl.prove import check
from symkl.prove.checker import check_certificate

TRUE = (
    "D(P||Q) >= 2*Hellinger(P,Q)^2 + Hellinger(P,Q)^4",
    "D(P||Q) >= log(1/(1-TV(P,Q))) - log(2)",
    "D(P||Q) >= TV(P,Q)^2 + TV(P,Q)^4/2",
    "D(P||Q) >= TV(P,Q) - 1/8",
    "D(P||Q) <= Chi2(P||Q)/sqrt(1+Chi2(P||Q))",
    "1/(1+Chi2(P||Q)) <= exp(-D(P||Q))",
    "TV(P,Q)^2 <= Chi2(P||Q)/(1+Chi2(P||Q))",
    "exp(D(P||Q)) >= 1 + D(P||Q) + D(P||Q)^2/2",
    "TV(P,Q)*(1-TV(P,Q)) <= 1/4",
    "Hellinger(P,Q)^3 + Hellinger(P,Q) <= 2",
    "3*Hellinger(P,Q)^3 + 2*exp(-D(P||Q)/2) >= 0",
    "Renyi(P||Q,1/2) >= TV(P,Q)^2 + TV(P,Q)^4/2",
)
FALSE = (
    "D(P||Q) >= 2*Hellinger(P,Q)^2 + 2*Hellinger(P,Q)^4",
    "D(P||Q) >= TV(P,Q) - 1233/10000",
    "D(P||Q) <= 99/100*Chi2(P||Q)/sqrt(1+Chi2(P||Q))",
    "TV(P,Q)*(1-TV(P,Q)) <= 249999999/1000000000",
    "exp(-D(P||Q)) <= 1 - 2*TV(P,Q)^2",
    "Hellinger(P,Q)^3 + Hellinger(P,Q) <= 1999999999/1000000000",
    "Renyi(P||Q,1/2) >= 1000000001/1000000000*TV(P,Q)^2 + TV(P,Q)^4/2",
)


@pytest.mark.parametrize("claim", TRUE)
def test_what_is_left_has_its_sign(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize("claim", FALSE)
def test_what_is_left_has_not_its_sign(claim: str) -> None:
    assert not prove(claim).is_proved


def test_a_hypothesis_narrows_the_domain() -> None:
    """t² ≤ t/2 where t ≤ 1/2, and t ≤ 4 t² where t ≥ 1/4: not without, nor with a weaker hypothesis."""
    for claim, good, bad in (
        ("TV(P,Q)^2 <= TV(P,Q)/2", "TV(P,Q) <= 1/2", "TV(P,Q) <= 500000001/1000000000"),
        ("TV(P,Q) <= 4*TV(P,Q)^2", "TV(P,Q) >= 1/4", "TV(P,Q) >= 249999999/1000000000"),
    ):
        assert prove(claim, given=good).is_proved
        assert not prove(claim, given=bad).is_proved
        assert not prove(claim).is_proved


def test_a_parameter_that_is_a_number() -> None:
    """t = 1/2 is put in, and another number is not."""
    claim = "D(t*P+(1-t)*Q||Q) <= 1/2*D(P||Q)"
    assert prove(claim, given="t = 1/2").is_proved
    assert prove(claim, given="t = 3/4").is_refuted
    assert not prove(claim, given=["0 <= t", "t <= 1"]).is_proved


def rewritten(certificate: dict[str, Any], change: Any) -> bool:
    """Whether the certificate with one thing changed, and sealed again, is accepted."""
    proofs = copy.deepcopy(certificate["proofs"])
    (fact,) = [each for _, each in proofs[0]["facts"] if "function" in each]
    change(fact)
    return check_certificate(sealed("proved", certificate["statement"], proofs))[0]


def test_the_ends_of_the_domain_are_proved() -> None:
    """No bound, another bound, a wrong proof of it, or the function of another term: the certificate is rejected."""
    certificate = prove("TV(P,Q)^3 <= 4*TV(P,Q)^4", given="TV(P,Q) >= 1/4").certificate
    assert certificate is not None
    assert rewritten(certificate, lambda fact: None)
    for change in (
        lambda fact: fact.pop("above"),
        lambda fact: fact.pop("below"),
        lambda fact: fact.update(above={"facts": []}),
        lambda fact: fact.update(below={"facts": []}),
        lambda fact: fact.update(above=fact["below"]),
        lambda fact: fact.update(moves=[*fact["moves"], []]),
        lambda fact: fact.update(at=json.loads(json.dumps(fact["at"]).replace("-1/4", "-1/5"))),
    ):
        assert not rewritten(certificate, change)


def test_logarithms_of_what_is_shown_to_be_positive() -> None:
    """2 log BC ≤ log(1 − TV²) as BC² ≤ 1 − TV²; not BC² ≤ 1 − 2 TV², and not log TV² ≤ log(1 − TV²)."""
    p, q = {"law": "P"}, {"law": "Q"}
    tv, bc = ({"power": [{"measure": head, "laws": [p, q], "parameters": []}, "2"]} for head in ("TotalVariation", "Affinity"))
    fact = {"facts": [["1", {"schwarz": [p, q]}]]}

    def accepted(low: Any, times: str) -> bool:
        high = {"sum": ["1", {"product": [times, tv]}]}
        lemma = {"lemma": [{"log": low}, "<=", {"log": high}], "proof": {"exp": fact}}
        claim = {"left": {"log": low}, "sign": "<=", "right": {"log": high}}
        other = {"left": "0", "sign": "<=", "right": {"sum": [{"log": high}, {"product": ["-1", {"log": low}]}]}}
        statement = {"claims": [claim], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}}
        return all(check_certificate(sealed("proved", {**statement, "claims": [each]}, [{"facts": [["1", lemma]]}]))[0] for each in (claim, other))

    assert accepted(bc, "-1")
    assert not accepted(bc, "-2")
    assert not accepted(bc, "-1000000001/1000000000")
    assert not accepted(tv, "-1")


@pytest.mark.parametrize("claim", ["TV(P,Q)^2 <= 1 - exp(-999/1000*D(P||Q))", "JSD(P,Q) <= log(2) - log(1 + exp(-49/100*J(P,Q)))"])
def test_exponents_out_of_reach_are_no_errors(claim: str) -> None:
    assert not prove(claim).is_proved
