"""What a step may rely on: the conditions given and the facts they imply, and small questions about expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sympy import (
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
    uppergamma,
)
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
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
        return Facts.of(self.given)

    @cached_property
    def known(self) -> frozenset[Boolean]:
        parts = [part for each in self.given for part in And.make_args(each)]
        return frozenset(parts) | frozenset(part.canonical for part in parts if isinstance(part, Relational))

    def plus(self, *conditions: Boolean) -> Context:
        return Context(tuple(dict.fromkeys(self.given + conditions)))

    def at(self, support: Support, x: Symbol) -> Context:
        """The same, for a point x of the support; x's own assumptions must not say more than the support does."""
        need(_fits(x, support, self.facts) or None, f"the variable {x} is assumed to be more than a point of {support}")
        return self.plus(*support.facts(x))

    def zero(self, expr: Expr) -> bool | None:
        return is_zero(expr, self.facts)

    def holds(self, condition: Boolean) -> bool | None:
        """Whether the condition follows from what is given."""
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
