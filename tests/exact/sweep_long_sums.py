"""Every lattice family of the catalogue: sums of thousands of terms, taken as integrals, against the same terms added one by one."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import symkl
from symkl.errors import Undecided
from symkl.exact.ball import Ball
from symkl.exact.oracle import enclose_bits, enclose_defining
from symkl.exact.work import TimeUp, limited

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from longsums import MEASURES, MOST, about_mean, direct, head_of, lattice_families, pair, watched

DRAWS = 30


def compared(family: Any, measure: str, rng: random.Random, digits: tuple[int, ...], seconds: float) -> str:
    """What came of one pair of laws with a long sum: "agree", "WRONG", "undecided", "late", or "short" where none was found."""
    for _ in range(DRAWS):
        P, Q = pair(family, rng)
        head = head_of(measure, P, Q)
        enclose_bits.cache_clear()
        begun = time.monotonic()
        with watched() as lengths:
            try:
                with limited(seconds):
                    balls = [enclose_defining(head, n) for n in digits]
            except TimeUp:
                print(f"late {head}", flush=True)
                return "late"
            except Undecided as refusal:
                print(f"undecided {head}: {refusal}", flush=True)
                return "undecided"
        if not lengths or max(lengths) > MOST or not balls[0].is_finite:
            continue
        took = time.monotonic() - begun
        exact = direct(measure, P, Q, about_mean(P), digits[-1])
        if exact is None:
            continue
        value = Ball.from_arb(exact)
        slack = abs(value.lower) / 10 ** (digits[-1] + 10)
        agree = all(ball.lower - slack <= value.upper and value.lower <= ball.upper + slack for ball in balls)
        print(f"{'agree' if agree else 'WRONG'} {head} {max(lengths)} terms, {took:.1f} s", flush=True)
        return "agree" if agree else "WRONG"
    return "short"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--digits", type=int, nargs="+", default=[30, 60])
    parser.add_argument("--family", action="append", help="these families only")
    parser.add_argument("--seconds", type=float, default=120, help="limit of computing time of a pair")
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    for family in lattice_families():
        if asked.family and family.__name__ not in asked.family:
            continue
        for measure in MEASURES:
            rng = random.Random(f"{asked.seed} {family.__name__} {measure}")
            kind = compared(family, measure, rng, tuple(sorted(asked.digits)), asked.seconds)
            tally[kind] += 1
            if kind == "short":
                print(f"short {family.__name__} {measure}", flush=True)
    print(f"symkl {symkl.__version__}:", ", ".join(f"{count} {kind}" for kind, count in sorted(tally.items())))
    return 1 if tally["WRONG"] else 0


if __name__ == "__main__":
    sys.exit(main())
