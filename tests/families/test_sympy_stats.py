"""Laws of sympy.stats, both ways: its orders and conventions are respected."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sympy import Integer, Interval, Rational, S, Symbol, exp, stats, symbols, sympify

from symkl import Bernoulli, Density, Exponential, Finite, Frechet, Gamma, Geometric, Gumbel, Normal, Pareto, StudentT, Weibull, families
from symkl.core.convert import as_law, to_sympy_stats
from symkl.core.supports import Continuum
from symkl.families.sampling import draw

H = Rational(1, 2)
SHARED = [family for family in families() if "sympy" in family.names_elsewhere and family is not Finite]


def _points(support: Any) -> list[Any]:
    if support.discrete:
        return [Integer(k) for k in range(-3, 6) if support.contains(Integer(k)) == S.true]
    lower = -3 if support.lower == -S.Infinity else support.lower
    upper = lower + 4 if support.upper == S.Infinity else support.upper
    return [lower + (upper - lower) * Rational(k, 7) for k in (1, 3, 6)]


def _with_counterpart(family: Any) -> tuple[Any, Any]:
    rng = random.Random(family.__name__)
    member = StudentT(Rational(7, 3)) if family is StudentT else draw(family, rng)
    for _ in range(50):
        try:
            return member, to_sympy_stats(member, "Z")
        except TypeError:
            member = draw(family, rng, (1,))
    raise AssertionError(f"no member of {family.__name__} has a counterpart")


@pytest.mark.parametrize("family", SHARED, ids=lambda family: family.__name__)
def test_round_trip_and_equal_densities(family: Any) -> None:
    member, variable = _with_counterpart(family)
    assert as_law(variable) == member
    distribution = variable.pspace.distribution
    assert as_law(distribution) == member
    theirs: Callable[[Any], Any] = getattr(distribution, "pmf", None) or distribution.pdf
    for point in _points(member.support):
        expected = sympify(theirs(point)).evalf(20)
        assert abs(exp(member.log_density(point)).evalf(20) - expected) < 1e-14 * abs(expected)


def test_argument_orders() -> None:
    a, b = symbols("a b", positive=True)
    assert as_law(stats.Gamma("X", a, b)) == Gamma(a, 1 / b)
    assert as_law(stats.Exponential("X", a)) == Exponential(a)
    assert as_law(stats.Weibull("X", a, b)) == Weibull(b, a)
    assert as_law(stats.Gumbel("X", a, b)) == Gumbel(b, a)
    assert as_law(stats.Pareto("X", a, b)) == Pareto(b, a)
    assert as_law(stats.Geometric("X", H)) == Geometric(H)
    assert as_law(stats.Erlang("X", 2, 3)) == Gamma(2, 3)
    assert as_law(stats.Bernoulli("X", H)) == Bernoulli(H)


@pytest.mark.parametrize(
    "variable",
    [
        stats.Levy("X", 1, 2),
        stats.Gumbel("X", 1, 2, True),
        stats.PowerFunction("X", 2, 0, 3),
        stats.Arcsin("X", 0, 3),
        stats.Triangular("X", 0, 2, 0),
        stats.LogCauchy("X", 0, 1),
        stats.Frechet("X", 1, 2, 3),
        stats.Benini("X", 1, 2, 3),
        stats.FisherZ("X", 2, 3),
        stats.ShiftedGompertz("X", 1, 2),
        stats.Trapezoidal("X", 0, 1, 2, 3),
        stats.QuadraticU("X", 0, 2),
        stats.BoundedPareto("X", 2, 1, 3),
        stats.ContinuousRV(Symbol("x"), 2 * Symbol("x"), set=Interval(0, 1)),
    ],
    ids=str,
)
def test_what_has_no_family_goes_by_its_density(variable: Any) -> None:
    law = as_law(variable)
    assert isinstance(law, Density)
    assert isinstance(law.support, Continuum)
    point = _points(law.support)[1]
    expected = variable.pspace.distribution.pdf(point)
    assert abs((law.density(point) - expected).evalf(20)) < 1e-15


def test_a_shifted_frechet_law_starts_at_its_location() -> None:
    law = as_law(stats.Frechet("X", 1, 2, 3))
    assert law.support == Continuum(3, S.Infinity)
    assert as_law(stats.Frechet("X", 1, 2)) == Frechet(1, 2)


def test_finite_laws() -> None:
    assert as_law(stats.Die("X", 6)) == Finite({k: Rational(1, 6) for k in range(1, 7)})
    assert as_law(stats.Coin("X", Rational(1, 4))) == Finite({"H": Rational(1, 4), "T": Rational(3, 4)})
    assert as_law(stats.Bernoulli("X", Rational(1, 4), 3, 5)) == Finite({3: Rational(1, 4), 5: Rational(3, 4)})
    assert as_law(stats.DiscreteUniform("X", [1, 2, 5])) == Finite({k: Rational(1, 3) for k in (1, 2, 5)})
    law = Finite({"a": H, 1: H})
    assert as_law(to_sympy_stats(law)) == law
    assert str(as_law(stats.Rademacher("X"))) == "Finite({-1: 1/2, 1: 1/2})"


@pytest.mark.parametrize(
    "thing",
    [
        stats.Normal("X", stats.Normal("Y", 0, 1), 1),
        stats.Normal("X", 0, 1) + 1,
        stats.Die("X", Symbol("n", integer=True, positive=True)),
        stats.Normal("X", [1, 2], [[1, 0], [0, 1]]),
        "Normal",
        None,
    ],
    ids=["compound", "expression", "symbolic die", "multivariate", "text", "none"],
)
def test_what_is_no_law_is_a_type_error(thing: Any) -> None:
    with pytest.raises(TypeError):
        as_law(thing)


def test_no_counterpart_is_said() -> None:
    with pytest.raises(TypeError, match="no counterpart"):
        to_sympy_stats(StudentT(3, 1, 2))
    assert to_sympy_stats(Normal(0, 1), "Y").name == "Y"
