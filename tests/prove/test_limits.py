"""What may run away is ended, and what is not is handed back as it is."""

from __future__ import annotations

import time

import pytest

from symkl.cli.laws import read_relation
from symkl.errors import DomainError
from symkl.prove import concrete, limits, prove
from symkl.prove.limits import TimeUp, in_time


def _for_ever() -> int:
    while True:
        pass


def _fails() -> int:
    raise DomainError("no law")


def test_values_and_errors_come_back() -> None:
    assert in_time(lambda: 7) == 7
    assert in_time(lambda: "x" * 300_000) == "x" * 300_000  # more than a pipe holds
    with pytest.raises(DomainError, match="no law"):
        in_time(_fails)


def test_what_runs_away_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(TimeUp):
        in_time(_for_ever, 0.2)
    with pytest.raises(TimeUp):
        in_time(lambda: time.sleep(60), 0.2)
    assert time.monotonic() - start < 20


def test_a_claim_that_takes_too_long_is_unknown_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concrete, "in_time", lambda compute: limits.in_time(compute, 0.5))
    monkeypatch.setattr(concrete, "_witness", lambda *_: _for_ever())
    verdict = prove(read_relation("H(Gamma(a,1)) <= log(a) + 9/10"))
    assert verdict.is_unknown and "the limit" in str(verdict.reason)
