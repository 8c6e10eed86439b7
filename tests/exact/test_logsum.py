"""Sums of logarithms: canonical, exactly ordered, printed as an author would."""

from __future__ import annotations

import pickle
import random
from fractions import Fraction
from itertools import combinations
from math import gcd, prod

import pytest
from hypothesis import given, settings, strategies as st
from sympy import Rational, Symbol, latex, log, oo, sqrt

from symkl.errors import DomainError
from symkl.exact import arithmetic, logvalue
from symkl.exact.accumulate import CountedPairs, LogAccumulator
from symkl.exact.coprime import factor_easily, refine
from symkl.exact.logsum import LogSum

terms = st.dictionaries(st.integers(1, 10**7), st.fractions(max_denominator=50), max_size=6)
MERSENNE = 2**127 - 1, 2**89 - 1


def coin() -> LogSum:
    return LogSum.log(2) + Fraction(7, 10) * LogSum.log(Fraction(7, 10)) + Fraction(3, 10) * LogSum.log(Fraction(3, 10))


def test_a_worked_number_prints_as_in_the_claims() -> None:
    assert coin().text() == "(7/10) log 7 + (3/10) log 3 − log 5"
    assert str(coin()) == "7*log(7)/10 + 3*log(3)/10 - log(5)"
    assert latex(LogSum.log(Fraction(4, 3)) / 10) == r"\frac{1}{10} \log \frac{4}{3}"
    assert (LogSum.log(Fraction(4, 3)) / 10) / log(2) == Rational(1, 5) - log(3) / (10 * log(2))
    assert str(coin().evaluate(50)) == "0.082282878505051846391561158260795882614605123785610"


@given(terms, terms)
@settings(max_examples=60, deadline=None)
def test_addition_and_order_agree_with_numbers(left: dict[int, Fraction], right: dict[int, Fraction]) -> None:
    a, b = LogSum.of(left), LogSum.of(right)
    assert (a + b) - b == a
    assert hash((a + b) - b) == hash(a)
    assert (a < b) == (b > a)
    assert bool(a == b) == (not refine((a - b)._raw.items()))
    if a != b:
        assert bool(a < b) == (float(a - b) < 0)


def test_equality_needs_no_factoring_of_large_integers() -> None:
    p, q = MERSENNE
    joined, split = LogSum.log(p * p * q) / 3, LogSum.log(p) * Fraction(2, 3) + LogSum.log(q) / 3
    assert joined == split
    assert hash(joined) == hash(split)
    assert factor_easily(p * q) == ((), p * q)
    assert refine([(p**3, Fraction(1)), (p * q, Fraction(-1))]) == {p: 2, q: -1}


#: Primes on both sides of the bounds of trial division and of complete factoring.
PRIMES = (2, 3, 1021, 1031, 1033, 1048583, 1048589, 1000003, 2**31 - 1, 10**9 + 7, 2**61 - 1, MERSENNE[1])


def test_large_integers_share_no_prime_with_small_ones() -> None:
    assert LogSum.log(1000003 * 2147483647) == LogSum.log(1000003) + LogSum.log(2147483647)
    # One prime of a small integer uncovers the next: 1031, then 2³¹ − 1, then 10⁹ + 7.
    chain = {1031: 2, 1031**2 * (2**31 - 1): -1, (2**31 - 1) * (10**9 + 7): 1, 10**9 + 7: -1}
    assert LogSum.of(chain) == 0
    assert LogSum.of({**chain, 10**9 + 7: -2}) < 0
    assert refine([((1048583 * 1031) ** 2, 1), (1031, -2)]) == {1048583: 2}


def test_zero_is_decided_for_any_products_of_primes() -> None:
    generator = random.Random(11)
    for _ in range(300):
        few = generator.sample(PRIMES, 5)
        raw: dict[int, int | Fraction] = {}
        truth = dict.fromkeys(few, 0)
        for _ in range(6):
            powers = {prime: generator.choice((0, 0, 1, 1, 2)) for prime in few}
            coefficient = generator.randrange(-2, 3)
            number = prod(prime**power for prime, power in powers.items())
            raw[number] = raw.get(number, 0) + coefficient
            for prime, power in powers.items():
                truth[prime] += coefficient * power
        refined = refine(raw.items())
        assert (refined == {}) == (not any(truth.values())), raw
        assert all(gcd(a, b) == 1 for a, b in combinations(refined, 2)), raw
        apart = LogSum.of(raw) - LogSum.of({prime: power for prime, power in truth.items() if power})
        assert apart == 0 and apart.sign() == 0
        assert LogSum.of(raw).sign() == LogSum.of({prime: power for prime, power in truth.items() if power}).sign()


def test_differences_of_ten_to_the_minus_500_are_ordered() -> None:
    close = LogSum.log(10**500 + 1) - LogSum.log(10**500)
    assert close > 0
    assert coin() + close > coin()
    assert coin() + close != coin()
    assert str(close.evaluate(10)) == "1.000000000e-500"


def test_swapped_refined_and_relabelled_laws_have_equal_entropies() -> None:
    generator = random.Random(3)
    for _ in range(50):
        counts = [generator.randrange(1, 40) for _ in range(6)]
        doubled = [2 * n for n in generator.sample(counts, 6)]
        assert CountedPairs().extend([(n, 1) for n in counts]).entropy() == CountedPairs().extend([(n, 1) for n in doubled]).entropy()
        changed = [doubled[0] + 1, *doubled[1:]]
        assert CountedPairs().extend([(n, 1) for n in counts]).kl() != CountedPairs().extend([(n, 1) for n in changed]).kl()


def test_sympy_goes_in_and_out() -> None:
    value = coin()
    assert LogSum.from_sympy(value.as_expr()) == value
    assert value == log(2) + Rational(7, 10) * log(Rational(7, 10)) + Rational(3, 10) * log(Rational(3, 10))
    assert LogSum.from_sympy(log(sqrt(2)) + log(6) / 3) == LogSum((Fraction(5, 6), 2), (Fraction(1, 3), 3))
    assert LogSum.from_sympy(log(2) ** 2) is None
    assert LogSum.from_sympy(log(Symbol("x", positive=True))) is None
    assert value.func(*value.args) == value
    assert pickle.loads(pickle.dumps(value)) == value
    assert value.is_positive and not (-value).is_positive and LogSum().is_zero
    assert value.evalf(30) == value.as_expr().evalf(30)
    assert value < Rational(1, 10) and value > 0 and value < oo
    with pytest.raises(DomainError):
        LogSum.log(0)


def test_intervals_without_flint_hold_the_balls_of_flint(monkeypatch: pytest.MonkeyPatch) -> None:
    with_flint = coin().evaluate(40)
    monkeypatch.setattr(logvalue, "flint_module", lambda: None)
    without = coin().evaluate(40)
    assert without.is_rigorous
    assert without.overlaps(with_flint)
    assert str(without) == str(with_flint)
    assert arithmetic.flint_module() is not None


def test_many_small_integers_are_folded_to_primes(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = random.Random(1)
    raw = {generator.randrange(2, 5000): generator.randrange(-9, 9) for _ in range(500)}
    plain = LogSum.of(raw).evaluate(30)
    monkeypatch.setattr(logvalue, "MANY", 10)
    assert LogSum.of(raw).evaluate(30).overlaps(plain)


def test_parts_merge_in_any_order() -> None:
    generator = random.Random(2)
    pairs = [(generator.randrange(0, 20), generator.randrange(1, 20)) for _ in range(300)]
    whole = CountedPairs().extend(pairs)
    parts = [CountedPairs().extend(pairs[i : i + 40]) for i in range(0, 300, 40)]
    generator.shuffle(parts)
    merged = CountedPairs()
    for part in parts:
        merged.merge(part)
    assert merged == whole
    assert merged.kl() == whole.kl()
    assert whole.cross_entropy() - whole.entropy() == whole.kl()
    assert whole.kl() >= 0
    assert CountedPairs().extend([(1, 0), (1, 1)]).kl() is oo
    assert LogAccumulator().add(6, 1).merge(LogAccumulator().add(3, -1)).value() == log(2)


def test_bad_counts_are_named() -> None:
    with pytest.raises(DomainError, match="count -2 of Q at outcome 1"):
        CountedPairs().extend([(1, 1), (1, -2)])
    with pytest.raises(DomainError, match="all counts of P are zero"):
        CountedPairs().extend([(0, 1)]).kl()
