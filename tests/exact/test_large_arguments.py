"""log I_0 at large arguments: on wide balls, off the real line and as a series; and laws of Rice far from zero."""

from __future__ import annotations

import math

import mpmath
import pytest

from symkl import KL, Entropy, Normal, Rice, evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.bessel import log_bessel, series_in_argument
from symkl.exact.stable import log_besseli_slope
from symkl.exact.taylor import log_bessel as log_bessel_series

flint = pytest.importorskip("flint")


def _logarithm(z: mpmath.mpc) -> mpmath.mpc:
    """By the asymptotic series, whose terms fall far below every digit asked."""
    terms, term = [mpmath.mpf(1)], mpmath.mpf(1)
    for k in range(1, 12):
        term = term * (2 * k - 1) ** 2 / (8 * k * z)
        terms.append(term)
    return z - mpmath.log(2 * mpmath.pi * z) / 2 + mpmath.log(mpmath.fsum(terms))


def test_enclosures_hold_the_function() -> None:
    with precision(200), mpmath.workdps(60):
        for real, imaginary in ((20000, 0), (20000, 1500), (10**12, -(10**10))):
            for width in (1e-30, 1.0, 500.0):
                ball = flint.acb(flint.arb(real, width), flint.arb(imaginary, width) if imaginary else 0)
                found = log_bessel(True, flint.acb(0), ball)
                for shift in (-0.9, 0.0, 0.9):
                    value = _logarithm(mpmath.mpc(real + shift * mpmath.mpf(width), imaginary))
                    assert found.real.overlaps(flint.arb(mpmath.nstr(value.real, 45)))
                    assert found.imag.overlaps(flint.arb(mpmath.nstr(value.imag, 45)))


def test_the_series_is_that_of_the_function() -> None:
    with precision(200), mpmath.workdps(60):
        series = series_in_argument(flint.acb(20000), 3)
        assert series is not None
        for k, found in enumerate(series):
            expected = mpmath.taylor(_logarithm, 20000, 3)[k]
            assert abs(found.real - flint.arb(mpmath.nstr(expected, 30))) < 1e-20 + found.real.rad() * 1.01
            assert found.real.rad() < 1e-4


def test_bounds_of_the_slope() -> None:
    with precision(100):
        for n in (0, 1, 5):
            for low, high in ((1, 3), (10, 30), (1000, 3000)):
                found = log_besseli_slope(False, flint.acb(n), flint.acb(flint.arb(low).union(flint.arb(high)))).real
                assert found.rad() < 7
                for z in (low, (low + high) / 2, high):
                    with mpmath.workdps(40):
                        exact = mpmath.besseli(n + 1, z) / mpmath.besseli(n, z) + mpmath.mpf(n) / z
                        assert found.overlaps(flint.arb(mpmath.nstr(exact, 25)))


@pytest.mark.parametrize(("nu", "other"), [(30, 29), (10**6, 10**6 + 1)])
def test_rice_far_from_zero(nu: int, other: int) -> None:
    with mpmath.workdps(70):

        def density(x: mpmath.mpf) -> mpmath.mpf:
            return x * mpmath.exp(_log(x * nu) - (x * x + nu * nu) / 2)

        def _log(z: mpmath.mpf) -> mpmath.mpf:
            return mpmath.log(mpmath.besseli(0, z)) if z < 10**6 else _logarithm(z)

        places = [nu + k for k in range(-16, 17, 2)]
        expected = mpmath.quad(lambda x: density(x) * (_log(x * nu) - _log(x * other) + mpmath.mpf(other**2 - nu**2) / 2), places)
        assert mpmath.almosteq(mpmath.mpf(str(evaluate(KL(Rice(nu, 1), Rice(other, 1)), 30))), expected, 1e-27)


def test_rice_so_far_from_zero_that_it_is_normal() -> None:
    # log I_0(z) = z − ½ log 2πz + O(1/z), so that the laws are N(ν, 1) up to 1/ν².
    assert str(evaluate(KL(Rice(10**40, 1), Rice(10**40 + 1, 1)), 30)) == "0.5" + 29 * "0"
    assert str(evaluate(Entropy(Rice(10**40, 1)), 30)) == str(evaluate(Entropy(Normal(0, 1)), 30))


def test_the_series_follows_its_argument() -> None:
    with precision(300), mpmath.workdps(60):
        # log I_0(20000 e^x).
        found = log_bessel_series([flint.acb(0)], [flint.acb(20000) / math.factorial(k) for k in range(4)], 3)
        for ball, expected in zip(found, mpmath.taylor(lambda x: _logarithm(20000 * mpmath.exp(x)), 0, 3)):
            assert abs(ball.real - flint.arb(mpmath.nstr(expected, 30))) < 1e-15 + ball.real.rad() * 1.01
            assert ball.real.rad() < 10
