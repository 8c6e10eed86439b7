"""Powers u^n with the n of n draws: they grow with u, and lie above their tangents (Bernoulli); and planted errors in both."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from symkl.core.certificates import sealed
from symkl.prove import check, prove
from symkl.prove.checker import check_certificate

PROVED = (
    "BC(P^n,Q^n) >= (1 - TV(P,Q))^n",
    "BC(P^3,Q^3) >= (1 - TV(P,Q))^3",
    "BC(P^n,Q^n) >= (1 - TV(P,Q))^(2*n)",
    "BC(P^n,Q^n) <= (1 - TV(P,Q)^2)^(n/2)",
    "1 - BC(P^n,Q^n) <= n*(1 - BC(P,Q))",
    "Hellinger(P^n,Q^n)^2 <= n*Hellinger(P,Q)^2",
    "Hellinger(P^n,Q^n) <= sqrt(n)*Hellinger(P,Q)",
    "Chi2(P^n||Q^n) >= n*Chi2(P||Q)",
    "BC(P^n,Q^n) <= 1",
)
REFUTED = (
    "BC(P^n,Q^n) >= (1 - TV(P,Q))^n + 1/10^9",
    "BC(P^3,Q^3) >= (1.000000001 - TV(P,Q))^3",
    "BC(P^n,Q^n) <= (1 - 1.000000001*TV(P,Q)^2)^(n/2)",
    "1 - BC(P^n,Q^n) <= (n - 1/10^9)*(1 - BC(P,Q))",
    "Hellinger(P^n,Q^n)^2 <= 0.999999999*n*Hellinger(P,Q)^2",
    "Chi2(P^n||Q^n) >= 1.000000001*n*Chi2(P||Q)",
    "BC(P^n,Q^n) <= 1 - n*(1 - BC(P,Q))",
)


@pytest.mark.parametrize("claim", PROVED)
def test_powers_grow_and_lie_above_their_tangents(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved
    assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("BC(P^n,Q^n) >= (1/2)^n", "BC(P,Q) >= 1/2"),
        ("BC(P^n,Q^n) <= (1/2)^n", "BC(P,Q) <= 1/2"),
        ("BC(P^n,Q^n) <= (999/1000)^n", "TV(P,Q) >= 1/10"),
    ],
)
def test_what_is_given_of_one_draw_says_it_of_all(claim: str, given: str) -> None:
    assert prove(claim, given=[given]).is_proved
    assert not prove(claim.replace("BC(P^n,Q^n)", "BC(P^n,Q^n) + 1/10^9" if "<=" in claim else "BC(P^n,Q^n) - 1/10^9"), given=[given]).is_proved


@pytest.mark.parametrize("claim", REFUTED)
def test_near_twins_are_refuted(claim: str) -> None:
    assert prove(claim).is_refuted


def changed(claim: str, old: Any, new: Any, given: bool = False) -> bool:
    """Whether the certificate is accepted with one part of its proof, or its hypotheses, changed everywhere."""
    document = copy.deepcopy(prove(claim).certificate)
    assert document is not None
    text = [json.dumps(each, sort_keys=True) for each in (document["statement"]["given"], document["proofs"], old, new)]
    assert text[2] in text[0 if given else 1]
    if given:
        document["statement"]["given"] = json.loads(text[0].replace(text[2], text[3]))
    else:
        document["proofs"] = json.loads(text[1].replace(text[2], text[3]))
    return check_certificate(sealed("proved", document["statement"], document["proofs"]))[0]


def test_planted_errors() -> None:
    n = {"parameter": "n"}
    for claim in ("1 - BC(P^n,Q^n) <= n*(1 - BC(P,Q))", "Chi2(P^n||Q^n) >= n*Chi2(P||Q)", "BC(P^n,Q^n) >= (1 - TV(P,Q))^n"):
        assert changed(claim, n, n)
        assert not changed(claim, {"left": n, "right": "1", "sign": ">="}, {"left": n, "right": "1", "sign": "<="}, given=True)
    # Bernoulli's inequality asks for n ≥ 1, a power that grows for n ≥ 0 alone.
    half, negative = ({"left": n, "right": each, "sign": ">="} for each in ("1/2", "-1"))
    least = {"left": n, "right": "1", "sign": ">="}
    assert not changed("1 - BC(P^n,Q^n) <= n*(1 - BC(P,Q))", least, half, given=True)
    assert changed("BC(P^n,Q^n) >= (1 - TV(P,Q))^n", least, half, given=True)
    assert not changed("BC(P^n,Q^n) >= (1 - TV(P,Q))^n", least, negative, given=True)
    assert not changed("1 - BC(P^n,Q^n) <= n*(1 - BC(P,Q))", {"sum": [n, "-1"]}, n)
    assert not changed("1 - BC(P^n,Q^n) <= n*(1 - BC(P,Q))", [["fall"], ["fall"]], [["rise"], ["fall"]])
