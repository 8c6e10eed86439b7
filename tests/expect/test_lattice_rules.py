"""Rules for laws on the integers: each value against a sum term by term, each side condition against where the sum diverges."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
from sympy import Abs, Expr, Integer, Max, Min, Rational, S, Symbol, beta, binomial, exp, factorial, gamma, lambdify, log, loggamma, oo, symbols

import symkl
from symkl import Density, Expectation, derive
from symkl.core.laws import bound_variable
from symkl.expect.gammas import cancelled, collapsed, completing, named, split_sum
from symkl.expect.mass_ratio import mass_ratio
from symkl.expect.rules import lattice_kink, reparametrised, score, telescoping
from symkl.expect.terms import expand_in
from symkl.families.sampling import draw
from symkl.form.facts import Facts

DIGITS = 30
#: Terms after which the masses of the members drawn here are below 10^-25, or nearly.
FAR = 900


def member(name: str, seed: int) -> Any:
    return draw(getattr(symkl, name), random.Random(f"{name} {seed} rules"))


def direct(f: Expr, k: Symbol, law: Any) -> Any:
    """Σ p(k) f(k), term by term."""
    lower, upper, _ = law.support.args
    far = 60 if isinstance(law, symkl.Skellam) else FAR
    first = -far if lower is -oo else int(lower)
    last = far if upper is oo else int(upper)
    with mpmath.workdps(DIGITS):
        log_mass, statistic = lambdify(k, law.log_density(k), "mpmath"), lambdify(k, f, "mpmath")
        return mpmath.fsum(mpmath.exp(mpmath.re(log_mass(mpmath.mpf(i)))) * statistic(mpmath.mpf(i)) for i in range(first, last + 1))


def close(value: Expr, wanted: Any) -> bool:
    return abs(mpmath.mpmathify(value.evalf(DIGITS)) - wanted) < mpmath.mpf(10) ** -15 * (1 + abs(wanted))


def facts(law: Any) -> Facts:
    return Facts.of(law.conditions)


RATIONAL = ["Poisson", "Binomial", "NegativeBinomial", "Geometric", "Geometric0", "LogSeries", "ZeroTruncatedPoisson", "Boltzmann", "DiscreteUniform", "BetaBinomial", "Hypergeometric"]  # fmt: skip


@pytest.mark.parametrize("name", [*RATIONAL, "YuleSimon"])
def test_ratio_of_neighbouring_masses(name: str) -> None:
    law = member(name, 1)
    k = bound_variable(law)
    ratio = mass_ratio(law, k, facts(law))
    assert ratio is not None
    at = law.support.lower
    if at != law.support.upper:
        left = exp(law.log_density(at + 1) - law.log_density(at))
        assert abs((left - (ratio.numerator / ratio.denominator).xreplace({k: at})).evalf(20)) < 1e-15


@pytest.mark.parametrize("name", ["Zeta", "Borel", "Skellam", "DiscreteLaplace"])
def test_ratio_that_is_not_rational(name: str) -> None:
    law = getattr(symkl, name).generic()
    assert mass_ratio(law, bound_variable(law), facts(law)) is None


@pytest.mark.parametrize("power", [1, 2, 3])
@pytest.mark.parametrize("name", RATIONAL)
def test_summation_by_parts(name: str, power: int) -> None:
    """E K^n at two members, of the generic value and of the member's own."""
    generic = getattr(symkl, name).generic()
    k = bound_variable(generic)
    outcome = telescoping.rule(k**power, k, generic, facts(generic))
    assert outcome is not None and outcome.conditions == ()
    for seed in (1, 2):
        law = member(name, seed)
        wanted = direct(k**power, k, law)
        own = telescoping.rule(k**power, k, law, facts(law))
        assert own is not None and close(own.value, wanted)
        if name != "Hypergeometric" or law.args[0] > power:
            assert close(outcome.value.subs(dict(zip(generic.args, law.args)), simultaneous=True), wanted)


def test_moments_of_yule_simon_exist_under_an_exact_condition() -> None:
    rho = Symbol("rho", positive=True)
    law = symkl.YuleSimon(rho)
    k = bound_variable(law)
    for n in (1, 2, 3):
        outcome = telescoping.rule(k**n, k, law, Facts())
        assert outcome is not None and outcome.conditions == (rho - n > 0,)
        assert telescoping.rule(k**n, k, symkl.YuleSimon(Integer(n)), Facts()) is None
    mean = telescoping.rule(k, k, law, Facts())
    assert mean is not None and (mean.value.subs(rho, 5) - Rational(5, 4)).equals(0)


def test_a_sum_that_does_not_telescope() -> None:
    """Σ z^k/k!² is a Bessel function: the second moment is its multiple, the first is another function."""
    z = Symbol("z", positive=True)
    k = Symbol("k", integer=True, nonnegative=True)
    law = Density.from_log(k * log(z) - 2 * loggamma(k + 1) - log(Symbol("C", positive=True)), k, symkl.Poisson(z).support)
    assert telescoping.rule(k, k, law, Facts()) is None
    second = telescoping.rule(k**2, k, law, Facts())
    assert second is not None and second.value == z


def test_ends_that_are_maxima() -> None:
    N, K, n = symbols("N K n", integer=True, positive=True)
    low = Max(0, n + K - N)
    assert telescoping.vanishes(low * (low - n - K + N)) and not telescoping.vanishes(low * (low - n))
    assert telescoping.vanishes((Min(n, K) - n) * (Min(n, K) - K))


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("name", ["Borel", "ZeroTruncatedPoisson", "Boltzmann", "LogSeries", "Poisson", "Geometric"])
def test_differentiation_of_the_normalisation(name: str, power: int) -> None:
    generic = getattr(symkl, name).generic()
    k = bound_variable(generic)
    outcome = score.rule(k**power, k, generic, facts(generic))
    assert outcome is not None
    for seed in (3, 4):
        law = member(name, seed)
        own = score.rule(k**power, k, law, facts(law))
        wanted = direct(k**power, k, law)
        assert own is not None and close(own.value, wanted)
        assert close(outcome.value.subs(dict(zip(generic.args, law.args)), simultaneous=True), wanted)


@pytest.mark.parametrize("law", [symkl.Zipf(2, 3), symkl.DiscreteUniform(0, 4), symkl.Hypergeometric(7, 3, 2), symkl.BetaBinomial(3, 2, 2)])
def test_no_parameter_to_differentiate_in(law: Any) -> None:
    k = bound_variable(law)
    assert score.rule(k, k, law, Facts()) is None


KINKED = ["Geometric", "Geometric0", "Boltzmann", "DiscreteUniform", "DiscreteLaplace", "Poisson", "NegativeBinomial", "LogSeries", "ZeroTruncatedPoisson", "Borel"]  # fmt: skip


@pytest.mark.parametrize("name", KINKED)
def test_kinks(name: str) -> None:
    """E|K − c| with c below, at the ends, inside and above the range; generic, with c a symbol, and of the member."""
    law, c = member(name, 5), Symbol("c", integer=True)
    k = bound_variable(law)
    generic = getattr(symkl, name).generic()
    outcome = lattice_kink.rule(Abs(k - c), k, generic, facts(generic))
    assert outcome is not None
    points = dict(zip(generic.args, law.args))
    for at in range(-2, 7):
        wanted = direct(Abs(k - at), k, law)
        assert close(outcome.value.subs({**points, c: at}, simultaneous=True).doit(), wanted), at
        own = derive(Expectation(Abs(k - at), k, law))
        assert close(own.result.doit(), wanted) and own.check().is_proved, at


@pytest.mark.parametrize("name", ["ZeroTruncatedPoisson", "Poisson", "Geometric", "NegativeBinomial", "Skellam", "DiscreteLaplace", "Binomial"])
def test_exponential_statistics(name: str) -> None:
    law = member(name, 6)
    k = bound_variable(law)
    for f in (Rational(8, 9) ** k, k * exp(-k / 7)):
        found = derive(Expectation(f, k, law))
        assert found.status == "closed" and found.check().is_proved
        assert close(found.result.doit(), direct(f, k, law))


def test_another_member_of_the_family() -> None:
    lam, t = Symbol("lam", positive=True), Symbol("t", real=True)
    law = symkl.ZeroTruncatedPoisson(lam)
    k = bound_variable(law)
    outcome = reparametrised.rule(exp(t * k), k, law, facts(law))
    assert outcome is not None and (outcome.value - (exp(lam * exp(t)) - 1) / (exp(lam) - 1)).equals(0)
    # Boltzmann(λ − t) is a law only for t < λ
    bounded = symkl.Boltzmann.generic()
    assert reparametrised.rule(exp(t * k), k, bounded, facts(bounded)) is None


# Gamma functions


k0 = Symbol("k", integer=True, nonnegative=True)
r = Symbol("r", positive=True)
n0 = Symbol("n", integer=True, positive=True)


def test_gammas_whole_steps_apart_cancel() -> None:
    def left(f: Expr) -> Expr:
        return sum((c * m.expr(k0) for c, m in cancelled(expand_in(f, k0), k0)), S.Zero)

    assert left(loggamma(k0 + r + 2) - loggamma(k0 + r)) == log(k0 + r) + log(k0 + r + 1)
    assert left(loggamma(n0 - k0 + 1) - loggamma(n0 - k0 + 2)) == -log(n0 - k0 + 1)
    assert left(loggamma(k0 + r) - loggamma(k0 + 2 * r)) == loggamma(k0 + r) - loggamma(k0 + 2 * r)
    assert left(2 * loggamma(k0 + r) - loggamma(k0 + r + 1)) == 2 * loggamma(k0 + r) - loggamma(k0 + r + 1)
    assert left(log(factorial(k0)) - log(gamma(k0 + 1))) == 0
    assert left(loggamma(k0 + 2) - log(k0 + 1)) == log(gamma(k0 + 1))
    assert left(log(binomial(n0, k0)) + log(factorial(k0)) + loggamma(n0 - k0 + 1)) == log(gamma(n0 + 1))


def test_gammas_at_a_point() -> None:
    f = loggamma(r + 3) - loggamma(r) + 2 * loggamma(2 * r)
    assert collapsed(f) == log(r * (r + 1) * (r + 2)) + 2 * loggamma(2 * r)
    assert collapsed(loggamma(Rational(7, 4)) - loggamma(Rational(3, 4))) == log(Rational(3, 4))


def test_names_of_gammas() -> None:
    table, rest = split_sum(loggamma(n0 + 1) - loggamma(k0 + 1) - loggamma(n0 - k0 + 1) + k0 * log(r))
    assert named(table, False) == binomial(n0, k0) and named(table, True) == log(binomial(n0, k0)) and rest == [k0 * log(r)]
    a, b = symbols("a b", positive=True)
    table, _ = split_sum(loggamma(k0 + a) + loggamma(n0 - k0 + b) - loggamma(n0 + a + b))
    assert named(table, False) == beta(k0 + a, n0 - k0 + b)
    assert completing({k0 + 1: S.NegativeOne, n0 - k0 + 1: S.NegativeOne}, {n0 + 1: S.One, a: S.One}) == {n0 + 1: S.One}


# Mass functions that nobody has named


lam0, a0, b0, q0 = symbols("lam a b q", positive=True)
p0 = q0 / (1 + q0)
kp = Symbol("k", integer=True, positive=True)
NAMELESS = {
    "Poisson": (Density(exp(-lam0) * lam0**k0 / factorial(k0), k0, S.Naturals0), symkl.Poisson(3)),
    "Waring": (Density(gamma(k0 + r) / factorial(k0) / gamma(r) * beta(a0 + r, b0 + k0) / beta(a0, b0), k0, S.Naturals0), symkl.Geometric0(Rational(1, 2))),
    "negative hypergeometric": (Density(binomial(n0, k0) * beta(k0 + a0, n0 - k0 + b0) / beta(a0, b0), k0, symkl.Binomial(n0, p0).support.as_set()), symkl.Poisson(2)),
    "trials": (Density(binomial(kp - 1, 2) * p0**3 * (1 - p0) ** (kp - 3), kp, symkl.Geometric(p0).support.as_set()[2:]), symkl.Geometric(Rational(1, 2))),
    "size-biased": (Density(kp * exp(-lam0) * lam0 ** (kp - 1) / factorial(kp), kp, S.Naturals), symkl.Geometric(Rational(1, 3))),
    "few points": (Density((k0 + 1) / Integer(10), k0, symkl.Binomial(3, p0).support.as_set()), symkl.Binomial(3, p0)),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMELESS))
def test_nameless_masses(name: str) -> None:
    P, Q = NAMELESS[name]
    found = derive(symkl.KL(P, Q))
    verdict = found.check()
    assert verdict.is_proved, verdict.reason


def test_a_mass_that_is_not_one_is_refused() -> None:
    P = Density(exp(-lam0) * lam0**k0 / factorial(k0) / 2, k0, S.Naturals0)
    with pytest.raises(symkl.DomainError, match="mass is 1/2"):
        derive(symkl.KL(P, symkl.Geometric0(Rational(1, 2))))
