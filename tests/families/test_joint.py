"""Joint laws, channels, conditioning and smoothing are exact, and say which outcome is wrong."""

from __future__ import annotations

import pickle

import pytest
from sympy import Rational, Symbol, Tuple

from symkl import DomainError, Finite
from symkl.exact.finite import conditional_mutual_information, entropy, kl, mutual_information
from symkl.families.joint import Joint, given, image, mixed, through

R = Rational
WEATHER = Joint({("sun", "dry"): R(3, 5), ("rain", "dry"): R(1, 5), ("rain", "wet"): R(1, 5)}, ("W", "G"))


def test_marginals_and_conditionals() -> None:
    assert WEATHER.marginal("W") == Finite({"sun": R(3, 5), "rain": R(2, 5)})
    assert WEATHER.marginal("G", "W").mass("wet", "rain") == R(1, 5)
    assert WEATHER.conditional("W", G="dry") == Finite({"sun": R(3, 4), "rain": R(1, 4)})
    assert WEATHER.mass(W="rain", G="dry") == R(1, 5)
    assert WEATHER.names == ("W", "G")
    assert pickle.loads(pickle.dumps(WEATHER)) == WEATHER
    with pytest.raises(DomainError, match="no coordinate Z"):
        WEATHER.marginal("Z")
    with pytest.raises(DomainError, match="probability 0"):
        WEATHER.conditional("W", G="foggy")
    with pytest.raises(DomainError, match="same length"):
        Joint({(0, 1): R(1, 2), (1,): R(1, 2)})


def test_bayes_holds_exactly() -> None:
    for w in ("sun", "rain"):
        for g in ("dry", "wet"):
            joint = WEATHER.mass(w, g)
            assert joint == WEATHER.marginal("G").mass(g) * WEATHER.conditional("W", G=g).mass(w)


def test_independent_coordinates_have_no_mutual_information() -> None:
    P, Q = Finite([R(1, 3), R(2, 3)]), Finite([R(1, 5), R(4, 5)])
    product = Joint.independent(X=P, Y=Q)
    assert mutual_information(product) == 0
    assert entropy(product) == entropy(P) + entropy(Q)
    assert mutual_information(WEATHER) == entropy(WEATHER.marginal("W")) + entropy(WEATHER.marginal("G")) - entropy(WEATHER)
    assert mutual_information(WEATHER) == kl(WEATHER, Joint.independent(W=WEATHER.marginal("W"), G=WEATHER.marginal("G")))


def test_the_exclusive_or_of_two_coins() -> None:
    xor = Joint({(x, y, x ^ y): R(1, 4) for x in (0, 1) for y in (0, 1)})
    assert mutual_information(xor, 0, 1) == 0
    assert str(conditional_mutual_information(xor, 0, 1, 2)) == "log(2)"


def test_channels_and_data_processing() -> None:
    noise = {0: [R(9, 10), R(1, 10)], 1: [R(1, 5), R(4, 5)]}
    P, Q = Finite([R(1, 3), R(2, 3)]), Finite([R(3, 4), R(1, 4)])
    assert through(P, noise) == Joint.sent(P, noise).marginal("Y")
    assert kl(through(P, noise), through(Q, noise)) < kl(P, Q)
    assert image(P, lambda x: 0) == Finite([1])
    with pytest.raises(DomainError, match="no law for the outcome 1"):
        through(P, {0: [1]})


def test_events_and_mixtures() -> None:
    die = Finite([R(1, 6)] * 6)
    assert given(die, lambda x: x % 2 == 0) == Finite({0: R(1, 3), 2: R(1, 3), 4: R(1, 3)})
    assert mixed((R(1, 2), Finite([1])), (R(1, 2), Finite({"a": 1}))) == Finite({0: R(1, 2), "a": R(1, 2)})
    with pytest.raises(DomainError):
        mixed((R(1, 2), die))


def test_smoothings_are_named() -> None:
    counts = {"a": 8, "b": 1, "c": 0, "d": 1}
    assert Finite.from_counts(counts).mass("c") == 0
    assert Finite.from_counts(counts, "additive").mass("c") == R(1, 14)
    assert Finite.from_counts(counts, "additive", alpha=R(1, 2)).mass("c") == R(1, 24)
    assert Finite.from_counts(counts, "dirichlet", alpha=2).mass("c") == R(1, 24)
    assert Finite.from_counts(counts, "dirichlet", alpha=2, prior={"a": 0, "b": 0, "c": 1, "d": 0}).mass("c") == R(1, 6)
    assert Finite.from_counts(counts, "uniform", epsilon=R(1, 5)).mass("c") == R(1, 20)
    assert Finite.from_counts(counts, "merge", least=2) == Finite({"a": R(4, 5), "rest": R(1, 5)})
    for bad, text in ((("odd",), "not known"), (("additive", "beta"), "no parameter 'beta'; its parameters are alpha")):
        with pytest.raises(DomainError, match=text):
            Finite.from_counts(counts, bad[0], **dict.fromkeys(bad[1:], 1))
    with pytest.raises(DomainError, match="sum to 0"):
        Finite.from_counts({"a": 0})


def test_symbolic_masses() -> None:
    p = Symbol("p", positive=True)
    joint = Joint({(0, 0): p, (1, 1): 1 - p})
    assert joint.marginal("X").mass(0) == p
    assert joint.outcomes == (Tuple(0, 0), Tuple(1, 1))


def test_joint_laws_of_counts() -> None:
    joint = Joint.from_counts({("a", 0): 3, ("b", 0): 0, ("b", 1): 1}, ("X", "Y"), "additive", alpha=1)
    assert joint.mass("b", 0) == R(1, 7) and joint.names == ("X", "Y")
    with pytest.raises(DomainError, match="every outcome must be a tuple"):
        Joint.from_counts({("a", 0): 30, ("b", 1): 1}, smoothing="merge")
    with pytest.raises(DomainError, match="the count of .* is -1"):
        Joint.from_counts({("a", 0): 3, ("b", 1): -1})
