"""Densities in sines and cosines on halves and quarters of a turn: the substitution v = sin², its checks, planted errors."""

import pytest
from sympy import Abs, Rational, Symbol, beta, cos, log, pi, sin

from symkl import KL, Density, DomainError, Entropy, Uniform, derive, kl

x = Symbol("x", real=True)
a = Symbol("a", positive=True)
HALF_TURN, QUARTER = Uniform(0, pi), Uniform(0, pi / 2)

CASES = [
    (KL(Density(sin(x) / 2, x, (0, pi)), HALF_TURN), log(pi) - 1),
    (KL(HALF_TURN, Density(sin(x) / 2, x, (0, pi))), log(4 / pi)),
    (KL(Density(cos(x) / 2, x, (-pi / 2, pi / 2)), Uniform(-pi / 2, pi / 2)), log(pi) - 1),
    (KL(Density(2 * sin(x) ** 2 / pi, x, (0, pi)), HALF_TURN), 1 - log(2)),
    (KL(Density(sin(2 * x), x, (0, pi / 2)), QUARTER), log(pi) - 1),
    (KL(Density(cos(x), x, (0, pi / 2)), QUARTER), log(pi) - 1),
    (KL(Density((1 + cos(x)) / (2 * pi), x, (-pi, pi)), Uniform(-pi, pi)), 1 - log(2)),
    (Entropy(Density(pi * sin(pi * x) / 2, x, (0, 1))), 1 - log(pi)),
]


@pytest.mark.parametrize(("head", "value"), CASES, ids=lambda each: str(each)[:60])
def test_closed_and_checked(head, value) -> None:
    found = derive(head)
    assert (found.result - value).expand() == 0
    assert found.check().is_proved


def test_a_power_of_the_sine() -> None:
    law = Density(sin(x) ** a / beta((a + 1) / 2, Rational(1, 2)), x, (0, pi))
    found = derive(KL(law, HALF_TURN))
    assert found.status == "closed"
    assert found.check().is_proved
    assert abs(found.result.subs(a, 1).evalf(20) - (log(pi) - 1).evalf(20)) < 1e-15


def test_a_sine_of_one_sign_needs_no_absolute_value() -> None:
    assert not Density(2 * sin(x) ** 2 / pi, x, (0, pi)).log_density(x).has(Abs)
    assert Density(sin(x) ** 2 / pi, x, (0, 2 * pi)).log_density(x).has(Abs)


def test_a_wrong_factor_is_noticed() -> None:
    with pytest.raises(DomainError, match="mass"):
        kl(Density(sin(x), x, (0, pi)), HALF_TURN)
