"""log a − log b as one quantity: in denominators and under logarithms it stays together, and the value is kept."""

from __future__ import annotations

import pytest
from sympy import Expr, Pow, Rational, hyper, log, meijerg, symbols

from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero

p, a, b, c = symbols("p a b c", positive=True)
FACTS = Facts.of([p < 1, b > a])
logit, ratio = log(p) - log(1 - p), log(b) - log(a)


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ((p * log(p) - p * log(1 - p) - 2 * p + 1) / logit, "p + (1 - 2*p)/log(p/(1 - p))"),
        ((log(p) ** 2 - 2 * log(p) * log(1 - p) + log(1 - p) ** 2) / logit, "log(p/(1 - p))"),
        (c * (log(b) ** 2 - log(a) ** 2) / ratio, "c*log(a*b)"),
        (log(c * ratio) + log(1 / (2 * log(b / a))), "log(c/2)"),
        (p * logit * hyper((1, 1), (2, 2), logit) / (2 * logit), "p*hyper((1, 1), (2, 2), log(p/(1 - p)))/2"),
    ],
)
def test_printed(raw: Expr, printed: str) -> None:
    assert str(textbook(raw, FACTS)) == printed


@pytest.mark.parametrize("change", [0, log(2), p])
def test_the_zero_test_sees_through_powers_of_a_ratio(change: Expr) -> None:
    long = (p * log(p) ** 2 - 2 * p * log(p) * log(1 - p) + p * log(1 - p) ** 2) / logit**2 + change
    assert is_zero(long - p, FACTS) is (change == 0)


def test_powers_of_a_ratio_stay_together() -> None:
    """p^c (1 − p)^{−c} beside log p − log(1 − p) is one power; in the arguments of functions the ratio is seen too."""
    shown = textbook((p**c * (1 - p) ** (-c) + c) / logit + hyper((1, 1), (2, 2), c * logit * (1 + 1 / c)) / logit, FACTS)
    assert (p / (1 - p)) ** c in shown.atoms(Pow)
    assert shown.atoms(hyper) == {hyper((1, 1), (2, 2), (c + 1) * log(p / (1 - p)))}


@pytest.mark.parametrize("change", [0, Rational(1, 10**9), p])
def test_a_power_of_a_ratio_that_another_power_cancels_is_seen(change: Expr) -> None:
    assert is_zero((p**c * (1 - p) ** (-c) * (1 - p) ** c - p**c) / logit + change, FACTS) is (change == 0)


def test_parameters_of_a_meijer_function_stay() -> None:
    G = meijerg(((), (1, 1)), ((0, 0, c), ()), a * b / (2 * a))
    assert textbook(2 * G + G, FACTS) == 3 * G and textbook(G / logit, FACTS).atoms(meijerg) == {G}
