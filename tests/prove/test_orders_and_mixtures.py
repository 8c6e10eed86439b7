"""Rényi divergences of every order, comparisons with mixtures, products and rewritten claims."""

from __future__ import annotations

import json

import pytest

from symkl.prove import check, prove

TRUE = [
    # Convexity of Rényi divergences: jointly up to order 1, in the second law for every order.
    "Renyi(1/2*P+1/2*R||1/2*Q+1/2*S,1/2) <= 1/2*Renyi(P||Q,1/2) + 1/2*Renyi(R||S,1/2)",
    "Renyi(P||1/3*Q+2/3*R,3) <= 1/3*Renyi(P||Q,3) + 2/3*Renyi(P||R,3)",
    "Bhattacharyya(1/2*P+1/2*R,1/2*Q+1/2*S) <= 1/2*Bhattacharyya(P,Q) + 1/2*Bhattacharyya(R,S)",
    # (1 - a) D_a is concave in a; a change of measure; Pinsker's inequality for an order below 1.
    "1/2*Renyi(P||Q,1/2) >= 3/8*Renyi(P||Q,1/4) + 1/8*Renyi(P||Q,3/4)",
    "2/3*Renyi(P||Q,1/3) <= 1/3*D(R||P) + 2/3*D(R||Q)",
    "D(P||R) <= 2*D(P||Q) + Renyi(Q||R,2)",
    "Renyi(P||Q,1/3) >= 2/3*TV(P,Q)^2",
    # The two laws of a comparison may be mixtures, joint laws and products, and mixtures of each other.
    "2*TV(P,1/2*Q+1/2*R)^2 <= D(P||1/2*Q+1/2*R)",
    "TV(P(X,Y),P(X)*P(Y))^2 <= 1/2*I(X;Y)",
    "TV(P^10,Q^10) <= sqrt(5*D(P||Q))",
    "Chi2(P||1/2*P+1/2*Q) <= TV(P,Q)",
    "Hellinger(P,Q)^2 <= Chi2(P||1/2*P+1/2*Q)",
    "JSD(P,Q) <= log(2)*Chi2(P||1/2*P+1/2*Q)",
    "Chi2(P||1/2*P+1/2*Q) = Chi2(Q||1/2*P+1/2*Q)",
    # Products, images of mixtures, weights that are parameters, absolute values, terms on the other side.
    "TV(P*R,Q*S) <= 1 - (1-TV(P,Q))*(1-TV(R,S))",
    "Chi2(P^2||Q^2) >= 2*Chi2(P||Q)",
    "D(K(P)||1/2*K(P)+1/2*K(Q)) <= D(P||1/2*P+1/2*Q)",
    "TV(t*P+(1-t)*Q,Q) = t*TV(P,Q)",
    "abs(TV(P,R) - TV(Q,R)) <= TV(P,Q)",
    "Chi2(P||Q) >= exp(D(P||Q)) - 1",
    "TV(P,Q) - sqrt(1/2*D(P||Q)) <= 0",
]

NEVER = [
    "Renyi(1/2*P+1/2*Q||R,2) <= 1/2*Renyi(P||R,2) + 1/2*Renyi(Q||R,2)",
    "Renyi(P||1/3*Q+2/3*R,3) <= 2/3*Renyi(P||Q,3) + 1/3*Renyi(P||R,3)",
    "1/2*Renyi(P||Q,1/2) >= 3.000000001/8*Renyi(P||Q,1/4) + 1/8*Renyi(P||Q,3/4)",
    "2.000000001/3*Renyi(P||Q,1/3) <= 1/3*D(R||P) + 2/3*D(R||Q)",
    "D(P||R) <= 1.999999999*D(P||Q) + Renyi(Q||R,2)",
    "2.000000001*TV(P,1/2*Q+1/2*R)^2 <= D(P||1/2*Q+1/2*R)",
    "2*TV(P,1/2*Q+1/2*R)^2 <= D(P||1/2*Q+1/2*S)",
    "Chi2(P||1/2*P+1/2*Q) <= 0.999999999*TV(P,Q)",
    "JSD(P,Q) <= 0.999999999*log(2)*Chi2(P||1/2*P+1/2*Q)",
    "TV(P*R,Q*S) <= 1 - (1-TV(P,Q))*(1.000000001-TV(R,S))",
    "D(K(P)||1/2*K(P)+1/2*L(Q)) <= D(P||1/2*P+1/2*Q)",
    "TV(t*P+(1-t)*Q,Q) <= 0.999999999*t*TV(P,Q)",
    "abs(TV(P,R) - TV(Q,R)) <= 0.999999999*TV(P,Q)",
]


INDEPENDENT = ["P(X,Y) = P(X)*P(Y)", "Q(X,Y) = Q(X)*Q(Y)"]


@pytest.mark.parametrize(
    ("claim", "given", "status"),
    [
        ("D(P(X,Y)||Q(X,Y)) = D(P(X)||Q(X)) + D(P(Y)||Q(Y))", INDEPENDENT, "proved"),
        ("D(P(X,Y)||Q(X,Y)) = D(P(X)||Q(X)) + D(P(Y)||Q(Y))", INDEPENDENT[:1], "refuted"),
        ("D(P(X,Y)||Q(X,Y)) >= D(P(X)||Q(X)) + D(P(Y)||Q(Y))", INDEPENDENT[1:], "proved"),
        ("BC(P(X,Y),Q(X,Y)) = BC(P(X),Q(X))*BC(P(Y),Q(Y))", INDEPENDENT, "proved"),
        ("H(X,Y) = H(X) + H(Y)", INDEPENDENT[:1], "proved"),
    ],
)
def test_a_law_that_is_the_product_of_its_marginals(claim: str, given: list[str], status: str) -> None:
    verdict = prove(claim, given)
    assert verdict.status == status, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize("claim", TRUE)
def test_true_claims_are_proved(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


@pytest.mark.parametrize("claim", NEVER)
def test_claims_changed_a_little_are_never_proved(claim: str) -> None:
    verdict = prove(claim)
    assert not verdict.is_proved
    assert verdict.certificate is None or check(json.dumps(verdict.certificate)).is_proved
