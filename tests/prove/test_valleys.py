"""Inequalities between closed forms that are equalities where two parameters agree."""

from __future__ import annotations

import pytest
from sympy import Integer, Symbol, log, sqrt, symbols
from sympy.core.relational import Relational

from symkl.cli.laws import read_relation
from symkl.form.facts import Facts
from symkl.prove import prove
from symkl.prove.ridges import ridge
from symkl.prove.valleys import valley

a, b, p, q = symbols("a b p q")

TRUE = [
    "D(Bernoulli(p)||Bernoulli(q)) >= 2*(p-q)^2",
    "D(Bernoulli(p)||Bernoulli(q)) <= (p-q)^2/(q*(1-q))",
    "D(Exponential(a)||Exponential(b)) <= (a-b)^2/(a*b)",
    "D(Poisson(a)||Poisson(b)) <= (a-b)^2/b",
    "H(Bernoulli(p)) <= log(2)",
    "D(Laplace(m,b)||Laplace(n,b)) <= (m-n)^2/(2*b^2)",
    "TV(Bernoulli(p),Bernoulli(q)) = abs(p-q)",
    "Hellinger(Bernoulli(p),Bernoulli(q))^2 <= abs(p-q)",
    "BC(Bernoulli(p),Bernoulli(q)) >= 1 - abs(p-q)",
]
FALSE = [
    "D(Bernoulli(p)||Bernoulli(q)) >= 2.000000001*(p-q)^2",
    "D(Bernoulli(p)||Bernoulli(q)) <= 0.999999999*(p-q)^2/(q*(1-q))",
    "D(Exponential(a)||Exponential(b)) <= 0.999999999*(a-b)^2/(a*b)",
    "D(Poisson(a)||Poisson(b)) <= (a-b)^2/a",
    "H(Bernoulli(p)) <= log(2) - 1e-9",
    "D(Laplace(m,b)||Laplace(n,b)) <= 0.49*(m-n)^2/b^2",
    "TV(Bernoulli(p),Bernoulli(q)) = p-q",
    "Hellinger(Bernoulli(p),Bernoulli(q)) <= abs(p-q)",
    "BC(Bernoulli(p),Bernoulli(q)) >= 1 - 0.9*abs(p-q)",
]
# What joins two parameters, and the claim without it.
JOINED = [
    ("D(Bernoulli(p)||Bernoulli(q)) >= (p-q)^2/(2*p)", q <= p, p <= q),
    ("D(Bernoulli(p)||Bernoulli(q)) >= (p-q)^2/(2*q)", p <= q, q <= p),
    ("D(Poisson(a)||Poisson(b)) >= (a-b)^2/(2*a)", b < a, a < b),
]


def settled(text: str) -> str:
    return prove(read_relation(text)).status


@pytest.mark.parametrize("claim", TRUE)
def test_equalities_where_parameters_agree(claim: str) -> None:
    assert settled(claim) == "proved"


@pytest.mark.parametrize("claim", FALSE)
def test_a_coefficient_that_is_too_large_is_refuted(claim: str) -> None:
    assert settled(claim) == "refuted"


@pytest.mark.parametrize(("claim", "given", "other"), JOINED)
def test_hypotheses_that_join_two_parameters(claim: str, given: Relational, other: Relational) -> None:
    assert prove(read_relation(claim), [given]).is_proved
    assert prove(read_relation(claim), [other]).is_refuted


def test_the_least_value_lies_in_the_domain_and_the_way_to_it_too() -> None:
    x, a = Symbol("x", real=True), Symbol("a", real=True)
    assert valley((x - a) ** 2, Facts()) is not None
    # (x − a)²(x + 1) is negative left of −1: it is not enough that x and a are real.
    assert valley((x - a) ** 2 * (x + 1), Facts()) is None
    # What is known of x must hold of a, or between them anything may happen.
    assert valley((x - a) ** 2 * (x + a), Facts.of(x > 0)) is None
    assert valley((x - a) ** 2 * (x + a), Facts.of([x > 0, a > 0])) is not None
    # A condition that joins both says nothing of what lies between.
    assert valley((x - a) ** 2 * (x + a), Facts.of([x + a > 0])) is None
    assert valley((x - a) ** 3, Facts.of([x >= a])) is not None
    assert valley((x - a) ** 3, Facts.of([x >= a - 1])) is None
    n, m = symbols("n m", integer=True, positive=True)
    assert valley((n - m) ** 2, Facts()) is None


def test_a_function_that_only_touches_zero_is_not_taken_for_least_there() -> None:
    p, q = symbols("p q", positive=True)
    facts = Facts.of([p < 1, q < 1])
    divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
    for square in (Integer(3), 2 + Symbol("c", positive=True)):
        assert valley(divergence - square * (p - q) ** 2, facts) is None
    assert valley((p - q) ** 3, facts) is None
    assert valley(q - p, facts) is None
    assert valley(-((p - q) ** 2), facts) is None


def test_concave_between_two_ends_and_in_nothing_less() -> None:
    """√x − x on (0, 1); not √x − 2x, which is negative at 1, nor where nothing is above x, nor for a convex function."""
    x = Symbol("x", positive=True)
    below = Facts.of(x < 1)
    assert ridge(sqrt(x) - x**2, below) is not None
    assert ridge(sqrt(x) - 2 * x, below) is None
    assert ridge(sqrt(x) - x**2, Facts()) is None
    assert ridge(x**2 - sqrt(x), below) is None
    assert ridge(sqrt(x) - sqrt(sqrt(x)), below) is None
