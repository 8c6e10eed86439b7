"""Proofs that the checker must not accept: divisions by zero, zero times infinity, and what only seems to follow from a contrary."""

from __future__ import annotations

from typing import Any

import pytest

from symkl.core.certificates import sealed
from symkl.prove.checker import check_certificate

P, Q, R = ({"law": name} for name in "PQR")


def measure(head: str, *parameters: str) -> dict[str, Any]:
    return {"measure": head, "laws": [P, Q], "parameters": list(parameters)}


TV, BC, CHI2, KL, HELLINGER = (measure(head) for head in ("TotalVariation", "Affinity", "Chi2", "KL", "Hellinger"))
BEYOND = {"sum": ["1", CHI2]}
SQUARE = {"power": [BC, "2"]}


def relation(left: Any, sign: str, right: Any) -> dict[str, Any]:
    return {"left": left, "sign": sign, "right": right}


def judged(verdict: str, claim: dict[str, Any], given: list[dict[str, Any]], proof: Any, **statement: Any) -> tuple[bool, str]:
    whole = {"claims": [claim], "given": given, "identified": [], "continuous": [], "joint": "", "arities": {}}
    return check_certificate(sealed(verdict, {**whole, **statement}, [proof]))


def absurd(given: dict[str, Any], *facts: Any) -> tuple[bool, str]:
    """Whether the hypothesis is shown to contradict itself."""
    return judged("inconsistent", relation(KL, "<=", "1"), [given], {"facts": list(facts)})


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    """TV = 0 times 1/TV would say 1 = 0."""
    inverse = {"power": [TV, "-1"]}
    equal, least = relation(TV, "=", "0"), relation(TV, "<=", "0")
    for weight in ("1", "-1"):
        assert not absurd(equal, [weight, {"hypothesis": 0, "times": inverse}])[0]
    assert not absurd(least, ["1", {"both": [{"hypothesis": 0}, inverse]}])[0]
    parameter = {"parameter": "t"}
    assert not absurd(relation(parameter, "=", "0"), ["1", {"hypothesis": 0, "times": {"power": [parameter, "-1"]}}])[0]


def test_a_hypothesis_about_laws_is_not_multiplied_by_what_may_be_infinite() -> None:
    """(1 + χ²) BC² ≥ 1 wherever χ² is finite, but BC = 0 is no contradiction: there χ² is infinite."""
    orders = {"orders": ["1/2", "2"], "laws": [P, Q]}
    lemma = {"lemma": ["1", "<=", {"product": [BEYOND, SQUARE]}], "proof": {"log": {"facts": [["1", orders]]}}}
    zero, least = relation(BC, "=", "0"), relation(BC, "<=", "0")
    assert not absurd(zero, ["1", lemma], ["1", {"hypothesis": 0, "times": {"product": [BC, BEYOND]}}])[0]
    assert not absurd(least, ["1", lemma], ["1", {"both": [{"hypothesis": 0}, BC, BEYOND]}])[0]
    negative = {"product": ["-1", BC]}  # non-negative by the hypothesis
    assert not absurd(relation(negative, ">=", "0"), ["1", lemma], ["1", {"both": [negative, BC, BEYOND]}])[0]
    # With bounded factors the same shapes are proofs: BC = 0 times BC.
    assert judged("proved", relation(SQUARE, "=", "0"), [zero], {"ways": [{"facts": [[w, {"hypothesis": 0, "times": BC}]]} for w in ("1", "-1")]})[0]
    assert judged("proved", relation(SQUARE, "<=", "0"), [least], {"facts": [["1", {"both": [{"hypothesis": 0}, BC]}]]})[0]


def test_the_same_through_a_lemma_or_a_further_hypothesis() -> None:
    orders = {"orders": ["1/2", "2"], "laws": [P, Q]}
    lemma = {"lemma": ["1", "<=", {"product": [BEYOND, SQUARE]}], "proof": {"log": {"facts": [["1", orders]]}}}
    least = {"lemma": [BC, "<=", "0"], "proof": {"facts": [["1", {"hypothesis": 0}]]}}
    assert not absurd(relation(BC, "=", "0"), ["1", lemma], ["1", {"both": [least, BC, BEYOND]}])[0]
    contrary = {"contrary": [[], {"facts": [["1", lemma], ["1", {"both": [{"hypothesis": 0}, BC, BEYOND]}]]}]}
    assert not judged("proved", relation(BC, ">", "0"), [], contrary)[0]  # false: of laws apart
    hence = {"hence": [[BC, "<=", "0"], {"facts": [["1", {"hypothesis": 0}]]}, [], contrary]}
    assert not judged("proved", relation(KL, "<=", "1"), [relation(BC, "=", "0")], hence)[0]


def test_logarithms_of_what_vanishes_are_no_lemma() -> None:
    """BC ≤ BC² holds of equal laws and of laws apart; log BC ≤ 2 log BC, which would leave the former alone, is of no use."""
    given = [relation(BC, "<=", SQUARE)]
    lemma = {"lemma": [{"log": BC}, "<=", {"log": SQUARE}], "proof": {"exp": {"facts": [["1", {"hypothesis": 0}]]}}}
    assert not judged("proved", relation(BC, ">=", "1"), given, {"log": {"facts": [["1", lemma]]}})[0]
    # log(1 + χ²) ≤ log 2 is one, where χ² ≤ 1; and so is χ² ≤ 1 where log(1 + χ²) ≤ log 2.
    bound = {"lemma": [{"log": BEYOND}, "<=", {"log": "2"}], "proof": {"exp": {"facts": [["1", {"hypothesis": 0}]]}}}
    renyi = measure("Renyi", "2")
    assert judged("proved", relation(renyi, "<=", {"log": "2"}), [relation(CHI2, "<=", "1")], {"facts": [["1", bound]]})[0]
    level = {"lemma": [BEYOND, "<=", "2"], "proof": {"log": {"facts": [["1", {"hypothesis": 0}]]}}}
    assert judged("proved", relation(CHI2, "<=", "1"), [relation(renyi, "<=", {"log": "2"})], {"facts": [["1", level]]})[0]
    assert not judged("proved", relation(CHI2, "<=", "999999999/1000000000"), [relation(renyi, "<=", {"log": "2"})], {"facts": [["1", level]]})[0]


def test_what_is_contrary_to_the_claim_must_be_absurd() -> None:
    """TV > 0 where D > 0: else P = Q; and what fails if anything is left out."""
    given = [relation(KL, ">", "0")]
    proof = {"contrary": [[1], {"facts": [["1", {"hypothesis": 0}]]}]}
    claim = relation(TV, ">", "0")
    assert judged("proved", claim, given, proof)[0]
    for other in ([[], proof["contrary"][1]], [[0], proof["contrary"][1]], [[1], {"facts": []}], [[1], {"facts": [["1", {"hypothesis": 1}]]}]):
        assert not judged("proved", claim, given, {"contrary": other})[0]
    assert not judged("proved", claim, [relation(KL, ">=", "0")], proof)[0]
    assert not judged("proved", relation(TV, ">", "1/1000000000"), given, proof)[0]
    assert not judged("proved", relation(TV, "=", "0"), given, proof)[0]
    assert not judged("proved", claim, [relation({**KL, "laws": [P, R]}, ">", "0")], proof)[0]
    assert not judged("proved", claim, given, proof, said=json_of(claim))[0]


def json_of(claim: Any) -> str:
    return str(claim)


@pytest.mark.parametrize("sign", ["=", "<="])
def test_what_follows_may_say_that_laws_are_equal(sign: str) -> None:
    """H(P, Q) ≤ 0 where BC = 1, so P = Q, and so D(P‖R) = D(Q‖R)."""
    given = [relation(BC, sign, "1"), relation(BC, ">=", "1")]
    first = {"square": {"facts": [["1", {"hypothesis": 1}]]}}
    ends = ({"measure": "KL", "laws": [law, R], "parameters": []} for law in (P, Q))
    claim = relation(next(ends), "=", next(ends))
    then = {"ways": [{"facts": []}, {"facts": []}]}
    assert judged("proved", claim, given, {"hence": [[HELLINGER, "<=", "0"], first, [2], then]})[0]
    assert not judged("proved", claim, given, {"hence": [[HELLINGER, "<=", "0"], first, [], then]})[0]
    assert not judged("proved", claim, given, {"hence": [[HELLINGER, "<=", "1/1000000000"], first, [2], then]})[0]
    assert not judged("proved", claim, given, {"hence": [[HELLINGER, "<=", "0"], {"square": {"facts": []}}, [2], then]})[0]
    assert not judged("proved", claim, given[:1] if sign == "<=" else [], {"hence": [[HELLINGER, "<=", "0"], first, [1], then]})[0]


def test_that_zero_is_not_zero_is_absurd() -> None:
    """TV ≠ 0 where D ≠ 0: else P = Q, and D = 0."""
    proof = {"contrary": [[1], {"facts": [["1", {"hypothesis": 0}]]}]}
    assert judged("proved", relation(TV, "!=", "0"), [relation(KL, "!=", "0")], proof)[0]
    assert not judged("proved", relation(TV, "!=", "0"), [relation({**KL, "laws": [P, R]}, "!=", "0")], proof)[0]
    assert not judged("proved", relation(TV, "!=", "0"), [relation(KL, "!=", "1/1000000000")], {"contrary": [[1], {"facts": [["1", {"hypothesis": 1}]]}]})[0]
