"""Claims that are proved by detours: distances that they do not name, squares and products, levels set by hypotheses, laws found to be equal."""

from __future__ import annotations

import pytest

from symkl.prove import check, prove

TRUE: list[tuple[str, list[str]]] = [
    # Metrics chained with bounds of one distance by another.
    ("D(P||Q) + D(P||R) >= TV(Q,R)^2", []),
    ("sqrt(D(P||Q)/2) + sqrt(D(R||Q)/2) >= TV(P,R)", []),
    ("BC(P,R) >= 1 - 2*Hellinger(P,Q)^2 - 2*Hellinger(Q,R)^2", []),
    ("TV(P,R)^2 <= 3/2*D(P||Q) + 3/4*D(Q||R)", []),
    ("TV(P,R) <= sqrt(2)*Hellinger(P,Q) + sqrt(2)*Hellinger(Q,R)", []),
    ("3*D(P||Q) + 3*D(Q||R) + 3*D(R||S) >= 2*TV(P,S)^2", []),
    ("BC(P,R) <= 1 - (Hellinger(P,Q) - Hellinger(Q,R))^2", []),
    ("TV(K(P),R) <= sqrt(D(P||Q)/2) + TV(K(Q),R)", []),
    ("TV(P(X),R(X)) <= TV(P(X,Y),Q(X,Y)) + TV(Q(X,Y),R(X,Y))", []),
    ("TV(P^3,Q^3) <= sqrt(6)*Hellinger(P,Q)", []),
    # Products and squares.
    ("TV(P,Q)*BC(P,Q) <= 1/2", []),
    ("D(P||Q)^2 <= D(P||Q)*Chi2(P||Q)", []),
    ("D(P||Q)*D(Q||P) >= 4*TV(P,Q)^4", []),
    ("sqrt(D(P||Q)*D(Q||P)) <= 1/2*J(P,Q)", []),
    ("(1+Chi2(P||Q))*BC(P,Q)^2 >= 1", []),
    ("(1+Chi2(P||Q))*(1-TV(P,Q)^2) >= 1", []),
    ("Chi2(P^3||Q^3) >= 3*Chi2(P||Q)", []),
    # Numbers that hypotheses set.
    ("Chi2(P||Q) <= 1", ["Renyi(P||Q,2) <= log(2)"]),
    ("Chi2(P||Q) < 1", ["Renyi(P||Q,2) < log(2)"]),
    ("BC(P,Q) >= 1/3", ["D(P||Q) <= log(9)"]),
    ("TV(P,R) <= 3/8", ["TV(P,Q) <= 1/8", "D(Q||R) <= 1/8"]),
    ("D(P||Q) >= log(4)", ["BC(P,Q) <= 1/2"]),
    ("TV(P,Q) < 1", ["D(P||Q) <= 100"]),
    # Equal laws, and claims whose contrary is absurd.
    ("BC(P,Q) = 0", ["TV(P,Q) = 1"]),
    ("D(P||R) = D(Q||R)", ["BC(P,Q) = 1"]),
    ("D(P||R) = D(Q||R)", ["D(P||Q) + D(Q||P) = 0"]),
    ("D(P||S) = D(R||S)", ["TV(P,Q) = 0", "BC(Q,R) = 1"]),
    ("TV(P,Q) > 0", ["D(P||Q) > 0"]),
    ("BC(P,Q) < 1", ["D(P||Q) > 0"]),
    ("TV(P,Q) != 0", ["D(P||Q) != 0"]),
    ("TV(P,Q) > 0", ["D(P||R) > D(Q||R)"]),
]

#: The same with a constant a little off, a hypothesis less, other laws: none of them is true.
FALSE: list[tuple[str, list[str]]] = [
    ("D(P||Q) + D(P||R) >= 1000000001/1000000000*TV(Q,R)^2", []),
    ("sqrt(D(P||Q)/2) + sqrt(D(R||Q)/2) >= TV(P,R) + 1e-9", []),
    ("BC(P,R) >= 1 - 199/100*Hellinger(P,Q)^2 - 2*Hellinger(Q,R)^2", []),
    ("TV(P,R)^2 <= 3/2*D(P||Q) + 74/100*D(Q||R)", []),
    ("TV(K(P),R) <= sqrt(D(P||Q)/2) + TV(Q,R)", []),
    ("TV(P,Q)*BC(P,Q) <= 1/2 - 1e-9", []),
    ("Chi2(P||Q)^2 <= D(P||Q)*Chi2(P||Q)", []),
    ("D(P||Q)*D(Q||P) >= 4000000001/1000000000*TV(P,Q)^4", []),
    ("(1+Chi2(P||Q))*BC(P,Q)^2 >= 1 + 1e-9", []),
    ("Chi2(P||Q) <= 999999999/1000000000", ["Renyi(P||Q,2) <= log(2)"]),
    ("Chi2(P||Q) < 1", ["Renyi(P||Q,2) <= log(2)"]),
    ("Chi2(P||Q) <= 1", ["Renyi(Q||P,2) <= log(2)"]),
    ("BC(P,Q) >= 1/3 + 1e-9", ["D(P||Q) <= log(9)"]),
    ("TV(P,R) <= 3/8", ["TV(P,Q) <= 1/8"]),
    ("TV(P,Q) < 1", ["D(P||R) <= 100"]),
    ("BC(P,Q) = 0", ["TV(P,Q) = 999999999/1000000000"]),
    ("D(P||R) = D(Q||R)", ["BC(P,Q) = 999999999/1000000000"]),
    ("TV(P,Q) > 0", ["D(P||Q) >= 0"]),
    ("TV(P,Q) > 1e-9", ["D(P||Q) > 0"]),
    ("TV(P,Q) > 0", ["D(P||R) >= D(Q||R)"]),
    ("BC(P,Q) < 1", ["D(P||R) > 0"]),
    ("Chi2(P||Q) <= 5", ["BC(P,Q) = 0"]),
    ("BC(P,Q) >= 1", ["BC(P,Q) <= BC(P,Q)^2"]),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_true_claims_are_proved_and_checked(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved
    assert verdict.steps


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_false_claims_are_never_proved(claim: str, given: list[str]) -> None:
    assert not prove(claim, given).is_proved


def test_exponentials_of_both_sides_are_taken_away() -> None:
    assert prove("exp(TV(P,Q)) <= exp(sqrt(D(P||Q)/2))").is_proved
    assert not prove("exp(TV(P,Q)) <= exp(sqrt(D(P||Q)*(1/2-1/10^9)))").is_proved
    assert prove("exp(TV(P,Q)) <= exp(sqrt(D(P||Q)/3))").is_refuted


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("sqrt(D(P||Q)) + sqrt(D(Q||R)) >= sqrt(2)*TV(P,R)", []),
        ("sqrt(D(P||Q)) + sqrt(D(Q||R)) >= 141/100*TV(P,R)", []),
        ("TV(P,R) <= 548/1000", ["D(P||Q) <= 15/100", "D(R||Q) <= 15/100"]),
        ("D(P||M) = log(2)", ["M = 1/2*P + 1/2*Q", "BC(P,Q) = 0"]),
        ("D(R||P) + D(R||Q) >= -log(1 - TV(P,Q)^2)", ["TV(P,Q) < 1"]),
        ("D(P||R) + D(Q||R) >= 2*log(2)", ["BC(P,Q) = 0"]),
        ("Renyi(P||1/2*P + 1/2*Q,2) <= log(2)", []),
        ("TV(K(P),Q) <= TV(P,Q)", ["K(Q) = Q"]),
    ],
)
def test_roots_that_are_not_rational_and_the_middle_of_two_laws(claim: str, given: list[str]) -> None:
    assert prove(claim, given).is_proved


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("sqrt(D(P||Q)) + sqrt(D(Q||R)) >= sqrt(201/100)*TV(P,R)", []),
        ("D(P||M) = log(2)", ["M = 1/2*P + 1/2*Q", "BC(P,Q) <= 1/100"]),
        ("D(R||P) + D(R||Q) >= -101/100*log(1 - TV(P,Q)^2)", ["TV(P,Q) < 1"]),
        ("D(P||R) + D(Q||R) >= 139/100", ["BC(P,Q) = 0"]),
        ("Renyi(P||1/2*P + 1/2*Q,2) <= 69/100", []),
        ("TV(K(P),Q) <= TV(P,Q)", ["K(P) = R"]),
    ],
)
def test_and_the_same_a_little_wrong(claim: str, given: list[str]) -> None:
    assert not prove(claim, given).is_proved
