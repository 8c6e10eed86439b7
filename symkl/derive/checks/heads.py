"""Steps about heads: definitions, assumptions on symbols, infinite values and the split into a finite and an infinite case."""

from __future__ import annotations

from typing import Any

from sympy import Add, Contains, Eq, Expr, Mul, Ne, Piecewise, S, Symbol, Tuple, atan, erf, exp, log, oo
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symkl.core.density import is_positive_law
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law, bound_variable
from symkl.core.steps import Step
from symkl.derive.checks.context import Context, Gap, branches, cases, need, require, under, unfolded
from symkl.derive.checks.expectations import same_mean
from symkl.derive.checks.growth import continuous, integrable, limit
from symkl.form.facts import POSITIVE, Facts
from symkl.form.log_products import MOST_LOGS, is_log_of_one, signs_of_sides

__all__ = ["algebra", "assumption", "definition", "infinite", "joined_logarithms", "known_value", "split"]


def defining(head: Expr) -> tuple[Expr, Symbol, Law]:
    """(f, x, P) with head = E_P[f(X)]: KL has f = log p − log q, the entropies −log p and −log q, over the logarithm of the base."""
    if isinstance(head, Expectation):
        return head.statistic, head.variable, head.under
    require(isinstance(head, (KL, CrossEntropy, Entropy)), "{} has no definition here", head)
    assert isinstance(head, Head)
    x = bound_variable(*head.laws)
    log_p, log_q = head.laws[0].log_density(x), head.laws[-1].log_density(x)
    return (log_p - log_q if isinstance(head, KL) else -log_q) / log(head.base), x, head.laws[0]


def definition(step: Step, context: Context) -> None:
    """head = E_P[f(X)]; what is said of q outside its support would be wrong, so P must be absolutely continuous with respect to Q."""
    f, x, law = defining(step.before)
    if isinstance(step.before, Head):
        need(context.holds(law.support.within(step.before.laws[-1].support)), "P is not seen to be absolutely continuous with respect to Q")
    same_mean(Expectation(f, x, law), step.after, context)


def known_value(step: Step, context: Context) -> None:
    """D(P ‖ P) = 0."""
    require(isinstance(step.before, KL) and step.before.laws[0] == step.before.laws[1], "the two laws are not the same")
    need(step.after == 0, "the divergence of a law from itself is 0")


def algebra(step: Step, context: Context) -> None:
    """Both sides are equal, or linear in expectations whose statistics are."""
    equal = context.zero(step.before - step.after)
    if equal is None and step.before.has(Expectation):
        same_mean(step.before, step.after, context)
    else:
        need(equal, "the two sides differ")


def joined_logarithms(step: Step, context: Context) -> bool:
    """Whether before = Σ c log a, the value of a head and so real, is after: then the one a whose sign is not seen is positive too."""
    insides = [node.args[0] for term in Add.make_args(step.before) for node in Mul.make_args(term) if isinstance(node, log)]
    if not 1 < len(insides) <= MOST_LOGS:
        return False
    unsigned = [inside for inside in insides if any(signs != POSITIVE for signs in signs_of_sides(inside, context.facts))]
    return len(unsigned) == 1 and is_log_of_one(step.before - step.after, context.facts | Facts(tuple(unsigned)))


def assumption(step: Step, context: Context) -> dict[Symbol, Expr]:
    """New symbols for expressions that the conditions put in the symbols' domain: putting the expressions back gives `before`."""
    names = {new: old for old, new in step.data["names"]}
    require(len(names) == len(step.data["names"]) and not set(names) & step.before.free_symbols, "a symbol is in use twice")
    for new, old in names.items():
        for key, truth in new._assumptions_orig.items():
            known = old.assumptions0.get(key) is truth or key == "commutative"
            require(known or (truth and _has(old, key, context)), "{} is not known to be {}", old, key)
    require(step.after.xreplace(names) == step.before, "the symbols were not exchanged throughout")
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
    """The value is infinite, or it is for every sign of some symbol."""
    try:
        diverges(step, context)
    except Gap as gap:
        symbol: Any
        for symbol in sorted(step.before.free_symbols, key=str) if gap.status == "unknown" else ():
            if symbol.is_extended_real and context.facts.signs(symbol) & (context.facts.signs(symbol) - 1):
                try:
                    for case in ((Gt(symbol, 0),), (Lt(symbol, 0),), (Eq(symbol, 0),)):
                        head: Any
                        for head, inner in under(step.before, case, context):
                            diverges(Step(head, step.after, step.kind, step.rule), inner)
                except Gap:
                    continue
                return
        raise


def diverges(step: Step, context: Context) -> None:
    """KL is oo where supp P leaves supp Q or any tail diverges upwards, as the negative part of log p − log q is always integrable.

    Other expectations are ±oo if some end of the range diverges to that sign, no end to the other, and nothing happens inside; where
    supp P leaves supp Q, −log q is oo on a set of positive probability, and on supp Q it must not diverge to −oo.
    """
    f, x, law = defining(step.before)
    ends = [end for each in _laws_of(step.before) for end in each.support.args[:2]]
    for parts, inner in branches(Tuple(step.before, f * exp(law.log_density(x)), *ends), context, x):
        pieces: Any = parts.args
        head, weighted, *ends = pieces
        P, Q = _laws_of(head)[0], _laws_of(head)[-1]
        supported = inner.holds(P.support.within(Q.support))
        inner = inner.plus(*inner.ordered(weighted, (erf, atan)))
        if supported is False:
            need(is_positive_law(P) or None, "P is not seen to have mass where Q has none")
        signs: set[int] = {1} if supported is False else set()
        # a probability is at most 1, so the logarithm of a mass is bounded above
        if supported is not False or not (isinstance(head, KL) or P.is_discrete or Q.is_discrete):
            places = [place for place in zip(ends if supported is not False else ends[-2:], (1, -1)) if not P.is_discrete or place[0].is_infinite]
            if supported is False:  # nothing is lost where −log q is bounded below
                places = [(end, side) for end, side in places if limit(f, x, end, side, inner.facts) in (None, -oo)]
            growth = []
            for end, side in places:
                if isinstance(head, KL) and 1 in signs:
                    break
                finite, sign = integrable(weighted, x, end, side, inner.facts)
                growth.append((finite, sign))
                signs |= {sign} if finite is False else set()
            if not (isinstance(head, KL) and 1 in signs):
                inside = inner.at(P.support, x).plus(*Q.support.facts(x)).facts
                known = P.is_discrete or continuous(f if supported is False else weighted, x, inside)
                require(
                    known and supported is not None and {sign for finite, sign in growth if finite is None} <= signs,
                    "the growth at the ends is not known",
                )
        need((isinstance(head, KL) and 1 in signs) or len(signs) == 1, "no end of the range diverges, or they diverge to both signs")
        need(step.after == oo * (1 if 1 in signs else -1), "the divergence is to the other sign")


def _laws_of(head: Any) -> tuple[Law, ...]:
    return head.laws if isinstance(head, Head) else (head.under,)


def split(step: Step, context: Context) -> list[tuple[Expr, Boolean]]:
    """head = Piecewise((head, c), (±oo, True)): wherever c fails the value is infinite."""
    if step.after in (oo, -oo):
        infinite(step, context)
        return [(step.after, S.true)]
    parts: Any = step.after.args
    require(isinstance(step.after, Piecewise) and len(parts) == 2 and parts[0][0] == step.before, "this is no split of the head")
    (_, condition), (value, _) = parts
    for case in cases(unfolded(condition), False):
        head: Any
        for head, inner in under(step.before, case, context):
            infinite(Step(head, value, "infinite", step.rule), inner)
    return [(step.before, condition), (value, S.true)]
