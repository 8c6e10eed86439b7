"""Densities that are zero on a part of what was declared their support: the part goes, or it is said that it is not decided which."""

from __future__ import annotations

import importlib

import pytest
from sympy import Abs, And, Expr, Heaviside, Max, Piecewise, Range, Rational, S, binomial, cos, exp, log, oo, pi, sign, sin, sqrt, symbols

from symkl import KL, Binomial, Density, DiscreteUniform, Entropy, Exponential, Triangular, Uniform, chi2, derive, entropy, evaluate, kl
from symkl.core.density import is_positive_law
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.errors import DomainError, Undecided

x, k, b = symbols("x k b")
a = symbols("a", positive=True)
n = symbols("n", integer=True, positive=True)
THIRD = Rational(1, 3)
TENT = Density(Max(0, 1 - Abs(x)), x, -oo, oo)
RISING = Density(k / 3, k, Range(0, 3))
ENDS = Density((k - 1) ** 2 / 2, k, Range(0, 3))
#: Zero on (0, 1), which the expression does not show.
HIDDEN = Density(x - 1 + sqrt(x**2 - 2 * x + 1), x, 0, 2)


@pytest.mark.parametrize(
    ("expr", "where", "support"),
    [
        (Max(0, 1 - Abs(x)), (-oo, oo), Continuum(-1, 1)),
        (Max(0, 1 - Abs(x) / a) / a, (-oo, oo), Continuum(-a, a)),
        ((1 + sign(x)) / 2 * exp(-Abs(x)), (-oo, oo), Continuum(0, oo)),
        (Heaviside(x - a) * exp(a - x), (-oo, oo), Continuum(a, oo)),
        (Piecewise((2 * x, And(x > 0, x < 1)), (0, True)), (-1, 1), Continuum(0, 1)),
        (Max(0, cos(x)) / 2, (-pi, pi), Continuum(-pi / 2, pi / 2)),
        (Max(exp(-x), exp(x)), (-1, 1), Continuum(-1, 1)),
        (k / 3, Range(0, 3), Lattice(1, 2)),
        (binomial(2, k) / 4, Range(0, 6), Lattice(0, 2)),
        (binomial(2, k) / 4, S.Naturals0, Lattice(0, 2)),
        (k * exp(-k), S.Naturals0, Lattice(1, oo)),
        ((k - 1) ** 2 / 2, Range(0, 3), Outcomes(0, 2)),
    ],
)
def test_the_support_is_where_the_density_is_not_zero(expr: Expr, where: object, support: Support) -> None:
    assert Density(expr, k if expr.has(k) else x, where).support == support


def test_a_parameter_that_becomes_a_number_may_end_the_support() -> None:
    """C(n, k) = 0 for k > n."""
    assert Density(binomial(n, k) / 2**n, k, Range(0, 6)).subs(n, 2).support == Lattice(0, 2)


@pytest.mark.parametrize(
    ("expr", "where", "says"),
    [
        (Max(0, 1 - Abs(x) / b) / b, (-oo, oo), "not decided"),
        (Max(0, Abs(x) - 1), (-2, 2), "between parts"),
        (Max(0, x - 2), (0, 1), "is zero on"),
        ((k - 2) ** 2 * exp(-k), S.Naturals0, "is zero at k = 2"),
    ],
)
def test_what_is_not_decided_or_has_gaps_is_refused(expr: Expr, where: object, says: str) -> None:
    with pytest.raises(DomainError, match=says):
        Density(expr, k if expr.has(k) else x, where)


@pytest.mark.parametrize(
    ("P", "Q", "value"),
    [
        (TENT, Triangular(-1, 0, 1), S.Zero),
        (TENT, Uniform(0, 1), oo),
        (Density((1 + sign(x)) / 2 * exp(-Abs(x)), x, -oo, oo), Exponential(1), S.Zero),
        (Density(Heaviside(x) * exp(-x), x, (-oo, oo)), Exponential(1), S.Zero),
        (Density(Piecewise((2 * x, And(x > 0, x < 1)), (0, True)), x, (-1, 1)), Uniform(0, 1), log(2) - S.Half),
        (Density(binomial(2, k) / 4, k, Range(0, 6)), Binomial(2, S.Half), S.Zero),
        (RISING, Density(S.Half, k, Range(1, 3)), 5 * log(2) / 3 - log(3)),
        (RISING, DiscreteUniform(0, 2), 2 * log(2) / 3),
        (Density(THIRD, k, Range(0, 3)), RISING, oo),
        (ENDS, DiscreteUniform(0, 2), log(3) - log(2)),
        (DiscreteUniform(0, 2), ENDS, oo),
    ],
)
def test_divergences_by_both_roads(P: Law, Q: Law, value: Expr) -> None:
    derivation = derive(KL(P, Q))
    assert derivation.result == value or (derivation.result - value).equals(0)
    assert derivation.check().is_proved and derivation.certify(digits=15).is_proved
    assert str(evaluate(KL(P, Q), 12)) == str(evaluate(value, 12)) if value is not oo else not evaluate(KL(P, Q)).is_finite


def test_the_entropy_of_a_law_with_a_zero() -> None:
    assert (entropy(RISING) - (log(3) - 2 * log(2) / 3)).equals(0)
    assert str(evaluate(Entropy(RISING), 8)) == str(evaluate(log(3) - 2 * log(2) / 3, 8))


def test_a_density_that_is_not_seen_to_be_positive_leaves_no_support() -> None:
    """D_KL(P ‖ Uniform(1, 2)) is finite, although the support that P declares is larger: neither road says oo."""
    assert not is_positive_law(HIDDEN)
    for ask in (kl, chi2):
        with pytest.raises(Undecided):
            ask(HIDDEN, Uniform(1, 2))


def test_the_checker_accepts_no_support_of_what_may_be_zero() -> None:
    """The planted step: infinite because the supports differ."""
    heads, checks = importlib.import_module("symkl.derive.checks.heads"), importlib.import_module("symkl.derive.checks.context")
    data = {"reason": "support"}
    honest = KL(Density(2 * x, x, 0, 1), Uniform(S.Half, 1))
    heads.infinite(Step(honest, oo, "infinite", "P is not absolutely continuous with respect to Q", (), data), checks.Context())
    with pytest.raises(checks.Gap, match="not seen to have mass"):
        heads.infinite(Step(KL(HIDDEN, Uniform(1, 2)), oo, "infinite", "P is not absolutely continuous with respect to Q", (), data), checks.Context())


def test_the_oracle_looks_where_the_other_law_has_no_mass() -> None:
    leaves = importlib.import_module("symkl.exact.leaving").leaves
    assert leaves(TENT, Uniform(0, 1)) and not leaves(TENT, Uniform(-1, 1))
    with pytest.raises(Undecided, match="has mass outside"):
        leaves(HIDDEN, Uniform(1, 2))


def test_waves_and_squares_vanish_at_points_only() -> None:
    assert is_positive_law(Density(sin(x) ** 2 / pi, x, 0, 2 * pi))
    assert is_positive_law(TENT)
