"""Every ordered pair of families against the reference numerics, at random members.

    python tests/reference/sweep_all.py [--points 2] [--sample N] [--skip N] [--seed 0] [--limit 60] [--jobs 1] [--semi-closed]

Each generic result, with the numbers of a member put in, and the result derived for that member anew must both agree with quadrature or
summation of the definition to 15 digits; where the numerics say infinite, both must be oo. One line for each disagreement, one of totals.
Exit status 1 if anything disagrees. Points whose quadrature does not settle within the limit are counted, not judged.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import mpmath
from sympy import S, oo

from symkl import KL, Expectation, SymklError, derive, evaluate
from symkl.derive.evaluable import evaluable
from symkl.families import families
from symkl.families.sampling import draw

sys.path.insert(0, str(Path(__file__).parent))
numerics = import_module("numerics")

FAMILIES = {family.__name__: family for family in families()}
DIGITS = 15


class TooLong(Exception):
    pass


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise TooLong

    # Seconds of this process, so that a busy machine changes nothing.
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def parameters(member: Any) -> list[Any]:
    return list(zip(*member.args)) if type(member).__name__ == "Finite" else list(member.args)


def number(expr: Any, semi_closed: bool) -> Any:
    """The value as an mpf, inf, or None where an expectation is left and those are not evaluated."""
    if expr is oo:
        return mpmath.inf
    plain = evaluable(expr)
    if plain.atoms(*_EXPECTATIONS):
        return mpmath.mpf(str(evaluate(expr, 20))) if semi_closed else None
    value = plain.evalf(30)
    return mpmath.inf if value is S.Infinity else mpmath.mpf(str(value.as_real_imag()[0])) if value.is_number else mpmath.nan


def agree(found: Any, expected: Any) -> bool:
    with mpmath.workdps(40):
        if mpmath.isinf(found) or mpmath.isinf(expected):
            return bool(found == expected)
        return bool(abs(found - expected) <= mpmath.mpf(10) ** -DIGITS * (1 + abs(expected)))


def settle(job: tuple[str, str, int, int, float, bool]) -> list[tuple[str, str]]:
    """(outcome, line) for each point of a pair."""
    first, second, points, seed, limit, semi_closed = job
    rng = random.Random(f"{seed} {first} {second}")
    found: list[tuple[str, str]] = []
    try:
        with limited(limit):
            generic = derive(KL(FAMILIES[first], FAMILIES[second]))
    except (SymklError, TooLong) as error:
        return [("not derived", f"{first} || {second}: {type(error).__name__} {error}")]
    for _ in range(points):
        p, q = draw(FAMILIES[first], rng), draw(FAMILIES[second], rng)
        try:
            with limited(limit), mpmath.workdps(30):
                expected = numerics.divergence((first, parameters(p)), (second, parameters(q)))
        except (TooLong, numerics.NotConverged):
            found.append(("numerics did not settle", ""))
            continue
        for way in ("put in", "anew"):
            try:
                with limited(limit):
                    result = derive(KL(p, q)).result if way == "anew" else _put_in(generic, p, q)
                    value = None if result is None else number(result, semi_closed)
            except SymklError as error:
                found.append(("DISAGREES", f"{p} || {q} ({way}): {type(error).__name__} {error}"))
                continue
            except TooLong:
                found.append(("too long", f"{p} || {q} ({way})"))
                continue
            if value is None:
                found.append((f"{way}: not compared", ""))
            else:
                good = agree(value, expected)
                found.append((f"{way}: agrees" if good else "DISAGREES", "" if good else f"{p} || {q} ({way}): {value}, numerics {expected}"))
    return found


def _put_in(generic: Any, p: Any, q: Any) -> Any:
    """The generic result with the numbers of the members; None where a parameter is no symbol."""
    table = {}
    for law, member in zip(generic.head.args[:2], (p, q)):
        if len(law.args) != len(member.args) or not all(symbol.is_Symbol for symbol in law.args):
            return None
        table |= dict(zip(law.args, member.args))
    return generic.result.subs(table, simultaneous=True)


_EXPECTATIONS = (Expectation,)


def swept(settle: Callable[[Any], list[tuple[str, str]]], jobs: list[Any], processes: int, skipped: int = 0) -> int:
    """Settles every pair, prints the lines and the totals, and returns the exit status."""
    counts: Counter[str] = Counter()
    with Pool(processes, maxtasksperchild=200) as pool:
        for done, found in enumerate(pool.imap(settle, jobs), 1):
            counts.update(outcome for outcome, _ in found)
            for outcome, line in found:
                if line:
                    print(f"{outcome}: {line}", flush=True)
            if done % 50 == 0:
                print(f"{skipped + done}/{skipped + len(jobs)} {dict(counts)}", file=sys.stderr, flush=True)
    print(f"{len(jobs)} pairs: {dict(sorted(counts.items()))}")
    return 1 if counts["DISAGREES"] else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=2)
    parser.add_argument("--sample", type=int, default=0, help="only so many pairs, drawn at random")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many pairs, to go on after a break")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for a derivation or a quadrature")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--semi-closed", action="store_true", help="evaluate semi-closed results too")
    arguments = parser.parse_args()
    pairs = [(a, b) for a in FAMILIES for b in FAMILIES]
    if arguments.sample:
        pairs = random.Random(arguments.seed).sample(pairs, arguments.sample)
    pairs = pairs[arguments.skip :]
    jobs = [(a, b, arguments.points, arguments.seed, arguments.limit, arguments.semi_closed) for a, b in pairs]
    sys.exit(swept(settle, jobs, arguments.jobs))


if __name__ == "__main__":
    main()
