"""Claims about entropies with numbers: false ones are refuted by products of independent sources whose entropies are tuned."""

from __future__ import annotations

from fractions import Fraction
from math import log

import pytest

from symkl.prove import check, prove
from symkl.prove.shannon.sources import masses_of

CHAIN = ["T -> X -> Y", "I(X;T|Y) <= 1/8"]
FALSE = [
    ("H(X) <= 1.9", ["H(X|Y) <= 1/2", "H(Y) <= 3/2"]),
    ("H(X) <= 1.3", ["H(X|Y) <= 1/2", "H(Y) <= 1"]),
    ("H(X) <= log(2)", ["H(X|Y) <= 1/2", "H(Y) <= log(2)"]),
    ("H(X) <= 1.4999", ["H(Y) <= 1", "H(Z) <= 1/2", "X : Y,Z"]),
    ("H(X,Y) <= 3/2", ["H(X) <= 1", "H(Y) <= 1"]),
    ("I(X;T) <= 1/4", [*CHAIN, "I(T;Y) <= 0.13"]),
    ("I(X;Y) >= 0.4 + 1/10^9", ["H(X) >= 1", "H(Y) >= 1", "H(X,Y) <= 1.6"]),
    ("H(X) <= H(Y) + 1/10 - 1/10^9", ["H(X|Y) <= 1/10"]),
    ("H(X) <= 3/2 - 1/10^9", ["H(X|Y) <= 1/2", "H(Y) <= 1"]),
    ("H(X,Y,Z) <= 3 - 1/10^9", ["H(X,Y) <= 2", "H(Y,Z) <= 2", "H(X,Z) <= 2"]),
    ("H(X) <= 5", ["H(X|Y) <= 3", "H(Y) <= 3"]),
    # No product of sources tells more of a pair than of each: the sum of a fair bit and a tuned one does.
    ("I(X;Y|Z) <= 69/100", ["I(X;Y) <= 1/100", "H(Z) <= 0.69"]),
]
TRUE = [
    ("H(X) <= 3/2", ["H(X|Y) <= 1/2", "H(Y) <= 1"]),
    ("H(X) <= 3/2", ["H(Y) <= 1", "H(Z) <= 1/2", "X : Y,Z"]),
    ("I(X;T) <= 1/4", [*CHAIN, "I(T;Y) <= 1/8"]),
    ("H(X) <= H(Y) + 1/10", ["H(X|Y) <= 1/10"]),
    ("H(X,Y,Z) <= 3", ["H(X,Y) <= 2", "H(Y,Z) <= 2", "H(X,Z) <= 2"]),
    ("I(X;Y|Z) <= 7/10", ["I(X;Y) <= 1/100", "H(Z) <= 0.69"]),
]


@pytest.mark.parametrize(("claim", "given"), FALSE)
def test_false_claims_are_refuted_by_tuned_sources(claim: str, given: list[str]) -> None:
    verdict = prove(claim, given=given)
    assert verdict.is_refuted
    assert check(verdict.certificate).is_proved


@pytest.mark.parametrize(("claim", "given"), TRUE)
def test_their_true_twins_are_proved(claim: str, given: list[str]) -> None:
    assert prove(claim, given=given).is_proved


def test_no_finite_law_with_rational_masses_has_the_entropy_one() -> None:
    assert prove("H(X,Y) <= 1.9", given=["H(X) = 1", "H(Y) = 1"]).is_unknown


@pytest.mark.parametrize("entropy", [1e-9, 0.1, 0.5, 1.0, 3.0])
def test_laws_next_below_and_above_an_entropy(entropy: float) -> None:
    values = [-sum(m * log(m) for m in map(float, masses)) for masses in masses_of(entropy)]
    assert values[0] <= entropy <= values[1]
    assert values[1] - values[0] < 1e-11
    assert all(sum(masses) == 1 and min(masses) > 0 for masses in masses_of(entropy))


def test_even_laws_are_met_just() -> None:
    assert masses_of(log(3)) == ((Fraction(1, 3),) * 3,) * 2
