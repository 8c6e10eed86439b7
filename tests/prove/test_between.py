"""Claims about families by inequalities between measures, and by the signs of the parts of a rational difference."""

from __future__ import annotations

import json

import pytest
from sympy import Symbol

from symkl.cli.laws import read_expression
from symkl.prove import prove
from symkl.prove.between import LEMMAS, Lemma
from symkl.prove.closed_certificate import recheck

CLAIMS = [
    ("TV(Normal(m,s),Normal(n,s)) <= abs(m-n)/(2*s)", []),
    ("TV(Exponential(a),Exponential(b)) <= abs(a-b)/max(a,b)", []),
    ("TV(Exponential(a),Exponential(b)) <= abs(a-b)/(a+b)", []),
    ("TV(Poisson(a),Poisson(b)) <= abs(sqrt(a)-sqrt(b))", []),
    ("TV(Poisson(a),Poisson(b)) <= abs(a-b)/sqrt(2*b)", []),
    ("sqrt(D(Exponential(a)||Exponential(b))) <= abs(a-b)/sqrt(a*b)", []),
    ("JSD(Normal(m,s),Normal(n,s)) <= (m-n)^2/(8*s^2)", []),
    ("J(Normal(m,s),Normal(n,t)) >= (m-n)^2/(s*t)", []),
    ("H(Poisson(a)) <= (1+a)*log(1+a) - a*log(a)", []),
    ("H(Gamma(a,a/m)) <= 1 + log(m)", []),
    ("H(Finite([p,p,1-2*p])) <= log(3)", ["0 < p", "p < 1/2"]),
]
FALSE = [
    ("TV(Poisson(a),Poisson(b)) < abs(a-b)/sqrt(2*b)", []),
    ("sqrt(D(Exponential(a)||Exponential(b))) <= 0.999999999*abs(a-b)/sqrt(a*b)", []),
    ("sqrt(D(Poisson(a)||Poisson(b))) <= (a-b)/sqrt(b)", []),
    ("JSD(Normal(m,s),Normal(n,s)) <= (1 - 1e-9)*(m-n)^2/(8*s^2)", []),
    ("TV(Exponential(a),Exponential(b)) <= abs(a-b)/(3*max(a,b))", []),
    ("J(Normal(m,s),Normal(n,t)) >= (1 + 1e-9)*(m-n)^2/(s*t)", []),
    ("D(Bernoulli(2*p)||Bernoulli(p)) <= p", ["0 < p", "p < 1/2"]),
    ("H(Gamma(a,a/m)) <= 1 + log(m) - 1e-9", []),
    ("TV(Poisson(a),Poisson(b)) >= 1 - exp(-(sqrt(a)-sqrt(b))^2)", []),
]


@pytest.mark.parametrize("lemma", LEMMAS, ids=[each.text for each in LEMMAS])
def test_every_inequality_between_measures_is_a_theorem(lemma: Lemma) -> None:
    verdict = prove(lemma.text)
    assert verdict.is_proved and verdict.certificate is not None


@pytest.mark.parametrize("lemma", LEMMAS, ids=[each.text for each in LEMMAS])
def test_the_bound_that_is_put_in_is_the_one_of_the_text(lemma: Lemma) -> None:
    from symkl.families import Exponential

    P, Q = Exponential(Symbol("a")), Exponential(Symbol("b"))
    text = lemma.text.replace("P", "Exponential(a)").replace("Q", "Exponential(b)")
    left, right = text.split("<=" if lemma.below else ">=")
    symbols = {"a": Symbol("a"), "b": Symbol("b")}
    assert read_expression(left, symbols) == lemma.measure(P, Q)
    assert read_expression(right, symbols) == lemma.bound(P, Q)


@pytest.mark.parametrize(("claim", "given", "status"), [(*each, "proved") for each in CLAIMS] + [(*each, "refuted") for each in FALSE])
def test_claims_about_families_by_bounds(claim: str, given: list[str], status: str) -> None:
    verdict = prove(claim, given=given)
    assert verdict.status == status, verdict.reason
    symbols: dict[str, Symbol] = {}
    assert recheck(json.loads(json.dumps(verdict.certificate)), lambda text: read_expression(text, symbols))[0]
