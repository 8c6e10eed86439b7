"""Densities by cases: the support is cut where they change their branch, and each piece has a mean of its own."""

import mpmath
import pytest
from sympy import Eq, Piecewise, Rational, S, Symbol, exp, factorial, lambdify, log, oo, pi, sqrt, symbols

from symkl import KL, Density, DomainError, Entropy, Mixture, Normal, Uniform, derive, entropy, kl

x = Symbol("x", real=True)
k = Symbol("k", integer=True)
a, b, c, q = symbols("a b c q", positive=True)
s1, s2, l1, l2, z1, z2 = symbols("s_1 s_2 lambda_1 lambda_2 z_1 z_2", positive=True)
m = Symbol("m", real=True)
whole = a + 2 * b + c

TRAPEZOID = Density(Piecewise((2 * x / (a * whole), x < a), (2 / whole, x < a + b), (2 * (a + b + c - x) / (c * whole), True)), x, (0, a + b + c))
TWO_SIDED = Density(Piecewise((a * (x / q) ** (a - 1), x < q), (a * ((1 - x) / (1 - q)) ** (a - 1), True)), x, (0, 1))
SPLIT = Density(sqrt(2 / pi) / (s1 + s2) * Piecewise((exp(-((x - m) ** 2) / (2 * s1**2)), x < m), (exp(-((x - m) ** 2) / (2 * s2**2)), True)), x, (-oo, oo))
LAW = Density(Piecewise((1 - q, Eq(k, 0)), (q * a * (1 - a) ** (k - 1), True)), k, S.Naturals0)


def _inflated(z, rate):
    return Density(Piecewise((z + (1 - z) * exp(-rate), Eq(k, 0)), ((1 - z) * exp(-rate) * rate**k / factorial(k), True)), k, S.Naturals0)


ZERO1, ZERO2 = (z + (1 - z) * exp(-rate) for z, rate in ((z1, l1), (z2, l2)))
FORMS = {
    "trapezoid": (Entropy(TRAPEZOID), (a + c) / (2 * whole) + log(whole / 2)),
    "two-sided power": (Entropy(TWO_SIDED), 1 - 1 / a - log(a)),
    "split normal": (Entropy(SPLIT), Rational(1, 2) + log(sqrt(pi / 2) * (s1 + s2))),
    "hurdle": (Entropy(LAW), -(1 - q) * log(1 - q) - q * log(q * a) - q * (1 - a) / a * log(1 - a)),
    "zero-inflated": (
        KL(_inflated(z1, l1), _inflated(z2, l2)),
        ZERO1 * log(ZERO1 / ZERO2) + (1 - z1) * ((1 - exp(-l1)) * (log((1 - z1) / (1 - z2)) - l1 + l2) + l1 * log(l1 / l2)),
    ),
}
POINT = {a: Rational(2, 7), b: Rational(5, 3), c: Rational(3, 2), q: Rational(3, 5), s1: 2, s2: Rational(1, 3), m: -1}
POINT |= {l1: Rational(3, 2), l2: Rational(2, 5), z1: Rational(1, 4), z2: Rational(2, 3)}


@pytest.mark.parametrize("name", FORMS)
def test_printed_forms(name: str) -> None:
    head, value = FORMS[name]
    found = derive(head)
    assert found.status == "closed"
    assert abs((found.result - value).subs(POINT).evalf(30)) < 1e-25
    assert found.result.count_ops() <= 1.5 * value.count_ops()
    assert found.check().status == "proved"


def test_the_mass_of_all_pieces_is_asked() -> None:
    with pytest.raises(DomainError, match="mass"):
        entropy(Density(Piecewise((x, x < 1), (3 - x, True)), x, (0, 2)))
    with pytest.raises(DomainError, match="mass"):
        entropy(Density(Piecewise((Rational(1, 2), Eq(k, 0)), (Rational(1, 2) ** k, True)), k, S.Naturals0))


def test_cuts_of_unknown_order_are_left() -> None:
    """Whether a < b is not known, so the cut is at either."""
    law = Density(Piecewise((exp(-x), x < a), (exp(-x), x < b), (exp(-x), True)), x, (0, oo))
    assert derive(Entropy(law)).status in ("closed", "semi-closed")


def test_three_steps_at_numbers() -> None:
    law = Density(Piecewise((Rational(1, 2), x < 1), (Rational(1, 4), x <= 2), (Rational(1, 12), True)), x, (0, 5))
    assert entropy(law) == log(192) / 4
    assert abs(mpmath.mpf(str(kl(law, Normal(0, 1)).evalf(20))) - mpmath.quad(lambda t: float(law.density(x).subs(x, t)) * mpmath.log(float(law.density(x).subs(x, t)) / mpmath.npdf(t)), [0, 1, 2, 5])) < 1e-9


def test_quadratics_with_irrational_roots_and_cubes_of_distances() -> None:
    """The sum of three uniform variables, and Cleveland's tricube weight."""
    thirds = Density(Piecewise((x**2 / 2, x < 1), ((-2 * x**2 + 6 * x - 3) / 2, x < 2), ((3 - x) ** 2 / 2, True)), x, (0, 3))
    cubes = Density(Rational(70, 81) * (1 - abs(x) ** 3) ** 3, x, (-1, 1))
    for law, points in ((thirds, [0, 1, 2, 3]), (cubes, [-1, 0, 1])):
        found = derive(Entropy(law))
        assert found.status == "closed"
        assert found.check().is_proved
        p = lambdify(x, law.density(x), "mpmath")
        quadrature = mpmath.quad(lambda t, p=p: -p(t) * mpmath.log(p(t)) if p(t) > 0 else 0, points)
        assert abs(mpmath.mpf(str(found.result.evalf(20))) - quadrature) < 1e-9


def test_mixtures_of_uniform_laws() -> None:
    """Constants on pieces: finite sums of logarithms."""
    whole = Mixture((q, Uniform(0, 1)), (1 - q, Uniform(0, 2)))
    assert derive(KL(Uniform(0, 1), whole)).result == log(2 / (1 + q))
    found = derive(KL(whole, Uniform(0, 2)))
    assert found.check().is_proved
    value = (1 + q) / 2 * log(1 + q) + (1 - q) / 2 * log(1 - q)
    assert abs((found.result - value).subs(q, Rational(2, 7)).evalf(30)) < 1e-25
