"""The limit of computing time, and what is raised within Arb's quadrature."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sympy import Rational

from symkl import KL, DomainError, Gamma, Normal, TotalVariation, Undecided, evaluate
from symkl.exact import evaluation, work

flint = pytest.importorskip("flint")

SLOW = TotalVariation(Gamma(7, 1), Gamma(Rational(71, 10), 2))


def test_a_limit_is_kept_and_told() -> None:
    begun = time.thread_time()
    with pytest.raises(Undecided) as refusal:
        evaluate(SLOW, 200, seconds=0.1)
    assert time.thread_time() - begun < 3
    for part in (str(SLOW), "200 digits", "0.1 s of computing time", "seconds=", "fewer digits"):
        assert part in str(refusal.value)


def test_what_was_reached_is_told() -> None:
    found = work.Work(0, 0)
    assert "no integral or sum of it was enclosed yet" in str(work.without_answer("KL", 50, 2, found))
    found.right_bits, found.wanted_bits, found.working_bits = 70, 180, 256
    assert "21 digits of 54 were right in the last integral or sum, with 256 bits" in str(work.without_answer("KL", 50, 2, found))


def test_a_limit_is_no_other_answer() -> None:
    head = KL(Normal(0, 1), Normal(1, 2))
    assert str(evaluate(head, 30, seconds=None)) == str(evaluate(head, 30, seconds=1000)) == str(evaluate(head, 30))
    with work.limited(None):
        work.checkpoint()


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_limit_is_positive(seconds: float) -> None:
    with pytest.raises(DomainError, match="positive"):
        evaluate(KL(Normal(0, 1), Normal(1, 2)), seconds=seconds)


def test_an_inner_limit_is_the_outer_one() -> None:
    with work.limited(1e-9) as outer, work.limited(1000) as inner:
        assert inner is outer
        with pytest.raises(work.TimeUp):
            for _ in range(3):
                time.sleep(0.01)
                sum(range(100_000))
                work.checkpoint()


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, work.TimeUp])
def test_what_an_integrand_raises_is_raised(error: type[BaseException]) -> None:
    calls = []

    def f(z: Any, analytic: bool) -> Any:
        calls.append(z)
        if len(calls) == 5:
            raise error
        return 1 / (1 + z * z)

    with pytest.raises(error):
        work.integral(f, flint.acb(-50), flint.acb(50))
    assert len(calls) == 5


def test_an_integral_is_that_of_arb() -> None:
    found = work.integral(lambda z, analytic: 1 / (1 + z * z), flint.acb(-1), flint.acb(1))
    assert found.overlaps(flint.acb.pi() / 2) and found.rel_accuracy_bits() > 40


def test_a_slice_ends_before_the_limit() -> None:
    def busy(seconds: float) -> None:
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            work.checkpoint()

    with work.limited(5) as whole:
        with pytest.raises(work.SliceUp), work.sliced(0.05):
            busy(1)
        assert whole is not None and whole.end > time.thread_time() + 3
        busy(0.1)
    with work.limited(0.05), pytest.raises(work.TimeUp), work.sliced(2):
        busy(1)
    with pytest.raises(work.SliceUp), work.sliced(0.05):
        busy(1)
    work.checkpoint()


def test_what_takes_long_by_the_definition_is_left_for_the_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = []

    def endless(head: Any, digits: int) -> Any:
        ways.append("definition")
        while True:
            work.checkpoint()

    monkeypatch.setattr(evaluation, "FIRST_SECONDS", 0.05)
    monkeypatch.setattr(evaluation, "_by_definition", endless)
    assert str(evaluate(KL(Normal(0, 1), Normal(1, 2)), 10)) == "0.4431471806" and ways == ["definition"]

    def unknown(head: Any, digits: int) -> Any:
        raise Undecided("there is no other way")

    # However long SymPy would look for one.
    for other in ("_by_closed_form", "by_affinity"):
        monkeypatch.setattr(evaluation, other, unknown)
    with pytest.raises(Undecided, match="computing time"):
        evaluate(TotalVariation(Normal(0, 1), Gamma(2, 1)), 10, seconds=0.3)
    assert ways == ["definition"] * 3


def test_a_closed_form_that_takes_long_is_left_for_the_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = []

    def endless(head: Any, digits: int) -> Any:
        ways.append("closed form")
        while True:
            work.checkpoint()

    monkeypatch.setattr(evaluation, "SECONDS_OF_CLOSED", 0.05)
    monkeypatch.setattr(evaluation, "_by_closed_form", endless)
    assert str(evaluate(KL(Normal(0, 1), Normal(1000, 2)), 10)).startswith("125000.3181") and ways == ["closed form"]


def test_ways_are_taken_up_again_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = []

    def endless(name: str) -> Any:
        def way(head: Any, digits: int) -> Any:
            ways.append(name)
            while True:
                work.checkpoint()

        return way

    monkeypatch.setattr(evaluation, "SECONDS_OF_CLOSED", 0.02)
    monkeypatch.setattr(evaluation, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(evaluation, "_by_closed_form", endless("closed form"))
    monkeypatch.setattr(evaluation, "_by_definition", endless("definition"))
    with pytest.raises(Undecided, match="computing time"):
        evaluate(KL(Normal(0, 1), Normal(1000, 2)), 10, seconds=0.3)
    assert ways[:4] == ["closed form", "definition", "definition", "closed form"]
