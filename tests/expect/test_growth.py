"""Growth: every expansion is held against the number itself far out; orders and signs against what is known of them."""

from __future__ import annotations

import mpmath as mp
import pytest
from sympy import (
    Abs,
    E,
    Expr,
    Integer,
    Max,
    Piecewise,
    Rational,
    S,
    Symbol,
    acos,
    atan,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    digamma,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    lambdify,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sech,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
)
from sympy.core.relational import Relational

from symkl.errors import Undecided
from symkl.expect.growth import LOG, ONE, Growth, Scale, T, compare, converges, dominant, leading
from symkl.expect.growth_cases import CaseTree, case_tree, isolate
from symkl.expect.growth_conditions import condition_of, conjunction
from symkl.expect.growth_expand import End, Place, expand
from symkl.expect.growth_functions import FUNCTIONS
from symkl.expect.growth_linear import NEGATIVE, POSITIVE, REAL, ZERO, cheap_signs
from symkl.expect.growth_points import suspects
from symkl.expect.growth_signs import Imprecise, Known, Split, Void, nonzero, sign
from symkl.form.facts import Facts

NOTHING = Known()
x = Symbol("x", real=True)
n = Symbol("n", integer=True)
INFINITY, MINUS = End(oo, -1), End(-oo, 1)


def _number(scale: Scale, t: mp.mpf) -> mp.mpf:
    """The scale at t, by its definition."""
    exponent = sum((mp.mpmathify(c.evalf(60)) * _number(m, t) for m, c in scale.exponent.items()), mp.mpf(0))
    levels = [t, mp.log(t), mp.log(mp.log(t)), mp.log(mp.log(mp.log(t)))]
    powers = [base ** mp.mpmathify(a.evalf(60)) for base, a in zip(levels, scale.powers) if a != 0]
    return mp.exp(exponent) * mp.fprod(powers)


def _value(growth: Growth, t: mp.mpf) -> mp.mpf:
    return mp.fsum(mp.mpmathify(c.evalf(60)) * _number(m, t) for m, c in growth.terms.items())


def _point(end: End, t: mp.mpf) -> mp.mpf:
    if end.is_infinite:
        return t if end.point is S.Infinity else -t
    return mp.mpmathify(end.point.evalf(60)) + end.side / t


DOUBLE = exp(2 * x - exp(x / 3))
CANCELS = 1 + cos(pi * x)
EXPANSIONS = [
    ((x - 3) ** 2 - x**2, INFINITY),
    ((x - 3) ** Rational(5, 2), INFINITY),
    (Abs(x - 2) ** Rational(1, 3) - 1, MINUS),
    (log(1 + (x / 3) ** 2), MINUS),
    (log((x - 1) ** 2 + 4), INFINITY),
    (sqrt(x**4 + x**3 + 1) - x**2, INFINITY),
    (1 - x ** Rational(7, 3), End(S.One, -1)),
    (log(1 - x ** Rational(7, 3)), End(S.One, -1)),
    (CANCELS, End(S.One, -1)),
    (exp(-1 / x) / x**2, End(S.Zero, 1)),
    (DOUBLE, INFINITY),
    (exp(log(x) ** 2), INFINITY),
    (3**x * x**2, INFINITY),
    (x**x, INFINITY),
    (log(log(x)), INFINITY),
    (log(exp(-((x - 1) ** 2)) + exp(-((x + 1) ** 2))), INFINITY),
    (log(exp(-x) + 1), MINUS),
    (log(cosh(x)), MINUS),
    (sech(x), INFINITY),
    (1 - tanh(x), INFINITY),
    (erfc(x - 1), INFINITY),
    (erfc(x), MINUS),
    (2 - erfc(x), MINUS),
    (1 + erf(x), MINUS),
    (1 - erf(2 * x), INFINITY),
    (erf(x), End(S.Zero, 1)),
    (log(erfc(x + 2)), INFINITY),
    (loggamma(x + Rational(1, 3)), INFINITY),
    (loggamma(x), End(S.Zero, 1)),
    (gamma(x), INFINITY),
    (gamma(x + 1) / gamma(x + Rational(5, 2)), INFINITY),
    (factorial(x), INFINITY),
    (binomial(x + 3, 3), INFINITY),
    (beta(x, 3), INFINITY),
    (digamma(x), INFINITY),
    (digamma(x), End(S.Zero, 1)),
    (polygamma(1, x), INFINITY),
    (polygamma(2, x), End(S.Zero, 1)),
    (polygamma(1, x), End(S.One, 1)),
    (besseli(0, 2 * x), INFINITY),
    (log(besseli(0, 2 * x)), INFINITY),
    (besseli(Rational(1, 2), x), End(S.Zero, 1)),
    (besseli(0, x), End(S.Zero, 1)),
    (besselk(2, x), INFINITY),
    (besselk(0, x), End(S.Zero, 1)),
    (besselk(Rational(3, 2), x), End(S.Zero, 1)),
    (besselk(2, x), End(S.Zero, 1)),
    (besselk(-2, x), End(S.Zero, 1)),
    (atan(x), INFINITY),
    (sin(x), End(pi, -1)),
    (tan(x), End(S.Zero, 1)),
    (acos(x), End(S.Zero, 1)),
    (Max(x, 3 - x), INFINITY),
    (Piecewise((x**2, x < 4), (sqrt(x), True)), INFINITY),
]


@pytest.mark.parametrize(("expr", "end"), EXPANSIONS, ids=lambda value: str(value))
@pytest.mark.parametrize("order", [1, 3])
def test_the_leading_term_is_that_of_the_function(expr: Expr, end: End, order: int) -> None:
    """f/(leading term) → 1, and the error claimed is not exceeded: |f − expansion| = O(Σ errors)."""
    growth = expand(expr, Place(x, end, NOTHING, max(order, 3 if expr == CANCELS else 1)))
    first, growth = leading(growth, NOTHING)
    function = lambdify(x, expr, "mpmath")
    cancels = expr.has(erf, erfc, tanh)
    with mp.workdps(2500 if cancels else 60):
        # Slow scales need large t; e^{e^t} needs small ones, and so does what mpmath can take only as a difference.
        far = mp.mpf(12 if cancels else 40 if expr.has(factorial, binomial) or expr == DOUBLE else 300)
        ratios, excess = [], []
        for t in (far, 3 * far):
            value = function(_point(end, t))
            ratios.append(abs(value / (mp.mpmathify(growth.terms[first].evalf(60)) * _number(first, t)) - 1))
            errors = mp.fsum(abs(_number(error, t)) for error in growth.errors)
            difference = abs(value - _value(growth, t))
            excess.append(difference / errors if errors else difference / abs(value))
        assert ratios[1] <= ratios[0] < mp.mpf("0.75") or ratios[1] < mp.mpf(10) ** -30
        if growth.errors:
            assert excess[1] <= 3 * excess[0] + mp.mpf(10) ** -6, "the remainder outgrows the errors claimed"
        else:
            assert excess[1] < mp.mpf(10) ** -40, "said to be exact"


def test_a_planted_error_in_an_expansion_is_seen() -> None:
    """The comparison above is sharp: a wrong exponent, coefficient or error is noticed."""
    t = mp.mpf(300)
    with mp.workdps(60):
        right = expand(erfc(x), Place(x, INFINITY, NOTHING))
        (scale, coefficient), *_ = right.terms.items()
        assert abs(mp.erfc(t) / (mp.mpmathify(coefficient.evalf(60)) * _number(scale, t)) - 1) < 1e-4
        assert abs(mp.erfc(t) / (2 * mp.mpmathify(coefficient.evalf(60)) * _number(scale, t)) - 1) > 0.4
        assert abs(mp.erfc(t) / (mp.mpmathify(coefficient.evalf(60)) * _number(scale * T, t)) - 1) > 0.9


def test_every_special_function_is_covered() -> None:
    """Each function with an expansion of its own stands in the table above."""
    seen = {part.func for expr, _ in EXPANSIONS for part in expr.atoms(*FUNCTIONS)}
    derived = {"sinh", "coth", "csch", "asin"}
    assert {each.__name__ for each in FUNCTIONS} - {each.__name__ for each in seen} <= derived


def test_bessel_function_of_large_order() -> None:
    growth = expand(log(besseli(n, 3)), Place(n, INFINITY, NOTHING))
    with mp.workdps(40):
        for k in (200, 800):
            assert abs(mp.log(mp.besseli(k, 3)) - _value(growth, mp.mpf(k))) < 1
    downwards = expand(besseli(n, 3), Place(n, MINUS, NOTHING))
    assert downwards.terms == expand(besseli(n, 3), Place(n, INFINITY, NOTHING)).terms


ORDERED = [
    exp(exp(x)),
    gamma(x),
    exp(x) * x,
    exp(x) / log(x),
    exp(sqrt(x)),
    exp(log(x) ** 2),
    x**2 * log(x),
    x**2,
    x**2 / log(log(x)),
    sqrt(x),
    exp(sqrt(log(x))),
    log(x) ** 3,
    log(x),
    sqrt(log(x)),
    log(log(x)) ** 2,
    log(log(x)),
    S.One,
    1 / log(x),
    1 / x,
    exp(-x),
    exp(-(x**2)),
]


def test_the_scale_is_ordered() -> None:
    scales = []
    for expr in ORDERED:
        growth = expand(expr, Place(x, INFINITY, NOTHING))
        scales.append(leading(growth, NOTHING)[0])
    for i, left in enumerate(scales):
        for j, right in enumerate(scales):
            assert compare(left, right, NOTHING) == (j > i) - (j < i), (ORDERED[i], ORDERED[j])


@pytest.mark.parametrize(
    ("integrand", "expected"),
    [
        (1 / x, False),
        (x ** Rational(-101, 100), True),
        (1 / (x * log(x)), False),
        (1 / (x * log(x) ** 2), True),
        (1 / (x * log(x) * log(log(x))), False),
        (1 / (x * log(x) * log(log(x)) ** 2), True),
        (exp(-sqrt(log(x))) / x, True),
        (exp(sqrt(log(x))) / x, False),
        (exp(-sqrt(x)) * x**50, True),
        (exp(sqrt(x)) * x**-50, False),
        (exp(-exp(x)) * exp(50 * x), True),
        (x**0, False),
    ],
)
def test_convergence_at_infinity(integrand: Expr, expected: bool) -> None:
    scale = leading(expand(integrand, Place(x, INFINITY, NOTHING)), NOTHING)[0]
    assert converges(scale, (), NOTHING) is expected


def test_errors_of_the_weight_forbid_a_verdict_they_could_change() -> None:
    assert converges(T ** Integer(-3), (), NOTHING)
    with pytest.raises(Imprecise):
        converges(T ** Integer(-3), (LOG,), NOTHING)


def test_what_cannot_be_expanded() -> None:
    place = Place(x, INFINITY, NOTHING)
    with pytest.raises(Undecided):
        expand(tan(x), place)
    with pytest.raises(Void):
        expand(log(-x), place)
    with pytest.raises(Imprecise):
        leading(expand(cos(x) * x, place), NOTHING)
    with pytest.raises(Undecided):
        expand(polygamma(Rational(1, 2), x), place)


def test_signs_split_on_the_factor_that_is_open() -> None:
    k, b = symbols("k b", positive=True)
    with pytest.raises(Split) as caught:
        sign((k - 1) * b**2 / (1 + b), NOTHING)
    assert caught.value.expr == k - 1
    assert sign((k - 1) * b, Known(Facts((k - 2,)))) == 1
    assert sign(b**2 - 2 * b * k + k**2 + 1, NOTHING) == 1
    with pytest.raises(Split) as caught:
        nonzero(log(k) - log(3), NOTHING)
    assert caught.value.expr == k - 3
    p = Symbol("p", positive=True)
    assert sign(log(p) - p + 1, Known(Facts((1 - p,)))) == -1
    assert sign(1 + p**2 - 2 * p * cos(x), Known(Facts((1 - p,)))) == 1


def test_cheap_signs_combine_facts() -> None:
    a, b, c = symbols("a b c", real=True)
    facts = Facts((a,), (b - a, c - b))
    assert cheap_signs(c, facts) == POSITIVE
    assert cheap_signs(-c - b, facts) == NEGATIVE
    assert cheap_signs(c - a, facts) == POSITIVE | ZERO
    assert cheap_signs(a - c + 1, facts) == REAL
    assert cheap_signs(a * b, facts) == POSITIVE


def _condition(expr: Expr, wanted: int) -> Relational:
    tree: CaseTree[int] = case_tree(lambda known, put: sign(expr.xreplace(put), known), NOTHING)
    return condition_of(tree, lambda answer: answer == wanted, Facts())  # type: ignore[return-value]


def test_conditions_come_out_for_one_parameter() -> None:
    nu, alpha, k = symbols("nu alpha k", positive=True)
    assert _condition(1 - nu / 2, -1) == (nu > 2)
    assert _condition(k * (2 - 2 * alpha), -1) == (alpha > 1)
    assert _condition(1 / alpha - 1 / k, 1) == (alpha < k)
    assert _condition(log(k) - log(alpha), 0) in (_condition(k - alpha, 0), _condition(alpha - k, 0))
    assert isolate(3 - nu / 2, NOTHING) == (nu, S(6), -1)
    assert conjunction([alpha > 1, alpha > 2, k > 0], Facts((k,))) == (alpha > 2)
    assert conjunction([alpha > 1, alpha < S.Half], Facts()) is S.false


def test_suspects_name_what_may_be_infinite() -> None:
    assert set(suspects(log(x) / (x - 1) + loggamma(x + 2), x)) == {("log", x), ("power", x - 1), ("gamma", x + 2)}
    assert suspects(exp(x) * x**2 + cos(x), x) == ()


def test_growths_are_sums() -> None:
    square = expand((x - E) ** 2, Place(x, INFINITY, NOTHING))
    assert square.terms == {T ** Integer(2): 1, T: -2 * E, ONE: E**2}
    assert dominant(square.terms, NOTHING) == T ** Integer(2)
