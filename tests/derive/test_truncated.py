"""Conditioned laws: their masses, their divergences, and what cannot be conditioned."""

import pytest
from sympy import Rational, exp, log, oo, symbols

import symkl
from symkl import DomainError, Truncated, entropy, kl

a, b, t = symbols("a b t", positive=True)


@pytest.mark.parametrize(
    ("law", "named"),
    [
        (Truncated(symkl.Normal(0, a), 0), symkl.HalfNormal(a)),
        (Truncated(symkl.Exponential(a), 3), symkl.ShiftedExponential(3, a)),
        (Truncated(symkl.Uniform(0, 4), 1, 2), symkl.Uniform(1, 2)),
        (Truncated(symkl.Pareto(a, 1), 2), symkl.Pareto(a, 2)),
        (Truncated(symkl.Geometric(t), 1, oo), symkl.Geometric(t)),
        (Truncated(symkl.Laplace(0, a), 0), symkl.Exponential(1 / a)),
    ],
    ids=str,
)
def test_conditioned_laws_that_have_a_name(law, named) -> None:
    assert kl(law, named) == 0


@pytest.mark.parametrize("law", [symkl.Exponential(a), symkl.Laplace(0, a), symkl.Normal(0, a)], ids=str)
def test_a_conditioned_law_onto_the_whole_is_minus_the_log_of_the_probability(law) -> None:
    part = Truncated(law, 0, 1)
    surprise = log(part.density(Rational(1, 2)) / law.density(Rational(1, 2)))
    assert abs((kl(part, law) - surprise).subs(a, 2).evalf(30)) < 1e-25


def test_zero_truncated_counts() -> None:
    value = kl(Truncated(symkl.Poisson(a), 1), symkl.Poisson(a))
    assert abs((value + log(1 - exp(-a))).subs(a, 2).evalf(30)) < 1e-25
    assert kl(Truncated(symkl.Geometric(Rational(1, 3)), 1, 2), symkl.Finite({1: Rational(3, 5), 2: Rational(2, 5)})) == 0


def test_a_uniform_part_has_the_entropy_of_its_length() -> None:
    assert entropy(Truncated(symkl.Uniform(0, 4), 1, 3)) == log(2)


@pytest.mark.parametrize("bounds", [(2, 1), (-3, -1)], ids=str)
def test_bounds_without_a_common_interval_are_refused(bounds) -> None:
    with pytest.raises(DomainError, match="Truncated"):
        Truncated(symkl.Uniform(0, 4), *bounds)
