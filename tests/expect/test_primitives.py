"""Antiderivatives: G' is the monomial, and limits at the ends are what they are."""

import pytest
from sympy import EulerGamma, Rational, S, Symbol, atan, betainc, erfc, exp, expint, gamma, log, oo, pi, sqrt, symbols, uppergamma

from symkl.expect.limits import limit_at
from symkl.expect.primitives import primitive
from symkl.expect.terms import expand_in
from symkl.form.facts import Facts

u = Symbol("u", positive=True)
x = Symbol("x", real=True)
a, b, c, k = symbols("a b c k", positive=True)
POINT = {a: Rational(7, 5), b: Rational(3, 4), c: Rational(5, 3), k: Rational(4, 3), u: Rational(2, 3), x: Rational(2, 3)}

INTEGRANDS = [
    u**a,
    u**a * log(u) ** 2,
    1 / u,
    u**3 * exp(-b * u),
    u**a * exp(-b * u),
    log(u) * exp(-b * u),
    log(a + b * u),
    u**2 * log(a + b * u),
    log(b**2 + (u - a) ** 2),
    u**2 * log(b**2 + (u - a) ** 2),
    u**3 * log(a + c * u**2),
    u**4 * log(4 - b * u + c * u**2),
    u ** (a - 1) * log(b + c * u**k),
    u ** (a - 1) * log(1 + c * u ** (-k)),
    u ** (-a - 1) * log(1 + c * u**k),
    u ** (-a - 1) * log(b + c * u**k),
    log(1 + a * exp(-b * u)),
    u * exp(-a * u) * log(1 + b * u),
    u**a * exp(-c * u**k),
    u ** (-a) * exp(-c / u),
    u * (1 + b * u) ** k,
    log(u) / (1 + u) ** 2,
    log(1 + u) / (1 + u) ** 3,
    u ** (a - 1) * (1 - u) ** (b - 1),
    u ** (a - 1) * (1 + u) ** (-a - b),
    exp(-u - exp(-u)),
    exp(u - b * exp(u)),
    exp(-u) / (1 + exp(-u)) ** 2,
    u ** (k - 1) * (1 + u**k) ** (-b - 1),
    u ** (k - 1) / (1 + u**k),
    1 / (a + c * u**2),
    (a + c * u**2) ** -3,
    (a + c * u**2) ** Rational(-5, 2),
    (1 + u**2) ** (-a),
    u**2 / (a + c * u**2),
    u**4 / (a + c * u**2) ** 3,
    u**5 / (1 + u**2) ** 2,
    u**3 * (1 + u**2) ** Rational(-7, 2),
]


@pytest.mark.parametrize("f", INTEGRANDS, ids=str)
def test_the_derivative_is_the_monomial(f):
    for _, monomial in expand_in(f, u):
        G = primitive(monomial, u, Facts())
        assert G is not None
        difference = G.diff(u) - monomial.expr(u)
        assert abs(difference.subs(POINT).evalf(30)) < 1e-25


def test_gaussian_monomials():
    for n in range(4):
        ((_, monomial),) = expand_in(x**n * exp(-b * x**2 + c * x), x)
        G = primitive(monomial, x, Facts())
        assert abs((G.diff(x) - monomial.expr(x)).subs(POINT).evalf(30)) < 1e-25


@pytest.mark.parametrize(
    ("G", "end", "above", "value"),
    [
        (u**a * log(u), S.Zero, True, S.Zero),
        (exp(-b * u) * u**5, oo, False, S.Zero),
        (uppergamma(a, b * u), S.Zero, True, gamma(a)),
        (uppergamma(a, b * u), oo, False, S.Zero),
        (-expint(1, u) - exp(-u) * log(u), S.Zero, True, EulerGamma),
        (u * log(u) / (1 + u) - log(1 + u), oo, False, S.Zero),
        ((1 + u) ** (-a), oo, False, S.Zero),
        (betainc(a, b, 0, u / (1 + u)), oo, False, gamma(a) * gamma(b) / gamma(a + b)),
        (u * sqrt(u), 4, False, S(8)),
        (atan(b * u), oo, False, pi / 2),
        (atan(log(u)), S.Zero, True, -pi / 2),
        (erfc(a + b * log(u)), S.Zero, True, S(2)),
        (erfc(a - b * log(u) ** 2), S.Zero, True, S(2)),
    ],
    ids=str,
)
def test_limits(G, end, above, value):
    assert limit_at(G, u, S(end), above, Facts()) == value


def test_a_divergence_has_no_limit():
    assert limit_at(log(u), u, S.Zero, True, Facts()) is None
    assert limit_at(1 / u, u, S.Zero, True, Facts()) is None
    assert limit_at(log(u) / pi, u, oo, False, Facts()) is None
