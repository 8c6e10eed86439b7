"""Certificates draw points for every kind of parameter, and refute what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Rational

from symkl import KL, Bernoulli, BetaBinomial, Categorical, Finite, derive


@pytest.mark.parametrize(("first", "second"), [(Categorical, Categorical), (Categorical, Bernoulli), (Finite, Finite), (BetaBinomial, Finite)])
def test_lists_of_probabilities_are_drawn_as_such(first: type, second: type) -> None:
    verdict = derive(KL(first, second)).certify(30, points=2)
    assert verdict.is_proved, verdict.reason


def test_planted_error_in_a_sum_over_indexed_probabilities() -> None:
    derivation = derive(KL(Categorical, Categorical))
    for wrong in (-derivation.result, derivation.result + Rational(1, 10**9)):
        assert replace(derivation, result=wrong).certify(30, points=2).is_refuted
