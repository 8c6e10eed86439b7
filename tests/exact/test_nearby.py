"""Laws that nearly agree: D = I δ²/2 (1 + O(δ)) to as many digits as δ is small, I known by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from sympy import Dummy, EulerGamma, Expr, Integer, Rational, exp, log, pi, polygamma, sqrt

from symkl import (
    KL,
    Bhattacharyya,
    Cauchy,
    Chi2,
    ExGaussian,
    Exponential,
    Gamma,
    GeneralizedPareto,
    Hellinger,
    JensenShannon,
    Logistic,
    Normal,
    PowerFunction,
    Renyi,
    Rice,
    SkewNormal,
    StudentT,
    TotalVariation,
    Triangular,
    TruncatedNormal,
    Tsallis,
    Uniform,
    Weibull,
    evaluate,
)
from symkl.exact import gaps, surplus
from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import opaque
from symkl.exact.oracle import of_near_laws
from symkl.exact.program import Program
from symkl.exact.stable import Modulus
from symkl.exact.tails.expansion import Ray
from symkl.exact.tails.functions import Expander
from symkl.exact.tails.monomials import ONE, Monomial, merged
from symkl.exact.tails.numbers import Q, acb

flint = pytest.importorskip("flint")

NEAR, TINY, LEAST = Rational(1, 10**13), Rational(1, 10**40), Rational(1, 10**300)


@pytest.mark.parametrize(
    ("head", "constant"),
    [
        (lambda d: KL(StudentT(5, 0, 1), StudentT(5, d, 1)), Rational(3, 8)),
        (lambda d: KL(Logistic(0, 1), Logistic(d, 1)), Rational(1, 6)),
        (lambda d: KL(Gamma(2, 3), Gamma(2 + d, 3)), polygamma(1, 2) / 2),
        (lambda d: Chi2(Gamma(2, 3), Gamma(2 + d, 3)), polygamma(1, 2)),
        (lambda d: Renyi(Gamma(2, 3), Gamma(2, 3 + d), 3), Rational(1, 3)),
        (lambda d: Tsallis(Cauchy(0, 1), Cauchy(d, 1), Rational(1, 3)), Rational(1, 12)),
        (lambda d: JensenShannon(Cauchy(0, 1), Cauchy(d, 1)), Rational(1, 16)),
        (lambda d: Bhattacharyya(Normal(0, 1), Normal(d, 1)), Rational(1, 8)),
        (lambda d: KL(Weibull(2, 1), Weibull(2 + d, 1)), ((1 - EulerGamma) ** 2 + pi**2 / 6) / 8),
        (lambda d: KL(Weibull(2, 1), Weibull(2 - d, 1)), ((1 - EulerGamma) ** 2 + pi**2 / 6) / 8),
    ],
    ids=["student", "logistic", "gamma", "chi2", "renyi", "tsallis", "jensen-shannon", "bhattacharyya", "weibull", "weibull down"],
)
def test_second_order_constants(head: Any, constant: Expr) -> None:
    found = evaluate(head(LEAST), 30)
    assert found.is_rigorous and _agrees(found, constant * LEAST**2)


@pytest.mark.parametrize(
    ("head", "constant"),
    [
        (lambda d: TotalVariation(Normal(0, 1), Normal(d, 1)), 1 / sqrt(2 * pi)),
        (lambda d: TotalVariation(Cauchy(0, 1), Cauchy(d, 1)), 1 / pi),
        (lambda d: Hellinger(Normal(0, 1), Normal(d, 1)), 1 / sqrt(8)),
        (lambda d: TotalVariation(Exponential(1), Exponential(1 + d)), exp(-1)),
        (lambda d: TotalVariation(Gamma(2, 1), Gamma(2, 1 + d)), 4 * exp(-2)),
        (lambda d: TotalVariation(Gamma(2, 1 + d), Gamma(2, 1)), 4 * exp(-2)),
    ],
)
def test_first_order_constants(head: Any, constant: Expr) -> None:
    assert _agrees(evaluate(head(TINY), 30), constant * TINY)


def test_jensen_shannon_of_logistic_scales() -> None:
    found = evaluate(JensenShannon(Logistic(0, 1), Logistic(0, 1 + TINY)), 15)
    assert found.is_rigorous and abs(found.mid * 10**80 * 8 / (1 / mpmath.mpf(3) + mpmath.pi**2 / 9) - 1) < 1e-12


def _agrees(found: Any, expected: Expr) -> bool:
    """To 30 digits: the next order is 10^-40 of it."""
    value = evaluate(expected, 40)
    return bool(abs((found.upper + found.lower) / (value.upper + value.lower) - 1) < Fraction(1, 10**29))


def _by_definition(name: str, p: Any, q: Any) -> Any:
    """The integrand of a measure, from the densities at one place."""
    weighted = {"JSD": mpmath.mpf(1) / 2, "JSD 1:2": mpmath.mpf(2) / 3}
    if name in weighted:
        w = weighted[name]
        m = (1 - w) * p + w * q
        return (1 - w) * p * mpmath.log(p / m) + w * q * mpmath.log(q / m)
    return {"KL": p * mpmath.log(p / q), "Chi2": (p - q) ** 2 / q, "Tsallis 3": (p**3 / q**2 - p) / 2}[name]


HEADS: dict[str, Any] = {
    "KL": KL,
    "Chi2": Chi2,
    "Tsallis 3": lambda p, q: Tsallis(p, q, 3),
    "JSD": JensenShannon,
    "JSD 1:2": lambda p, q: JensenShannon(p, q, weights=[Rational(1, 3), Rational(2, 3)]),
}


@pytest.mark.parametrize("name", ["KL", "Chi2", "Tsallis 3"])
@pytest.mark.parametrize("there", [True, False], ids=["to", "fro"])
def test_the_third_order_shows(name: str, there: bool) -> None:
    """At a distance of 10^-13 twenty digits hold the second and the third order: a wrong sign of the gap, or swapped weights, would be seen."""
    laws = (Exponential(1), Exponential(1 + NEAR)) if there else (Exponential(1 + NEAR), Exponential(1))
    found = of_near_laws(HEADS[name](*laws), 70)
    with mpmath.workdps(90):
        rates = [mpmath.mpf(int(law.args[0].p)) / int(law.args[0].q) for law in laws]
        expected = mpmath.quad(lambda x: _by_definition(name, *(r * mpmath.exp(-r * x) for r in rates)), [0, 1, 5, 20, 60, 130, 250])
        assert abs(mpmath.mpf(found.real.mid().str(25, radius=False)) / expected - 1) < mpmath.mpf("1e-20")


@pytest.mark.parametrize("name", HEADS)
def test_the_third_order_shows_where_tails_are_heavy(name: str) -> None:
    found = of_near_laws(HEADS[name](StudentT(3, 0, 1), StudentT(3, 0, 1 + NEAR)), 70)
    with mpmath.workdps(90):
        wide, height = 1 + mpmath.mpf(10) ** -13, 2 / (mpmath.pi * mpmath.sqrt(3))

        def integrand(angle: Any) -> Any:
            x = mpmath.tan(angle)
            p, q = (height / s / (1 + (x / s) ** 2 / 3) ** 2 for s in (1, wide))
            return _by_definition(name, p, q) * (1 + x**2)

        expected = 2 * mpmath.quad(integrand, [0, mpmath.pi / 4, mpmath.pi / 2])
        assert abs(mpmath.mpf(found.real.mid().str(25, radius=False)) / expected - 1) < mpmath.mpf("1e-20")


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (ExGaussian(0, 1, 1), ExGaussian(TINY, 1, 1)),
        (Rice(1, 1), Rice(1, 1 + TINY)),
        (SkewNormal(0, 1, 2), SkewNormal(0, 1, 2 + TINY)),
        (Gamma(2, 3), Gamma(2 + TINY, 3 - TINY)),
        (TruncatedNormal(0, 1, -1, 1), TruncatedNormal(TINY, 1, -1, 1)),
    ],
    ids=lambda law: type(law).__name__,
)
def test_scaling(P: Any, Q: Any) -> None:
    """Half the step, a quarter of the divergence."""
    half = type(P)(*((a + b) / 2 for a, b in zip(P.args, Q.args)))
    whole, quarter = evaluate(KL(P, Q), 30), evaluate(KL(P, half), 30)
    assert whole.sign == quarter.sign == 1
    assert abs((whole.upper + whole.lower) / (quarter.upper + quarter.lower) - 4) < Fraction(1, 10**28)


def test_ends_that_differ() -> None:
    # q is missing δ φ(1)/(Φ(1) − Φ(−1)) of its mass on the support of P, to first order.
    found = evaluate(KL(TruncatedNormal(0, 1, -1, 1), TruncatedNormal(0, 1, -1, 1 + TINY)), 30)
    x = Dummy("x")
    mass = (exp(-(x**2) / 2) / sqrt(2 * pi)).integrate((x, -1, 1))
    assert _agrees(found, TINY * exp(-Rational(1, 2)) / sqrt(2 * pi) / mass)
    assert not evaluate(KL(TruncatedNormal(0, 1, -1, 1 + TINY), TruncatedNormal(0, 1, -1, 1)), 30).is_finite
    # Neither one nor two orders: δ^(5/2) of the end is seen.
    end = evaluate(KL(GeneralizedPareto(3, Rational(-2, 5)), GeneralizedPareto(3 + TINY, Rational(-2, 5))), 30)
    assert not _agrees(end, Rational(5, 18) * TINY**2) and abs((end.upper + end.lower) / 2 / Fraction(5, 18) * 10**80 - 1) < Fraction(1, 10**19)


def test_what_is_not_close() -> None:
    assert gaps.closeness(Normal(0, 1), Normal(1, 1)) is None
    assert gaps.closeness(Normal(0, 1), Normal(0, 1)) is None
    assert gaps.closeness(Normal(0, LEAST), Normal(LEAST, LEAST)) is None
    assert gaps.closeness(Normal(0, 1), Normal(TINY, 1)) in (131, 132)
    assert gaps.closeness(Normal(0, TINY), Normal(LEAST, TINY)) in (862, 863)
    assert gaps.closeness(Gamma(2, 3), Normal(2, 3)) is None
    # A kink that moves, lattices, and orders beyond Taylor's formula here.
    x = Dummy("x", real=True)
    assert gaps.gap_of_logarithms(Triangular(-1, 0, 1), Triangular(-1, TINY, 1), x, 100) is None
    assert gaps.gap_of_logarithms(Normal(0, 1), Normal(TINY, 1), x, 10_000) is None
    # Ends that move are no kinks.
    with precision(200):
        assert abs(of_near_laws(TotalVariation(Uniform(0, 1), Uniform(0, 1 + TINY)), 100).real * (10**40 + 1) - 1) < 1e-25


def test_taylor_holds_the_ratio() -> None:
    """The polynomial with its remainder holds the logarithm of q/p on balls, and is far narrower; one with a wrong slope does not."""
    x = Dummy("x", real=True)
    g: Any = gaps.gap_of_logarithms(StudentT(5, 0, 1), StudentT(5 + TINY, TINY, 1), x, 100)
    direct, taylor = (Program(part, x, opaque) for part in g.args)
    wrong = Program(g.args[1] * (1 + Rational(1, 10**9)), x, opaque)
    with precision(600):
        for point in (flint.acb(-3), flint.acb(flint.arb(1) / 7, 2), flint.acb(100)):
            exact, close = direct.bind(600)(point, True), taylor.bind(600)(point, True)
            assert close.overlaps(exact) and close.rel_accuracy_bits() > 120
            assert not wrong.bind(600)(point, True).overlaps(exact)
        box = flint.acb(flint.arb(2, 1))
        assert taylor.bind(600)(box, True).contains(direct.bind(600)(flint.acb(2), True))
        assert taylor.bind(600)(box, True).abs_upper() < flint.arb("1e-38") < direct.bind(600)(box, True).abs_upper()


@pytest.mark.parametrize("z", ["0", "1e-300", "0.1", "-0.3", "0.499", "0.6", "-7"])
def test_surplus(z: str) -> None:
    with precision(2200):
        number = flint.acb(z) if float(z) else flint.acb(0)
        expected = number.exp() - 1 - number
    with precision(120):
        found = surplus.surplus(False, number)
        assert found.overlaps(expected) and (number == 0 or found.rel_accuracy_bits() > 90)
        box = flint.acb(number.real + flint.arb(0, "0.2"), flint.arb(0, "0.1"))
        assert surplus.surplus(True, box).contains(expected)
        assert not surplus.surplus(True, box).contains(expected + 2)


@pytest.mark.parametrize("rate", [Integer(1), -Integer(1), TINY, -TINY])
def test_surplus_on_a_ray(rate: Expr) -> None:
    t = Dummy("t", positive=True)
    with precision(192):
        ray = Ray()
        terms = Expander(ray, t, {Monomial(power=Q(1)): Q(1)})(surplus.Surplus(surplus.Narrower(rate * log(t), rate * log(t))))
        for power in (64, 90, 400):
            v = flint.arb(2) ** power
            z = flint.arb(int(rate.p)) / int(rate.q) * v.log()
            total = flint.arb(0)
            for m, c in terms.items():
                coefficient = c if isinstance(c, flint.acb) else flint.acb(flint.fmpq(int(c.numerator), int(c.denominator)))
                exponent = flint.arb(flint.fmpq(int(m.power.numerator), int(m.power.denominator))) * v.log() + int(m.log) * v.log().log()
                total += coefficient.real * exponent.exp()
            assert total.overlaps(z.exp() - 1 - z)


@pytest.mark.parametrize("rate", [Integer(1), -Integer(1), TINY, -TINY])
def test_excess_on_a_ray(rate: Expr) -> None:
    t = Dummy("t", positive=True)
    for argument in (rate * log(t), rate / t):
        with precision(192):
            terms = Expander(Ray(), t, {Monomial(power=Q(1)): Q(1)})(surplus.Excess(argument))
            for power in (64, 90, 400):
                v = flint.arb(2) ** power
                z = Program(argument, t).bind(192)(flint.acb(v)).real
                assert _at(terms, v).overlaps(z.expm1())


def test_a_power_between_two_on_a_ray() -> None:
    t, xi = Dummy("t", positive=True), surplus.UNIT_INTERVAL
    for expr in (t ** (2 + xi / 5), exp(-t / (1 + xi)), t ** (-xi)):
        with precision(192):
            terms = Expander(Ray(), t, {Monomial(power=Q(1)): Q(1)})(expr)
            for power in (64, 70):
                v = flint.arb(2) ** power
                for part in (0, Rational(1, 3), 1):
                    assert _at(terms, v).overlaps(Program(expr.xreplace({xi: Rational(part)}), t).bind(192)(flint.acb(v)).real)


def test_the_modulus_of_what_may_vanish_on_a_ray() -> None:
    t = Dummy("t", positive=True)
    with precision(192):
        terms = Expander(Ray(), t, {Monomial(power=Q(1)): Q(1)})(Modulus((2 * surplus.UNIT_INTERVAL - 1) * t))
        found = _at(terms, flint.arb(2) ** 64)
        assert all(found.contains(flint.arb(2) ** 64 * part) for part in (0.5, 1))


def _at(terms: Any, v: Any) -> Any:
    total = flint.arb(0)
    for m, c in terms.items():
        size = acb(m.power).real * v.log() + int(m.log) * v.log().log()
        for factor, inner in m.exponent:
            size += acb(factor).real * (acb(inner.power).real * v.log()).exp()
        total += acb(c).real * size.exp()
    return total


def test_the_kink_of_flat_powers_is_not_written_out() -> None:
    """½ E|1/α + log X| δ = δ/(e α), with its kink at ((α + δ)/α)^(−1/δ)."""
    found = evaluate(TotalVariation(PowerFunction(Rational(12, 5)), PowerFunction(Rational(12, 5) + TINY)), 15)
    assert found.is_rigorous and abs(found.mid * 10**40 * mpmath.e * 12 / 5 - 1) < 1e-14


def test_of_a_flat_weibull_law() -> None:
    found = evaluate(KL(Weibull(TINY, 2), Weibull(TINY, 2 + LEAST)), 30)
    assert _agrees(found, TINY**2 * LEAST**2 / 8)


def test_coefficients_are_zero_by_proof() -> None:
    """SymPy's `is_zero` says so of √2 − r with |√2 − r| < 10^-150; and asks for a minimal polynomial of 2^(1/10^40)."""
    near = sqrt(2) - Rational(str(evaluate(sqrt(2), 150)))
    with precision(192):
        assert merged([(ONE, near)]) and not merged([(ONE, sqrt(2)), (ONE, -sqrt(2))])
        assert merged([(ONE, Integer(2) ** TINY - 1 - TINY)])
