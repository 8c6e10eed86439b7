"""Derivations of tables with very many outcomes: the time grows with their number, and the checker takes every entry."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from sympy import Rational, log

from symkl import KL, Entropy, Finite, derive, kl
from symkl.exact.logsum import LogSum


def table(size: int, key: Any) -> Finite:
    total = size * (size + 1) // 2
    return Finite({key(i): Rational((7 * i) % size + 1, total) for i in range(size)})


@pytest.mark.parametrize("key", [lambda i: i, lambda i: f"word {i}"], ids=["numbers", "texts"])
def test_the_derivation_is_the_value_and_is_checked(key: Any) -> None:
    P, Q = table(151, key), Finite({key(i): Rational(1, 151) for i in range(151)})
    derivation = derive(KL(P, Q))
    assert LogSum.from_sympy(derivation.result) == LogSum.from_sympy(kl(P, Q).as_expr())
    assert derivation.check().is_proved
    assert derive(Entropy(P)).check().is_proved


def test_a_wrong_entry_is_caught() -> None:
    P, Q = table(151, int), table(151, lambda i: 150 - i)
    derivation = derive(KL(P, Q))
    last = derivation.steps[-1]
    wrong = derivation.result + log(2) / 10**9
    planted = replace(derivation, result=wrong, steps=(*derivation.steps[:-1], replace(last, after=wrong)))
    assert not planted.check().is_proved


def test_a_thousand_outcomes_take_seconds() -> None:
    start = time.process_time()
    assert derive(KL(table(1009, int), table(1009, lambda i: 1008 - i))).status == "closed"
    assert time.process_time() - start < 30
