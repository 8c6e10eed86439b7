"""Closed forms that come down to a function of one variable, whose sign is shown by its derivatives on every part of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, log2
from typing import Any

from sympy import Abs, Expr, Piecewise, Poly, Rational, S, Symbol, expand, expand_log, factor, latex, sqrt
from sympy.functions.elementary.miscellaneous import Max, Min
from sympy.polys.polyerrors import PolynomialError

from symkl.errors import DomainError
from symkl.exact.curves import UNIT, not_negative, rational_and_logarithms
from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.divergence.calculus import Function, key_of, poly
from symkl.prove.divergence.moves import shortest_moves
from symkl.prove.divergence.narrative import sign_chain
from symkl.prove.steps import Step

__all__ = ["univariate"]

#: Larger expressions are left alone.
MANY = 160
DEGREES = 4


@dataclass(frozen=True)
class Piece:
    """The variable on a part of its domain, as a function of s between 0 and 1."""

    inner: Expr
    s: Symbol


def univariate(f: Expr, facts: Facts) -> tuple[Step, ...] | None:
    """Steps that show f ≥ 0 wherever the facts hold; None if it is not seen."""
    if f.has(Piecewise, Abs, Max, Min) or f.count_ops() > MANY:
        return None
    reduced = _reduced(f, facts)
    if reduced is None:
        return None
    value, x, low, high, told = reduced
    steps = list(told)
    for piece in _pieces(value, x, low, high):
        shown = _shown(value, x, piece)
        if shown is None:
            return None
        steps += shown
    return tuple(steps)


def _reduced(f: Expr, facts: Facts) -> tuple[Expr, Symbol, Expr, Expr, tuple[Step, ...]] | None:
    """The function, its variable, the ends of the domain, and what was done."""
    symbols = sorted((s for s in f.free_symbols if isinstance(s, Symbol) and s.is_real), key=str)
    if set(symbols) != f.free_symbols or not 0 < len(symbols) <= 2:
        return None
    known = (*facts.positive, *facts.nonnegative)
    if len(symbols) == 1:
        (x,) = symbols
        return f, x, *_ends(x, known), ()
    a, b = symbols
    degree = _degree(f, a, b)
    if degree is None or not (a.is_positive and b.is_positive):
        return None
    x = Symbol("x", positive=True)
    homogeneous = [e.subs({a: x, b: S.One}) for e in known if _degree(e, a, b) is not None]
    text = f"it is enough to look at {b} = 1, x = {a}/{b}: the difference is homogeneous of degree {degree}"
    tex = rf"it is enough to look at ${latex(b)} = 1$, $x = {latex(a)}/{latex(b)}$: the difference is homogeneous of degree ${degree}$"
    return f.subs({a: x, b: S.One}), x, *_ends(x, homogeneous), (Step(text, tex),)


def _degree(f: Expr, a: Symbol, b: Symbol) -> int | None:
    """k with f(ca, cb) = c^k f(a, b) for c > 0: guessed at a point, shown by Euler's identity."""
    values = [f.subs({a: 2 * c, b: 3 * c}).evalf(15) for c in (1, 2)]
    if not all(v.is_real and v.is_finite and v for v in values):
        return 0 if is_zero(f, Facts()) else None
    ratio = float(values[1] / values[0])
    guess = round(log2(ratio)) if ratio > 0 and isfinite(ratio) else DEGREES + 1
    if abs(guess) > DEGREES:
        return None
    return guess if is_zero(expand(a * f.diff(a) + b * f.diff(b) - guess * f), Facts()) is True else None


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
        f"with {x} = {str(piece.inner).replace('**', '^')}, f(s) is the difference on 0 < s < 1",
        rf"with ${latex(x)} = {latex(piece.inner)}$, $f(s)$ is the difference on $0 < s < 1$",
    )
    return [first, *sign_chain(function, moves, s, "f")]


def _function(f: Expr) -> Function:
    """The function in the form that moves are looked for in."""
    plain, logs = rational_and_logarithms(f)
    found: Function = {(): (_poly(plain.numer), _poly(plain.denom))} if plain else {}
    return found | {key_of(*map(_poly, key)): (_poly(r.numer), _poly(r.denom)) for key, r in logs.items()}


def _poly(element: Any) -> tuple[Fraction, ...]:
    coefficients = Poly(element.as_expr(), UNIT, domain="QQ").all_coeffs()
    return poly(*(Fraction(int(c.p), int(c.q)) for c in map(Rational, reversed(coefficients))))
