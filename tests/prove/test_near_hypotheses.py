"""What is finite where hypotheses hold: a divergence that is less than anything, or that the claim is to stay below; and planted errors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symkl.core.certificates import sealed
from symkl.prove import check, prove
from symkl.prove.checker import check_certificate

HALF = "Renyi(1/2*P + 1/2*Q||R, 2)"
PROVED: list[tuple[str, list[str]]] = [
    (f"{HALF} <= max(Renyi(P||R, 2), Renyi(Q||R, 2))", []),
    ("Renyi(1/2*P + 1/2*Q||R, 3) <= max(Renyi(P||R, 3), Renyi(Q||R, 3))", []),
    ("Renyi(1/3*P + 2/3*Q||R, 3/2) <= max(Renyi(P||R, 3/2), Renyi(Q||R, 3/2))", []),
    ("Renyi(1/2*P + 1/2*Q||1/2*R + 1/2*S, 2) <= max(Renyi(P||R, 2), Renyi(Q||S, 2))", []),
    (f"{HALF} <= Renyi(P||R, 2)", ["Renyi(Q||R, 2) <= Renyi(P||R, 2)"]),
    (f"{HALF} <= Renyi(P||R, 2)", ["Renyi(Q||R, 2) <= 1/2*Renyi(P||R, 2)"]),
]
NEVER: list[tuple[str, list[str]]] = [
    (f"{HALF} <= max(Renyi(P||R, 2), Renyi(Q||R, 2)) - 1/10^9", []),
    (f"{HALF} <= min(Renyi(P||R, 2), Renyi(Q||R, 2))", []),
    (f"{HALF} <= Renyi(P||R, 2)", ["Renyi(Q||R, 2) <= 1.000000001*Renyi(P||R, 2)"]),
]


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_renyi_divergences_are_quasi_convex(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved, verdict.reason
    if verdict.certificate is not None and not claim.count("max"):
        assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize(("claim", "given"), NEVER)
def test_near_twins_are_never_proved(claim: str, given: list[str]) -> None:
    assert not prove(claim, given=given).is_proved


P, Q = {"law": "P"}, {"law": "Q"}
BC = {"measure": "Affinity", "laws": [P, Q], "parameters": []}
INTEGRAL = {"sum": ["1", {"measure": "Chi2", "laws": [P, Q], "parameters": []}]}
D = {"measure": "Renyi", "laws": [P, Q], "parameters": ["2"]}
#: (1 + χ²) BC² ≥ 1 of laws whose densities have bounded ratios, and (1 + χ²) BC (−BC) ≥ 0 if BC ≤ 0 and χ² < ∞: together they say 0 ≥ 1.
PRODUCT = {"product": [INTEGRAL, {"power": [BC, "2"]}]}
OVER = {"lemma": ["1", "<=", PRODUCT], "proof": {"log": {"facts": [["1", {"orders": ["1/2", "2"], "laws": [P, Q]}]]}}}
UNDER = {"both": [INTEGRAL, BC, {"hypothesis": 0}]}
ABSURD = {"facts": [["2", OVER], ["2", UNDER]]}


def accepted(left: Any, sign: str, right: Any, proof: Any, *further: Any) -> bool:
    """Whether this is a proof of left sign right for laws with BC(P, Q) ≤ 0, which are mutually singular."""
    given = [{"left": BC, "sign": "<=", "right": "0"}, *further]
    statement = {"claims": [{"left": left, "sign": sign, "right": right}], "given": given, "identified": [], "continuous": [], "joint": "", "arities": {}}
    return check_certificate(sealed("proved", statement, [proof]))[0]


def test_what_the_claim_is_to_stay_below_is_finite_where_there_is_anything_to_prove() -> None:
    assert accepted("2", "<=", D, {"facts": [["1", D], *ABSURD["facts"]]})
    assert not accepted("2", "<=", "1", ABSURD)
    assert not accepted(D, "<=", "2", {"facts": [["1", OVER], ["1", UNDER], *ABSURD["facts"]]})
    assert not accepted("2", "<", D, {"facts": [["1", D], *ABSURD["facts"]]})


def test_what_is_less_than_anything_is_finite_but_not_by_a_lemma() -> None:
    more = {"sum": [D, "1"]}
    assert accepted("2", "<=", "1", ABSURD, {"left": D, "sign": "<", "right": more})  # no laws are so
    assert not accepted("2", "<=", "1", ABSURD, {"left": D, "sign": "<=", "right": more})
    assert not accepted("2", "<=", "1", ABSURD, {"left": "0", "sign": "<", "right": D})
    # Of all laws whose densities have bounded ratios D < D + 1 holds, but of their limits D = ∞ = D + 1.
    assert not accepted("2", "<=", "1", {"hence": [[D, "<", more], {"facts": []}, [], ABSURD]})


def test_a_fact_about_laws_may_be_multiplied_by_fixed_numbers_and_nothing_else_that_may_be_infinite() -> None:
    n, logarithm = {"parameter": "n"}, {"log": BC}
    small = {"lemma": [logarithm, "<=", "0"], "proof": {"exp": {"facts": [["1", {"hypothesis": 0}]]}}}
    falls = {"product": [n, logarithm]}
    at_least_one = {"left": "1", "sign": "<=", "right": n}
    assert accepted(falls, "<=", logarithm, {"facts": [["1", {"both": [{"hypothesis": 1}, small]}]]}, at_least_one)
    twice = {"power": [logarithm, "2"]}
    assert not accepted("0", "<=", {"product": [n, twice]}, {"facts": [["1", {"both": [n, small, small]}]]}, {"left": "0", "sign": "<=", "right": n})
    assert not accepted("0", "<=", {"product": ["-1", D, BC]}, {"facts": [["1", {"both": [{"parameter": "n"}, D, {"hypothesis": 0}]}]]}, {"left": n, "sign": "=", "right": "1"})
