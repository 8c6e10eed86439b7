"""Whatever is typed: one clear error of ours or an answer, soon, and nothing is evaluated as code."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from symkl.cli.given import relations_of, symbols_of
from symkl.cli.laws import LawReader, checked_base, read_expression, read_law, read_relation
from symkl.cli.main import run
from symkl.cli.tables import read_table
from symkl.cli.tokens import tokenize
from symkl.errors import SymklError

PIECES = st.sampled_from(
    [
        "Normal",
        "Gamma(",
        "Finite",
        "Density(",
        "Mixture(",
        "Product(",
        "KL(",
        "H(",
        "E",
        "log",
        "exp",
        "gamma",
        "sqrt",
        "zeta",
        "besseli",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        ":",
        "=",
        "==",
        "**",
        "^",
        "!",
        "..",
        "||",
        "+",
        "-",
        "*",
        "/",
        "<",
        "<=",
        "!=",
        "x",
        "mu",
        "k",
        "alpha",
        "σ₁",
        "π",
        "∞",
        "√",
        "½",
        "²",
        "0",
        "1",
        "2",
        "-1",
        "1/2",
        "0.5",
        "1e3",
        "1e400",
        "9999999999",
        "10^10^10",
        "oo",
        "nan",
        "I",
        "zoo",
        "pi",
        "'os'",
        '"',
        "__import__",
        "lambda",
        "\t",
        "\n",
        "\x00",
        "é",
        "𝒩",
        "⁵",
        "..",
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=10).map(" ".join))
QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(TEXTS)
def test_parsers_answer_or_refuse(text: str) -> None:
    for parse in (tokenize, read_law, read_expression, read_relation, checked_base):
        with contextlib.suppress(SymklError):
            parse(text)
    with contextlib.suppress(SymklError):
        symbols_of([text])
        relations_of([text])


@QUICK
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(str.encode),
        st.lists(st.sampled_from(["1", ",", "\n", '"', "1/0", "x", ";", "-1", "1e9"])).map("".join).map(str.encode),
    )
)
def test_tables_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(content)
    with contextlib.suppress(SymklError):
        for column in read_table(str(path)).columns:
            column.masses()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("eval", "(" * 15_000), "nested"),
        (("eval", "(" * 1_000_000), "characters"),
        (("eval", "-" * 15_000 + "1"), ""),
        (("eval", "-log(2)"), ""),
        (("eval", "-1/2", "--digits", "3"), ""),
        (("eval", "1" + "+1" * 9_000), ""),
        (("eval", "10^10^10"), "too large"),
        (("eval", "2^(2^(2^(2^10)))"), "too large"),
        (("eval", "exp(exp(exp(100)))"), "too large"),
        (("eval", "a\x00b"), "unexpected character"),
        (("eval", "\udcff\udcfe"), "unexpected character"),
        (("eval", "\ud800"), "unexpected character"),
        (("eval", "0/0"), "division by zero"),
        (("eval", "oo - oo"), "undefined"),
        (("eval", "log(0)"), "undefined"),
        (("eval", "zoo"), "complex infinity"),
        (("eval", "I^2"), "imaginary unit"),
        (("eval", "nan"), "not a number"),
        (("kl", "Beta(nan, 1)", "Beta(1, 1)"), "not a number"),
        (("eval", ""), "empty"),
        (("eval", "Normal(0,1) + 1"), "Normal is a law"),
        (("eval", "KL(KL(Normal, Normal), Normal)"), "KL is a measure"),
        (("eval", "x"), "until x is given"),
        (("kl", "Normal(a, 1)", "Normal", "--given", "a > 0", "--given", "a < 0"), "contradictory"),
        (("derive", "Normal", "Normal", "--certify", "0"), "not a number from 1"),
        (("derive", "Normal", "Normal", "--points", "-1"), "not a number from 1"),
        (("kl", "Normal", "Normal", "--digits", "9" * 5000), "not a number of digits"),
        (("kl", "Product(Normal(0,1), Normal(0,1))", "Normal(0,1)"), "2 and 1 coordinates"),
    ],
    ids=lambda each: str(each)[:40].encode("ascii", "replace").decode() if isinstance(each, tuple) else None,
)
def test_nasty_input_gives_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str) -> None:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    if not says:
        assert (status, err) == (0, "")
        return
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert len(err) < 10_000 or "not a number of digits" in err


def test_files_that_are_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    (tmp_path / "nul.csv").write_bytes(b"p,q\n1,\x002\n")
    (tmp_path / "latin.csv").write_bytes(b"p,q\n\xe9,2\n")
    for name, says in (("folder.csv", "directory"), ("nowhere.csv", "No such file"), ("nul.csv", "NUL"), ("latin.csv", "not UTF-8")):
        assert run(["kl", str(tmp_path / name)]) == 2
        err = capsys.readouterr().err
        assert says in err
        assert err.count("\n") == 1


def command(*arguments: str, **options: object) -> subprocess.Popen[str]:
    # A shell may have told its background jobs to ignore the signal.
    start = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from symkl.cli.main import main; sys.exit(main())"
    return subprocess.Popen([sys.executable, "-c", start, *arguments], stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = command("families", "-f", "json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_is_one_line() -> None:
    # A table that never ends, so that it is at work whenever the signal comes.
    process = command("eval", "-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(4)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "symkl: interrupted\n")


def test_readers_of_laws_refuse_what_is_no_name() -> None:
    for text in ("zoo", "nan", "True", "None"):
        with pytest.raises(SymklError):
            LawReader(text, {}).expression(read_tree(text))


def read_tree(text: str) -> object:
    from symkl.cli.grammar import parse

    return parse(text)
