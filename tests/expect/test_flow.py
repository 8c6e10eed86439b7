"""Moments along curves of two parameters: laws with a special function in the density, against the definition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sympy import Rational, Symbol, exp, symbols

from symkl import CrossEntropy, ExGaussian, Gumbel, Moyal, Normal, Rice, Skellam, SkewNormal, derive, evaluate, expectation
from symkl.core.heads import Expectation
from symkl.derive.check import check_steps

a, b, s = symbols("a b s", positive=True)
m, alpha = symbols("m alpha", real=True)


@pytest.mark.parametrize(
    ("law", "f", "value"),
    [
        (Rice(a, s), lambda x: x**2, a**2 + 2 * s**2),
        (Rice(1, 2), lambda x: x**4, 1 + 8 * 4 + 8 * 16),
        (Skellam(a, b), lambda x: x, a - b),
        (Skellam(a, b), lambda x: x**2, a + b + (a - b) ** 2),
        (SkewNormal(m, s, alpha), lambda x: (x - m) ** 2, s**2),
        (ExGaussian(m, s, a), lambda x: x, m + 1 / a),
        (ExGaussian(m, s, a), lambda x: (x - m) ** 2, s**2 + 2 / a**2),
        (ExGaussian(m, s, a), lambda x: exp(-b * x), a / (a + b) * exp(b**2 * s**2 / 2 - b * m)),
    ],
    ids=lambda each: None if callable(each) and not hasattr(each, "args") else str(each),
)
def test_moments(law: Any, f: Any, value: Any) -> None:
    assert (expectation(f, law) - value).expand().simplify() == 0


@pytest.mark.parametrize(
    "head",
    [
        CrossEntropy(ExGaussian(1, 2, Rational(1, 3)), Gumbel(1, 3)),
        CrossEntropy(ExGaussian(1, 2, Rational(1, 3)), Normal(0, 2)),
        CrossEntropy(ExGaussian(1, 2, Rational(1, 3)), Moyal(0, 3)),
        CrossEntropy(SkewNormal(1, 2, 3), Normal(1, 2)),
    ],
    ids=str,
)
def test_closed_checked_and_right(head: Any) -> None:
    found = derive(head)
    assert found.status == "closed" and found.check().is_proved
    assert abs(found.result.evalf(20) - evaluate(head, 15).mid) < 1e-12


def test_a_wrong_curve_is_caught() -> None:
    x = Symbol("x", positive=True)
    found = derive(Expectation(x**2, x, Rice(a, s)))
    *before, step = [each for each in found.steps if each.kind != "algebra"]
    assert check_steps(found.head, [*before, step], step.after).is_proved
    ((eta, value),) = step.data["names"]
    for names in (((eta, 2 * value),), (), ((eta, -value),)):
        assert not check_steps(found.head, [*before, replace(step, data={**step.data, "names": names})], step.after).is_proved
    assert not check_steps(found.head, [*before, replace(step, data={**step.data, "rest": 2 * step.data["rest"]})], step.after).is_proved
