"""Statistics that are constant far out, and bounds of what is beyond all exponents."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from sympy import Rational, Symbol, exp, log

from symkl import Cauchy, Gompertz, Gumbel, Hellinger, JensenShannon, Lomax, Normal, StudentT, TotalVariation, evaluate
from symkl.exact.arithmetic import precision
from symkl.exact.arms import Arm
from symkl.exact.scales import LN2
from symkl.exact.settled import settled
from symkl.exact.stable import Exp
from symkl.exact.tails.expansion import Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.monomials import Monomial, least, value
from symkl.exact.tails.numbers import Q

flint: Any = pytest.importorskip("flint")
T = Symbol("t", positive=True)


def gumbel(x: Any) -> Any:
    return mpmath.exp(-x - mpmath.exp(-x)) if x > -30 else mpmath.mpf(0)


def gompertz(x: Any) -> Any:
    return mpmath.exp(1 + x - mpmath.exp(x)) if 0 < x < 30 else mpmath.mpf(0)


WHOLE = [-mpmath.inf, -(10**4), -100, -20, -8, -4, -2, -1, 0, 1, 2, 4, 8, 20, 100, 10**4, mpmath.inf]
CASES = [
    (Gumbel(0, 1), gumbel, Cauchy(0, 1), lambda x: 1 / (mpmath.pi * (1 + x * x)), WHOLE),
    (Gumbel(0, 1), gumbel, StudentT(3), lambda x: 2 / (mpmath.pi * mpmath.sqrt(3) * (1 + x * x / 3) ** 2), WHOLE),
    (Gompertz(1, 1), gompertz, Lomax(3, 2), lambda x: 24 / (x + 2) ** 4, [0, 1, 2, 4, 8, 20, 100, 10**4, mpmath.inf]),
]


@pytest.mark.parametrize(("P", "p", "Q", "q", "points"), CASES, ids=lambda each: str(each)[:12])
def test_light_against_heavy_tails(P: Any, p: Any, Q: Any, q: Any, points: Any) -> None:
    """By quadrature of the densities typed anew."""

    def part(a: Any, m: Any) -> Any:
        return a * mpmath.log(a / m) / 2 if a else mpmath.mpf(0)

    with mpmath.workdps(20):
        expected = mpmath.quad(lambda x: part(p(x), (p(x) + q(x)) / 2) + part(q(x), (p(x) + q(x)) / 2), points)
        found = evaluate(JensenShannon(P, Q), 12)
        assert found.is_rigorous
        assert abs(float(found) - float(expected)) < 1e-10 * float(expected)


def test_what_settles() -> None:
    form = settled(-2 * log(Rational(1, 2) + 3 * Exp(-T)), T)
    assert form is not None
    assert form.constant == -2 * log(Rational(1, 2))
    assert form.factor == 4
    assert form.parts == ((3, -T),)
    # Weights that are negative, sums without a constant and other functions are left alone.
    assert settled(log(2 - Exp(-T)), T) is None
    assert settled(log(exp(T) + Exp(-T)), T) is None
    assert settled(T + log(1 + Exp(-T)), T) is None


def test_what_grows_or_dies_slowly_does_not_settle() -> None:
    """|T − c| ≤ ε must hold from the place on: planted exponents that grow, or fall like a power."""
    for exponent, dies in ((-(T**2), True), (-exp(T), True), (T - 50, False), (-log(T + 1), False), (-log(log(T + 3)), False)):
        arm = Arm(-2 * log(1 + T), log(1 + Exp(exponent)), T, Symbol("oo"), "far")
        arm.__dict__["peak"] = 0.0
        found = arm._settled(60.0, -50.0)
        assert (found is not None) is dies
        if found is not None:
            y, constant, error = found
            assert constant == 0
            # Places are powers of two.
            place = mpmath.mpf(2) ** round(y / LN2)
            assert mpmath.log1p(mpmath.exp(-(place**2) if exponent == -(T**2) else -mpmath.exp(place))) <= mpmath.mpf(error.str(15, radius=False)) * (1 + 1e-9)


def test_values_beyond_all_exponents() -> None:
    """e^(−e^v) at v = 2^2048 is between 0 and a bound, and e^v at least a large number; e^(e^v) has no bound."""
    rising, huge = Monomial(exponent=((Q(1), Monomial(power=Q(1))),)), flint.arb(10) ** 1000
    with precision(64):
        logs = Ray(start=2048).logs
        falling = value(Monomial(exponent=((Q(-1), rising),)), logs)
        assert falling.contains(0)
        assert falling < 1 / huge
        assert not falling < 0
        assert least(rising, logs) > huge
        assert not value(Monomial(exponent=((Q(1), rising),)), logs).is_finite()
        near = Ray(start=3).logs
        assert value(rising, near).overlaps(flint.arb(8).exp())
        assert least(rising, near) <= flint.arb(8).exp()
        assert least(rising, near) > flint.arb(8).exp() * 0.999


def test_doubly_exponential_tails_far_out() -> None:
    """∫ e^(t − e^t) dt beyond t = e^178 is bounded."""
    with precision(192):
        ray = Ray(start=64)
        unit = Q(2) ** 192
        terms = ray.exponential(Expander(ray, T, {Monomial(power=Q(1)): unit})(T - exp(T)))
        assert all(ray.supremum(m) < flint.arb(10) ** -1000 for m in terms)


def test_other_measures_as_before() -> None:
    assert str(evaluate(JensenShannon(Normal(0, 1), Cauchy(0, 1)), 10)) == "0.08317008983"
    assert str(evaluate(Hellinger(Gumbel(0, 1), Cauchy(0, 1)), 10)) == "0.3304175364"
    assert str(evaluate(TotalVariation(Gumbel(0, 1), Cauchy(0, 1)), 10)) == "0.2452118606"
