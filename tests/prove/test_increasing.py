"""Increasing functions of both sides, and quotients below a number."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from symkl import prove
from symkl.core.certificates import quotient, raised, sealed
from symkl.prove import check

TRUE = [
    ("H(X)^3 <= H(X,Y)^3", []),
    ("H(X)^3 + H(Y)^3 <= 2*H(X,Y)^3", []),
    ("TV(P,Q)^3 <= (D(P||Q)/2)^(3/2)", []),
    ("D(P||Q)^(1/3) <= Chi2(P||Q)^(1/3)", []),
    ("8*TV(P,Q)^6 <= D(P||Q)^3", []),
    ("D(P||R)^3 <= D(Q||R)^3", ["D(P||R) <= D(Q||R)"]),
    ("D(P||Q)/(1+D(P||Q)) < 1", []),
    ("H(X)/(1+H(X)) < 1", []),
    ("1/(1+D(Q||R)) <= 1/(1+D(P||R))", ["D(P||R) <= D(Q||R)"]),
    ("D(P||R)/(1+D(P||R)) <= D(Q||R)/(1+D(Q||R))", ["D(P||R) <= D(Q||R)"]),
    ("1 - exp(-D(K(P)||K(Q))) <= 1 - exp(-D(P||Q))", []),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_proved(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(
    "claim",
    [
        "H(X)^3 <= H(Y)^3",
        "TV(P,Q)^3 <= (D(P||Q)/2)^(5/2)",
        "8*(1 + 1e-9)*TV(P,Q)^6 <= D(P||Q)^3",
        "D(P||Q)^3 <= D(K(P)||K(Q))^3",
        "D(P||Q)/(1+D(P||Q)) < 99/100",
    ],
)
def test_refuted(claim: str) -> None:
    assert prove(claim).is_refuted


def _changed(claim: str, **relation: Any) -> Any:
    """The certificate of a claim with another claim in its place."""
    data: Any = copy.deepcopy(prove(claim).certificate)
    data["statement"]["claims"][0].update(relation)
    return sealed(data["verdict"], data["statement"], data["proofs"])


def test_planted_errors_are_rejected() -> None:
    one, other = ({"power": [{"measure": head, "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []}, "3"]} for head in ("KL", "Chi2"))
    claim = "D(P||Q)^3 <= Chi2(P||Q)^3"
    assert check(_changed(claim)).is_proved
    assert check(_changed(claim, left=other, right=one)).is_refuted  # swapped
    assert check(_changed(claim, sign="<")).is_refuted
    assert check(_changed(claim, right={"product": ["999999999/1000000000", other]})).is_refuted
    assert check(_changed(claim, left={"power": [one["power"][0], "2"]})).is_refuted  # another power
    data: Any = copy.deepcopy(prove(claim).certificate)
    for exponent in ("-1/3", " -1/3", "0", "-0", "2/3", "1/2"):
        data["proofs"][0]["power"][0] = exponent
        assert check(sealed(data["verdict"], data["statement"], data["proofs"])).is_refuted


def test_a_quotient_below_a_number_is_below_no_other() -> None:
    claim = "D(P||Q)/(1+D(P||Q)) < 1"
    assert check(_changed(claim)).is_proved
    assert check(_changed(claim, right="999999999/1000000000")).is_refuted
    assert check(_changed(claim, right="-1")).is_refuted
    assert check(_changed(claim, sign=">")).is_refuted
    # what is divided by may be negative, or infinite where the rest is not
    negative = {"product": ["-1", {"power": [{"sum": ["1", {"parameter": "t"}]}, "-1"]}]}
    assert check(_changed(claim, left=negative)).is_refuted
    assert not prove("1/(1+D(P||Q)) > 0").is_proved
    assert not prove("1 - 1/(1+D(P||Q)) < 1").is_proved


def test_inverses_turn_the_relation() -> None:
    data: Any = prove("1/(1+D(Q||R)) <= 1/(1+D(P||R))", given=["D(P||R) <= D(Q||R)"]).certificate
    claim = data["statement"]["claims"][0]
    lemma = {"lemma": [claim["left"], "<=", claim["right"]], "proof": {"power": ["-1", {"facts": [["1", {"hypothesis": 0}]]}]}}

    def judged(lemma: dict[str, Any], **relation: Any) -> bool:
        statement = copy.deepcopy(data["statement"])
        statement["claims"][0].update(relation)
        return check(sealed("proved", statement, [{"facts": [["1", lemma]]}])).is_proved

    swapped = {"left": claim["right"], "right": claim["left"]}
    assert judged(lemma)
    assert not judged(lemma, **swapped)
    assert not judged({**lemma, "lemma": [claim["right"], "<=", claim["left"]]}, **swapped)
    for exponent in ("1", "-2", " 1", "0"):
        assert not judged({**lemma, "proof": {"power": [exponent, lemma["proof"]["power"][1]]}})  # type: ignore[index]


def test_powers_of_terms() -> None:
    from sympy import Rational

    assert raised({"power": ["2", "3"]}, Rational(1, 3), lambda node: True) == "2"
    assert raised({"power": ["2", "3"]}, Rational(1, 3), lambda node: False) == {"power": [{"power": ["2", "3"]}, "1/3"]}
    assert quotient({"product": ["3", {"power": ["2", "-1"]}]}) == (["3"], ["2"])
