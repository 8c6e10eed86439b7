"""Claims that are true of every law although no sum of basic inequalities proves them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from symkl.prove.linear import cone_weights
from symkl.prove.shannon.cone import Basic, basics_of
from symkl.prove.shannon.forms import Form, Problem

__all__ = ["follows_from_zhang_yeung"]

#: Statements of more variables have too many instances.
MANY = 5


def follows_from_zhang_yeung(problem: Problem, target: Form) -> bool:
    """Does target ≥ 0 follow once 2 I(C;D) ≤ I(A;B) + I(A;C,D) + 3 I(C;D|A) + I(C;D|B) (Zhang and Yeung 1998) is allowed too?

    The inequality is cited, not proved here, so what follows is still called undecided; but no counterexample need be sought.
    """
    count = len(problem.names)
    given = [(form if ">" in sign else Form().plus(form, -1), sign) for form, sign in problem.given if sign != "!="]
    if not 4 <= count <= MANY or any(form.has_constant for form, _ in given) or target.number() < 0:
        return False
    basics = [basic.vector for basic in basics_of(sorted(range(1 << count), key=int.bit_count), problem.continuous)]
    instances = list(_instances(count))
    columns = [*basics, *instances, *(form.entropies for form, _ in given)]
    free = frozenset(len(basics) + len(instances) + k for k, (_, sign) in enumerate(given) if sign == "=")
    return cone_weights(target.entropies, columns, free) is not None


def _instances(count: int) -> Iterator[dict[int, Fraction]]:
    """The inequality for every choice of four variables, given any of the others, as a form ≥ 0."""
    for chosen in combinations(range(count), 4):
        others = [1 << i for i in range(count) if i not in chosen]
        for size in range(len(others) + 1):
            for given in combinations(others, size):
                for a, b, c, d in permutations([1 << i for i in chosen]):
                    if c < d:
                        yield _zhang_yeung(a, b, c, d, sum(given))


def _zhang_yeung(a: int, b: int, c: int, d: int, e: int) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    parts = ((1, Basic(a, b, e)), (1, Basic(a, c | d, e)), (3, Basic(c, d, a | e)), (1, Basic(c, d, b | e)), (-2, Basic(c, d, e)))
    for weight, basic in parts:
        for s, v in basic.vector.items():
            total[s] = total.get(s, Fraction(0)) + weight * v
    return {s: v for s, v in total.items() if v}
