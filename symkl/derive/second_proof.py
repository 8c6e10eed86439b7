"""A second proof of a divergence, from its derivative: F(θ, θ) = 0 and ∂F/∂φ = −E_P[∂_φ log q_φ].

Where the support of Q does not depend on its parameters φ, these two determine F(φ) = D(P ‖ Q_φ) on a connected domain. The expectations
on the right are of other statistics than those of the first derivation, so a slip is not likely to survive both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import And, Eq, Expr, Piecewise, S, Symbol, log
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symkl.core.family import Family
from symkl.core.heads import KL, Expectation
from symkl.core.laws import bound_variable
from symkl.core.verdict import Verdict
from symkl.derive.checks.context import Context
from symkl.derive.settle import settle
from symkl.expect.engine import expect
from symkl.form.zero import is_zero

__all__ = ["second_proof"]


@dataclass(frozen=True)
class _Case:
    """The claim D(P ‖ Q_φ) = value wherever `condition` holds, in settled symbols; `anchor` puts P's parameters for Q's."""

    head: Any
    value: Any
    condition: Boolean
    anchor: dict[Symbol, Expr]
    context: Context


def second_proof(head: Expr, result: Expr) -> Verdict:
    """Proved: D(P ‖ Q) = `result` on its finite branch, as both vanish at P = Q and have the same derivatives in Q's parameters.

    P and Q are members of one family, Q's parameters being symbols of its own; the support of Q must not depend on them. Refuted: the
    result does not vanish at P = Q, or a derivative is another. Unknown: anything else, with the reason.

    >>> from symkl import KL, Exponential, derive
    >>> found = derive(KL(Exponential, Exponential))
    >>> second_proof(found.head, found.result).status
    'proved'
    """
    claim = Eq(head, result, evaluate=False)
    case = _case(head, result)
    if isinstance(case, str):
        return Verdict("unknown", case, claim=claim)
    steps = []
    for truth, statement in [_vanishes(case), *(_derivative(case, symbol) for symbol in case.anchor)]:
        if truth is not True:
            return Verdict("refuted" if truth is False else "unknown", f"{statement} is {'wrong' if truth is False else 'not shown'}", claim=claim)
        steps.append(statement)
    return Verdict("proved", steps=tuple(steps), claim=claim)


def _case(head: Expr, result: Expr) -> _Case | str:
    """What is to be shown, or why the method does not apply."""
    if not isinstance(head, KL):
        return "the head is not a divergence"
    settled = settle(head.laws, ())
    P, Q = settled.laws
    if not isinstance(P, Family) or type(P) is not type(Q):
        return "P and Q are not members of one family"
    anchor = {q: p for p, q in zip(P.args, Q.args) if p != q}
    if not all(isinstance(q, Symbol) and q not in P.free_symbols for q in anchor) or len(anchor) < sum(p != q for p, q in zip(P.args, Q.args)):
        return "Q's parameters are not symbols of its own"
    if Q.support.free_symbols & set(anchor):
        return "the support of Q depends on its parameters"
    if any(q.is_integer for q in anchor):
        return "a parameter is an integer"
    shown: Any = result
    value, condition = shown.xreplace(dict(settled.names)), S.true
    if isinstance(value, Piecewise):
        parts: Any = value.args
        if len(parts) != 2 or parts[1] != (S.Infinity, S.true):
            return "the result has more than one finite branch"
        value, condition = parts[0]
    if not _is_convex(And(condition, *(c for law in settled.laws for c in law.conditions)), tuple(anchor)):
        return "the domain is not seen to be connected"
    return _Case(KL(P, Q, *head.args[2:]), value, condition, anchor, Context((condition, *(c for law in settled.laws for c in law.conditions))))


def _is_convex(condition: Boolean, symbols: tuple[Symbol, ...]) -> bool:
    """Whether the condition is a conjunction of inequalities linear in the symbols, so that it holds on a convex set of them."""
    for part in And.make_args(condition):
        if part is S.true or not part.free_symbols & set(symbols):
            continue
        if not isinstance(part, (Gt, Ge, Lt, Le)):
            return False
        gap = part.lhs - part.rhs
        if any(is_zero(gap.diff(a, b)) is not True for a in symbols for b in symbols):
            return False
    return True


def _vanishes(case: _Case) -> tuple[bool | None, str]:
    """The result at P = Q, where the condition of finiteness must hold."""
    inside = case.condition.xreplace(case.anchor)
    truth = Context(case.head.laws[0].conditions).zero(case.value.xreplace(case.anchor))
    return truth if Context(case.head.laws[0].conditions).holds(inside) or truth is False else None, "F = 0 at P = Q"


def _derivative(case: _Case, symbol: Symbol) -> tuple[bool | None, str]:
    """∂F/∂φ against −E_P[∂_φ log q], found by the engine anew."""
    P, Q = case.head.laws
    x = bound_variable(P, Q)
    score = Q.log_density(x).diff(symbol)
    found = expect(score, x, P, case.context.facts).value / log(case.head.base)
    truth = None if found.has(Expectation) or case.value.has(Expectation) else case.context.zero(case.value.diff(symbol) + found)
    return truth, f"∂F/∂{symbol} = −E_P[∂ log q/∂{symbol}]"
