"""log a − log b as one quantity: in denominators and under logarithms it stays together, and the value is kept."""

from __future__ import annotations

import pytest
from sympy import Expr, hyper, log, symbols

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
