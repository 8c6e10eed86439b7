"""The proof by derivatives: it confirms what the first derivation found, and does not confirm anything else."""

from __future__ import annotations

import pytest
from sympy import Piecewise, Rational, Symbol, log, oo, symbols

import symkl
from symkl.core import KL
from symkl.derive.measures import derive
from symkl.derive.second_proof import second_proof

SAME = ["Normal", "Exponential", "Gamma", "InverseGamma", "LogNormal", "Rayleigh", "HalfNormal", "Beta", "Weibull", "InverseGaussian", "VonMises"]
SAME += ["Bernoulli", "Poisson", "Geometric", "Zeta"]


@pytest.mark.parametrize("name", SAME)
def test_same_family(name: str) -> None:
    family = getattr(symkl, name)
    found = derive(KL(family, family))
    verdict = second_proof(found.head, found.result)
    assert verdict.is_proved, verdict
    assert len(verdict.steps) == 1 + len(family.parameters)


@pytest.mark.parametrize("name", ["Normal", "Gamma", "Beta", "Poisson"])
def test_wrong_results_are_refuted(name: str) -> None:
    family = getattr(symkl, name)
    found = derive(KL(family, family))
    P, Q = found.head.laws
    swapped = found.result.xreplace({**dict(zip(P.args, Q.args)), **dict(zip(Q.args, P.args))})
    tiny = Rational(1, 10**9)
    for wrong in (found.result + tiny, -found.result, found.result * (1 + tiny), swapped, found.result + tiny * (P.args[0] - Q.args[0])):
        assert second_proof(found.head, wrong).is_refuted, wrong


def test_base_and_plain_symbols() -> None:
    mu, nu, s, t = symbols("mu nu s t")
    found = derive(KL(symkl.Normal(mu, s), symkl.Normal(nu, t), base=2))
    assert second_proof(found.head, found.result).is_proved
    assert second_proof(found.head, found.result * log(2)).is_refuted


def test_some_parameters_may_be_shared() -> None:
    a, b, s = symbols("a b s", positive=True)
    found = derive(KL(symkl.Gamma(s, a), symkl.Gamma(s, b)))
    verdict = second_proof(found.head, found.result)
    assert verdict.is_proved and len(verdict.steps) == 2


def test_where_the_method_does_not_apply() -> None:
    for P, Q in ((symkl.Gamma, symkl.LogNormal), (symkl.Uniform, symkl.Uniform), (symkl.Pareto, symkl.Pareto)):
        found = derive(KL(P, Q))
        assert second_proof(found.head, found.result).is_unknown
    # scores that the engine has no closed mean for
    for family in (symkl.Cauchy, symkl.Laplace):
        found = derive(KL(family, family))
        assert not second_proof(found.head, found.result).is_refuted
    a = Symbol("a", positive=True)
    found = derive(KL(symkl.Exponential(a), symkl.Exponential(2 * a)))
    assert second_proof(found.head, found.result).is_unknown
    head = KL(symkl.Exponential, symkl.Exponential)
    value = derive(head).result
    lam = head.laws[1].args[0]
    # a finite branch that leaves P = Q out says nothing there
    assert second_proof(head, Piecewise((value, lam > head.laws[0].args[0]), (oo, True))).is_unknown
