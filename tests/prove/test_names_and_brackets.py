"""Names that stand for two things, the brackets of proofs, and numbers that no certificate needs."""

from __future__ import annotations

import json
import time

import pytest
from sympy import Symbol

from symkl.core.certificates import sealed
from symkl.errors import ParseError
from symkl.prove import prove
from symkl.prove.checker import check_certificate
from symkl.prove.divergence.calculus import poly
from symkl.prove.divergence.narrative import sign_chain


@pytest.mark.parametrize("claim", ["D(X||Q) >= I(X;Y)", "I(X;Y) <= D(X||Q)", "D(Q||Y) >= H(X|Y)", "TV(X,Q) <= H(X,Y) - H(X|Y) - H(Y|X)"])
def test_a_name_is_of_a_law_or_of_a_variable(claim: str) -> None:
    with pytest.raises(ParseError, match="stands for a law and for a random variable"):
        prove(claim)


def test_a_hypothesis_counts_too() -> None:
    with pytest.raises(ParseError, match="X stands for"):
        prove("D(X||Q) >= 0", given=["X _||_ Y"])


@pytest.mark.parametrize("claim", ["I(X;Y) = D(P(X,Y)||P(X)*P(Y))", "D(X||Q) = H(X||Q) - H(X)", "D(P||Q) >= 0"])
def test_laws_of_named_coordinates_are_none_of_it(claim: str) -> None:
    assert prove(claim).is_proved


def test_factors_stand_in_brackets() -> None:
    function = {(): (poly(1), poly(1))}
    steps = sign_chain(function, [{"scale": [["1", "1"], ["1"]]}, {"scale": [["1"], ["0", "1"]]}, {"scale": [["2"], ["1"]]}], Symbol("t", positive=True), "f")
    told = [step.text for step in steps]
    assert "f_1 = (t + 1) f," in told[0] and "f_2 = (1/t) f_1," in told[1] and "f_3 = 2 f_2," in told[2]
    assert r"\left(t + 1\right)\,f" in steps[0].tex


@pytest.mark.parametrize("number", ["1e9999999", "-1E+9999999", " 1e99999999", "1.5e-9999999", "1e9_999_999"])
def test_absurd_numbers_are_refused_at_once(number: str) -> None:
    original = prove("D(P||Q) >= 0").certificate
    assert original is not None
    ((kind, ((_, fact),)),) = original["proofs"][0].items()
    start = time.monotonic()
    taken, message = check_certificate(json.dumps(sealed("proved", original["statement"], [{kind: [[number, fact]]}])))
    assert not taken and "absurd" in message and time.monotonic() - start < 1


@pytest.mark.parametrize("claim", ["pi > 3", "D(P||Q) >= pi", "D(P||Q) >= -pi*TV(P,Q)"])
def test_constants_are_no_parameters(claim: str) -> None:
    with pytest.raises(ParseError, match="is the number"):
        prove(claim)


@pytest.mark.parametrize("claim", ["D(pi||Q) >= 0", "D(e||Q) >= 0", "exp(1) > 2"])
def test_constants_may_name_laws(claim: str) -> None:
    assert prove(claim).is_proved
