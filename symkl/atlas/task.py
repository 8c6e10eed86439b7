"""The task an executor runs: one statement handed to a worker process and awaited.

The worker, not the executor's thread or process, does the work: it can be killed at a time limit without breaking the executor, and it ends
when the executor does. So any executor serves: threads, processes, a Dask cluster's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

__all__ = ["Worker", "ask"]

MODULE = "symkl.atlas.worker"
#: SymPy remembers a thousand results of a function; a large pair asks for more of them again.
CACHE_SIZE = "20000"
#: A worker may need this long to start.
GRACE = 60


class Worker:
    """A worker process, started when first asked and again whenever it has ended."""

    def __init__(self, module: str = MODULE) -> None:
        self.module = module
        self.process: subprocess.Popen[str] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request; the end of the worker is an error of the statement it was at."""
        start = time.perf_counter()
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        # The worker watches the time itself; this is for a worker that cannot.
        watch = threading.Timer(request["limit"] + GRACE, process.kill)
        watch.start()
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watch.cancel()
        if line:
            return json.loads(line)
        self.close()
        return {"error": f"the worker ended with status {process.returncode}", "seconds": time.perf_counter() - start}

    def _running(self) -> subprocess.Popen[str]:
        if self.process is None:
            path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                # A fixed seed makes an atlas the same even if an order of a set should slip into a result.
                env={"SYMPY_CACHE_SIZE": CACHE_SIZE} | os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
            )
        return self.process

    def close(self) -> None:
        """End the process: it sees its input end."""
        if self.process is not None:
            assert self.process.stdin is not None and self.process.stdout is not None
            with suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
            self.process = None

    def __del__(self) -> None:
        self.close()


class _Workers(threading.local):
    """One worker for each thread that runs tasks; it ends with the thread."""

    def __init__(self) -> None:
        self.worker = Worker()


_WORKERS = _Workers()


def ask(request: dict[str, Any]) -> dict[str, Any]:
    """Have the request answered by this thread's worker."""
    return _WORKERS.worker.ask(request)
