"""Antiderivatives under an exponential density whose rate has any sign, and on half-lines that start at a symbol."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Eq, Expr, Piecewise, Rational, S, Symbol, exp, hyper, log, symbols

from symkl import KL, Frechet, Gamma, GeneralizedPareto, PowerFunction, ShiftedExponential, derive, families
from symkl.expect.primitives_exponential import exponential_log_line, exponential_power
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

FAMILIES = {family.__name__: family for family in families()}
c = Symbol("c", real=True)
a, b, u, k = symbols("a b u k", positive=True)


@pytest.mark.parametrize(("power", "logs"), [(k, 0), (S.Zero, 1), (Rational(-1, 3), 0)])
def test_a_rate_of_any_sign(power: Expr, logs: int) -> None:
    found = exponential_power(power, logs, c, u, Facts())
    assert found is not None and is_zero(found.diff(u) - u**power * log(u) ** logs * exp(c * u))
    assert is_zero(exponential_log_line(a, b, c, u).diff(u) - log(a + b * u) * exp(c * u))


def test_no_power_that_is_not_integrable_at_zero() -> None:
    assert exponential_power(S(-2), 0, c, u, Facts()) is None
    assert exponential_power(S.Zero, 1, c, Symbol("x", real=True), Facts()) is None


@pytest.mark.parametrize("Q", ["Rayleigh", "Beta", "Lomax", "Weibull"])
def test_continuous_bernoulli_laws(Q: str) -> None:
    found = derive(KL(FAMILIES["ContinuousBernoulli"], FAMILIES[Q]))
    assert found.status == "closed" and found.check().is_proved


def test_a_half_line_from_a_symbol() -> None:
    """The case that it starts at 0 is a limit of its own."""
    found = derive(KL(ShiftedExponential, Gamma))
    assert found.status == "closed" and found.check().is_proved
    theta = Symbol("theta_1", real=True)
    assert any(condition.has(Eq(theta, 0)) for _, condition in found.result.args)
    assert derive(KL(ShiftedExponential, Frechet)).check().is_proved


def test_the_end_of_the_other_law_may_be_met() -> None:
    """At σ = −ξ the ends of the two supports are one."""
    found = derive(KL(PowerFunction(3), GeneralizedPareto(Rational(1, 2), Rational(-1, 2))))
    value = mpmath.quad(lambda x: 3 * x**2 * mpmath.log(3 * x**2 / (2 * (1 - x))), [0, 1])
    assert abs(found.result.evalf(20) - value) < 1e-12
    general = derive(KL(PowerFunction, GeneralizedPareto))
    assert isinstance(general.result, Piecewise) and general.check().is_proved


def test_derivatives_of_confluent_functions() -> None:
    z = Symbol("z", real=True)
    F = hyper((k,), (k + 1,), z)
    assert is_zero(z * F.diff(z) - k * (exp(z) - F))
    assert is_zero(hyper((1,), (2,), z) - (exp(z) - 1) / z)
    assert is_zero(z * F.diff(z) - k * (exp(z) + F)) is not True
