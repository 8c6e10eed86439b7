"""What is not defined is said not to be: oo − oo, 0·oo, expectations that do not exist, floats among exact arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import symbols

from symkl import KL, Cauchy, Normal, evaluate, expectation, jensen_shannon, renyi, tsallis
from symkl.cli.main import run
from symkl.errors import DomainError

x, s = symbols("x s")
P, Q = Normal(0, 1), Normal(1, 1)
INFINITE = "KL(Cauchy(0,1), Normal(0,1))"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{INFINITE}*0", "0*oo is not defined"),
        (f"{INFINITE} - {INFINITE}", "oo - oo is not defined"),
        (f"{INFINITE} - KL(Cauchy(0,1), Normal(1,1))", "oo - oo is not defined"),
        (f"{INFINITE}*KL(Normal(0,1), Normal(0,1))", "0*oo is not defined"),
        ("1/KL(Normal(0,1), Normal(0,1))", "division by zero"),
    ],
)
def test_values_that_are_not_defined(capsys: pytest.CaptureFixture[str], text: str, says: str) -> None:
    assert run(["eval", text]) != 0
    out, err = capsys.readouterr()
    assert not out and says in err


def test_a_finite_measure_may_cancel(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "KL(Normal(1,1), Normal(0,1))*0"]) == 0
    assert capsys.readouterr().out.strip() == "0"


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: renyi(P, Q, 0.7), "the order 0.7.* is a float"),
        (lambda: tsallis(P, Q, 0.5), "the order 0.5.* is a float"),
        (lambda: jensen_shannon(P, Q, weights=[0.5, 0.5]), "the weight 0.5.* is a float"),
        (lambda: expectation(x**2, Normal(x, s)), "x is a parameter of"),
        (lambda: expectation(1 / x, Normal(0, 1)), "does not exist"),
        (lambda: expectation(x, Cauchy(0, 1)), "does not exist"),
        (lambda: evaluate(KL(Cauchy(0, 1), P) - KL(Cauchy(0, 1), Q)), "not defined"),
    ],
)
def test_questions_without_an_answer(ask: Callable[[], Any], says: str) -> None:
    with pytest.raises(DomainError, match=says):
        ask()
