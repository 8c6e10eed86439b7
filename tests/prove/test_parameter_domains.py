"""Expressions as parameters: their domain is one of their symbols, for proofs and for the points at which a claim is looked at."""

from __future__ import annotations

import pytest
from sympy import Symbol

from symkl.cli.laws import read_relation
from symkl.prove import prove
from symkl.prove.cases import allows, signs

a, n = Symbol("a"), Symbol("n")


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        ("H(Exponential(1/a)) = 1 + log(a)", "proved"),
        ("H(Exponential(1/a)) = 1 - log(a)", "refuted"),
        ("D(Exponential(1/a)||Exponential(1/b)) = a/b - 1 - log(a/b)", "proved"),
        ("D(Exponential(1/a)||Exponential(1/b)) = b/a - 1 - log(b/a)", "refuted"),  # swapped arguments
        ("D(Uniform(0,a)||Exponential(1/a)) = 1/2 - 0*a", "proved"),
        ("D(Uniform(0,a)||Exponential(1/a)) = 1/2 + a/10^9", "refuted"),
        ("D(Normal(0,1/s)||Normal(0,1)) = 1/(2*s^2) - 1/2 + log(s)", "proved"),
        ("H(Exponential(2*a)) = 1 - log(2*a)", "proved"),
        ("H(Exponential(a-1)) >= 0", "refuted"),
        ("H(DiscreteUniform(1,2*n)) = log(2*n)", "proved"),
        ("H(DiscreteUniform(1,2*n)) = log(3*n)", "refuted"),
    ],
)
def test_expressions_as_parameters(claim: str, status: str) -> None:
    verdict = prove(read_relation(claim))
    assert verdict.status == status, verdict.reason


def test_the_domain_is_said() -> None:
    assert str(prove(read_relation("H(Exponential(1/a)) = 1 + log(a)")).reason).endswith("where a > 0")
    assert "2*n is an integer" in str(prove(read_relation("H(DiscreteUniform(1,2*n)) = log(2*n)")).reason)


def test_points_outside_the_domain_are_not_looked_at() -> None:
    assert not allows([1 / a > 0], {a: Symbol("z", zero=True) * 0})
    assert not allows([1 / a > 0], {a: -1}) and allows([1 / a > 0], {a: 2})


def test_only_odd_powers_give_their_sign_to_the_symbol() -> None:
    assert set(signs([1 / a > 0])) == set(signs([2 * a**3 > 0])) == {a}
    assert not signs([a**2 > 0]) and not signs([-a > 0]) and not signs([a + 1 > 0]) and not signs([a * n > 0])
    assert not signs([a >= 0])
