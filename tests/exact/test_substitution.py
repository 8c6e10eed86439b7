"""Steep and flat powers: laws whose mass lies within 10^-100 of a point, or spreads over e^(10^100)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Dummy, Expr, Rational, S, Symbol, exp, log, oo, pi, symbols

from symkl import KL, BurrXII, Dagum, Entropy, FDist, GeneralizedNormal, InverseGamma, LogLogistic, Normal, evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.program import Program
from symkl.exact.stable import Exp, Growth, Log1p
from symkl.exact.substitution import in_exponent
from symkl.exact.surplus import UNIT_INTERVAL, Narrower
from symkl.exact.taylor import SeriesProgram

flint = pytest.importorskip("flint")

STEEP = 10**100


@pytest.mark.parametrize(
    ("head", "limit"),
    [
        # log p is log β − 2 on average, and x = 1 to 100 digits.
        (KL(LogLogistic(1, STEEP), LogLogistic(2, 3)), log(STEEP) - 2 - log(Rational(3, 8)) + 2 * log(Rational(9, 8))),
        # Uniform on (−1, 1).
        (KL(GeneralizedNormal(0, 1, STEEP), GeneralizedNormal(0, 1, 2)), -log(2) + Rational(1, 3) + log(pi) / 2),
        (KL(GeneralizedNormal(0, 1, STEEP), Normal(0, 1)), -log(2) + Rational(1, 6) + log(2 * pi) / 2),
    ],
    ids=["log-logistic", "generalized-normal", "normal"],
)
def test_limits(head: Any, limit: Expr) -> None:
    found, expected = evaluate(head, 30), evaluate(limit, 40)
    assert found.is_rigorous
    assert abs(found.lower - expected.lower) < Fraction(1, 10**27)


@pytest.mark.parametrize("scale", [Rational(1, 10**100), Rational(10**100)], ids=["flat", "steep"])
@pytest.mark.parametrize(
    "pair",
    [
        lambda s: KL(LogLogistic(2, Rational(18, 7) * s), LogLogistic(2, s / 2)),
        lambda s: KL(Dagum(2, s, 3), Dagum(3, 2 * s, 3)),
        lambda s: KL(BurrXII(s, 2, 3), BurrXII(2 * s, 3, 3)),
    ],
    ids=["log-logistic", "dagum", "burr"],
)
def test_scales_of_log_x(pair: Any, scale: Rational) -> None:
    """In w = s log x, s → 10^±100 s is no change."""
    plain, extreme = evaluate(pair(S.One), 25), evaluate(pair(scale), 25)
    assert str(plain) == str(extreme) and extreme.is_rigorous


def test_the_substitution() -> None:
    x, steep = symbols("x", positive=True), Rational(2000)
    power = Exp(steep * log(x / 3))
    w, density, statistic, lower, upper = in_exponent(x, log(steep) - power + steep * log(x / 3) - log(x), log(x), S.Zero, oo)  # type: ignore[misc]
    assert (lower, upper) == (-oo, oo)
    assert statistic.expand() == (log(3) + w / steep).expand()
    # The law of log G for a standard exponential G: e^(w − e^w).
    assert density.replace(Exp, exp).expand() == w - exp(w)
    *_, lower, upper = in_exponent(x, -Exp(-steep * log(x / 3)), S.One, Rational(3), oo)  # type: ignore[misc]
    assert (lower, upper) == (-oo, 0)
    assert in_exponent(x, -(x**3), S.One, S.Zero, oo) is None
    assert in_exponent(x, -((x**2 + 1) ** steep), S.One, S.Zero, oo) is None
    y = Dummy("y", real=True)
    assert in_exponent(y, -(y**steep), S.One, -oo, oo) is None


@pytest.mark.parametrize("power", [40, 300])
def test_many_degrees_of_freedom(power: int) -> None:
    # F(d, n) → n/χ²_n, that is InverseGamma(n/2, n/2), up to 1/d.
    assert str(evaluate(Entropy(FDist(10**power, 3)), 30)) == str(evaluate(Entropy(InverseGamma(Rational(3, 2), Rational(3, 2))), 30))
    found, expected = (evaluate(KL(P, FDist(3, 5)), 30) for P in (FDist(10**power, 5), InverseGamma(Rational(5, 2), Rational(5, 2))))
    assert found.is_rigorous and str(found) == str(expected)


def test_derivative_of_two_expressions_for_one_function() -> None:
    x = Symbol("x", positive=True)
    both = Narrower(log(x * Growth(-x)), Log1p(-exp(-x)))
    assert isinstance(both.diff(x), Narrower)
    assert Narrower(log(1 + x), x - UNIT_INTERVAL * x**2 / 2).diff(x) == 1 / (1 + x)
    with precision(100) as flint:
        slope, series = Program(both.diff(x), x), SeriesProgram(both, x).bind_series(100)
        for place in (flint.acb(1) / 3, flint.acb(50)):
            expected = 1 / (place.exp() - 1)
            assert slope.bind(100)(place, False).overlaps(expected) and series(place, 3)[1].overlaps(expected)
