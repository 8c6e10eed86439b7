"""Joint laws, channels, conditioning and smoothing are exact, and say which outcome is wrong."""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from sympy import Rational, Symbol, Tuple

from symkl import DomainError, Finite, Product, kl as divergence
from symkl.core.convert import as_law
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
    assert WEATHER.marginal(1, 0) == WEATHER.marginal("G", "W")
    with pytest.raises(DomainError, match="no coordinate Z"):
        WEATHER.marginal("Z")
    with pytest.raises(DomainError, match=r"the values that are given are wanted, as in J.conditional\('W', G="):
        WEATHER.conditional("W", "G")
    with pytest.raises(DomainError, match="probability 0"):
        WEATHER.conditional("W", G="foggy")
    with pytest.raises(DomainError, match="same length"):
        Joint({(0, 1): R(1, 2), (1,): R(1, 2)})


def test_functions_receive_the_texts_of_outcomes() -> None:
    P = Finite({"a": R(1, 3), "b": R(2, 3)})
    assert P.given(lambda o: o != "a") == Finite({"b": 1})
    assert P.image(lambda o: 1 if o == "a" else 2) == Finite({1: R(1, 3), 2: R(2, 3)})
    assert P.image(str.upper) == Finite({"A": R(1, 3), "B": R(2, 3)})
    assert P.through(lambda o: {o + "x": 1}) == Finite({"ax": R(1, 3), "bx": R(2, 3)})
    assert WEATHER.given(lambda w, g: g != "dry") == Joint({("rain", "wet"): 1}, ("W", "G"))
    assert image(WEATHER, lambda point: point == ("sun", "dry")) == Finite({True: R(3, 5), False: R(2, 5)})
    assert image(Finite({("a", (1, "b")): 1}), lambda point: point[1][1] + point[0]) == Finite({"ba": 1})
    with pytest.raises(DomainError, match=r"the outcome \['a'\] is neither a text"):
        P.image(lambda o: [o])


def test_the_product_law_has_names() -> None:
    with pytest.raises(DomainError, match=r"with names is Joint.independent\(W=..., G=...\)"):
        divergence(WEATHER, Product(WEATHER.marginal("W"), WEATHER.marginal("G")))


class Column:
    """What a pandas Series has: keys and items, and values where it is gone through."""

    def __init__(self, cells: dict[Any, Any], *names: Any) -> None:
        self.cells, self.index = cells, SimpleNamespace(names=list(names or [None]))

    def keys(self) -> list[Any]:
        return list(self.cells)

    def items(self) -> Any:
        return iter(self.cells.items())

    def __iter__(self) -> Any:
        return iter(self.cells.values())


class Frame:
    """What a pandas DataFrame has: columns as its items."""

    def __init__(self, rows: dict[Any, dict[Any, Any]], row: Any = None, column: Any = None) -> None:
        self.rows, self.index, self.columns = rows, SimpleNamespace(names=[row]), SimpleNamespace(names=[column])

    @property
    def T(self) -> Frame:
        return Frame({c: {r: cells[c] for r, cells in self.rows.items()} for c in self.keys()}, *self.columns.names, *self.index.names)

    def keys(self) -> list[Any]:
        return list(next(iter(self.rows.values())))

    def items(self) -> Any:
        return ((c, Column({r: cells[c] for r, cells in self.rows.items()})) for c in self.keys())


def test_columns_and_tables_keep_their_labels() -> None:
    one, two, three, four = numpy.array([1, 2, 3, 4])
    counts = Column({"b": three, "a": one})
    assert Finite.from_counts(counts) == Finite({"a": R(1, 4), "b": R(3, 4)}) == Finite(Column({"b": R(3, 4), "a": R(1, 4)}))
    assert as_law(Column({"b": R(3, 4), "a": R(1, 4)})) == Finite({"a": R(1, 4), "b": R(3, 4)})
    table = {(0, 0): 1, (0, 1): 2, (1, 0): 3, (1, 1): 4}
    for nested in (numpy.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]], {0: {0: 1, 1: 2}, 1: {0: 3, 1: 4}}):
        assert Joint.from_counts(nested, ("X", "Y")) == Joint.from_counts(table, ("X", "Y"))
    frame = Frame({"x": {"u": one, "v": two}, "y": {"u": three, "v": four}}, "R", "C")
    assert Joint.from_counts(frame) == Joint.from_counts({("x", "u"): 1, ("x", "v"): 2, ("y", "u"): 3, ("y", "v"): 4}, ("R", "C"))
    assert Joint.from_counts(Column({("x", "u"): 1, ("y", "v"): 1}, "R", "C")).names == ("R", "C")
    for wrong, says in (([[1, 2], 3], "equally deep"), ({"a": 1, "b": {"c": 1}}, "not of both"), ({"a", "b"}, "a set has no order")):
        with pytest.raises(DomainError, match=says):
            Finite.from_counts(wrong)


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
