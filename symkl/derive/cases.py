"""Laws whose support depends on the sign of a parameter: one derivation for each sign, joined."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod
from typing import Any

from sympy import And, Expr, Piecewise, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.derive.derivation import Derivation, Status
from symkl.derive.evaluable import plain
from symkl.form.branches import tidied
from symkl.form.zero import is_zero

__all__ = ["by_cases", "by_sign", "symbol_of_unknown_sign"]

#: A Piecewise of more cases than this is left inside.
MOST_CASES = 8
#: Of more choices than this it is not asked which are possible.
MOST_CHOICES = 64


def symbol_of_unknown_sign(laws: tuple[Law, ...]) -> Symbol | None:
    """A parameter that may not be zero, is a symbol without a sign, and stands in the support."""
    for each in laws:
        if not isinstance(each, Family):
            continue
        for parameter, value in zip(type(each).parameters, each.args):
            unsigned = isinstance(value, Symbol) and value.is_positive is None and value.is_negative is None
            if parameter.domain.nonzero and unsigned and value in each.support.free_symbols:
                return value
    return None


def by_sign(head: Expr, symbol: Symbol, derive: Callable[[Expr], Derivation]) -> tuple[Derivation, Step]:
    """The derivation of `head` by the sign of `symbol`, and the step that joins the two cases."""
    found = []
    for sign in ("positive", "negative"):
        signed = Symbol(symbol.name, **{"real": True, sign: True})
        found.append((signed, derive(head.xreplace({symbol: signed}))))
    results = [plain(each.result).xreplace({signed: symbol}) for signed, each in found]
    joined = results[0] if _same(results) else _piecewise(results, symbol)
    cases = tuple((signed, each.head, each.steps, plain(each.result)) for signed, each in found)
    step = Step(head, joined, "cases", f"the sign of {symbol}", data={"symbol": symbol, "cases": cases})
    statuses = [each.status for _, each in found]
    status: Status = "semi-closed" if "semi-closed" in statuses else "closed" if "closed" in statuses else "infinite"
    unreduced = tuple(dict.fromkeys(_restored(e, signed, symbol) for signed, each in found for e in each.unreduced))
    asked = next((each.rules_asked for _, each in found if each.rules_asked), ())
    return Derivation(head, joined, status, (step,), (), unreduced, asked), step


def by_cases(expr: Expr) -> Expr:
    """The Piecewise within an expression brought outside, while they are few; those with the same conditions go together."""
    expr = _flat(expr)
    groups: dict[tuple[Boolean, ...], list[Piecewise]] = {}
    for each in sorted(expr.atoms(Piecewise), key=lambda e: e.sort_key()):
        branches: Any = each.args
        groups.setdefault(tuple(condition for _, condition in branches), []).append(each)
    if not groups or isinstance(expr, Piecewise) or prod(len(conditions) for conditions in groups) > MOST_CHOICES:
        return expr
    parts: list[tuple[Expr, Boolean]] = []
    choices = [choice for choice in product(*(range(len(conditions)) for conditions in groups)) if _is_possible(choice, list(groups))]
    if len(choices) > MOST_CASES:
        return expr
    for choice in choices:
        chosen: dict[Any, Any] = {each: each.args[at].args[0] for at, members in zip(choice, groups.values()) for each in members}
        parts.append((expr.xreplace(chosen), And(*(conditions[at] for at, conditions in zip(choice, groups)))))
    return Piecewise(*parts)


def _is_possible(choice: tuple[int, ...], groups: list[tuple[Boolean, ...]]) -> bool:
    """Whether no condition that a choice needs is one that it has passed over."""
    passed = {condition for at, conditions in zip(choice, groups) for condition in conditions[:at]}
    needed = {part for at, conditions in zip(choice, groups) for part in And.make_args(conditions[at])}
    return not passed & needed


def _flat(expr: Any) -> Any:
    """Cases within the values of cases as cases of one Piecewise: (value, condition of the inner and of the outer one)."""
    outer = [each for each in expr.atoms(Piecewise) if any(value.has(Piecewise) for value, _ in each.args)]
    if not outer:
        return expr
    table: dict[Any, Any] = {}
    for each in sorted(outer, key=lambda e: (e.count(Piecewise), e.sort_key())):
        parts: list[tuple[Expr, Boolean]] = []
        for value, condition in each.args:
            inner = by_cases(value.xreplace(table))
            if inner.has(Piecewise) and not isinstance(inner, Piecewise):
                return expr
            pairs: Any = inner.args if isinstance(inner, Piecewise) else ((inner, S.true),)
            parts += [(v, And(c, condition)) for v, c in pairs]
        table[each] = Piecewise(*parts)
    return expr.xreplace(table)


def _restored(expr: Any, signed: Symbol, symbol: Symbol) -> Any:
    return expr.xreplace({signed: symbol})


def _same(results: list[Expr]) -> bool:
    first, second = results
    if first == second:
        return True
    if first.has(Piecewise) or second.has(Piecewise) or first.is_infinite or second.is_infinite:
        return False
    return is_zero(first - second) is True


def _piecewise(results: list[Expr], symbol: Symbol) -> Expr:
    """Piecewise over the sign, flat: the branches of the first case under symbol > 0, then those of the second."""
    parts: list[tuple[Expr, Boolean]] = []
    for value, condition in zip(results, (symbol > 0, S.true)):
        inner: Any = value.args if isinstance(value, Piecewise) else ((value, S.true),)
        parts += [(each, And(case, condition)) for each, case in inner]
    return tidied(Piecewise(*parts))
