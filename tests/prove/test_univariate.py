"""Closed forms as functions of one variable: by homogeneity, by roots, on intervals; and the same with a constant a little wrong."""

from __future__ import annotations

import pytest
from sympy import Max, Min, Rational, S, Symbol, exp, log, sqrt

from symkl import KL, Bernoulli, Chi2, Entropy, Exponential, Hellinger, Poisson, prove
from symkl.core.family import Family
from symkl.form.facts import Facts
from symkl.prove.divergence.calculus import gcd_of, pmul, poly
from symkl.prove.univariate import univariate

a, b, p = (Symbol(name, positive=True) for name in "abp")
H = -p * log(p) - (1 - p) * log(1 - p)
POISSON = a * log(a / b) - a + b
EXPONENTIAL = log(a / b) + b / a - 1
BELOW_ONE = Facts(positive=(1 - p,))
ORDERED = Facts(nonnegative=(a - b,))
NOTHING = Facts()


@pytest.mark.parametrize(
    ("f", "facts"),
    [
        (H - 2 * p * (1 - p), BELOW_ONE),
        (2 * sqrt(p * (1 - p)) - H, BELOW_ONE),
        (POISSON - (sqrt(a) - sqrt(b)) ** 2, NOTHING),
        ((a - b) * log(a / b) - 4 * (sqrt(a) - sqrt(b)) ** 2, NOTHING),
        (EXPONENTIAL - (1 - sqrt(b / a)) ** 2, NOTHING),
        (EXPONENTIAL - (a - b) ** 2 / (2 * a**2), ORDERED),
        (POISSON - (a - b) ** 2 / (2 * a), ORDERED),
    ],
)
def test_signs_of_derivatives(f: object, facts: Facts) -> None:
    assert univariate(f, facts) is not None  # type: ignore[arg-type]
    assert univariate(f - Rational(1, 10**9) * p * b, facts) is None  # type: ignore[operator]


@pytest.mark.parametrize(
    ("f", "facts"),
    [
        (H - Rational(2000000001, 10**9) * 2 * p * (1 - p), BELOW_ONE),
        (Rational(999999999, 10**9) * 2 * sqrt(p * (1 - p)) * log(2) - H, BELOW_ONE),
        (POISSON - Rational(2000000001, 10**9) * (sqrt(a) - sqrt(b)) ** 2, NOTHING),
        ((a - b) * log(a / b) - Rational(4000000001, 10**9) * (sqrt(a) - sqrt(b)) ** 2, NOTHING),
        (EXPONENTIAL - (a - b) ** 2 / (2 * a**2), NOTHING),
        (EXPONENTIAL - (a - b) ** 2 / (2 * a**2), Facts(nonnegative=(b - a,))),
        (POISSON - (a - b) ** 2 / (2 * a) - Rational(1, 10**9) * a, ORDERED),
        (POISSON - (a - b) ** 2 / (2 * a), Facts(nonnegative=(a - b + S.One,))),
        (H - 2 * p * (1 - p), NOTHING),
        (exp(p) - 1 - p, NOTHING),
    ],
)
def test_what_is_wrong_or_not_of_this_kind(f: object, facts: Facts) -> None:
    assert univariate(f, facts) is None  # type: ignore[arg-type]


def test_claims_about_families() -> None:
    x, y, q = Symbol("x"), Symbol("y"), Symbol("q")
    assert prove(Entropy(Bernoulli(q)) >= 2 * q * (1 - q)).is_proved
    assert prove(KL(Poisson(x), Poisson(y)) >= (sqrt(x) - sqrt(y)) ** 2).is_proved
    assert prove(KL(Exponential(x), Exponential(y)) >= (x - y) ** 2 / (2 * x**2), given=[y <= x]).is_proved
    assert prove(KL(Exponential(x), Exponential(y)) >= (x - y) ** 2 / (2 * x**2)).is_refuted


@pytest.mark.parametrize(("law", "power"), [(Poisson, 1), (Exponential, 2)])
def test_where_the_greater_and_the_lesser_change_places(law: type[Family], power: int) -> None:
    x, y = Symbol("x"), Symbol("y")
    divergence, square = KL(law(x), law(y)), (x - y) ** 2 / 2
    assert prove(divergence >= square / Max(x, y) ** power).is_proved
    assert prove(divergence <= square / Min(x, y) ** power).is_proved
    assert not prove(divergence >= Rational(1000000001, 10**9) * square / Max(x, y) ** power).is_proved
    assert not prove(divergence >= square / Min(x, y) ** power).is_proved


def test_functions_are_asked_for_where_a_variable_is_zero_too() -> None:
    d = Symbol("d", nonnegative=True)
    assert univariate(POISSON.subs(a, b + d) - d**2 / (2 * (b + d)), NOTHING) is not None
    assert univariate(POISSON.subs(a, b + d) - d**2 / (2 * (b + d)) - b / 10**9, NOTHING) is None


def test_exponentials_lie_above_their_tangents() -> None:
    x, y = Symbol("x"), Symbol("y")
    distance = (sqrt(x) - sqrt(y)) ** 2 / 2
    assert prove(Hellinger(Poisson(x), Poisson(y)) ** 2 <= distance).is_proved
    assert not prove(Hellinger(Poisson(x), Poisson(y)) ** 2 <= Rational(999999999, 10**9) * distance).is_proved
    assert prove(Chi2(Poisson(x), Poisson(y)) >= (x - y) ** 2 / y).is_proved


def test_greatest_common_divisors_have_leading_coefficient_one() -> None:
    """Of long polynomials, too, where Euclid's numbers would otherwise double in length with each step."""
    first, second, common = (poly(*(7 * k % 11 + shift for k in range(length))) for shift, length in ((1, 40), (2, 39), (3, 3)))
    assert gcd_of(first, second) == poly(1)
    assert gcd_of(pmul(first, common), pmul(second, common)) == pmul(common, (1 / common[-1],))
