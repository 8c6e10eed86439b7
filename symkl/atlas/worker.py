"""The process that settles statements: each in a child of its own, so that one may hang or crash and disturb nothing.

`python -m symkl.atlas.worker` reads a request a line from standard input and writes an answer a line to standard output. The child is
forked from this process, which has everything imported and has settled nothing but a fixed warm-up: no answer depends on what was settled
before it. When standard input ends, whoever asked is gone, and so are worker and child.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TextIO

__all__ = ["Compute", "serve", "settle"]

Compute = Callable[[dict[str, Any]], dict[str, Any]]
FORKS = hasattr(os, "fork")
MEMORY = 4 << 30
GRACE = 10
LONGEST = 500
#: Objects made between two searches for cycles: a statement is soon over, and with it all that it made.
BETWEEN_COLLECTIONS = 100_000


def settle(request: dict[str, Any]) -> dict[str, Any]:
    """The record of the statement of a request."""
    from symkl.atlas.record import Certification, record_of
    from symkl.atlas.statements import Statement

    statement = Statement(request["measure"], tuple(request["families"]))
    certification = Certification(**request["certification"]) if request["certification"] else None
    return record_of(statement, certification)


def warm_up() -> None:
    """Import what every child needs, once; forked children share it."""
    from symkl.families import families

    first, second, *_ = (family.__name__ for family in families())
    _answer(settle, {"measure": "kl", "families": [first, second], "certification": None})
    gc.collect()
    gc.freeze()


def serve(requests: TextIO, answers: TextIO, compute: Compute = settle) -> None:
    """Answer requests until there are no more."""
    for line in iter(requests.readline, ""):
        request = json.loads(line)
        answer = _in_child(compute, request, requests) if FORKS else _answer(compute, request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _answer(compute: Compute, request: dict[str, Any]) -> dict[str, Any]:
    """{"record": …, "seconds": …}, or {"error": …}: whatever is wrong with a statement becomes its row in the atlas."""
    start = time.perf_counter()
    try:
        answer: dict[str, Any] = {"record": compute(request)}
    except Exception as error:  # noqa: BLE001
        answer = {"error": f"{type(error).__name__}: {error}"[:LONGEST]}
    return answer | {"seconds": time.perf_counter() - start}


def _in_child(compute: Compute, request: dict[str, Any], requests: TextIO) -> dict[str, Any]:
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(compute, request, writer))
    child.start()
    writer.close()
    try:
        # Nothing is asked while an answer is awaited: if there is something to read, it is the end of the input.
        ready = wait([reader, requests.fileno()], request["limit"])
        if requests.fileno() in ready:
            sys.exit(1)
        if reader not in ready:
            return {"error": f"time limit of {request['limit']:g} s", "seconds": request["limit"]}
        return json.loads(reader.recv_bytes())
    except EOFError:
        child.join()
        return {"error": f"the process ended with status {child.exitcode}", "seconds": 0.0}
    finally:
        _kill(child)
        reader.close()


def _kill(child: Any) -> None:
    """End the child and whatever it has started."""
    with suppress(ProcessLookupError):  # it may not have come to lead its group yet
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.join()


def _child(compute: Compute, request: dict[str, Any], writer: Connection) -> None:
    import resource

    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Should the worker be killed, nobody is left to watch the time.
    signal.alarm(int(request["limit"]) + GRACE)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    gc.set_threshold(BETWEEN_COLLECTIONS)
    writer.send_bytes(json.dumps(_answer(compute, request)).encode())


def main() -> None:
    # What anything prints must not get among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    sys.set_int_max_str_digits(0)
    warm_up()
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
