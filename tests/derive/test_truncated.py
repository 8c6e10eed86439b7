"""Conditioned laws: their masses, their divergences, and what cannot be conditioned."""

from dataclasses import replace

import mpmath
import pytest
from sympy import Basic, E, Rational, S, Symbol, exp, lambdify, log, loggamma, oo, pi, symbols, uppergamma

import symkl
from symkl import KL, Density, DomainError, Normal, Truncated, derive, entropy, kl
from symkl.core.steps import Step
from symkl.derive.check import check_steps

a, b, t, x = symbols("a b t x", positive=True)


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


@pytest.mark.parametrize(
    "law",
    [
        symkl.Logistic(0, 1),
        symkl.Cauchy(0, 1),
        symkl.StudentT(3, 0, 1),
        symkl.StudentT(4, 0, 1),
        symkl.Gumbel(0, 1),
        symkl.Gompertz(1, 1),
        symkl.BurrXII(2, 3, 1),
        symkl.LogLogistic(2, 3),
        symkl.LogNormal(0, 1),
        symkl.ExpGamma(2, 1),
        symkl.Gamma(Rational(5, 2), 1),
        symkl.Maxwell(1),
    ],
    ids=str,
)
def test_the_mass_between_two_points(law) -> None:
    assert derive(KL(Truncated(law, 1, 2), law)).check().status == "proved"
    assert abs(kl(Truncated(law, 1, 2), law).evalf(30) + mpmath.log(_mass(law, [1, 2]))) < 1e-12


@pytest.mark.parametrize(
    "law", [symkl.Logistic(0, 1), symkl.Cauchy(0, 1), symkl.StudentT(3, 0, 1), symkl.LogNormal(0, 1), symkl.Gamma(Rational(5, 2), 1), symkl.Maxwell(1)], ids=str
)
def test_the_mass_of_a_tail(law) -> None:
    assert abs(kl(Truncated(law, 1), law).evalf(30) + mpmath.log(_mass(law, [1, 2, 5, 20, mpmath.inf]))) < 1e-12


def _mass(law, points):
    with mpmath.workdps(20):
        return mpmath.quad(lambdify(x, law.density(x), "mpmath"), points)


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


def _planted(law, change):
    """The derivation of D(law ‖ Logistic) with the step of the mass changed."""
    found = derive(KL(law, symkl.Logistic(0, 1)))
    assert found.steps[0].kind == "mass"
    return check_steps(found.head, [change(found.steps[0]), *found.steps[1:]], found.result, found.conditions)


def test_a_mass_that_is_not_one_is_not_accepted() -> None:
    part = Truncated(symkl.Logistic(0, 1), 1, 2)
    assert _planted(part, lambda step: step).is_proved
    (inner,) = derive(KL(part, symkl.Logistic(0, 1))).steps[0].data["steps"][:1]
    for wrong in (
        {"steps": ()},
        {"steps": (replace(inner, kind="linearity"),)},
        {"steps": (Step(inner.before, S.One, "mass", "the total mass is 1", data={"steps": ()}),)},
        {"steps": (Step(inner.before, S.One, "linearity", "linearity"),)},
    ):
        assert not _planted(part, lambda step: replace(step, data=wrong)).is_proved  # noqa: B023
    assert not _planted(part, lambda step: replace(step, after=S(2))).is_proved


def test_a_density_that_is_too_heavy_by_a_billionth_is_not_accepted() -> None:
    x = Symbol("x", positive=True)
    part = Truncated(symkl.Logistic(0, 1), 1, 2)
    heavy = Density.from_log(part.log_density(x) + log(1 + Rational(1, 10**9)), x, part.support)
    found = derive(KL(part, symkl.Logistic(0, 1)))
    mass, *others = [_on(step, part, heavy) for step in found.steps]
    *before, last = mass.data["steps"]
    ((a, b, G, low, high),) = last.data["pieces"]
    more = 1 + S(10) ** -9
    scaled = replace(last, after=last.after * more, data={"pieces": ((a, b, G * more, low * more, high * more),)})
    for inside, reason in (((*before, last), "G' is not f·p"), ((*before, scaled), "the mass is not 1")):
        steps = [replace(mass, data={"steps": inside}), *others]
        verdict = check_steps(KL(heavy, symkl.Logistic(0, 1)), steps, steps[-1].after)
        assert not verdict.is_proved
        assert reason in verdict.reason


def _on(step, law, other):
    """A step, and the steps and antiderivatives inside it, with another law."""

    def moved(value):
        if isinstance(value, Step):
            return _on(value, law, other)
        return tuple(map(moved, value)) if isinstance(value, tuple) else value.xreplace({law: other}) if isinstance(value, Basic) else value

    return replace(step, before=moved(step.before), after=moved(step.after), data={key: moved(value) for key, value in step.data.items()})


def test_two_negative_factors_of_a_constant_are_a_positive_one() -> None:
    # SymPy takes iπ out of each logarithm, and expands log(1/(1 − e)) without end.
    x, c = Symbol("x", positive=True), (1 - E) * (1 - pi)
    law = Density(c * exp(-c * x), x, 0, oo)
    assert kl(law, symkl.Exponential(1)) == kl(symkl.Exponential(c), symkl.Exponential(1))
    assert law.log_density(S.One).is_real


@pytest.mark.parametrize(
    ("law", "onto"),
    [
        (lambda m, s: Truncated(symkl.Normal(m, s), 0), lambda m, s: symkl.Normal(m, s)),
        (lambda m, s: Truncated(symkl.Exponential(s), 1), lambda m, s: symkl.Exponential(s)),
        (lambda m, s: Truncated(symkl.Normal(0, 1), m), lambda m, s: symkl.Normal(0, 1)),
    ],
)
def test_plain_symbols_are_what_the_parameters_of_the_law_are(law, onto) -> None:
    plain, signed = symbols("m s"), (Symbol("m", real=True), Symbol("s", positive=True))
    found, known = kl(law(*plain), onto(*plain)), kl(law(*signed), onto(*signed))
    assert found == known.xreplace(dict(zip(signed, plain)))


def test_a_part_of_a_law_asks_of_symbols_what_the_law_asks() -> None:
    """Plain symbols are in the domains of the parameters they stand for, a symbolic end lies beyond the other, and no other condition is said."""
    k, rate, end = symbols("k rate end")
    found = derive(symkl.Entropy(Truncated(symkl.Gamma(k, rate), 0, end)))
    assert {k > 0, rate > 0, end > 0} <= set(found.conditions)
    assert not any(condition.has(loggamma, uppergamma) for condition in found.conditions)
    assert found.check().is_proved
    part = Truncated(symkl.Gamma(k, rate), 0, 1)
    with pytest.raises(DomainError, match="outside its domain"):
        part.subs(k, -1)


def test_a_part_that_is_not_empty_has_a_positive_mass() -> None:
    m, a, b = symbols("m a b", real=True)
    found = derive(KL(Truncated(Normal(m, Symbol("s", positive=True)), a, b), Normal(0, 1)))
    assert found.check().is_proved and found.conditions == (b - a > 0,)
