"""Planted errors in steps about laws on the integers: one thing wrong in a step, and it is never established."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sympy import Abs, Expr, Integer, Piecewise, Range, Rational, S, Sum, Symbol, exp, factorial, oo, symbols

import symkl
from symkl import Density, Expectation, derive
from symkl.core.steps import Step
from symkl.derive.check import CHECKS, FAILURES
from symkl.derive.checks.context import Context, Gap
from symkl.derive.checks.masses import has_mass_one, neighbours
from symkl.expect.rules import telescoping
from symkl.form.facts import Facts

TINY = Rational(1, 10**9)


def established(step: Step, given: tuple[Any, ...]) -> bool:
    try:
        CHECKS[step.kind](step, Context(given))
    except (Gap, *FAILURES):
        return False
    return True


def steps_of(head: Expr, kind: str) -> list[tuple[Step, tuple[Any, ...]]]:
    """The steps of that kind in a derivation, those of cases too, with the conditions of the laws."""
    derivation = derive(head)
    laws = list(head.atoms(symkl.KL) | {head})
    found = []
    for step in derivation.steps:
        inner = (*step.data.get("branches", ()), *step.data.get("within", ())) if step.kind == "branches" else ()
        found += [each for each in (step, *inner) if each.kind == kind]
    given = tuple(c for each in laws for law in each.atoms(symkl.core.laws.Law) for c in law.conditions)  # type: ignore[attr-defined]
    return [(step, given + step.conditions) for step in found]


def forged(step: Step, data: Mapping[str, Any] | None = None, **changes: Any) -> Step:
    return replace(step, data={**step.data, **(data or {})}, **changes)


c = Symbol("c", integer=True, positive=True)


def mean(name: str, power: int = 1) -> Expr:
    law = getattr(symkl, name).generic()
    k = law.support.variable("k")
    return Expectation(k**power, k, law)


TELESCOPING = [mean(name, power) for name in ("YuleSimon", "BetaBinomial", "Hypergeometric", "DiscreteUniform") for power in (1, 2)]


@pytest.mark.parametrize("head", TELESCOPING, ids=str)
def test_summation_by_parts(head: Expr) -> None:
    ((step, given),) = steps_of(head, "telescoping")
    given += (derive(head).result.args[0][1],) if isinstance(derive(head).result, Piecewise) else ()
    assert established(step, given)
    k = head.variable
    assert not established(forged(step, after=step.after + TINY), given)
    for name in ("numerator", "denominator", "certificate"):
        value = step.data[name]
        for wrong in (value + 1, value * 2, -value, value + k):
            if name == "certificate" and step.data["numerator"] == step.data["denominator"] and (wrong - value).expand() in (1, k):
                continue  # of equal masses: a constant more in G changes nothing, and Δk = 1 moves from ΔG to c
            assert not established(forged(step, {name: wrong}), given), (name, wrong)
    # scaled together, numerator and denominator are the same ratio
    twice = {"numerator": 2 * step.data["numerator"], "denominator": 2 * step.data["denominator"]}
    assert established(forged(step, twice), given)


def test_summation_by_parts_needs_its_condition() -> None:
    head = mean("YuleSimon")
    rho = head.under.args[0]
    outcome = telescoping.rule(head.statistic, head.variable, head.under, Facts())
    assert outcome is not None and outcome.conditions == (rho - 1 > 0,)
    (step,) = outcome.steps
    assert established(step, (rho > 1,))
    assert not established(step, ())
    assert not established(step, (2 * rho - 1 > 0,))
    # the first moment's sum does not exist at ρ = 1, where the identity of polynomials still holds
    at = step.before.xreplace({rho: Integer(1)})
    assert not established(replace(step, before=at), ())


SCORES = [mean("Borel"), mean("Borel", 2), mean("ZeroTruncatedPoisson", 2), mean("Boltzmann")]


@pytest.mark.parametrize("head", SCORES, ids=str)
def test_score(head: Expr) -> None:
    ((step, given),) = steps_of(head, "score")
    assert established(step, given)
    theta, k = step.data["parameter"], head.variable
    assert not established(forged(step, after=step.after + TINY), given)
    assert not established(forged(step, after=step.after * theta), given)
    for name, wrong in (
        ("slope", step.data["slope"] + TINY),
        ("rest", step.data["rest"] + TINY),
        ("rest", S.Zero),
        ("slope", step.data["slope"] * k),
        ("statistic", k**2),
        ("statistic", k * theta),
        ("at", theta + 1),
        ("parameter", Symbol("other", positive=True)),
    ):
        assert not established(forged(step, {name: wrong}), given), (name, wrong)


def test_score_of_a_parameter_that_moves_the_support() -> None:
    n = Symbol("n", positive=True)
    law = symkl.Uniform(0, n)
    x = law.support.variable("x")
    wrong = Step(Expectation(x, x, law), n, "score", "", (), {"member": law, "parameter": n, "at": n, "statistic": x, "slope": S.One, "rest": -1 / n})
    assert not established(wrong, ())


def kink(name: str) -> Expr:
    law = getattr(symkl, name).generic()
    k = law.support.variable("k")
    return Expectation(Abs(k - c), k, law)


@pytest.mark.parametrize("name", ["Geometric0", "Poisson", "YuleSimon"])
def test_lattice_kink(name: str) -> None:
    head = kink(name)
    ((step, given),) = steps_of(head, "lattice kink")
    given += (c > 1, *derive(head).conditions)
    assert established(step, given)
    (total,) = step.after.atoms(Sum)
    k, lower, upper = total.limits[0]
    for wrong in (
        step.after + TINY,
        step.after.xreplace({total: 2 * total}),
        step.after.xreplace({total: Sum(total.function, (k, lower, upper + 1)) + Sum(k, (k, 1, 2))}),
        step.after.xreplace({total: Sum(total.function, (k, lower + 1, upper))}),
        step.after.xreplace({total: Sum(total.function * k, (k, lower, upper))}),
    ):
        assert not established(forged(step, after=wrong), given), wrong
    assert not established(forged(step, {"kink": c + 1}), given)
    # a kink that may lie below the range
    unknown = Symbol("d", integer=True)
    moved = forged(step, {"kink": unknown}, before=step.before.xreplace({c: unknown}), after=step.after.xreplace({c: unknown}))
    assert established(moved, (*given, unknown > 1)) and not established(moved, given) and not established(moved, (*given, unknown > -3))


def test_telescoped_sum() -> None:
    ((step, given),) = steps_of(kink("Geometric0"), "telescoped sum")
    k = step.before.limits[0][0]
    assert established(step, given)
    assert not established(forged(step, after=step.after + TINY), given)
    assert not established(forged(step, {"G": step.data["G"] * 2}), given)
    assert not established(forged(step, {"G": step.data["G"] + k}), given)
    # a constant added to G changes nothing
    assert established(forged(step, {"G": step.data["G"] + 7}), given)
    # Karr's convention for empty sums is not relied on
    n = Symbol("n", integer=True)
    backwards = Step(Sum(k, (k, 5, n)), n * (n + 1) / 2 - 10, "telescoped sum", "", (), {"G": k * (k - 1) / 2})
    assert not established(backwards, ()) and established(backwards, (n >= 5,))


def test_even_kink() -> None:
    mu, q = symbols("mu q", integer=True), Symbol("q", positive=True)
    law = symkl.DiscreteLaplace(mu[0] if isinstance(mu, tuple) else mu, q)
    k, m = law.support.variable("k"), law.args[0]
    step = Step(Expectation(Abs(k - c), k, law), Expectation(Abs(k - m - Abs(c - m)), k, law), "even kink", "", (), {"centre": m, "kink": c})
    assert established(step, law.conditions)
    assert not established(replace(step, after=Expectation(Abs(k - m - c), k, law)), law.conditions)
    assert not established(forged(step, {"centre": m + 1}), law.conditions)
    assert not established(forged(step, {"kink": c + 1}), law.conditions)


@pytest.mark.parametrize("other", ["Poisson", "BetaBinomial", "Geometric0"])
def test_bounded_sum(other: str) -> None:
    head = symkl.KL(symkl.Binomial, getattr(symkl, other))
    ((step, given),) = steps_of(head, "finite sum")
    result = derive(head).result
    given += (result.args[0][1],) if isinstance(result, Piecewise) else ()
    assert established(step, given)
    (total,) = step.after.atoms(Sum)
    k, lower, upper = total.limits[0]
    for wrong in (
        step.after + TINY,
        step.after * (1 + TINY),
        step.after.xreplace({total: Sum(total.function, (k, lower, upper - 1))}),
        step.after.xreplace({total: Sum(total.function, (k, lower + 1, upper))}),
        step.after.xreplace({total: Sum(total.function + TINY, (k, lower, upper))}),
        step.after.xreplace({total: Sum(total.function.xreplace({k: k + 1}), (k, lower, upper))}),
    ):
        assert not established(forged(step, after=wrong), given), wrong


def test_total_mass() -> None:
    a, b, lam = symbols("a b lam", positive=True)
    k = symkl.Poisson(lam).support.variable("k")
    waring = Density.from_log(symkl.YuleSimon(a).log_density(k + 1), k, symkl.Poisson(lam).support)
    assert has_mass_one(waring, Context())
    for wrong in (waring.log_density(k) + TINY, waring.log_density(k).xreplace({a: a + b}) - waring.log_density(k) + waring.log_density(k) * 2):
        assert not has_mass_one(Density.from_log(wrong, k, symkl.Poisson(lam).support), Context())
    assert not has_mass_one(Density.from_log(symkl.Poisson(lam).log_density(k), k, symkl.Geometric.generic().support), Context())


def test_ratio_of_neighbours() -> None:
    n, p = symkl.Binomial.generic().args
    k = symkl.Binomial(n, p).support.variable("k")
    ratio = neighbours(symkl.Binomial(n, p).log_density(k), k)
    assert ratio is not None and ((ratio - (n - k) * p / ((k + 1) * (1 - p))).cancel()) == 0
    assert neighbours(k**2, k) is None


@pytest.mark.parametrize("wrong", [1, 2 - exp(-1), 1 - exp(-2), 1 - 2 * exp(-1)], ids=str)
def test_a_mass_that_starts_late_is_that_of_the_whole_less_its_beginning(wrong) -> None:
    k = Symbol("k", integer=True, positive=True)
    for start, right in ((1, 1 - exp(-1)), (2, 1 - 2 * exp(-1))):
        law = Density(exp(-1) / factorial(k) / right, k, Range(start, oo))
        assert has_mass_one(law, Context())
        if wrong != right:
            assert not has_mass_one(Density(exp(-1) / factorial(k) / wrong, k, Range(start, oo)), Context())
