"""Texts to laws: what may be written, and what is said of what may not."""

from __future__ import annotations

import pytest
from sympy import Rational, Symbol, exp, log, oo, symbols

from symkl.cli.given import relations_of, symbols_of
from symkl.cli.laws import checked_base, read_expression, read_law
from symkl.core.composite import Mixture
from symkl.core.density import Density
from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.core.supports import Continuum, Lattice
from symkl.errors import DomainError, ParseError
from symkl.families import Finite, Gamma, Laplace, Normal
from symkl.prove import readings

a, mu1 = symbols("a mu1")
THIRD = Rational(1, 3)


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Normal", Normal),
        ("Normal(mu1, 3/2)", Normal(mu1, Rational(3, 2))),
        ("Normal(mu=0, variance=4)", Normal(0, 2)),
        ("Gamma(shape=a, scale=2)", Gamma(a, Rational(1, 2))),
        ("Gamma(k = a, theta = 2)", Gamma(a, Rational(1, 2))),
        ("7/10, 3/10", Finite([Rational(7, 10), Rational(3, 10)])),
        ("0.7, 0.3", Finite([Rational(7, 10), Rational(3, 10)])),
        ("[0.7, 0.3]", Finite([Rational(7, 10), Rational(3, 10)])),
        ("0.7; 0.3", None),
        ("{a: 1/3, b: 2/3}", Finite({"a": THIRD, "b": 2 * THIRD})),
        ("{'left': 1/3, 2: 2/3}", None),
        ("Finite(1/3, 2/3)", Finite([THIRD, 2 * THIRD])),
        ("Finite({a: 1/3, b: 2/3})", Finite({"a": THIRD, "b": 2 * THIRD})),
        ("1/3*Normal(0, 1) + 2/3*Normal(3, 1)", Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(3, 1)))),
        ("(Normal(0, 1) + 2*Normal(3, 1))/3", Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(3, 1)))),
        ("1/3*(Normal(0, 1) + 2*Normal(3, 1))", Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(3, 1)))),
        ("Mixture((1/3, Normal(0, 1)), (2/3, Normal(3, 1)))", Mixture((THIRD, Normal(0, 1)), (2 * THIRD, Normal(3, 1)))),
    ],
)
def test_laws_that_may_be_written(text: str, law: object) -> None:
    assert law is None or read_law(text) == law
    assert read_law(text) is not None


def test_densities() -> None:
    x = Symbol("x")
    rayleigh = read_law("Density(2*x*exp(-x^2), x, 0, oo)")
    assert rayleigh == Density(2 * x * exp(-(x**2)), x, (0, oo)) == read_law("Density(2*x*exp(-x^2), x, (0, oo))")
    assert isinstance(rayleigh, Density)
    assert rayleigh.support == Continuum(0, oo)
    lattice = read_law("Density(2^(-k-1), k, Naturals0)")
    assert isinstance(lattice, Density)
    assert isinstance(lattice.support, Lattice)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("Norml", ParseError, "did you mean Normal?"),
        ("normal", ParseError, "did you mean Normal?"),
        ("Gauss", ParseError, "unknown family 'Gauss'"),
        ("Normal(mu=0, sigm=2)", ParseError, "did you mean sigma?"),
        ("Normal(mu=0, mu=1, sigma=1)", ParseError, "given twice"),
        ("Normal(0)", ParseError, "'sigma' or 'variance' or 'precision' is missing"),
        ("Normal(0, 1, 2)", ParseError, "takes 2 parameters"),
        ("Normal(0, -1)", DomainError, "sigma = -1"),
        ("Normal(0, 0)", DomainError, "sigma = 0"),
        ("Normal(oo, 1)", DomainError, "mu = oo"),
        ("Binomial(5/2, 1/2)", DomainError, "n = 5/2"),
        ("Uniform(3, 2)", DomainError, "a < b"),
        ("0.7, 0.4", DomainError, "sum to 11/10"),
        ("0.7, -0.3, 0.6", DomainError, "negative"),
        ("{a: 1/2, a: 1/2}", ParseError, "given twice"),
        ("1/2", ParseError, "a law is expected"),
        ("gamma(2)", ParseError, "is a function"),
        ("Density(x, x, 1, 0)", ParseError, "is empty"),
        ("Density(x, 3, 0, 1)", ParseError, "the variable of a density"),
        ("Density(x, x)", ParseError, "write Density("),
        ("__import__('os')", ParseError, "quoted text"),
        ("Normal(__import__('os').system('true'), 1)", ParseError, "unexpected character '.'"),
        ("Normal(0, 1", ParseError, "never closed"),
        ("1/2*Normal + 1/2*Laplace", ParseError, "write the parameters of Normal"),
        ("", ParseError, "empty"),
        ("[]", ParseError, "at least one outcome"),
    ],
)
def test_what_is_wrong_is_said(text: str, kind: type[Exception], says: str) -> None:
    with pytest.raises(kind) as caught:
        read_law(text)
    assert says in str(caught.value)


def test_measures_in_expressions() -> None:
    assert read_expression("KL(Normal(0, 1), Laplace(0, 1))") == KL(Normal(0, 1), Laplace(0, 1))
    assert read_expression("D(Normal(0, 1) || Laplace(0, 1))") == KL(Normal(0, 1), Laplace(0, 1))
    assert read_expression("KL(Normal, Normal, base=2)") == KL(Normal, Normal, base=2)
    assert read_expression("CrossEntropy(Normal, Laplace) - Entropy(Normal(0, 1))") == CrossEntropy(Normal, Laplace) - Entropy(Normal(0, 1))
    with pytest.raises(ParseError, match="takes 2 laws"):
        read_expression("KL(Normal)")


def test_bases() -> None:
    assert checked_base("2") == 2
    assert checked_base("e") == exp(1)
    for bad in ("1", "1/2", "0", "-2", "x", "oo"):
        with pytest.raises(DomainError, match="base"):
            checked_base(bad)


def test_given_becomes_assumptions_and_relations() -> None:
    symbols_known = symbols_of(["a > 0", "n integer", "b >= 0", "c < 0", "d > -1"])
    assert symbols_known["a"].is_positive
    assert symbols_known["n"].is_integer
    assert symbols_known["b"].is_nonnegative
    assert symbols_known["c"].is_negative
    assert symbols_known["d"].is_real
    assert symbols_known["d"].is_positive is None
    (relation,) = relations_of(["alpha > 1"])
    assert relation == (Symbol("alpha", positive=True) > 1)
    assert read_law("Gamma(a, 1)", symbols_known) == Gamma(Symbol("a", positive=True), 1)
    assert log(symbols_known["a"]).is_real


def test_measures_have_the_names_that_claims_about_laws_have() -> None:
    for name, (_, laws, orders) in readings.MEASURES.items():
        measured = ", ".join([f"Normal({k}, 1)" for k in range(laws)] + ["2"] * orders)
        assert read_expression(f"{name}({measured})").has(Normal)
    assert read_expression("BC(Normal(0, 1), Normal(2, 1))").doit() == exp(-Rational(1, 2))
    with pytest.raises(ParseError, match="two laws"):
        read_expression("BC(Normal(0, 1), Normal(2, 1), base=2)")
