"""Random statements about entropies, true and false, each with an answer that is known beforehand.

    python tests/prove/sweep_shannon.py [--count 60] [--variables 4 6 9] [--seed 0]

A linear law gives each variable some sums modulo two of independent fair bits: its entropies are ranks. A sum, with random weights, of conditional
informations and entropies that are zero for one such law is a true statement, and tight for that law; hypotheses put others of them to zero, which then
enter with either sign. With 10⁻⁹ of the joint entropy taken away the statement is false; with a hypothesis dropped too, where another linear law shows it.
A true one must be proved and its certificate accepted, a false one refuted.
A line for each that is not; totals with the slowest, in seconds of the processor. Exit status 1 if any is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from symkl.prove import check, prove

#: A joint entropy is a set of variables; an expression is a sum of them with weights.
Expression = Counter[frozenset[int]]


@dataclass(frozen=True)
class Quantity:
    """I(left; right | given), or H(left | given) where right is None."""

    left: frozenset[int]
    right: frozenset[int] | None
    given: frozenset[int]

    def __str__(self) -> str:
        inside = _names(self.left) + (f";{_names(self.right)}" if self.right is not None else "") + (f"|{_names(self.given)}" if self.given else "")
        return f"{'H' if self.right is None else 'I'}({inside})"

    def entropies(self) -> Expression:
        right = self.left if self.right is None else self.right
        found: Expression = Counter()
        for part, weight in ((self.left | self.given, 1), (right | self.given, 1), (self.left | right | self.given, -1), (self.given, -1)):
            found[part] += weight
        return found


def _names(variables: frozenset[int]) -> str:
    return ",".join(f"X{i}" for i in sorted(variables))


class LinearLaw:
    """Variables that are tuples of sums modulo two of fair bits; a row is a set of bits."""

    def __init__(self, size: int, rng: random.Random) -> None:
        bits = rng.randint(2, size + 1)
        self.rows = [[rng.getrandbits(bits) for _ in range(rng.choice((0, 1, 1, 1, 2)))] for _ in range(size)]

    def entropy(self, variables: frozenset[int]) -> int:
        """The rank of the rows, in bits."""
        basis: list[int] = []
        for row in (row for i in variables for row in self.rows[i]):
            for other in basis:
                row = min(row, row ^ other)
            if row:
                basis.append(row)
        return len(basis)

    def value(self, expression: Expression) -> Fraction:
        return sum((Fraction(weight) * self.entropy(part) for part, weight in expression.items()), Fraction(0))


def drawn(size: int, rng: random.Random) -> Quantity:
    """A random conditional information or entropy of nonempty, disjoint sets."""
    while True:
        parts: list[set[int]] = [set(), set(), set(), set()]
        for i in range(size):
            parts[rng.choice((0, 1, 2, 3, 3))].add(i)
        left, right, given, _ = map(frozenset, parts)
        if left and right:
            return Quantity(left, None if rng.random() < 0.25 else right, given)


def vanishing(law: LinearLaw, size: int, count: int, rng: random.Random) -> list[Quantity]:
    found: list[Quantity] = []
    for _ in range(400):
        quantity = drawn(size, rng)
        if len(found) < count and quantity not in found and law.value(quantity.entropies()) == 0:
            found.append(quantity)
    return found


def text(terms: list[tuple[Fraction, str]]) -> str:
    """A sum of terms with positive weights."""
    return " + ".join(name if weight == 1 else f"{weight} {name}" for weight, name in terms if weight) or "0"


def statement(expression: Expression, taken: list[tuple[Fraction, str]]) -> str:
    """0 <= expression − taken, each joint entropy on the side where its weight is positive."""
    parts = sorted((sorted(part), part) for part, weight in expression.items() if part and weight)
    left = [(Fraction(-expression[part]), f"H({_names(part)})") for _, part in parts if expression[part] < 0]
    right = [(Fraction(expression[part]), f"H({_names(part)})") for _, part in parts if expression[part] > 0]
    return f"{text(left + taken)} <= {text(right)}"


def combined(weighted: list[tuple[Fraction, Quantity]]) -> Expression:
    total: Expression = Counter()
    for weight, quantity in weighted:
        for part, times in quantity.entropies().items():
            total[part] += weight * times  # type: ignore[assignment]
    return total


def cases(size: int, rng: random.Random) -> list[tuple[str, list[str], bool]]:
    """A true statement and the false ones made of it, tight for a law that all hypotheses hold for."""
    everything = frozenset(range(size))
    while True:
        law = LinearLaw(size, rng)
        terms = vanishing(law, size, rng.randint(1, 12), rng)
        if terms and law.entropy(everything):
            break
    cut = rng.randint(0, min(4, len(terms) - 1))
    given, positive = terms[:cut], terms[cut:]
    weighted = [(Fraction(rng.randint(1, 5), rng.choice((1, 1, 2, 3))), quantity) for quantity in positive]
    weighted += [(Fraction(rng.choice((-3, -2, -1, 1, 2))), quantity) for quantity in given]
    expression, hypotheses = combined(weighted), [f"{quantity} = 0" for quantity in given]
    joint = f"H({_names(everything)})"
    found = [(statement(expression, []), hypotheses, True), (statement(expression, [(Fraction(1, 10**9), joint)]), hypotheses, False)]
    for dropped in range(len(given)):
        rest = given[:dropped] + given[dropped + 1 :]
        others = (LinearLaw(size, rng) for _ in range(60))
        if any(other.value(expression) < 0 and all(other.value(each.entropies()) == 0 for each in rest) for other in others):
            found.append((statement(expression, []), [f"{each} = 0" for each in rest], False))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60, help="true statements for each number of variables (default: 60)")
    parser.add_argument("--variables", type=int, nargs="+", default=[4, 6, 9])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    for claim, given, _ in cases(4, random.Random(arguments.seed)):
        prove(claim, given=given)  # Imports do not count.
    wrong = 0
    for size in arguments.variables:
        rng = random.Random(f"{arguments.seed} {size}")
        right: Counter[str] = Counter()
        slowest = {"proved": 0.0, "refuted": 0.0}
        for _ in range(arguments.count):
            for claim, given, true in cases(size, rng):
                start = time.process_time()
                verdict = prove(claim, given=given)
                seconds = time.process_time() - start
                expected = "proved" if true else "refuted"
                accepted = verdict.certificate is not None and check(verdict.certificate).is_proved
                if verdict.status != expected or not accepted:
                    wrong += 1
                    print(f"{verdict.status}, not {expected}{'' if accepted else ', certificate not accepted'}: {claim}  given {given}")
                right[expected] += verdict.status == expected
                right[f"all {expected}"] += 1
                slowest[expected] = max(slowest[expected], seconds)
        print(
            f"{size} variables: {right['proved']} of {right['all proved']} true ones proved (slowest {slowest['proved']:.3f} s), "
            f"{right['refuted']} of {right['all refuted']} false ones refuted (slowest {slowest['refuted']:.3f} s)"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
