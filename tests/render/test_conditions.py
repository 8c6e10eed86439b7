"""Conditions for a reader: solved for their symbol, and none that follows from the others."""

from __future__ import annotations

import pytest
from sympy import Symbol, beta, log

from symkl.render.conditions import shown_conditions
from symkl.render.text import TextPrinter

a, b, p = (Symbol(name) for name in "abp")


@pytest.mark.parametrize(
    ("conditions", "shown"),
    [
        ([p > 0, 1 - p > 0], "0 < p < 1"),
        ([3 - 2 * p >= 0, p > 0], "0 < p <= 3/2"),
        ([a > 0, b > 0, beta(a, b) > 0], "a > 0, b > 0"),
        ([beta(a, b) > 0], "beta(a, b) > 0"),
        ([a > 0, b > 0, a - b > 0], "a > 0, b > 0, a - b > 0"),
        ([a > 0, log(a) > 0], "a > 0, log(a) > 0"),
    ],
)
def test_shown(conditions: list[object], shown: str) -> None:
    assert shown_conditions(conditions, TextPrinter()) == shown  # type: ignore[arg-type]
