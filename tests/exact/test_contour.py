"""Long sums as integrals: against the terms added one by one, closed forms, limits, and planted errors."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from sympy import Abs, Dummy, Expr, Rational, S, exp, log, loggamma, pi, sqrt

from symkl import (
    KL,
    Beta,
    BetaBinomial,
    Binomial,
    Borel,
    Entropy,
    Geometric0,
    JensenShannon,
    NegativeBinomial,
    Normal,
    Poisson,
    TotalVariation,
    YuleSimon,
    Zeta,
    evaluate,
)
from symkl.core import Expectation
from symkl.exact import contour, powerseries, sums, taylor
from symkl.exact.arithmetic import precision
from symkl.exact.contour import Contour
from symkl.exact.enclosures import opaque
from symkl.exact.oracle import enclose_defining
from symkl.exact.program import Program
from symkl.exact.stable import Exp

flint = pytest.importorskip("flint")

t = Dummy("t", positive=True)
R = Rational
BELL = -((t - 2000) ** 2) / (2 * R(300) ** 2)


def both_ways(
    log_density: Expr, statistic: Expr, first: int, last: int, log_tolerance: float = -60.0, bits: int = 200, most: int = 3000
) -> tuple[Any, Any]:
    """(the sum as an integral, the sum term by term)."""
    found = Contour(log_density, statistic, t).sum(first, last, 6.0, log_tolerance, bits, most)
    with precision(bits + 100):
        run = Program(Exp(log_density) * statistic, t, opaque).bind(bits + 100)
        return found, sum((run(flint.acb(j), False) for j in range(first, last + 1)), flint.acb(0))


SUMMANDS = {
    "bell": (BELL, S.One),
    "half a bell": (-(t**2) / (2 * R(800) ** 2), t + 1),
    "a power, singular next to the first term": (S.Zero, (t + R(1, 3)) ** R(-5, 2)),
    "a power, singular next to the last term": (S.Zero, (5000 + R(1, 3) - t) ** R(-5, 2)),
    "a logarithm at both ends": (S.Zero, log(t + 1) * log(5001 - t) / 1000),
    "a geometric law": (-t / 700, t / 700),
    "log-gamma functions that cancel": (loggamma(t + R(7, 2)) - loggamma(t + 5) - t / 900, log(t + 1)),
    "a kink": (BELL, Abs(t - R(6001, 3))),
    "poles near the line": (BELL, 1 / ((t - R(4001, 2)) ** 2 + 25)),
    "branch points near the line": (BELL, sqrt((t - R(4001, 2)) ** 2 + 25)),
    "the logarithm of a sum that vanishes near the line": (BELL, log(1 + exp((t - 2000) / 3))),
    "a wave": (BELL, exp(-t / 50) + t**3 / 10**9),
}


@pytest.mark.parametrize("name", SUMMANDS)
def test_against_the_terms_one_by_one(name: str) -> None:
    found, expected = both_ways(*SUMMANDS[name], 0, 5000)
    assert found is not None and found.overlaps(expected)
    assert found.real.rad() < math.exp(-58)


@pytest.mark.parametrize("power", range(6))
def test_polynomials_exactly(power: int) -> None:
    """Everything is in the edges: Σ j^n − ∫ t^n dt."""
    found, _ = both_ways(S.Zero, t**power, 10, 900)
    exact = sum(j**power for j in range(10, 901))
    assert found.contains(exact) and found.real.rad() < math.exp(-50)


def test_nothing_is_left_for_the_terms() -> None:
    """Away from singularities no term is added."""
    found, expected = both_ways(BELL, t**2, 0, 5000, most=0)
    assert found.overlaps(expected)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("_edge_by_series", lambda original: lambda self, x, order, rest: -original(self, x, order, rest)),
        ("_edge_by_series", lambda original: lambda self, x, order, rest: original(self, x, 1, rest)),
        ("_moment", lambda original: lambda self, k: 2 * original(self, k)),
        ("_moment", lambda original: lambda self, k: original(self, k + 1)),
        ("_terms", lambda original: lambda self, a, b: original(self, a, b - 1)),
    ],
    ids=["sign of an edge", "no edge", "moments with e^(2πy) − 1", "power of y", "a term left out"],
)
@pytest.mark.parametrize("name", ["a power, singular next to the first term", "a geometric law"])
def test_planted_errors(monkeypatch: pytest.MonkeyPatch, place: str, wrong: Any, name: str) -> None:
    density, statistic = SUMMANDS[name]
    statistic = statistic if name.startswith("a power") else statistic + (t + 1) ** -2
    monkeypatch.setattr(contour._Attempt, place, wrong(getattr(contour._Attempt, place)))
    found, expected = both_ways(density, statistic, 0, 5000)
    assert not found.overlaps(expected)


@pytest.mark.parametrize(("wrong", "holds"), [(1.0, True), (1e-3, False)], ids=["as proved", "planted"])
def test_the_error_on_the_long_sides(monkeypatch: pytest.MonkeyPatch, wrong: float, holds: bool) -> None:
    """A bell as narrow as the lattice: Σ − ∫ = 2 σ √(2π) e^(−2π²σ²) + …, and a rectangle of half height 2 bounds it by little more."""
    monkeypatch.setattr(contour, "SMALL", 0)
    monkeypatch.setattr(contour, "TINY", 0)
    density = -2 * (t - 10) ** 2
    functions = Contour(density, S.One, t)._functions
    attempt = contour._Attempt(functions, 0, 20, 2, math.log(4.0), 128, 0)
    attempt.damping = attempt.damping * wrong
    found = attempt.value()
    expected = sum(math.exp(-2 * (j - 10) ** 2) for j in range(21))
    assert abs(expected - math.sqrt(math.pi / 2)) > 0.01
    assert (abs(float(found.real.mid()) - expected) < float(found.real.rad())) is holds


def test_a_pole_is_no_smooth_place() -> None:
    """Blocks around a pole are not smooth, whatever their size."""
    density, statistic = SUMMANDS["poles near the line"]
    attempt = contour._Attempt(Contour(density, statistic, t)._functions, 0, 5000, 12, -60.0, 200, 0)
    with precision(200):
        assert attempt._judged(1990, 2010) is None and attempt._judged(2000, 2000) is None
        block = attempt._judged(2100, 2110)
    assert block is not None and block.kind == "smooth"


WIDE = {
    "log-gamma": loggamma(t + 3) - loggamma(t + R(1, 2)),
    "poisson": t * log(50) - loggamma(t + 1),
    "powers": (t + 2) ** R(-3, 2) - t**2 / (t + 5) + sqrt(t) + (t + 1) ** 3,
    "logarithm of exponentials": log(R(1, 3) + 2 * Exp(t / 7 - 3) / 3),
    "modulus": Abs(t**2 + 3) * Exp(-t / 5),
    "nested": Exp(-Abs(3 * t - loggamma(t + 1) + 400)),
}


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("radius", [0.5, 8, 30])
def test_wide_balls_hold_the_function(name: str, radius: float) -> None:
    with precision(128):
        function = taylor.Centred(WIDE[name], t)
        assert function.series is not None
        run, plain = function.bind(128), function.plain.bind(128)
        for middle in (40, 100):
            ball = run(flint.acb(flint.arb(middle, radius), flint.arb(0, radius / 2)), True)
            wide = plain(flint.acb(flint.arb(middle, radius), flint.arb(0, radius / 2)), True)
            for i in range(-4, 5):
                for j in (-2, 0, 1, 2):
                    point = flint.acb(middle + radius * i / 4, radius * j / 4)
                    assert not ball.is_finite() or ball.contains(plain(point, False)) or ball.overlaps(plain(point, False))
            assert not wide.is_finite() or ball.real.rad() <= wide.real.rad()
            if radius == 0.5:
                assert ball.is_finite()


def test_coefficients_of_log_gamma_on_wide_balls() -> None:
    box = flint.acb(flint.arb(3).union(9), flint.arb(0, 2))
    with precision(53):
        bounds = taylor._log_gamma_coefficients(box, 12)
        for x in (3, 4, 6, 9):
            for y in (-2, 0, 1, 2):
                exact = taylor._log_gamma_coefficients(flint.acb(x, y), 12)
                assert all(bound.overlaps(value) for bound, value in zip(bounds, exact))
    # Tight at the left end: the bound of ψ′/2 there is a little more than Σ (3 + k)^−2/2 = 0.197…
    assert float(bounds[2].abs_upper()) < 0.4


@pytest.mark.parametrize(
    "name",
    ["exponential", "logarithm", "constant_power", "log_gamma"],
)
def test_series_of_functions(name: str) -> None:
    """f(g(x)) of a series g against values near the point."""
    with precision(256):
        acb = flint.acb
        g = [acb(5), acb(2), acb(-1), acb(1) / 3]
        x = acb(1) / 1000
        at = sum((c * x**k for k, c in enumerate(g)), acb(0))
        half = acb(1) / 2
        found, value = {
            "exponential": (powerseries.exponential(g, 24), at.exp()),
            "logarithm": (powerseries.logarithm(g, 24), at.log()),
            "constant_power": (powerseries.constant_power(g, half, 24), at.sqrt()),
            "log_gamma": (taylor.log_gamma(g, 24), at.lgamma()),
        }[name]
        total = sum((c * x**k for k, c in enumerate(found)), acb(0))
        assert abs(total - value).abs_upper() < 1e-60


def close(found: Any, expected: Any, digits: int) -> bool:
    other = evaluate(expected, digits + 5)
    return bool(found.is_rigorous and abs(found.lower - other.lower) <= abs(other.lower) / 10**digits)


HUGE = 10**40


@pytest.mark.parametrize(
    ("head", "value", "digits"),
    [
        # D(Poisson(a) ‖ Poisson(b)) = a log(a/b) − a + b.
        (KL(Poisson(HUGE), Poisson(2 * HUGE)), HUGE * (1 - log(2)), 14),
        (KL(Poisson(HUGE), Poisson(HUGE + 10**21)), HUGE * log(R(HUGE, HUGE + 10**21)) + 10**21, 14),
        # D = r (log(p/s) + (1 − p)/p log((1 − p)/(1 − s))).
        (
            KL(NegativeBinomial(HUGE, R(1, 3)), NegativeBinomial(HUGE, R(1, 2))),
            HUGE * (log(R(2, 3)) + 2 * log(R(4, 3))),
            14,
        ),
        (KL(Binomial(HUGE, R(1, 3)), Binomial(HUGE, R(1, 2))), HUGE * (log(R(2, 3)) / 3 + 2 * log(R(4, 3)) / 3), 14),
        (KL(Geometric0(R(1, HUGE)), Geometric0(R(1, 2 * HUGE))), log(2) - R(1, 2), 14),
        # As for normal laws.
        (Entropy(Poisson(10**12)), log(2 * pi * S.Exp1 * 10**12) / 2 - R(1, 12 * 10**12), 20),
        (Entropy(Binomial(HUGE, R(1, 4))), log(2 * pi * S.Exp1 * HUGE * R(3, 16)) / 2, 14),
        (KL(BetaBinomial(HUGE, 2, 3), BetaBinomial(HUGE, 3, 2)), KL(Beta(2, 3), Beta(3, 2)), 14),
        (TotalVariation(Poisson(HUGE), Poisson(HUGE + 10**20)), TotalVariation(Normal(0, 1), Normal(1, 1)), 14),
        (JensenShannon(Poisson(HUGE), Poisson(HUGE + 10**20)), JensenShannon(Normal(0, 1), Normal(1, 1)), 14),
        (TotalVariation(Poisson(HUGE), NegativeBinomial(HUGE, R(1, 2))), TotalVariation(Normal(0, 1), Normal(0, sqrt(2))), 14),
        # E log X = 1/ρ as ρ → 0.
        (KL(YuleSimon(R(1, HUGE)), YuleSimon(1)), S(HUGE), 14),
        (KL(Zeta(1 + R(1, HUGE)), Zeta(2)), S(HUGE), 14),
    ],
    ids=lambda each: str(each)[:40],
)
def test_huge_parameters(head: Any, value: Any, digits: int) -> None:
    assert close(enclose_defining(head, digits + 6 if digits > 14 else 15), value, digits)


@pytest.mark.parametrize(
    "head",
    [
        KL(NegativeBinomial(10**4, R(1, 3)), Poisson(20000)),
        KL(BetaBinomial(6000, R(1, 2), R(1, 3)), Binomial(6000, R(1, 2))),
        TotalVariation(Poisson(20000), NegativeBinomial(20000, R(1, 2))),
        JensenShannon(Poisson(20000), Poisson(20100)),
    ],
    ids=str,
)
def test_both_ways_of_adding(head: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = enclose_defining(head, 12)
    enclose = enclose_defining.__globals__["enclose_bits"]
    enclose.cache_clear()
    monkeypatch.setattr(sums, "FEW_TERMS", 10**9)
    slow = enclose_defining(head, 12)
    enclose.cache_clear()
    assert str(quick) == str(slow)


def test_what_cannot_be_proved_is_not_summed() -> None:
    """A kink at every integer."""
    wave = Abs(t - 4 * 10**6) ** R(1, 3)
    found = Contour(-(t**2) / 10**14, wave, t).sum(0, 10**8, 6.0, -60.0, 200, 10)
    assert found is None


@pytest.mark.parametrize(("law", "mean"), [(Borel(Rational(4, 5)), 5), (NegativeBinomial(Rational(1, 3), Rational(1, 500)), Rational(499, 3))], ids=str)
@pytest.mark.parametrize("digits", [25, 32, 45])
def test_long_sums_whose_mass_is_at_an_end_of_gamma_functions(law: Any, mean: object, digits: int) -> None:
    # The series of log Γ had been cut off after ten terms, so that the balls were as small as asked for and beside the value.
    k = law.support.variable("k")
    ball = enclose_defining(Expectation(k, k, law), digits)
    assert ball.lower <= Fraction(str(mean)) <= ball.upper
