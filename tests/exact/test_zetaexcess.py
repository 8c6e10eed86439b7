"""ζ(s) − 1 and its logarithm at large s, and derivatives next to the pole: zeta laws with exponents like 1 + 10^-300 and 10^300."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from sympy import Integer, Rational, Symbol, zeta

from symkl import KL, Entropy, Zeta, evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.zetaexcess import ZetaExcess, log_zeta, without_one, zeta_excess

flint = pytest.importorskip("flint")

LEAST, FAR = Rational(1, 10**300), Integer(10) ** 300


@pytest.mark.parametrize("s", [Rational(11, 10), 3, 40, 77, 300])
@pytest.mark.parametrize("bits", [64, 320])
def test_values(s: Any, bits: int) -> None:
    with precision(bits):
        ball, logarithm = (f(False, flint.acb(flint.arb(int(Rational(s).p)) / int(Rational(s).q))).real for f in (zeta_excess, log_zeta))
        wide = zeta_excess(True, flint.acb(flint.arb(float(s), 0.01), flint.arb(0, 0.01))) if s > 2 else None
    assert ball.rel_accuracy_bits() > bits * 3 / 4 and logarithm.rel_accuracy_bits() > bits * 3 / 4
    with mpmath.workdps(250), precision(800):
        # Beyond s = 50 a few terms are all there is.
        exact = mpmath.fsum(mpmath.mpf(k) ** -s for k in range(2, 3000)) if s > 50 else mpmath.zeta(mpmath.mpf(Rational(s).p) / Rational(s).q) - 1
        expected, slack = flint.arb(mpmath.nstr(exact, 200)), flint.arb(10) ** -220 * flint.arb(mpmath.nstr(exact, 20))
        assert abs(ball - expected).contains(0) or abs(ball - expected) < slack
        assert abs(logarithm - expected.log1p()).contains(0) or abs(logarithm - expected.log1p()) < slack
        assert wide is None or wide.real.contains(expected)


def test_only_what_moves_has_a_derivative() -> None:
    s = Symbol("s")
    assert without_one(zeta(s) + 3, s) == ZetaExcess(s) and without_one(s * zeta(s), s) == s * zeta(s)


def test_exponents_next_to_one() -> None:
    # log ζ(1 + ε) = −log ε + …, E log X = 1/ε + ….
    assert str(evaluate(KL(Zeta(1 + LEAST), Zeta(1 + 2 * LEAST)), 12)) == "0.306852819440"
    assert str(evaluate(Entropy(Zeta(1 + LEAST)), 10)) == "1.000000000e+300"


def test_exponents_that_leave_one_point() -> None:
    # 2^-s (1 + s log 2) to the leading order.
    found = evaluate(Entropy(Zeta(1000)), 15)
    with mpmath.workdps(30):
        expected = mpmath.mpf(2) ** -1000 * (1 + 1000 * mpmath.log(2))
        assert found.is_rigorous and abs(mpmath.mpf(str(found)) / expected - 1) < mpmath.mpf("1e-14")
        assert mpmath.almosteq(mpmath.mpf(str(evaluate(KL(Zeta(FAR), Zeta(1 + LEAST)), 15))), 300 * mpmath.log(10), 1e-14)
    assert evaluate(Entropy(Zeta(FAR)), 10).sign == 1
    assert evaluate(KL(Zeta(2), Zeta(FAR)), 10).contains(0) is False
    assert Fraction(evaluate(KL(Zeta(2), Zeta(FAR)), 10).lower) > 10**299
