"""Steps about heads: definitions, assumptions on symbols, infinite values and the split into a finite and an infinite case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import And, Contains, Eq, Expr, Ne, Not, Or, Piecewise, S, Symbol, exp, log, oo
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law, bound_variable
from symkl.core.steps import Step
from symkl.derive.checks.context import Context, need, unfolded
from symkl.derive.checks.expectations import is_continuous, same_mean
from symkl.derive.checks.growth import integrable
from symkl.errors import DomainError

__all__ = ["algebra", "assumption", "definition", "infinite", "known_value", "split"]


def defining(head: Expr) -> tuple[Expr, Symbol, Law]:
    """(f, x, P) with head = E_P[f(X)]: KL has f = log p − log q, the entropies −log p and −log q, over the logarithm of the base."""
    if isinstance(head, Expectation):
        return head.statistic, head.variable, head.under
    need(isinstance(head, (KL, CrossEntropy, Entropy)) or None, f"{head} has no definition here")
    assert isinstance(head, Head)
    x = bound_variable(*head.laws)
    log_p, log_q = head.laws[0].log_density(x), head.laws[-1].log_density(x)
    return (log_p - log_q if isinstance(head, KL) else -log_q) / log(head.base), x, head.laws[0]


def definition(step: Step, context: Context) -> None:
    """head = E_P[f(X)]; what is said of q outside its support would be wrong, so P must be absolutely continuous with respect to Q."""
    f, x, law = defining(step.before)
    if not isinstance(step.before, Expectation):
        need(context.holds(law.support.within(step.before.laws[-1].support)), "P is not seen to be absolutely continuous with respect to Q")
    same_mean(Expectation(f, x, law), step.after, context)


def known_value(step: Step, context: Context) -> None:
    """D(P ‖ P) = 0."""
    need((isinstance(step.before, KL) and step.before.laws[0] == step.before.laws[1]) or None, "the two laws are not the same")
    need(step.after == 0, "the divergence of a law from itself is 0")


def algebra(step: Step, context: Context) -> None:
    """Both sides are equal, or linear in expectations whose statistics are."""
    equal = context.zero(step.before - step.after)
    if equal is None and step.before.has(Expectation):
        same_mean(step.before, step.after, context)
    else:
        need(equal, "the two sides differ")


def assumption(step: Step, context: Context) -> dict[Symbol, Expr]:
    """New symbols for expressions that the conditions put in the symbols' domain: putting the expressions back gives `before`."""
    names = {new: old for old, new in step.data["names"]}
    need((len(names) == len(step.data["names"]) and not set(names) & step.before.free_symbols) or None, "a symbol is in use twice")
    for new, old in names.items():
        for key, truth in new._assumptions_orig.items():
            known = old.assumptions0.get(key) is truth or key == "commutative"
            need(known or (truth and _has(old, key, context)) or None, f"{old} is not known to be {key}")
    need(step.after.xreplace(names) == step.before or None, "the symbols were not exchanged throughout")
    return names


def _has(old: Expr, key: str, context: Context) -> bool:
    """Whether the conditions give an expression an assumption; an expression that is compared is real."""
    compared = any(isinstance(c, (Gt, Ge, Lt, Le)) and old in c.args for c in context.known)
    if key in ("real", "extended_real"):
        return bool(old.is_extended_real or compared or context.holds(Contains(old, S.Reals)))
    wanted: dict[str, tuple[Boolean, ...]] = {
        "positive": (Gt(old, 0), Ge(old, 1)),
        "nonnegative": (Ge(old, 0), Gt(old, 0)),
        "negative": (Lt(old, 0),),
        "nonzero": (Ne(old, 0), Gt(old, 0), Lt(old, 0)),
        "integer": (Contains(old, S.Integers),),
    }
    return any(context.holds(condition) for condition in wanted.get(key, ()))


def infinite(step: Step, context: Context) -> None:
    """The negative part of log p − log q is always integrable, so KL is oo where supp P leaves supp Q or any tail diverges upwards."""
    f, x, law = defining(step.before)
    if isinstance(step.before, KL) and context.holds(law.support.within(step.before.laws[1].support)) is False:
        return need(step.after == oo, "the value is oo")
    weighted = f * exp(law.log_density(x))
    ends = [integrable(weighted, x, end, side, context.facts) for end, side in zip(law.support.args[:2], (1, -1))]
    signs = {sign for finite, sign in ends if finite is False}
    if isinstance(step.before, KL) and 1 in signs:
        return need(step.after == oo, "the value is oo")
    inside = is_continuous(weighted, x, context.at(law.support, x)) or None
    need(inside and (None not in [finite for finite, _ in ends] or None), "the growth at the ends is not known")
    need(len(signs) == 1, "no end of the range diverges, or they diverge to both signs")
    return need(step.after == oo * signs.pop(), "the divergence is to the other sign")


def split(step: Step, context: Context) -> list[tuple[Expr, Boolean]]:
    """head = Piecewise((head, c), (±oo, True)): wherever c fails the value is infinite."""
    need(isinstance(step.after, Piecewise) and len(step.after.args) == 2 and step.after.args[0][0] == step.before or None, "this is no split of the head")
    condition, value = step.after.args[0][1], step.after.args[1][0]
    for case in cases(unfolded(condition), False):
        for head, inner in _boundary(step.before, case, context):
            infinite(Step(head, value, "infinite", step.rule), inner)
    return [(step.before, condition), (value, S.true)]


def cases(condition: Boolean, truth: bool) -> list[tuple[Boolean, ...]]:
    """The condition, or its negation, as alternatives, each a conjunction; a weak inequality is split into > and =."""
    if isinstance(condition, (And, Or)):
        parts = [cases(part, truth) for part in condition.args]
        if isinstance(condition, And) is truth:
            return [tuple(c for each in choice for c in each) for choice in product(*parts)]
        return [each for part in parts for each in part]
    condition = condition if truth else Not(condition)
    if isinstance(condition, (Ge, Le)):
        return [(Gt(condition.gts, condition.lts),), (Eq(condition.gts, condition.lts),)]
    return [(condition,)]


def _boundary(head: Expr, case: tuple[Boolean, ...], context: Context) -> Iterator[tuple[Expr, Context]]:
    """The head in the case; an equation that is linear in a symbol is solved for it. Nothing, if it cannot be."""
    for equation in [c for c in case if isinstance(c, Eq)]:
        difference = equation.lhs - equation.rhs
        slopes = {symbol: difference.diff(symbol) for symbol in sorted(difference.free_symbols, key=str)}
        symbol = next((s for s, slope in slopes.items() if slope.is_number and slope.is_nonzero), None)
        if symbol is not None:
            there = {symbol: (symbol - difference / slopes[symbol]).expand()}
            try:
                head = head.xreplace(there)
            except DomainError:
                return
            context = Context(tuple(c.xreplace(there) for c in context.given))
            case = tuple(c.xreplace(there) for c in case)
    if not any(context.plus(*(other for other in case if other != c)).holds(c) is False for c in case):
        yield head, context.plus(*case)


