"""Rényi and Tsallis divergences of a symbolic order: where the order is one they are D_KL, which the form is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Piecewise, Rational, Symbol, log, oo, symbols

from symkl import Bernoulli, Exponential, Normal, Poisson, kl, renyi
from symkl.core.divergences import Tsallis

a, b, c = symbols("a b c", positive=True)
PAIRS = [(Exponential(a), Exponential(b)), (Poisson(a), Poisson(b)), (Normal(0, a), Normal(0, b)), (Bernoulli(Rational(1, 3)), Bernoulli(Rational(1, 4)))]


@pytest.mark.parametrize("measure", [renyi, lambda P, Q, order: Tsallis(P, Q, order).doit()], ids=["renyi", "tsallis"])
@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_at_order_one_it_is_the_divergence(pair: tuple[Any, Any], measure: Callable[..., Any]) -> None:
    found = measure(*pair, c)
    assert (found.subs(c, 1) - kl(*pair)).expand() == 0
    assert abs((found.subs(c, Rational(1, 2)) - measure(*pair, Rational(1, 2))).subs({a: 2, b: 3}).evalf(30)) < 1e-25
    near = found.subs(c, 1 + Rational(1, 10**9)).subs({a: 2, b: 3}).evalf(30)
    assert abs(near - kl(*pair).subs({a: 2, b: 3}).evalf(30)) < 1e-7


def test_a_form_without_a_pole_needs_no_case() -> None:
    assert renyi(Normal(0, 1), Normal(1, 1), c) == c / 2
    assert not renyi(Exponential(a), Exponential(b), Rational(1, 2)).has(Piecewise)


def test_what_is_infinite_is_infinite() -> None:
    found = Tsallis(Exponential(a), Exponential(b), c).doit()
    assert found.args[-1][0] is oo and found.subs({a: 1, b: 3, c: 2}) is oo


def test_another_order_is_not_taken_for_one() -> None:
    d = Symbol("d", positive=True)
    assert renyi(Exponential(a), Exponential(b), 1 + d).subs({a: 1, b: 2, d: Rational(1, 2)}) != log(Rational(1, 2)) + 1
