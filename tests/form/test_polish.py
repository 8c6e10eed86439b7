"""Powers of one base, beta functions and roots of squares that are joined in the finished expression; the value is kept."""

import pytest
from sympy import Rational, Symbol, beta, gamma, log, loggamma, pi, polygamma, sqrt, symbols

from symkl.form.facts import Facts
from symkl.form.polish import polished
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero

a, b, q, s = symbols("a b q s", positive=True)
c = symbols("c", real=True)
POINT = {a: Rational(5, 3), b: Rational(2, 7), q: Rational(9, 4), s: Rational(3, 2), c: -2}
SHORT = [
    (2 * b / (q * (2 * b) ** q), (2 * b) ** (1 - q) / q),
    (sqrt(2) * sqrt(pi) * s / (sqrt(q) * (2 * pi * s**2) ** (q / 2)), (2 * pi * s**2) ** ((1 - q) / 2) / sqrt(q)),
    (s * gamma(q) ** 2 / (s**q * gamma(2 * q)), s ** (1 - q) * beta(q, q)),
    (gamma(q * (a - 1) + 1) * gamma(b) / gamma(q * (a - 1) + 1 + b), beta(q * (a - 1) + 1, b)),
    (2 * loggamma(a) - loggamma(2 * a), log(beta(a, a))),
    (log(gamma(a + q) * gamma(b)) - loggamma(a + b + q), log(beta(a + q, b))),
    (log(beta(a, b) ** 2) / 2, log(beta(a, b))),
    (log(16 * beta(a, b) ** 2) / 2, log(4 * beta(a, b))),
]


@pytest.mark.parametrize(("long", "short"), SHORT, ids=str)
def test_joined(long, short) -> None:
    found = polished(long, Facts())
    assert found.count_ops() <= short.count_ops()
    assert abs((found - long).subs(POINT).evalf(30)) < 1e-25


@pytest.mark.parametrize("kept", [c / c**a * gamma(a), log(c**2 * gamma(a) ** 2) / 2, gamma(a) * gamma(b) / gamma(a + b + 1), loggamma(a) - loggamma(a + b)], ids=str)
def test_left_alone(kept) -> None:
    """A base without a sign, and gamma functions whose arguments do not add up."""
    assert polished(kept, Facts()) == kept


def test_digamma_of_the_double_argument() -> None:
    """ψ(2b) − ψ(b) is (ψ(b + ½) − ψ(b))/2 + log 2."""
    raw = -2 * b * log(2) + 2 * (b - 1) * (polygamma(0, 2 * b) - polygamma(0, b)) + log(4)
    assert textbook(raw) == (b - 1) * (polygamma(0, b + Rational(1, 2)) - polygamma(0, b))


def test_surds() -> None:
    """Conjugates: (√3 − 1)(√3 + 1) = 2, and log(2 − √3) = −log(2 + √3)."""
    r = sqrt(3)
    assert polished((r - 1) ** 3 * (r + 1) ** 3 * a, Facts()) == 8 * a
    assert textbook(log(r - 1) + log(r + 1)) == log(2)
    assert is_zero(log(2 - r) + log(2 + r)) is True
    assert is_zero(log(sqrt(6) - 2) + log(sqrt(6) + 2) - log(2)) is True
    assert is_zero(log(2 - r) - log(2 + r)) is False


def test_a_minus_in_a_logarithm_goes_into_a_difference() -> None:
    a = Symbol("a", real=True)
    assert str(textbook(log(-(a + 2) / (a - 2)), Facts(nonnegative=(2 - a,)))) == "log((a + 2)/(2 - a))"
