"""Comparisons of nearly equal divergences of random rational laws, each with an order that is known beforehand.

    python tests/exact/sweep_comparisons.py [--count 10000] [--seed 0]

A pair (P, Q) is compared with itself after: relabelling the outcomes (equal); swapping the places of two outcomes of both (equal);
refining an outcome, split in both in the same ratio (equal) or in different ones (greater, by the log-sum inequality); moving
10^-500 of P's or Q's mass from one outcome to another (the sign of the derivative, or greater where it is zero, by strict
convexity). A line for each comparison decided wrongly, one of totals with the slowest. Exit status 1 if any is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from sympy import Rational

from symkl import Finite, kl

#: (P, Q), as lists of masses, and −1, 0 or 1: whether the divergence of the original is smaller than, equal to or greater than theirs.
Law = list[Fraction]
Changed = tuple[Law, Law, int]
TINY = Fraction(1, 10**500)


def law(rng: random.Random, size: int, largest: int) -> Law:
    weights = [rng.randint(1, largest) for _ in range(size)]
    return [Fraction(each, sum(weights)) for each in weights]


def relabelled(P: Law, Q: Law, rng: random.Random) -> Changed:
    order = rng.sample(range(len(P)), len(P))
    return [P[i] for i in order], [Q[i] for i in order], 0


def swapped(P: Law, Q: Law, rng: random.Random) -> Changed:
    i, j = rng.sample(range(len(P)), 2)
    P, Q = list(P), list(Q)
    P[i], P[j], Q[i], Q[j] = P[j], P[i], Q[j], Q[i]
    return P, Q, 0


def refined(P: Law, Q: Law, rng: random.Random) -> Changed:
    i = rng.randrange(len(P))
    t, u = (Fraction(rng.randint(1, 10**6), 10**6 + 3) for _ in range(2))
    if rng.random() < 0.5:
        u = t
    elif rng.random() < 0.5:
        u = t * (1 - TINY)
    return [*P[:i], P[i] * t, *P[i + 1 :], P[i] * (1 - t)], [*Q[:i], Q[i] * u, *Q[i + 1 :], Q[i] * (1 - u)], -(t != u)


def perturbed_first(P: Law, Q: Law, rng: random.Random) -> Changed:
    i, j = rng.sample(range(len(P)), 2)
    slope = P[i] * Q[j] - P[j] * Q[i]
    return _moved(P, i, j), Q, -1 if slope >= 0 else 1


def perturbed_second(P: Law, Q: Law, rng: random.Random) -> Changed:
    i, j = rng.sample(range(len(P)), 2)
    slope = P[j] / Q[j] - P[i] / Q[i]
    return P, _moved(Q, i, j), -1 if slope >= 0 else 1


def _moved(P: Law, i: int, j: int) -> Law:
    P = list(P)
    P[i], P[j] = P[i] + TINY, P[j] - TINY
    return P


CHANGES: tuple[Callable[[Law, Law, random.Random], Changed], ...] = (relabelled, swapped, refined, perturbed_first, perturbed_second)


def compared(one: tuple[Law, Law], other: tuple[Law, Law]) -> tuple[int, float]:
    """−1, 0 or 1 as D(one) is less than, equal to or greater than D(other), and the seconds it took from the laws on."""
    start = time.perf_counter()
    left, right = (kl(*(Finite([Rational(mass) for mass in each]) for each in pair)) for pair in (one, other))
    less, equal, greater = bool(left < right), bool(left == right), bool(left > right)
    if less + equal + greater != 1:
        raise AssertionError(f"{less}, {equal} and {greater} of {left} and {right}")
    return greater - less, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    slowest = 0.0
    for number in range(arguments.count):
        rng = random.Random(f"comparisons {arguments.seed} {number}")
        size, largest = rng.randint(2, 20), rng.choice((10, 1000, 10**6, 10**30))
        P, Q = law(rng, size, largest), law(rng, size, largest)
        change = CHANGES[number % len(CHANGES)]
        first, second, expected = change(P, Q, rng)
        found, seconds = compared((P, Q), (first, second))
        slowest = max(slowest, seconds)
        counts[f"{change.__name__}: {'right' if found == expected else 'WRONG'}"] += 1
        if found != expected:
            print(f"WRONG: comparison {number} ({change.__name__}) gave {found}, not {expected}", flush=True)
    print(f"{arguments.count} comparisons: {dict(sorted(counts.items()))}; slowest {slowest:.3f} s")
    sys.exit(1 if any("WRONG" in each for each in counts) else 0)


if __name__ == "__main__":
    main()
