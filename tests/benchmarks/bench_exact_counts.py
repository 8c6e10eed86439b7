"""D(P‖Q) of counts: symkl against a bare python-flint loop, mpmath, SciPy's doubles and naive SymPy; seconds and peak memory.

    python tests/benchmarks/bench_exact_counts.py            # 10² to 10⁶ outcomes, 50 and 1000 digits
    python tests/benchmarks/bench_exact_counts.py --most 7   # to 10⁷, counts streamed from a CSV file as well

Every run is a process of its own, so that memory is its own; the counts are drawn before the clock starts. "uniform" draws counts
from 1 to 10⁶, "zipf" repeats few values as the words of a corpus do. A run that is skipped was hopeless one size earlier.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Pairs = list[tuple[int, int]]
# A peer that took longer than this is not asked for ten times as much.
LIMIT = 60.0


def drawn(kind: str, size: int) -> Iterator[tuple[int, int]]:
    source = random.Random(1)
    for _ in range(size):
        if kind == "uniform":
            yield source.randint(1, 10**6), source.randint(1, 10**6)
        else:
            yield 1 + 10**6 // (1 + source.randrange(size)), 1 + 10**6 // (1 + source.randrange(size))


def symkl(pairs: Pairs, digits: int) -> str:
    from symkl.exact.accumulate import CountedPairs

    return str(CountedPairs().extend(pairs).kl().evaluate(digits))


def symkl_csv(pairs: Pairs, digits: int) -> str:
    from symkl.exact.streams import counted

    return str(counted(str(pairs)).kl().evaluate(digits))


def flint(pairs: Pairs, digits: int) -> str:
    from flint import arb, ctx

    ctx.prec = digits * 3322 // 1000 + 64
    n, m, total = sum(a for a, _ in pairs), sum(b for _, b in pairs), arb(0)
    for a, b in pairs:
        total += a * (arb(a) / b).log()
    return (total / n + (arb(m) / n).log()).str(digits, radius=False)


def mpmath(pairs: Pairs, digits: int) -> str:
    from mpmath import mp

    with mp.workdps(digits + 15):
        n, m = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        return mp.nstr(mp.fsum(a * mp.log(mp.mpf(a) / b) for a, b in pairs) / n + mp.log(mp.mpf(m) / n), digits)


def scipy(pairs: Pairs, digits: int) -> str:
    from scipy.stats import entropy

    return repr(float(entropy([a for a, _ in pairs], [b for _, b in pairs])))


def sympy(pairs: Pairs, digits: int) -> str:
    from sympy import Add, Rational, log

    n, m = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    return str(Add(*(Rational(a, n) * log(Rational(a * m, b * n)) for a, b in pairs)).evalf(digits))


PEERS: dict[str, Callable[[Pairs, int], str]] = {
    "symkl": symkl,
    "symkl csv": symkl_csv,
    "flint": flint,
    "mpmath": mpmath,
    "scipy": scipy,
    "sympy": sympy,
}


def one(peer: str, kind: str, size: int, digits: int) -> None:
    """The run of a child process: time, memory and value as JSON."""
    # Imports and the like are not what is measured.
    PEERS["symkl" if peer == "symkl csv" else peer]([(7, 1), (3, 1)], digits)
    argument: object
    if peer == "symkl csv":
        # Written as they are drawn: they are never in this process's memory at once.
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as table:
            table.write("p,q\n")
            table.writelines(f"{a},{b}\n" for a, b in drawn(kind, size))
        argument = table.name
    else:
        argument = list(drawn(kind, size))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    value = PEERS[peer](argument, digits)  # type: ignore[arg-type]
    seconds = time.process_time() - start
    if peer == "symkl csv":
        Path(str(argument)).unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "before": before // 1024, "peak": peak // 1024, "value": value[:40]}))


def table(most: int, digits_list: list[int], peers: list[str]) -> None:
    print(f"{'counts':>8} {'outcomes':>9} {'digits':>6} {'peer':>10} {'seconds':>9} {'peak MB':>8}  value")
    for kind in ("uniform", "zipf"):
        for digits in digits_list:
            hopeless: set[str] = set()
            for size in (10**k for k in range(2, most + 1)):
                values = {}
                for peer in peers:
                    if peer in hopeless:
                        continue
                    command = [sys.executable, __file__, "--one", peer, kind, str(size), str(digits)]
                    run = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
                    if run.returncode:
                        print(f"{kind:>8} {size:>9} {digits:>6} {peer:>10} failed: {run.stderr.strip().splitlines()[-1]}")
                        hopeless.add(peer)
                        continue
                    found = json.loads(run.stdout)
                    values[peer] = found["value"]
                    print(f"{kind:>8} {size:>9} {digits:>6} {peer:>10} {found['seconds']:9.3f} {found['peak']:8d}  {found['value'][:24]}", flush=True)
                    if found["seconds"] * 10 > LIMIT:
                        hopeless.add(peer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=4, metavar=("PEER", "KIND", "SIZE", "DIGITS"))
    parser.add_argument("--most", type=int, default=6, help="the largest number of outcomes, as a power of ten")
    parser.add_argument("--digits", type=int, nargs="*", default=[50, 1000])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    arguments = parser.parse_args()
    if arguments.one:
        peer, kind, size, digits = arguments.one
        one(peer, kind, int(size), int(digits))
    else:
        table(arguments.most, arguments.digits, arguments.peers)


if __name__ == "__main__":
    main()
