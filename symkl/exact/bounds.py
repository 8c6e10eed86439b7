"""Least values of f-divergences E_q[f(p/q)] at given total variation or relative entropy, from the signs of functions of one variable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Abs, Add, Dummy, Expr, Mul, Rational, exp, expand, factor, log

from symkl.exact.curves import UNIT, factored, is_positive, not_negative

__all__ = ["BOUNDS", "corner", "dominates", "halves", "jensen", "tilt"]


def halves(f: Expr, t: Expr, v: Expr, root: int, moves: Sequence[Any]) -> Expr | None:
    """E_q[f(p/q)] ≥ (1 − v) f((1 + v)/(1 − v)) at total variation v, for f convex with f(t) = t f(1/t), but for a multiple of t − 1; None if the
    moves do not show f″ ≥ 0.

    Joint convexity: the points with p > q become one and the others another, and the mean of that pair (P, Q) and of (Q, P) mirrored is taken,
    which is ((1 + v)/2, (1 − v)/2) and ((1 − v)/2, (1 + v)/2).
    """
    a, b = Dummy("a", positive=True), Dummy("b", positive=True)
    here, there = (expand(factored(each)) for each in (f, t * f.xreplace({t: 1 / t})))
    odd, even = expand(here - there), (here + there) / 2
    if expand(odd - odd.diff(t) * (t - 1)) != 0 or not _everywhere(even.diff(t, 2), t, root, moves):
        return None
    return expand(b * factored(even.xreplace({t: a / b}))).xreplace({a: 1 + v, b: 1 - v})


def jensen(f: Expr, t: Expr, d: Expr, root: int, moves: Sequence[Any]) -> Expr | None:
    """E_q[f(p/q)] = E_p[g(q/p)] ≥ g(exp(−d)) at relative entropy d, for g(s) convex in log s; None if the moves do not show (s g′)′ ≥ 0."""
    g = expand(t * factored(f.xreplace({t: 1 / t})))
    return g.xreplace({t: exp(-d)}) if _everywhere((t * g.diff(t)).diff(t), t, root, moves) else None


def tilt(f: Expr, t: Expr, v: Expr, slope: Any, height: Any, moves: Sequence[Any]) -> Expr | None:
    """E_q[t log t] ≥ s v − h + 1 + log h at total variation v, for functions s, h of v with s + log(1 − s/h) ≥ 0; None if the moves do not show it.

    t log t ≥ t log h + t − h, and ≥ that + s (1 − t), as h − s − h exp(−s) ≥ 0: one for t > 1, the other for t < 1. The slope s is a quotient of
    polynomials, [above, below], the height h a product of powers of such, [[polynomial, power], …].
    """
    (above, below), factors = map(_polynomial, slope), [(_polynomial(g), int(power)) for g, power in height]
    s, h = above / below, Mul(*(g**power for g, power in factors))
    shown = all(map(is_positive, (below, *(g for g, _ in factors)))) and not_negative(s + log(factor(1 - s / h)), UNIT, 1, list(moves))
    if not shown or expand(f - t * log(t)) != 0:
        return None
    return (s * UNIT - h + 1 + Add(*(power * log(g) for g, power in factors))).xreplace({UNIT: v})


def corner(f: Expr, t: Expr, v: Expr, low: str, root: int, moves: Sequence[Any], shown: Sequence[Any]) -> Expr | None:
    """E_q[f(p/q)] ≥ f(0) v + (1 − v) f(1/(1 − v)) at total variation v ≥ low, for convex f where f(0) + f′(0) is at least the value at 1 of the
    tangent at 1/(1 − v); None if the moves do not show it.

    f lies above that tangent for t > 1, and for t < 1 above the chord from f(0) to the end of the tangent; E_q[(t − 1)⁺] = E_q[(1 − t)⁺] = v.
    It is an equality for P = (1, 0) and Q = (1 − v, v).
    """
    start, slope, least = f.xreplace({t: Rational(0)}), f.diff(t), Rational(low)
    ratio = 1 / (1 - least) / (1 - UNIT)  # that of v between low and 1, v = low + (1 − low) s
    if not (0 <= least < 1 and f.is_polynomial(t) and _everywhere(slope.diff(t), t, root, moves)):
        return None
    margin = start + slope.xreplace({t: Rational(0)}) - f.xreplace({t: ratio}) + slope.xreplace({t: ratio}) * (ratio - 1)
    return start * v + (1 - v) * f.xreplace({t: 1 / (1 - v)}) if not_negative(factor(margin), UNIT, 1, list(shown)) else None


def dominates(a: Expr, c: Expr, b: Expr, t: Expr, root: int, moves: Sequence[Sequence[Any]]) -> bool:
    """Whether a(t) ≥ 0, c(t) ≥ 0 and a(t) c(t) ≥ b(t)² for t > 0 is shown by moves left of 1 and, as t = 1/s, right of it; Abs(t − 1) may stand in them.

    Then E_q[a] E_q[c] ≥ E_q[b]² by the Cauchy–Schwarz inequality.

    >>> from sympy import Symbol, sqrt
    >>> t = Symbol("t", positive=True)
    >>> dominates((1 - sqrt(t)) ** 2 / 2, (1 + sqrt(t)) ** 2 / 2, (t - 1) / 2, t, 2, [[[], []]] * 3)
    True
    >>> dominates((1 - sqrt(t)) ** 2 / 2, (1 + sqrt(t)) ** 2 / 2, t - 1, t, 2, [[[], []]] * 3)
    False
    """
    for exponent, distance, scale, side in ((root, 1 - t, Rational(1), 0), (-root, t - 1, 1 / t, 1)):
        one, other, under = (expand(scale * f.xreplace({Abs(t - 1): distance})) for f in (a, c, b))
        shown = zip((one, other, expand(one * other - under**2)), moves, strict=True)
        if not all(not_negative(f, t, exponent, each[side]) for f, each in shown):
            return False
    return True


BOUNDS: dict[str, tuple[str, Callable[..., Expr | None]]] = {
    "halves": ("TotalVariation", halves),
    "tilt": ("TotalVariation", tilt),
    "jensen": ("KL", jensen),
    "corner": ("TotalVariation", corner),
}


def _everywhere(f: Expr, t: Expr, root: int, moves: Sequence[Any]) -> bool:
    """f(t) ≥ 0 for all t > 0: left of 1, and right of it as t = 1/s."""
    return all(not_negative(f, t, exponent, shown) for exponent, shown in zip((root, -root), moves, strict=True))


def _polynomial(coefficients: Sequence[str]) -> Expr:
    return Add(*(Rational(c) * UNIT**i for i, c in enumerate(coefficients)))
