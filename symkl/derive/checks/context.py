"""What a step may rely on: the conditions given and the facts they imply, and small questions about expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product
from typing import Any

from sympy import (
    ITE,
    Add,
    And,
    Basic,
    Contains,
    Derivative,
    Dummy,
    Eq,
    Expr,
    Max,
    Min,
    Ne,
    Not,
    Or,
    Piecewise,
    Pow,
    S,
    Subs,
    Symbol,
    Tuple,
    atan,
    besseli,
    erf,
    exp,
    log,
    oo,
)
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean

from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.derive.checks.formal import formal
from symkl.errors import DomainError
from symkl.form.factors import numerator_and_denominator
from symkl.form.facts import Facts
from symkl.form.hidden_zeros import shown_zeros
from symkl.form.log_products import is_log_of_one
from symkl.form.zero import is_zero

__all__ = ["Context", "Gap", "beyond", "branches", "cases", "need", "require", "same", "under", "unfolded"]

#: The order of the values of a function is asked for in expressions with at most this many of them, of at most so many operations.
MOST_VALUES, LONGEST_VALUE = 8, 24


class Gap(Exception):
    """A step that was not re-established: `status` is "refuted" or "unknown"."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def need(truth: bool | None, reason: str, *about: object) -> None:
    """Go on only if `truth` is True; False refutes the step, None leaves it unknown."""
    if truth is not True:
        raise Gap("refuted" if truth is False else "unknown", reason.format(*about))


def require(present: object, reason: str, *about: object) -> None:
    """Go on only with what the check can read; anything else leaves the step unknown."""
    if not present:
        raise Gap("unknown", reason.format(*about))


@dataclass(frozen=True)
class Context:
    """The conditions in force."""

    given: tuple[Boolean, ...] = ()

    @cached_property
    def facts(self) -> Facts:
        """Those of the conditions, also with denominators cleared and, between positive numbers, under the logarithm."""
        return _facts(self)

    @cached_property
    def known(self) -> frozenset[Boolean]:
        parts = [part for each in self.given for whole in (each, unfolded(each)) for part in (whole, *And.make_args(whole))]
        return frozenset(parts) | frozenset(part.canonical for part in parts if isinstance(part, Relational))

    def plus(self, *conditions: Boolean) -> Context:
        return Context(tuple(dict.fromkeys(self.given + conditions)))

    def at(self, support: Support, x: Symbol) -> Context:
        """The same, for a point x of the support; x's own assumptions must not say more than the support does."""
        require(_fits(x, support, self.facts), "the variable {} is assumed to be more than a point of {}", x, support)
        ends = support.facts(x)
        if isinstance(support, Lattice):
            above, below = (beyond(end, kind, self) for end, kind in ((support.lower, Max), (support.upper, Min)))
            ends = (*(Ge(x, end) for end in above), *(Le(x, end) for end in below))
        return self.plus(*(fact for fact in ends if fact is not S.true))

    def zero(self, expr: Any) -> bool | None:
        """Whether expr vanishes wherever the conditions hold."""
        return _zero(self, expr)

    def ordered(self, expr: Expr, functions: tuple[Any, ...]) -> list[Boolean]:
        """What follows for values of increasing functions from the order of their arguments."""
        found: list[Boolean] = []
        for function in functions:
            short = (each for each in expr.atoms(function) if each.count_ops() <= LONGEST_VALUE and not each.args[0].has(function))
            values = sorted(short, key=lambda each: each.sort_key())
            if len(values) <= MOST_VALUES and self.given:
                gaps = [(a, b, a.args[0] - b.args[0]) for a, b in combinations(values, 2)]
                found += [Gt(a, b) if self.facts.is_positive(gap) else Lt(a, b) for a, b, gap in gaps if self.facts.is_positive(gap) or self.facts.is_negative(gap)]
                if function in (erf, atan):  # they are odd
                    found += [Gt(a + b, 0) for a, b in combinations(values, 2) if self.facts.is_positive(a.args[0] + b.args[0])]
        return found

    def holds(self, condition: Boolean) -> bool | None:
        """Whether the condition follows from what is given; from each alternative, where alternatives are given."""
        condition = unfolded(condition)
        truth = self.follows(condition)
        for given in self.given if truth is None else ():
            if isinstance(whole := unfolded(given), Or):
                rest = tuple(other for other in self.given if other is not given)
                inner = [Context((*rest, *And.make_args(part))) for part in whole.args]
                truths = {each.holds(condition) for each in inner if not each.is_absurd}
                return truths.pop() if len(truths) == 1 else None
        return truth

    @cached_property
    def is_absurd(self) -> bool:
        """Whether one condition is seen to contradict the others."""
        return any(Context(tuple(c for c in self.given if c is not each)).follows(each) is False for each in self.given)

    def follows(self, condition: Boolean) -> bool | None:
        """The same from each condition as it stands."""
        if condition in (S.true, S.false) or condition in self.known:
            return condition is not S.false
        if Not(condition) in self.known:
            return False
        if isinstance(condition, (And, Or)):
            truths = [self.follows(part) for part in condition.args]
            decisive = isinstance(condition, Or)
            return decisive if decisive in truths else None if None in truths else not decisive
        if isinstance(condition, Contains):
            value: Any = condition.args[0]
            where = condition.args[1]
            return value.is_integer if where is S.Integers else True if where is S.Reals and self.facts.is_real(value) else None
        if not isinstance(condition, Relational) or condition.canonical in self.known:
            return True if isinstance(condition, Relational) else None
        if isinstance(condition, (Le, Ge, Lt, Gt)) and (condition.lts is -oo or condition.gts is oo):
            return self.facts.is_real(condition.gts if condition.lts is -oo else condition.lts) or None
        difference = condition.lhs - condition.rhs
        if isinstance(condition, (Gt, Lt)):
            return self.facts.is_positive(difference if isinstance(condition, Gt) else -difference)
        if isinstance(condition, (Ge, Le)):
            return self.facts.is_nonnegative(difference if isinstance(condition, Ge) else -difference)
        apart = self.facts.is_positive(difference) or self.facts.is_negative(difference)
        equal = False if apart else self.zero(difference) or None
        return equal if isinstance(condition, Eq) else (None if equal is None else not equal) if isinstance(condition, Ne) else None


@lru_cache(maxsize=5000)
def _facts(context: Context) -> Facts:
    facts = Facts.of(context.given)
    # what is not negative and not zero is positive
    apart = [c.lhs - c.rhs for c in sorted(context.known, key=lambda each: each.sort_key()) if isinstance(c, Ne)]
    facts = facts | Facts.of([Gt(gap, 0) for each in apart for gap in (each, -each) if facts.is_nonnegative(gap)])
    facts = facts | _chained(facts)
    more: list[Boolean] = []
    for known, compare in [(fact, Gt) for fact in facts.positive] + [(fact, Ge) for fact in facts.nonnegative]:
        top, bottom = numerator_and_denominator(known)
        if bottom != 1 and (facts.is_positive(bottom) or facts.is_negative(bottom)):
            more.append(compare(top if facts.is_positive(bottom) else -top, 0))
        if known.has(log):
            more.append(compare(1 - exp(-known), 0))
        large = [part for part in Add.make_args(known) if facts.is_positive(part)]
        small = [-part for part in Add.make_args(known) if facts.is_negative(part)]
        if len(large) == len(small) == 1:
            more.append(compare(log(large[0]) - log(small[0]), 0))
    return facts | Facts.of(more)


@lru_cache(maxsize=5000)
def _zero(context: Context, expr: Any) -> bool | None:
    names = formal(expr)
    named = expr.xreplace(names)
    if named.has(Piecewise):
        return _zero_by_cases(
            context, named, {name: node for node, name in names.items() if name.is_Dummy and not isinstance(node, (Derivative, Subs))}
        )
    if is_log_of_one(named, context.facts):
        return True
    truth = is_zero(named, context.facts | Facts.of(context.ordered(named, (erf, atan)) + _expanded(context, named)))
    if truth is None and (more := context.ordered(named, (log,))):
        truth = is_zero(named, context.facts | Facts.of(more))
    if truth is None and (
        values := [node for node in sorted(named.atoms(besseli), key=lambda each: each.sort_key()) if context.facts.is_positive(node)]
    ):
        # of a Bessel function that is written through others it is not seen that it is positive
        truth = is_zero(named.xreplace({node: Dummy("I", positive=True) for node in values}), context.facts) or None
    # two formal derivatives may be related in a way that is not known here
    return truth if truth is True or named == expr else None


def _zero_by_cases(context: Context, named: Expr, hidden: dict[Any, Any]) -> bool | None:
    """In each case of the Piecewise; what is hidden behind a name is taken to the case too. What is unequal is less or more only if it matters."""
    symbols = sorted(Tuple(*hidden.values()).free_symbols, key=lambda each: each.sort_key())

    def vanishes_in(chosen: Any, inner: Context) -> bool:
        moved = dict(zip(symbols, chosen.args[1:]))
        return inner.zero(chosen.args[0].xreplace({name: node.xreplace(moved) for name, node in hidden.items()})) is True

    whole = Tuple(named, *symbols)
    return any(all(vanishes_in(*case) for case in branches(whole, context, apart=apart)) for apart in (False, True)) or None


def _expanded(context: Context, expr: Expr) -> list[Boolean]:
    """Sums that are seen to be positive as they are written, such as a² + (x − y)², as they look when multiplied out."""
    sums = [numerator_and_denominator(node.args[0]) for node in expr.atoms(Pow, log) if isinstance(node.args[0], Add) and node.args[0].has(Pow)]
    whole = sorted({part for pair in sums for part in pair if isinstance(part, Add)}, key=lambda each: each.sort_key())
    return [Gt(part.expand(), 0) for part in whole if part != part.expand() and context.facts.is_positive(part)]


def beyond(end: Expr, kind: type[Max | Min], context: Context) -> list[Expr]:
    """The end of a range and what the conditions put beyond it, maxima below and minima above taken apart."""
    ends = [end, *(end.args if isinstance(end, kind) else ())]
    found, sign = list(ends), 1 if kind is Min else -1
    for condition in sorted(context.known, key=lambda each: each.sort_key()):
        if isinstance(condition, (Ge, Le)):
            slack = (condition.gts - condition.lts).expand()
            further = [(each + sign * slack).expand() for each in ends]
            found += [b for a, b in zip(ends, further) if a.free_symbols - b.free_symbols]
    parts = [(each, min(each.atoms(kind), key=lambda node: node.sort_key(), default=each)) for each in found]
    return list(dict.fromkeys(each.xreplace({node: arg}) for each, node in parts for arg in (node.args if isinstance(node, kind) else (node,))))


def unfolded(condition: Boolean) -> Boolean:
    """The condition without if-then-else: a comparison of a Piecewise holds in some branch."""
    if isinstance(condition, Relational):
        for piecewise in condition.atoms(Piecewise):
            alternatives, before = [], S.true
            parts: Any = piecewise.args
            for value, case in parts:
                alternatives.append(And(before, case, unfolded(condition.xreplace({piecewise: value}))))
                before = And(before, Not(case))
            return Or(*alternatives)
        return condition.canonical
    if isinstance(condition, ITE):
        branches_of: Any = condition.args
        test, yes, no = branches_of
        return Or(And(test, unfolded(yes)), And(Not(test), unfolded(no)))
    return condition.func(*(unfolded(part) for part in condition.args)) if isinstance(condition, (And, Or)) else condition


def _fits(x: Symbol, support: Support, facts: Facts) -> bool:
    if isinstance(support, Outcomes):
        return x.assumptions0.keys() <= {"commutative"}
    allowed = dict(support.variable(x.name).assumptions0)
    if isinstance(support, (Continuum, Lattice)) and support.lower is not -oo and facts.is_nonnegative(support.lower):
        positive = isinstance(support, Continuum) or facts.is_positive(support.lower) is True
        allowed |= Symbol(x.name, **({"positive": True} if positive else {"nonnegative": True})).assumptions0
    return all(allowed.get(key) is truth for key, truth in x.assumptions0.items())


def same(a: Expr, b: Expr, context: Context) -> bool | None:
    """Whether two ends of ranges are equal."""
    return a == b or (False if a.is_infinite or b.is_infinite else context.zero(a - b))


def cases(condition: Boolean, truth: bool = True, apart: bool = True) -> list[tuple[Boolean, ...]]:
    """The condition, or its negation, as alternatives, each a conjunction; weak inequalities are split, and ≠ if it is to be taken apart."""
    if isinstance(condition, (And, Or)):
        parts = [cases(part, truth, apart) for part in condition.args]
        if isinstance(condition, And) is truth:
            return [tuple(c for each in choice for c in each) for choice in product(*parts)]
        return [each for part in parts for each in part]
    condition = condition if truth else Not(condition)
    if isinstance(condition, (Ge, Le)):
        return [(Gt(condition.gts, condition.lts),), (Eq(condition.gts, condition.lts),)]
    if isinstance(condition, Ne) and apart:
        return [(Gt(*condition.args),), (Lt(*condition.args),)]
    return [] if condition is S.false else [() if condition is S.true else (condition,)]


def under(expr: Basic, case: tuple[Boolean, ...], context: Context) -> Iterator[tuple[Basic, Context]]:
    """The expression in the case; an equation that is linear in a symbol is solved for it. Nothing, if the case cannot be."""
    for equation in [c for c in case if isinstance(c, Eq)]:
        difference = equation.lhs - equation.rhs
        slopes = {symbol: difference.diff(symbol) for symbol in sorted(difference.free_symbols, key=str)}
        candidates = [s for s, slope in slopes.items() if slope.is_number and slope.is_nonzero]
        # One that is in no denominator, if there is one: a difference in its place would have to be recognised in fractions.
        below = {s for power in expr.atoms(Pow) if power.exp.is_negative for s in power.base.free_symbols} if len(candidates) > 1 else set()
        symbol = min(candidates, key=lambda s: s in below, default=None)
        if symbol is not None:
            there = {symbol: (symbol - difference / slopes[symbol]).expand()}
            try:
                expr = shown_zeros(expr.xreplace(there))
            except DomainError:
                return
            context = Context((*(c.xreplace(there) for c in context.given), *_assumed(symbol, there[symbol])))
            case = tuple(c.xreplace(there) for c in case)
            if S.false in context.given:
                return
    if not context.plus(*case).is_absurd:
        yield expr, context.plus(*case)


def _chained(facts: Facts) -> Facts:
    """From b <= e and a < b that a < e, for ends e that are fractions."""
    found: dict[Expr, None] = {}
    ends = [fact for fact in facts.positive + facts.nonnegative if fact.has(Pow)]
    for _ in range(2):
        further = []
        for end, gap in product(ends, facts.positive):
            total = end + gap
            if len(Add.make_args(gap)) == 2 and len(Add.make_args(total)) == len(Add.make_args(end)) and total not in found:
                found[total] = None
                further.append(total)
        ends = further
    return Facts(tuple(found))


def _assumed(symbol: Any, value: Expr) -> tuple[Boolean, ...]:
    """What the symbol's own assumptions say of a value in its place."""
    wanted = ((symbol.is_positive, Gt), (symbol.is_negative, Lt), (symbol.is_nonnegative, Ge), (symbol.is_nonpositive, Le))
    compare = next((relation for truth, relation in wanted if truth), None)
    condition = S.true if compare is None else compare(value, 0)
    return () if condition is S.true else (condition,)


def branches(expr: Basic, context: Context, x: Symbol | None = None, apart: bool = True) -> Iterator[tuple[Basic, Context]]:
    """The expression in each case of the Piecewise that it holds; those that depend on x are left alone."""
    nodes: list[Any] = [each for each in expr.atoms(Piecewise) if x is None or not each.has(x)]
    node = min(nodes, key=lambda each: each.sort_key(), default=None)
    if node is None:
        yield expr, context
        return
    before: tuple[Boolean, ...] = ()
    alike = [each for each in nodes if _conditions(each) == _conditions(node)]
    for at, case_of in enumerate(_conditions(node)):
        condition = unfolded(case_of)
        truth = None if before else context.follows(condition)
        if truth is False:
            continue
        chosen = expr.xreplace({each: each.args[at][0] for each in alike})
        if truth:
            yield from branches(chosen, context, x, apart)
            return
        for case in cases(And(*before, condition), apart=apart):
            for moved, inner in under(Tuple(chosen), case, context):
                yield from branches(moved.args[0], inner, x, apart)
        before = (*before, Not(condition))


def _conditions(piecewise: Any) -> tuple[Boolean, ...]:
    return tuple(condition for _, condition in piecewise.args)
