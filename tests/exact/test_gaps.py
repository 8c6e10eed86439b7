"""Laws that nearly agree on a lattice, on a large scale, or as mixtures with a tiny weight: constants of second order by hand."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from sympy import Dummy, Expr, Integer, Mul, Rational, Symbol, exp, log, loggamma, pi, sin, sqrt

from symkl import (
    KL,
    Beta,
    Cauchy,
    CrossEntropy,
    Entropy,
    Exponential,
    Geometric,
    Hellinger,
    JensenShannon,
    Mixture,
    NegativeBinomial,
    Normal,
    Poisson,
    RaisedCosine,
    TotalVariation,
    WignerSemicircle,
    YuleSimon,
    evaluate,
)
from symkl.exact import gaps
from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import multiplied_out, without_cancellation
from symkl.exact.gammagaps import with_whole_gaps
from symkl.exact.kinks import zeros
from symkl.exact.taylor import Centred

flint = pytest.importorskip("flint")

TINY, LEAST, FAR = Rational(1, 10**40), Rational(1, 10**300), Integer(10) ** 40
HALF = Rational(1, 2)


def _agrees(found: Any, expected: Expr) -> bool:
    """To 14 digits."""
    value = evaluate(expected, 30)
    return bool(found.is_rigorous and abs((found.upper + found.lower) / (value.upper + value.lower) - 1) < 10**-14)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (KL(Poisson(2), Poisson(2 + LEAST)), LEAST**2 / 4),
        (TotalVariation(Poisson(2), Poisson(2 + LEAST)), 2 * exp(-2) * LEAST),
        # The score of the number of successes has the variance 1/(4r) where p = 1/2, to leading order.
        (KL(NegativeBinomial(FAR, HALF), NegativeBinomial(FAR + 1, HALF)), TINY / 4),
        (TotalVariation(NegativeBinomial(FAR, HALF), NegativeBinomial(FAR + 1, HALF)), sqrt(TINY / (4 * pi))),
        (JensenShannon(NegativeBinomial(FAR, HALF), NegativeBinomial(FAR + 1, HALF)), TINY / 16),
        # ½ E|2 (x − ½)| with the variance 1/(8 · 10^40).
        (TotalVariation(Beta(FAR, FAR), Beta(FAR + 1, FAR)), sqrt(TINY / (4 * pi))),
    ],
    ids=["poisson", "poisson tv", "negative binomial", "negative binomial tv", "negative binomial jsd", "beta tv"],
)
def test_large_scales_and_lattices(head: Any, expected: Expr) -> None:
    assert _agrees(evaluate(head, 15), expected)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (lambda m: KL(m, Normal(1, 1)), (exp(1) - 1) / 2 * LEAST**2),
        (lambda m: KL(Normal(1, 1), m), (exp(1) - 1) / 2 * LEAST**2),
        (lambda m: Hellinger(m, Normal(1, 1)), sqrt((exp(1) - 1) / 8) * LEAST),
    ],
    ids=["to", "fro", "hellinger"],
)
def test_a_part_of_a_tiny_weight(head: Any, expected: Expr) -> None:
    assert _agrees(evaluate(head(Mixture((LEAST, Normal(0, 1)), (1 - LEAST, Normal(1, 1)))), 15), expected)


def test_more_mixtures() -> None:
    # ε²/8 times χ² of the parts.
    parts = Cauchy(0, 1), Cauchy(1, 1)
    assert _agrees(evaluate(JensenShannon(Mixture((LEAST, parts[0]), (1 - LEAST, parts[1])), parts[1]), 15), LEAST**2 / 16)
    one, other = (Mixture((w, Exponential(2)), (1 - w, Exponential(1))) for w in (LEAST, 3 * LEAST))
    assert _agrees(evaluate(KL(one, other), 15), 2 * LEAST**2 / 3)
    assert _agrees(evaluate(TotalVariation(Mixture((LEAST, Normal(0, 1)), (1 - LEAST, Normal(1, 1))), Normal(1, 1)), 15), _half_normal_mass() * LEAST)


def _half_normal_mass() -> Expr:
    """2 Φ(½) − 1."""
    x = Dummy("x")
    return (exp(-(x**2) / 2) / sqrt(2 * pi)).integrate((x, -HALF, HALF))


def test_rates_of_a_lattice() -> None:
    """Those of exponential laws, to 300 digits."""
    assert _agrees(evaluate(TotalVariation(Geometric(LEAST), Geometric(2 * LEAST)), 15), Rational(1, 4))
    with mpmath.workdps(30):
        expected = mpmath.quad(lambda u: (-mpmath.log((1 + 2 * u) / 2) + 2 * u * mpmath.log(4 * u / (1 + 2 * u))) / 2, [0, 1])
        found = evaluate(JensenShannon(Geometric(LEAST), Geometric(2 * LEAST)), 15)
        assert abs(mpmath.mpf(str(found)) - expected) < mpmath.mpf("1e-14")


def test_which_mixtures_are_close() -> None:
    one = Mixture((HALF, Normal(0, 1)), (HALF, Normal(3, 1)))
    assert gaps.are_close(one, Mixture((HALF, Normal(0, 1)), (HALF, Normal(3 + LEAST, 1))))
    assert gaps.are_close(one, Mixture((HALF + LEAST, Normal(0, 1)), (HALF - LEAST, Normal(3, 1))))
    assert not gaps.are_close(one, Mixture((HALF, Normal(0, 1)), (HALF, Normal(4, 1))))
    assert not gaps.are_close(one, Mixture((HALF, Normal(0, 1)), (HALF, Exponential(1))))
    assert not gaps.are_close(one, one)


def test_whole_gaps() -> None:
    x = Symbol("x", positive=True)
    assert with_whole_gaps(loggamma(x + 3) - loggamma(x + 1) - loggamma(HALF)) == log(x + 1) + log(x + 2) - loggamma(HALF)
    large = loggamma(FAR, evaluate=False) - loggamma(FAR + 1, evaluate=False)
    assert with_whole_gaps(large + loggamma(3 * FAR, evaluate=False)) == -log(FAR) + loggamma(3 * FAR, evaluate=False)
    assert with_whole_gaps(loggamma(x) - loggamma(x + HALF)) == loggamma(x) - loggamma(x + HALF)


def test_logarithms_next_to_zero_stay_whole() -> None:
    x = Symbol("x", positive=True)
    found = multiplied_out((x - 1) * (log(1 - LEAST) - log(1 - 2 * LEAST)))
    assert log(1 - LEAST) in found.atoms(log) and log(1 - 2 * LEAST) in found.atoms(log)


def test_zeros_of_what_is_written_twice() -> None:
    x = Symbol("x", positive=True)
    assert zeros(log(x) + log(2 * FAR) - log(FAR), x) == [HALF]


@pytest.mark.parametrize("ends", [(3, 5), (10, 4000), (2, 10**9)])
def test_slopes_on_blocks(ends: tuple[int, int]) -> None:
    t = Symbol("t", positive=True)
    f = loggamma(t + 7) - loggamma(t + 2) - t / 3 + log(t)
    with precision(128):
        slope = Centred(f, t).bind_slope(128)(flint.acb(flint.arb(ends[0]).union(ends[1]))).real
        for place in (ends[0], sum(ends) // 2, ends[1]):
            at = flint.arb(place)
            exact = (at + 7).digamma() - (at + 2).digamma() - flint.arb(1) / 3 + 1 / at
            assert slope.contains(exact) if ends[1] < 10**6 else not slope.is_finite() or slope.contains(exact)
        # What cancels between the terms has its sign on any block.
        assert Centred(t - t**2 / 2, t).bind_slope(128)(flint.acb(flint.arb(4).union(10**9))).real < 0


def _shifted(law: Any, *step: Any) -> Any:
    return type(law)(*(a + b for a, b in zip(law.args, step)))


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (TotalVariation, LEAST),
        (Hellinger, pi * LEAST / sqrt(8)),
        (JensenShannon, pi**2 / 8 * LEAST**2),
    ],
    ids=["tv", "hellinger", "jsd"],
)
def test_shifts_that_move_the_support(measure: Any, expected: Expr) -> None:
    """½ δ ∫ |p′|, and ⅛ δ² times the Fisher information π²."""
    law = RaisedCosine(0, 1)
    assert _agrees(evaluate(measure(law, _shifted(law, LEAST, 0)), 15), expected)


def test_ends_at_which_the_information_is_infinite() -> None:
    # ∫ |∂p/∂r|/2 for p = 2 √(r² − x²)/(π r²), with the mass that is beyond r of a higher order.
    assert _agrees(evaluate(TotalVariation(WignerSemicircle(1), WignerSemicircle(1 + LEAST)), 15), 2 / pi * LEAST)
    # Halving the step by four takes the square down by 4^(3/2).
    whole, quarter = (evaluate(Hellinger(WignerSemicircle(1), WignerSemicircle(1 + d)), 15) for d in (TINY**3, TINY**3 / 4))
    assert abs((whole.upper + whole.lower) / (quarter.upper + quarter.lower) * 10**9 / 2828427125 - 1) < 10**-9


def test_one_less_a_sine_next_to_a_quarter_of_a_turn() -> None:
    t = Symbol("t", positive=True)
    for expr in (1 - sin(t + pi / 2 - LEAST), 3 + 3 * sin(t - pi / 2 + LEAST)):
        found = without_cancellation(expr, t)
        assert isinstance(found, Mul) and evaluate(found.subs(t, LEAST), 20).sign == evaluate(expr.subs(t, LEAST), 20).sign
        assert str(evaluate(found.subs(t, HALF), 20)) == str(evaluate(expr.subs(t, HALF), 20))


def test_tails_that_need_many_bits() -> None:
    """All but 10^-300 of the mass is at one point."""
    assert _agrees(evaluate(CrossEntropy(YuleSimon(10**300), YuleSimon(1)), 15), log(2))
    assert _agrees(evaluate(Entropy(YuleSimon(10**300)), 15), (300 * log(10) + 1) * LEAST)


def test_the_third_order_of_weights() -> None:
    """To leading order a divergence is the same whichever weight is the larger one."""
    near, p, q = Rational(1, 10**13), Exponential(1), Exponential(3)
    one, other = (Mixture((w, p), (1 - w, q)) for w in (Rational(1, 3), Rational(1, 3) + near))
    with mpmath.workdps(70):

        def density(w: Any, x: Any) -> Any:
            return w * mpmath.exp(-x) + (1 - w) * 3 * mpmath.exp(-3 * x)

        w, v = mpmath.mpf(1) / 3, mpmath.mpf(1) / 3 + mpmath.mpf(10) ** -13
        expected = mpmath.quad(lambda x: density(w, x) * mpmath.log(density(w, x) / density(v, x)), [0, 1, 3, 8, 20, 60, 160])
        assert abs(mpmath.mpf(str(evaluate(KL(one, other), 25))) / expected - 1) < mpmath.mpf(10) ** -23
