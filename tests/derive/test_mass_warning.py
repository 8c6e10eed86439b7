"""What is said of a density whose mass is not seen to be one presupposes that it is, and says so."""

import warnings

import pytest
from sympy import Range, S, Symbol, binomial, exp, factorial, gamma, log, oo, symbols

from symkl import Density, Gamma, MassWarning, Normal, Truncated, cross_entropy, entropy, expectation, kl

x = Symbol("x", real=True)
k = Symbol("k", integer=True)
a, b, c, p = symbols("a b c p", positive=True)
OPEN = Density(c * exp(-(x**4) - x), x, (-oo, oo))


def test_said_once_for_each_verb() -> None:
    for verb in (lambda: kl(OPEN, Normal(0, 1)), lambda: entropy(OPEN), lambda: cross_entropy(OPEN, Normal(0, 1)), lambda: kl(Normal(0, 1), OPEN)):
        with pytest.warns(MassWarning, match="not seen to be 1") as said:
            verb()
        assert len(said) == 1
        assert said[0].filename == __file__


SEEN = [
    Density(b**a * x ** (a - 1) * exp(-b * x) / gamma(a), x, (0, oo)),
    Density((k + 1) * p**2 * (1 - p) ** k, k, S.Naturals0),
    Density(binomial(k + 2, 2) * p**3 * (1 - p) ** k, k, S.Naturals0),
    Density(a**k / (factorial(k) * (exp(a) - 1 - a)), k, Range(2, oo)),
    Truncated(Gamma(2, b), 1, oo),
    Density(-log(x), x, (0, 1)),
]


@pytest.mark.parametrize("law", SEEN, ids=str)
def test_a_mass_that_is_seen_says_nothing(law) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        entropy(law)
        kl(law, law)


def test_a_positive_statistic_without_a_mean_has_the_mean_infinity() -> None:
    P = Gamma(a, b)
    assert expectation(lambda y: P.density(y) ** 2, P).args[1] == (oo, True)
