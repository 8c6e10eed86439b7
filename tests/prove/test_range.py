"""Claims settled by the joint range of measures: functions of one quantity, products and quotients, invariant laws; and the same a little wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symkl.core.certificates import sealed
from symkl.prove import check, prove
from symkl.prove.checker import check_certificate

MIDDLE = "M = 1/2*P + 1/2*Q"
TRUE = [
    # one quantity, with powers of logarithms
    ("exp(-TV(P,Q)) <= 1 - TV(P,Q)/2", []),
    ("exp(-D(P||Q)) <= 1/(1+D(P||Q))", []),
    ("1 - exp(-D(P||Q)) >= D(P||Q)/2", ["D(P||Q) <= 1"]),
    ("exp(-H(X)) <= 1 - H(X) + H(X)^2/2", []),
    ("H(X)/(1+H(X)) <= H(X)", []),
    ("H(X)^2 <= H(X)", ["H(X) <= 1"]),
    # products and quotients of known sign
    ("H(X)*H(Y) >= 0", []),
    ("H(X)/H(Y) <= 1", ["H(X) <= H(Y)", "H(Y) > 0"]),
    ("I(X;Y)^2 <= H(X)*H(Y)", []),
    ("H(X|Y)*H(Y|X) <= H(X)*H(Y)", []),
    ("H(X,Y)*H(Y,Z) >= H(Y)*H(X,Y,Z)", []),
    ("I(X;Z)^2 <= I(X;Y)*I(Y;Z)", ["X -> Y -> Z"]),
    ("sqrt(H(X,Y)) <= sqrt(H(X)) + sqrt(H(Y))", []),
    ("D(P||Q)*D(R||S) <= 6", ["D(P||Q) <= 2", "D(R||S) <= 3"]),
    ("TV(P,Q)^2/D(P||Q) <= 1/2", ["D(P||Q) > 0"]),
    # the Cauchy–Schwarz inequality, and lines under the joint range
    ("D(P||Q) <= sqrt(Chi2(P||Q))", []),
    ("1-TV(P,Q) >= 1/(2*(1+Chi2(P||Q)))", []),
    ("JSD(P,Q) <= log(2)*(1-BC(P,Q)^2)", []),
    ("Chi2(P||Q) >= 3", ["TV(P,Q) >= 3/4"]),
    ("D(P||Q) >= 1", ["TV(P,Q) >= 7/10"]),
    ("JSD(P,Q) <= log(2)/6", ["TV(P,Q) <= 1/6"]),
    ("Chi2(P||M) <= 1/2", [MIDDLE, "TV(P,Q) <= 1/2"]),
    ("Chi2(P||M) < 1", [MIDDLE, "BC(P,Q) > 0"]),
    # what the sides say of another law cancels
    ("1/3*D(P||R)+2/3*D(Q||R) >= D(1/3*P+2/3*Q||R) + 4/9*TV(P,Q)^2", []),
    # parameters
    ("exp(-t) <= 1 - t + t^2/2", ["t >= 0"]),
    ("sqrt(1+t) <= 1 + t/2", ["t >= 0"]),
    ("TV(t*P+(1-t)*Q,Q)^2 <= t^2*D(P||Q)/2", ["0 <= t", "t <= 1"]),
    ("D(t*P+(1-t)*Q||Q) <= t*log(1+Chi2(P||Q))", ["0 <= t", "t <= 1"]),
    # invariant laws, and laws that are not the same
    ("D(K(P)||Q) <= D(P||Q)", ["K(Q) = Q"]),
    ("D(K(L(P))||Q) <= D(P||Q)", ["K(Q) = Q", "L(Q) = Q"]),
    ("Chi2(L(K(P))||S) <= Chi2(P||Q)", ["K(Q) = R", "L(R) = S"]),
    ("D(P||Q) > 0", ["P != Q"]),
    ("P != Q", ["D(P||Q) > 0"]),
    ("P = R", ["P = Q", "Q = R"]),
    # a metric
    ("sqrt(JSD(P,R)) <= sqrt(JSD(P,Q)) + sqrt(JSD(Q,R))", []),
    ("JSD(P,R) <= 2*JSD(P,Q) + 2*JSD(Q,R)", []),
]
FALSE = [
    ("exp(-D(P||Q)) <= 1 - D(P||Q) + 499/1000*D(P||Q)^2", []),
    ("exp(-TV(P,Q)) >= 37/100", []),
    ("H(X)^2 <= H(X)", ["H(X) <= 5/4"]),
    ("H(X)*H(Y) <= 1", []),
    ("H(X)/H(Y) <= 1", ["H(Y) > 0"]),
    ("I(X;Y)*H(X,Y) >= H(X)*H(Y)", []),
    ("D(P||Q) <= 1/2*sqrt(Chi2(P||Q))", []),
    ("(1-TV(P,Q))*(1+Chi2(P||Q)) >= 1", []),
    ("JSD(P,Q) <= 69/100*(1-BC(P,Q)^2)", []),
    ("1/3*D(P||R)+2/3*D(Q||R) >= D(1/3*P+2/3*Q||R) + 5/9*TV(P,Q)^2", []),
    ("exp(-t) <= 1 - t + 499/1000*t^2", ["t >= 0"]),
    ("TV(t*P+(1-t)*Q,Q)^2 <= t^2*D(P||Q)/3", ["0 <= t", "t <= 1"]),
    ("Chi2(P||Q) >= 301/100", ["TV(P,Q) >= 3/4"]),
    ("D(K(P)||Q) <= 999/1000*D(P||Q)", ["K(Q) = Q"]),
    ("D(K(P)||Q) <= D(P||Q)", ["K(R) = Q"]),
    ("D(Q||K(P)) <= D(P||Q)", ["K(Q) = Q"]),
    ("D(P||Q) > 1/100", ["P != Q"]),
    ("P != R", ["P != Q", "Q != R"]),
    ("P = Q", ["K(P) = K(Q)"]),
    ("sqrt(JSD(P,R)) <= 99/100*(sqrt(JSD(P,Q)) + sqrt(JSD(Q,R)))", []),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_the_range_of_measures(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_a_little_more_is_refuted(claim: str, given: list[str]) -> None:
    assert prove(claim, given).is_refuted


def test_the_corner_of_two_hypotheses_is_found() -> None:
    """P = (1, 0), Q = (3/4, 1/4), R = (27/100, 73/100) or near it."""
    assert prove("TV(P,R) <= 72/100", ["TV(P,Q) <= 1/4", "D(Q||R) <= 1/2"]).is_refuted


def schwarz_fact(node: Any) -> Any:
    """The use of the Cauchy–Schwarz inequality in a proof."""
    if isinstance(node, dict):
        return node if "terms" in node else next((found for each in node.values() if (found := schwarz_fact(each))), None)
    return next((found for each in node if (found := schwarz_fact(each))), None) if isinstance(node, list) else None


BENT: list[Callable[[Any], Any]] = [
    lambda fact: fact["slopes"].__setitem__(0, "1000000001/1000000000"),
    lambda fact: fact["slopes"].reverse(),
    lambda fact: fact["terms"].reverse(),
    lambda fact: fact["terms"].__setitem__(2, {"product": ["1000000001/1000000000", fact["terms"][2]]}),
    lambda fact: fact["moves"].pop(),
    lambda fact: fact["moves"].__setitem__(2, [[], []]),
    lambda fact: fact.update(root=0),
    lambda fact: fact["schwarz"].reverse(),
]


@pytest.mark.parametrize("bend", BENT)
@pytest.mark.parametrize("claim", ["D(P||Q)^2 <= Chi2(P||Q)", "JSD(P,Q) <= log(2)*(1-BC(P,Q)^2)"])
def test_a_bent_use_of_the_inequality_is_rejected(claim: str, bend: Callable[[Any], Any]) -> None:
    certificate = copy.deepcopy(prove(claim).certificate)
    fact = schwarz_fact(certificate)
    before = json.dumps(fact)
    bend(fact)
    symmetric = "JSD" in claim and bend in (BENT[1], BENT[7])  # P and Q, or a and c, may change places
    assert json.dumps(fact) != before or symmetric
    assert symmetric or not check_certificate(sealed("proved", certificate["statement"], certificate["proofs"]))[0]


def law(name: str) -> Any:
    return {"law": name}


def measure(head: str, *laws: Any) -> Any:
    return {"measure": head, "laws": list(laws), "parameters": []}


def accepted(left: Any, right: Any, facts: list[Any], given: list[Any]) -> bool:
    claim = {"left": left, "sign": "<=", "right": right}
    statement = {"claims": [claim], "given": given, "identified": [], "continuous": [], "joint": "", "arities": {}}
    return check_certificate(sealed("proved", statement, [{"facts": facts}]))[0]


def test_an_image_is_a_law_where_it_is_given_only() -> None:
    image = {"image": "K", "law": law("Q")}
    moved = measure("KL", {"image": "K", "law": law("P")}, law("Q"))
    facts = [["1", {"processing": "KL", "image": "K", "laws": [law("P"), law("Q")], "parameters": []}]]

    def under(*laws: Any, right: str = "0", sign: str = "=") -> bool:
        return accepted(moved, measure("KL", law("P"), law("Q")), facts, [{"left": measure("KL", *laws), "sign": sign, "right": right}])

    assert under(image, law("Q"))
    assert under(image, law("Q"), sign="<=")
    assert not under(image, law("R"))
    assert not under({"image": "L", "law": law("Q")}, law("Q"))
    assert not under({"image": "K", "law": law("P")}, law("Q"))
    assert not under(image, law("Q"), right="1")
    assert not under(image, law("Q"), sign=">=")
    assert not under(image, {"mix": [["1/2", law("P")], ["1/2", law("Q")]]})


def test_no_witness_rests_on_what_is_said_of_an_image() -> None:
    """A witness of the claim without the hypothesis is none where the hypothesis fails there."""
    certificate = copy.deepcopy(prove("D(K(P)||Q) <= D(P||Q)").certificate)
    said = {"left": measure("KL", {"image": "K", "law": law("Q")}, law("Q")), "sign": "=", "right": "0"}
    assert check_certificate(sealed("refuted", certificate["statement"], certificate["proofs"]))[0]
    statement = {**certificate["statement"], "given": [said]}
    assert "a hypothesis fails" in check_certificate(sealed("refuted", statement, certificate["proofs"]))[1]


def test_hypotheses_are_multiplied_by_what_they_bound_and_by_no_other_divergence() -> None:
    """(1 − D) D' ≥ 0 where D ≤ 1 and D' ≤ 1 are given, and nothing like it where D' may be infinite."""
    one, other = measure("KL", law("P"), law("Q")), measure("KL", law("R"), law("S"))
    first, second = ({"left": each, "sign": "<=", "right": "1"} for each in (one, other))
    facts = [["1", {"both": [{"hypothesis": 0}, other]}]]
    assert accepted({"product": [one, other]}, other, facts, [first, second])
    assert not accepted({"product": [one, other]}, other, facts, [first, {**second, "right": other}])
    assert not accepted({"product": [one, other]}, other, facts, [first])


def test_the_root_of_jsd_is_a_metric_and_jsd_is_none() -> None:
    p, q, r = map(law, "PQR")
    pairs = [measure("JensenShannon", *pair) for pair in ((p, r), (p, q), (q, r))]
    roots = [{"power": [each, "1/2"]} for each in pairs]
    fact = [["1", {"triangle": "JensenShannon", "laws": [p, q, r]}]]
    assert accepted(roots[0], {"sum": roots[1:]}, fact, [])
    assert not accepted(pairs[0], {"sum": pairs[1:]}, fact, [])
    assert not accepted(roots[1], {"sum": [roots[0], {"product": ["99/100", roots[2]]}]}, fact, [])
    assert not accepted(roots[0], {"sum": roots[1:]}, [["1", {"triangle": "Chi2", "laws": [p, q, r]}]], [])


@pytest.mark.parametrize(("low", "good"), [("1/3", True), ("1/2", False)])
def test_bounds_of_exponentials_need_their_proofs(low: str, good: bool) -> None:
    """exp(−TV) ≥ 1/3 as TV ≤ 1, and not 1/2."""
    assert prove(f"exp(-TV(P,Q)) >= {Fraction(low)}").is_proved is good


def test_weights_that_are_none_are_no_errors() -> None:
    """Candidates for a witness have t > 1, too."""
    assert not prove("BC(t*P+(1-t)*Q,Q) >= sqrt(1-t) + 1/2", ["0 <= t", "t < 1"]).is_proved


def test_hypotheses_that_no_point_meets_are_no_errors() -> None:
    """No law among those looked at first has I(X;Y) ≤ 1/2 and H(X) ≥ 1."""
    assert not prove("H(X|Y) >= 1000000001/2000000000", ["I(X;Y) <= 1/2", "H(X) >= 1"]).is_proved
