"""log I_n(z) for large n² + z²: against Arb's Bessel functions, on wide balls, as series, and planted errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sympy import Rational, S, log, pi

from symkl import KL, Entropy, Skellam, evaluate
from symkl.exact import bessel, debye
from symkl.exact.bessel import series_of_log_bessel, uniform_log_bessel
from symkl.exact.oracle import enclose_defining
from symkl.exact.stable import log_besseli

flint = pytest.importorskip("flint")
acb, arb = flint.acb, flint.arb


@pytest.fixture(autouse=True)
def bits() -> Iterator[None]:
    former, flint.ctx.prec = flint.ctx.prec, 192
    yield
    flint.ctx.prec = former


POINTS = [(0, 20000), (-7, 20000), (Rational(-1, 2), 30000), ((-3, 10), 30000), (5000, 20000), (100000, 100000), (10**6, 1000), (Rational(1, 3), 30000), ((3, 9), 30000), ((2000, 40), 30000)]


def number(n: Any) -> Any:
    return acb(*n) if isinstance(n, tuple) else acb(arb(int(S(n).p)) / int(S(n).q))


@pytest.mark.parametrize(("n", "z"), POINTS)
def test_against_arb(n: Any, z: int) -> None:
    found, expected = uniform_log_bessel(number(n), acb(z)), log_besseli(False, number(n), acb(z))
    assert found is not None and found.overlaps(expected)
    assert found.real.rad() < 1e-30


@pytest.mark.parametrize(("n", "z"), [(5000, 20000), (100000, 100000)])
def test_wide_balls_and_series(n: int, z: int) -> None:
    box = acb(arb(n, 300), arb(0, 20))
    wide, series = uniform_log_bessel(box, acb(z)), series_of_log_bessel(acb(n), acb(z), 8)
    coefficients = series_of_log_bessel(box, acb(z), 4)
    assert wide is not None and series is not None and coefficients is not None
    for step in (-300, -7, 1, 120):
        value = log_besseli(False, acb(n + step), acb(z))
        total = sum((c * acb(step) ** k for k, c in enumerate(series)), acb(0))
        # The terms from the ninth power on are left out.
        assert wide.overlaps(value) and abs(total - value) < 1e-9
        moved = series_of_log_bessel(acb(n + step), acb(z), 4)
        assert moved is not None and all(c.overlaps(d) for c, d in zip(coefficients, moved))


def test_where_it_is_not_proved() -> None:
    assert uniform_log_bessel(acb(10), acb(100)) is None
    assert uniform_log_bessel(acb(-(10**6)), acb(10**6)) is None
    assert uniform_log_bessel(acb(10**6, 10**6), acb(10**5)) is None


@pytest.mark.parametrize(("n", "z"), POINTS)
def test_the_series_against_the_integral(n: Any, z: int, monkeypatch: pytest.MonkeyPatch) -> None:
    by_series = uniform_log_bessel(number(n), acb(z))
    monkeypatch.setattr(bessel, "saddle_by_series", lambda *arguments: None)
    by_integral = uniform_log_bessel(number(n), acb(z))
    assert by_series is not None and by_integral is not None and by_series.overlaps(by_integral)


@pytest.mark.parametrize(("n", "z"), [(-1, 20000), (3, 20000), (5000, 20000)])
def test_series_to_many_digits(n: int, z: int) -> None:
    """Next to the point the terms that are left out are nothing."""
    series = series_of_log_bessel(acb(n), acb(z), 12)
    assert series is not None
    for step in (acb(0.5), acb(-0.75)):
        value = log_besseli(False, acb(n) + step, acb(z))
        assert abs(sum((c * step**k for k, c in enumerate(series)), acb(0)) - value) < 1e-36


def test_a_planted_error_of_a_coefficient(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = debye._polynomial(3)
    assert exact[0] == flint.fmpq(5 * 15, 1024)
    monkeypatch.setattr(debye, "_polynomial", lambda m, original=debye._polynomial: original(m)[:-1] + (original(m)[-1] * (1 + flint.fmpq(1, 10**9)),))
    assert not uniform_log_bessel(acb(5000), acb(20000)).overlaps(log_besseli(False, acb(5000), acb(20000)))  # type: ignore[union-attr]


@pytest.mark.parametrize("place", ["_sine_less", "_small_disc"])
def test_planted_errors(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(bessel, place)
    if place == "_sine_less":
        monkeypatch.setattr(bessel, "saddle_by_series", lambda *arguments: None)
        assert uniform_log_bessel(acb(5000), acb(20000)).overlaps(log_besseli(False, acb(5000), acb(20000)))  # type: ignore[union-attr]
        monkeypatch.setattr(bessel, place, lambda theta, terms: 0 * theta)
    else:
        monkeypatch.setattr(bessel, "WIDE", -1.0)
        assert uniform_log_bessel(acb(5000), acb(20000)).overlaps(log_besseli(False, acb(5000), acb(20000)))  # type: ignore[union-attr]
        monkeypatch.setattr(bessel, place, lambda spread, real: original(spread / 10**4, real))
    assert not uniform_log_bessel(acb(5000), acb(20000)).overlaps(log_besseli(False, acb(5000), acb(20000)))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("head", "value"),
    [
        (Entropy(Skellam(10**40, 10**40)), log(2 * pi * S.Exp1 * 2 * 10**40) / 2),
        (KL(Skellam(10**40, 10**40), Skellam(10**40 + 10**20, 10**40)), Rational(1, 4)),
    ],
    ids=["entropy", "divergence"],
)
def test_as_for_normal_laws(head: Any, value: Any) -> None:
    found, expected = enclose_defining(head, 15), evaluate(value, 20)
    assert abs(found.lower - expected.lower) < expected.upper / 10**14
