"""How long a derivation takes over the catalogue, and an import.

    python tests/benchmarks/bench_derive.py                 # every ordered pair of families
    python tests/benchmarks/bench_derive.py --sample 200    # some of them

Each pair is derived once in one process that has derived something before, which is what a person at a prompt or in a notebook has.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

from symkl import KL, derive, families

IMPORTS = {
    "import sympy": "import sympy",
    "import symkl": "import symkl",
    "from symkl import kl": "from symkl import kl",
    "from symkl import *": "from symkl import *",
    "symkl --help": "import runpy, sys; sys.argv = ['symkl', '--help']; runpy.run_module('symkl', run_name='__main__')",
}


class Late(Exception):
    """The time limit of a pair has passed."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    def late(*_: Any) -> None:
        raise Late

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def timed(P: Any, Q: Any, limit: float) -> tuple[float, str]:
    """The seconds of a derivation, and its status or what went wrong."""
    start = time.perf_counter()
    try:
        with within(limit):
            status = str(derive(KL(P, Q)).status)
    except Late:
        status = "time limit"
    except Exception as error:  # noqa: BLE001  the sweep goes on, and says what it met
        status = f"{type(error).__name__}: {error}"[:100]
    return time.perf_counter() - start, status


def import_times(repeats: int) -> dict[str, float]:
    """The least of several runs of a fresh interpreter, less that of one that does nothing."""

    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    idle = min(run("pass") for _ in range(repeats))
    return {name: min(run(code) for _ in range(repeats)) - idle for name, code in IMPORTS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="only so many pairs, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="seed of the sample (default: 0)")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds a pair (default: 30)")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each import (default: 5)")
    args = parser.parse_args()
    pairs = list(product(families(), repeat=2))
    if args.sample:
        pairs = random.Random(args.seed).sample(pairs, min(args.sample, len(pairs)))
    derive(KL(*families()[:2])).check()
    found = sorted(((*timed(P, Q, args.limit), f"{P.__name__} || {Q.__name__}") for P, Q in pairs), reverse=True)
    times = [seconds for seconds, _, _ in found]
    finite = [seconds for seconds, status, _ in found if status in ("closed", "semi-closed")]
    print(f"{len(pairs)} pairs: median {1000 * statistics.median(times):.0f} ms, total {sum(times):.0f} s", end="")
    print(f"; {len(finite)} finite: median {1000 * statistics.median(finite):.0f} ms" if finite else "")
    for seconds, status, pair in found[:10]:
        print(f"  {seconds:7.2f} s  {pair}  {status}")
    for _, status, pair in found:
        if status not in ("closed", "semi-closed", "infinite"):
            print(f"  {pair}: {status}")
    measured = import_times(args.repeats)
    for name, seconds in measured.items():
        print(f"{name:22} {1000 * seconds:6.0f} ms  {seconds / measured['import sympy']:.2f} of sympy")


if __name__ == "__main__":
    main()
