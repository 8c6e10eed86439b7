"""Absolute values, min and max in claims: unfolded into claims and hypotheses without them."""

from __future__ import annotations

import pytest

from symkl import prove
from symkl.errors import ParseError
from symkl.prove import check
from symkl.prove.elaborate import read_statement

PROVED = (
    "abs(TV(P,Q)-TV(Q,R)) <= TV(P,R)",
    "TV(P,Q) >= abs(TV(P,R)-TV(Q,R))",
    "D(P||Q) >= max(2*TV(P,Q)^2, -log(1-TV(P,Q)^2))",
    "JSD(P,Q) <= min(log(2), J(P,Q)/4)",
    "TV(1/2*P+1/2*Q,R) <= max(TV(P,R),TV(Q,R))",
    "D(1/2*P+1/2*Q||R) <= max(D(P||R),D(Q||R))",
    "I(X;Y) <= min(H(X),H(Y))",
    "abs(H(X)-H(Y)) <= H(X|Y)+H(Y|X)",
    "min(D(P||Q),D(Q||P)) <= D(P||Q)",
    "H(X) <= max(H(X),H(Y))",
    "min(D(P||Q),D(Q||P)) <= J(P,Q)/2",
    "max(TV(P,Q),TV(Q,R),TV(P,R)) <= TV(P,Q)+TV(Q,R)",
    "TV(P,Q) <= max(1,D(P||Q))",
    "TV(P,Q) + abs(t) >= t",
    "H(X|Y) <= max(H(X),H(Y)/2)",
    "abs(H(P)-H(Q)) <= J(P,Q) + abs(H(P)-H(Q))",
)
REFUTED = (
    "abs(D(P||Q)-D(Q||P)) <= TV(P,Q)",
    "D(1/2*P+1/2*Q||R) <= min(D(P||R),D(Q||R))",
    "JSD(P,Q) <= min(log(2)-1e-9, J(P,Q)/4)",
    "JSD(P,Q) <= min(log(2), J(P,Q)/9)",
    "H(X,Y) <= max(H(X),H(Y))",
    "D(P||Q) <= max(TV(P,Q),1/2)",
)


@pytest.mark.parametrize("claim", PROVED)
def test_true_claims_are_proved(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved, verdict.reason
    assert verdict.certificate is None or check(verdict.certificate).is_proved


@pytest.mark.parametrize("claim", REFUTED)
def test_false_claims_are_refuted(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_refuted
    assert check(verdict.certificate).is_proved


def test_what_a_claim_assumes_proves_nothing_beside_hypotheses_that_contradict_each_other() -> None:
    assert prove("TV(P,Q) <= max(1,D(P||Q))", ["TV(P,Q) <= 1/2"]).is_proved
    assert prove("TV(P,Q) <= max(1,D(P||Q))", ["TV(P,Q) < 0"]).is_unknown


def test_how_they_are_unfolded() -> None:
    """Below, both must hold; above, one where the other does not; elsewhere |u| is the root of u²."""
    assert str(read_statement("max(TV(P,Q),1/3) <= 1/2")) == "TV(P,Q) <= 1/2 and 1/3 <= 1/2"
    assert str(read_statement("TV(P,Q) <= max(TV(P,R),TV(Q,R))")) == "TV(P,Q) <= TV(Q,R), given TV(P,R) < TV(P,Q)"
    assert str(read_statement("TV(P,Q) < abs(t)")) == "TV(P,Q) < -t, given t <= TV(P,Q)"
    assert "sqrt" in str(read_statement("TV(P,Q)*abs(t) <= 1"))


def test_a_hypothesis_of_both_is_two() -> None:
    verdict = prove("max(TV(P,Q),TV(P,R)) <= 1/2", ["max(D(P||Q),D(P||R)) <= 1/2"])
    assert verdict.is_proved
    assert not prove("max(TV(P,Q),TV(P,R)) <= 1/2", ["min(D(P||Q),D(P||R)) <= 1/2"]).is_proved


def test_functions_have_their_arguments() -> None:
    with pytest.raises(ParseError, match="one argument"):
        read_statement("abs(TV(P,Q), 1) <= 1")
