"""The grammar of claims: what is read, how it is understood, and what is refused with a position."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from symkl.errors import ParseError
from symkl.prove.elaborate import read_statement
from symkl.prove.syntax import exact_number, parse, tokenize


@pytest.mark.parametrize(
    ("text", "given", "read"),
    [
        ("2I(X;Y|Z)+1/2 H(X,Y|Z) <= log(2)", [], "2*I(X;Y|Z) + 1/2*H(X,Y|Z) <= log(2)"),
        ("I(X;Y) ≤ H(X)", [], "I(X;Y) <= H(X)"),
        ("H(X Y) >= .5 H(X)", [], "H(X,Y) >= 1/2*H(X)"),
        ("H(P,Q) = H(P) + D(P||Q)", [], "H(P||Q) = H(P) + D(P||Q)"),
        ("H(X,Y) = H(X) + H(Y|X)", [], "H(X,Y) = H(X) + H(Y|X)"),
        ("D(P‖Q) ≥ 0", [], "D(P||Q) >= 0"),
        ("D(1/2*P+1/2*Q||R) >= 0", [], "D(1/2*P + 1/2*Q||R) >= 0"),
        ("D(P*R||Q*S) = D(P||Q)+D(R||S)", [], "D(P*R||Q*S) = D(P||Q) + D(R||S)"),
        ("D(P^3||Q^3) = 3 D(P||Q)", [], "D(P*P*P||Q*Q*Q) = 3*D(P||Q)"),
        ("D(K(P)||K(Q)) <= D(P||Q)", [], "D(K(P)||K(Q)) <= D(P||Q)"),
        ("I(X;Y) = D(P(X,Y)||P(X)*P(Y))", [], "I(X;Y) = D(P(X,Y)||P(X)*P(Y))"),
        ("D((P+Q)/2||R) >= 0", [], "D(1/2*P + 1/2*Q||R) >= 0"),
        ("D(1/2*(P+Q)/2 + 1/2*R||R) >= 0", [], "D(1/4*P + 1/4*Q + 1/2*R||R) >= 0"),
        ("H(1/2*P+1/2*Q) >= 1/2 H(P)+1/2 H(Q)", [], "H(1/2*P + 1/2*Q) >= 1/2*H(P) + 1/2*H(Q)"),
        ("Renyi(P||Q,2) >= D(P||Q)", [], "Renyi(P||Q,2) >= D(P||Q)"),
        ("TV(P,Q) <= sqrt(1-exp(-D(P||Q)))", [], "TV(P,Q) <= sqrt(1 - exp(-D(P||Q)))"),
        ("I(A;D) >= 0", ["A->B->C->D"], "I(A;D) >= 0, given I(A;C|B) = 0, I(A,B;D|C) = 0"),
        ("I(A;D) >= 0", ["A - B - C"], "I(A;D) >= 0, given I(A;C|B) = 0"),
        ("H(X) >= 0", ["X _||_ Y | Z", "X : Y, Z"], "H(X) >= 0, given I(X;Y|Z) = 0, H(X|Y,Z) = 0"),
        ("D(p||q) >= 0", [], "D(p||q) >= 0"),
        ("0 <= I(X;Y) <= H(X)", [], "0 <= I(X;Y) and I(X;Y) <= H(X)"),
        ("JSD(P,Q) >= 0", ["M = 1/2*P + 1/2*Q"], "JSD(P,Q) >= 0, given M = 1/2*P + 1/2*Q"),
        ("H(P) >= 0", [], "H(P) >= 0"),
    ],
)
def test_reading(text: str, given: list[str], read: str) -> None:
    assert str(read_statement(text, given)) == read


def test_reading_its_own_text_again_changes_nothing() -> None:
    for text in ("2*I(X;Y|Z) <= H(X)", "D(1/3*P + 2/3*Q||R) <= 1/3*D(P||R) + 2/3*D(Q||R)", "TV(P,Q)^2 <= 1/2*D(P||Q)"):
        once = read_statement(text)
        assert read_statement(str(once)) == once


def test_decimals_are_exact() -> None:
    assert exact_number("1e-9") == Fraction(1, 10**9)
    assert exact_number(".30") == Fraction(3, 10)
    assert exact_number("2.000000001") == Fraction(2000000001, 10**9)


def test_small_h_marks_continuous_variables() -> None:
    assert read_statement("h(X,Y) <= h(X) + h(Y)").continuous == {"X", "Y"}
    assert read_statement("H(X,Y) <= H(X) + H(Y)").continuous == frozenset()


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("H(X", 3),
        ("H(X))>=0", 4),
        ("H(X)", 4),
        ("H(X) >= ", 8),
        ("H(X) >= 0 0", 10),
        ("I(X) >= 0", 0),
        ("H(X;Y) >= 0", 0),
        ("H(X|Y|Z) >= 0", 0),
        ("__import__('os')>=0", 11),
        ("D(P) >= 0", 0),
        ("D(1/2*P||Q) >= 0", 5),
        ("D(2*P-Q||Q) >= 0", 5),
        ("D(P||Q)/0 >= 0", 7),
        ("log(-1)*H(X) >= 0", 0),
        ("foo(X) >= 0", 0),
        ("X >= 0 + H(X)", 0),
        ("H(X) >= 1 2", 10),
        ("H(X) @ 0", 5),
        ("H(P||Q||R) >= 0", 0),
        ("D(P||Q)^D(P||Q) >= 0", 7),
    ],
)
def test_refusals_carry_their_position(text: str, position: int) -> None:
    with pytest.raises(ParseError) as caught:
        read_statement(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-" * 5000 + "H(X)>=0", "H(X)>=" + "2^" * 5000 + "2", "H(X)" * 9000, "1e99999 H(X)>=0", "H(X)>=2^999999999"]
)
def test_monstrous_texts_are_refused_quickly(text: str) -> None:
    with suppress(ParseError):
        read_statement(text)


@given(st.text(alphabet="HIDXYPQ(),;|+-*/<>=^ 012.log", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ParseError):
        read_statement(text)


def test_tokens_keep_their_places() -> None:
    assert [(t.text, t.position) for t in tokenize("H(X) ≥ 1e-3")] == [("H", 0), ("(", 1), ("X", 2), (")", 3), (">=", 5), ("1e-3", 7), ("", 11)]


def test_parsing_needs_a_relation() -> None:
    with pytest.raises(ParseError, match="relation"):
        parse("H(X) + H(Y)")
