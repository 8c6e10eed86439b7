"""A numeric density is held against balls: negative values and masses that are not one are errors, said with the number."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, Rational, S, Symbol, cos, cosh, exp, gamma, oo, pi, sqrt

from symkl import Density, DomainError, Entropy, Normal, Poisson, evaluate, kl

R = Rational
x, y = Symbol("x"), Symbol("y")
LINE, HALF = (-oo, oo), (0, oo)


@pytest.mark.parametrize(
    ("density", "support", "message"),
    [
        (exp(-(x**2) - x**4), LINE, "its mass is 1.36842685573551, not 1; divide it by that"),
        (1 / (1 + Abs(x)), LINE, "its mass is infinite"),
        (1 / x, (0, 1), "its mass is infinite"),
        (exp(x), LINE, "its mass is infinite"),
        (1 / (x * (x + 2)), S.Naturals, "0.750000000000000, not 1"),
        (exp(-(x**2)), S.Integers, "1.77263720482665, not 1"),
        (exp(-(y**2)) / sqrt(pi), LINE, "does not depend on x"),
        (S.Half, HALF, "does not depend on x"),
        (cos(x) / pi + 1 / (2 * pi), (0, 2 * pi), "it is negative"),
        (R(3, 2) - 2 * x, (0, 1), "it is negative"),
        (sqrt(x), (-1, 1), "not a real number"),
        (S.Zero, (0, 1), "is no density"),
        (exp(-(x**2)) / sqrt(pi) * (1 + R(1, 10**17)), LINE, "not 1"),
        (exp(-(x**4)), HALF, "not 1"),
    ],
)
def test_what_is_no_density_is_refused(density: Expr, support: object, message: str) -> None:
    law = Density(density, x, support)
    with pytest.raises(DomainError, match=message.replace("(", r"\(")):
        kl(law, Poisson(2) if law.is_discrete else Normal(0, 1))
    if not law.free_symbols:
        with pytest.raises(DomainError, match="no density"):
            evaluate(Entropy(law))


@pytest.mark.parametrize(
    ("density", "support"),
    [
        (1 / (pi * cosh(x)), LINE),
        (exp(-(x**4)) / gamma(R(5, 4)), HALF),
        (1 / (x * (x + 1)), S.Naturals),
        (3 * x**2, (0, 1)),
        (sqrt(x) * R(3, 2), (0, 1)),
        ((1 + cos(x)) / (2 * pi), (0, 2 * pi)),
    ],
)
def test_what_is_a_density_is_taken(density: Expr, support: object) -> None:
    assert evaluate(Entropy(Density(density, x, support)), 10).is_rigorous
