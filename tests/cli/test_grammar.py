"""The grammar reads what people write, refuses the rest with a place, and never evaluates or hangs."""

from __future__ import annotations

import sys
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from sympy import I, Rational, Symbol, besselk, digamma, exp, factorial, log, loggamma, nan, oo, pi, sqrt, symbols, zoo

from symkl.cli.expressions import Reader
from symkl.cli.grammar import Argument, Call, Number, parse, parse_assignments, parse_relation
from symkl.cli.tokens import MAX_LENGTH
from symkl.errors import ParseError
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

x, y, a = symbols("x y a")


def read(text: str) -> object:
    return Reader(text).expression(parse(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.7", Rational(7, 10)),
        ("1e-3", Rational(1, 1000)),
        (".5", Rational(1, 2)),
        ("7/10", Rational(7, 10)),
        ("½", Rational(1, 2)),
        ("1 - 2 - 3", -4),
        ("12/3/2", 2),
        ("-2^2", -4),
        ("2^-2", Rational(1, 4)),
        ("2**3**2", 512),
        ("2^3^2", 512),
        ("-x^2*y", -(x**2) * y),
        ("a*-x", -a * x),
        ("--x", x),
        ("2*x*exp(-x^2)", 2 * x * exp(-(x**2))),
        ("sqrt(2*pi)", sqrt(2 * pi)),
        ("log(x, 2)", log(x) / log(2)),
        ("ln(e)", 1),
        ("5!", 120),
        ("x!", factorial(x)),
        ("oo", oo),
        ("lgamma(x) - psi(x)", loggamma(x) - digamma(x)),
        ("besselk(a, x)", besselk(a, x)),
        ("σ₁² − λ·√(2)", Symbol("sigma_1") ** 2 - Symbol("lam") * sqrt(2)),
        ("√2/2 - √x^2 + √(x + 1)", sqrt(2) / 2 - Symbol("x") + sqrt(Symbol("x") + 1)),
        ("lambda", Symbol("lam")),
        ("x⁻²", x**-2),
        ("((((((x))))))", x),
    ],
)
def test_what_is_written_is_what_is_read(text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("x +", 3, "missing"),
        ("(x", 0, "never closed"),
        ("x)", 1, "closes nothing"),
        ("x y", 2, "products are written with *"),
        ("2x", 1, "products are written with *"),
        ("x $ y", 2, "unexpected character"),
        ("gama(x)", 0, "did you mean"),
        ("exp(x, y)", 0, "takes 1 argument"),
        ("exp(x=2)", 4, "by position"),
        ("1/0", 1, "division by zero"),
        ("0^-1", 1, "division by zero"),
        ("log(0)", 0, "undefined"),
        ("oo - oo", 3, "undefined"),
        ("gamma(-1)", 0, "undefined"),
        ("f(x)", 0, "unknown function"),
        ("__import__('os')", 11, "quoted text"),
        ("x.__class__", 1, "unexpected character"),
        ("lambda: 0", 6, "unexpected"),
        ("x, y", 3, "not a list"),
        ("x := 2", 2, "unexpected"),
        ("1e99999", 0, "exponent"),
        ("x!!!!!!", 6, "too many"),
    ],
)
def test_an_error_points_at_its_place(text: str, position: int, says: str) -> None:
    with pytest.raises(ParseError, match=None) as caught:
        read(text)
    assert says in str(caught.value)
    assert caught.value.position == position


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9",
        "2^(10^9)",
        "(10^9)!",
        "factorial(factorial(100))",
        "((2^1000)^1000)^1000",
        "(sqrt(2)*x)^10000^10000",
        "((sqrt(2)*x)^9999)^9999",
        "(x + 1)^100000",
        "exp(exp(exp(100)))",
        "gamma(10^7)",
        "binomial(10^9, 5*10^8)",
        "zeta(10^6)",
        "harmonic(10^9)",
        "polygamma(10^6, 1/3)",
        "pi^pi^pi^pi^pi^pi",
        "2^exp(exp(50))",
        "(" * 5000 + "x" + ")" * 5000,
        "x" + "^x" * 5000,
        "-" * 5000 + "(" * 100,
        "[" * 5000,
        "{a:" * 5000,
        "1" * 5000,
        "x+" * MAX_LENGTH,
        "f(" * 3000,
        "10^3999*10^3999*10^3999",
    ],
    ids=lambda text: text[:24],
)
def test_a_text_that_would_never_come_back_is_refused_at_once(text: str) -> None:
    with pytest.raises(ParseError):
        read(text)


def test_long_but_flat_texts_are_read() -> None:
    assert read("+".join(["x"] * 4000)) == 4000 * x
    assert read("-" * 5001 + "x") == -x


def test_numbers_are_exact() -> None:
    assert parse("0.1") == Number(Fraction(1, 10), 0)
    assert parse("3.") == Number(Fraction(3), 0)
    assert read("0." + "3" * 300) == Rational("0." + "3" * 300)


def test_calls_keep_names_and_places() -> None:
    tree = parse("Gamma(shape=a, 2)")
    assert isinstance(tree, Call)
    assert tree.arguments[0].name == "shape"
    assert tree.arguments[1] == Argument(None, Number(Fraction(2), 15), 15)


def test_relations_and_assignments() -> None:
    assert parse_relation("alpha > 1").sign == ">"
    assert [name for name, _ in parse_assignments("a = 1/2, b=2")] == ["a", "b"]
    for bad in ("a", "a >", "a > b > c", "> 1"):
        with pytest.raises(ParseError):
            parse_relation(bad)
    for bad in ("a", "a=", "a=1,a=2", "a=1 b=2"):
        with pytest.raises(ParseError):
            parse_assignments(bad)


ALPHABET = st.sampled_from(
    [*"0123456789.xyab()[]{}+-*/^!,:=<>|'\" \tσ₁²½√∞∑é\0\n", "exp", "log", "Normal", "gamma", "**", "oo", "1e9", "__", "lambda", "import"]
)


@given(st.lists(ALPHABET, max_size=30).map("".join))
def test_no_text_does_anything_but_parse_or_raise_parse_error(text: str) -> None:
    try:
        read(text)
    except ParseError as error:
        assert error.position is None or 0 <= error.position <= len(error.text)


@given(st.text(max_size=60))
def test_nor_does_any_unicode_text(text: str) -> None:
    with suppress(ParseError):
        read(text)


def expressions() -> st.SearchStrategy[object]:
    """SymPy expressions that the grammar can express."""
    leaf = st.one_of(
        st.fractions(-20, 20, max_denominator=12).map(lambda f: Rational(f.numerator, f.denominator)),
        st.sampled_from([x, y, a, pi, Symbol("sigma_1", positive=True)]),
    )

    def bigger(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        pair = st.tuples(inner, inner)
        return st.one_of(
            pair.map(lambda p: p[0] + p[1]),
            pair.map(lambda p: p[0] * p[1]),
            pair.filter(lambda p: not p[1].is_zero).map(lambda p: p[0] / p[1]),
            st.tuples(inner, st.sampled_from([2, 3, Rational(1, 2), Rational(-1, 2), Rational(3, 2), a]))
            .filter(lambda p: not p[0].is_zero)
            .map(lambda p: p[0] ** p[1]),
            inner.filter(lambda e: not e.is_zero).map(log),
            inner.map(exp),
            inner.filter(lambda e: e.free_symbols).map(loggamma),
            inner.filter(lambda e: e.free_symbols).map(digamma),
        )

    return st.recursive(leaf, bigger, max_leaves=8)


def plain(expr: object) -> object:
    return expr.xreplace({s: Symbol(s.name) for s in expr.free_symbols})  # type: ignore[attr-defined]


@given(expressions())
def test_what_is_printed_is_read_back(expr: object) -> None:
    """The text and Unicode formats are input syntax too; equality is decided at a rational point."""
    if expr.has(I, oo, zoo, nan):  # type: ignore[attr-defined]
        return
    try:
        again = read(TextPrinter().doprint(expr))
    except ParseError as error:
        assert "too large" in str(error) or "too" in str(error)
        return
    point = {Symbol("x"): Rational(13, 7), Symbol("y"): Rational(3, 11), Symbol("a"): Rational(5, 3), Symbol("sigma_1"): Rational(2, 9)}
    left, right = (plain(e).subs(point).evalf(30) for e in (expr, again))  # type: ignore[attr-defined]
    difference = (left - right).evalf(20, chop=True)
    assert abs(complex(difference)) <= 1e-9 * (1 + abs(complex(left)))


def test_unicode_is_read_back_where_it_uses_operators() -> None:
    s1, s2 = symbols("sigma_1 sigma_2", positive=True)
    shown = UnicodePrinter().doprint(log(s2 / s1))
    assert plain(read(shown)) == plain(log(s2 / s1))


def test_the_recursion_limit_is_not_touched() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(ParseError):
        read("(" * 10_000)
    assert sys.getrecursionlimit() == before
