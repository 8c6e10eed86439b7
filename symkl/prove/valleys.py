"""Differences of closed forms that are least where a parameter equals another, or 1/2 or 1: zero there, they fall before and rise after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sympy import Abs, Dummy, Expr, Piecewise, Rational, S, Symbol, diff, factor, latex
from sympy.functions.elementary.miscellaneous import Max, Min
from sympy.polys.polyerrors import PolynomialError

from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.cases import fits
from symkl.prove.steps import Step, plain

__all__ = ["Valley", "valley"]

#: Larger expressions are not differentiated.
MANY = 200
SAMPLES = (Rational(1, 10), Rational(1, 3), Rational(11, 20), Rational(9, 10), Rational(3))
NEAR = 1e-12
#: What a symbol may be assumed to be, on a whole interval.
CONVEX = ("positive", "negative", "nonnegative", "nonpositive")


@dataclass(frozen=True)
class Valley:
    """f ≥ 0 as a function of x, which is least at x = a."""

    x: Symbol
    at: Expr
    slope: Expr
    order: int

    def steps(self) -> tuple[Step, ...]:
        text, tex = plain(self.slope), latex(self.slope)
        x, a = self.x, self.at
        if self.order == 2:
            return (
                Step(
                    f"as a function of {x} the difference and its derivative are zero at {x} = {a}, and its second derivative is {text} >= 0",
                    rf"as a function of ${latex(x)}$ the difference and its derivative are zero at ${latex(x)} = {latex(a)}$, "
                    rf"and its second derivative is ${tex} \ge 0$",
                ),
            )
        return (
            Step(
                f"as a function of {x} the difference is zero at {x} = {a}, and its derivative {text} has the sign of {x} - {a}",
                rf"as a function of ${latex(x)}$ the difference is zero at ${latex(x)} = {latex(a)}$, "
                rf"and its derivative ${tex}$ has the sign of ${latex(x - a)}$",
            ),
        )


def valley(f: Expr, facts: Facts) -> Valley | None:
    """A parameter x and a value a such that f = 0 at x = a and f has its least value there; None if there is none to be seen."""
    symbols = sorted((s for s in f.free_symbols if isinstance(s, Symbol)), key=str)
    if f.has(Piecewise, Abs, Max, Min) or f.count_ops() > MANY or _is_broken(f, symbols, facts):
        return None
    for x in symbols:
        for a in (*symbols, S.Half, S.One, S.Zero):
            if a == x or not _between(x, a, facts) or is_zero(f.subs(x, a), facts) is not True:
                continue
            slope = _simple(diff(f, x))
            if _rises(slope, x, a, facts):
                return Valley(x, a, slope, 1)
            if is_zero(slope.subs(x, a), facts) is True and facts.is_nonnegative(second := _simple(diff(slope, x))):
                return Valley(x, a, second, 2)
    return None


def _is_broken(f: Expr, symbols: Sequence[Symbol], facts: Facts) -> bool:
    """Whether f is negative in floating point somewhere that the facts allow: then nothing need be looked for."""
    for values in product(SAMPLES, repeat=min(len(symbols), 2)):
        point: dict[Any, Any] = dict(zip(symbols, values * len(symbols)))
        if fits(point) and all(each.subs(point) > 0 for each in (*facts.positive, *facts.nonnegative) if each.free_symbols <= set(symbols)):
            value = f.subs(point).evalf(15)
            if value.is_Float and value < -NEAR:
                return True
    return False


def _simple(expr: Expr) -> Expr:
    try:
        found: Expr = factor(expr)
    except PolynomialError:
        return expr
    return found


def _between(x: Symbol, a: Expr, facts: Facts) -> bool:
    """Whether all values between x and a are allowed to x: it is real, in an interval that a is in too, or at an end of."""
    if not (x.is_real and a.is_real) or x.is_integer:
        return False
    if any(getattr(x, f"is_{key}") and not getattr(a, f"is_{key}") for key in CONVEX):
        return False
    for known, test in ((facts.positive, facts.is_positive), (facts.nonnegative, facts.is_nonnegative)):
        for each in known:
            here = each.subs(x, a)
            if each.has(x) and not (each.diff(x).is_number and (here == 0 or test(here))):
                return False
    return True


def _rises(slope: Expr, x: Symbol, a: Expr, facts: Facts) -> bool:
    """Whether slope/(x − a) ≥ 0, by its factors, or by the signs of the slope at a + u and at a − u, u > 0."""
    try:
        quotient = factor(slope / (x - a))
    except PolynomialError:
        quotient = slope / (x - a)
    if facts.is_nonnegative(quotient):
        return True
    u = Dummy("u", positive=True)
    above: dict[Any, Any] = {x: a + u}
    below: dict[Any, Any] = {a: x + u} if a.is_Symbol else {x: a - u}
    moved = [Facts(*(tuple(e.subs(change) for e in known) for known in (facts.positive, facts.nonnegative))) for change in (above, below)]
    return bool(moved[0].is_nonnegative(_simple(slope.subs(above)))) and bool(moved[1].is_nonnegative(_simple(-slope.subs(below))))
