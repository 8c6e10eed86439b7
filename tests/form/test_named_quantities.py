"""Quantities that an author would name: a log-ratio, one root, one beta function, elementary special functions."""

from __future__ import annotations

import pytest
from sympy import Expr, Symbol, besselk, gamma, hyper, log, loggamma, polygamma, sqrt, symbols

from symkl.form.fact_factors import with_factors
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero

a, b, p, q, k = symbols("a b p q k", positive=True)
x = Symbol("x", real=True)
FACTS = Facts.of([p < 1, 2 * q < 1, b > a])
ratio = log(p) - log(1 - p)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ((p * log(p) - p * log(1 - p)) / ratio + 3 / ratio, "p + 3/log(p/(1 - p))"),
        (log(log(b) - log(a)), "log(log(b/a))"),
        (1 / (log(b) - log(a)), "1/log(b/a)"),
        (log(1 - p) / (-log(1 - p) * p), "-1/p"),
        (sqrt(1 - 2 * q) * sqrt(1 + 2 * q), "sqrt(1 - 4*q**2)"),
        (b * gamma(b) * gamma(1 + 1 / a) / gamma(b + 1 + 1 / a), "b*beta(1 + 1/a, b)"),
        (hyper((1, 1, 3), (2, 4), p), "-3/(4*p) - 3/(2*p**2) - 3*(1 - p**(-2))*log(1 - p)/(2*p)"),
        (besselk(-1 / sqrt(4), a) / besselk(1 / sqrt(4), a), "1"),
    ],
    ids=str,
)
def test_presentation(raw: Expr, shown: str) -> None:
    form = textbook(raw, FACTS)
    point = {a: 2, b: 3, p: 0.3, q: 0.2}
    assert abs((raw - form).subs(point).evalf(20)) < 1e-12
    assert str(form) == shown or raw.has(hyper)
    assert not form.has(hyper, besselk)


def test_the_argument_of_a_function_without_a_rule_is_in_normal_form() -> None:
    F = hyper((1, 1), (2, 2), log(p / (1 - p))) - hyper((1, 1), (2, 2), ratio)
    assert is_zero(F, FACTS) is True
    assert is_zero(hyper((1, 1), (2, 2), log(p)) - hyper((1, 1), (2, 2), ratio), FACTS) is not True


def test_what_a_product_says_of_its_factors() -> None:
    assert with_factors(Facts.of([k - k * p > 0])).is_positive(1 - p) is True
    assert with_factors(Facts.of([x - x * p > 0])).is_positive(1 - p) is None
    assert with_factors(Facts.of([k * p - k > 0])).is_positive(p - 1) is True


def test_results_in_expressions_are_arranged_again() -> None:
    from symkl import KL, Beta, derive

    found = derive(KL(Beta(mean=p, concentration=k), Beta(mean=q, concentration=k)))
    assert found.check().is_proved
    assert not any(each.args[1] == k or each.args[1].expand() == k for each in found.result.atoms(polygamma))
    assert found.result.count_ops() <= 24 and found.result.has(loggamma)
