"""The polymatroid cone, seen on the lattice of sets that a statement speaks of.

A function that is submodular (and monotone in the discrete variables) on a lattice of sets extends to all sets, so a
statement is a consequence of the basic inequalities exactly when it is one of those between the sets of its lattice:
the unions and intersections of the sets it names. Few sets, short proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from symkl.prove.linear import cone_weights
from symkl.prove.shannon.forms import Form, Problem

#: A lattice of at most this many sets gives a proof that can be read.
FEW = 48
#: A larger lattice than this (ten variables in every way) is not tried.
MANY = 1100
PLUS, MINUS = Fraction(1), Fraction(-1)

__all__ = ["Basic", "Combination", "basics_of", "combination", "lattice"]


@dataclass(frozen=True)
class Basic:
    """I(A; B|C) ≥ 0, or H(A|C) ≥ 0 where B is 0; disjoint sets as bit masks."""

    a: int
    b: int
    c: int

    @property
    def vector(self) -> dict[int, Fraction]:
        terms = [(self.a | self.c, PLUS), (self.c, MINUS)]
        if self.b:
            terms += [(self.b | self.c, PLUS), (self.a | self.b | self.c, MINUS)]
        return {s: v for s, v in terms if s}


@dataclass(frozen=True)
class Combination:
    """target = Σ weight · basic + Σ weight · hypothesis + a number ≥ 0."""

    basics: tuple[tuple[Fraction, Basic], ...]
    hypotheses: tuple[tuple[Fraction, int], ...]
    rest: Form


def lattice(sets: Iterable[int], limit: int = 1100) -> list[int] | None:
    """All unions and intersections of the sets, with the empty one, by increasing size; None if there are more than `limit`."""
    found = {0}
    queue = sorted(set(sets))
    while queue:
        if len(found) > limit:
            return None
        new = queue.pop()
        if new in found:
            continue
        queue += sorted({m for each in found for m in (each | new, each & new)} - found - {new})
        found.add(new)
    return sorted(found, key=lambda s: (s.bit_count(), s))


def basics_of(sets: Sequence[int], continuous: int) -> list[Basic]:
    """The basic inequalities between the sets of a lattice from which all others follow."""
    covers: dict[int, list[int]] = {s: _covers(s, sets) for s in sets}
    found = [Basic(a & ~low, b & ~low, low) for low in sets for a, b in combinations(covers[low], 2)]
    steps: dict[int, list[int]] = {}
    for low in sets:
        for high in covers[low]:
            if not (high & ~low) & continuous:
                steps.setdefault(high & ~low, []).append(low)
    # By submodularity an increment shrinks as its condition grows, so the largest conditions are enough.
    found += [
        Basic(block, 0, low) for block, lows in steps.items() for low in lows if continuous or not any(low & each == low != each for each in lows)
    ]
    return found


def _covers(low: int, sets: Sequence[int]) -> list[int]:
    """The minimal sets of the lattice strictly above `low`."""
    found: list[int] = []
    for high in sets:  # by size, so a set that contains an earlier find is not minimal
        if high != low and high & low == low and not any(high & each == each for each in found):
            found.append(high)
    return found


def combination(problem: Problem, target: Form, *, strict: bool = False, margin: Fraction = Fraction(0), thorough: bool = True) -> Combination | None:
    """A proof of target ≥ 0 (> 0 if strict) from the basic inequalities and the problem's hypotheses.

    The search aims at target − margin, so that rounding cannot spoil what has room. Where the statement speaks of many
    sets, a search that is not `thorough` looks only along the chain of its variables.
    """
    given = [(form if ">" in sign else Form().plus(form, -1), sign) for form, sign in problem.given if sign != "!="]
    named = [*target.entropies, *(s for form, _ in given for s in form.entropies)]
    small = lattice(named, FEW)
    if small is None:  # a proof along the chain of the variables reads better than one through all sets
        chained = _along_chain(named, len(problem.names))
        found = _weighed(target, given, _between(chained, problem.continuous), strict, margin)
        if found is not None or not thorough:
            return found
    sets = small or lattice(named, MANY)
    if sets is None:
        return None
    return _weighed(target, given, basics_of(sets, problem.continuous), strict, margin)


def _weighed(target: Form, given: Sequence[tuple[Form, str]], basics: list[Basic], strict: bool, margin: Fraction) -> Combination | None:
    columns = [basic.vector for basic in basics] + [form.entropies for form, _ in given]
    free = frozenset(len(basics) + k for k, (_, sign) in enumerate(given) if sign == "=")
    constants = target.has_constant or any(form.has_constant for form, _ in given) or strict
    slack = (target.near() - margin, [Fraction(0)] * len(basics) + [form.near() for form, _ in given]) if constants else None

    def rest_of(weights: Sequence[Fraction]) -> Form:
        rest = Form(logs=target.logs, rational=target.rational)
        for y, (form, _) in zip(weights[len(basics) :], given):
            rest = rest.plus(Form(logs=form.logs, rational=form.rational), -y)
        return rest

    def right(weights: Sequence[Fraction]) -> bool:
        gained = any(y and sign in "<>" for y, (_, sign) in zip(weights[len(basics) :], given))
        return number_sign(rest_of(weights)) >= (1 if strict and not gained else 0)

    weights = cone_weights(target.entropies, columns, free, slack=slack, slack_is_right=right)
    if weights is None or not right(weights):
        return None
    return Combination(
        tuple(merged([(y, basic) for y, basic in zip(weights, basics) if y])),
        tuple((y, k) for k, y in enumerate(weights[len(basics) :]) if y),
        rest_of(weights),
    )


def _along_chain(named: Sequence[int], count: int) -> list[int]:
    """The sets of the statement cut and filled by the first k variables, for each k."""
    prefixes = [(1 << k) - 1 for k in range(count + 1)]
    found = {0, *named, *prefixes}
    for s in named:
        found.update(s & p for p in prefixes)
        found.update(s | p for p in prefixes)
    return sorted(found, key=lambda s: (s.bit_count(), s))


def _between(sets: Sequence[int], continuous: int) -> list[Basic]:
    """All basic inequalities whose four sets are among the given ones."""
    known = set(sets)
    found = [Basic(a & ~b, b & ~a, a & b) for a, b in combinations(sets, 2) if a & b in known and a | b in known and a & ~b and b & ~a]
    return found + [Basic(b & ~a, 0, a) for a in sets for b in sets if a & b == a != b and not (b & ~a) & continuous]


def number_sign(form: Form) -> int:
    """The exact sign of the constant part."""
    return form.constant.compare(-form.rational)


def merged(parts: list[tuple[Fraction, Basic]]) -> list[tuple[Fraction, Basic]]:
    """Steps joined by the chain rule wherever two of one weight fit: I(A; B|C) + I(A; D|B, C) = I(A; B, D|C)."""
    total: dict[Basic, Fraction] = {}
    for y, basic in parts:
        total[basic] = total.get(basic, Fraction(0)) + y
    changed = True
    while changed:
        changed = False
        for one, two, joined in _joins(list(total)):
            y = min(total[one], total[two])
            if total[one] != total[two]:
                continue
            for each in (one, two):
                del total[each]
            total[joined] = total.get(joined, Fraction(0)) + y
            changed = True
            break
    return sorted(
        ((y, basic) for basic, y in total.items()), key=lambda item: (item[1].b == 0, item[1].a | item[1].b | item[1].c, item[1].c, item[1].a)
    )


def _joins(basics: Sequence[Basic]) -> Iterator[tuple[Basic, Basic, Basic]]:
    """Pairs that the chain rule joins, with what they become."""
    known: dict[tuple[int, int, int], Basic] = {}
    for each in basics:
        known[each.a, each.b, each.c] = each
        if each.b:
            known[each.b, each.a, each.c] = each
    by_first: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b, c in known:
        if b:
            by_first.setdefault((a, c), []).append((a, b))
    for (a, b, c), one in known.items():
        if not b:
            continue
        for _, d in by_first.get((a, c | b), ()):
            two = known[a, d, c | b]
            if two != one:
                yield one, two, Basic(min(a, b | d), max(a, b | d), c)
