"""Functions with a rational derivative: least at a zero of it, or at an end; and the same with a constant a little wrong."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, Rational, S, Symbol, atan, log, oo, pi, sqrt

from symkl import prove
from symkl.prove.stationary import lowest

x = Symbol("x", positive=True)
y = Symbol("y", real=True)
TINY = Rational(1, 10**9)


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [
        (x - 1 - log(x), S.Zero, oo),
        (log(x) + 1 / x**2 - Rational(1, 2) - log(2) / 2, S.Zero, oo),  # at √2
        (sqrt(2 / pi) * x - log(x) - 1 - log(sqrt(2 / pi)), S.Zero, oo),
        (log(1 + x) - x / (1 + x), S.Zero, oo),  # at the end
        (x**3 - 3 * x + 2, S.Zero, oo),
        (1 / x, S.Zero, oo),  # far out
    ],
)
def test_least_values(f: Expr, low: Expr, high: Expr) -> None:
    assert lowest(f, x, low, high) is not None
    assert lowest(f - TINY, x, low, high) is None


@pytest.mark.parametrize(
    "f",
    [
        1 + atan(1 / (y - 1)),  # it jumps, and its derivative does not
        1 / (y - 1) ** 2,
        Abs(y) - y,
        y**9 + y,
    ],
)
def test_what_is_not_of_this_kind(f: Expr) -> None:
    assert lowest(f, y, -oo, oo) is None


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("D(Laplace(0,b)||Normal(0,s)) >= log(pi)/2 - 1/2", "proved"),
        ("D(Laplace(0,b)||Normal(0,s)) >= log(pi)/2 - 1/2 + 1/10^9", "refuted"),
        ("D(Uniform(0,a)||Exponential(b)) >= 1 - log(2)", "proved"),
        ("D(Uniform(0,a)||Exponential(b)) >= 1 - log(2) + 1/10^9", "refuted"),
        ("D(Normal(0,s)||Laplace(0,b)) >= 1/2 - log(pi/2)", "proved"),
        ("D(Gamma(2,a)||Exponential(b)) >= 1 + log(2) - EulerGamma - 1 + 1/10", "refuted"),
        ("TV(Uniform(0,a),Uniform(0,b)) = 1 - min(a,b)/max(a,b)", "proved"),
        ("TV(Uniform(0,a),Uniform(0,b)) = 1 - min(a,b)/max(a,b) + 1/10^9", "refuted"),
        ("TV(Uniform(0,a),Uniform(0,b)) <= abs(log(a/b))", "proved"),
        ("TV(Uniform(0,a),Uniform(0,b)) <= 999999999/10^9*abs(log(a/b))", "refuted"),
    ],
)
def test_scales_are_brought_down_to_one_variable(claim: str, verdict: str) -> None:
    assert prove(claim).status == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("D(Bernoulli(p)||Bernoulli(1-p)) >= 2*(2*p-1)^2", "proved"),
        ("D(Bernoulli(p)||Bernoulli(1-p)) >= 2.000000001*(2*p-1)^2", "refuted"),
        ("D(Bernoulli(p)||Bernoulli(q)) >= (p-q)^2/(2*max(p,q))", "proved"),
    ],
)
def test_least_in_the_middle(claim: str, verdict: str) -> None:
    assert prove(claim).status == verdict


def test_the_hypotheses_are_told_beside_the_claim() -> None:
    verdict = prove("D(Exponential(a)||Exponential(b)) <= (a-b)^2/b^2", given="a < b")
    assert str(verdict).startswith("refuted: D_KL(Exponential(a) ‖ Exponential(b)) <= (a - b)**2/b**2, given a < b")
    assert ", given $a < b$ --- " in verdict.latex()
