"""Entropies below those of the laws of largest entropy, divergences of discrete laws, and expressions as parameters in which terms meet again."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from sympy import Symbol, log, sqrt

from symkl import Beta, Exponential, Normal, Uniform
from symkl.cli.laws import read_expression, read_relation
from symkl.core.certificates import digest
from symkl.core.heads import CrossEntropy, Entropy
from symkl.form.facts import Facts
from symkl.prove import prove
from symkl.prove.closed_certificate import recheck
from symkl.prove.gibbs import weakened

PROVED = (
    ("D(Bernoulli(1/a)||Bernoulli(1/2)) <= log(2)", []),
    ("D(Zipf(s,n)||DiscreteUniform(1,n)) <= log(n)", []),
    ("H(Beta(a,b)) <= 0", []),
    ("H(Gamma(k,r)) <= 1/2*log(2*pi*k/r^2) + 1/2", []),
    ("H(Gamma(k,r)) <= 1 - log(r) + log(k)", []),
    ("H(StudentT(nu)) <= 1/2*log(2*pi*nu/(nu-2)) + 1/2", ["nu > 2"]),
    ("H(Bernoulli(p)) = H(Bernoulli(1-p))", []),
    ("D(Bernoulli(p)||Bernoulli(q)) = D(Bernoulli(1-p)||Bernoulli(1-q))", []),
)
NOT_PROVED = (
    ("H(Beta(a,b)) <= -1e-9", []),
    ("H(Bernoulli(p)) = H(Bernoulli(1-p)) + 1e-9", []),
    ("D(Exponential(a)||Exponential(b)) <= log(2)", []),
    ("H(Uniform(0,a)) >= 0", []),
)


def rechecked(data: Any) -> bool:
    symbols: dict[str, Symbol] = {}
    return recheck(data, lambda text: read_expression(text, symbols))[0]


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_true_claims_are_proved(claim: str, given: list[str]) -> None:
    verdict = prove(read_relation(claim), given)
    assert verdict.is_proved, verdict.reason
    assert rechecked(json.loads(json.dumps(verdict.certificate)))


@pytest.mark.parametrize(("claim", "given"), NOT_PROVED)
def test_false_claims_are_refuted(claim: str, given: list[str]) -> None:
    assert prove(read_relation(claim), given).is_refuted


def test_a_closed_form_that_is_bent_is_rejected() -> None:
    certificate = prove(read_relation("H(Beta(a,b)) <= 0")).certificate
    assert certificate is not None
    ((head, value),) = certificate["proofs"][0]["values"]
    assert value == "0"
    for bent in ([head, "-1"], ["H(Beta(a, b))", value]):
        tampered = copy.deepcopy(certificate)
        tampered["proofs"][0]["values"] = [bent]
        tampered["digest"] = digest(tampered)
        assert not rechecked(tampered)


def test_what_is_put_in_the_place_of_an_entropy() -> None:
    """Only on the smaller side, with a number before it, and never a law for itself."""
    a, b, s = (Symbol(name, positive=True) for name in "abs")
    law = Beta(a, b)
    assert [str(claim) for claim, _ in weakened(Entropy(law) <= 1, Facts())] == [str(CrossEntropy(law, Uniform(0, 1)) <= 1)]
    assert not [*weakened(Entropy(law) >= 1, Facts())]
    assert not [*weakened(s * Entropy(law) <= 1, Facts())]
    assert not [*weakened(Entropy(Uniform(0, a)) <= log(a), Facts())]
    laws = [claim.lhs.laws[1] for claim, _ in weakened(Entropy(Exponential(a)) <= 1, Facts())]
    assert laws == [Normal(1 / a, sqrt(1 / a**2))]
