"""Whether E_P f(X) is finite, decided before any integration: at the ends of the support, and where f may be infinite inside.

At an end the density is e^{E(t)} and |f| and |dx/dt| have scales too; ∫ p|f| converges there if and only if the scale of the product beats
1/t. Of a sum the leading term decides, and for f = log p − log q a divergent E|f| is the same as D_KL(P ‖ Q) = ∞: the negative part of
p log(p/q) is always integrable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from sympy import And, Basic, Eq, Expr, Ne, Or, Piecewise, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from symkl.core.composite import Mixture
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes
from symkl.errors import DomainError, Undecided
from symkl.expect.growth_cases import CaseTree, Replacement, case_tree, isolate, unfolded
from symkl.expect.growth_conditions import answers, condition_of, conjunction, is_void
from symkl.expect.growth_ends import Question, at_end, at_point, finite_end, inside, never_negative
from symkl.expect.growth_expand import End
from symkl.expect.growth_linear import NEGATIVE
from symkl.expect.growth_signs import Known, Void, possible_signs
from symkl.expect.growth_sums import FINITE, MINUS, PLUS
from symkl.form.branches import conjuncts
from symkl.form.facts import Facts

__all__ = ["divergent_sign", "finite_condition"]

#: Up to how many points of a lattice are looked at one by one, and how many where f has branches.
FEW_POINTS, MANY_POINTS = 8, 32
NO_FACTS = Facts()

Site = Callable[[Question], int]


def finite_condition(f: Expr, x: Symbol, law: Law, facts: Facts = NO_FACTS, given: Boolean = S.true) -> Boolean:
    """The exact condition under which E_P|f(X)| < ∞.

    For f = log p − log q its complement is the condition of D_KL(P ‖ Q) = ∞, given that P is absolutely continuous with respect to Q.
    `given` is a condition that may be assumed besides the facts, such as supp P ⊂ supp Q with end points that are a `Piecewise`.
    `Undecided` is raised where the growth of f or a sign cannot be found.

    >>> from sympy import Symbol, log
    >>> from symkl import Gamma
    >>> x, alpha, beta = (Symbol(name, positive=True) for name in ("x", "alpha", "beta"))
    >>> finite_condition(1/x, x, Gamma(alpha, beta)), finite_condition(log(x)**2, x, Gamma(alpha, beta))
    (alpha > 1, True)
    """
    parts: list[Boolean] = []
    for present, f_, x_, law_, known in _components(f, x, law, facts, given):
        whole: list[Boolean] = []
        for trees in _sites(f_, x_, law_, known, signed=False):
            condition = _alternatives(trees, known)
            if condition is S.false and present is S.true:
                return S.false
            whole.append(condition)
        parts.append(Or(_negated(present), conjunction(whole, known.facts)))
    return conjunction(parts, facts)


def divergent_sign(f: Expr, x: Symbol, law: Law, facts: Facts = NO_FACTS, given: Boolean = S.true) -> int | None:
    """+1 or −1 if E_P f(X) = ±∞ wherever it is not finite; None if it never diverges or diverges to both sides.

    >>> from sympy import Symbol, log
    >>> from symkl import Cauchy
    >>> x = Symbol("x", real=True)
    >>> divergent_sign(x**2, x, Cauchy(0, 1)), divergent_sign(x, x, Cauchy(0, 1))
    (1, None)
    """
    found: set[int] = set()
    for _, f_, x_, law_, known in _components(f, x, law, facts, given):
        for trees in _sites(f_, x_, law_, known, signed=True):
            for _, tree in trees:
                found |= answers(tree)
    found.discard(FINITE)
    return found.pop() if found in ({PLUS}, {MINUS}) else None


def _negated(condition: Boolean) -> Boolean:
    return S.false if condition is S.true else ~condition


def _components(f: Expr, x: Symbol, law: Law, facts: Facts, given: Boolean) -> Iterator[tuple[Boolean, Expr, Symbol, Law, Known]]:
    """(weight is not zero, f, x, law, what is known) for the law, or for each component of a mixture."""
    if isinstance(law, Mixture):
        for weight, each in zip(law.weights, law.components):
            alone = isolate(weight, Known(facts))
            present = S.true if weight.is_positive or facts.is_positive(weight) else Ne(*alone[:2]) if alone else Ne(weight, 0)
            for inner, *rest in _components(f, x, each, facts, given):
                yield (And(present, inner), *rest)  # type: ignore[misc]
        return
    variable = _variable(law)
    f = f.xreplace({x: variable})
    yield S.true, f, variable, law, _real(f, variable, law, _known(law, facts, given))


@lru_cache(maxsize=4096)
def _variable(law: Law) -> Symbol:
    # A name that no parameter bears.
    return law.support.variable("⟨x⟩")


@lru_cache(maxsize=4096)
def _known(law: Law, facts: Facts, given: Boolean) -> Known:
    """The facts, the law's conditions, that its support is not empty, and the given condition."""
    more = facts | Facts.of(law.conditions)
    support: Any = law.support
    if not isinstance(support, Outcomes):
        gap = support.upper - support.lower
        if gap.free_symbols and gap.is_finite and not gap.has(Piecewise):
            more = more | Facts.of([gap > 0 if isinstance(support, Continuum) else gap >= 0])
    conditions = conjuncts(given)
    pending = tuple(each for each in conditions if each.has(Piecewise))
    more = unfolded(more | Facts.of(each for each in conditions if not each.has(Piecewise)))
    # What the symbols' assumptions say already would only slow the search.
    return Known(Facts(*(tuple(fact for fact in group if not fact.is_positive) for group in (more.positive, more.nonnegative))), pending=pending)


@lru_cache(maxsize=8192)
def _real(f: Expr, x: Symbol, law: Law, known: Known) -> Known:
    """What is known with the signs of such functions at the ends of the support."""
    if isinstance(law.support, Outcomes):
        return known
    more: list[Expr] = []
    for h in sorted(never_negative(f, x), key=str):
        values = [h.xreplace({x: end}) for end in law.support.args[:2] if end.is_finite]
        if any(possible_signs(value, known) == NEGATIVE for value in values):
            raise Undecided(f"{f} is not real: {h} is negative on a part of the support")
        more += [value for value in values if value.free_symbols and possible_signs(value, known) & NEGATIVE]
    return known.plus(Facts((), tuple(more))) if more else known


def _sites(f: Expr, x: Symbol, law: Law, known: Known, signed: bool) -> Iterator[list[tuple[Boolean, CaseTree[int]]]]:
    """For every place where f may be too large: the alternatives (condition, tree of cases) that make its answer."""
    support = law.support
    if isinstance(support, Outcomes):
        points: tuple[Basic, ...] | None = support.args
    else:
        # A few points are looked at one by one, whatever the form of f.
        points = support.points(MANY_POINTS if f.has(Piecewise) else FEW_POINTS) if isinstance(support, Lattice) else None
    if points is not None:
        for label in points:
            yield [(S.true, _ask(f, x, law, known, signed, lambda q, at=label: at_point(q, at)))]  # type: ignore[misc]
        return
    if not isinstance(support, (Continuum, Lattice)):
        raise Undecided(f"finiteness under {law}: its support is not known")
    for side in (1, -1):
        point, infinity = (support.lower, -oo) if side > 0 else (support.upper, oo)
        at_infinity = lambda q, side=side, e=infinity: at_end(q, End(e, side))
        at_value = lambda q, side=side: at_end(q, finite_end(q, side))
        if point.is_infinite:
            yield [(S.true, _ask(f, x, law, known, signed, at_infinity))]
        elif point.is_finite is None and point.is_extended_real and point.is_Symbol:
            finite_case = (Ne(point, infinity), _ask(f, x, law, known, signed, at_value))
            yield (
                [finite_case]
                if _excludes(known, point, infinity)
                else [(Eq(point, infinity), _ask(f, x, law, known, signed, at_infinity)), finite_case]
            )
        else:
            yield [(S.true, _ask(f, x, law, known, signed, at_value))]
    for site in inside(f, x, law, known):
        yield [(S.true, _ask(f, x, law, known, signed, site))]


def _excludes(known: Known, end: Expr, infinity: Expr) -> bool:
    """Whether a fact bounds the end of the support away from infinity."""
    return any(fact.xreplace({end: infinity}) is S.NegativeInfinity for fact in known.facts.positive + known.facts.nonnegative)


def _ask(f: Expr, x: Symbol, law: Law, known: Known, signed: bool, site: Site) -> CaseTree[int]:
    def question(known: Known, replacement: Replacement) -> int:
        if not replacement:
            return site(Question(f, x, law, known, signed))
        try:
            case: Law = law.xreplace(replacement)  # type: ignore[no-untyped-call]
        except DomainError:
            raise Void from None
        return site(Question(f.xreplace(replacement), x, case, known, signed))

    return case_tree(question, known)


def _alternatives(trees: list[tuple[Boolean, CaseTree[int]]], known: Known) -> Boolean:
    conditions = [(when, condition_of(tree, lambda answer: answer == FINITE, known.facts)) for when, tree in trees]
    real = [(when, condition) for when, condition in conditions if condition is not None]
    if not real:
        if any(is_void(tree) for _, tree in trees):
            raise Undecided("the function is not real near an end of the support")
        # What is given cannot hold.
        return S.true
    if len({condition for _, condition in real}) == 1:
        return real[0][1]
    return Or(*(And(when, condition) for when, condition in real))
