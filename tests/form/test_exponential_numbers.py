"""Numbers e^q in sums: polynomials in e are not shown by their factors, and cancel."""

from __future__ import annotations

import pytest
from sympy import Expr, S, exp, log

from symkl.form.textbook import textbook

E = exp(1)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (log(E**3 - 1) - log(E - 1) - log(E**2 + E + 1), S.Zero),
        (log(E**6 - 1) - log(E**3 - 1), log(E**3 + 1)),
        (log(1 - exp(-12)) + 12, log(exp(12) - 1)),
        (1 / (1 - exp(-12)), exp(12) / (exp(12) - 1)),
        (1 / ((E - 1) * (E + 1)), 1 / (E**2 - 1)),
    ],
)
def test_polynomials_in_e(given: Expr, shown: Expr) -> None:
    assert textbook(given) == shown
