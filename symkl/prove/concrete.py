"""Claims about named families: by the calculus where it is enough, else by closed forms; refuted at exact parameters."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Expr, Piecewise, Rational, S, Symbol
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational

from symkl.core.family import Family, Parameter
from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.core.verdict import Verdict
from symkl.derive.measures import derive
from symkl.derive.settle import settle as settle_parameters
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.evaluation import evaluate
from symkl.families.sampling import draw_value
from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.steps import Step

__all__ = ["ParameterWitness", "settle_closed"]

POINTS = 12
DIGITS = 25
BOTH_INFINITE = "both sides are infinite"


@dataclass(frozen=True)
class ParameterWitness:
    """Exact values of the parameters, and what the sides are there."""

    values: tuple[tuple[Basic, Expr], ...]
    left: str
    right: str

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.values) or "the laws as given"


def settle_closed(claim: Relational) -> Verdict:
    """The verdict on a relation between heads of concrete laws, from closed forms and exact values."""
    laws = tuple(sorted({law for head in claim.atoms(Head) for law in head.laws}, key=str))
    settled = settle_parameters(laws)
    inner = claim.func(claim.lhs.xreplace(dict(settled.names)), claim.rhs.xreplace(dict(settled.names)), evaluate=False)
    if isinstance(claim, (Eq, Ne)):
        proof = _equal(inner, settled.facts)
        if proof is not None and isinstance(claim, Eq):
            infinite = str(proof[-1]) == BOTH_INFINITE
            return Verdict("proved", reason=BOTH_INFINITE if infinite else _conditions(settled.conditions), steps=proof, claim=claim)
    else:
        proof = _ordered(inner, settled.facts)
        if proof is not None:
            return Verdict("proved", reason=_conditions(settled.conditions), steps=proof, claim=claim)
    witness = _witness(claim, laws)
    if witness is not None:
        reason = f"it fails at {witness}: left = {witness.left}, right = {witness.right}"
        return Verdict("refuted", reason=reason, witness=witness, claim=claim)
    return Verdict("unknown", reason="the closed forms do not decide it, and no exact parameters were found at which it fails", claim=claim)


def _conditions(conditions: tuple[Any, ...]) -> str:
    shown = ", ".join(str(c) for c in conditions)
    return f"both sides have the same closed form{' where ' + shown if shown else ''}"


def _closed(expr: Expr) -> tuple[Expr, tuple[Step, ...]]:
    """The expression with every head replaced by its derived value."""
    values: dict[Basic, Expr] = {}
    steps = []
    for head in sorted(expr.atoms(Head, Expectation), key=str):
        result = derive(head).result
        values[head] = result
        steps.append(Step(f"{head} = {result}  (derived)", f"${_tex(head)} = {_tex(result)}$ (derived)"))
    return expr.xreplace(values), tuple(steps)


def _tex(expr: Any) -> str:
    from sympy import latex

    return latex(expr)


def _equal(claim: Relational, facts: Facts) -> tuple[Step, ...] | None:
    try:
        (left, first), (right, second) = _closed(claim.lhs), _closed(claim.rhs)
        if left in (S.Infinity, S.NegativeInfinity) and left == right:
            return (*dict.fromkeys((*first, *second)), Step(BOTH_INFINITE, BOTH_INFINITE))
        if is_zero(left - right, facts) is not True:
            return None
    except (NoClosedForm, Undecided, DomainError):
        return None
    return (
        *dict.fromkeys((*first, *second)),
        Step(f"{left} - ({right}) = 0  (canonical forms)", f"${_tex(left)} = {_tex(right)}$ (canonical forms)"),
    )


def _ordered(claim: Relational, facts: Facts) -> tuple[Step, ...] | None:
    """An inequality whose difference is a number of decided sign, or has its sign by the facts."""
    try:
        bigger, smaller = (claim.lhs, claim.rhs) if isinstance(claim, (Ge, Gt)) else (claim.rhs, claim.lhs)
        (left, first), (right, second) = _closed(bigger), _closed(smaller)
        difference = left - right
        strict = isinstance(claim, (Gt, Lt))
        if not difference.free_symbols:
            ball = evaluate(difference, DIGITS)
            good = ball.is_rigorous and ball.sign is not None and (ball.sign > 0 or (ball.sign == 0 and not strict))
        elif difference.has(Piecewise):
            good = False
        else:
            good = bool(facts.is_positive(difference) if strict else facts.is_nonnegative(difference))
    except (NoClosedForm, Undecided, DomainError):
        return None
    if not good:
        return None
    sign = ">" if strict else ">="
    return (*dict.fromkeys((*first, *second)), Step(f"{difference} {sign} 0", f"${_tex(difference)} {'>' if strict else chr(92) + 'ge'} 0$"))


def _witness(claim: Relational, laws: tuple[Law, ...]) -> ParameterWitness | None:
    draws = random.Random(3)
    symbols = sorted(claim.free_symbols, key=str)
    slots = _slots(laws)
    for k in range(2 * POINTS if symbols else 1):
        # First typical parameters, then any.
        point = {s: draw_value(slots[s], draws) if s in slots and k < POINTS else _plain(s, draws) for s in symbols}
        try:
            left, right = (evaluate(side.subs(point, simultaneous=True), DIGITS) for side in (claim.lhs, claim.rhs))
        except (DomainError, Undecided, NoClosedForm):
            continue
        if left.is_rigorous and right.is_rigorous and _fails(claim, left, right):
            return ParameterWitness(tuple(point.items()), str(left), str(right))
    return None


def _fails(claim: Relational, left: Any, right: Any) -> bool:
    if not (left.is_finite and right.is_finite):
        order = (left.mid > right.mid) - (left.mid < right.mid)
    elif left.overlaps(right):
        return False
    else:
        order = 1 if left.lower > right.upper else -1
    if isinstance(claim, Eq):
        return order != 0
    if isinstance(claim, (Le, Lt)):
        return order > 0 or (order == 0 and isinstance(claim, Lt))
    if isinstance(claim, (Ge, Gt)):
        return order < 0 or (order == 0 and isinstance(claim, Gt))
    return order == 0


def _slots(laws: tuple[Law, ...]) -> dict[Basic, Parameter]:
    """Symbols that stand alone as a parameter, with that parameter's range."""
    found: dict[Basic, Parameter] = {}
    for law in laws:
        for each in [law, *law.atoms(Family)]:
            if isinstance(each, Family):
                for parameter, value in zip(each.parameters, each.args):
                    if isinstance(value, Symbol):
                        found.setdefault(value, parameter)
    return found


def _plain(symbol: Basic, draws: random.Random) -> Expr:
    if symbol.is_integer:
        return S(draws.randint(1, 5))
    value = Rational(draws.randint(1, 9), draws.choice((2, 3, 5, 7)))
    return -value if symbol.is_nonnegative is None and draws.random() < 0.4 else value
