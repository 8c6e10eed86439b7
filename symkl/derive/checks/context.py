"""What a step may rely on: the conditions given and the facts they imply, and small questions about expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sympy import (
    ITE,
    Abs,
    Add,
    And,
    Basic,
    Contains,
    Dummy,
    Ei,
    Eq,
    Expr,
    Mul,
    Ne,
    Not,
    Or,
    Piecewise,
    Pow,
    S,
    Symbol,
    atan,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    expint,
    log,
    loggamma,
    oo,
    sin,
    sinh,
    tanh,
    together,
    uppergamma,
)
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.derive.checks.formal import formal
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["Context", "Gap", "continuous", "linear_parts", "need", "parts_of", "same"]


class Gap(Exception):
    """A step that was not re-established: `status` is "refuted" or "unknown"."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def need(truth: bool | None, reason: str) -> None:
    """Go on only if `truth` is True; False refutes the step, None leaves it unknown."""
    if truth is not True:
        raise Gap("refuted" if truth is False else "unknown", reason)


@dataclass(frozen=True)
class Context:
    """The conditions in force."""

    given: tuple[Boolean, ...] = ()

    @cached_property
    def facts(self) -> Facts:
        """Those of the conditions, also with denominators cleared and, between positive numbers, under the logarithm."""
        facts = Facts.of(self.given)
        more: list[Boolean] = []
        for known, compare in [(fact, Gt) for fact in facts.positive] + [(fact, Ge) for fact in facts.nonnegative]:
            top, bottom = together(known).as_numer_denom()
            if bottom != 1 and facts.is_positive(bottom):
                more.append(compare(top, 0))
            large = [part for part in Add.make_args(known) if facts.is_positive(part)]
            small = [-part for part in Add.make_args(known) if facts.is_negative(part)]
            if len(large) == len(small) == 1:
                more.append(compare(log(large[0]) - log(small[0]), 0))
        return facts | Facts.of(more)

    @cached_property
    def known(self) -> frozenset[Boolean]:
        parts = [part for each in self.given for whole in (each, unfolded(each)) for part in (whole, *And.make_args(whole))]
        return frozenset(parts) | frozenset(part.canonical for part in parts if isinstance(part, Relational))

    def plus(self, *conditions: Boolean) -> Context:
        return Context(tuple(dict.fromkeys(self.given + conditions)))

    def at(self, support: Support, x: Symbol) -> Context:
        """The same, for a point x of the support; x's own assumptions must not say more than the support does."""
        need(_fits(x, support, self.facts) or None, f"the variable {x} is assumed to be more than a point of {support}")
        ends = (Ge(x, support.lower), Le(x, support.upper)) if isinstance(support, Lattice) else support.facts(x)
        return self.plus(*(fact for fact in ends if fact is not S.true))

    def zero(self, expr: Expr) -> bool | None:
        named = formal(expr)
        truth = is_zero(named, self.facts)
        # two formal derivatives may be related in a way that is not known here
        return truth if truth is True or named == expr else None

    def holds(self, condition: Boolean) -> bool | None:
        """Whether the condition follows from what is given."""
        condition = unfolded(condition)
        if condition in (S.true, S.false) or condition in self.known:
            return condition is not S.false
        if Not(condition) in self.known:
            return False
        if isinstance(condition, (And, Or)):
            truths = [self.holds(part) for part in condition.args]
            decisive = isinstance(condition, Or)
            return decisive if decisive in truths else None if None in truths else not decisive
        if isinstance(condition, Contains):
            value, where = condition.args
            return value.is_integer if where is S.Integers else True if where is S.Reals and self.facts.is_real(value) else None
        if not isinstance(condition, Relational) or condition.canonical in self.known:
            return True if isinstance(condition, Relational) else None
        difference = condition.lhs - condition.rhs
        if isinstance(condition, (Gt, Lt)):
            return self.facts.is_positive(difference if isinstance(condition, Gt) else -difference)
        if isinstance(condition, (Ge, Le)):
            return self.facts.is_nonnegative(difference if isinstance(condition, Ge) else -difference)
        apart = self.facts.is_positive(difference) or self.facts.is_negative(difference)
        equal = False if apart else self.zero(difference) or None
        return equal if isinstance(condition, Eq) else (None if equal is None else not equal) if isinstance(condition, Ne) else None


def unfolded(condition: Boolean) -> Boolean:
    """The condition without if-then-else: a comparison of a Piecewise holds in some branch."""
    if isinstance(condition, Relational):
        for piecewise in condition.atoms(Piecewise):
            alternatives, before = [], S.true
            for value, case in piecewise.args:
                alternatives.append(And(before, case, unfolded(condition.xreplace({piecewise: value}))))
                before = And(before, Not(case))
            return Or(*alternatives)
        return condition.canonical
    if isinstance(condition, ITE):
        test, yes, no = condition.args
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


def parts_of(expr: Basic) -> tuple[Expr, Symbol, Law]:
    """(f, x, P) of an expectation whose variable is nobody's parameter."""
    need(isinstance(expr, Expectation) or None, f"{expr} is not an expectation")
    f, x, law = expr.args
    need(x not in law.free_symbols or None, f"the variable {x} is also a parameter")
    return f, x, law


def linear_parts(expr: Expr) -> tuple[Expr, list[tuple[Expr, Expectation]]]:
    """c_0 and the pairs (c_i, E_i) with expr = c_0 + Σ c_i E_i."""
    names = {each: Dummy() for each in sorted(expr.atoms(Expectation), key=lambda each: each.sort_key())}
    flat, unknown = expr.xreplace(names), set(names.values())
    parts = [(flat.diff(name), each) for each, name in names.items()]
    need(not any(c.free_symbols & unknown for c, _ in parts) or None, "the expression is not linear in its expectations")
    return flat.xreplace(dict.fromkeys(unknown, S.Zero)), [(c, each) for c, each in parts if c != 0]


_ENTIRE = (Abs, atan, cos, cosh, erf, erfc, exp, sin, sinh, tanh)
_ON_POSITIVE = (Ei, expint, log, loggamma, uppergamma)


def continuous(expr: Expr, x: Symbol, positive: Callable[[Expr], bool | None]) -> bool:
    """Whether expr is built from functions that are continuous where `positive` vouches for the arguments of logs and powers."""
    if not expr.has(x) or expr == x:
        return True
    last = expr.args[-1]
    if isinstance(expr, Pow) and not (last.is_Integer and last.is_nonnegative):
        away = positive(expr.base) or (last.is_integer and positive(-expr.base))
        return bool(away) and all(continuous(arg, x, positive) for arg in expr.args)
    if isinstance(expr, _ON_POSITIVE):
        return bool(positive(last)) and not any(arg.has(x) for arg in expr.args[:-1]) and continuous(last, x, positive)
    return isinstance(expr, (Add, Mul, Pow, *_ENTIRE)) and all(continuous(arg, x, positive) for arg in expr.args)
