"""Claims about named families: by the calculus where it is enough, else by closed forms; refuted at exact parameters."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sympy import And, Basic, Contains, Expr, Mul, Piecewise, Pow, S, Symbol
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational

from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.verdict import Verdict, Worded
from symkl.derive.measures import derive
from symkl.derive.settle import settle as settle_parameters
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.evaluation import evaluate
from symkl.families.sampling import draw_value
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero
from symkl.prove.between import bounded
from symkl.prove.cases import (
    allows,
    fits,
    greater_and_lesser,
    in_case,
    looks_broken,
    near_points,
    own_names,
    plain_value,
    signs,
    slots_of,
    special_points,
)
from symkl.prove.closed_certificate import SIGNS, closed_certificate
from symkl.prove.differences import not_negative, why_signed, with_signs, zero_by_cases
from symkl.prove.enclosures import DIGITS, broken_at, by_enclosures
from symkl.prove.gibbs import weakened
from symkl.prove.limits import SECONDS, TimeUp, in_time
from symkl.prove.parts import plain_roots
from symkl.prove.steps import Step, plain
from symkl.prove.texform import decimal_tex
from symkl.prove.univariate import low_points
from symkl.prove.unlike import positive_measure

__all__ = ["ParameterWitness", "put_in", "settle_closed"]

POINTS = 12
#: How often values outside the domain are drawn again.
REDRAWN = 6
#: The steps, and the closed form of every head.
Proof = tuple[tuple[Step, ...], dict[Any, Expr]]
#: Puts expressions such as 1 − p back for their names; what is known then.
Outer = tuple[Callable[[Expr], Expr], Facts]
SIGNS_OF = {kind: sign for sign, kind in SIGNS.items()}
BOTH_INFINITE = "both sides are infinite"


@dataclass(frozen=True)
class ParameterWitness:
    """Exact values of the parameters, and what the sides are there."""

    values: tuple[tuple[Basic, Expr], ...]
    left: str
    right: str

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.values) or "the laws as given"

    def latex(self) -> str:
        return ", ".join(f"${_tex(name)} = {_tex(value)}$" for name, value in self.values) or "the laws as given"


def settle_closed(claim: Relational, given: Sequence[Relational] = ()) -> Verdict:
    """The verdict on a relation between heads of concrete laws, from closed forms and exact values.

    Hypotheses are about the parameters: one that says what a parameter is is put in, the others are facts.
    Closed forms at far parameters may take for ever: after a limit of computing time the verdict is unknown.
    """
    try:
        return replace(in_time(lambda: _settled(claim, given)), given=tuple(given))
    except TimeUp:
        return Verdict("unknown", given=tuple(given), reason=f"neither a proof nor exact parameters at which it fails were found in {SECONDS} s, the limit", claim=claim)


def _settled(claim: Relational, given: Sequence[Relational]) -> Verdict:
    asked, told = claim, tuple(given)
    claim, given = put_in(claim, given)
    laws = tuple(sorted({law for head in claim.atoms(Head) for law in head.laws}, key=str))
    settled = settle_parameters(laws)
    domain, positive = settled.conditions, signs(settled.conditions)
    if positive:  # of expressions of one symbol, that symbol
        settled = settle_parameters(tuple(law.xreplace(positive) for law in list[Any](laws)))
    names, known, restore = own_names(settled)
    inner = claim.func(*(side.xreplace(positive).xreplace(names) for side in claim.args), evaluate=False)
    facts = known | Facts.of(And(*(each.xreplace(positive).xreplace(names) for each in given))) if given else known
    outer = (restore, settled.outer_facts | Facts.of(And(*given))) if settled.has_expressions and not positive else None
    # An order of numbers alone is soon tried, and its proof may take long; sides that are equal are compared in many digits.
    soon = None if isinstance(claim, (Eq, Ne)) or claim.atoms(Head, Expectation) else _witness(claim, laws, given, domain)
    unlike = positive_measure(inner, facts) if isinstance(inner, (Gt, Lt, Ne)) else None
    proof = (unlike, {}) if unlike is not None else None if soon is not None else _found(inner, facts, outer)
    if proof is not None and (unlike is not None or not isinstance(claim, Ne)):
        steps, values = proof
        document = closed_certificate("proved", asked, told, values)
        infinite = str(steps[-1]) == BOTH_INFINITE
        same = BOTH_INFINITE if infinite else "the laws differ" if unlike is not None else "both sides have the same closed form" if isinstance(claim, Eq) else "by the closed forms"
        where = same if infinite else _conditions(same, (*settled.conditions, *(outer > 0 for outer in positive)), told)
        return Verdict("proved", reason=where, steps=steps, certificate=document, claim=asked)
    witness = soon or _witness(claim, laws, given, domain) or _special_witness(claim, given, domain, _low_points(inner, facts, claim))
    if witness is not None:
        point = _completed(dict(witness.values), told, asked)
        sides = f"left $= {decimal_tex(witness.left)}$, right $= {decimal_tex(witness.right)}$"
        reason = Worded(f"it fails: left = {witness.left}, right = {witness.right}", f"it fails: {sides}")
        document = closed_certificate("refuted", asked, told, point=point)
        shown = replace(witness, values=tuple(point.items()))
        return Verdict("refuted", reason=reason, witness=shown, certificate=document, claim=asked)
    return Verdict("unknown", reason="the closed forms do not decide it, and no exact parameters were found at which it fails", claim=asked)


def _found(claim: Relational, facts: Facts, outer: Outer | None) -> Proof | None:
    """The first proof, in the order of what is soon tried."""
    if isinstance(claim, (Eq, Ne)):
        return _equal(claim, facts, outer)
    return _by_gibbs(claim, facts) or _ordered(claim, facts, outer) or _by_squares(claim, facts) or by_enclosures(claim) or _by_bounds(claim, facts)


def _completed(point: dict[Basic, Expr], given: Sequence[Relational], claim: Relational) -> dict[Basic, Expr]:
    """The point with the parameters that hypotheses gave."""
    missing = sorted(set().union(*(each.free_symbols for each in (claim, *given))) - set(point), key=str)
    for _ in missing:
        for each in given:
            for name, value in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
                if isinstance(each, Eq) and name in missing and name not in point and value.free_symbols <= set(point):
                    point[name] = value.subs(point)
    return point


def put_in(claim: Relational, given: Sequence[Relational]) -> tuple[Relational, list[Relational]]:
    """The claim with the parameters that a hypothesis gives put in, and the other hypotheses."""
    pending: list[Relational] = list(given)
    others: list[Relational] = []
    while pending:
        each = pending.pop(0)
        name, value = (each.lhs, each.rhs) if isinstance(each.lhs, Symbol) else (each.rhs, each.lhs)
        if isinstance(each, Eq) and isinstance(name, Symbol) and name not in value.free_symbols:
            change = {name: value}
            claim = claim.func(claim.lhs.subs(change), claim.rhs.subs(change), evaluate=False)
            pending, others = ([r.func(r.lhs.subs(change), r.rhs.subs(change), evaluate=False) for r in part] for part in (pending, others))
        else:
            others.append(each)
    return claim, others


def _conditions(why: str, conditions: tuple[Any, ...], given: Sequence[Relational]) -> Worded:
    kinds = {S.Reals: "real", S.Integers: "an integer"}
    shown = [f"{c.args[0]} is {kinds.get(c.args[1], c.args[1])}" if isinstance(c, Contains) else plain(c) for c in conditions]
    shown += [f"{plain(each.lhs)} {SIGNS_OF[type(each)]} {plain(each.rhs)}" for each in given]
    formulas = [f"${_tex(each)}$" for each in (*conditions, *given)]
    where = " where " if shown else ""
    return Worded(why + where + ", ".join(shown), why + where + ", ".join(formulas))


def _closed(expr: Expr, facts: Facts) -> tuple[Expr, tuple[Step, ...], dict[Any, Expr]]:
    """The expression with every head replaced by its derived value."""
    values: dict[Basic, Expr] = {}
    steps = []
    for head in sorted(expr.atoms(Head, Expectation), key=str):
        result = in_case(_value(head), facts)
        values[head] = result
        steps.append(Step(f"{plain(head)} = {plain(result)}  (derived)", f"${_tex(head)} = {_tex(result)}$ (derived)"))
    return expr.xreplace(values), tuple(steps), values


def _value(head: Any) -> Expr:
    """The closed form of a measure; of those without a derivation of their own, what they evaluate to."""
    if isinstance(head, (KL, Entropy, CrossEntropy, Expectation)):
        return derive(head).result
    value: Expr = head.doit()
    if value.atoms(Head):
        raise NoClosedForm(f"{head} has no closed form that is known here")
    return value


def _tex(expr: Any) -> str:
    from sympy import latex

    return latex(expr)


def _same_form(left: Expr, right: Expr) -> Step:
    return Step(f"{plain(left)} = {plain(right)}  (canonical forms)", f"${_tex(left)} = {_tex(right)}$ (canonical forms)")


def _equal(claim: Relational, facts: Facts, outer: Outer | None = None) -> Proof | None:
    """The proof that both sides are the same; `outer` puts back expressions such as 1 − p that were named, in which terms may meet again."""
    try:
        (left, first, known), (right, second, more) = _closed(claim.lhs, facts), _closed(claim.rhs, facts)
        if left in (S.Infinity, S.NegativeInfinity) and left == right:
            return (*dict.fromkeys((*first, *second)), Step(BOTH_INFINITE, BOTH_INFINITE)), {**known, **more}
        same = is_zero(left - right, facts) is True
        same = same or (outer is not None and is_zero(outer[0](left - right), outer[1]) is True)
        by_cases = None if same else zero_by_cases(left - right, facts)
        if not same and by_cases is None:
            return None
    except (NoClosedForm, Undecided, DomainError):
        return None
    last = _same_form(left, right)
    told = tuple(dict.fromkeys((*first, *second, *(by_cases or ()))))
    return (told if left == right and told else (*told, last)), {**known, **more}


def _ordered(claim: Relational, facts: Facts, outer: Outer | None = None, calculus: bool = True) -> Proof | None:
    """An inequality whose difference is a number of decided sign, or has its sign by the facts; `outer` as for `_equal`."""
    try:
        bigger, smaller = greater_and_lesser(claim)
        (left, first, known), (right, second, more) = _closed(bigger, facts), _closed(smaller, facts)
        difference, strict = plain_roots(left - right), isinstance(claim, (Gt, Lt))
        judged = _judged(difference, facts, strict, calculus)
        if judged is None and outer is not None and difference.free_symbols:
            judged = _judged(plain_roots(outer[0](difference)), outer[1], strict, calculus)
    except (NoClosedForm, Undecided, DomainError):
        return None
    if judged is None:
        return None
    difference, why, shown = judged
    told = (*first, *second, *shown)
    if difference == 0:
        last = _same_form(left, right)
    else:
        last = Step(f"{plain(difference)} {'>' if strict else '>='} 0  ({why})", f"${_tex(difference)} {'>' if strict else chr(92) + 'ge'} 0$ ({why})")
    return (*dict.fromkeys(told), last), {**known, **more}


def _judged(difference: Expr, facts: Facts, strict: bool, calculus: bool) -> tuple[Expr, str, tuple[Step, ...]] | None:
    """The difference in short, why it is not negative (positive, if `strict`), and the steps; None if it is not seen."""
    if difference.free_symbols and not (shorter := textbook(difference, facts)).free_symbols:
        difference = shorter
    if not difference.free_symbols:
        ball = evaluate(difference, DIGITS)
        good = ball.is_rigorous and ball.sign is not None and (ball.sign > 0 or (ball.sign == 0 and not strict))
    elif difference.has(Piecewise):
        good = False
    else:
        good = bool(facts.is_positive(difference) if strict else facts.is_nonnegative(difference) or (not calculus and is_zero(difference, facts)))
    if good:
        return difference, why_signed(difference), ()
    shown = not_negative(difference, facts) if calculus and not strict else None
    return None if shown is None else (difference, *shown)


def _by_gibbs(claim: Relational, facts: Facts) -> Proof | None:
    """An inequality from one about cross-entropies whose difference is a number, or has its sign by the facts."""
    for weaker, step in weakened(claim, facts):
        found = _ordered(weaker, facts, calculus=False)
        if found is not None:
            return (step, *found[0]), found[1]
    return None


def _by_bounds(claim: Relational, facts: Facts) -> Proof | None:
    """An inequality from one in which a measure is replaced by a bound, a divergence only where it has no closed form."""
    for weaker, step in () if not claim.free_symbols else bounded(claim, facts):
        found = _ordered(weaker, facts) or _by_squares(weaker, facts)
        if found is not None:
            return (step, *found[0]), found[1]
    return None


def _by_squares(claim: Relational, facts: Facts) -> Proof | None:
    """u ≤ v from u^2 ≤ v^2, where v is not negative and u is a root, or has one for a factor."""
    bigger, smaller = greater_and_lesser(claim)
    has_root = any(isinstance(each, Pow) and each.exp == S.Half and not each.is_number for each in Mul.make_args(smaller))
    if not has_root or not facts.is_nonnegative(bigger):
        return None
    squares = (Lt if isinstance(claim, (Gt, Lt)) else Le)(smaller**2, bigger**2, evaluate=False)
    found = _ordered(squares, facts)
    told = "it is enough to compare the squares, as the greater side is not negative"
    return None if found is None else ((Step(told, told), *found[0]), found[1])


def _witness(claim: Relational, laws: tuple[Law, ...], given: Sequence[Relational], domain: Sequence[Any]) -> ParameterWitness | None:
    draws = random.Random(3)
    symbols = sorted(claim.free_symbols, key=str)
    slots = slots_of(laws)
    infinite: ParameterWitness | None = None
    many = given or not claim.atoms(Head, Expectation)
    for k in range((20 if many else 2) * POINTS if symbols else 1):
        # First typical parameters, then any.
        for whole in (False, True) * REDRAWN:  # the domains of expressions are met by trying, integers too
            point = {s: draw_value(slots[s], draws) if s in slots and k < POINTS else plain_value(s, draws, whole) for s in symbols}
            if fits(point) and allows(domain, point):
                break
        else:
            continue
        if not all(each.func(each.lhs.subs(point), each.rhs.subs(point)) == S.true for each in given):
            continue
        sides = broken_at(claim, point)
        if sides is not None and "oo" not in sides:
            return ParameterWitness(tuple(point.items()), *sides)
        if sides is not None and infinite is None:  # finite sides say more
            infinite = ParameterWitness(tuple(point.items()), *sides)
    return infinite


def _low_points(inner: Relational, facts: Facts, claim: Relational) -> Iterator[dict[Basic, Expr]]:
    """Points close to where the difference of the sides is least, if it is a function of one variable."""
    closed = None if isinstance(inner, (Eq, Ne)) else _all_closed(inner)
    if closed is not None:
        sign = 1 if isinstance(closed, (Ge, Gt)) else -1
        own = {str(each): each for each in claim.free_symbols}
        for point in low_points(*with_signs(in_case(sign * (closed.lhs - closed.rhs), facts), facts)):
            yield {own[name.name]: value for name, value in point.items() if name.name in own}


def _special_witness(claim: Relational, given: Sequence[Relational], domain: Sequence[Any], low: Iterator[dict[Basic, Expr]]) -> ParameterWitness | None:
    """A special point at which the closed forms, in digits, do not clearly satisfy the claim, and exact values do not; without closed forms, one of a few."""
    symbols = sorted(claim.free_symbols, key=str)
    if not symbols:
        return None
    closed = _all_closed(claim)
    tries = 0
    for point in near_points(symbols) if closed is None else chain(low, special_points(symbols)):
        if len(point) < len(symbols):
            continue
        if not fits(point) or not all(each.func(each.lhs.subs(point), each.rhs.subs(point)) == S.true for each in given):
            continue
        if not allows(domain, point):
            continue
        if tries < 3 * POINTS and (closed is None or looks_broken(closed, point)):
            tries += 1
            sides = broken_at(claim, point)
            if sides is not None:
                return ParameterWitness(tuple(point.items()), *sides)
    return None


def _all_closed(claim: Relational) -> Relational | None:
    try:
        known: dict[Basic, Expr] = {head: _value(head) for head in sorted(claim.atoms(Head, Expectation), key=str)}
    except (NoClosedForm, Undecided, DomainError):
        return None
    if any(value.atoms(Head, Expectation) for value in known.values()):
        return None
    return claim.func(claim.lhs.xreplace(known), claim.rhs.xreplace(known), evaluate=False)
