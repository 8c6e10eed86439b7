"""The same divergences through symkl and through SymPy, sympy.stats, Maxima, Giac and alkahest.

    python tests/benchmarks/bench_peers.py

prints one table: how many problems each solves correctly within the limit, and in what median time. Each answer is held against the defining
integral or sum, computed by mpmath, at random points. A system that is not installed is reported as absent (Debian: `apt install maxima
maxima-share xcas`; PyPI: `pip install alkahest`). Each problem is asked in a fresh process. Times are of the processor; the start of the process and imports do not count.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mpmath
from peers import SYSTEMS, Answer, System, in_this_process
from problems import Problem, problems, reference

TOLERANCE = 1e-8
OUTCOMES = ("correct", "wrong", "no answer", "time limit")


def outcome(answer: Answer, right: list[mpmath.mpf]) -> str:
    """What the answer is worth: correct at all points, wrong at one, or none."""
    if len(answer.values) != len(right):
        return "time limit" if answer.note == "time limit" else "no answer"
    values = [number(text) for text in answer.values]
    if None in values:
        return "no answer"
    return "correct" if all(abs(value - true) <= TOLERANCE * max(1, abs(true)) for value, true in zip(values, right)) else "wrong"


def number(text: str) -> mpmath.mpc | None:
    """A decimal number in any of the systems' notations, possibly with a rounding error for an imaginary part."""
    found = re.fullmatch(r"\(?([-+]?[\d.]+(?:[eEb][-+]?\d+)?)\)?(?:\s*([-+])\s*([\d.]+(?:[eE][-+]?\d+)?)\s*\*?\s*(?:%?i|I))?", text.strip())
    if found is None:
        return None
    real, sign, imaginary = found.groups()
    return mpmath.mpc(real.replace("b", "e"), f"{sign}{imaginary}" if imaginary else 0)


def run(system: System, asked: list[Problem], right: dict[str, list[mpmath.mpf]], limit: float, verbose: bool) -> Iterator[dict[str, Any]]:
    """A row for each problem."""
    for problem in asked:
        answer = system.solve(problem, limit)
        what = outcome(answer, right[problem.name])
        if verbose:
            print(f"{system.name:12} {problem.name:36} {what:10} {answer.seconds:7.2f} s  {answer.note or answer.text[:60]}", file=sys.stderr)
        yield {"system": system.name, "problem": problem.name, "outcome": what, "seconds": answer.seconds, "answer": answer.text, "note": answer.note}


def table(rows: list[dict[str, Any]], versions: dict[str, str | None], count: int) -> Iterator[str]:
    yield f"{count} divergences"
    yield f"{'system':12} {'version':10} {'correct':>8} {'wrong':>6} {'no answer':>10} {'time limit':>11} {'median time':>12}"
    for name, version in versions.items():
        if version is None:
            yield f"{name:12} {'absent':10}"
            continue
        own = [row for row in rows if row["system"] == name]
        counts = Counter(row["outcome"] for row in own)
        times = [row["seconds"] for row in own if row["outcome"] == "correct"]
        median = f"{1000 * statistics.median(times):9.0f} ms" if times else "-"
        yield f"{name:12} {version:10} {counts['correct']:8} {counts['wrong']:6} {counts['no answer']:10} {counts['time limit']:11} {median:>12}"
    yield "median time: of the problems solved correctly"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds a problem (default: 20)")
    parser.add_argument("--seed", type=int, default=0, help="draws the numbers and the points (default: 0)")
    parser.add_argument("--only", default="", help="problems whose name contains this")
    parser.add_argument("--systems", default="", help="names, with commas between (default: all)")
    parser.add_argument("--rows", type=Path, help="write every answer to this file, as JSON")
    parser.add_argument("--verbose", action="store_true", help="say what each problem came to")
    parser.add_argument("--child", nargs=3, metavar=("SYSTEM", "PROBLEM", "LIMIT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    every = problems(args.seed)
    if args.child:
        name, wanted, limit = args.child
        in_this_process(name, next(problem for problem in every if problem.name == wanted), float(limit))
        return
    asked = [problem for problem in every if args.only in problem.name]
    chosen = [system for system in SYSTEMS if not args.systems or system.name in args.systems.split(",")]
    right = {problem.name: [reference(problem, point) for point in problem.points] for problem in asked}
    versions = {system.name: system.version() for system in chosen}
    rows = [row for system in chosen if versions[system.name] is not None for row in run(system, asked, right, args.limit, args.verbose)]
    if args.rows:
        args.rows.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print("\n".join(table(rows, versions, len(asked))))


if __name__ == "__main__":
    main()
