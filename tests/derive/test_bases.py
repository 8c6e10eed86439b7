"""In another base: the form in nats, as a whole, over log(base)."""

from __future__ import annotations

import pytest
from sympy import E, Piecewise, Rational, Symbol, log, oo, symbols

from symkl.core.heads import KL, Entropy
from symkl.derive import derive, entropy, kl
from symkl.families import Bernoulli, Binomial, Cauchy, Finite, Gamma, Normal, Pareto, Poisson, Uniform, Weibull
from symkl.render import render


@pytest.mark.parametrize(("P", "Q"), [(Normal, Normal), (Gamma, Gamma), (Weibull, Gamma), (Bernoulli, Bernoulli), (Poisson, Poisson), (Cauchy, Cauchy)])
@pytest.mark.parametrize("base", [2, 10, Symbol("b", positive=True)], ids=str)
def test_a_closed_form_in_a_base_is_the_one_in_nats_over_its_logarithm(P: type, Q: type, base: object) -> None:
    derivation = derive(KL(P, Q, base=base))
    assert derivation.result == kl(P, Q) / log(base)
    assert derivation.check().is_proved


def test_print() -> None:
    assert render(derive(KL(Normal, Normal, base=2)).result) == "(log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2*sigma_2^2) - 1/2)/log(2)"


def test_branches_are_divided_one_by_one() -> None:
    nats, bits = kl(Pareto, Pareto), kl(Pareto, Pareto, base=2)
    assert isinstance(bits, Piecewise)
    assert bits.args[0][0] == nats.args[0][0] / log(2)
    assert bits.args[-1][0] == oo
    assert derive(KL(Binomial, Binomial, base=10)).check().is_proved


def test_numbers_are_taken_as_a_whole() -> None:
    assert entropy(Finite([Rational(1, 2), Rational(1, 2)]), base=2) == 1
    assert entropy(Bernoulli(Rational(1, 4)), base=2) == 2 - 3 * log(3) / (4 * log(2))
    a = symbols("a", positive=True)
    assert entropy(Uniform(0, 8), base=2) == 3
    assert entropy(Uniform(0, a), base=2) == log(a) / log(2)
    assert derive(Entropy(Uniform(0, a), base=E)).result == log(a)
