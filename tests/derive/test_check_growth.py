"""The checker's own limits and tail comparisons: right where they answer, silent where they do not know."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    EulerGamma,
    Expr,
    Integer,
    Piecewise,
    S,
    Symbol,
    besseli,
    besselk,
    cos,
    erf,
    erfc,
    exp,
    expint,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    sqrt,
    symbols,
    uppergamma,
)

from symkl.derive.checks.growth import continuous, integrable, limit
from symkl.form.facts import Facts

x = Symbol("x", real=True)
u, a, b, s = symbols("u a b s", positive=True)
m = Symbol("m", real=True)
NONE = Facts()


@pytest.mark.parametrize(
    ("expr", "variable", "end", "value"),
    [
        ((u / b) ** (1 / a), u, S.Zero, S.Zero),
        ((u / b) ** (1 / a), u, oo, oo),
        (m + s * x, x, -oo, -oo),
        (m - s * x, x, -oo, oo),
        (log(u), u, S.Zero, -oo),
        (u**a * log(u), u, S.Zero, S.Zero),
        (u**2 * exp(-b * u), u, oo, S.Zero),
        (exp(b * u) / u**9, u, oo, oo),
        (1 / (1 + exp(-x)), x, oo, S.One),
        (1 / (1 + exp(-x)), x, -oo, S.Zero),
        (erf(x), x, -oo, -S.One),
        (x * erfc(x), x, oo, S.Zero),
        (log(erfc(-b * x)) / x**2, x, -oo, -(b**2)),
        ((1 + cos(pi * (u - 1))) / u**2, u, S.Zero, pi**2 / 2),
        (uppergamma(s, u), u, S.Zero, gamma(s)),
        (uppergamma(s, u) * u, u, oo, S.Zero),
        (log(1 + 1 / u) * u, u, oo, S.One),
        (Abs(x - m) / x, x, -oo, -S.One),
        (Piecewise((x, x < m), (1 / x, True)), x, oo, S.Zero),
        (loggamma(u + 2) - loggamma(u) - 2 * log(u), u, oo, S.Zero),
        (gamma(u + 2) / gamma(u) / u**2, u, oo, S.One),
        ((1 + 1 / u) ** u, u, oo, exp(1)),
        (cos(u), u, oo, None),
        (u ** (a - b), u, oo, None),
        (exp(sqrt(log(u))) / u, u, oo, None),
        (exp(2 * u) / exp(u) ** 2, u, oo, S.One),
        (u - sqrt(u**2 + 1), u, oo, S.Zero),
        (expint(1, a * u) + exp(-b * u) * log(u), u, S.Zero, -EulerGamma - log(a)),
        ((exp(u) - 1) / u, u, S.Zero, None),
        (u * log(u) / (u + 1) - log(u + 1), u, oo, S.Zero),
        (log(a * u + 3) - log(u), u, oo, log(a)),
        (u - sqrt(u**2 + u), u, oo, None),
    ],
)
def test_limits(expr: Expr, variable: Symbol, end: Expr, value: Expr | None) -> None:
    """None is always allowed by the contract; here it stands for what the few rules do not cover."""
    found = limit(expr, variable, end, 1 if end in (0, -oo) else -1, NONE)
    assert found == value or (found is not None and value is not None and (found - value).expand() == 0)


@pytest.mark.parametrize(
    ("expr", "variable", "end", "facts", "answer"),
    [
        (1 / (1 + x**2), x, oo, NONE, (True, 0)),
        (x / (1 + x**2), x, oo, NONE, (False, 1)),
        (x / (1 + x**2), x, -oo, NONE, (False, -1)),
        (u ** (a - 1) * log(u), u, S.Zero, NONE, (True, 0)),
        (log(u) / u, u, S.Zero, NONE, (False, -1)),
        (1 / (u * log(u) ** 2), u, oo, NONE, (True, 0)),
        (1 / (u * log(u)), u, oo, NONE, (False, 1)),
        (u ** (-a), u, oo, NONE, (None, 1)),
        (u ** (-a), u, oo, Facts.of([a > 1]), (True, 0)),
        (u ** (-a), u, oo, Facts.of([a <= 1]), (False, 1)),
        (m * u, u, oo, NONE, (None, 0)),
        (-(u**3) * exp(-(u**2) / 2 + 40 * u), u, oo, NONE, (True, 0)),
        (u * exp(3 * u - loggamma(u + 1)), u, oo, NONE, (True, 0)),
        (exp(loggamma(u) - loggamma(u + 2)) * u, u, oo, NONE, (False, 1)),
        (exp(loggamma(u) - loggamma(u + 2)), u, oo, NONE, (True, 0)),
        (log(besseli(0, u)) * exp(-u), u, oo, NONE, (True, 0)),
        (besseli(0, u) * exp(-u), u, oo, NONE, (False, 1)),
        (besselk(2, u) * exp(u) / u, u, oo, NONE, (True, 0)),
        (exp(-sqrt(log(u))) / u, u, oo, NONE, (None, 1)),
        (cos(u) / u**2, u, oo, NONE, (None, 0)),
    ],
)
def test_integrability(expr: Expr, variable: Symbol, end: Expr, facts: Facts, answer: tuple[bool | None, int]) -> None:
    assert integrable(expr, variable, end, 1 if end in (0, -oo) else -1, facts) == answer


def test_a_finite_end_approached_from_either_side() -> None:
    assert limit(1 / (u - a), u, a, 1, NONE) == oo
    assert limit(1 / (u - a), u, a, -1, NONE) == -oo
    assert integrable(1 / (1 - u), u, S.One, -1, NONE) == (False, 1)
    assert integrable(1 / sqrt(1 - u), u, S.One, -1, NONE) == (True, 0)


def test_continuity() -> None:
    positive = Facts.of([x > 0])
    assert continuous(log(x) * x ** (a - 1), x, positive)
    assert not continuous(log(x), x, NONE)
    assert not continuous(1 / x, x, NONE)
    assert continuous(1 / (1 + x**2), x, NONE)
    assert continuous(Abs(x) + erf(x) + x**3, x, NONE)
    assert not continuous(Piecewise((0, x < 0), (1, True)), x, NONE)
    assert not continuous(gamma(x), x, NONE)
    # at an end: x^a is continuous at 0, log x and x^(-a) are not
    assert continuous(x**a, x, NONE, S.Zero) and not continuous(x ** (-a), x, NONE, S.Zero) and not continuous(log(x), x, NONE, S.Zero)
    assert continuous(x ** Integer(-2), x, NONE, pi)


def test_limits_of_parts_whose_constants_have_no_known_sign() -> None:
    """(e^{au} − 1) log u → 0 and c e^{au} → c, whatever the sign of c; nothing is said where a part diverges."""
    c, other = Symbol("c", real=True), Symbol("d", real=True)
    assert limit((exp(a * u) - 1) * log(u) + c * exp(a * u), u, S.Zero, 1, NONE) == c
    assert limit(c * (exp(a * u) + other), u, S.Zero, 1, NONE) == c * (1 + other)
    assert limit(c * log(u) + exp(a * u), u, S.Zero, 1, NONE) is None
