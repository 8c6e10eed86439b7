"""KL, entropy and cross-entropy from their definitions to closed forms.

Absolute continuity and the tails are decided before anything is integrated: KL always exists in [0, ∞], and it is ∞ exactly where P is
not absolutely continuous with respect to Q or the leading growth of log p − log q is not integrable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from warnings import warn

from sympy import And, Dummy, Expr, Piecewise, Pow, S, Sum, Symbol, log, nan, oo, piecewise_fold
from sympy.logic.boolalg import Boolean

from symkl.core.composite import AbstractLaw, Product
from symkl.core.convert import as_law
from symkl.core.density import Density, is_positive_law
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.hooks import resolve
from symkl.core.laws import Law, bound_variable
from symkl.core.statistics import statistic_of
from symkl.core.steps import Step
from symkl.core.supports import Lattice, Outcomes
from symkl.derive.cases import by_cases, by_sign, symbol_of_unknown_sign
from symkl.derive.derivation import Derivation, Status
from symkl.derive.evaluable import evaluable
from symkl.derive.masses import is_standard, mass_step
from symkl.derive.normalisation import unseen
from symkl.derive.products import by_structure
from symkl.derive.settle import Settled, settle
from symkl.errors import DomainError, MassWarning, Undecided
from symkl.expect.engine import Expected, expect
from symkl.expect.finiteness import divergent_sign, finite_condition
from symkl.form.branches import equated, reached, tidied
from symkl.form.cost import cost
from symkl.form.factors import numerator_and_denominator
from symkl.form.facts import Facts
from symkl.form.hidden_zeros import shown_zeros
from symkl.form.textbook import textbook

__all__ = ["cross_entropy", "derive", "entropy", "expectation", "kl", "value"]


#: Numbers of more digits are not repeated in the name of a step.
LONGEST_SHOWN = 30


@dataclass(frozen=True)
class Question:
    """A head in settled symbols: its statistic under P, and where it is defined and finite."""

    head: Expr
    statistic: Expr
    variable: Symbol
    under: Law
    continuity: Boolean
    tails: Boolean | None
    facts: Facts
    scale: Expr = S.One
    diverges_to: Expr = oo


def kl(P: Any, Q: Any, *, base: Any = None) -> Expr:
    """D_KL(P ‖ Q) = E_P[log p(X) − log q(X)] ∈ [0, ∞] in closed form, in nats unless `base` is given.

    P and Q are families, members of families, `Density`, `Finite` (or a list of probabilities), mixtures and products of these, or
    sympy.stats variables; a bare family stands for its general member, with symbols that end in _1 for P and _2 for Q. `base` is a
    number above 1. The result is `oo` where P is not absolutely continuous with respect to Q or the expectation diverges, as a
    `Piecewise` where that depends on symbols. An expectation that no rule reduces stays in the result; `derive(KL(P, Q))` has the
    derivation and names it. Raises `DomainError` for a parameter outside its domain.

    >>> from symkl import kl, Exponential
    >>> kl(Exponential, Exponential)
    log(lam_1/lam_2) - 1 + lam_2/lam_1
    """
    return _said(KL(P, Q, base=base))


def entropy(P: Any, *, base: Any = None) -> Expr:
    """H(P) = −E_P[log p(X)]: Shannon entropy of a discrete law, differential entropy of a continuous one; in nats unless `base` is given.

    P is any law that `kl` takes.

    >>> from symkl import entropy, Exponential
    >>> entropy(Exponential)
    1 - log(lam)
    """
    return _said(Entropy(P, base=base))


def cross_entropy(P: Any, Q: Any, *, base: Any = None) -> Expr:
    """H(P, Q) = −E_P[log q(X)] = H(P) + D_KL(P ‖ Q), in nats unless `base` is given; P and Q are any laws that `kl` takes.

    >>> from symkl import cross_entropy, Exponential
    >>> cross_entropy(Exponential, Exponential)
    -log(lam_2) + lam_2/lam_1
    """
    return _said(CrossEntropy(P, Q, base=base))


def expectation(f: Any, P: Any) -> Expr:
    """E_P[f(X)] for a function, a SymPy Lambda, or an expression in one symbol that is no parameter of P.

    >>> from sympy.abc import x
    >>> from symkl import expectation, Gamma
    >>> expectation(x, Gamma), expectation(lambda x: x, Gamma)
    (alpha/beta, alpha/beta)
    """
    law = as_law(P)
    x = bound_variable(law)
    head = Expectation(statistic_of(f, law, x), x, law)
    found = derive(head).result
    if found is nan:
        raise DomainError(f"{head} does not exist: the expectations of the positive and of the negative part are both infinite")
    return found


def _said(head: Any) -> Expr:
    """The value, with a warning where it presupposes that a density has mass one."""
    found = value(head)
    if head.atoms(Density) and (open_law := unseen(settle(head.laws, ()).laws)) is not None:
        warn(f"{head}: the mass of {open_law} is not seen to be 1; the result presupposes it", MassWarning, stacklevel=3)
    return found


def value(head: Expr) -> Expr:
    """What `.doit()` gives; of finite laws with rational masses a sum of logarithms, whose equality and order are decided."""
    if not isinstance(head, Head) or head.free_symbols or head.atoms(Product, AbstractLaw) or not all(map(_is_finite_set, head.laws)):
        return derive(head).result
    if all(isinstance(law.support, Outcomes) for law in head.laws):
        exact = resolve("logarithms")(resolve("finite")(head))
        if exact is not None:
            return exact
    result = derive(head).result
    logarithms = resolve("logarithms")(result)
    return result if logarithms is None else logarithms


def derive(head: Expr) -> Derivation:
    """The derivation of a head: every step from the definition to the closed form, with conditions.

    >>> from symkl import derive, KL, Normal
    >>> derive(KL(Normal, Normal)).check().status
    'proved'
    """
    if not isinstance(head, (KL, Entropy, CrossEntropy, Expectation)):
        other = "; its value is head.doit()" if isinstance(head, Head) else ""
        other = other or ("; kl(P, Q) is a value, KL(P, Q) the measure" if isinstance(head, Expr) else "")
        raise TypeError(f"derive takes KL, Entropy, CrossEntropy or Expectation, as in derive(KL(P, Q)), not {head!r}{other}")
    return _derive(head)


@lru_cache(maxsize=1024)
def _derive(head: Expr) -> Derivation:
    if (through_parts := by_structure(head, _derive)) is not None:
        return through_parts
    laws: Any = head.laws if isinstance(head, Head) else head.args[2:]
    settled = settle(laws, () if isinstance(head, Head) else head.free_symbols)
    inner = _settled_head(head, settled)
    opening = [Step(head, inner, "assumption", "parameters in their domains", settled.conditions, settled.renaming)] if inner != head else []
    if isinstance(inner, KL) and inner.laws[0] == inner.laws[1]:
        step = Step(inner, S.Zero, "known value", "identical laws")
        return Derivation(head, S.Zero, "closed", (*opening, step), settled.conditions)
    unsigned = symbol_of_unknown_sign(settled.laws)
    if unsigned is not None:
        return _by_sign(head, inner, unsigned, opening, settled)
    question = _question(inner, settled)
    defined = question.continuity if question.tails is None else And(question.continuity, question.tails)
    if defined is S.false:
        return _infinite(head, question, opening, settled)
    return _finite(head, question, defined, opening, settled)


def _by_sign(head: Expr, inner: Expr, unsigned: Symbol, opening: list[Step], settled: Settled) -> Derivation:
    found, step = by_sign(inner, unsigned, _derive)
    steps, restored = [*opening, step], settled.restore(found.result)
    if restored != found.result:
        steps.append(_back(found.result, restored, settled))
    unreduced = tuple(settled.restore(each) for each in found.unreduced)
    return Derivation(head, evaluable(restored), found.status, tuple(steps), settled.conditions, unreduced, found.rules_asked)


def _back(result: Expr, restored: Expr, settled: Settled) -> Step:
    numbers = ", ".join(f"{symbol} = {value}" for value, symbol in settled.names if value.is_number and len(str(value)) <= LONGEST_SHOWN)
    rule = f"the value at {numbers}" if numbers else "back to the symbols given"
    return Step(result, restored, "assumption", rule, (), settled.renaming)


def _settled_head(head: Expr, settled: Settled) -> Expr:
    if isinstance(head, Expectation):
        renamed = dict(settled.names)
        return Expectation(head.statistic.xreplace(renamed), head.variable, settled.laws[0])
    return head.func(*settled.laws, *head.args[len(settled.laws) :])


def _question(head: Expr, settled: Settled) -> Question:
    laws, facts = settled.laws, settled.facts
    P = laws[0]
    x = head.variable if isinstance(head, Expectation) else bound_variable(*laws)
    continuity: Boolean = S.true
    if isinstance(head, Expectation):
        statistic = head.statistic
    elif isinstance(head, Entropy):
        statistic = -P.log_density(x)
    else:
        continuity = P.support.within(laws[1].support)
        if continuity is not S.true and not is_positive_law(P):
            raise Undecided(f"{head}: whether {P} has mass outside {laws[1].support.shown} is not decided: it is not seen to be positive on all of its support")
        statistic = S.Zero
        if continuity is not S.false:
            log_q = laws[1].log_density(x)
            statistic = P.log_density(x) - log_q if isinstance(head, KL) else -log_q
    scale = 1 / log(head.base) if isinstance(head, Head) else S.One
    given = And(continuity, *(condition for each in laws for condition in each.conditions), *settled.known)
    tails, to = (S.true, oo) if continuity is S.false else _tails(head, statistic, x, P, facts, given)
    return Question(head, statistic, x, P, continuity, tails, facts, scale, to)


def _tails(head: Expr, statistic: Expr, x: Symbol, P: Law, facts: Facts, given: Boolean) -> tuple[Boolean | None, Expr]:
    """The condition of finiteness, None if it is not decided, and the infinity that is the value elsewhere."""
    if isinstance(head, Head) and _is_finite_set(P):
        # Each log p(k), and log q(k) where P is absolutely continuous with respect to Q, is finite.
        return S.true, oo
    try:
        condition = finite_condition(statistic, x, P, facts, given)
    except Undecided:
        return None, oo
    if condition is S.true or isinstance(head, KL):
        return condition, oo
    variable = P.support.variable(x.name)
    sign = 1 if statistic.xreplace({x: variable}).is_nonnegative else divergent_sign(statistic, x, P, facts, given)
    return condition, oo if sign == 1 else -oo if sign == -1 else S.NaN


def _is_finite_set(P: Law) -> bool:
    if isinstance(P, (AbstractLaw, Product)):
        return isinstance(P, Product) and all(map(_is_finite_set, P.args))
    support = P.support
    bounded = isinstance(support, Lattice) and support.lower.is_finite is True and support.upper.is_finite is True
    return bounded or isinstance(support, Outcomes)


def _infinite(head: Expr, question: Question, opening: list[Step], settled: Settled) -> Derivation:
    if question.continuity is S.false:
        reason = "P is not absolutely continuous with respect to Q"
        data = {"reason": "support"}
    else:
        reason = "the tails of P are too heavy for log p − log q" if isinstance(question.head, KL) else "the expectation diverges"
        data = {"reason": "tail"}
    step = Step(question.head, question.diverges_to, "infinite", reason, (), data)
    return Derivation(head, question.diverges_to, "infinite", (*opening, step), settled.conditions)


def _finite(head: Expr, question: Question, defined: Boolean, opening: list[Step], settled: Settled) -> Derivation:
    facts = _extended(question.facts, defined)
    steps = list(opening)
    if defined is not S.true:
        split = Piecewise((question.head, defined), (question.diverges_to, True))
        data = {"continuity": question.continuity, "tails": question.tails}
        steps.append(Step(question.head, split, "piecewise", "finite exactly under the condition", (defined,), data))
    whole = Expectation(question.statistic, question.variable, question.under)
    if whole != question.head:
        steps.append(Step(question.head, question.scale * whole, "definition", "definition", (defined,) if defined is not S.true else ()))
    found = expect(question.statistic, question.variable, question.under, facts)
    if question.tails is None and found.unreduced:
        raise Undecided(f"{question.head}: whether it is finite is not decided, and no closed form says so", ("growth at the ends of the support",))
    # A substitution by a law of a standard form says what the mass is.
    is_seen = any(step.kind == "substitution" for step in found.steps) and is_standard(question.under, facts)
    if not is_seen and (mass := mass_step(question.under, question.facts)) is not None:
        steps.insert(len(opening), mass)
    steps.extend(found.steps)
    final = _scaled(question.scale, found.value, facts)
    raw = question.scale * found.value
    if final != raw:
        steps.append(Step(raw, final, "algebra", "collecting terms"))
    result = _joined(final, defined, question.diverges_to)
    restored = settled.restore(result)
    if restored != result:
        steps.append(_back(result, restored, settled))
    if settled.known and restored in (oo, -oo):
        # the condition, of a symbol that stands for a large number, fails for the number
        return Derivation(head, restored, "infinite", tuple(steps), settled.conditions)
    if settled.has_expressions:
        restored = _presented_anew(restored, steps, settled)
    status: Status = "semi-closed" if found.unreduced else "closed"
    return Derivation(head, evaluable(restored), status, tuple(steps), settled.conditions, _restored(found, settled), found.rules_asked)


def _presented_anew(restored: Expr, steps: list[Step], settled: Settled) -> Expr:
    """Textbook form once more, in the user's parameters: k·p₁ + k·(1 − p₁) is k. The steps are added."""
    pairs: Any = restored.args if isinstance(restored, Piecewise) else ((restored, S.true),)
    shown = []
    for value, condition in pairs:
        again = _hiding(partial(textbook, facts=settled.outer_facts | Facts.of(condition)), value) if value.is_finite is not False else value
        if cost(again) < cost(value):
            steps.append(Step(value, again, "textbook form", "in the parameters as they were given"))
            value = again
        shown.append((value, condition))
    return Piecewise(*shown) if isinstance(restored, Piecewise) else shown[0][0]


def _restored(found: Expected, settled: Settled) -> tuple[Expectation, ...]:
    return tuple(settled.restore(each) for each in found.unreduced)


def _scaled(scale: Expr, value: Expr, facts: Facts) -> Expr:
    """In a base other than e: the form in nats over log(base). The logarithms of a number may be those of the base, so it is taken as a whole where that is shorter."""
    if scale is S.One:
        return _presented(value, facts)
    nats = _presented(value, facts)
    if not value.free_symbols:
        return min(scale * nats, _presented(scale * value, facts), key=cost)
    if not isinstance(nats, Piecewise):
        return scale * nats
    branches: Any = nats.args
    return Piecewise(*((scale * each, condition) for each, condition in branches))


def _presented(expr: Expr, facts: Facts) -> Expr:
    """Textbook form, branch by branch; where a branch is the case symbol = value, the value is put in."""
    apart = _hiding(_folded, expr)
    shown = apart if isinstance(apart, Piecewise) else _hiding(partial(textbook, facts=facts), apart)
    if not isinstance(shown, Piecewise):
        return shown
    branches = []
    for each, condition in reached(shown.args):
        here = equated(condition)
        # Not into named expectations: beyond the case, the value need not be a parameter of their law.
        value, inside = _hiding(partial(_put_in, here), each) if here else each, facts | Facts.of(condition)
        branches.append((_hiding(partial(textbook, facts=inside), value), condition))
    return Piecewise(*branches)


def _put_in(values: dict[Any, Expr], expr: Expr) -> Expr:
    return shown_zeros(expr.xreplace(values))


def _folded(expr: Expr) -> Expr:
    apart = by_cases(expr)
    return piecewise_fold(apart) if isinstance(apart, Piecewise) else apart


def _hiding(present: Callable[[Expr], Expr], expr: Expr) -> Expr:
    """`present` of the expression with its expectations, and sums by cases, opaque: their bound variables are nobody's business."""
    hidden = expr.atoms(Expectation) | {each for each in expr.atoms(Sum) if each.has(Piecewise)}
    names = {each: Dummy("E", real=True) for each in sorted(hidden, key=lambda e: e.sort_key())}
    return present(expr.xreplace(names)).xreplace({name: each for each, name in names.items()})


def _joined(final: Expr, defined: Boolean, outside: Expr) -> Expr:
    """The finite value under its condition and the infinite one elsewhere, as one flat Piecewise."""
    if defined is S.true:
        return final
    parts: Any = final.args if isinstance(final, Piecewise) else ((final, S.true),)
    return tidied(Piecewise(*((each, And(condition, defined)) for each, condition in parts), (outside, True)))


def _extended(facts: Facts, condition: Boolean) -> Facts:
    if condition is S.true:
        return facts
    more = Facts.of([condition])
    whole = Facts(facts.positive + more.positive, facts.nonnegative + more.nonnegative)
    return whole | Facts(tuple(_cleared(whole.positive, whole)), tuple(_cleared(whole.nonnegative, whole)))


def _cleared(known: tuple[Expr, ...], facts: Facts) -> Iterator[Expr]:
    """The numerators of fractions that are known to be positive, or not negative."""
    for fact in known:
        top, bottom = numerator_and_denominator(fact) if fact.has(Pow) else (fact, S.One)
        if bottom != 1 and facts.is_positive(bottom):
            yield top.expand()
        elif facts.is_negative(bottom):
            yield (-top).expand()
