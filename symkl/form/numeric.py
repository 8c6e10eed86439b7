"""Numerical separation from zero, at exact points that satisfy the assumptions and the facts."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from sympy import Add, Expr, Integer, Rational, S, Symbol
from sympy.core.expr import Expr as _Expr

from symkl.form.facts import Facts

__all__ = ["is_nonzero_somewhere", "sample_points"]

DIGITS = 30
# |value| must exceed this fraction of its largest term, and two precisions must agree to AGREEMENT.
FLOOR = Rational(1, 10**20)
AGREEMENT = Rational(1, 10**8)
MAX_TRIES = 300


@lru_cache(maxsize=2000)
def sample_points(symbols: tuple[Symbol, ...], facts: Facts, count: int = 3) -> tuple[tuple[tuple[Symbol, Rational], ...], ...]:
    """Up to `count` exact points at which the assumptions of `symbols` and the facts hold; the same ones every time."""
    source = random.Random(20011)
    names: set[Any] = {symbol for fact in facts.positive + facts.nonnegative for symbol in fact.free_symbols}
    # A fact about other symbols only is of no concern here; one that mixes needs all its symbols at once.
    relevant = [fact for fact in facts.positive + facts.nonnegative if fact.free_symbols & set(symbols)]
    # Most points fail: rational facts, which cost little, are asked first.
    relevant.sort(key=lambda fact: not fact.is_rational_function())
    extra: list[Any] = sorted({symbol for fact in relevant for symbol in fact.free_symbols if symbol in names} - set(symbols), key=str)
    everyone = symbols + tuple(extra)
    points: list[tuple[tuple[Symbol, Rational], ...]] = []
    for attempt in range(MAX_TRIES):
        point = {symbol: _value(symbol, source, attempt) for symbol in everyone}
        if all(_is_admissible(symbol, value) for symbol, value in point.items()) and all(_is_above_zero(fact.xreplace(point)) for fact in relevant):
            points.append(tuple((symbol, point[symbol]) for symbol in symbols))
            if len(points) == count:
                break
    return tuple(points)


def _is_above_zero(value: Expr) -> bool:
    return bool(value.is_extended_real and value.is_positive)


def _is_admissible(symbol: Symbol, value: Rational) -> bool:
    """Whether the value contradicts no assumption of the symbol (prime, odd, ...)."""
    return all(getattr(value, f"is_{name}") is not (not truth) for name, truth in _particular(symbol))


@lru_cache(maxsize=2000)
def _particular(symbol: Symbol) -> tuple[tuple[str, bool], ...]:
    """The assumptions beyond those of a real number of either sign, which every value drawn has by its making."""
    usual = Symbol(symbol.name, **{name: symbol.assumptions0.get(name) for name in ("real", "positive", "nonnegative", "negative", "nonpositive")})
    return tuple((name, truth) for name, truth in symbol.assumptions0.items() if usual.assumptions0.get(name) is not truth)


def _value(symbol: Symbol, source: random.Random, attempt: int) -> Rational:
    """A rational in the symbol's assumed domain; every other attempt inside (0, 1)."""
    if symbol.is_integer:
        value: Rational = Integer(source.randint(1, 9))
        if symbol.is_even:
            value = 2 * value
        elif symbol.is_odd:
            value = 2 * value + 1
    elif attempt % 2:
        value = Rational(source.randint(11, 89), 100 + source.randint(1, 9))
    else:
        value = Rational(source.randint(101, 500), 100 + source.randint(1, 9))
    if symbol.is_nonnegative is None and symbol.is_nonpositive is None and symbol.is_real is not False:
        return value if source.random() < 0.5 else -value
    return -value if symbol.is_nonpositive else value


def is_nonzero_somewhere(expr: Expr, facts: Facts) -> bool:
    """True when `expr` is clearly different from zero at some sample point."""
    return any(_is_clearly_nonzero(expr, dict(point)) for point in sample_points(tuple(sorted(expr.free_symbols, key=str)), facts))


def _is_clearly_nonzero(expr: Expr, point: dict[Any, Any]) -> bool:
    rough, fine = (_evaluated(expr, point, digits) for digits in (DIGITS, 2 * DIGITS))
    if rough is None or fine is None:
        return False
    terms = [_evaluated(term, point, DIGITS) for term in Add.make_args(expr)]
    scale = max((abs(term) for term in terms if term is not None), default=S.One)
    return bool(abs(fine) > FLOOR * scale and abs(rough - fine) < AGREEMENT * abs(fine))


def _evaluated(expr: Expr, point: dict[Any, Any], digits: int) -> _Expr | None:
    try:
        value = expr.evalf(digits, subs=point, maxn=4 * digits)
    except (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError):
        # mpmath and evalf signal poles and unsupported functions in all these ways; then nothing is concluded.
        return None
    real, imaginary = value.as_real_imag()
    return value if real.is_Float | real.is_Rational and imaginary.is_Float | imaginary.is_Rational else None
