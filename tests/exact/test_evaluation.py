"""Every printed digit of a closed form is right, whatever the cancellation; what is not known is said."""

from __future__ import annotations

from collections.abc import Callable

import mpmath
import pytest
from sympy import (
    Catalan,
    Derivative,
    Eq,
    EulerGamma,
    Expr,
    Float,
    I,
    Integer,
    Integral,
    Piecewise,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    besseli,
    besselk,
    binomial,
    cos,
    erf,
    erfc,
    exp,
    expint,
    gamma,
    harmonic,
    hyper,
    lerchphi,
    log,
    loggamma,
    meijerg,
    oo,
    pi,
    polygamma,
    polylog,
    sin,
    sqrt,
    stieltjes,
    uppergamma,
    zeta,
    zoo,
)

import symkl
from symkl import KL, DomainError, Exponential, Undecided
from symkl.exact import evaluate, evaluation
from symkl.exact.ball import Ball
from symkl.exact.enclosures import decide, enclosure_of, proved_zero, sign_of

s, nu, x, k = Symbol("s"), Symbol("nu"), Symbol("x"), Symbol("k")
THIRD = Rational(1, 3)

m = mpmath
CLOSED: list[tuple[Expr, Callable[[], mpmath.mpf]]] = [
    (
        log(2) + Rational(7, 10) * log(Rational(7, 10)) + Rational(3, 10) * log(Rational(3, 10)),
        lambda: m.log(2) + (7 * m.log(m.mpf(7) / 10) + 3 * m.log(m.mpf(3) / 10)) / 10,
    ),
    (EulerGamma + Catalan - pi / 3, lambda: m.euler + m.catalan - m.pi / 3),
    (
        gamma(THIRD) * polygamma(1, Rational(2, 7)) - loggamma(Rational(5, 2)),
        lambda: m.gamma(m.mpf(1) / 3) * m.psi(1, m.mpf(2) / 7) - m.loggamma(2.5),
    ),
    (erf(1) * erfc(2) + expint(2, 3) + uppergamma(THIRD, 2), lambda: m.erf(1) * m.erfc(2) + m.expint(2, 3) + m.gammainc(m.mpf(1) / 3, 2)),
    (besseli(THIRD, 2) / besselk(0, 2) + stieltjes(2), lambda: m.besseli(m.mpf(1) / 3, 2) / m.besselk(0, 2) + m.stieltjes(2)),
    (zeta(3, THIRD) + polylog(2, THIRD) + harmonic(Rational(1, 2)), lambda: m.zeta(3, m.mpf(1) / 3) + m.polylog(2, m.mpf(1) / 3) + m.harmonic(0.5)),
    (
        hyper((1, 2, 3), (4, 5), THIRD) + binomial(Rational(7, 2), THIRD),
        lambda: m.hyp3f2(1, 2, 3, 4, 5, m.mpf(1) / 3) + m.binomial(3.5, m.mpf(1) / 3),
    ),
    (Subs(Derivative(zeta(s), s), s, Rational(5, 2)), lambda: m.zeta(2.5, derivative=1)),
    (Subs(Derivative(besselk(nu, 2), nu), nu, 1), lambda: m.besselk(0, 2) / 2),
    (Subs(Derivative(gamma(s), (s, 2)), s, 1), lambda: m.euler**2 + m.pi**2 / 6),
    (Sum(1 / k**2, (k, 1, 100)) * Product(k, (k, 1, 5)), lambda: m.fsum(1 / m.mpf(n) ** 2 for n in range(1, 101)) * 120),
]


@pytest.mark.parametrize(("expr", "reference"), CLOSED, ids=[str(expr) for expr, _ in CLOSED])
@pytest.mark.parametrize("digits", [10, 50])
def test_every_printed_digit_is_right(expr: Expr, reference: Callable[[], mpmath.mpf], digits: int) -> None:
    ball = evaluate(expr, digits)
    assert ball.is_rigorous
    assert ball.digits == digits
    with mpmath.workdps(digits + 20):
        difference = abs(mpmath.mpf(str(ball)) - reference())
        assert difference <= mpmath.mpf(10) ** (mpmath.floor(mpmath.log10(abs(ball.mid))) - digits + 1) * mpmath.mpf("0.51")


@pytest.mark.parametrize("digits", [30, 300])
def test_a_planted_error_does_not_overlap(digits: int) -> None:
    right, wrong = evaluate(gamma(THIRD), digits), evaluate(gamma(THIRD) * (1 + Rational(1, 10 ** (digits - 2))), digits)
    assert not right.overlaps(wrong)


def test_cancellation_raises_the_precision() -> None:
    tiny = Rational(1, 10**40)
    assert str(evaluate((1 + tiny) * log(1 + tiny) - tiny, 20)) == "5.0000000000000000000e-81"
    assert str(evaluate(exp(pi * sqrt(163)) - 262537412640768744, 10)) == "-7.499274028e-13"


def test_zero_is_proved_or_undecided() -> None:
    assert str(evaluate(sqrt(2) * sqrt(3) - sqrt(6))) == "0"
    assert str(evaluate(log(6) - log(2) - log(3))) == "0"
    assert str(evaluate(sin(1) ** 2 + cos(1) ** 2 - 1)) == "0"
    assert sign_of(log(2) - Rational(69, 100)) == 1
    with pytest.raises(Undecided):
        # Equal by an identity that no rule here knows.
        sign_of(zeta(s).subs(s, 3) - Rational(5, 2) * Sum((-1) ** (k + 1) / (k**3 * binomial(2 * k, k)), (k, 1, oo)))


def test_branches_are_chosen_by_balls() -> None:
    assert str(evaluate(Piecewise((1, log(2) > Rational(7, 10)), (oo, True)))) == "oo"
    assert str(evaluate(Piecewise((2, log(2) < Rational(7, 10)), (oo, True)), 3)) == "2.00"
    assert decide(Eq(sqrt(8), 2 * sqrt(2)))


def test_infinite_values_and_what_is_no_number() -> None:
    assert str(evaluate(oo)) == "oo"
    assert str(evaluate(1 - 2 * KL(Exponential(1), Exponential(2)) + oo)) == "oo"
    for bad in (zoo, I, log(-2) + x):
        with pytest.raises(DomainError):
            evaluate(bad)
    with pytest.raises(DomainError):
        evaluate(Float("0.1") * pi)
    with pytest.raises(DomainError):
        evaluate(pi, 0)


def test_sums_and_integrals_to_infinity() -> None:
    assert str(evaluate(Sum(1 / k**2, (k, 1, oo)), 30)) == str(evaluate(pi**2 / 6, 30))
    assert str(evaluate(Sum(log(k) / k**3, (k, 2, oo)), 30)) == str(evaluate(-Subs(Derivative(zeta(s), s), s, 3), 30))
    assert str(evaluate(Integral(exp(-(x**2)), (x, -oo, oo)), 40)) == str(evaluate(sqrt(pi), 40))
    assert str(evaluate(Integral(log(x) / (1 + x**2) ** 2, (x, 0, oo)), 20)) == str(evaluate(-pi / 4, 20))
    assert str(evaluate(Integral(1 / x, (x, 1, oo)))) == "oo"
    assert str(evaluate(Sum(1 / k, (k, 1, oo)))) == "oo"


def test_what_has_no_enclosure_is_estimated_and_says_so() -> None:
    ball = evaluate(meijerg(((), (1,)), ((0, Rational(1, 2)), ()), 2), 20)
    assert not ball.is_rigorous
    assert lerchphi(THIRD, 1, 2).func is lerchphi and evaluate(lerchphi(THIRD, Rational(3, 2), 2), 20).is_rigorous


def test_without_flint_values_are_estimated_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rigorous = evaluate(gamma(THIRD), 30)
    monkeypatch.setattr(evaluation, "flint_module", lambda: None)
    ball = evaluate(gamma(THIRD), 30)
    assert not ball.is_rigorous
    assert str(ball) == str(rigorous)


def test_the_digits_do_not_depend_on_the_precision_of_mpmath() -> None:
    with mpmath.workdps(5):
        low = evaluate(pi, 30)
    assert low == evaluate(pi, 30)
    assert isinstance(low, Ball)
    assert evaluate(Integer(7), 4) == evaluate(7, 4)


def test_what_is_nearly_zero_is_not_taken_for_zero() -> None:
    """SymPy's `is_zero` says True of this closed form."""
    half = Rational(1, 2)
    laws = symkl.ContinuousBernoulli(half), symkl.ContinuousBernoulli(half + Rational(1, 2 * 10**40))
    assert str(evaluate(symkl.KL(*laws), 5)) == "1.6667e-81"
    near = symkl.BetaBinomial(8, Rational(2, 3), Rational(6, 5)), symkl.BetaBinomial(8, Rational(2, 3), Rational(6, 5) + Rational(1, 10**40))
    assert evaluate(symkl.KL(*near), 5).sign == 1


def test_powers_with_huge_exponents_are_not_written_out() -> None:
    huge = symkl.DiscreteLaplace(1, Rational(1, 2)), symkl.DiscreteLaplace(10**300, Rational(1, 2))
    assert str(evaluate(symkl.KL(*huge), 10)) == "6.931471806e+299"
    # Γ(1 + 3·10^300), and what is small beside it.
    found = str(evaluate(symkl.KL(symkl.Frechet(Rational(4, 3), 2), symkl.Frechet(4 * 10**300, 2)), 10))
    with mpmath.workdps(340):
        logarithm = mpmath.loggamma(1 + 3 * mpmath.mpf(10) ** 300) / mpmath.log(10)
        assert found == f"4.760716437e+{int(mpmath.floor(logarithm))}"
        assert mpmath.nstr(10 ** (logarithm - mpmath.floor(logarithm)), 10) == "4.760716437"


def test_functions_of_huge_numbers_are_not_written_out_to_prove_zero() -> None:
    """SymPy would write Γ(10^40) as a factorial; what cancels whatever its value is still proved to be zero."""
    huge, huger = Integer(10**40), Integer(10**300)
    near = symkl.KL(symkl.Hypergeometric(huge, 2, 3), symkl.Hypergeometric(10**12, 2, 3))
    # Almost all mass is at 0: −log q(0) to first order, −3 log(1 − 2/10^12) and what comes with it.
    assert str(evaluate(near, 12)) == "6.00000000001e-12"
    far = symkl.KL(symkl.Hypergeometric(huger, 2, 3), symkl.Binomial(5, Rational(1, 3)))
    assert evaluate(far, 20).overlaps(evaluate(5 * log(Rational(3, 2)), 20))
    unwritten = loggamma(huge + 1, evaluate=False)
    difference = pi * (unwritten + sqrt(2)) - pi * unwritten - sqrt(2) * pi
    assert difference != 0 and proved_zero(difference) and not proved_zero(difference + Rational(1, huger))
    assert evaluate(difference, 10).sign == 0


def test_a_range_to_infinity_in_an_expectation_is_no_infinite_part() -> None:
    # E[log X] = e E₁(1)/2 for the density 2x e^{1 − x²} on (1, ∞).
    value = symkl.entropy(symkl.Truncated(symkl.Weibull(2, 1), 1))
    assert str(symkl.evaluate(value, 20)) == "0.0086791382784576534122"


TINY = Rational(1, 10**300)


@pytest.mark.parametrize("number", [TINY, 1 - TINY, 1 + TINY, THIRD, 3 * THIRD / 2, Integer(2), 1 / TINY], ids=["tiny", "below one", "above one", "third", "half", "two", "huge"])
def test_logarithms_of_rationals_have_all_digits_at_once(number: Rational) -> None:
    value = enclosure_of(log(number, evaluate=False))(80).real
    assert value.rel_accuracy_bits() > 70
    with mpmath.workdps(700):
        assert abs(mpmath.mpf(value.mid().str(18, radius=False)) / mpmath.log(mpmath.mpf(int(number.p)) / int(number.q)) - 1) < mpmath.mpf("1e-15")
