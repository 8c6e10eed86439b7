"""CSV files: every cell exact, every fault named by file, line and column."""

from __future__ import annotations

import gzip
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from symkl.cli.main import run
from symkl.cli.tables import is_table, read_table
from symkl.errors import DomainError, ParseError


def written(folder: Path, text: str, name: str = "t.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "columns", "masses"),
    [
        ("p,q\n7,1\n3,1\n", (), [["7/10", "3/10"], ["1/2", "1/2"]]),
        ("7,1\n3,1\n", (), [["7/10", "3/10"], ["1/2", "1/2"]]),
        ("word;p;q\na;7;1\nb;3;1\n", (), [["7/10", "3/10"], ["1/2", "1/2"]]),
        ("p,q\n0.7,1/2\n0.3,1/2\n", ("q", "p"), [["1/2", "1/2"], ["7/10", "3/10"]]),
        ("p,q\n7e2,1\n300,1\n", ("1",), [["7/10", "3/10"]]),
        ("p,q\n\n7,1\n\n3,1\n\n", ("p",), [["7/10", "3/10"]]),
        ('"p","q"\n" 7 ","1"\n3,1', ("p",), [["7/10", "3/10"]]),
        ("\ufeffp,q\n7,1\n3,1\n", ("p",), [["7/10", "3/10"]]),
        ("p\r\n7\r\n3\r\n", (), [["7/10", "3/10"]]),
        ("p\n0\n3\n", (), [["0", "1"]]),
        ("p\n" + "1" * 300 + "\n" + "1" * 300 + "\n", (), [["1/2", "1/2"]]),
    ],
)
def test_tables_are_read_exactly(tmp_path: Path, text: str, columns: tuple[str, ...], masses: list[list[str]]) -> None:
    table = read_table(written(tmp_path, text), columns)
    assert [column.masses() for column in table.columns] == [[Fraction(value) for value in column] for column in masses]


YEARS, BOTH = "w,2020,2021\nthe,3,4\ncat,1,2\n", "2020,2021\n3,4\n5,6\n"


@pytest.mark.parametrize(
    ("text", "columns", "divergence", "said"),
    [
        (YEARS, "2,3", "7*log(3)/4 - 11*log(2)/4", "taken for a header"),
        (YEARS, "2020,2021", "7*log(3)/4 - 11*log(2)/4", ""),
        (YEARS.replace("w", ""), "", "7*log(3)/4 - 11*log(2)/4", "taken for a header"),
        (YEARS.replace("w,2020,2021", ",0,1"), "", "7*log(3)/4 - 11*log(2)/4", "taken for a header"),
        ("w,1,2020\nthe,3,4\n", "", None, ""),
        ("p,2020\n7,1\n3,1\n", "", "7*log(7)/10 + 3*log(3)/10 - log(5)", "taken for a header"),
        ("the,7,1\ncat,3,1\n", "", "7*log(7)/10 + 3*log(3)/10 - log(5)", ""),
        ("2,1\n3,4\n", "2,1", None, ""),
        (BOTH, "", None, "--columns 2020,2021 says so"),
        (BOTH, "2020,2021", "13*log(5)/8 - log(3)/4 - 27*log(2)/8", ""),
        ("2020,2021\n2022,2024\n", "", None, ""),
        ("# of x, y\n#\n\nw,p,q\nthe,3,4\ncat,1,2\n", "p,q", "7*log(3)/4 - 11*log(2)/4", ""),
        ("#p,q\n3,4\n1,2\n", "#p,q", "7*log(3)/4 - 11*log(2)/4", ""),
        ("# by hand\n3,4\n1,2\n", "", "7*log(3)/4 - 11*log(2)/4", ""),
    ],
)
@pytest.mark.parametrize("command", ["eval", "kl"])
def test_what_the_first_line_is(text: str, columns: str, divergence: str | None, said: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, text)
    options = [*(["--columns", columns] if columns else []), *(["--exact"] if command == "eval" else [])]
    assert run([command, path, *options]) == 0
    out, err = capsys.readouterr()
    assert divergence in (None, out.strip())
    assert said in err and err.count("\n") == bool(said)


@pytest.mark.parametrize("command", ["eval", "kl"])
def test_lines_are_counted_with_the_comments(command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for text, line in (("# a\n\nw,p,q\nthe,3,4\ncat,1,x\n", "line 5, column q"), ("w,p,q\nthe,3\ncat,1,2\n", "line 2 has 2 columns, not 3")):
        assert run([command, written(tmp_path, text)]) == 2
        assert line in capsys.readouterr().err


def test_labels_and_tabs(tmp_path: Path) -> None:
    (column,) = read_table(written(tmp_path, "x\tp\na\t1\nb\t3\n", "t.tsv")).columns
    assert column.labels == ["a", "b"]
    assert column.name == "p"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("p,q\n7,1\n3,x\n"))
    with pytest.raises(ParseError, match="standard input: line 3, column q: 'x' is not a number"):
        read_table("-")


@pytest.mark.parametrize(
    ("text", "columns", "kind", "says"),
    [
        ("p,q\n7,1\n3,x\n", (), ParseError, "line 3, column q: 'x' is not a number"),
        ("p,q\n7,1\nnan,1\n", (), ParseError, "line 3, column p: 'nan' is not a number"),
        ("p,q\n7,1\ninf,1\n", (), ParseError, "line 3, column p"),
        ("p,q\n7,1\n3,\n", (), ParseError, "line 3, column q: the cell is empty"),
        ("p,q\n7,1\n-3,1\n", (), DomainError, "line 3, column p: -3 is negative"),
        ("p,q\n7,1\n3\n", (), ParseError, "line 3 has 1 columns, not 2"),
        ("p,q\n7,1\n3,1,4\n", (), ParseError, "line 3 has 3 columns"),
        ("p,q\n7,1/0\n", (), DomainError, "divides by zero"),
        ("p,q\n1e99999,1\n", (), ParseError, "too long"),
        ("p,q\n" + "1" * 5000 + ",1\n", (), ParseError, "too long"),
        ("x,p\na,1\na,2\n", (), DomainError, "line 3, column x: the outcome 'a' stands on line 2 already"),
        ("p,q\n7,1\n", ("r",), DomainError, "no column 'r'; its columns are p, q"),
        ("7,1\n", ("3",), DomainError, "2 columns and no header"),
        ("p,p\n7,1\n", ("p",), DomainError, "two columns are called"),
        ("", (), DomainError, "is empty"),
        ("\n\n", (), DomainError, "is empty"),
        ("p,q\n", (), DomainError, "holds no numbers"),
        ('p,q\n"7,1\n3,1\n', (), ParseError, "line"),
        ("p,q\n٣,1\n", ("p",), ParseError, "is not a number"),
    ],
)
def test_faults_are_named_by_line_and_column(tmp_path: Path, text: str, columns: tuple[str, ...], kind: type[Exception], says: str) -> None:
    with pytest.raises(kind) as caught:
        read_table(written(tmp_path, text), columns)
    assert says in str(caught.value)
    assert "t.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("text", "says"), [("p\n0\n0\n", "sums to 0"), ("p\n0.5\n0.4\n", "sums to 9/10")])
def test_sums_that_give_no_law(tmp_path: Path, text: str, says: str) -> None:
    (column,) = read_table(written(tmp_path, text)).columns
    with pytest.raises(DomainError, match=says):
        column.masses()


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"p,q\n7,\xff\n")
    with pytest.raises(ParseError, match="not UTF-8"):
        read_table(str(path))


def test_what_counts_as_a_table() -> None:
    assert is_table("counts.CSV")
    assert is_table("-")
    assert not is_table("Normal(0, 1)")
    assert not is_table("7/10, 3/10")


def test_rounded_probabilities_are_normalised_where_that_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "rounded.csv"
    path.write_text("p,q\n0.33,0.5\n0.66,0.5\n", encoding="utf-8")
    for command in ("eval", "kl"):
        assert run([command, str(path)]) == 2
        assert "sums to" in capsys.readouterr().err
    for command in ("eval", "kl"):
        assert run([command, str(path), "--normalise", *(["--exact"] if command == "eval" else [])]) == 0
        assert capsys.readouterr().out.strip() == "5*log(2)/3 - log(3)"
    for arguments in (["kl", "1/2,1/2", "1/3,2/3"], ["eval", "KL([1/2,1/2],[1/3,2/3])"]):
        assert run([*arguments, "--normalise"]) == 2
        assert "--normalise needs a CSV file" in capsys.readouterr().err


def test_a_first_column_that_holds_no_number_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("p,q\nnan,1\n3,3\n", encoding="utf-8")
    assert run(["eval", str(path)]) == 2
    assert "line 2, column p: 'nan' is not a number" in capsys.readouterr().err
    assert run(["kl", str(path)]) == 2
    assert "'nan' is not a number" in capsys.readouterr().err


@pytest.mark.parametrize("rows", [3, 20, 400])
def test_tables_go_the_exact_way_whatever_is_asked_of_them(rows: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("p,q\n" + "".join(f"{7919 * i % 10007},{104729 * i % 9973}\n" for i in range(1, rows + 1)))
    assert run(["eval", str(path), "--exact"]) == 0
    exact = capsys.readouterr().out
    assert run(["kl", str(path)]) == 0
    assert capsys.readouterr().out == exact
    assert run(["kl", str(path), "--format", "python"]) == 0
    space: dict[str, Any] = {}
    exec(compile(capsys.readouterr().out, "<generated>", "exec"), space)  # noqa: S102
    assert run(["eval", str(path)]) == 0
    assert float(space["kl"]()) == pytest.approx(float(capsys.readouterr().out), rel=1e-9)


def test_the_derivation_of_a_table_is_not_rearranged_beyond_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("".join(f"{7919 * i % 10007},{104729 * i % 9973}\n" for i in range(1, 61)))
    assert run(["derive", str(path)]) == 0
    assert "check: proved" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("eval", "--columns", "p,q"), ("entropy", "--columns", "p"), ("kl", "--columns", "p,q")])
def test_compressed_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]) -> None:
    plain, packed = tmp_path / "table.csv", tmp_path / "table.csv.gz"
    plain.write_bytes(b"x,p,q\na,3,1\nb,7,9\n")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    answers = []
    for path in (plain, packed):
        assert run([command[0], str(path), *command[1:]]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b"x,p,q\n" + b"".join(b"%d,%d,%d\n" % (i, i * 7919 % 1000 + 1, i * 31 % 77 + 1) for i in range(5000)))[:9000], "cut short"),
        (b"x,p,q\na,3,1\nb,7,9\n", "no gzip file"),
        (gzip.compress(b"x,p,q\na,3,1\nb,-7,9\n"), "line 3, column p: -7 is negative"),
    ],
    # Named, for gzip writes the time of packing and workers must agree on the names of the tests.
    ids=["cut short", "not packed", "negative count"],
)
@pytest.mark.parametrize("command", ["eval", "kl"])
def test_compressed_tables_that_are_broken(capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, message: str, command: str) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(data)
    assert run([command, str(path), "--columns", "p,q"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1 and str(path) in shown.err and message in shown.err
