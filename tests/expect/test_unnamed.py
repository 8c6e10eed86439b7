"""Densities that nobody has named, each against quadrature of its definition and through the checker."""

import mpmath
import pytest
from sympy import EulerGamma, Rational, Symbol, beta, cosh, digamma, exp, gamma, lambdify, log, oo, pi, sech, sqrt, symbols

import symkl
from symkl import KL, Density, DomainError, derive, kl

x = Symbol("x", real=True)
a, b = symbols("a b", positive=True)
VALUES = {a: Rational(5, 3), b: Rational(3, 2)}

PAIRS = [
    ((-log(x), (0, 1)), symkl.Uniform(0, 1)),
    ((log(x) ** 2 / 2, (0, 1)), symkl.Uniform(0, 1)),
    ((b**a * x ** (b - 1) * (-log(x)) ** (a - 1) / gamma(a), (0, 1)), symkl.Beta(2, 1)),
    ((log(x) / x**2, (1, oo)), symkl.Pareto(Rational(1, 2), 1)),
    ((sech(x) ** 2 / 2, (-oo, oo)), symkl.Normal(0, b)),
    ((1 / (4 * cosh(x / 2) ** 2), (-oo, oo)), symkl.Normal(1, b)),
    ((2 * a * x * exp(-(x**2)) * (1 - exp(-(x**2))) ** (a - 1), (0, oo)), symkl.Rayleigh(b)),
    ((a * exp(-x) / (1 + exp(-x)) ** (a + 1), (-oo, oo)), symkl.Logistic(0, 1)),
    ((2 * sqrt(x / pi) * exp(-x), (0, oo)), symkl.Gamma(a, b)),
    ((x**2 * exp(-(x**2) / 2) / sqrt(2 * pi), (-oo, oo)), symkl.Normal(0, b)),
    ((abs(x) * exp(-(x**2) / 2) / 2, (-oo, oo)), symkl.Normal(0, b)),
    ((Rational(3, 4) * (1 - x**2), (-1, 1)), symkl.Uniform(-1, 1)),
    ((1 - abs(x), (-1, 1)), symkl.Uniform(-1, 1)),
    ((1 - abs(x), (-1, 1)), symkl.Cauchy(a, b)),
    ((6 * x * (1 - x), (0, 1)), symkl.StudentT(3, a, b)),
    ((x ** (a - 1) * (1 - x**2) ** (b - 1) * 2 / beta(a / 2, b), (0, 1)), symkl.Beta(2, 1)),
]


@pytest.mark.parametrize(("typed", "Q"), PAIRS, ids=lambda each: str(each)[:50])
def test_closed_checked_and_equal_to_quadrature(typed, Q) -> None:
    expr, support = typed
    found = derive(KL(Density(expr, x, support), Q))
    assert found.status == "closed"
    assert found.check().is_proved
    assert _close(found.result.subs(VALUES), _divergence(expr.subs(VALUES), support, Q.subs(VALUES)))


def _divergence(p, support, Q) -> mpmath.mpf:
    f = lambdify(x, p, "mpmath")
    g = lambdify(x, Q.density(x), "mpmath")
    low, high = (mpmath.mpf("-inf") if end == -oo else mpmath.mpf("inf") if end == oo else mpmath.mpf(end) for end in support)
    points = [low, *[c for c in (0, mpmath.mpf(1) / 2, 1, 3) if low < c < high], high]
    return mpmath.quad(lambda t: f(t) * mpmath.log(f(t) / g(t)) if f(t) > 0 and g(t) > 0 else 0, points)


def _close(value, expected) -> bool:
    return abs(mpmath.mpf(str(value.evalf(20))) - expected) < 1e-7 * (1 + abs(expected))


@pytest.mark.parametrize("factor", [2, 1 + Rational(1, 10**9)])
def test_a_wrong_constant_is_no_density(factor) -> None:
    for expr, support in (PAIRS[0][0], PAIRS[4][0], PAIRS[11][0]):
        with pytest.raises(DomainError, match="mass"):
            kl(Density(factor * expr, x, support), symkl.Normal(0, 1))


SPLIT = [(1 / (1 + x**2), pi), (exp(-abs(x)), 2), (exp(-(x**4)), gamma(Rational(1, 4)) / 2), (exp(-(abs(x) ** 3)), 2 * gamma(Rational(4, 3)))]
SPLIT += [(1 / (1 + x**4), pi / sqrt(2)), (x**2 * exp(-(x**4)), gamma(Rational(3, 4)) / 2), (exp(-abs(x - 1)), 2)]


@pytest.mark.parametrize(("shape", "mass"), SPLIT, ids=str)
def test_a_density_in_halves_needs_its_constant_too(shape, mass) -> None:
    c = Symbol("c")
    for constant in (c, b, 1, Rational(1, 3)):
        with pytest.raises(DomainError, match="mass"):
            symkl.entropy(Density(constant * shape, x, (-oo, oo)))
    assert kl(Density(shape / mass, x, (-oo, oo)), Density(shape / mass, x, (-oo, oo))) == 0


def test_densities_within_a_mixture_are_asked_too() -> None:
    half = Rational(1, 2)
    with pytest.raises(DomainError, match="mass"):
        kl(symkl.Mixture((half, Density(exp(-abs(x)), x, (-oo, oo))), (half, symkl.Normal(0, 1))), symkl.Normal(0, 1))


MORE_FORMS = [
    # log-Laplace law; Topp and Leone (1955); the shifted log-logistic law: entropies
    (exp(-abs(log(x) - b) / a) / (2 * a * x), (0, oo), b + 1 + log(2 * a)),
    (2 * a * (1 - x) * (2 * x - x**2) ** (a - 1), (0, 1), (digamma(a + 1) + EulerGamma) / 2 + 1 - 1 / a - log(2 * a)),
    ((1 + a * x / b) ** (-1 / a - 1) / (b * (1 + (1 + a * x / b) ** (-1 / a)) ** 2), (-b / a, oo), log(b) + 2),
]


@pytest.mark.parametrize(("expr", "support", "value"), MORE_FORMS, ids=lambda each: str(each)[:40])
def test_printed_entropies(expr, support, value) -> None:
    found = derive(symkl.Entropy(Density(expr, x, support)))
    assert found.status == "closed"
    assert abs((found.result - value).subs(VALUES).evalf(30)) < 1e-25
    assert found.result.count_ops() <= value.count_ops()
    assert found.check().is_proved
