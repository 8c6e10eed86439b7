"""Work that never looks at the clock is interrupted; hangs of SymPy at extreme numbers become values."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from sympy import Integer, Rational, Symbol, exp
from sympy.polys.polyerrors import PolynomialError

from symkl import Poisson, Renyi, TruncatedExponential, Tsallis, evaluate
from symkl.exact.interruption import interrupted
from symkl.exact.work import SliceUp, TimeUp, limited, sliced
from symkl.form.factors import factored

pytest.importorskip("flint")

HUGE = Integer(10) ** 300


def _busy(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        sum(range(100))


def test_what_never_looks_at_the_clock_is_interrupted() -> None:
    begun = time.thread_time()
    with pytest.raises(SliceUp), sliced(0.1), interrupted():
        _busy(20)
    assert time.thread_time() - begun < 5


def test_an_interruption_that_is_swallowed_comes_again() -> None:
    swallowed = []
    with pytest.raises(TimeUp), limited(0.1), interrupted():
        try:
            _busy(20)
        except TimeUp:
            swallowed.append(1)
        _busy(20)
    assert swallowed == [1]


def test_nothing_comes_after_the_block() -> None:
    for _ in range(20):
        with suppress(SliceUp), sliced(0.05), interrupted():
            _busy(0.051)
        _busy(0.06)


def test_without_a_limit_nothing_is_interrupted() -> None:
    with interrupted():
        _busy(0.1)


def test_degrees_that_have_no_end_are_not_factored() -> None:
    u = Symbol("u")
    with pytest.raises(PolynomialError):
        factored(exp(HUGE * u) + exp(u))
    assert factored(u**2 - 1)[1] == [(u - 1, 1), (u + 1, 1)]


def test_values_where_sympy_has_no_end() -> None:
    # ∫ p^(1/3) q^(2/3) is about (10^-100)^(1/3) Γ: of 1/(1 − α) = 3/2 no digit is changed.
    narrow, wide = TruncatedExponential(1, 1), TruncatedExponential(1 / Integer(10) ** 100, HUGE)
    assert str(evaluate(Tsallis(wide, narrow, Rational(1, 3)), 30)) == "1.5" + "0" * 28
    # (2^(1−α) + α − 2)/(α − 1) = 1 − 10^-300.
    assert str(evaluate(Renyi(Poisson(1), Poisson(2), HUGE), 30)) == "1." + "0" * 29
