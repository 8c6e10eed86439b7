"""Measures of finite laws: the worked numbers of the claims, exact; and relations that hold exactly."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from sympy import Rational, Symbol, Tuple, log, oo, sqrt

import symkl
from symkl import DomainError, Finite
from symkl.exact import evaluate
from symkl.exact.finite import (
    bhattacharyya,
    chi2,
    cross_entropy,
    entropy,
    hellinger,
    jeffreys,
    jensen_shannon,
    kl,
    masses_of,
    renyi,
    total_variation,
    tsallis,
)
from symkl.exact.logsum import LogSum
from symkl.exact.oracle import enclose_defining

R = Rational
P, Q = [R(7, 10), R(3, 10)], [R(1, 2), R(1, 2)]


def law(generator: random.Random, size: int) -> Finite:
    return Finite.from_counts([generator.randrange(1, 30) for _ in range(size)])


def test_worked_numbers_of_the_claims() -> None:
    assert kl(P, Q).text() == "(7/10) log 7 + (3/10) log 3 − log 5"
    assert kl(P, Q) == log(2) + R(7, 10) * log(R(7, 10)) + R(3, 10) * log(R(3, 10))
    assert kl(Q, P) == log(R(25, 21)) / 2
    assert str(evaluate(kl(P, Q), 4)) == "0.08228" and str(evaluate(kl(Q, P), 4)) == "0.08718"
    d2 = kl([R(4, 10), R(3, 10), R(2, 10), R(1, 10)], [R(3, 10), R(4, 10), R(2, 10), R(1, 10)])
    assert str(d2) == "log(4/3)/10"
    assert d2 / log(2) == R(1, 5) - log(3) / (10 * log(2))
    assert str((entropy([R(9, 10), R(1, 10)]) / log(2)).evalf(4)) == "0.4690"


def test_identities_hold_exactly() -> None:
    generator = random.Random(7)
    for _ in range(20):
        p, q = law(generator, 5), law(generator, 5)
        assert cross_entropy(p, q) == entropy(p) + kl(p, q)
        assert jeffreys(p, q) == jeffreys(q, p)
        assert jensen_shannon(p, q) == (kl(p, Finite(middle(p, q))) + kl(q, Finite(middle(p, q)))) / 2
        assert kl(p, q) >= 2 * total_variation(p, q) ** 2
        assert kl(p, q) <= renyi(p, q, 2) <= chi2(p, q)
        assert (jensen_shannon(p, q) - LogSum.log(2)).sign() == -1
        assert renyi(p, q, 1) == kl(p, q) == tsallis(p, q, 1)
        assert renyi(p, q, oo) >= kl(p, q)


def middle(p: Finite, q: Finite) -> dict[object, Rational]:
    return {x: (p.mass(x) + q.mass(x)) / 2 for x in p.outcomes}


def test_supports_that_differ() -> None:
    assert kl([1, 0], [0, 1]) is oo and cross_entropy([1, 0], [0, 1]) is oo
    assert kl([0, 1], P) == -log(R(3, 10))
    assert jensen_shannon([1, 0], [0, 1]) == log(2)
    assert total_variation([1, 0], [0, 1]) == 1 and hellinger([1, 0], [0, 1]) == 1
    assert bhattacharyya([1, 0], [0, 1]) is oo and chi2([1, 0], [0, 1]) is oo
    assert renyi([1, 0], P, 0) == -log(R(7, 10))
    assert renyi([1, 0], [0, 1], R(1, 2)) is oo


def test_other_measures() -> None:
    assert total_variation(P, Q) == R(1, 5) and chi2(P, Q) == R(4, 25) and tsallis(P, Q, 2) == R(4, 25)
    assert renyi(P, Q, 2) == log(R(29, 25))
    assert (hellinger(P, Q) ** 2 - (1 - sqrt(R(7, 20)) - sqrt(R(3, 20)))).equals(0)
    assert jensen_shannon(P, Q, [1, 0], weights=[R(1, 2), R(1, 4), R(1, 4)]) > 0
    with pytest.raises(DomainError):
        jensen_shannon(P, Q, weights=[1, 1])
    with pytest.raises(DomainError, match="negative"):
        entropy([R(3, 2), R(-1, 2)])


def test_laws_of_other_families_on_finitely_many_points() -> None:
    assert kl(symkl.Bernoulli(R(1, 3)), symkl.Bernoulli(R(1, 2))) == R(5, 3) * log(2) - log(3)
    n = symkl.Binomial(3, R(1, 3)), symkl.Binomial(3, R(1, 2))
    assert kl(*n) == 3 * kl(symkl.Bernoulli(R(1, 3)), symkl.Bernoulli(R(1, 2)))
    assert masses_of(symkl.Hypergeometric(5, 2, 2)) == {0: R(3, 10), 1: R(6, 10), 2: R(1, 10)}
    with pytest.raises(DomainError, match="finite number of outcomes"):
        entropy(symkl.Poisson(1))


def test_algebraic_and_symbolic_masses() -> None:
    half = sqrt(2) / 2
    assert str(evaluate(kl([half, 1 - half], Q), 20)) == str(evaluate(half * log(sqrt(2)) + (1 - half) * log(2 - sqrt(2)), 20))
    p = Symbol("p", positive=True)
    assert (entropy([p, 1 - p]) + p * log(p) + (1 - p) * log(1 - p)).expand() == 0


def test_the_oracle_agrees() -> None:
    generator = random.Random(8)
    for _ in range(5):
        p, q = law(generator, 4), law(generator, 4)
        assert enclose_defining(symkl.KL(p, q), 30).overlaps(evaluate(kl(p, q), 40))
        assert not enclose_defining(symkl.KL(p, q), 30).overlaps(evaluate(kl(q, p), 40))


def test_huge_denominators() -> None:
    tiny = Fraction(1, 10**500)
    close = [Fraction(7, 10) + tiny, Fraction(3, 10) - tiny]
    assert kl(close, Q) > kl(P, Q)
    assert kl(close, P) > 0
    assert str(evaluate(kl(close, P), 5)) == "2.3810e-1000"


def test_texts_as_outcomes_are_labels_and_are_never_evaluated() -> None:
    names = ("open('here')", "x + 1")
    masses = masses_of({names: Fraction(1, 2), ("a", 1): Fraction(1, 2)})
    assert all(isinstance(label, Tuple) for label in masses)
    assert sorted(str(part) for label in masses for part in label) == ["1", "a", "open('here')", "x + 1"]


def test_weights_of_zero_and_outcomes_of_one_law_only() -> None:
    """H(Σ w P) − Σ w H(P), typed anew; a law of weight 0 leaves nothing, not even its outcomes."""
    one, other, third = [R(1, 2), R(1, 2), 0], [0, R(1, 3), R(2, 3)], [0, 0, 0, 1]
    middle = [R(1, 4), R(5, 12), R(1, 3)]
    expected = entropy(middle) - entropy(one) / 2 - entropy(other) / 2
    assert jensen_shannon(one, other) == expected
    assert jensen_shannon(one, other, third, weights=[R(1, 2), R(1, 2), 0]) == expected
    assert jensen_shannon(one, other, weights=[R(1, 3), R(2, 3)]) != expected


def test_total_variation_of_rational_and_other_masses() -> None:
    root = sqrt(2) / 2
    assert total_variation([R(1, 2), R(1, 2), 0], [0, R(1, 3), R(2, 3)]) == R(2, 3)
    assert (total_variation([root, 1 - root], [R(1, 2), R(1, 2)]) - (root - R(1, 2))).expand() == 0
    # A common denominator beyond all bounds.
    primes = [R(1, 10**3000 + k) for k in (7, 9, 11)]
    p, q = [primes[0], primes[1], 1 - primes[0] - primes[1]], [primes[2], primes[0], 1 - primes[2] - primes[0]]
    assert total_variation(p, q) == sum(abs(a - b) for a, b in zip(p, q)) / 2
