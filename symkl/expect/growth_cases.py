"""Case distinctions: a question that depends on signs of parameters is answered in each case that the facts admit.

A question about growth is asked as if every sign were known. Where one is not, `sign` raises `Split`; `case_tree` then answers the
question in each of the cases g > 0, g = 0 (with g = 0 put in by substitution) and g < 0 that the facts admit, and keeps the answers in
a tree, which `condition_of` turns into one condition such as k > 1 or (k = 1 and b < 1/λ).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sympy import Basic, Expr, Integer, Max, Min, Piecewise, S, Symbol, cancel, together
from sympy.logic.boolalg import Boolean

from symkl.errors import Undecided
from symkl.expect.growth_linear import NEGATIVE, POSITIVE, ZERO
from symkl.expect.growth_signs import SIGN_OF, Known, Split, Void, possible_signs, sign, sign_of_factors
from symkl.form.facts import Facts

__all__ = ["TESTS", "CaseTree", "Replacement", "case_tree", "isolate", "unfolded"]

MAX_CASES = 64


def isolate(expr: Expr, known: Known) -> tuple[Symbol, Expr, int] | None:
    """(s, bound, σ) with sign(expr) = σ·sign(s − bound): the simplest way to write a sign as an inequality in one parameter."""
    found: list[tuple[bool, int, int, Symbol, Expr, int]] = []
    for place, symbol in enumerate(sorted(expr.free_symbols, key=str)):
        slope = expr.diff(symbol)
        if slope.has(symbol):
            continue
        bits = possible_signs(slope, known)
        if bits not in (NEGATIVE, POSITIVE):
            continue
        quotient = -expr.xreplace({symbol: Integer(0)}) / slope
        bound = min(cancel(together(quotient)), quotient.expand(), key=lambda form: form.count_ops())
        if not bound.has(S.NaN, S.ComplexInfinity):
            plain = all(each.is_positive for each in bound.free_symbols)
            found.append((not plain, int(bound.count_ops()), place, symbol, bound, SIGN_OF[bits]))  # type: ignore[arg-type]
    if not found:
        return None
    return min(found, key=lambda entry: entry[:3])[3:]


def settled(known: Known) -> Known | None:
    """What is known with the pending conditions, given the signs that say which branches of a `Piecewise` hold; None if they cannot hold.

    Raises `Split` for a sign that decides between the branches.
    """
    if not known.pending:
        return known
    now = replace(known, pending=())
    for condition in known.pending:
        chosen = _choose_branches(condition, now)
        if chosen is S.false:
            return None
        now = now.plus(cleared(unfolded(Facts.of(chosen)), now))
    return now


def unfolded(facts: Facts) -> Facts:
    """The facts, and what a bound on a Min or Max says of each of its arguments."""
    return Facts(tuple(_unfold(facts.positive)), tuple(_unfold(facts.nonnegative)))


def _unfold(facts: tuple[Expr, ...]) -> list[Expr]:
    queue, seen = list(facts), dict.fromkeys(facts)
    while queue:
        fact = queue.pop(0)
        for extreme in sorted(fact.atoms(Min, Max), key=str):
            factor = fact.coeff(extreme) if fact.is_Add else fact / extreme
            # c·Max with c < 0, or c·Min with c > 0: the fact is the least of the expressions with an argument in its place.
            if factor.is_Rational and factor and (factor > 0) == isinstance(extreme, Min):
                new = [each for each in (fact.xreplace({extreme: arg}) for arg in extreme.args) if each not in seen and each.free_symbols]
                seen.update(dict.fromkeys(new))
                queue += new
    return list(seen)


def cleared(facts: Facts, known: Known) -> Facts:
    """The facts, and in place of a quotient or product its one factor whose sign is open."""
    return Facts(*(tuple(_clear(fact, known) for fact in group) for group in (facts.positive, facts.nonnegative)))


def _clear(fact: Expr, known: Known) -> Expr:
    total, unknown = sign_of_factors(fact, known)
    return total * unknown[0][0] if len(unknown) == 1 and unknown[0][2] and total else fact


def _choose_branches(condition: Boolean, known: Known) -> Boolean:
    """The condition with every `Piecewise` replaced by the branch that holds."""
    put: dict[Basic, Basic] = {}
    pieces: list[Any] = sorted(condition.atoms(Piecewise), key=str)
    for piece in pieces:
        for branch, when in piece.args:
            if _holds(when, known):
                put[piece] = branch
                break
    return condition.xreplace(put)


def _holds(condition: Boolean, known: Known) -> bool:
    if condition in (S.true, S.false):
        return condition is S.true
    test = TESTS.get(getattr(condition, "rel_op", ""))
    if test is None:
        raise Undecided(f"whether {condition}", ("signs from the facts",))
    return test(sign(condition.lhs - condition.rhs, known))  # type: ignore[attr-defined]


#: What a relation says of the sign of its left side minus its right side.
TESTS: dict[str, Callable[[int], bool]] = {
    ">": lambda s: s > 0,
    ">=": lambda s: s >= 0,
    "<": lambda s: s < 0,
    "<=": lambda s: s <= 0,
    "==": lambda s: s == 0,
    "!=": lambda s: s != 0,
}


Answer = TypeVar("Answer", bound=Hashable)


@dataclass(frozen=True)
class CaseTree(Generic[Answer]):
    """An answer, or a sign and the answers in its cases {1, 0, −1}; a case that cannot arise is missing or has no answer.

    With `zero_only` the cases are {0, 1}, and 1 stands for ≠ 0. `void` says that the question has no answer in this case.
    """

    answer: Answer | None = None
    void: bool = False
    expr: Expr | None = None
    cases: tuple[tuple[int, CaseTree[Answer]], ...] = ()
    zero_only: bool = False
    isolated: tuple[Symbol, Expr, int] | None = None


Replacement = dict[Basic, Basic]


def case_tree(question: Callable[[Known, Replacement], Answer], known: Known) -> CaseTree[Answer]:
    """Answers `question(known, replacement)` in as many cases as it asks for; `answer` is None where the case is void."""
    budget = [MAX_CASES]

    def answer(known: Known, replacement: Replacement) -> CaseTree[Answer]:
        budget[0] -= 1
        if budget[0] < 0:
            raise Undecided("too many cases in the signs of the parameters", ("case distinction",))
        try:
            now = settled(known)
            return CaseTree() if now is None else CaseTree(question(now, replacement))
        except Void:
            return CaseTree(void=True)
        except Split as split:
            return branch(split, known, replacement)

    def branch(split: Split, known: Known, replacement: Replacement) -> CaseTree[Answer]:
        expr, bits, zero_only = split.expr, split.bits, split.zero_only
        isolated = isolate(expr, known)
        cases: list[tuple[int, CaseTree[Answer]]] = []
        if zero_only:
            cases.append((1, answer(replace(known, nonzero=(*known.nonzero, expr)), replacement)))
        else:
            for which, bit in ((1, POSITIVE), (-1, NEGATIVE)):
                if bits & bit:
                    cases.append((which, answer(known.plus(Facts(_one_sided(which * expr, isolated, which))), replacement)))
        if bits & ZERO and (case := _zero_case(expr, isolated, known, replacement)) is not None:
            cases.append((0, answer(*case)))
        return CaseTree(None, False, expr, tuple(cases), zero_only, isolated)

    return answer(known, {})


def _one_sided(positive: Expr, isolated: tuple[Symbol, Expr, int] | None, which: int) -> tuple[Expr, ...]:
    if isolated is None:
        return (positive,)
    symbol, bound, orientation = isolated
    return tuple(dict.fromkeys((positive, which * orientation * (symbol - bound))))


def _zero_case(expr: Expr, isolated: tuple[Symbol, Expr, int] | None, known: Known, replacement: Replacement) -> tuple[Known, Replacement] | None:
    """What is known when expr = 0, with one symbol eliminated if it can be; None when that contradicts the facts."""
    if isolated is None:
        return replace(known, zero=(*known.zero, expr)), replacement
    symbol, bound, _ = isolated
    put: Replacement = {symbol: bound}
    if symbol.is_integer and bound.is_integer is False:
        return None
    positive = [*(fact.xreplace(put) for fact in known.facts.positive), *((bound,) if symbol.is_positive else ())]
    nonnegative = [*(fact.xreplace(put) for fact in known.facts.nonnegative), *((bound,) if symbol.is_nonnegative else ())]
    facts = Facts(_moving(positive), _moving(nonnegative))
    if _contradictory(positive, nonnegative, facts):
        return None
    replaced: Replacement = {old: new.xreplace(put) for old, new in replacement.items()}
    groups: tuple[Any, ...] = (known.nonzero, known.zero, known.pending)
    lists: list[Any] = [tuple(each.xreplace(put) for each in group) for group in groups]
    return Known(facts, *lists), replaced | put


def _contradictory(positive: list[Expr], nonnegative: list[Expr], facts: Facts) -> bool:
    """Whether some of the facts are refuted by the assumptions or the others."""
    for fact in positive + nonnegative:
        others = Known(Facts(tuple(f for f in facts.positive if f != fact), tuple(f for f in facts.nonnegative if f != fact)))
        bits = possible_signs(fact, others)
        if bits == NEGATIVE or (bits in (ZERO, ZERO | NEGATIVE) and fact in positive):
            return True
    return False


def _moving(facts: list[Expr]) -> tuple[Expr, ...]:
    return tuple(dict.fromkeys(fact for fact in facts if fact.free_symbols and not fact.has(S.NaN, S.ComplexInfinity)))
