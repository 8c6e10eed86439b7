"""The worker process: a statement that hangs, crashes or raises is an error of its own, and the next one is answered."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from symkl.atlas.task import Worker

PLANTED = """
import os, subprocess, sys, time
from symkl.atlas.worker import serve

def compute(request):
    what = request["families"][0]
    if what == "hang":
        while True:
            pass
    if what == "nested":
        child = subprocess.Popen(["sleep", "1000"])
        print(child.pid, file=open(request["families"][1], "w"), flush=True)
        child.wait()
    if what == "sleep":
        print(os.getpid(), file=open(request["families"][1], "w"), flush=True)
        time.sleep(1000)
    if what == "crash":
        os._exit(7)
    if what == "raise":
        raise ValueError("planted")
    if what == "deep":
        compute(request)
    if what == "memory":
        return {"size": len(bytearray(8 << 30))}
    if what == "print":
        print("among the answers")
    return {"state": COUNT.append(1) or len(COUNT)}

COUNT = []
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
serve(sys.stdin, answers, compute)
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


def request(*families: str, limit: float = 20.0) -> dict[str, Any]:
    return {"measure": "kl", "families": families, "certification": None, "limit": limit}


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    (tmp_path / "planted_worker.py").write_text(PLANTED)
    monkeypatch.syspath_prepend(tmp_path)
    worker = Worker("planted_worker")
    yield worker
    worker.close()


def has_ended(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.02)
    return False


def pid_in(path: Path) -> int:
    deadline = time.monotonic() + 10
    while not (path.exists() and path.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(path.read_text())


def test_no_answer_depends_on_the_one_before(worker: Worker) -> None:
    assert [worker.ask(request("fine"))["record"] for _ in range(3)] == [{"state": 1}] * 3


@pytest.mark.parametrize(
    "what, error",
    [
        ("hang", "time limit of 0.3 s"),
        ("crash", "the process ended with status 7"),
        ("raise", "ValueError: planted"),
        ("deep", "RecursionError"),
        ("memory", "MemoryError"),
    ],
)
def test_what_goes_wrong_is_an_error_and_the_worker_goes_on(worker: Worker, what: str, error: str) -> None:
    answer = worker.ask(request(what, limit=0.3 if what == "hang" else 20.0))
    assert answer["error"].startswith(error) and "record" not in answer
    assert worker.ask(request("fine"))["record"] == {"state": 1}


def test_what_is_printed_does_not_get_among_the_answers(worker: Worker) -> None:
    assert worker.ask(request("print"))["record"] == {"state": 1}


def test_the_limit_ends_what_the_statement_has_started(worker: Worker, tmp_path: Path) -> None:
    assert "time limit" in worker.ask(request("nested", str(tmp_path / "pid"), limit=1.0))["error"]
    assert has_ended(pid_in(tmp_path / "pid"))


def test_a_worker_that_is_killed_is_replaced(worker: Worker) -> None:
    worker.ask(request("fine"))
    assert worker.process is not None
    worker.process.kill()
    worker.process.wait()
    assert "the worker ended" in worker.ask(request("fine"))["error"]
    assert worker.ask(request("fine"))["record"] == {"state": 1}


def test_worker_and_child_end_with_whoever_asked(worker: Worker, tmp_path: Path) -> None:
    """The asker is killed in the middle of a statement that would never end."""
    script = tmp_path / "asker.py"
    script.write_text(
        "import sys\nsys.path.insert(0, sys.argv[1])\nfrom symkl.atlas.task import Worker\n"
        "worker = Worker('planted_worker')\nworker._running()\nprint(worker.process.pid, flush=True)\n"
        "worker.ask({'families': ['sleep', sys.argv[2]], 'limit': 1000})\n"
    )
    import subprocess

    pid_file = tmp_path / "pid"
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path), str(pid_file)], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    ) as asker:
        assert asker.stdout is not None
        worker_pid, child_pid = int(asker.stdout.readline()), pid_in(pid_file)
        asker.send_signal(signal.SIGKILL)
        asker.wait()
    assert has_ended(worker_pid) and has_ended(child_pid)
