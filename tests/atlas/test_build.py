"""Building an atlas: complete, deterministic, resumable after a kill at any moment, over any executor."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from sympy import Symbol, sympify

from symkl import families
from symkl.atlas import Statement, build_atlas
from symkl.atlas.storage import sealed
from symkl.errors import DomainError

NAMES = ["Exponential", "Gamma", "Uniform", "Zeta"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(folder: Path) -> dict[str, int]:
    """When each result was written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in sorted(folder.glob("*/*.json"))}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    atlas = build_atlas(folder, families=NAMES, jobs=1)
    assert atlas.is_complete and not atlas.refuted
    return folder


def test_a_file_says_everything_of_its_result(undisturbed: Path) -> None:
    record = json.loads((undisturbed / "Gamma" / "Exponential.json").read_text(encoding="utf-8"))
    assert record["statement"] == "D_KL(Gamma(alpha_1, beta_1) || Exponential(lam_2))"
    assert (record["status"], record["kind"], record["check"]["status"], record["certificate"]) == ("closed", "special", "proved", None)
    assert record["symbols"]["alpha_1"] == {"positive": True}
    assert record["derivation"][0] == "P = Gamma(alpha_1, beta_1)" and len(record["derivation"]) > 8
    assert record["latex"] and record["id"] == Statement("kl", ("Gamma", "Exponential")).id
    expr = sympify(record["expr"], locals={name: Symbol(name, **facts) for name, facts in record["symbols"].items()})
    assert {each.name for each in expr.free_symbols} == {"alpha_1", "beta_1", "lam_2"}


def test_the_index_lists_all(undisturbed: Path) -> None:
    index = json.loads((undisturbed / "index.json").read_text(encoding="utf-8"))
    assert index["measure"] == "kl" and index["counts"]["results"] == 16 == len(index["results"]) and not index["errors"]
    assert sum(index["counts"]["status"].values()) == 16
    for row in index["results"]:
        assert json.loads((undisturbed / row["file"]).read_text(encoding="utf-8"))["id"] == row["id"]
    table = (undisturbed / "index.md").read_text(encoding="utf-8")
    assert "  2 Gamma       SS--\n" in table and "Gamma \\|\\| Exponential | closed | special | proved" in table


def test_an_expectation_that_stays_is_named(tmp_path: Path) -> None:
    atlas = build_atlas(tmp_path, families=["Zeta", "Poisson"], jobs=1)
    records = [json.loads((tmp_path / row.statement.path).read_text(encoding="utf-8")) for row in atlas.rows]
    assert all(bool(record["unreduced"]) is (record["status"] == "semi-closed") for record in records)


def test_entropies(tmp_path: Path) -> None:
    atlas = build_atlas(tmp_path, measure="entropy", families=["Normal", "Gamma"], jobs=1)
    assert atlas.is_complete and (tmp_path / "Normal.json").exists()
    with pytest.raises(DomainError, match="holds the atlas of entropy"):
        build_atlas(tmp_path, families=["Normal"], jobs=1)


def test_jobs_make_no_difference(undisturbed: Path, tmp_path: Path) -> None:
    build_atlas(tmp_path, families=NAMES[::-1], jobs=2)
    assert contents(tmp_path) == contents(undisturbed)


def test_any_executor_serves(undisturbed: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        build_atlas(tmp_path / "threads", families=NAMES[:2], executor=threads)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        build_atlas(tmp_path / "processes", families=NAMES[:2], executor=processes)
    assert contents(tmp_path / "threads") == contents(tmp_path / "processes")
    assert contents(tmp_path / "threads")["Gamma/Exponential.json"] == contents(undisturbed)["Gamma/Exponential.json"]


def test_finished_results_are_kept_and_harmed_ones_made_anew(undisturbed: Path, tmp_path: Path) -> None:
    build_atlas(tmp_path, families=NAMES[:2], jobs=1)
    before = written(tmp_path)
    cut, foreign, old = (tmp_path / "Exponential/Exponential.json", tmp_path / "Gamma/Gamma.json", tmp_path / "Gamma/Exponential.json")
    cut.write_bytes(cut.read_bytes()[:-10])
    foreign.write_bytes((tmp_path / "Exponential/Gamma.json").read_bytes())
    old.write_text(sealed(json.loads(old.read_text(encoding="utf-8")) | {"symkl": "0.0.1"}), encoding="utf-8")
    atlas = build_atlas(tmp_path, families=NAMES[:2], jobs=1)
    assert {str(each) for each in atlas.seconds} == {"Exponential || Exponential", "Gamma || Gamma", "Gamma || Exponential"}
    assert written(tmp_path)["Exponential/Gamma.json"] == before["Exponential/Gamma.json"]
    fine = contents(undisturbed)
    assert all(fine[name] == text for name, text in contents(tmp_path).items() if "/" in name)
    assert not build_atlas(tmp_path, families=NAMES[:2], jobs=1).seconds
    assert len(build_atlas(tmp_path, families=NAMES[:1], jobs=1, fresh=True).seconds) == 1


def test_a_statement_out_of_time_is_an_error_and_never_done(tmp_path: Path) -> None:
    atlas = build_atlas(tmp_path, families=["Gamma"], jobs=1, limit=0.001)
    assert not atlas.is_complete and atlas.rows[0].status == "error" and "time limit" in atlas.rows[0].reason
    assert not list(tmp_path.glob("*/*"))
    assert json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["errors"][0]["families"] == ["Gamma", "Gamma"]
    assert build_atlas(tmp_path, families=["Gamma"], jobs=1).is_complete


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "symkl", "atlas", *map(str, arguments)]


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env=os.environ | environment)


def test_exit_status_and_report(tmp_path: Path) -> None:
    arguments = ("--out", tmp_path, "--families", "Exponential, Zeta", "--jobs", 1)
    done = run(command(*arguments, "--progress"))
    assert done.returncode == 0, done.stderr
    assert "4 statements, 4 of them settled now" in done.stdout and "4/4  100 %" in done.stderr
    late = run(command(*arguments, "--fresh", "--limit", "0.001"))
    assert late.returncode == 3 and "Zeta || Zeta: time limit" in late.stderr
    wrong = run(command("--out", tmp_path, "--families", "Gauss"))
    assert wrong.returncode == 2 and "unknown family 'Gauss'" in wrong.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_any_moment_and_run_again(undisturbed: Path, tmp_path: Path) -> None:
    arguments = command("--out", tmp_path, "--families", ",".join(NAMES), "--jobs", 2)
    moments = random.Random(5)
    for wanted in (1, 6, 11):
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(written(tmp_path)) < wanted and process.poll() is None:
            time.sleep(0.005)
        time.sleep(moments.uniform(0, 0.1))
        process.kill()
        process.wait()
        assert not (tmp_path / "index.json").exists()
    before = written(tmp_path)
    assert 11 <= len(before) < 16
    done = run(arguments)
    assert done.returncode == 0 and f"{16 - len(before)} of them settled now" in done.stdout
    after = written(tmp_path)
    assert {name: after[name] for name in before} == before
    assert contents(tmp_path) == contents(undisturbed)


def test_the_order_of_sets_does_not_show(undisturbed: Path, tmp_path: Path) -> None:
    """The worker fixes PYTHONHASHSEED; a record must be the same without."""
    code = (
        "from symkl.atlas import Statement\nfrom symkl.atlas.record import record_of\nfrom symkl.atlas.storage import sealed\n"
        "for name in ('Gamma', 'Uniform', 'Exponential'):\n    print(sealed(record_of(Statement('kl', ('Uniform', name)))), end='')\n"
    )
    files = "".join((undisturbed / "Uniform" / f"{name}.json").read_text(encoding="utf-8") for name in ("Gamma", "Uniform", "Exponential"))
    for seed in ("1", "2"):
        shown = run([sys.executable, "-c", code], PYTHONHASHSEED=seed)
        assert shown.stdout == files


def test_the_whole_catalogue_is_asked() -> None:
    from symkl.atlas import statements

    assert len(statements()) == len(families()) ** 2 > 6500
