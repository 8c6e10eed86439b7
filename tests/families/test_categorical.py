"""The categorical law: listed, indexed, and by logits."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from sympy import E, IndexedBase, Piecewise, Rational, S, Sum, Symbol, exp, log, symbols

from symkl import Categorical, DomainError
from symkl.core.supports import Lattice, Outcomes

H = Rational(1, 2)
n = Symbol("n", integer=True, positive=True)
k = Symbol("k", integer=True, positive=True)


def test_listed_masses() -> None:
    law = Categorical(H, Rational(1, 3), Rational(1, 6))
    assert law == Categorical([H, Rational(1, 3), Rational(1, 6)]) == Categorical(p=[H, Rational(1, 3), Rational(1, 6)])
    assert law.support == Lattice(1, 3)
    assert law.n == 3 and law.mass(2) == Rational(1, 3) and law.mass(4) == 0
    assert law.log_density(S(3)) == -log(6)
    logarithm = law.log_density(k)
    assert isinstance(logarithm, Piecewise)
    assert logarithm.subs(k, 2) == -log(3)
    assert str(law) == "Categorical(1/2, 1/3, 1/6)"


def test_one_hot_law() -> None:
    law = Categorical(0, 1, 0)
    assert law.support == Outcomes(2)
    assert law.log_density(S(2)) == 0
    with pytest.raises(DomainError, match="probability 0"):
        law.log_density(S(1))


def test_indexed_masses() -> None:
    p = IndexedBase("p", positive=True)
    law = Categorical(p, n)
    assert law.is_indexed and law.support == Lattice(1, n)
    assert law.log_density(k) == log(p[k])
    assert len(law.conditions) == 1
    (total,) = law.conditions
    assert total.lhs.dummy_eq(Sum(p[k], (k, 1, n)))
    assert law.subs(n, 3).probabilities == (p[1], p[2], p[3])
    assert pickle.loads(pickle.dumps(law)) == law
    assert Categorical(IndexedBase("p", shape=(n,))).n == n


def test_logits() -> None:
    assert Categorical(logits=[0, 0]) == Categorical(H, H)
    assert Categorical(logits=[0, 1]) == Categorical(1 / (1 + E), E / (1 + E))
    a, b = symbols("a b", real=True)
    assert Categorical(logits=[a, b]).conditions == ()
    logits = IndexedBase("l", real=True)
    law = Categorical(logits=logits, n=n)
    j = Symbol("j", integer=True, positive=True)
    assert law.log_density(k) == logits[k] - log(Sum(exp(logits[j]), (j, 1, n)))
    assert law.conditions == ()


def test_symbolic_masses() -> None:
    p = symbols("p")
    law = Categorical(p, 1 - p)
    assert law.subs(p, H) == Categorical(H, H)
    assert len(law.conditions) == 2


@pytest.mark.parametrize(
    ("arguments", "keywords", "error", "words"),
    [
        ((H, H, H), {}, DomainError, "sum to 3/2"),
        ((2, -1), {}, DomainError, "probability of 2 is -1"),
        ((0.5, 0.5), {}, DomainError, "float"),
        ((), {}, TypeError, "missing"),
        ((), {"q": [1]}, TypeError, "no parameter 'q'"),
        ((), {"logits": 3}, DomainError, "logits"),
        ((), {"logits": IndexedBase("l")}, TypeError, "n="),
        ((IndexedBase("p"), Rational(1, 2)), {}, DomainError, "n = 1/2"),
        ((IndexedBase("p"),), {}, TypeError, r"Categorical\(p, n\)"),
    ],
)
def test_what_is_no_law_is_refused(arguments: Any, keywords: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Categorical(*arguments, **keywords)
