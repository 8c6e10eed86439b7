"""Statistics with a kink or by cases, waves times exponentials, half-logistic and inverse Gaussian moments: closed, checked, and equal to enclosures."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, I, N, Piecewise, Rational, Symbol, cos, erfc, exp, log, sin, symbols

import symkl
from symkl import KL, Derivation, Expectation, derive, evaluate, kl
from symkl.expect.primitives import primitive
from symkl.expect.terms import expand_in
from symkl.form.facts import Facts

R = Rational
HALF = R(1, 2)
x = Symbol("x", real=True)
u, w, a, b, c = symbols("u w a b c", positive=True)
m, n = symbols("m n", real=True)


def agrees(head: Expr, values: dict[Expr, Expr]) -> bool:
    """The closed form at the values is in the enclosure of the definition."""
    closed = derive(head).result.subs(values).evalf(25)
    return bool(abs(closed - N(evaluate(head.subs(values), 15).mid, 25)) < 1e-13 * (1 + abs(closed)))


def settled(head: Expr) -> Derivation:
    found = derive(head)
    assert (found.status, found.check().status) == ("closed", "proved"), found.result
    return found


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (symkl.Cardioid(m, R(1, 3)), symkl.Laplace(n, a)),
        (symkl.RaisedCosine(m, b), symkl.Laplace(n, a)),
        (symkl.LogUniform(1, 1 + b), symkl.Laplace(n, a)),
        (symkl.HalfLogistic(b), symkl.AsymmetricLaplace(n, a, c)),
        (symkl.Gompertz(b, c), symkl.Laplace(n, a)),
        (symkl.Lindley(b), symkl.Laplace(n, a)),
        (symkl.InverseGaussian(b, c), symkl.Laplace(n, a)),
        (symkl.ContinuousBernoulli(R(1, 3)), symkl.Laplace(n, a)),
        (symkl.Cardioid(m, R(1, 3)), symkl.VonMises(n, a)),
        (symkl.Cardioid(m, R(1, 3)), symkl.Gumbel(n, a)),
        (symkl.RaisedCosine(m, b), symkl.Moyal(n, a)),
        (symkl.TruncatedExponential(b, 1), symkl.VonMises(n, a)),
        (symkl.HalfLogistic(b), symkl.Weibull(c, a)),
        (symkl.HalfLogistic(b), symkl.Gumbel(n, a)),
        (symkl.HalfLogistic(b), symkl.Normal(n, a)),
        (symkl.Uniform(0, 1), symkl.Triangular(-1, n, 3)),
        (symkl.TruncatedExponential(b, 1), symkl.Triangular(-1, HALF, 3)),
    ],
    ids=str,
)
def test_pair_is_closed_and_right(P: Expr, Q: Expr) -> None:
    head = KL(P, Q)
    settled(head)
    for centre in (R(-2, 3), R(2, 7), R(5, 2)):
        values = {m: R(1, 3), n: centre, a: R(4, 3), b: R(3, 2), c: R(5, 4)}
        assert agrees(head, {symbol: value for symbol, value in values.items() if symbol in head.free_symbols})


def test_every_triangle_on_one_base_is_as_far_from_the_uniform_law() -> None:
    assert kl(symkl.Uniform(0, 1), symkl.Triangular(0, Symbol("v"), 1)) == 1 - log(2)


def test_ends_that_may_meet_are_cases() -> None:
    """(a − a′) log(a − a′) at a = a′."""
    whole = settled(KL(symkl.Uniform, symkl.Triangular)).result
    assert isinstance(whole, Piecewise)
    one, two, three, four, five = sorted(whole.free_symbols, key=str)
    for values in ((0, 0, 2, 2, 1), (0, 0, 1, 2, 1), (1, 0, 2, 2, 1), (1, 0, 2, 2, HALF), (0, 0, 2, 3, R(5, 2))):
        at = dict(zip((one, two, three, four, five), values, strict=True))
        direct = kl(symkl.Uniform(at[one], at[three]), symkl.Triangular(at[two], at[five], at[four]))
        assert abs((whole.subs(at) - direct).evalf(20)) < 1e-15, at


def test_the_largest_rate_is_a_case_of_its_own() -> None:
    """E exp(X) at λ = 2μ², above and below it."""
    head = KL(symkl.InverseGaussian(a, b), symkl.ExpGamma(1, 2))
    found = settled(head)
    for rate in (R(3), R(5)):
        assert agrees(head, {a: 1, b: rate})
    near, at = (found.result.subs({a: 1, b: rate}).evalf(20) for rate in (2 + R(1, 10**12), R(2)))
    assert abs(near - at) < 1e-4
    assert found.result.subs({a: 1, b: R(19, 10)}) == symkl.kl(symkl.InverseGaussian(1, R(19, 10)), symkl.ExpGamma(1, 2))


@pytest.mark.parametrize(
    "f",
    [
        u * exp(-c * u) * cos(a * u + m),
        u**3 * sin(a * u),
        exp(b * u) * cos(a * u) * sin(2 * a * u + m),
        cos(a * u + m) ** 2,
        sin(a * u) ** 2 * cos(a * u),
        u ** R(-3, 2) * exp(-a * u - b / u),
        u ** R(-1, 2) * exp(-a * u - b / u),
    ],
    ids=str,
)
def test_antiderivative(f: Expr) -> None:
    facts = Facts()
    total = sum(coefficient * primitive(monomial, u, facts) for coefficient, monomial in expand_in(f, u, facts, powers=False))
    values = {a: R(2, 3), b: R(5, 7), c: R(4, 3), m: R(1, 5), u: R(11, 9)}
    assert abs((total.diff(u) - f).subs(values).evalf(40)) < 1e-30


def test_waves_whose_frequency_may_vanish_are_left() -> None:
    assert [primitive(each, u, Facts()) for _, each in expand_in(cos(m * u), u, Facts())] == [None]
    assert not primitive(expand_in(cos(a * u), u, Facts())[0].monomial, u, Facts()).has(I, erfc)


def test_a_kink_of_unknown_place_is_not_decided() -> None:
    """The sign of the slope of a piecewise statistic in two variables is not guessed."""
    f = Piecewise((x, x < m * x), (-x, True))
    assert derive(Expectation(f, x, symkl.Uniform(0, 1))).status == "semi-closed"
    assert derive(Expectation(Abs(x - m), x, symkl.Uniform(0, 1))).status == "closed"
