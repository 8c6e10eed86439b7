"""More claims about laws: products, norms, channels, orders, hypotheses; and claims about one positive number."""

from __future__ import annotations

import json

import pytest

from symkl.prove import check, prove

TRUE: list[tuple[str, list[str]]] = [
    ("D(P||Q) + D(Q||P) >= 0", []),
    ("J(P,Q) >= 8*JSD(P,Q)", []),
    ("D(P||Q) >= D(P||1/2*P+1/2*Q)", []),
    ("D(1/2*P+1/2*Q||Q) <= 1/2*D(P||Q)", []),
    ("D(P*Q||Q*P) = J(P,Q)", []),
    ("D(1/3*P+1/3*Q+1/3*R||S) <= 1/3*D(P||S)+1/3*D(Q||S)+1/3*D(R||S)", []),
    ("H(P*Q) = H(P)+H(Q)", []),
    ("H(P||1/2*P+1/2*Q) <= H(P) + log(2)", []),
    ("TV(P*R,Q*S) <= TV(P,Q)+TV(R,S)", []),
    ("TV(P*R,Q*R)=TV(P,Q)", []),
    ("TV(P^3,Q^3)<=3*TV(P,Q)", []),
    ("Chi2(P*R||Q*S) = (1+Chi2(P||Q))*(1+Chi2(R||S)) - 1", []),
    ("Renyi(P*R||Q*S,2) = Renyi(P||Q,2)+Renyi(R||S,2)", []),
    ("BC(P*R,Q*S)=BC(P,Q)*BC(R,S)", []),
    ("2/3*Renyi(P||Q,1/3) = 1/3*Renyi(Q||P,2/3)", []),
    ("TV(P,Q) <= sqrt(2)*Hellinger(P,Q)", []),
    ("D(P||Q) >= -log(1 - TV(P,Q)^2)", []),
    ("BC(P,Q) >= exp(-1/2*D(P||Q))", []),
    ("TV(P,1/2*P+1/2*Q) = 1/2*TV(P,Q)", []),
    ("Chi2(1/2*P+1/2*Q||Q) = 1/4*Chi2(P||Q)", []),
    ("D(t*P+(1-t)*Q||Q) <= t*D(P||Q)", []),
    ("D(P(X,Y)||Q(X)*Q(Y)) = I(X;Y) + D(P(X)||Q(X)) + D(P(Y)||Q(Y))", []),
    ("I(X;Y) <= D(P(X,Y)||Q(X)*Q(Y))", []),
    ("D(P(X,Y)||Q(X,Y)) >= D(P(Y|X)||Q(Y|X)|P(X))", []),
    ("D(P_XY||P_X*P_Y) = I(X;Y)", []),
    ("I(X;Y)=D(P_XY||P_X×P_Y)", []),
    ("TV(1/2*P+1/2*Q,1/2*P+1/2*R) = 1/2*TV(Q,R)", []),
    ("D(P||1/4*P+3/4*Q) <= log(4)", []),
    ("D(P||1/4*P+3/4*Q) <= 3/4*D(P||Q)", []),
    ("Chi2(P||Q) >= Renyi(P||Q,2)", []),
    ("Tsallis(P||Q,2) = Chi2(P||Q)", []),
    ("Tsallis(P||Q,1/2) = 2*Hellinger(P,Q)^2", []),
    ("Bhattacharyya(P,Q) = 1/2*Renyi(P||Q,1/2)", []),
    ("D(P||Q) >= 2*Bhattacharyya(P,Q)", []),
    ("0 <= Hellinger(P,Q) <= 1", []),
    ("J(P,Q) >= 8*Hellinger(P,Q)^2", []),
    ("Renyi(K(P)||K(Q),2) <= Renyi(P||Q,2)", []),
    ("BC(K(P),K(Q)) >= BC(P,Q)", []),
    ("D(K(P)||K(Q)) <= log(1+Chi2(P||Q))", []),
    ("TV(K(P),K(Q)) <= sqrt(D(P||Q)/2)", []),
    ("JSD(P,Q)>=log(2)*Hellinger(P,Q)^2", []),
    ("JSD(K(P),K(Q))<=JSD(P,Q)", []),
    ("2*JSD(P,Q) = D(P||1/2*P+1/2*Q)+D(Q||1/2*P+1/2*Q)", []),
    ("Hellinger(P,R)<=Hellinger(P,Q)+Hellinger(Q,R)", []),
    ("JSD(P,Q)<=D(P||Q)", []),
    ("D(P||Q)<=J(P,Q)", []),
    ("exp(-D(P||Q))<=1", []),
    ("exp(-D(P||Q))<=1-TV(P,Q)^2", []),
    ("D(P||Q)>=TV(P,Q)^2", []),
    ("sqrt(JSD(P,Q))<=sqrt(log(2))", []),
    ("1/2*D(P||Q)+1/2*D(R||Q) >= D(1/2*P+1/2*R||Q)", []),
    ("1/3*D(P||M)+1/3*D(Q||M)+1/3*D(R||M) <= log(3)", ["M=1/3*P+1/3*Q+1/3*R"]),
    ("D(P||Q)<1", ["Chi2(P||Q)<1"]),
    ("D(P||Q)=0", ["P=Q"]),
    ("D(P||R)=0", ["D(P||Q)=0", "D(Q||R)=0"]),
    ("D(P||Q)>=1/2", ["TV(P,Q)=1/2"]),
    ("D(P||Q)>=1/2", ["TV(P,Q)>=1/2"]),
    ("TV(P,Q)<=sqrt(e/2)", ["D(P||Q)<=e"]),
    ("D(P||Q)<=log(1+c)", ["Chi2(P||Q)<=c"]),
    ("D(P||R) <= D(P||Q) + log(2)", ["R = 1/2*Q + 1/2*S"]),
    ("D(P||Q) <= log(3)", ["Q = 1/3*P + 2/3*R"]),
    ("TV(P,Q)=1", ["BC(P,Q)=0"]),
    ("JSD(P,Q)=log(2)", ["BC(P,Q)=0"]),
    ("TV(P,Q)=0", ["D(P||Q)=0"]),
    ("JSD(P,Q)=0", ["P=Q"]),
    ("D(P||Q)>=0", ["D(P||Q)>=1"]),
    ("D(P||R)>=D(P||Q)", ["D(Q||R)=0"]),
    ("H(P)=log(8)", ["D(P||U)=0", "H(P||U)=log(8)"]),
    ("TV(P,R)<=1/2", ["TV(P,Q)<=1/4", "TV(Q,R)<=1/4"]),
    ("D(P||Q)<=5", ["D(P||Q)<=2"]),
    ("D(P||Q)=D(R||S)", ["P=R", "Q=S"]),
    # Coordinates: conditioning, superadditivity, what is forgotten, equal marginals.
    ("D(P(Y)||Q(Y)) <= D(P(Y|X)||Q(Y|X)|P(X))", ["P(X) = Q(X)"]),
    ("D(P(Y)||Q(Y)) <= D(P(Y|X)||Q(Y|X)|P(X))", ["D(P(X)||Q(X)) = 0"]),
    ("D(P(X,Y)||Q(X)*Q(Y)) >= D(P(X)||Q(X)) + D(P(Y)||Q(Y))", []),
    ("D(P(X)||Q(X)) = 0", ["P = Q"]),
    ("D(P(X)||Q(X)) = 0", ["P(X,Y) = Q(X,Y)"]),
    ("D(P(X,Y)||Q(X,Y)) = I(X;Y)", ["Q(X,Y) = P(X)*P(Y)"]),
    ("I(X;Y) = 0", ["P(X,Y) = P(X)*P(Y)"]),
    ("TV(P(X),Q(X)) <= TV(P(X,Y),Q(X,Y))", []),
    ("BC(P(Y),Q(Y)) >= BC(P(X,Y),Q(X,Y))", []),
    ("TV(P*R,Q*S) >= TV(P,Q)", []),
    ("D(K(1/2*P+1/2*Q)||K(R)) <= 1/2*D(P||R)+1/2*D(Q||R)", []),
    ("BC(1/2*P+1/2*R,Q) >= 1/2*BC(P,Q)+1/2*BC(R,Q)", []),
    ("Hellinger(1/2*P+1/2*R,Q)^2 <= 1/2*Hellinger(P,Q)^2+1/2*Hellinger(R,Q)^2", []),
    ("Hellinger(P,R)^2 <= 2*Hellinger(P,Q)^2+2*Hellinger(Q,R)^2", []),
    ("Hellinger(P,Q)=0", ["Chi2(P||Q)=0"]),
    ("H(t*P+(1-t)*Q) <= t*H(P)+(1-t)*H(Q) - t*log(t)-(1-t)*log(1-t)", ["t>0", "t<1"]),
    ("abs(t) >= t", []),
    ("t^2 >= 0", []),
    # A number between: the program over the lemmas ends at least cost, not on the edge of the slack.
    ("JSD(P,Q) <= 0.7", []),
    ("JSD(P,Q) + 1/1000 <= 0.7", []),
    ("JSD(P,Q)/log(2) <= 1", []),
    ("D(P||Q)*D(Q||P) >= 0", []),
    ("D(P||Q)^2 >= 0", []),
    ("exp(D(P||Q)) <= 1 + Chi2(P||Q)", []),
]

FALSE: list[tuple[str, list[str]]] = [
    ("TV(P^2,Q^2)>=2*TV(P,Q)", []),
    ("Chi2(P*R||Q*S) = Chi2(P||Q)+Chi2(R||S)", []),
    ("TV(P,1/2*P+1/2*Q) = TV(P,Q)", []),
    ("JSD(P,Q) <= 1/2*TV(P,Q)", []),
    ("J(P,Q) >= 9*Hellinger(P,Q)^2", []),
    ("BC(K(P),K(Q)) <= BC(P,Q)", []),
    ("D(P||Q) >= D(P||R)", []),
    ("D(P||Q)<=Chi2(P||Q)-1", []),
    ("H(1/2*P+1/2*Q) >= H(P)", []),
    ("Hellinger(P,R)^2<=Hellinger(P,Q)^2+Hellinger(Q,R)^2", []),
    ("D(P||Q)>=J(P,Q)", []),
    ("D(P||Q)>=3*TV(P,Q)^2", []),
    ("D(P||Q)<=log(1/3)", []),
    ("D(P||R)=0", ["D(P||Q)=0"]),
    ("D(P||Q)>=0.6", ["TV(P,Q)>=1/2"]),
    ("D(P||Q) <= log(2)", ["Q = 1/3*P + 2/3*R"]),
    ("D(P||Q)>=2", ["D(P||Q)>=1"]),
    ("TV(P,R)<=1/2", ["TV(P,Q)<=1/4", "TV(Q,R)<=1/2"]),
    ("D(P(Y)||Q(Y)) <= D(P(Y|X)||Q(Y|X)|P(X))", []),
    ("D(P(Y)||Q(Y)) >= D(P(Y|X)||Q(Y|X)|P(X))", ["P(X) = Q(X)"]),
    ("TV(P(X),Q(X)) >= TV(P(X,Y),Q(X,Y))", []),
    ("H(K(P)) >= H(P)", []),
    ("H(K(P)) <= H(P)", []),
    ("sqrt(t^2) = t", []),
    ("D(P||Q)/log(2) <= 100", []),
    ("exp(D(P||Q)) <= 1 + 1/2*Chi2(P||Q)", []),
    ("H(1/3*P+1/3*Q+1/3*R) + 1e-9 <= 1/3*H(P)+1/3*H(Q)+1/3*H(R)+log(3)", []),
    ("abs(t) = t", []),
]

ONE_NUMBER = [
    ("log(t) <= t - 1", ["t > 0"], "proved"),
    ("t*log(t) >= t - 1", ["t > 0"], "proved"),
    ("log(1+t) <= t", ["t > 0"], "proved"),
    ("log(1+t) >= t/(1+t)", ["t > 0"], "proved"),
    ("log(1+t) >= t - t^2/2", ["t > 0"], "proved"),
    ("t + 1/t >= 2", ["t > 0"], "proved"),
    ("-log(t) - log(1-t) >= log(4)", ["t > 0", "t < 1"], "proved"),
    ("-t*log(t) - (1-t)*log(1-t) <= log(2)", ["t > 0", "t < 1"], "proved"),
    ("-t*log(t) - (1-t)*log(1-t) >= 2*t*(1-t)", ["t > 0", "t < 1"], "proved"),
    ("log(t) <= t - 2", ["t > 0"], "refuted"),
    ("log(t) <= 0.999999*t - 1", ["t > 0"], "refuted"),
    ("-t*log(t) - (1-t)*log(1-t) <= 0.69", ["t > 0", "t < 1"], "refuted"),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_true_claims_are_proved(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_proved, verdict.reason
    result = check(json.dumps(verdict.certificate))
    assert result.is_proved, result.reason


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_false_claims_are_refuted(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_refuted, verdict.reason
    result = check(json.dumps(verdict.certificate))
    assert result.is_proved, result.reason


@pytest.mark.parametrize(("claim", "given", "status"), ONE_NUMBER)
def test_claims_about_one_positive_number(claim: str, given: list[str], status: str) -> None:
    verdict = prove(claim, given)
    assert verdict.status == status, verdict.reason
    assert check(json.dumps(verdict.certificate)).is_proved


TIGHT = [
    ("D(P||Q) >= 1e-9", []),
    ("D(P||Q) >= 2*TV(P,Q)^2 + 1e-9", []),
    ("JSD(P,Q) + 1e-9 <= log(2)", []),
    ("JSD(P,Q) <= 0.999999999*log(2)*TV(P,Q)", []),
    ("D(1.000000001/2*P + 0.999999999/2*Q||R) <= 1/2*D(P||R) + 1/2*D(Q||R)", []),
    ("D(P||Q) <= 0.999999999*Chi2(P||Q)", []),
    ("Renyi(P||Q,1/2) >= D(P||Q)", []),
    ("D(P||Q) <= log(1 + 0.999999999*Chi2(P||Q))", []),
    ("H(P||Q) = H(P) + 1.000000001*D(P||Q)", []),
    ("TV(P,R) <= TV(P,Q) + 0.999999999*TV(Q,R)", []),
    ("D(K(P)||K(Q)) <= 0.999999999*D(P||Q)", []),
    ("D(P||Q) <= log(3) - 1e-9", ["Q = 1/3*P + 2/3*R"]),
    ("TV(P,Q) <= sqrt(0.499999999*D(P||Q))", []),
    ("J(P,Q) >= 8.000000001*JSD(P,Q)", []),
]


@pytest.mark.parametrize(("claim", "given"), TIGHT)
def test_a_coefficient_changed_by_a_billionth_is_never_proved(claim: str, given: list[str]) -> None:
    assert not prove(claim, given).is_proved


def test_an_identity_says_what_must_be_finite() -> None:
    assert prove("H(P||Q) = H(P) + D(P||Q)").reason.endswith("what cancels must be finite: E_P[log p], E_P[log q]")


@pytest.mark.parametrize(
    ("claim", "wrong", "given"),
    [
        ("a*D(P||Q) >= 2*a*TV(P,Q)^2", "a*D(P||Q) >= 2000000001/1000000000*a*TV(P,Q)^2", ["a >= 0"]),
        ("a*D(P||Q) + b*D(Q||P) >= 2*(a+b)*TV(P,Q)^2", "a*D(P||Q) + b*D(Q||P) >= 2*(a+2*b)*TV(P,Q)^2", ["a >= 0", "b >= 0"]),
        ("TV(P,Q) <= a", "TV(P,Q) <= 999999999/1000000000*a", ["D(P||Q) <= 2*a^2", "a >= 0"]),
        ("Hellinger(N,Q)^2 <= 1/4*Hellinger(P,Q)^2", "Hellinger(N,Q)^2 <= 1/5*Hellinger(P,Q)^2", ["M = 1/2*P + 1/2*Q", "N = 1/2*M + 1/2*Q"]),
        ("BC(N,R) >= 1/4*BC(P,R) + 3/4*BC(Q,R)", "BC(N,R) >= 1/2*BC(P,R) + 1/2*BC(Q,R)", ["M = 1/2*P + 1/2*Q", "N = 1/2*M + 1/2*Q"]),
    ],
)
def test_signs_of_parameters_and_mixtures_of_mixtures(claim: str, wrong: str, given: list[str]) -> None:
    """Known bounds times a parameter that is not negative; a mixture of mixtures is a mixture. Not without the sign, nor with other numbers."""
    assert prove(claim, given=given).is_proved
    assert not prove(wrong, given=given).is_proved
    if ">= 0" in given[-1]:
        assert not prove(claim, given=given[:-1]).is_proved
