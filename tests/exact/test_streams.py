"""Counts stream from files and iterables, over executors, in one pass; bad input names file, line and column."""

from __future__ import annotations

import io
import os
import random
import signal
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from symkl import DomainError, ParseError
from symkl.errors import SymklError
from symkl.exact import csvblocks, streams
from symkl.exact.accumulate import CountedPairs
from symkl.exact.streams import counted

PAIRS = [(random.Random(1).randrange(0, 50) + i % 7, i % 50 + 1) for i in range(3000)]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(csvblocks, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(streams, "CHUNK", 100)
    path = tmp_path / "counts.csv"
    path.write_text("p,q\n" + "".join(f"{n},{m}\n" for n, m in PAIRS))
    return path


def test_all_ways_count_the_same(table: Path) -> None:
    whole = CountedPairs().extend(PAIRS)
    assert counted(table) == whole
    assert counted(iter(PAIRS)) == whole
    assert counted((Fraction(n), m) for n, m in PAIRS) == whole
    assert counted(table, ("q", "p")) == CountedPairs().extend([(m, n) for n, m in PAIRS])
    assert counted(io.BytesIO(table.read_bytes())) == whole
    with ThreadPoolExecutor(3) as pool:
        assert counted(table, executor=pool) == whole
        assert counted(PAIRS, executor=pool) == whole
    with ProcessPoolExecutor(2) as pool:
        assert counted(table, executor=pool) == whole


def test_progress_is_told(table: Path) -> None:
    told: list[tuple[int, int, int | None]] = []
    counted(table, progress=lambda *state: told.append(state))
    assert told[-1][0] == len(PAIRS)
    assert told[-1][2] == table.stat().st_size
    assert [state[0] for state in told] == sorted(state[0] for state in told)


def slow_and_deadly(block: csvblocks.Block, pairs: CountedPairs | None = None) -> csvblocks.Part:
    marker = Path(os.environ["SYMKL_TEST_MARKER"])
    if pairs is None and block.line > 300 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return csvblocks.count_block(block, pairs)


def test_a_killed_worker_loses_and_doubles_nothing(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYMKL_TEST_MARKER", str(tmp_path / "killed"))
    work = streams._works(table, ())
    work.function = slow_and_deadly
    total = CountedPairs()
    with ProcessPoolExecutor(2) as pool:
        for part in streams._parts(work, total, pool):
            total.merge(part.pairs)
    assert (tmp_path / "killed").exists()
    assert total == CountedPairs().extend(PAIRS)


def test_a_killed_dask_worker_loses_and_doubles_nothing(table: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as cluster,
        distributed.Client(cluster) as client,
    ):
        victims = [worker.pid for worker in cluster.workers.values()]
        killed: list[int] = []

        def kill_one(rows: int, done: int, size: int | None) -> None:
            if rows > 500 and not killed:
                killed.append(victims[0])
                os.kill(victims[0], signal.SIGKILL)

        assert counted(table, executor=client, progress=kill_one) == CountedPairs().extend(PAIRS)
        assert killed


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    path = tmp_path / "counts.parquet"
    parquet.write_table(pyarrow.table({"q": [m for _, m in PAIRS], "p": [n for n, _ in PAIRS], "x": ["a"] * len(PAIRS)}), path)
    assert counted(path, ("p", "q")) == CountedPairs().extend(PAIRS)
    with pytest.raises(DomainError, match="no column 'z'"):
        counted(path, ("p", "z"))
    with pytest.raises(DomainError, match=r"counts\.parquet: row 1, column x: 'a' is not an exact number"):
        counted(path, ("p", "x"))
    parquet.write_table(pyarrow.table({"p": [*range(200), -4, 1], "q": [1] * 202}), path)
    with pytest.raises(DomainError, match=r"counts\.parquet: row 201, column p: -4 is negative"):
        counted(path)
    parquet.write_table(pyarrow.table({"p": [1.0, float("nan")], "q": [1, 1]}), path)
    with pytest.raises(DomainError, match=r"counts\.parquet: row 1, column p: 1\.0 is not an exact number; store doubles as"):
        counted(path)
    parquet.write_table(pyarrow.table({"p": [0, 0], "q": [1, 1]}), path)
    with pytest.raises(DomainError, match=r"counts\.parquet: column p sums to 0"):
        counted(path)
    parquet.write_table(pyarrow.table({"p": [1, None], "q": [1, 1]}), path)
    with pytest.raises(DomainError, match=r"counts\.parquet: row 2, column p: the cell is empty"):
        counted(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DomainError, match=r"counts\.parquet: "):
        counted(path)


def test_parquet_with_outcomes_and_decimals(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    path = tmp_path / "named.parquet"
    half = [Decimal("0.50")] * 2
    parquet.write_table(pyarrow.table({"x": ["a", "b"], "p": [Decimal("0.7"), Decimal("0.3")], "q": half}), path)
    assert str(counted(path).kl()) == "7*log(7)/10 + 3*log(3)/10 - log(5)"
    parquet.write_table(pyarrow.table({"x": ["a", "b"], "p": [Decimal("0.7"), Decimal("0.4")], "q": half}), path)
    with pytest.raises(DomainError, match=r"named\.parquet: column p sums to 11/10; probabilities sum to 1"):
        counted(path)
    parquet.write_table(pyarrow.table({"x": ["a", "b", "a"], "p": [1, 2, 3], "q": [1, 2, 3]}), path)
    with pytest.raises(DomainError, match=r"named\.parquet: row 3, column x: the outcome stands on an earlier row already"):
        counted(path)


@pytest.mark.parametrize(
    ("text", "kl"),
    [
        ("7,1\n3,1\n", "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ("p|q\n7|1\n3|1\n", "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ('outcome|p|q\n5" pipe|7|1\nb|3|1\n', "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ("p;q\n0.7;0.5\n0.3;1/2", "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ("outcome\tp\tq\n\na\t7\t1\n\nb\t3\t1\n\n", "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ('"the outcome",p,q\n"a, with\na break",7,1\nb,"3",1\n', "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ("\ufeffp,q\r\n7,1\r\n3,1\r\n", "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        ("p,q\n1,0\n1,1\n", "oo"),
        ("p,q\n0,5\n4,0.0\n", "oo"),
        ("p,q\n0,0\n4,4\n", "0"),
        (f"p,q\n{'9' * 300},1\n1,1\n", None),
    ],
)
def test_what_is_read(tmp_path: Path, text: str, kl: str | None) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    value = counted(path).kl()
    assert value > 0 if kl is None else str(value) == kl


def test_probabilities_sum_to_one(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("p,q\n0.5,1\n0.6,1\n")
    with pytest.raises(DomainError, match="column p sums to 11/10; probabilities sum to 1"):
        counted(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("p,q\n", "a header and no numbers"),
        ("p,q\n1,2\n3,-4\n", "line 3, column q: -4 is negative"),
        ("p,q\n1,2\n3,nan\n", "line 3, column q: 'nan' is not a number"),
        ("p,q\n1,2\n3,inf\n", "line 3, column q: 'inf' is not a number"),
        ("p,q\n1,2\n3\n", "line 3 has 1 column, not 2: column q is missing"),
        ("p,q\n1,2,3\n4\n5,6\n", "line 2 has 3 columns, not 2: column 3 is one too many"),
        ("p,q\n1,2\n3,\n", "line 3, column q: the cell is empty"),
        ("p,q\n1,2\n3,1_0\n", "line 3, column q: '1_0' is not a number"),
        ("p,q\n1,2\n3,１\n", "line 3, column q: '１' is not a number"),
        ("p,q\n1,2\n3,1/0\n", "line 3, column q: 1/0 divides by zero"),
        ("p,q\n1,1e99999\n", "line 2, column q: the number is too long"),
        (f"p,q\n1,{'9' * 5000}\n", "line 2, column q: the number is too long"),
        ("x,p,q\na,1,2\nb,1,1\na,3,1\n", "line 4, column x: the outcome 'a' stands on line 2 already"),
        ("p,q\n1,2\n__import__('os'),1\n", "line 3, column p"),
        ('p,q\n1,"2\n3,4\n', "line 2, column q: the quote is not closed"),
        ('p,q\n1,2\n"3"x,4\n', "line 3, column p: there is text after the closing quote"),
        ('x,p,q\n"a\nb",1,2\n\nc,"3" ,4\n', "line 5, column p: there is text after the closing quote"),
        ('"p,q\n1,2\n', "line 1, column 1: the quote is not closed"),
        ("1,2,3\n", "two columns of counts are needed, not 3"),
        ("p,q\n0,1\n", "column p sums to 0, so it gives no law"),
        ("p,q\n1,0\n", "column q sums to 0, so it gives no law"),
    ],
)
def test_bad_files_give_one_clear_line(tmp_path: Path, text: str, message: str | None) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(SymklError) as error:
        counted(path).kl()
    if message is not None:
        assert message in str(error.value)
        assert "bad.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_bad_bytes_missing_files_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(b"p,q\n1,2\n\xff,3\n")
    with pytest.raises(ParseError, match="line 3 is not UTF-8"):
        counted(path)
    with pytest.raises(DomainError, match="No such file"):
        counted(tmp_path / "none.csv")
    path.write_text("p,q,p\n1,2,3\n")
    with pytest.raises(DomainError, match="no column 'z'; its columns are p, q, p"):
        counted(path, ("q", "z"))
    with pytest.raises(DomainError, match="two columns are called 'p'"):
        counted(path, ("p", "q"))
    assert counted(path, ("1", "q")).total_p == 1
    path.write_text("p,p\n1,2\n")
    with pytest.raises(DomainError, match="two columns are called 'p'; name it by its number"):
        counted(path)
    assert counted(path, ("1", "2")).total_q == 2
    with pytest.raises(DomainError, match="not an exact number"):
        counted([(0.5, 1)])


def test_a_duplicate_is_found_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvblocks, "BLOCK_BYTES", 200)
    path = tmp_path / "named.csv"
    rows = [f"name{i},1,2\n" for i in range(500)]
    path.write_text("x,p,q\n" + "".join(rows))
    assert counted(path).rows == 500
    path.write_text("x,p,q\n" + "".join([*rows, rows[3]]))
    with pytest.raises(DomainError, match="line 502, column x: the outcome stands on an earlier line already"):
        counted(path)


def test_a_quote_that_is_never_closed_is_found_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvblocks, "BLOCK_BYTES", 1 << 16)
    path = tmp_path / "quote.csv"
    rows = [f"{i},{i + 1}\n" for i in range(400_000)]
    rows[5] = '5,"6\n'
    path.write_text("p,q\n" + "".join(rows))
    start = time.process_time()
    with pytest.raises(ParseError, match=r"quote\.csv: line 7, column q: the quote is not closed"):
        counted(path)
    assert time.process_time() - start < 5


def test_marks_for_inches_are_no_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvblocks, "BLOCK_BYTES", 1000)
    path = tmp_path / "inches.csv"
    path.write_text("x,p,q\n" + "".join(f'{i}{chr(34) * (i == 7)} pipe,{i},1\n' for i in range(2000)))
    assert counted(path).rows == 2000
