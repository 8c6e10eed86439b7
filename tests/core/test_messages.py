"""What a person who errs in Python is told: which value of which parameter, what is wrong, and what would help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from decimal import Decimal

import numpy
import pytest
from sympy import I, Interval, Lambda, Matrix, Rational, Symbol, nan, oo, pi, symbols
from sympy.abc import x, y

import symkl
from symkl import (
    KL,
    Binomial,
    Density,
    DomainError,
    Entropy,
    Expectation,
    Finite,
    Gamma,
    Mixture,
    Normal,
    Uniform,
    derive,
    entropy,
    evaluate,
    expectation,
    families,
    kl,
    law,
)
from symkl.core.supports import Continuum, Lattice

half = Rational(1, 2)


@pytest.mark.parametrize(
    ("use", "error", "says"),
    [
        (lambda: Normal(0.1, 1), DomainError, "mu = 0.1 is a float; write it exactly, e.g. Rational('0.1'), or write Normal(..., allow_floats=True)"),
        (lambda: Normal("0", 1), DomainError, "mu = '0' is a text"),
        (lambda: Normal("m", 1), DomainError, "mu = 'm' is a text; write an exact number or a symbol: Symbol('m')"),
        (lambda: Normal(Decimal("NaN"), 1), DomainError, "mu = NaN is not a finite number"),
        (lambda: kl("Normal(0,1)", Normal(0, 1)), TypeError, "did you mean Normal(0,1), without quotes?"),
        (lambda: kl([0.5, 0.5], [half, half]), DomainError, "or write Finite(..., allow_floats=True)"),
        (lambda: Normal(None, 1), DomainError, "mu = None is not a number or an expression"),
        (lambda: Normal([0], 1), DomainError, "is not a number or an expression"),
        (lambda: Normal(Matrix([0]), 1), DomainError, "mu = "),
        (lambda: Normal(Normal, 1), DomainError, "is not a number or an expression"),
        (lambda: Normal(True, 1), DomainError, "truth value"),
        (lambda: Normal(I, 1), DomainError, "mu must be real"),
        (lambda: Normal(nan, 1), DomainError, "outside its domain"),
        (lambda: Normal(0, oo), DomainError, "sigma must be > 0"),
        (lambda: Normal(0, -1), DomainError, "sigma = -1 is outside its domain; sigma must be > 0"),
        (lambda: Normal(numpy.float64(1), 1), DomainError, "is a float"),
        (lambda: Normal(0), TypeError, "'sigma' or 'variance' or 'precision' is missing"),
        (lambda: Normal(0, 1, 2), TypeError, "takes 2 parameters but got 3"),
        (lambda: Normal(0, mu=0), TypeError, "'mu' was given twice"),
        (lambda: Normal(mu=0, sigm=1), TypeError, "no parameter 'sigm' (did you mean sigma?); its parameters are (mu, sigma) or"),
        (lambda: Normal(mu=0, sigma=1, variance=1), TypeError, "mu, sigma, variance do not go together"),
        (lambda: Gamma(shape=1, theta=2, beta=3), TypeError, "shape, theta, beta do not go together"),
        (lambda: Gamma(shape=1, rat=3), TypeError, "no parameter 'rat' (did you mean rate?)"),
        (lambda: Gamma(shape=1), TypeError, "'rate' or 'scale' is missing"),
        (lambda: Binomial(Rational(5, 2), half), DomainError, "n must be an integer >= 1"),
        (lambda: Uniform(2, 1), DomainError, "a < b is required"),
        (lambda: kl(1, 2), TypeError, "a law is wanted"),
        (lambda: kl("Norml", "Normal"), TypeError, "did you mean Normal, without quotes?"),
        (lambda: kl([0.5, 0.5], [half, half]), DomainError, "is a float"),
        (lambda: kl([1, 1], [half, half]), DomainError, "sum to 2"),
        (lambda: kl(Normal, Normal, base=1), DomainError, "greater than 1"),
        (lambda: kl(Normal, Normal, base=2.0), DomainError, "is a float"),
        (lambda: kl(Normal, Normal, base="2"), DomainError, "is a text"),
        (lambda: entropy(Normal, base=oo), DomainError, "greater than 1"),
        (lambda: Entropy(Normal, Normal), TypeError, "the base of the logarithm is a number"),
        (lambda: KL(Normal), TypeError, "KL takes 2 laws"),
        (lambda: derive(Normal), TypeError, "as in derive(KL(P, Q))"),
        (lambda: derive(kl(Normal, Normal)), TypeError, "kl(P, Q) is a value"),
        (lambda: expectation("x", Gamma), TypeError, "is a text"),
        (lambda: expectation(x * y, Gamma), TypeError, "which of x, y is the variable?"),
        (lambda: expectation(0.5 * x, Gamma), DomainError, "float"),
        (lambda: expectation(lambda t: "a", Gamma), TypeError, "an expression such as"),
        (lambda: Expectation(x**2, 3, Gamma), TypeError, "x is the symbol"),
        (lambda: Density(2 * x, x), TypeError, "Density(expression, x, (lower, upper))"),
        (lambda: Density(2 * x, x, (1, 0)), DomainError, "the support (1, 0) is empty"),
        (lambda: Density(2 * x, x, (0, 0.5)), DomainError, "end point 0.5"),
        (lambda: Density(2 * x, x, {0: 1}), TypeError, "a support is a pair"),
        (lambda: Density(2.0 * x, x, (0, 1)), DomainError, "is a float"),
        (lambda: Density("2*x", x, (0, 1)), DomainError, "is a text"),
        (lambda: Density(2 * x, "x", (0, 1)), DomainError, "must be a Symbol"),
        (lambda: kl(Density(4 * x, x, (0, 1)), Uniform(0, 1)), DomainError, "its total mass is 2"),
        (lambda: Finite(half, half), DomainError, "in one list"),
        (lambda: Finite([]), DomainError, "at least one outcome"),
        (lambda: Mixture((0.5, Normal(0, 1)), (0.5, Normal(1, 1))), DomainError, "is a float"),
        (lambda: Mixture((1, Normal)), TypeError, "write the parameters of Normal"),
        (lambda: law(5), TypeError, "a name such as 'P'"),
        (lambda: law(""), TypeError, "a name such as 'P'"),
        (lambda: evaluate("x"), TypeError, "not the text 'x'"),
        (lambda: evaluate(None), TypeError, "not None"),
        (lambda: evaluate(pi, "a"), TypeError, "a whole number is wanted"),
        (lambda: evaluate(pi, 0), DomainError, "at least one digit"),
        (lambda: evaluate(KL(Normal, Normal)), DomainError, "has no value until mu_1, mu_2, sigma_1, sigma_2 are given"),
        (lambda: symkl.Norml, AttributeError, "did you mean Normal?"),
    ],
)
def test_the_message_names_what_is_wrong(use: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error) as caught:
        use()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lists_and_mappings_are_finite_laws() -> None:
    expected = kl(Finite([half, half]), Finite([Rational(1, 4), Rational(3, 4)]))
    assert kl([half, half], [Rational(1, 4), Rational(3, 4)]) == expected
    assert kl((half, half), (Rational(1, 4), Rational(3, 4))) == expected
    assert kl({"a": half, "b": half}, {"a": Rational(1, 4), "b": Rational(3, 4)}) == expected
    assert entropy(numpy.array([1, 0])) == 0


def test_expectations_of_expressions() -> None:
    assert expectation(x**2, Gamma(2, 3)) == expectation(lambda t: t**2, Gamma(2, 3)) == expectation(Lambda(y, y**2), Gamma(2, 3)) == Rational(2, 3)
    assert expectation(x, Gamma(2, 3)) == Rational(2, 3)
    assert expectation(5, Gamma) == 5
    a = symbols("alpha", positive=True)
    assert expectation(a * x, Gamma(a, 1)) == a**2
    assert Expectation(x, x, Gamma(2, 3)).doit() == Rational(2, 3)


def test_supports_are_written_in_several_ways() -> None:
    assert Density(2 * x, x, 0, 1) == Density(2 * x, x, (0, 1)) == Density(2 * x, x, [0, 1])


def test_completion_offers_the_public_names_and_nothing_else() -> None:
    shown = dir(symkl)
    assert len(shown) == len(set(shown))
    assert {"kl", "KL", "Normal", "evaluate"} <= set(shown)
    assert {name for name in shown if not name.startswith("__")} == set(symkl.__all__)
    assert not {"Any", "annotations", "sys", "import_module", "TYPE_CHECKING"} & set(shown)


def test_help_begins_with_the_formula_and_names_the_domains() -> None:
    assert (inspect.getdoc(kl) or "").startswith("D_KL(P ‖ Q) = E_P[")
    described = inspect.getdoc(Gamma) or ""
    assert described.startswith("p(x) = ")
    assert "alpha > 0: shape" in described
    assert "Or by keyword: (shape, rate) or (shape, scale) or (k, theta)." in described
    for family in families():
        text = inspect.getdoc(family) or ""
        assert all(f"    {parameter.name} " in text for parameter in family.parameters), family


def test_a_symbol_is_an_expression_although_it_can_be_called() -> None:
    assert expectation(Symbol("q"), Normal(3, 1)) == 3


def test_truncated_takes_a_pair_and_names_what_is_no_bound():
    P = symkl.Normal(0, 1)
    assert symkl.Truncated(P, (0, oo)) == symkl.Truncated(P, 0) == symkl.Truncated(P, Interval(0, oo))
    assert symkl.Truncated(symkl.Poisson(2), [0, 3]) == symkl.Truncated(symkl.Poisson(2), 0, 3)
    for bad in ((0, 1, 2), "0", 0.5, I, (1, 0)):
        with pytest.raises(symkl.errors.DomainError, match="Truncated"):
            symkl.Truncated(P, bad)
    with pytest.raises(TypeError, match="parameters of Normal"):
        symkl.Truncated(symkl.Normal, 0)


def test_mixture_takes_pairs_or_weights_and_laws():
    P, Q, half = symkl.Normal(0, 1), symkl.Normal(1, 1), Rational(1, 2)
    whole = symkl.Mixture((half, P), (half, Q))
    assert symkl.Mixture([half, half], [P, Q]) == symkl.Mixture([(half, P), (half, Q)]) == whole == whole.func(*whole.args)
    coins = symkl.Mixture((half, [half, half]), (half, [1, 0]))
    assert symkl.Mixture([half, half], [[half, half], [1, 0]]) == coins
    for bad, message in ((([half, half, 0], [P, Q]), "do not pair"), (([P, Q], [half, half]), "the weight first"), ((P, Q), "takes pairs")):
        with pytest.raises(TypeError, match=message):
            symkl.Mixture(*bad)


def test_what_was_tried_is_a_sentence_of_its_own():
    assert str(symkl.errors.Undecided("open", ("limits",))) == "open. Tried: limits."
    assert str(symkl.errors.Undecided("open?", ("limits",))) == "open? Tried: limits."
    assert str(symkl.errors.NoClosedForm("none", ("gamma", "beta"))) == "none. Rules asked: gamma, beta."
    assert str(symkl.errors.Undecided("open")) == "open"


def test_a_certificate_says_what_was_compared_at_how_many_points():
    pytest.importorskip("flint")
    reasons = [symkl.derive(KL(P, Q)).certify(digits=10, points=2).reason for P, Q in ((symkl.Cauchy, Normal), (Normal(0, 1), Normal(1, 1)))]
    assert reasons[0] == "the defining integral or sum is proved infinite at 2 exact points, as the result is"
    assert reasons[1] == "the balls meet at 1 exact point, to 10 digits"


def test_reversed_bounds_counts_of_nothing_and_events_of_one_argument():
    with pytest.raises(DomainError, match=r"reversed, 3 > 1; write \(1, 3\)"):
        symkl.Truncated(Gamma(2, 1), 3, 1)
    for smoothing in ("additive", "dirichlet"):
        with pytest.raises(DomainError, match="alpha = 0 adds nothing"):
            Finite.from_counts([0, 0], smoothing, alpha=0)
    joint = symkl.Joint({(0, 0): Rational(1, 2), (1, 1): Rational(1, 2)})
    with pytest.raises(TypeError, match="takes the 2 coordinates, as in lambda x, y"):
        joint.given(lambda point: True)
    assert joint.given(lambda *point: point[0] == 1) == joint.given(lambda first, second: first == 1)


@pytest.mark.parametrize(
    ("lower", "upper", "shown"), [(0, oo, "{0, 1, ...}"), (0, 5, "{0, 1, ..., 5}"), (0, 1, "{0, 1}"), (3, 3, "{3}"), (-oo, oo, "{..., -1, 0, 1, ...}"), (-oo, 4, "{..., 4}")]
)
def test_lattices_in_messages(lower, upper, shown) -> None:
    assert Lattice(lower, upper).shown == shown
    assert Continuum(lower, upper).shown == f"({lower}, {upper})"
