"""Large and small parameters: quick, with functions of large numbers left as they are, and right."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Expr, Float, Gt, Rational, S, Symbol, latex, log, loggamma, oo, polygamma, symbols, sympify

from symkl import (
    KL,
    Beta,
    Binomial,
    Cauchy,
    ChiSquared,
    ContinuousBernoulli,
    DiscreteLaplace,
    Entropy,
    Erlang,
    Gamma,
    GeneralizedGamma,
    HalfLogistic,
    HyperbolicSecant,
    LogNormal,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Weibull,
    Zeta,
    Zipf,
    derive,
    evaluate,
    kl,
)
from symkl.core.steps import Step
from symkl.derive.check import check_steps
from symkl.render.data import sympy_text

p, q = symbols("p q", positive=True)

HEADS = [
    KL(Gamma(30000, 1), Gamma(p, q)),
    KL(Gamma(p, q), Gamma(30000, 1)),
    KL(Gamma(10**30, 1), Gamma(p, q)),
    KL(StudentT(100000), Normal(0, 1)),
    KL(Erlang(5000, 1), Erlang(4000, p)),
    KL(ChiSquared(2001), ChiSquared(p)),
    KL(Beta(Rational(50001, 2), 7001), Beta(p, q)),
    KL(Binomial(1000, Rational(1, 3)), Poisson(q)),
    KL(Zipf(1, 1000), Zipf(2, 1000)),
    KL(Zeta(1000), Zeta(3)),
    KL(GeneralizedGamma(1, 3000, 2), GeneralizedGamma(p, q, 3)),
    Entropy(Gamma(Rational(1, 10**6), 1)),
]


@pytest.mark.parametrize("head", HEADS, ids=str)
@pytest.mark.timeout(60)
def test_quick_short_and_proved(head: Any) -> None:
    found = derive(head)
    assert found.status == "closed"
    assert len(str(found.result)) < 400 and len(latex(found.result)) < 800
    assert found.check().is_proved, found.check().reason


NUMBERS = [
    KL(Gamma(30000, 1), Gamma(30001, 1)),
    KL(Gamma(10**30, 1), Gamma(10**30 + 1, 1)),
    KL(StudentT(100000), Normal(0, 1)),
    KL(Weibull(2, 3), Weibull(100, 5)),
    KL(Weibull(Rational(1, 40), 3), Weibull(Rational(1, 2), 5)),
    KL(Erlang(5000, 1), Gamma(4000, Rational(4, 5))),
    KL(NegativeBinomial(1000, Rational(1, 3)), NegativeBinomial(1000, Rational(1, 2))),
]


@pytest.mark.parametrize("head", NUMBERS, ids=str)
def test_agrees_with_the_definition(head: Any) -> None:
    closed = derive(head).result
    assert abs(evaluate(closed, 25).mid - evaluate(head, 25).mid) <= abs(evaluate(closed, 25).mid) * Rational(1, 10**15)
    assert abs(Expr.evalf(closed, 25) / Expr.evalf(S(evaluate(closed, 30).mid), 25) - 1) < 1e-15


def test_conditions_are_decided_by_the_number() -> None:
    assert derive(KL(Pareto(Rational(1, 100), 1), Pareto(2, 1))).status == "closed"
    assert derive(KL(StudentT(Rational(1, 100)), Normal(0, 1))).status == "infinite"
    assert kl(Binomial(1000, Rational(1, 3)), Binomial(50, Rational(1, 3))) == oo


def test_survives_substitution() -> None:
    r = Symbol("r", positive=True)
    value = kl(Gamma(30000, r), Gamma(3, 1))
    assert value.subs(r, 2) == kl(Gamma(30000, 2), Gamma(3, 1)) or (value.subs(r, 2) - kl(Gamma(30000, 2), Gamma(3, 1))).expand() == 0
    assert value.has(loggamma, polygamma) and not value.has(log(S(29999)))


def test_a_wrong_comparison_of_numbers_is_caught() -> None:
    head = KL(Gamma(30000, 1), Gamma(p, q))
    found = derive(head)
    first, *rest = found.steps
    (alpha,) = (new for old, new in first.data["names"] if old == 30000)
    planted = Step(first.before, first.after, first.kind, first.rule, first.conditions, {**first.data, "known": (Gt(alpha, 40000),)})
    assert not check_steps(head, [planted, *rest], found.result).is_proved


def test_another_number_put_back_is_caught() -> None:
    head = KL(Gamma(30000, 1), Gamma(p, q))
    found = derive(head)
    *most, last = found.steps
    wrong = last.after.subs(q, q + 1)
    assert not check_steps(head, [*most, Step(last.before, wrong, last.kind, last.rule, last.conditions, last.data)], wrong).is_proved


@pytest.mark.parametrize(
    "head",
    [
        KL(Normal(0, 10**300), Normal(10**300, Rational(1, 10**300))),
        KL(Normal(-(10**30), 1), Normal(10**30, 1)),
        KL(Cauchy(-(10**30), 1), Cauchy(10**30, Rational(1, 10**300))),
        KL(HyperbolicSecant(10**30, 10**30), HyperbolicSecant(0, Rational(1, 10**300))),
        KL(LogNormal(0, 1), HalfLogistic(10**30)),
        KL(DiscreteLaplace(5, Rational(1, 10**30)), DiscreteLaplace(-2, Rational(1, 2))),
        KL(ContinuousBernoulli(Rational(1, 10**30)), ContinuousBernoulli(1 - Rational(1, 10**30))),
    ],
    ids=lambda head: str(head)[:40],
)
@pytest.mark.timeout(60)
def test_extreme_places_and_scales(head: Any) -> None:
    found = derive(head)
    assert found.check().is_proved
    if found.status == "closed":
        ours, defining = evaluate(found.result, 20).mid, evaluate(head, 20).mid
        assert abs(ours - defining) <= abs(defining) * Rational(1, 10**12)


@pytest.mark.parametrize("n", [10, 130, 300])
def test_finite_sums_evaluate_term_by_term(n: int) -> None:
    generic: Any = kl(Binomial, Poisson)
    values = {"n_1": n, "p_1": Rational(1, 3), "lam_2": 60}
    value = generic.subs({symbol: values[symbol.name] for symbol in generic.free_symbols})
    exact = Float(str(evaluate(KL(Binomial(n, Rational(1, 3)), Poisson(60)), 25)), 30)
    assert abs(value.evalf(25) - exact) < 1e-20
    assert abs(kl(Binomial(n, Rational(1, 3)), Poisson(60)).evalf(25) - exact) < 1e-20


def test_sympy_reads_the_text_back_as_it_is() -> None:
    value = kl(Gamma(30000, 1), Gamma(3, 1))
    assert sympify(sympy_text(value)) == value


@pytest.mark.parametrize("p", [Rational(1, 2), Rational(1, 3)])
def test_the_number_of_terms_of_a_sum_is_no_reason_to_write_powers_out(p: Rational) -> None:
    value = kl(Binomial(5000, p), Poisson(7))
    assert len(str(derive(KL(Binomial(5000, p), Poisson(7))).text())) < 20_000
    assert all(abs(number.p) < 10**20 and number.q < 10**20 for number in value.atoms(Rational))
