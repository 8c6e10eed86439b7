"""Closed forms that come down to a function of one variable, whose sign is shown by its derivatives on every part of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import isfinite, log2
from typing import Any

from sympy import Abs, Expr, Piecewise, Poly, Rational, S, Symbol, expand, expand_log, factor, latex, sqrt
from sympy.functions.elementary.miscellaneous import Max, Min
from sympy.polys.polyerrors import PolynomialError

from symkl.errors import DomainError
from symkl.exact.curves import UNIT, not_negative, rational_and_logarithms
from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.cases import renamed
from symkl.prove.divergence.calculus import Function, key_of, poly
from symkl.prove.divergence.moves import shortest_moves
from symkl.prove.divergence.narrative import sign_chain
from symkl.prove.stationary import lowest, valleys
from symkl.prove.steps import Step, plain

__all__ = ["low_points", "univariate"]

#: Larger expressions are left alone.
MANY = 160
DEGREES = 4
#: Powers of c for the second parameter: f(ca, c^k b) = c^m f(a, b).
WEIGHTS = tuple(map(Rational, ("1", "-1", "2", "1/2", "-2", "-1/2")))
CLOSE = 1e-6
#: Digits of the places at which a claim is tried.
CLOSER = (1, 2, 3, 6, 9, 15, 30)


@dataclass(frozen=True)
class Piece:
    """The variable on a part of its domain, as a function of s between 0 and 1."""

    inner: Expr
    s: Symbol


@dataclass(frozen=True)
class Reduced:
    """The function, its variable, the ends of the domain, and what was done: it is one of the parameters, where others are 1."""

    value: Expr
    x: Symbol
    low: Expr
    high: Expr
    told: tuple[Step, ...]
    symbol: Symbol
    ones: tuple[Symbol, ...]


def univariate(f: Expr, facts: Facts) -> tuple[Step, ...] | None:
    """Steps that show f ≥ 0 wherever the facts hold; None if it is not seen."""
    reduced = _reduced(f, facts)
    if reduced is None:
        return None
    least = lowest(reduced.value, reduced.x, reduced.low, reduced.high)
    if least is not None:
        return (*reduced.told, *least)
    steps = list(reduced.told)
    for piece in _pieces(reduced.value, reduced.x, reduced.low, reduced.high):
        shown = _shown(reduced.value, reduced.x, piece)
        if shown is None:
            return None
        steps += shown
    return tuple(steps)


def low_points(f: Expr, facts: Facts) -> Iterator[dict[Symbol, Expr]]:
    """Values of the parameters close to where the function is least, closer and closer."""
    reduced = _reduced(f, facts)
    found = None if reduced is None else valleys(reduced.value, reduced.x, reduced.low, reduced.high)
    if reduced is not None and found is not None:
        for digits, place in product(CLOSER, (each for each in found.places if each.is_finite)):
            near = Rational(str(place.evalf(digits + 3))).limit_denominator(10**digits)
            if reduced.low < near < reduced.high:
                yield {reduced.symbol: near, **dict.fromkeys(reduced.ones, S.One)}


def _reduced(f: Expr, facts: Facts) -> Reduced | None:
    """The function as one of one variable; None for others, and for large ones and those with cases."""
    if f.has(Piecewise, Abs, Max, Min) or f.count_ops() > MANY:
        return None
    symbols = sorted((s for s in f.free_symbols if isinstance(s, Symbol) and s.is_real), key=str)
    if set(symbols) != f.free_symbols or not 0 < len(symbols) <= 2:
        return None
    told: tuple[Step, ...] = ()
    if len(symbols) > 1 and (positive := _without_zero(f, symbols, facts)):
        told = tuple(Step(f"where {s} = 0 the difference is not negative", rf"where ${latex(s)} = 0$ the difference is not negative") for s in positive)
        f, symbols = f.xreplace(positive), [positive.get(s, s) for s in symbols]
        facts = renamed(facts, positive)
    known = (*facts.positive, *facts.nonnegative)
    if len(symbols) == 1:
        (x,) = symbols
        return Reduced(f, x, *_ends(x, known), (), x, ())
    a, b = symbols
    if not (a.is_positive and b.is_positive):
        return None
    for k in WEIGHTS:
        degree = _degree(f, a, b, k)
        if degree is not None:
            x = Symbol("x", positive=True)
            homogeneous = [e.subs({a: x, b: S.One}) for e in known if _degree(e, a, b, k) is not None]
            ratio, of = a * b ** (-1 / k), f"of degree {degree}" if k == 1 else f"in {a} and {plain(b ** (1 / k))}, of degree {degree}"
            tex_of = f"of degree ${degree}$" if k == 1 else f"in ${latex(a)}$ and ${latex(b ** (1 / k))}$, of degree ${degree}$"
            text = f"it is enough to look at {b} = 1, x = {plain(ratio)}: the difference is homogeneous {of}"
            tex = rf"it is enough to look at ${latex(b)} = 1$, $x = {latex(ratio)}$: the difference is homogeneous {tex_of}"
            return Reduced(f.subs({a: x, b: S.One}), x, *_ends(x, homogeneous), (*told, Step(text, tex)), a, (b,))
    return None


def _without_zero(f: Expr, symbols: Sequence[Symbol], facts: Facts) -> dict[Any, Any]:
    """Positive symbols for those that may be zero, if the function is seen not to be negative where one is."""
    found = {s: Symbol(s.name, positive=True) for s in symbols if s.is_nonnegative and not s.is_positive}
    good = all(value.is_finite is not False and (is_zero(value, facts) is True or facts.is_nonnegative(value)) for value in (f.subs(s, 0) for s in found))
    return found if good else {}


def _degree(f: Expr, a: Symbol, b: Symbol, k: Rational) -> int | None:
    """m with f(ca, c^k b) = c^m f(a, b) for c > 0: guessed at a point, shown by Euler's identity."""
    tried = ([f.subs({a: p * c, b: q * c**k}).evalf(15) for c in (1, 2)] for p, q in ((2, 3), (3, 2)))
    values = next((pair for pair in tried if all(v.is_real and v.is_finite and v for v in pair)), None)
    if values is None:
        return 0 if is_zero(f, Facts()) else None
    ratio = float(values[1] / values[0])
    guess = round(log2(ratio)) if ratio > 0 and isfinite(ratio) else DEGREES + 1
    if abs(guess) > DEGREES or abs(ratio / 2.0**guess - 1) > CLOSE:
        return None
    return guess if is_zero(expand(a * f.diff(a) + k * b * f.diff(b) - guess * f), Facts()) is True else None


def _ends(x: Symbol, known: Sequence[Expr]) -> tuple[Expr, Expr]:
    """The closest ends that linear facts put to x."""
    low: Expr = S.Zero if x.is_nonnegative else S.NegativeInfinity
    high: Expr = S.Zero if x.is_nonpositive else S.Infinity
    for each in known:
        slope = each.diff(x)
        if each.free_symbols == {x} and slope.is_Rational and each.subs(x, 0).is_Rational and slope:
            end = -each.subs(x, 0) / slope
            low, high = (max(low, end), high) if slope > 0 else (low, min(high, end))
    return low, high


def _pieces(f: Expr, x: Symbol, low: Expr, high: Expr) -> Iterator[Piece]:
    """Substitutions of (0, 1) that cover the domain and clear the roots."""
    s = Symbol("s", positive=True)
    if not low < high:
        return
    both = [e for e in f.atoms(type(sqrt(x))) if e.is_Pow and e.exp.is_Rational and e.exp.q == 2]
    roots = {e.base for e in both}
    if low == 0 and high == 1 and roots == {1 - x}:
        yield Piece(1 - s**2, s)
    elif low == 0 and high == 1 and any((1 - x) in (r, expand(r / x)) or expand(r - x + x**2) == 0 for r in roots):
        yield from (Piece(u**2 / (1 + u**2), s) for u in (s, 1 / s))
    elif low == 0 and high in (1, S.Infinity) and roots:
        yield from (Piece(u**2, s) for u in ((s, 1 / s) if high is S.Infinity else (s,)))
    elif low.is_finite and high.is_finite:
        middle = (low + high) / 2
        if is_zero(f.subs(x, middle), Facts()) is True:  # it may be least there
            yield from (Piece(end + (middle - end) * s, s) for end in (low, high))
        else:
            yield Piece(low + (high - low) * s, s)
    else:
        for end, sign in ((low, 1), (high, -1)):
            if end.is_finite:
                yield from (Piece(end + sign * u, s) for u in (s, 1 / s))
        if not low.is_finite and not high.is_finite:
            yield from (Piece(sign * u, s) for sign in (1, -1) for u in (s, 1 / s))


def _shown(f: Expr, x: Symbol, piece: Piece) -> list[Step] | None:
    """The chain of derivatives on one piece, gone through again by exact calculus."""
    s = piece.s
    value = f.subs(x, piece.inner).replace(lambda e: e.is_Pow and not e.exp.is_integer, lambda e: factor(e.base) ** e.exp)
    value = expand(expand_log(value))
    try:
        function = _function(value.xreplace({s: UNIT}))
        moves = shortest_moves(function)
        if moves is None or not not_negative(value, s, 1, moves):
            return None
    except (DomainError, PolynomialError, ValueError, ZeroDivisionError):
        return None
    first = Step(
        f"with {x} = {plain(piece.inner)}, f(s) is the difference on 0 < s < 1",
        rf"with ${latex(x)} = {latex(piece.inner)}$, $f(s)$ is the difference on $0 < s < 1$",
    )
    return [first, *sign_chain(function, moves, s, "f")]


def _function(f: Expr) -> Function:
    """The function in the form that moves are looked for in."""
    rational, logs = rational_and_logarithms(f)
    found: Function = {(): (_poly(rational.numer), _poly(rational.denom))} if rational else {}
    return found | {key_of(*map(_poly, key)): (_poly(r.numer), _poly(r.denom)) for key, r in logs.items()}


def _poly(element: Any) -> tuple[Fraction, ...]:
    coefficients = Poly(element.as_expr(), UNIT, domain="QQ").all_coeffs()
    return poly(*(Fraction(int(c.p), int(c.q)) for c in map(Rational, reversed(coefficients))))
