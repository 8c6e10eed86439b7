"""Strict claims about families: measures of laws whose parameters differ are positive, and of others not."""

from __future__ import annotations

import json

import pytest
from sympy import Symbol

from symkl.cli.laws import read_expression
from symkl.prove import prove
from symkl.prove.closed_certificate import recheck

TRUE = [
    ("D(Exponential(a)||Exponential(b)) > 0", "a < b"),
    ("D(Exponential(a)||Exponential(b)) != 0", "a < b"),
    ("D(Poisson(a)||Poisson(b)) > 0", "a < b"),
    ("0 < TV(Normal(m,s),Normal(n,s))", "m < n"),
    ("2*J(Bernoulli(p),Bernoulli(q)) > 0", "p < q"),
    ("D(Gamma(a,1)||Gamma(b,1)) > 0", "b < a"),
    ("D(Normal(m,s)||Normal(n,t)) > 0", "s < t"),
    ("D(Laplace(0,a)||Laplace(0,b)) > 0", "a < b"),
    ("D(Beta(a,b)||Beta(b,a)) > 0", "a < b"),
]
FALSE = [
    ("D(Exponential(a)||Exponential(b)) > 0", "a <= b"),
    ("TV(Normal(m,s),Normal(n,s)) > 0", "m <= n"),
    ("D(Exponential(a)||Exponential(b)) > 1/10^9", "a < b"),
    ("J(Bernoulli(p),Bernoulli(q)) - J(Bernoulli(q),Bernoulli(p)) > 0", "p < q"),
    ("D(Normal(m,s)||Normal(n,t)) > 0", "s <= t"),
]


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_laws_that_differ(claim: str, given: str) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_proved
    symbols = {name: Symbol(name) for name in ("a", "b", "m", "n", "p", "q", "s", "t")}
    assert recheck(json.loads(json.dumps(verdict.certificate)), lambda text: read_expression(text, symbols))[0]


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_laws_that_may_be_equal_or_near(claim: str, given: str) -> None:
    assert prove(claim, given=given).is_refuted
