"""Laws of one-to-one images: named laws come out as such, divergences are invariant, what has no inverse is refused."""

import pytest
from sympy import Rational, S, Symbol, asinh, atan, cosh, exp, log, oo, pi, symbols, tan, tanh

import symkl
from symkl import DomainError, Transformed, kl

a, b, s = symbols("a b s", positive=True)
x = Symbol("x", real=True)
k = Symbol("k", integer=True)

NAMED = [
    (symkl.Normal(a, b), exp(x), symkl.LogNormal(a, b)),
    (symkl.Exponential(1), 2 * x ** Rational(1, 3), symkl.Weibull(3, 2)),
    (symkl.Uniform(0, 1), -log(x) / a, symkl.Exponential(a)),
    (symkl.Uniform(-pi / 2, pi / 2), tan(x), symkl.Cauchy(0, 1)),
    (symkl.Gamma(a, b), 1 / x, symkl.InverseGamma(a, b)),
    (symkl.BetaPrime(a, b), x / (1 + x), symkl.Beta(a, b)),
    (symkl.Beta(a, b), x / (1 - x), symkl.BetaPrime(a, b)),
    (symkl.Logistic(0, 1), exp(x) / (1 + exp(x)), symkl.Uniform(0, 1)),
    (symkl.Pareto(a, 1), log(x), symkl.Exponential(a)),
    (symkl.Exponential(a), 2**x, symkl.Pareto(a / log(2), 1)),
    (symkl.Normal(0, 1), 3 - 2 * x, symkl.Normal(3, 2)),
    (symkl.Geometric(s), k - 1, symkl.Geometric0(s)),
]


@pytest.mark.parametrize(("law", "map", "named"), NAMED, ids=lambda each: str(each))
def test_images_that_have_a_name(law, map, named) -> None:
    variable = k if law.is_discrete else x
    image = Transformed(law, map, variable)
    assert image.support == named.support
    assert kl(image, named) == 0


@pytest.mark.parametrize("map", [exp(x), 1 - 3 * x, tanh(x), 1 / (1 + exp(-x))], ids=str)
def test_the_divergence_is_invariant(map) -> None:
    plain = kl(symkl.Normal(0, a), symkl.Normal(1, b))
    assert (kl(Transformed(symkl.Normal(0, a), map, x), Transformed(symkl.Normal(1, b), map, x)) - plain).expand() == 0


def test_a_wrong_jacobian_would_show() -> None:
    assert kl(Transformed(symkl.Normal(0, 1), 2 * x, x), symkl.Normal(0, 1)) != 0
    assert Transformed(symkl.Normal(0, 1), 2 * x, x).density(S.Zero) != symkl.Normal(0, 1).density(S.Zero)


@pytest.mark.parametrize(
    ("law", "map"),
    [
        (symkl.Normal(0, 1), x**2),
        (symkl.Normal(0, 1), x + exp(x)),
        (symkl.Normal(0, 1), log(x)),
        (symkl.Normal(0, 1), S(3) + 0 * x),
        (symkl.Normal(0, 1), Symbol("c") * x),
        (symkl.Poisson(2), exp(x)),
        (symkl.Finite([Rational(1, 2), Rational(1, 2)]), 2 * x),
    ],
    ids=str,
)
def test_maps_without_an_inverse_are_refused(law, map) -> None:
    with pytest.raises(DomainError, match="Transformed"):
        Transformed(law, map, x)


def test_a_wave_and_its_slope_are_one_density() -> None:
    inverse = Transformed(symkl.Cauchy(0, 1), atan)
    assert kl(inverse, symkl.Uniform(-pi / 2, pi / 2)) == kl(symkl.Uniform(-pi / 2, pi / 2), inverse) == 0
    assert kl(Transformed(symkl.Cauchy(0, 1), asinh(x), x), symkl.Density(1 / (pi * cosh(x)), x, (-oo, oo))) == 0


def test_maps_are_exact_expressions_and_laws_have_parameters() -> None:
    for bad, message in ((lambda z: z + 0.5, "float"), (0.5 * x, "float"), ("exp(x)", "is a text")):
        with pytest.raises(DomainError, match=message):
            Transformed(symkl.Normal(0, 1), bad)
    with pytest.raises(TypeError, match="parameters of Normal"):
        Transformed(symkl.Normal, exp)
