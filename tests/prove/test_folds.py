"""Laws P^n of n independent draws, n a parameter: what measures of them are, and what is not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from sympy import Function, Rational, Symbol, log

from symkl import prove
from symkl.core.certificates import Rejected, drawn, sealed
from symkl.errors import DomainError, ParseError
from symkl.exact.slots import of_draws
from symkl.prove import check
from symkl.prove.checker import check_certificate
from symkl.prove.checker.terms import Scope
from symkl.prove.elaborate import read_statement
from symkl.render import render

PROVED = (
    "D(P^n||Q^n) = n*D(P||Q)",
    "J(P^n,Q^n) = n*J(P,Q)",
    "H(P^n) = n*H(P)",
    "Renyi(P^n||Q^n,3) = n*Renyi(P||Q,3)",
    "Bhattacharyya(P^n,Q^n) = n*Bhattacharyya(P,Q)",
    "BC(P^n,Q^n) = BC(P,Q)^n",
    "Hellinger(P^n,Q^n)^2 = 1 - BC(P,Q)^n",
    "Chi2(P^n||Q^n) = (1+Chi2(P||Q))^n - 1",
    "Tsallis(P^n||Q^n,3) = (exp(2*n*Renyi(P||Q,3)) - 1)/2",
    "D(P^n||Q^n) >= D(P||Q)",
    "TV(P^n,Q^n) <= n*TV(P,Q)",
    "TV(P^n,Q^n) <= sqrt(n/2*D(P||Q))",
    "TV(P^n,Q^n) >= 1 - BC(P,Q)^n",
    "TV(P^n,Q^n) <= sqrt(1-exp(-n*D(P||Q)))",
    "TV(P^n,Q^n) >= TV(P,Q)",
    "JSD(P^n,Q^n) >= JSD(P,Q)",
    "JSD(P^n,Q^n) <= n*JSD(P,Q)",
    "D(1/2*P^n + 1/2*Q^n || (1/2*P + 1/2*Q)^n) + JSD(P^n,Q^n) = n*JSD(P,Q)",
    "BC(P^n,Q^n) <= BC(P,Q)",
    "Hellinger(P^n,Q^n) >= Hellinger(P,Q)",
    "Chi2(P^n||Q^n) >= Chi2(P||Q)",
)
REFUTED = (
    ("D(P^n||Q^n) = n^2*D(P||Q)", []),
    ("D(P^n||Q^n) <= (n-1e-9)*D(P||Q)", []),
    ("BC(P^n,Q^n) = n*BC(P,Q)", []),
    ("TV(P^n,Q^n) <= (1-1e-9)*n*TV(P,Q)", []),
    ("TV(P^n,Q^n) <= TV(P,Q)", []),
    ("BC(P^n,Q^n) < BC(P,Q)", []),
    ("JSD(P^n,Q^n) <= (n-1e-9)*JSD(P,Q)", []),
    ("JSD(P^n,Q^n) >= (1+1e-9)*JSD(P,Q)", []),
    ("TV(P^n,Q^n) >= (1+1e-9)*TV(P,Q)", []),
    ("D(P^n||Q^n) <= 1", ["D(P||Q) <= 1"]),
)


@pytest.mark.parametrize("claim", PROVED)
def test_true_claims_are_proved(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved, verdict.reason
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(("claim", "given"), REFUTED)
def test_false_claims_are_refuted(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given)
    assert verdict.is_refuted, verdict.reason
    assert check(verdict.certificate).is_proved
    assert verdict.certificate is not None
    n = verdict.certificate["proofs"][0]["parameters"]["n"]
    assert int(n) >= 1


def test_a_number_of_draws_is_a_product() -> None:
    assert prove("D(P^n||Q^n) <= 2", ["D(P||Q) <= 1", "n = 2"]).is_proved
    assert not prove("D(P^n||Q^n) <= 2", ["D(P||Q) <= 1", "n = 3"]).is_proved


def _accepted(certificate: dict[str, Any], change: Any) -> bool:
    data = copy.deepcopy(certificate)
    change(data)
    return check_certificate(sealed(data["verdict"], data["statement"], data["proofs"]))[0]


def test_planted_errors_are_caught() -> None:
    """Another number of draws on one side, of one law, or in the lemma; draws of what has two coordinates; a witness with half a draw."""
    certificate = prove("D(P^n||Q^n) = n*D(P||Q)").certificate
    assert certificate is not None
    claim = certificate["statement"]["claims"][0]
    assert _accepted(certificate, lambda data: None)
    m = {"parameter": "m"}
    assert not _accepted(certificate, lambda data: data["statement"]["claims"][0]["right"]["product"].__setitem__(0, m))
    for k in (0, 1):
        assert not _accepted(certificate, lambda data, k=k: data["statement"]["claims"][0]["left"]["laws"][k]["fold"].__setitem__(1, m))
        assert not _accepted(certificate, lambda data, k=k: data["statement"]["claims"][0]["left"]["laws"].__setitem__(k, claim["left"]["laws"][k]["fold"][0]))
    assert not _accepted(certificate, lambda data: data["statement"].__setitem__("arities", {"P": 2, "Q": 2}))

    total = prove("TV(P^n,Q^n) <= n*TV(P,Q)").certificate
    assert total is not None
    for bad in (m, "2", {"product": ["1/2", {"parameter": "n"}]}):
        assert not _accepted(total, lambda data, bad=bad: data["proofs"][0]["facts"][0][1].__setitem__("draws", bad))
    assert not _accepted(total, lambda data: data["proofs"][0]["facts"][0][1]["subadditivity"].reverse() or data["proofs"][0]["facts"][0][1].pop("draws"))

    one = prove("TV(P^n,Q^n) >= TV(P,Q)").certificate
    assert one is not None
    for kept in ([1], [0, 1], ["x"], []):
        assert not _accepted(one, lambda data, kept=kept: data["proofs"][0]["facts"][0][1].__setitem__("marginal", kept))
    for k in (0, 1):
        assert not _accepted(one, lambda data, k=k: data["proofs"][0]["facts"][0][1]["laws"][k]["fold"].__setitem__(1, m))
        assert not _accepted(one, lambda data, k=k: data["proofs"][0]["facts"][0][1]["laws"][k]["fold"].__setitem__(0, {"law": "R"}))
    assert not _accepted(one, lambda data: data["statement"].__setitem__("arities", {"P": 2, "Q": 2}))

    shannon = prove("JSD(P^n,Q^n) <= n*JSD(P,Q)").certificate
    assert shannon is not None
    for weight, other in (("1/3", "2/3"), ("0", "1")):
        for k in (0, 1):

            def bend(data: Any, k: int = k, weights: Any = (weight, other)) -> None:
                law = data["proofs"][0]["facts"][0][1]["laws"][k]
                for part, w in zip((law if k == 0 else law["fold"][0])["mix"], weights):
                    part[0] = w

            assert not _accepted(shannon, bend)

    broken = prove("D(P^n||Q^n) = n^2*D(P||Q)").certificate
    assert broken is not None
    for bad_number in ("1/2", "0", "-1", "13"):
        assert not _accepted(broken, lambda data, bad_number=bad_number: data["proofs"][0]["parameters"].__setitem__("n", bad_number))


def test_what_the_checker_takes_measures_of_draws_for() -> None:
    """Expected logarithms n times, integrals of powers to the n; a logarithm of a sum of such products is another integral."""
    scope = Scope([], [], [], [], "", {})
    n, laws = {"parameter": "n"}, [{"law": "P"}, {"law": "Q"}]
    folds = [{"fold": [law, n]} for law in laws]
    number = scope.value(n)
    for head in ("KL", "Jeffreys", "CrossEntropy"):
        assert scope.measure(head, folds) == (number * scope.measure(head, laws)).expand()
    assert not scope.measure("TotalVariation", folds).free_symbols & {number, *scope.measure("TotalVariation", laws).free_symbols}
    assert scope.measure("JensenShannon", folds) != (number * scope.measure("JensenShannon", laws)).expand()
    with pytest.raises(Rejected):
        scope.measure("KL", [folds[0], laws[1]])
    with pytest.raises(Rejected):
        scope.density({"times": [folds[0], folds[1]]})


def test_integrals_of_draws() -> None:
    x, n, m = Symbol("x"), Symbol("n", positive=True), Symbol("m", positive=True)
    f, g = (Function(name, positive=True) for name in "fg")
    zero = Symbol("0")
    assert of_draws(f(x) ** n * log(g(x))) == [(f(zero) * log(g(zero)), 1), (f(zero), n - 1)]
    for product in (f(x) ** n * g(x), f(x) ** n * g(x) ** m, f(x) ** (n**2), f(x) ** n * log(f(x) ** n + 1), f(x) ** n * log(f(x)) ** 2, f(x) * g(x)):
        assert of_draws(product) == [(product, 1)]
    assert drawn("P", Rational(3)) == ["P", "P", "P"]
    for bad in (Rational(0), Rational(-1), Rational(1, 2), Rational(13)):
        with pytest.raises(Rejected):
            drawn("P", bad)


def test_what_is_not_read() -> None:
    with pytest.raises(ParseError, match="exponent"):
        read_statement("TV(P,Q)^n <= 1")
    for claim in ("D(P^n||R) <= 1", "D(P^m||Q^n) <= 1"):
        with pytest.raises(DomainError, match="different spaces"):
            prove(claim)


@pytest.mark.parametrize("claim", ["TV(P1*P2,Q1*Q2) >= TV(P2,Q2)", "TV(P1*P2,Q1*Q2) >= max(TV(P1,Q1),TV(P2,Q2))", "JSD(P1*P2*P3,Q1*Q2*Q3) >= JSD(P2*P3,Q2*Q3)"])
def test_any_factors_of_products_may_be_kept(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_proved, verdict.reason


def test_expectations_of_draws_have_names() -> None:
    verdict = prove("D(1/2*P^n + 1/2*Q^n || (1/2*P + 1/2*Q)^n) + JSD(P^n,Q^n) = n*JSD(P,Q)")
    assert "(1/2 P^n + 1/2 Q^n)" in "".join(map(str, verdict.steps)).replace("p^n", "P^n").replace("q^n", "Q^n")
    assert "^{n}" in render(verdict, "latex")
