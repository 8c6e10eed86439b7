"""Laws on finitely many named outcomes: exact, validated by name, equal whatever the order."""

from __future__ import annotations

import pickle
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pytest
from sympy import I, Piecewise, Rational, S, Symbol, Tuple, cos, latex, log, nan, oo, pi, sin, sqrt, symbols
from sympy.core.symbol import Str

from symkl import Bernoulli, DomainError, Finite, Poisson
from symkl.core.supports import Outcomes
from symkl.families.masses import Label

H = Rational(1, 2)


def test_outcomes_and_masses() -> None:
    law = Finite({"a": Rational(7, 10), "b": Fraction(3, 10)})
    assert law.outcomes == (Label("a"), Label("b"))
    assert law.probabilities == (Rational(7, 10), Rational(3, 10))
    assert law.mass("a") == Rational(7, 10)
    assert law.mass("c") == 0
    assert law.log_density("b") == log(Rational(3, 10))
    assert str(law) == "Finite({a: 7/10, b: 3/10})"
    assert latex(law) == r"\operatorname{Finite}\left(a: \frac{7}{10},\, b: \frac{3}{10}\right)"
    assert law.support == Outcomes(Label("a"), Label("b"))
    assert law.is_discrete and law.conditions == () and law.free_symbols == set()


def test_outcomes_equal_their_texts() -> None:
    law = Finite({"a": H, ("b", 1): H})
    assert "a" in law.outcomes and law.outcomes.index("a") == 0 and law.outcomes[1] == ("b", 1)
    assert hash(Label("a")) == hash("a") and {Label("a"): 1}["a"] == 1 and Label("a") != "b"
    assert Label("a") != Symbol("a") and Symbol("a") != Label("a") and Label("a") != Str("a")
    assert cos(Symbol("a")).subs(Symbol("a"), 0) == 1  # what SymPy remembers of a symbol is not that of a label


@pytest.mark.parametrize("label", [None, [1], object()], ids=["none", "list", "object"])
def test_what_is_no_outcome_is_refused(label: Any) -> None:
    with pytest.raises(DomainError, match="is neither a text, nor an exact number"):
        Finite([label], [1])


def test_decimals_and_numbers_of_numpy_are_exact() -> None:
    assert Finite([Decimal("0.1"), Decimal("0.9")]) == Finite([Rational(1, 10), Rational(9, 10)])
    assert Finite.from_counts({numpy.int64(3): numpy.int32(1), numpy.str_("a"): 3, numpy.bool_(True): Decimal(4)}) == Finite({3: H / 4, "a": 3 * H / 4, True: H})


def test_priors_are_laws_on_the_outcomes() -> None:
    expected = Finite({"a": Rational(3, 8), "b": Rational(5, 8)})
    for prior in ({"a": H, "b": H}, Finite({"a": H, "b": H}), [("b", H), ("a", H)]):
        assert Finite.from_counts({"a": 1, "b": 2}, "dirichlet", prior=prior) == expected
    with pytest.raises(DomainError, match="has no outcome b"):
        Finite.from_counts({"a": 1, "b": 2}, "dirichlet", prior={"a": 1})


def test_a_list_has_the_outcomes_from_zero_on() -> None:
    assert Finite([H, Rational(1, 3), Rational(1, 6)]) == Finite({0: H, 1: Rational(1, 3), 2: Rational(1, 6)})


def test_other_ways_to_say_the_same() -> None:
    law = Finite({"a": H, "b": H})
    assert law == Finite([("a", H), ("b", H)]) == Finite(["a", "b"], [H, H]) == Finite(masses={"a": H, "b": H}) == Finite({Symbol("a"): H, "b": H})
    assert Finite([(("a", 1), H), (("a", 2), H)]).outcomes == (Tuple(Label("a"), 1), Tuple(Label("a"), 2))
    assert Finite({True: H, False: H}).outcomes == (S.true, S.false)
    assert Finite({1: H, "1": H}).mass("1") == H


def test_equality_and_hash_forget_the_order_printing_keeps_it() -> None:
    one, other = Finite({"b": H / 2, "a": 3 * H / 2}), Finite({"a": 3 * H / 2, "b": H / 2})
    assert one == other and hash(one) == hash(other)
    assert str(one) != str(other)
    assert one != Finite({"a": H / 2, "b": 3 * H / 2})


def test_pickles_and_rebuilds() -> None:
    law = Finite({"a": H, (1, "x"): H})
    assert pickle.loads(pickle.dumps(law)) == law
    assert law.func(*law.args) == law


def test_symbolic_masses() -> None:
    p = symbols("p")
    law = Finite({"a": p, "b": 1 - p})
    assert law.free_symbols == {p}
    assert [str(c) for c in law.conditions] == ["p > 0", "1 - p > 0"]
    assert law.subs(p, Rational(1, 3)) == Finite({"a": Rational(1, 3), "b": Rational(2, 3)})
    with pytest.raises(DomainError, match="probability of b is -1"):
        law.subs(p, 2)
    q = symbols("q")
    assert any("Eq" in str(type(c)) or "Equality" in str(type(c)) for c in Finite([p, q]).conditions)
    with pytest.raises(DomainError, match="sum to"):
        Finite([p, Rational(3, 2) - p])


@pytest.mark.parametrize(
    "masses", [[sqrt(2) / 2, 1 - sqrt(2) / 2], [sqrt(5 + 2 * sqrt(6)) / 4, 1 - sqrt(2) / 4 - sqrt(3) / 4], [cos(pi / 7) ** 2, sin(pi / 7) ** 2]]
)
def test_algebraic_masses(masses: list[Any]) -> None:
    assert Finite(masses).conditions == ()


def test_zero_masses_are_outcomes_outside_the_support() -> None:
    law = Finite({"a": 1, "b": 0})
    assert law.outcomes == (Label("a"), Label("b"))
    assert law.support == Outcomes(Label("a"))
    assert law.log_density("a") == 0
    with pytest.raises(DomainError, match="b has probability 0"):
        law.log_density("b")


def test_log_density_at_a_symbol() -> None:
    x = Symbol("x")
    logarithm = Finite({1: H, 3: H / 2, 4: H / 2, 5: 0}).log_density(x)
    assert isinstance(logarithm, Piecewise)
    assert logarithm.subs(x, 1) == log(H) and logarithm.subs(x, 4) == log(H / 2)
    labels = Finite({"a": 3 * H / 2, "b": H / 2}).log_density(x)
    assert str(labels) == "Piecewise((log(3/4), Eq(x, a)), (-log(4), True))"


@pytest.mark.parametrize(
    ("masses", "words"),
    [
        ({"a": 2, "b": -1}, "probability of b is -1, which is negative"),
        ({"a": 1, "b": H}, "sum to 3/2, not to 1"),
        ([H], "sum to 1/2"),
        ([sqrt(2) / 2, sqrt(2) / 2], r"sum to sqrt\(2\)"),
        ([(1, H), (S.One, H)], "outcome 1 is given twice"),
        ([("a", H), (Symbol("a"), H)], "outcome a is given twice"),
        ({"a": 0.3, "b": 0.7}, "probability of a = 0.3 is a float"),
        ({"a": "1/2", "b": H}, "text"),
        ({"a": I, "b": 1 - I}, "not a real number"),
        ([nan, 1], "probability of 0 is nan"),
        ([oo, 1], "probability of 0 is oo"),
        ({0.5: 1}, "outcome 0.5 is a float"),
        ({oo: 1}, "outcome"),
        ([], "at least one"),
        (3, "a mapping"),
        ("ab", "a mapping"),
    ],
)
def test_what_is_no_law_is_named(masses: Any, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        Finite(masses)


def test_wrong_calls() -> None:
    with pytest.raises(TypeError, match="Finite"):
        Finite()
    with pytest.raises(TypeError, match="Finite"):
        Finite([1], weights=[1])
    with pytest.raises(DomainError, match="2 outcomes but 1"):
        Finite(["a", "b"], [1])


def test_from_counts() -> None:
    assert Finite.from_counts({"a": 3, "b": 1, "c": 0}) == Finite({"a": Rational(3, 4), "b": Rational(1, 4), "c": 0})
    assert Finite.from_counts([1, 1]) == Finite([H, H])
    for bad, words in (({"a": -1, "b": 2}, "count of a is -1"), ({"a": 1.5}, "count of a"), ([0, 0], "sum to 0")):
        with pytest.raises(DomainError, match=words):
            Finite.from_counts(bad)


def test_from_floats_takes_doubles_exactly() -> None:
    assert Finite.from_floats({"a": 0.25, "b": 0.75}) == Finite({"a": Rational(1, 4), "b": Rational(3, 4)})
    tenth, rest = Rational(*(0.1).as_integer_ratio()), Rational(*(0.9).as_integer_ratio())
    law = Finite.from_floats([0.1, 0.9])
    assert law.probabilities == (tenth / (tenth + rest), rest / (tenth + rest))
    assert Finite([0.1, 0.9], allow_floats=True) == law
    for bad, words in (
        ([0.5, 0.4], "sum to 0.9"),
        ([-0.5, 1.5], "of 0 is -0.5"),
        ([float("nan"), 1.0], "of 0 is nan"),
        ([float("inf"), 1.0], "of 0 is inf"),
    ):
        with pytest.raises(DomainError, match=words):
            Finite.from_floats(bad)
    assert Finite.from_floats([0.5, 0.4], tolerance=1).mass(0) > H


def test_against_lattices() -> None:
    assert Finite([H, H]).support.within(Bernoulli(H).support) is S.true
    assert Bernoulli(H).support.within(Finite([H, H]).support) is S.true
    assert Finite({"a": 1}).support.within(Poisson(1).support) is S.false
    assert Poisson(1).support.within(Finite([H, H]).support) is S.false


def test_printing_does_not_depend_on_the_hash_seed() -> None:
    code = "from symkl import Finite; L = Finite({'b': '', 'a': ''}.fromkeys('zyxab', __import__('sympy').Rational(1, 5))); print(L, L.log_density(__import__('sympy').Symbol('x')))"
    texts = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, text=True, timeout=60, check=True
        )
        texts.add(done.stdout)
    assert len(texts) == 1
