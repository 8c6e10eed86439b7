"""Claims about laws: identities, lemma cones, comparisons by calculus; false variants refuted exactly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sympy import Eq, Le, Rational, Symbol, log, symbols

from symkl import KL, CrossEntropy, Entropy, Exponential, Finite, Gamma, LogNormal, Mixture, Normal, Product, law
from symkl.cli.laws import read_expression
from symkl.core.certificates import kind_of
from symkl.errors import DomainError
from symkl.prove import H, I, check, prove, variables
from symkl.prove.closed_certificate import recheck

M = ["M = 1/2*P + 1/2*Q"]

TRUE: list[tuple[str, list[str]]] = [
    ("D(P||Q) >= 0", []),
    ("H(P,Q) = H(P) + D(P||Q)", []),
    ("H(P||Q) >= H(P)", []),
    ("J(P,Q) = D(P||Q) + D(Q||P)", []),
    ("J(P,Q) = J(Q,P)", []),
    ("JSD(P,Q) = 1/2*D(P||M) + 1/2*D(Q||M)", M),
    ("JSD(P,Q) = H(M) - 1/2*H(P) - 1/2*H(Q)", M),
    ("JSD(P,Q) = JSD(Q,P)", []),
    ("1/3*D(P||R) + 2/3*D(Q||R) = 1/3*D(P||M) + 2/3*D(Q||M) + D(M||R)", ["M = 1/3*P + 2/3*Q"]),
    ("D(P*R||Q*S) = D(P||Q) + D(R||S)", []),
    ("D(P^4||Q^4) = 4*D(P||Q)", []),
    ("D(P*R||Q*R) = D(P||Q)", []),
    ("D(P(X,Y)||Q(X,Y)) = D(P(X)||Q(X)) + D(P(Y|X)||Q(Y|X)|P(X))", []),
    ("D(P(X,Y)||Q(X,Y)) >= D(P(X)||Q(X))", []),
    ("I(X;Y) = D(P(X,Y)||P(X)*P(Y))", []),
    ("D(P(X,Y)||P(X)*R(Y)) = I(X;Y) + D(P(Y)||R(Y))", []),
    ("D(P(X,Y)||P(X)*R(Y)) >= I(X;Y)", []),
    ("D(1/2*P + 1/2*Q||R) <= 1/2*D(P||R) + 1/2*D(Q||R)", []),
    ("D(R||1/2*P + 1/2*Q) <= 1/2*D(R||P) + 1/2*D(R||Q)", []),
    ("D(1/3*P + 2/3*R||1/3*Q + 2/3*S) <= 1/3*D(P||Q) + 2/3*D(R||S)", []),
    ("D(t*P + (1-t)*Q||R) <= t*D(P||R) + (1-t)*D(Q||R)", []),
    ("D(t*P + (1-t)*R||t*Q + (1-t)*S) <= t*D(P||Q) + (1-t)*D(R||S)", ["0 <= t <= 1"]),
    ("H(t*P + (1-t)*Q) >= t*H(P) + (1-t)*H(Q)", []),
    ("H(R||t*P + (1-t)*Q) <= t*H(R||P) + (1-t)*H(R||Q)", []),
    ("H(1/2*P + 1/2*Q) <= 1/2*H(P) + 1/2*H(Q) + log(2)", []),
    ("0 <= JSD(P,Q) <= log(2)", []),
    ("D(P||1/2*P + 1/2*Q) <= log(2)", []),
    ("D(P||1/4*Q + 3/4*R) <= log(4) + D(P||Q)", []),
    ("D(K(P)||K(Q)) <= D(P||Q)", []),
    ("TV(K(P),K(Q)) <= TV(P,Q)", []),
    ("D(L(K(P))||L(K(Q))) <= D(P||Q)", []),
    ("0 <= TV(P,Q) <= 1", []),
    ("TV(P,R) <= TV(P,Q) + TV(Q,R)", []),
    ("TV(1/2*P + 1/2*R, Q) <= 1/2*TV(P,Q) + 1/2*TV(R,Q)", []),
    ("Hellinger(P,R) <= Hellinger(P,Q) + Hellinger(Q,R)", []),
    ("D(P||Q) >= 2*TV(P,Q)^2", []),
    ("TV(P,Q) <= sqrt(D(P||Q)/2)", []),
    ("TV(P,Q) <= sqrt(1 - exp(-D(P||Q)))", []),
    ("TV(P,Q) <= 1 - 1/2*exp(-D(P||Q))", []),
    ("Hellinger(P,Q)^2 <= TV(P,Q)", []),
    ("TV(P,Q) <= Hellinger(P,Q)*sqrt(2 - Hellinger(P,Q)^2)", []),
    ("2*Hellinger(P,Q)^2 <= D(P||Q)", []),
    ("D(P||Q) <= log(1 + Chi2(P||Q))", []),
    ("log(1 + Chi2(P||Q)) <= Chi2(P||Q)", []),
    ("D(P||Q) <= Chi2(P||Q)", []),
    ("Chi2(P||Q) >= 4*TV(P,Q)^2", []),
    ("J(P,Q) >= 4*TV(P,Q)^2", []),
    ("JSD(P,Q) >= 1/2*TV(P,Q)^2", []),
    ("JSD(P,Q) <= log(2)*TV(P,Q)", []),
    ("JSD(P,Q) <= 1/8*J(P,Q)", []),
    ("Renyi(P||Q,2) = log(1 + Chi2(P||Q))", []),
    ("Renyi(P||Q,1/2) = -2*log(BC(P,Q))", []),
    ("Renyi(P||Q,1/2) <= D(P||Q)", []),
    ("D(P||Q) <= Renyi(P||Q,2)", []),
    ("Renyi(P||Q,2) <= Renyi(P||Q,7/2)", []),
    ("D(P||R) = D(Q||R)", ["D(P||Q) = 0"]),
    ("H(P) = H(Q)", ["TV(P,Q) = 0"]),
    ("D(P||R) = D(P||S)", ["R = S"]),
    ("TV(P,Q) <= 1/4", ["D(P||Q) <= 1/8"]),
    ("D(P||Q) <= 1", ["Chi2(P||Q) <= 1"]),
]

FALSE: list[tuple[str, list[str]]] = [
    ("D(P||Q) = D(Q||P)", []),
    ("D(P||Q) <= 1", []),
    ("D(P||Q) > 0", []),
    ("H(P||Q) = H(P) + 2*D(P||Q)", []),
    ("H(P||Q) = H(Q) + D(P||Q)", []),
    ("H(P||Q) = H(Q||P)", []),
    ("H(P||Q) >= H(Q)", []),
    ("D(P||R) <= D(P||Q) + D(Q||R)", []),
    ("JSD(P,R) <= JSD(P,Q) + JSD(Q,R)", []),
    ("JSD(P,Q) <= 0.69", []),
    ("JSD(P,Q) = H(M) - H(P) - H(Q)", M),
    ("1/3*D(P||R) + 2/3*D(Q||R) = 1/3*D(P||M) + 2/3*D(Q||M) + D(M||R)", ["M = 1/2*P + 1/2*Q"]),
    ("D(P^3||Q^3) = 2*D(P||Q)", []),
    ("D(R||1/2*P + 1/2*Q) >= 1/2*D(R||P) + 1/2*D(R||Q)", []),
    ("D(R||t*P + (1-t)*Q) >= t*D(R||P) + (1-t)*D(R||Q)", []),
    ("H(1/2*P + 1/2*Q) <= 1/2*H(P) + 1/2*H(Q)", []),
    ("D(K(P)||K(Q)) >= D(P||Q)", []),
    ("D(P(X,Y)||Q(X,Y)) <= D(P(X)||Q(X))", []),
    ("D(P(X,Y)||Q(X,Y)) = D(P(X)||Q(X)) + D(P(Y)||Q(Y))", []),
    ("I(X;Y) = D(P(X)*P(Y)||P(X,Y))", []),
    ("D(P||Q) <= 2*TV(P,Q)^2", []),
    ("D(P||Q) >= 2.000000001*TV(P,Q)^2", []),
    ("TV(P,Q) <= sqrt(D(P||Q)/3)", []),
    ("TV(P,Q) <= 1 - exp(-D(P||Q))", []),
    ("TV(P,Q) <= Hellinger(P,Q)^2", []),
    ("2.1*Hellinger(P,Q)^2 <= D(P||Q)", []),
    ("D(P||Q) <= 0.99*Chi2(P||Q)", []),
    ("Chi2(P||Q) = Chi2(Q||P)", []),
    ("Renyi(P||Q,3) <= Renyi(P||Q,2)", []),
    ("TV(P,Q) <= 1/5", ["D(P||Q) <= 1/8"]),
    ("D(P||R) = D(Q||R)", ["TV(P,Q) <= 1/2"]),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_true_claims_are_proved_and_the_proof_is_accepted(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    assert verdict.steps
    result = check(json.dumps(verdict.certificate))
    assert result.is_proved, result.reason


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_false_claims_are_refuted_and_the_witness_is_accepted(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_refuted, verdict.reason
    result = check(json.dumps(verdict.certificate))
    assert result.is_proved, result.reason


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("D(P||R) = D(Q||R)", []),
        ("TV(P,Q) <= 1/4", []),
        ("D(P||Q) <= 1", []),
        ("JSD(P,Q) = H(M) - 1/2*H(P) - 1/2*H(Q)", []),
    ],
)
def test_without_its_hypothesis_no_claim_is_proved(claim: str, given: list[str]) -> None:
    assert not prove(claim, given).is_proved


def test_the_witness_of_record() -> None:
    verdict = prove("D(P||Q) = D(Q||P)")
    assert str(verdict.witness) == "P = (7/10, 3/10), Q = (1/2, 1/2)"
    assert "0.0822829" in verdict.reason
    assert "0.0871767" in verdict.reason


def test_mistyped_products_are_said_to_be_mistyped() -> None:
    with pytest.raises(DomainError, match="different spaces"):
        prove("D(P*R||Q) = D(P||Q) + D(R||Q)")


def test_contradictory_hypotheses_are_reported() -> None:
    verdict = prove("D(Q||P) <= 1", ["D(P||Q) = -1"])
    assert verdict.is_unknown
    assert "inconsistent" in verdict.reason
    assert check(verdict.certificate).is_proved


P, Q, R = law("P"), law("Q"), law("R")
HALF = Rational(1, 2)
t = Symbol("t")
mu1, s1, mu2, s2 = symbols("mu1 s1 mu2 s2")
N1, N2 = Normal(mu1, s1), Normal(mu2, s2)
F1, F2 = Finite([Rational(7, 10), Rational(3, 10)]), Finite([HALF, HALF])
X, Y, Z = variables("X Y Z")

RELATIONS: list[tuple[Any, str]] = [
    (Eq(CrossEntropy(P, Q), Entropy(P) + KL(P, Q)), "proved"),
    (Eq(CrossEntropy(P, Q), Entropy(P) + 2 * KL(P, Q)), "refuted"),
    (Eq(CrossEntropy(P, Q), Entropy(Q) + KL(P, Q)), "refuted"),
    (Eq(KL(P, Q, base=2), CrossEntropy(P, Q, base=2) - Entropy(P, base=2)), "proved"),
    (Le(KL(P, Mixture((HALF, P), (HALF, Q)), base=2), 1), "proved"),
    (Le(KL(Mixture((t, P), (1 - t, Q)), R), t * KL(P, R) + (1 - t) * KL(Q, R)), "proved"),
    (Eq(KL(Product(P, R), Product(Q, R)), KL(P, Q)), "proved"),
    (Eq(CrossEntropy(N1, N2), Entropy(N1) + KL(N1, N2)), "proved"),
    (Eq(CrossEntropy(N1, N2), Entropy(N2) + KL(N1, N2)), "refuted"),
    (Eq(KL(N1, N2), log(s2 / s1) + (s1**2 + (mu1 - mu2) ** 2) / (2 * s2**2) - HALF), "proved"),
    (Eq(KL(N1, N2), log(s2 / s1) + (s1**2 + (mu1 - mu2) ** 2) / s2**2 - HALF), "refuted"),
    (Eq(CrossEntropy(Gamma, LogNormal), Entropy(Gamma) + KL(Gamma, LogNormal)), "refuted"),  # another Gamma: alpha, not alpha_1
    (Le(KL(Exponential(2), Exponential(3)), 1), "proved"),
    (Le(KL(Exponential(3), Exponential(Rational(1, 9))), 1), "refuted"),
    (Eq(KL(F1, F2), KL(F2, F1)), "refuted"),
    (Eq(KL(F1, F2), log(2) + Rational(7, 10) * log(Rational(7, 10)) + Rational(3, 10) * log(Rational(3, 10))), "proved"),
    (Le(I(X, Z), I(X, Y)), "refuted"),
    (Eq(H(X, Y), H(X) + H(Y, given=X)), "proved"),
]


@pytest.mark.parametrize(("claim", "status"), RELATIONS, ids=str)
def test_relations_of_heads(claim: Any, status: str) -> None:
    verdict = prove(claim)
    assert verdict.status == status, verdict.reason
    if verdict.certificate is None:
        assert claim.atoms(KL, Entropy, CrossEntropy)  # a certificate of closed forms is a text, and symbols with assumptions have none
    elif kind_of(verdict.certificate) == "laws":
        assert check(json.dumps(verdict.certificate)).is_proved
    else:
        assert check(json.dumps(verdict.certificate)).is_unknown
        assert recheck(verdict.certificate, read_expression)[0]


def test_hypotheses_of_relations() -> None:
    assert prove(Le(I(X, Z), I(X, Y)), [Eq(I(X, Z, given=Y), 0)]).is_proved
    assert prove(Le(I(X, Z), I(X, Y)), ["X -> Y -> Z"]).is_proved


def test_what_cannot_be_a_claim_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        prove(KL(P, Q))
    with pytest.raises(TypeError):
        prove("D(P||Q) >= 0", [Eq(KL(P, Q), 0)])


def test_the_weights_of_one_expectation_stand_together() -> None:
    steps = prove("w*D(P||Q) + (1-w)*D(R||Q) = w*D(P||M) + (1-w)*D(R||M) + D(M||Q)", given=["M = w*P + (1-w)*R"]).steps
    assert str(steps[-1]) == "both sides are w*E_P[log p] + (1 - w)*E_R[log r] - (1 - w)*E_R[log q] - w*E_P[log q]"


@pytest.mark.parametrize(
    ("claim", "given", "finite"),
    [
        ("D(P||Q) < D(P||Q) + 1", [], True),
        ("D(P||Q) != D(P||Q) + 1", [], True),
        ("D(P^2||Q^2) > D(P||Q)", ["P != Q"], True),
        ("D(P||Q) > 0", ["P != Q"], False),
        ("TV(P,Q) < 2", [], False),
    ],
)
def test_strict_claims_name_what_must_be_finite(claim: str, given: list[str], finite: bool) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved and ("for finite values of D(P||Q)" in str(verdict.reason)) is finite


@pytest.mark.parametrize("claim", ["D(P||t*P + (1-t)*Q) < D(P||Q)", "TV(t*P + (1-t)*Q,Q) > 0", "t*TV(P,Q) + D(P||Q) > D(P||Q)"])
def test_weights_that_vanish_are_tried(claim: str) -> None:
    given = ["P != Q", *(["t >= 0"] if claim.startswith("t") else [])]
    assert prove(claim, given=given).is_refuted
