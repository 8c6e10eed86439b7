"""Least values of f-divergences: at two points, under lines, over ratios; and what the moves must not show."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sympy import Dummy, Expr, Rational, Symbol, log, sqrt

from symkl.errors import DomainError
from symkl.exact.bounds import halves, jensen, tilt

T, V = Dummy("t", positive=True), Symbol("v", positive=True)
D = Symbol("d", real=True)
PLAINLY = [[], []]
KL = T * log(T)
LINE = [["0", "4"], ["1", "0", "-1"]]
HEIGHT = [[["1", "1"], 1], [["1", "-1"], -1]]


def on_two_points(f: Expr, v: Expr) -> Expr:
    """The divergence of ((1 + v)/2, (1 - v)/2) from ((1 - v)/2, (1 + v)/2)."""
    pairs = ((1 + v) / 2, (1 - v) / 2), ((1 - v) / 2, (1 + v) / 2)
    return sum((q * f.subs(T, p / q) for p, q in pairs), start=Rational(0))


@pytest.mark.parametrize(
    ("f", "root"),
    [((T - 1) * log(T), 1), (T * log(2 * T / (1 + T)) / 2 + log(2 / (1 + T)) / 2, 1), ((T - 1) ** 2 * (1 + 1 / T), 1), (T**2 + 1 / T - 2, 1), (-sqrt(T), 2)],
)
def test_symmetric_divergences_are_least_on_two_points(f: Expr, root: int) -> None:
    least = halves(f, T, V, root, PLAINLY)
    assert least is not None
    for v in (Rational(1, 3), Rational(9, 10)):
        assert abs((least.subs(V, v) - on_two_points(f, v)).evalf(30)) < 1e-20


@pytest.mark.parametrize("f", [KL, -log(T), T**2 - 1, -(T - 1) * log(T), log(T) + T * log(T) / 2, 1 - sqrt(T) + T * log(T)])
def test_others_are_not(f: Expr) -> None:
    with suppress(DomainError):  # no rational function, whose sign is not asked
        assert halves(f, T, V, 2, PLAINLY) is None


def test_means_over_ratios() -> None:
    assert jensen(-KL + T * log(1 + T), T, D, 1, PLAINLY) is not None  # E_p log(1 + q/p)
    assert jensen(T**2 - T, T, D, 1, PLAINLY) is not None
    assert jensen(KL - T * log(1 + T), T, D, 1, PLAINLY) is None
    assert jensen(T - T**2, T, D, 1, PLAINLY) is None


def test_lines_under_relative_entropy() -> None:
    least = tilt(KL, T, V, LINE, HEIGHT, ["rise"])
    assert least is not None
    vajda = log((1 + V) / (1 - V)) - 2 * V / (1 + V)
    assert abs((least - vajda).subs(V, Rational(2, 5)).evalf(30)) < 1e-20


@pytest.mark.parametrize(
    ("slope", "height", "moves"),
    [
        ([["0", "401/100"], ["1", "0", "-1"]], HEIGHT, ["rise"]),
        ([["0", "5"], ["1", "0", "-1"]], HEIGHT, ["rise"]),
        (LINE, [[["1", "1"], 1], [["1", "-1/2"], -1]], ["rise"]),
        (LINE, HEIGHT, []),
        (LINE, HEIGHT, ["fall"]),
    ],
)
def test_lines_too_high_are_refused(slope: list[list[str]], height: list[list[object]], moves: list[str]) -> None:
    with suppress(DomainError):
        assert tilt(KL, T, V, slope, height, moves) is None


def test_lines_are_those_of_relative_entropy() -> None:
    assert tilt(T**2 - 1, T, V, LINE, HEIGHT, ["rise"]) is None
    assert tilt(-log(T), T, V, LINE, HEIGHT, ["rise"]) is None
