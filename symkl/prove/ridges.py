"""Differences of closed forms that are concave in a parameter: not negative between two ends at which they are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sympy import Abs, Expr, Piecewise, Pow, S, Symbol, diff, latex, nan
from sympy.functions.elementary.miscellaneous import Max, Min

from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.steps import Step, plain
from symkl.prove.univariate import univariate

__all__ = ["Ridge", "ridge"]

#: Larger expressions are not differentiated.
MANY = 200


@dataclass(frozen=True)
class Ridge:
    """f ≥ 0 as a function of x, concave between two ends; and what shows its values there."""

    x: Symbol
    ends: tuple[Expr, Expr]
    second: Expr
    values: tuple[tuple[Expr, tuple[Step, ...]], ...]

    def steps(self) -> tuple[Step, ...]:
        low, high = self.ends
        text, tex = plain(self.second), latex(self.second)
        first = Step(
            f"as a function of {self.x} the difference is concave for {low} <= {self.x} <= {high}: its second derivative is {text} <= 0",
            rf"as a function of ${latex(self.x)}$ the difference is concave for ${latex(low)} \le {latex(self.x)} \le {latex(high)}$: "
            rf"its second derivative is ${tex} \le 0$",
        )
        found = [first]
        for end, (value, told) in zip(self.ends, self.values):
            shown = plain(value)
            found += [*told, Step(f"at {self.x} = {end} it is {shown} >= 0", rf"at ${latex(self.x)} = {latex(end)}$ it is ${latex(value)} \ge 0$")]
        return tuple(found)


def ridge(f: Expr, facts: Facts) -> Ridge | None:
    """A parameter in which f is concave between the ends that linear facts put to it, with f ≥ 0 at both; None if there is none to be seen."""
    if f.has(Piecewise, Abs, Max, Min) or f.count_ops() > MANY or any(map(_is_nested, f.atoms(Pow))):
        return None
    for x in sorted((s for s in f.free_symbols if isinstance(s, Symbol) and s.is_real and not s.is_integer), key=str):
        second = None
        for low, high in product(_ends(x, facts, 1), _ends(x, facts, -1)):
            second = diff(f, x, 2) if second is None else second
            if not facts.is_nonnegative(-second):
                break
            values = [_shown(f.subs(x, end), x, facts) for end in (low, high)]
            if None not in values:
                return Ridge(x, (low, high), second, tuple(each for each in values if each is not None))
    return None


def _is_nested(power: Pow) -> bool:
    """Whether it is a root of what has roots in it."""
    return bool(not power.exp.is_integer and any(not each.exp.is_integer for each in power.base.atoms(Pow)))


def _ends(x: Symbol, facts: Facts, side: int) -> Iterator[Expr]:
    """What the facts set below x, or above it: the zeros of linear ones."""
    if (x.is_nonnegative and side > 0) or (x.is_nonpositive and side < 0):
        yield S.Zero
    for each in (*facts.positive, *facts.nonnegative):
        slope = each.diff(x)
        if slope.is_Rational and slope * side > 0:
            yield -each.subs(x, 0) / slope


def _shown(value: Expr, x: Symbol, facts: Facts) -> tuple[Expr, tuple[Step, ...]] | None:
    """The value at an end with steps that show it not to be negative, by facts about the other parameters."""
    rest = Facts(*(tuple(each for each in known if not each.has(x)) for known in (facts.positive, facts.nonnegative)))
    if value.has(nan, S.ComplexInfinity, S.Infinity, S.NegativeInfinity):
        return None
    if is_zero(value, rest) is True:
        return S.Zero, ()
    if rest.is_nonnegative(value):
        return value, ()
    steps = univariate(value, rest)
    return None if steps is None else (value, steps)
