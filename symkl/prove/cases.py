"""Closed forms with cases, and the points at which a claim about parameters is looked at."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import Any

from sympy import And, Basic, Expr, Mul, Or, Piecewise, Rational, S, Symbol, nan
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational

from symkl.core.family import Family, Parameter
from symkl.core.laws import Law
from symkl.derive.settle import Settled
from symkl.form.facts import Facts

__all__ = ["allows", "fits", "greater_and_lesser", "in_case", "looks_broken", "near_points", "own_names", "plain_value", "renamed", "signs", "slots_of", "special_points"]

#: Values at which claims that hold at typical ones often fail: equal, at an end, far out.
VALUES = tuple(
    Rational(each)
    for each in (
        *("1", "2", "1/2", "0", "5", "1/10", "10", "-1", "1/4", "3/4", "-5", "1/100", "100", "99/100"),
        *("1e-6", "999999/1000000", "1e6", "1e-12", "1e-50", "1e50"),
    )
)
BASES = tuple(Rational(*pair) for pair in ((1, 2), (1, 1), (0, 1), (2, 1), (1, 100), (99, 100)))
#: Far apart, for measures that are slow to enclose.
APART = tuple(map(Rational, ("1/10", "1/2", "3", "10")))
NEAR = tuple(Rational(1, 10**k) for k in (1, 2, 4, 6, 9, 12))
#: Of more parameters than this only points with one value out of line are looked at.
FEW = 2
#: Differences below this part of the sides, of closed forms to fifteen digits, are looked at exactly.
SMALL = 1e-12


def in_case(expr: Expr, facts: Facts) -> Expr:
    """The expression with the cases that the facts decide.

    >>> from sympy import Symbol
    >>> a, b = Symbol("a", positive=True), Symbol("b", positive=True)
    >>> in_case(Piecewise((a, a <= b), (b, True)), Facts.of(a < b))
    a
    """
    changes = {}
    for piecewise in sorted(expr.atoms(Piecewise), key=str):
        pairs: Any = piecewise.args
        for branch, condition in pairs:
            truth = _truth(condition, facts)
            if truth:
                changes[piecewise] = branch
            if truth is not False:
                break
    return expr.xreplace(changes) if changes else expr


def greater_and_lesser(claim: Relational) -> tuple[Expr, Expr]:
    """The sides of an inequality, the one that is said to be greater first.

    >>> greater_and_lesser(Symbol("a") <= Symbol("b"))
    (b, a)
    """
    return (claim.rhs, claim.lhs) if isinstance(claim, (Le, Lt)) else (claim.lhs, claim.rhs)


def _truth(condition: Any, facts: Facts) -> bool | None:
    if condition in (S.true, S.false):
        return bool(condition)
    if isinstance(condition, (And, Or)):
        parts = [_truth(each, facts) for each in condition.args]
        decisive = isinstance(condition, Or)
        return decisive if decisive in parts else None if None in parts else not decisive
    if isinstance(condition, (Ge, Gt, Le, Lt)):
        difference = condition.gts - condition.lts
        return facts.is_positive(difference) if isinstance(condition, (Gt, Lt)) else facts.is_nonnegative(difference)
    if isinstance(condition, (Eq, Ne)):
        difference = condition.lhs - condition.rhs
        apart = difference.is_zero is False or facts.is_positive(difference) or facts.is_negative(difference)
        return isinstance(condition, Ne) if apart else None
    return None


def near_points(symbols: Sequence[Basic]) -> Iterator[dict[Basic, Expr]]:
    """All parameters equal but one, which is close to them; two that are far apart."""
    for step, base, each in product(NEAR[1:-1], BASES[:2], symbols):
        yield {**dict.fromkeys(symbols, base), each: base + step}
    for pair in permutations(APART, FEW) if len(symbols) == FEW else ():
        yield dict(zip(symbols, pair))


def special_points(symbols: Sequence[Basic]) -> Iterator[dict[Basic, Expr]]:
    """All parameters equal; near each other; each alone, and both of two, at special values."""
    for value in VALUES:
        yield dict.fromkeys(symbols, value)
    for base, step, each in product(BASES, NEAR, symbols):
        for near in (base + step, base - step):
            yield {**dict.fromkeys(symbols, base), each: near}
    if len(symbols) == FEW:
        for pair in product(VALUES, repeat=FEW):
            yield dict(zip(symbols, pair))
    elif len(symbols) > FEW:
        for base, value, each in product(BASES[:2], VALUES, symbols):
            yield {**dict.fromkeys(symbols, base), each: value}


def fits(point: Mapping[Any, Expr]) -> bool:
    """Whether every value has what its symbol is assumed to have."""
    for name, value in point.items():
        if isinstance(name, Symbol) and any(getattr(value, f"is_{key}", None) is not wanted for key, wanted in _asked(name)):
            return False
    return True


def allows(conditions: Iterable[Any], point: Mapping[Any, Any]) -> bool:
    """Whether no condition fails at the point, nor loses its meaning there, as 1/a > 0 does at a = 0."""
    try:
        return not any(each.subs(point, simultaneous=True) == S.false for each in conditions)
    except TypeError:  # a comparison of what is not real
        return False


def signs(conditions: Iterable[Any]) -> dict[Symbol, Symbol]:
    """Positive symbols for plain ones that conditions such as 1/a > 0, 2*a > 0, and a > 0 with a/m > 0 say to be positive.

    >>> from sympy.abc import a, b, c, m
    >>> sorted(signs([1/a > 0, b > 0, b/m > 0, c > 0]), key=str)
    [a, b, m]
    """
    found: set[Symbol] = set()
    alone: set[Symbol] = set()
    waiting = [each.gts for condition in conditions for each in And.make_args(condition) if isinstance(each, (Gt, Lt)) and each.lts == 0]
    alone.update(each for each in waiting if isinstance(each, Symbol) and each.is_extended_real is None)
    for _ in waiting:  # one product may tell what the next one needs
        for each in waiting:
            scale, product_of = each.as_coeff_Mul()
            powers = [factor.as_base_exp() for factor in Mul.make_args(product_of)]
            unknown = [(base, k) for base, k in powers if not (base.is_positive or base in alone or base in found)]
            tells = all(base.is_extended_real is None and k.is_odd for base, k in unknown) and all(isinstance(base, Symbol) for base, _ in powers)
            if tells and len(unknown) <= 1 and scale.is_positive and not isinstance(each, Symbol):
                found.update(base for base, _ in powers if isinstance(base, Symbol) and base.is_extended_real is None)
    return {each: Symbol(each.name, positive=True) for each in found}


def _asked(name: Symbol) -> list[tuple[str, bool]]:
    told = name.assumptions0
    return [(key, told[key]) for key in ("positive", "nonnegative", "negative", "integer", "zero") if key in told]


def looks_broken(claim: Relational, point: Mapping[Any, Any]) -> bool:
    """Whether the claim, of closed forms alone, is not clearly true at the point in fifteen digits."""
    sides = [side.subs(point, simultaneous=True) for side in (claim.lhs, claim.rhs)]
    value = (sides[0] - sides[1]).evalf(15)
    if value is nan or value.has(S.ComplexInfinity, nan):
        return True  # at an end of the domain: the exact values tell
    if value.is_infinite:
        return isinstance(claim, Eq) or (value is S.Infinity) == isinstance(claim, (Le, Lt))
    if value.is_real is not True:
        return False
    size = float(value) if abs(value) < S(10) ** 300 else float("inf") * (1 if value > 0 else -1)
    scale = min(1.0, max(float(abs(side.evalf(15))) for side in sides)) if abs(size) < SMALL else 1.0
    if isinstance(claim, (Eq, Ne)):
        return (abs(size) > SMALL * scale) == isinstance(claim, Eq)
    turned = size if isinstance(claim, (Ge, Gt)) else -size
    return turned < (SMALL if isinstance(claim, (Gt, Lt)) else -SMALL * scale / 100)


def own_names(settled: Settled) -> tuple[dict[Expr, Expr], Facts, Callable[[Expr], Expr]]:
    """The symbols for the parameters under the names that these have, what is known of them, and the way back.

    A derivation gives other names to those that it binds itself, each for itself; large numbers are left as they are: here their size may decide.
    """
    names: dict[Expr, Expr] = {outer: name for outer, name in settled.names if not outer.is_number}
    plain = {name: Symbol(outer.name, **name.assumptions0) for outer, name in names.items() if isinstance(outer, Symbol) and str(name) != outer.name}
    back = {new: old for old, new in plain.items()}
    known = renamed(settled.facts, plain) if plain else settled.facts
    return {outer: plain.get(name, name) for outer, name in names.items()}, known, lambda e: settled.restore(e.xreplace(back))


def renamed(facts: Facts, names: Mapping[Any, Any]) -> Facts:
    """The facts with others in the place of some symbols."""
    return Facts(*(tuple(each.xreplace(names) for each in part) for part in (facts.positive, facts.nonnegative)))


def slots_of(laws: tuple[Law, ...]) -> dict[Basic, Parameter]:
    """Symbols that stand alone as a parameter, with that parameter's range."""
    found: dict[Basic, Parameter] = {}
    for law in laws:
        for each in [law, *law.atoms(Family)]:
            if isinstance(each, Family):
                for parameter, value in zip(each.parameters, each.args):
                    if isinstance(value, Symbol):
                        found.setdefault(value, parameter)
    return found


def plain_value(symbol: Basic, draws: random.Random, whole: bool) -> Expr:
    """A small rational number, or an integer."""
    if symbol.is_integer or whole:
        return S(draws.randint(1, 5))
    value = Rational(draws.randint(1, 9), draws.choice((2, 3, 5, 7)))
    return -value if symbol.is_nonnegative is None and draws.random() < 0.4 else value
