"""Expressions as sums of monomials: the value is kept, and the exponents are those a reader would read off."""

import pytest
from sympy import Abs, Rational, Symbol, cos, cosh, exp, log, pi, symbols

from symkl.expect.terms import ONE, Monomial, exp_of_sum, expand_in, sum_of

u = Symbol("u", positive=True)
a, b, k = symbols("a b k", positive=True)
mu, nu = symbols("mu nu", real=True)
POINT = {a: Rational(7, 5), b: Rational(3, 4), k: Rational(4, 3), mu: Rational(-2, 3), nu: Rational(1, 2), u: Rational(5, 7)}

CASES = [
    (u / a) ** (1 / k),
    ((u / a) ** (1 / k) / b) ** k,
    log((u / a) ** k),
    (mu - nu + a * u) ** 2,
    exp(-(mu + a * u) / b),
    log(1 + (u / b) ** k),
    log(a + u),
    log(b**2 + (u - mu) ** 2),
    Abs(mu - b * u),
    cos(u - mu),
    cos(pi * (u - mu) / a),
    (log(u) / b + mu) ** 3,
    log(1 - u**2),
    log(a**2 * (2 * u) - a**2 * u**2),
    log(cosh(u / 2)),
    log(exp(u) + exp(-u)),
    exp(a * log(u) - b * u + log(1 + u)),
    (1 + u) ** 2 * exp(-u),
]


@pytest.mark.parametrize("f", CASES, ids=str)
@pytest.mark.parametrize("powers", [True, False])
def test_the_sum_is_the_function(f, powers):
    terms = expand_in(f, u, powers=powers)
    assert abs(complex((sum_of(terms, u) - f).subs(POINT).evalf(30))) < 1e-25


def test_exponents_are_read_off():
    ((coefficient, monomial),) = expand_in(b * u ** (a - 1) * log(u) ** 2 * exp(-k * u), u)
    assert coefficient == b
    assert monomial == Monomial(power=a - 1, logs=2, rate=-k)


def test_powers_of_sums_stay_whole_on_request():
    ((coefficient, monomial),) = expand_in((u - mu) ** 2 / a, u, powers=False)
    assert coefficient == 1 / a and monomial.factors == ((u - mu, 2),)


def test_like_terms_join_and_cancel():
    assert expand_in(a * log(u) - a * log(u / b) - a * log(b), u) == []
    assert expand_in(a * u + b * u, u) == [(a + b, Monomial(power=1))]


def test_a_constant_is_the_empty_monomial():
    assert expand_in(a + b, u) == [(a + b, ONE)]


def test_exponentials_of_logarithms_are_powers():
    assert exp_of_sum(a * log(b) - log(2)) == b**a / 2
