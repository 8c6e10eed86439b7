"""Measures of laws with extreme, nearly equal and boundary parameters, each in a process of its own with a time limit.

A value that is no number, or negative where it cannot be, and a crash are failures; what is undecided or late is counted and shown.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sympy import Integer, Rational

import symkl
from symkl.errors import SymklError
from symkl.families import families

EXPONENTS = (40, 100, 300)
HEADS = ("KL", "KL", "KL", "Entropy", "CrossEntropy", "JensenShannon", "TotalVariation", "Hellinger", "Chi2", "Renyi", "Tsallis")
ORDERS = ("Rational(1, 2)", "2", "Rational(1, 3)")
CHILD = """
import sys
from sympy import Rational
from symkl import *
try:
    value = evaluate(eval(sys.argv[1]), 10)
    kind = "oo" if not value.is_finite else "value" if value.is_rigorous else "estimate"
    low = value.lower if value.is_finite else 0
    print("WRONG" if (low < 0 and "ntropy" not in sys.argv[1]) else kind, value)
except (DomainError, Undecided) as refusal:
    print(type(refusal).__name__, str(refusal)[-200:])
"""


def value_of(parameter: Any, extreme: bool, rng: random.Random) -> Any:
    """A number in the domain of the parameter, or on its edge."""
    domain, power = parameter.domain, 10 ** rng.choice(EXPONENTS)
    plain = Rational(rng.randint(2, 40), rng.randint(3, 12))
    if domain.integer:
        low = int(domain.lower) if domain.lower.is_finite else -5
        return Integer(power if extreme and rng.random() < 0.5 else low + rng.randint(1, 6))
    if domain.lower.is_finite and domain.upper.is_finite:
        share = Rational(rng.randint(1, 11), 12)
        if extreme:
            share = rng.choice([Rational(1, power), 1 - Rational(1, power), share, Integer(0), Integer(1)])
        return domain.lower + (domain.upper - domain.lower) * share
    if domain.lower.is_finite:
        return domain.lower + (rng.choice([plain, Integer(power), Rational(1, power), Integer(1), Rational(1, 2)]) if extreme else plain)
    return rng.choice([plain, Integer(power), Rational(1, power), -Integer(power)]) if extreme else plain - 2


def members(P: Any, Q: Any, rng: random.Random) -> tuple[list[Any], list[Any]]:
    """Parameters of two laws: nearly equal, or one or both extreme."""
    if P is Q and rng.random() < 0.35:
        first = [value_of(p, rng.random() < 0.2, rng) for p in P.parameters]
        second, i = list(first), rng.randrange(len(first))
        second[i] += 1 if P.parameters[i].domain.integer else Rational(1, 10 ** rng.choice((40, 300)))
        return first, second
    return [value_of(p, True, rng) for p in P.parameters], [value_of(p, rng.random() < 0.5, rng) for p in Q.parameters]


def cases(seed: int, count: int) -> Iterator[str]:
    """Texts of measures of two laws on sets of the same kind."""
    rng = random.Random(seed)
    known = sorted((f for f in families() if f.parameters and f.__name__ not in ("Finite", "Categorical")), key=lambda f: f.__name__)
    found = 0
    while found < count:
        P = rng.choice(known)
        Q = P if rng.random() < 0.6 else rng.choice(known)
        first, second = members(P, Q, rng)
        head, order = rng.choice(HEADS), rng.choice(ORDERS)
        try:
            p, q = P(*first), Q(*second)
        except (SymklError, TypeError):
            continue
        if p.support.discrete != q.support.discrete:
            continue
        laws = [f"{law.func.__name__}({', '.join(map(_text, args))})" for law, args in ((p, first), (q, second))]
        extra = [order] if head in ("Renyi", "Tsallis") else []
        found += 1
        yield f"{head}({', '.join([*laws[: 1 if head == 'Entropy' else 2], *extra])})"


def _text(number: Any) -> str:
    return str(number) if number.is_Integer else f"Rational({number.p}, {number.q})"


def _short(text: str) -> str:
    return re.sub(r"([1-9])(0{20,})", lambda m: f"{m[1]}e{len(m[2])}", text)


def outcome(case: str, seconds: float) -> tuple[str, str, str]:
    """(case, kind, what was said)."""
    try:
        done = subprocess.run([sys.executable, "-c", CHILD, case], capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return case, "late", ""
    kind, _, said = done.stdout.strip().partition(" ")
    return (case, kind, said) if kind else (case, "CRASH", done.stderr[-200:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--all", action="store_true", help="show every case")
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    with ThreadPoolExecutor(asked.jobs) as pool:
        for case, kind, said in pool.map(lambda case: outcome(case, asked.seconds), cases(asked.seed, asked.cases)):
            tally[kind] += 1
            if asked.all or kind not in ("value", "oo", "DomainError"):
                print(f"{kind:10} {_short(case)}: {_short(said)}", flush=True)
    print(f"symkl {symkl.__version__}:", ", ".join(f"{count} {kind}" for kind, count in sorted(tally.items())))
    return 1 if tally["WRONG"] or tally["CRASH"] else 0


if __name__ == "__main__":
    sys.exit(main())
