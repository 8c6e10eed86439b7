"""Expansions on a ray hold the function at every point of it, and bounds of tails hold the tail."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Rational, Symbol, atan, besseli, besselk, cosh, erfc, exp, log, loggamma, sin, tanh, uppergamma

from symkl.exact.arithmetic import precision
from symkl.exact.program import Program
from symkl.exact.tails.bounds import divergence, integral_bound, sum_bound
from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.hurwitz import power_sum
from symkl.exact.tails.monomials import ONE, Monomial, compare, value
from symkl.exact.tails.numbers import Q, acb

x = Symbol("x", positive=True)
R = Rational
START = 6

FUNCTIONS = [
    (1 + x) ** R(3, 2) / (x**2 + 3),
    log(1 + x + x**2) - 2 * log(x),
    exp(-x + log(x) ** 2) * (x + 3),
    loggamma(x + R(1, 2)) - loggamma(x),
    exp(x * log(x) - loggamma(x + 1)),
    log(erfc(x / 3 + 1)),
    log(erfc(-x)),
    log(besseli(0, 2 * x)),
    besselk(R(1, 3), x) * exp(x),
    log(besseli(x, 3)),
    log(uppergamma(R(1, 3), x)),
    atan(x),
    sin(1 / x),
    tanh(x / 5),
    log(cosh(x)),
    log(1 + exp(-x / 2)) + log(1 + exp(x / 3)),
]


@pytest.mark.parametrize("expr", FUNCTIONS, ids=str)
@pytest.mark.parametrize("order", [2, 4, 8])
def test_the_expansion_holds_the_function_at_points_of_the_ray(expr: object, order: int) -> None:
    with precision(300) as flint:
        ray = Ray(order=order, start=START)
        terms = Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(expr)
        function = Program(expr, x).bind(300)
        for v in (2**START, 2**START + 1, 100, 1234, 10**6):
            logs = (flint.arb(v).log(), flint.arb(v).log().log(), flint.arb(v).log().log().log())
            total = sum((acb(c) * value(m, logs) for m, c in terms.items()), flint.acb(0))
            exact = function(flint.acb(v), False)
            assert total.real.overlaps(exact.real), (v, total, exact)


def test_a_wrong_function_is_not_held() -> None:
    with precision(300) as flint:
        ray = Ray(order=8, start=START)
        terms = Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(loggamma(x + R(1, 2)))
        logs = (flint.arb(10**6).log(), flint.arb(10**6).log().log(), flint.arb(10**6).log().log().log())
        total = sum((acb(c) * value(m, logs) for m, c in terms.items()), flint.acb(0))
        wrong = Program(loggamma(x + R(1, 2)) + Rational(1, 10**20), x).bind(300)(flint.acb(10**6), False)
        assert not total.real.overlaps(wrong.real)


@pytest.mark.parametrize(
    ("expr", "tail"),
    [
        (x**-3, x**-2 / 2),
        (exp(-x / 4) * x, exp(-x / 4) * (4 * x + 16)),
        (log(x) / x**2, (log(x) + 1) / x),
    ],
    ids=str,
)
def test_bounds_of_tails_are_above_the_tail_and_close(expr: object, tail: object) -> None:
    with precision(200) as flint:
        ray = Ray(start=START)
        terms = Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(expr)
        bound = integral_bound(ray, terms)
        exact = Program(tail, x).bind(200)(flint.acb(2**START), False).real
        assert exact <= bound
        assert bound < 3 * exact
        total = flint.arb(0)
        run = Program(expr, x).bind(200)
        for j in range(2**START, 2**START + 3000):
            total += run(flint.acb(j), False).real
        assert total <= sum_bound(ray, terms, flint.arb(1))


@pytest.mark.parametrize(("expr", "sign"), [(1 / x, 1), (-log(x) / x, -1), (1 / (x * log(x)), 1), (x**-2, 0), (1 / (x * log(x) ** 2), 0)], ids=str)
def test_divergence_is_proved_where_it_holds_only(expr: object, sign: int) -> None:
    with precision(200):
        ray = Ray()
        assert divergence(ray, Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(expr)) == sign


def test_what_does_not_decay_has_no_bound() -> None:
    with precision(200), pytest.raises(NotFarEnough):
        ray = Ray()
        integral_bound(ray, Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(1 / x))


def test_sums_of_powers_by_hurwitz() -> None:
    with precision(200) as flint:
        ray = Ray(order=30, start=10)
        terms = Expander(ray, x, {Monomial(power=Q(1)): Q(1)})(log(x) / (x**2 + x))
        tail = power_sum(ray, terms)
        assert tail is not None
        head = sum((flint.arb(j).log() / (j * j + j) for j in range(1, 2**10)), flint.arb(0))
        # Σ log j / (j (j+1)) from an independent computation.
        assert (tail.real + head).overlaps(flint.arb("0.788530565911508961060276112345")) or abs(
            tail.real + head - flint.arb("0.78853056591150896106")
        ) < flint.arb("1e-19")


def test_the_scale_is_ordered() -> None:
    v, big, slow = Monomial(power=Q(1)), Monomial(exponent=((Q(1), Monomial(power=Q(1))),)), Monomial(log=Q(5))
    assert compare(big, v) == 1 and compare(v, slow) == 1 and compare(slow, ONE) == 1 and compare(v, v) == 0
    assert compare(Monomial(exponent=((Q(-1), v),)), Monomial(power=Q(-1000))) == -1
    assert Fraction(1, 2) == Q(1, 2)
