"""Dense expansions hold the function at every point from N on, and their sums hold the tail."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Rational, Symbol, besseli, beta, binomial, exp, gamma, log, loggamma, oo, sin, sqrt

from symkl import CrossEntropy, Entropy, Skellam, YuleSimon, Zeta, evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import enclosure_of
from symkl.exact.program import Program
from symkl.exact.stable import Exp
from symkl.exact.sums import Sum1D
from symkl.exact.tails.dense import Dense, DenseRay, OtherForm
from symkl.exact.tails.densefunctions import DenseExpander
from symkl.exact.tails.hurwitz import dense_sum

x = Symbol("x", positive=True)
R = Rational
START = 6

FUNCTIONS = [
    (1 + x) ** R(3, 2) / (x**2 + 3),
    log(1 + x + x**2) - 2 * log(x),
    log(x) ** 2 / (x + R(1, 3)),
    loggamma(x + R(1, 2)) - loggamma(x),
    log(beta(x + 1, R(7, 3))),
    log(binomial(x + R(5, 3), x)),
    gamma(x) / gamma(x + R(5, 3)) * log(x),
    Exp(log(gamma(x + 2)) - log(gamma(x + R(9, 2)))) * (x + 3),
    log(besseli(x, 3)) + log(gamma(x)),
    sqrt(x**2 + x) - x,
    exp(1 / x) * abs(1 - x),
]


def value(a: Dense, v: int, flint: Any) -> Any:
    power = a.power if not isinstance(a.power, Fraction) else flint.arb(a.power.numerator) / a.power.denominator
    point = flint.arb(v)
    total = sum((point.log() ** b * sum((c * point**-i for i, c in enumerate(part)), flint.arb(0)) for b, part in a.parts.items()), flint.arb(0))
    return total * point**power


@pytest.mark.parametrize("expr", FUNCTIONS, ids=str)
@pytest.mark.parametrize("order", [6, 20])
def test_the_expansion_holds_the_function_from_n_on(expr: object, order: int) -> None:
    with precision(300) as flint:
        terms = DenseExpander(DenseRay(order, START), x)(expr)
        function = Program(expr, x).bind(300)
        for v in (2**START, 2**START + 1, 100, 1234, 10**6):
            found, exact = value(terms, v, flint), function(flint.acb(v), False).real
            assert found.overlaps(exact), (v, found, exact)


def test_more_terms_tell_more_and_a_wrong_function_is_not_held() -> None:
    with precision(300) as flint:
        terms = [DenseExpander(DenseRay(order, START), x)(loggamma(x + R(1, 2)) - loggamma(x)) for order in (8, 16, 32)]
        radii = [float(value(each, 100, flint).rad().log()) for each in terms]
        assert radii == sorted(radii, reverse=True) and radii[-1] < -90
        other = Program(loggamma(x + R(1, 2) + R(1, 10**30)) - loggamma(x), x).bind(300)(flint.acb(100), False).real
        assert not value(terms[-1], 100, flint).overlaps(other)


@pytest.mark.parametrize("expr", [sin(x), exp(x), 1 / log(x), loggamma(-x), log(1 - x), exp(-sqrt(x)), (x - 10**6) ** R(1, 2)], ids=str)
def test_what_is_not_of_this_form_is_refused(expr: object) -> None:
    with precision(200), pytest.raises(OtherForm):
        DenseExpander(DenseRay(12, START), x)(expr)


def test_sums_of_dense_tails() -> None:
    with precision(200) as flint:
        ray = DenseRay(40, START)
        tail = dense_sum(ray, DenseExpander(ray, x)(log(x) / (x**2 + x)))
        head = sum((flint.arb(j).log() / (j * j + j) for j in range(1, 2**START)), flint.arb(0))
        # Σ log j/(j(j+1)) = Σ log(1 + 1/j)/(j + 1), known to be 0.78853056591150896…
        assert abs(head + tail - flint.arb("0.78853056591150896106")) < 1e-18 and tail.rad() < 1e-40
        with pytest.raises(OtherForm):
            dense_sum(ray, DenseExpander(ray, x)(1 / (x + 1)))


def test_a_telescoping_sum_to_three_hundred_digits() -> None:
    # Σ Γ(k)/Γ(k + 5/3) = Γ(1)/(Γ(5/3) · 2/3).
    total = Sum1D(x, R(0), gamma(x) / gamma(x + R(5, 3)), R(1), oo).enclose(-700.0, 1040)
    with precision(1040):
        exact = enclosure_of(R(3, 2) / gamma(R(5, 3)))(1040)
        assert total.real.overlaps(exact.real) and total.real.rel_accuracy_bits() > 1000


def test_digits_of_heavy_tails_agree() -> None:
    for head in (Entropy(YuleSimon(R(5, 2))), CrossEntropy(Zeta(3), Skellam(1, 2))):
        few, many = evaluate(head, 30), evaluate(head, 250)
        assert many.is_rigorous and many.digits == 250 and few.overlaps(many)
