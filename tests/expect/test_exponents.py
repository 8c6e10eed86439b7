"""E_P[e^{g(X)}] where g is a square or another function whose exponent joins the log-density."""

import mpmath
import pytest
from sympy import Rational, Symbol, exp, lambdify, oo, pi, sqrt, symbols

from symkl import Expectation, InverseGamma, LogNormal, Maxwell, Normal, Rayleigh, derive, expectation

x = Symbol("x", real=True)
m = Symbol("m", real=True)
a, b, q, s, t = symbols("a b q s t", positive=True)
VALUES = {m: Rational(1, 3), a: Rational(5, 2), b: Rational(3, 4), q: Rational(7, 5), s: Rational(4, 3), t: Rational(2, 3)}
CASES = [
    (exp(-t * x**2), Normal(m, s)),
    (exp(-t * x**2 + q * x), Normal(m, s)),
    (Normal(m, s).density(x) ** (q - 1), Normal(m, s)),
    (LogNormal(m, s).density(x) ** (q - 1), LogNormal(m, s)),
    (x**2 * exp(-t * x**2), Maxwell(s)),
    (exp(-t * x**2), Rayleigh(s)),
    (exp(-t / x), InverseGamma(a, b)),
]


@pytest.mark.parametrize(("f", "law"), CASES, ids=str)
def test_closed_checked_and_equal_to_quadrature(f, law) -> None:
    found = derive(Expectation(f, x, law))
    assert found.status == "closed"
    assert found.check().is_proved
    g = lambdify(x, (f * law.density(x)).subs(VALUES), "mpmath")
    low = -mpmath.inf if law.support.lower == -oo else 0
    assert abs(mpmath.mpf(str(found.result.subs(VALUES).evalf(20))) - mpmath.quad(g, [low, 0.5, 1, 3, mpmath.inf])) < 1e-8


def test_the_textbook_form_of_a_power() -> None:
    assert expectation(lambda y: Normal(m, s).density(y) ** (q - 1), Normal(m, s)) == (2 * pi * s**2) ** (Rational(1, 2) - q / 2) / sqrt(q)
