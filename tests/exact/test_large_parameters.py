"""Sums at large parameters: as quick as at small ones, and right."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from sympy import Dummy, Integer, Rational, S, Symbol, exp, factorial, gamma, log, loggamma, polygamma

from symkl import KL, Binomial, Entropy, Hypergeometric, Logistic, Poisson
from symkl.cli.main import run
from symkl.core.laws import Law
from symkl.exact import evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import with_log_gammas, with_small_ratios
from symkl.exact.functions import FUNCTIONS
from symkl.exact.program import Program
from symkl.exact.surplus import Narrower

flint = pytest.importorskip("flint")


def entropy_by_ratios(ratio: Callable[[int], float], mode: int, most: int) -> float:
    """log Z − Σ w log w / Z with w(mode) = 1 and w(k + 1) = ratio(k) w(k): nothing large is ever formed."""
    total = moment = 0.0
    for step in (1, -1):
        weight, logarithm, k = 1.0, 0.0, mode
        while weight > 1e-25 and 0 <= k <= most:
            if step > 0 or k != mode:
                total += weight
                moment += weight * logarithm
            r = ratio(k) if step > 0 else 1 / ratio(k - 1) if k else 0.0
            weight, logarithm, k = weight * r, logarithm + math.log(r) if r else 0.0, k + step
    return math.log(total) - moment / total


@pytest.mark.parametrize(
    ("law", "ratio", "mode", "most"),
    [
        (Poisson(10**4), lambda k: 10**4 / (k + 1), 10**4, 10**9),
        (Poisson(10**6), lambda k: 10**6 / (k + 1), 10**6, 10**9),
        (Binomial(10**5, Rational(1, 3)), lambda k: (10**5 - k) / (k + 1) / 2, 33333, 10**5),
        (Binomial(10**6, Rational(1, 3)), lambda k: (10**6 - k) / (k + 1) / 2, 333333, 10**6),
        (Hypergeometric(10**6, 300000, 10), lambda k: (300000 - k) * (10 - k) / (k + 1) / (700000 - 10 + k + 1), 3, 10),
        (Hypergeometric(10**6, 300000, 1000), lambda k: (300000 - k) * (1000 - k) / (k + 1) / (700000 - 1000 + k + 1), 300, 1000),
    ],
    ids=lambda each: str(each) if isinstance(each, Law) else "",
)
def test_entropies(law: Law, ratio: Callable[[int], float], mode: int, most: int) -> None:
    found = evaluate(Entropy(law))
    assert found.is_rigorous
    assert float(found) == pytest.approx(entropy_by_ratios(ratio, mode, most), abs=1e-10)


def test_a_divergence_between_two_large_laws() -> None:
    # ½ (−log(1 − p) − p) as n → ∞, p = ½.
    assert float(evaluate(KL(Binomial(10**6, Rational(1, 2)), Poisson(500000)))) == pytest.approx((math.log(2) - 0.5) / 2, abs=1e-6)


def test_the_command_line_writes_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "Entropy(Hypergeometric(1000000,300000,10))"]) == 0
    assert capsys.readouterr().out.startswith("1.779074603680")


@pytest.mark.parametrize(("low", "high"), [("0.5", "1.2"), ("0.1", "9"), ("1", "100"), ("1.3", "1.6"), ("1000", "9000"), ("2", "2.0000001")])
def test_wide_intervals_hold_the_functions_and_little_else(low: str, high: str) -> None:
    a, b = flint.arb(low), flint.arb(high)
    box = flint.acb(a.union(b))
    entries: list[Any] = [FUNCTIONS.get(loggamma), FUNCTIONS.get(polygamma)]
    log_gamma, digamma = entries[0](False, box).real, entries[1](False, flint.acb(0), box).real
    for i in range(101):
        point = a + (b - a) * i / 100
        assert log_gamma.overlaps(point.lgamma()) and digamma.overlaps(point.digamma())
    assert float(log_gamma.rad()) <= 2 * float(abs(a.lgamma()).max(abs(b.lgamma()))) + 0.3
    assert float(digamma.rad()) <= float(b.digamma() - a.digamma()) + 1e-6


def test_log_gamma_functions_only_where_the_arguments_are_positive() -> None:
    t = Dummy("t", positive=True)
    expr = log(gamma(101 - t)) + log(factorial(50 - t))
    assert not with_log_gammas(expr, t, S.Zero, Integer(50)).has(gamma, factorial)
    assert with_log_gammas(expr, t, S.Zero, Integer(99)).has(factorial)
    assert not with_log_gammas(expr, t, S.Zero, Integer(99)).has(gamma)


@pytest.mark.parametrize("far", [10**40, -(10**40), 10**300, -(10**300)], ids=["right", "left", "far right", "far left"])
def test_logistic_laws_far_apart(far: int) -> None:
    """|μ| − 2 + what is smaller than e^(−|μ|/2)."""
    found = evaluate(KL(Logistic(0, 1), Logistic(far, 1)), 12)
    assert found.is_rigorous and found.contains(abs(far) - 2) and found.upper - found.lower < Fraction(abs(far), 10**11)


def test_ratios_of_exponentials_that_overflow() -> None:
    t = Symbol("t", positive=True)
    for ratio in (2 * exp(t) / (3 + exp(t)), exp(3 * t) / (1 + 2 * exp(t)) ** 3, exp(-t) / (5 + exp(-t)), t * exp(t) / (1 + exp(t)) - exp(2 * t)):
        other = with_small_ratios(ratio)
        for place in (Rational(1, 3), Integer(4), Integer(-2)):
            assert abs(complex((_second(other) - ratio).xreplace({t: place}))) < 1e-9
    with precision(100):
        run = Program(with_small_ratios(exp(t) / (1 + exp(t))), t).bind(100)
        assert run(flint.acb(flint.arb(2) ** 70), False).real.overlaps(flint.arb(1)) and run(flint.acb(flint.arb(2) ** 70), False).is_finite()


def _second(expr: Any) -> Any:
    """The second of two expressions for one function, everywhere in it."""
    return expr.xreplace({each: each.args[1] for each in expr.atoms(Narrower)})
