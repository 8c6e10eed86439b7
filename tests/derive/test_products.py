"""Products add up over their coordinates; abstract laws are refused with a word about what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Piecewise, Rational, S, log, oo, symbols

from symkl.core.composite import Mixture, Product, law
from symkl.core.coordinates import summed_by_cases
from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.derive import cross_entropy, derive, entropy, kl
from symkl.derive.check import check_steps
from symkl.errors import DomainError, NoClosedForm
from symkl.exact import evaluate
from symkl.families import Bernoulli, Cauchy, Exponential, Finite, Gamma, Normal, Pareto
from symkl.render import render

a, m = symbols("a m")
P = Product(Normal(0, 1), Pareto(a, 1))
Q = Product(Normal(m, 1), Exponential(2))


def test_divergences_and_entropies_add_up() -> None:
    assert kl(Product(Normal(0, 1), Exponential(2)), Product(Normal(1, 1), Exponential(3))) == log(Rational(2, 3)) + 1
    assert kl(Product(Normal(0, 1), Normal(0, 1)), Product(Normal(1, 1), Normal(1, 1))) == 1
    assert entropy(Product(Exponential(1), Exponential(2))) == entropy(Exponential(1)) + entropy(Exponential(2))
    assert cross_entropy(Product(Exponential(1), Exponential(1)), Product(Exponential(1), Exponential(1)), base=2) == 2 / log(2)
    coins = Product(Bernoulli(Rational(1, 2)), Finite([Rational(1, 4), Rational(3, 4)]))
    assert entropy(coins, base=2) == entropy(Finite([Rational(1, 4), Rational(3, 4)]), base=2) + 1


def test_a_product_of_products_is_flat() -> None:
    three = Product(Product(Normal(0, 1), Normal(0, 1)), Normal(0, 1))
    assert len(three.args) == 3
    assert kl(three, Product(Normal(1, 1), Product(Normal(0, 1), Normal(1, 1)))) == 1


def test_conditions_come_together() -> None:
    derivation = derive(KL(P, Q))
    assert derivation.status == "closed"
    assert isinstance(derivation.result, Piecewise)
    assert derivation.result.subs({a: 2, m: 0}) == kl(Pareto(2, 1), Exponential(2))
    assert derivation.result.subs({a: 1, m: 0}) == oo
    assert derivation.check().is_proved
    assert derivation.certify(20, points=2).is_proved
    infinite = derive(KL(Product(Cauchy(0, 1), Normal(0, 1)), Product(Normal(0, 1), Normal(m, 1))))
    assert (infinite.result, infinite.status) == (oo, "infinite")
    assert infinite.check().is_proved


def test_they_have_numbers_and_every_format() -> None:
    head = KL(Product(Normal(0, 1), Gamma(2, 1)), Product(Normal(1, 1), Gamma(3, 2)))
    assert evaluate(head, 20).overlaps(evaluate(derive(head).result, 20))
    assert not evaluate(KL(Product(Cauchy(0, 1), Normal(0, 1)), Product(Normal(0, 1), Normal(1, 1)))).is_finite
    for form in ("text", "unicode", "latex", "markdown", "python", "json"):
        assert render(derive(head), form)
    assert "P_2 = Gamma(2, 1)" in render(derive(head), "text")


def test_wrong_derivations_are_caught() -> None:
    derivation = derive(KL(P, Q))
    (step,) = derivation.steps
    one, two = step.data["parts"]
    wrong = [
        replace(step, after=derivation.result + 1),
        replace(step, data={"parts": (one,)}),
        replace(step, data={"parts": (two, one)}),
        replace(step, data={"parts": (one, (two[0], two[1], two[2] + 1))}),
        replace(step, data={"parts": ((one[0], one[1][:-1], one[2]), two)}),
        replace(step, before=Entropy(P)),
    ]
    for each in wrong:
        assert not check_steps(derivation.head, (each,), each.after, derivation.conditions).is_proved
    assert check_steps(derivation.head, (step,), derivation.result, derivation.conditions).is_proved


def test_sums_by_cases() -> None:
    x, y = symbols("x y", real=True)
    first, second = Piecewise((1, x > 0), (oo, True)), Piecewise((y, y > 0), (oo, True))
    assert summed_by_cases([first, second]) == Piecewise((y + 1, (x > 0) & (y > 0)), (oo, True))
    assert summed_by_cases([S.Infinity, S.NegativeInfinity]) is S.NaN
    assert summed_by_cases([S.One, S.Half]) == Rational(3, 2)


def test_what_has_no_answer_says_so() -> None:
    with pytest.raises(DomainError, match="2 and 1 coordinates"):
        kl(Product(Normal(0, 1), Normal(0, 1)), Normal(0, 1))
    with pytest.raises(NoClosedForm, match="P is an abstract law"):
        kl(law("P"), law("Q"))
    with pytest.raises(NoClosedForm, match="abstract law"):
        kl(Product(Normal(0, 1), law("R")), Product(Normal(0, 1), Normal(0, 1)))
    with pytest.raises(NoClosedForm, match="abstract law"):
        derive(CrossEntropy(Normal(0, 1), law("R")))
    assert kl(law("P"), law("P")) == 0
    with pytest.raises(DomainError, match="law of 2 coordinates"):
        P.support  # noqa: B018
    with pytest.raises(TypeError, match="write the parameters of Normal"):
        Product(Normal, Normal)
    with pytest.raises(TypeError, match="a law is wanted"):
        Mixture((1, 3))
    with pytest.raises(TypeError, match="pairs"):
        Mixture(3)
