"""Supports of laws: intervals with the Lebesgue measure, lattices and finite lists of outcomes with the counting measure.

`P.support.within(Q.support)` is the exact condition under which P's support lies in Q's up to null sets; it may hold
symbolic end points, and is `false` across measures (a continuum never lies in a lattice, nor the other way).
"""

from __future__ import annotations

from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

from sympy import And, Basic, Contains, Expr, FiniteSet, Float, Interval, Max, Min, Or, Range, Rational, S, Symbol, Tuple, oo, sympify
from sympy.core.sympify import SympifyError
from sympy.logic.boolalg import Boolean
from sympy.sets.sets import Set

from symkl.errors import DomainError

__all__ = ["Continuum", "Lattice", "Outcomes", "Support", "support_of"]


class Support(Basic):
    """Base of the three kinds of support; `discrete` tells the reference measure."""

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    discrete: bool = False

    def within(self, other: Support) -> Boolean:
        raise NotImplementedError

    def variable(self, name: str = "x") -> Symbol:
        """A bound variable that carries what SymPy can know of a point of the support."""
        raise NotImplementedError

    def as_set(self) -> Set:
        raise NotImplementedError

    @property
    def shown(self) -> str:
        """The support as a message names it."""
        return str(self.as_set())

    def facts(self, x: Expr) -> tuple[Boolean, ...]:
        """Strict inequalities that hold for almost every point x of the support."""
        return ()


class Continuum(Support):
    """The open interval (lower, upper) with the Lebesgue measure; end points may be infinite or symbolic."""

    def __new__(cls, lower: Any, upper: Any) -> Continuum:
        return Basic.__new__(cls, sympify(lower, strict=True), sympify(upper, strict=True))

    @property
    def lower(self) -> Expr:
        return self.args[0]

    @property
    def upper(self) -> Expr:
        return self.args[1]

    def within(self, other: Support) -> Boolean:
        if not isinstance(other, Continuum):
            return S.false
        return And(at_most(other.lower, self.lower), at_most(self.upper, other.upper))

    def variable(self, name: str = "x") -> Symbol:
        if self.lower.is_extended_nonnegative:
            return Symbol(name, positive=True)
        if self.upper.is_extended_nonpositive:
            return Symbol(name, negative=True)
        return Symbol(name, real=True)

    def as_set(self) -> Set:
        return Interval.open(self.lower, self.upper)

    @property
    def shown(self) -> str:
        return f"({self.lower}, {self.upper})"

    def facts(self, x: Expr) -> tuple[Boolean, ...]:
        sides = []
        if self.lower is not -oo:
            sides.append(x > self.lower)
        if self.upper is not oo:
            sides.append(x < self.upper)
        return tuple(side for side in sides if side is not S.true)


class Lattice(Support):
    """The points lower, lower + step, … up to upper (either may be infinite) with the counting measure."""

    discrete = True

    def __new__(cls, lower: Any, upper: Any, step: Any = 1) -> Lattice:
        return Basic.__new__(cls, sympify(lower, strict=True), sympify(upper, strict=True), sympify(step, strict=True))

    @property
    def lower(self) -> Expr:
        return self.args[0]

    @property
    def upper(self) -> Expr:
        return self.args[1]

    @property
    def step(self) -> Expr:
        return self.args[2]

    def within(self, other: Support) -> Boolean:
        if isinstance(other, Outcomes):
            points = self.points()
            if points is None:
                return Or(*(self.within(run) for run in other.runs(self.step)))
            return And(*(other.contains(point) for point in points))
        if not isinstance(other, Lattice):
            return S.false
        ends = And(at_most(other.lower, self.lower), at_most(self.upper, other.upper))
        if self.lower == self.upper:
            return And(ends, other._aligned(self.lower))
        steps = self.step / other.step
        aligned = S.true if steps.is_integer else S.false if steps.is_integer is False else Contains(steps, S.Integers)
        return And(ends, aligned, other._aligned(self._anchor()))

    def _anchor(self) -> Expr:
        if self.lower is not -oo:
            return self.lower
        return self.upper if self.upper is not oo else S.Zero

    def _aligned(self, point: Expr) -> Boolean:
        count = (point - self._anchor()) / self.step
        return S.true if count.is_integer else S.false if count.is_integer is False else Contains(count, S.Integers)

    def contains(self, point: Any) -> Boolean:
        if not isinstance(point, Expr):
            return S.false
        return And(at_most(self.lower, point), at_most(point, self.upper), self._aligned(point))

    def points(self, limit: int = 10_000) -> tuple[Expr, ...] | None:
        """All points if there is a known number of them, at most `limit`; else None."""
        count = (self.upper - self.lower) / self.step
        if not count.is_Integer or not 0 <= int(count) < limit:
            return None
        return tuple(self.lower + i * self.step for i in range(int(count) + 1))

    def variable(self, name: str = "k") -> Symbol:
        if self.step.is_integer and self._anchor().is_integer:
            if self.lower.is_extended_positive:
                return Symbol(name, integer=True, positive=True)
            if self.lower.is_extended_nonnegative:
                return Symbol(name, integer=True, nonnegative=True)
            return Symbol(name, integer=True)
        return Symbol(name, real=True)

    def as_set(self) -> Set:
        if self.lower is -oo and self.upper is oo and self.step == 1:
            return S.Integers
        return Range(self.lower, self.upper + self.step, self.step)

    @property
    def shown(self) -> str:
        if self.lower is -oo:
            return "{..., -1, 0, 1, ...}" if self.upper is oo else f"{{..., {self.upper}}}"
        points = [self.lower, *([self.lower + self.step] if self.upper not in (self.lower, self.lower + self.step) else [])]
        end = "..." if self.upper is oo else f"..., {self.upper}" if len(points) > 1 else f"{self.upper}" if self.upper != self.lower else ""
        return f"{{{', '.join(map(str, points))}{', ' if end else ''}{end}}}"


class Outcomes(Support):
    """A finite list of distinct outcomes, numbers or labels, with the counting measure."""

    discrete = True

    def __new__(cls, *labels: Any) -> Outcomes:
        return Basic.__new__(cls, *(sympify(label, strict=True) for label in labels))

    def within(self, other: Support) -> Boolean:
        if isinstance(other, Lattice) and all(isinstance(label, Rational) for label in self.args):
            # The least and the greatest decide.
            ends = at_most(other.lower, min(self.args)), at_most(max(self.args), other.upper)
            return And(*ends, *(other._aligned(label) for label in self.args))
        if isinstance(other, (Outcomes, Lattice)):
            return And(*(other.contains(label) for label in self.args))
        return S.false

    def contains(self, label: Any) -> Boolean:
        return S.true if label in self.args else S.false

    def runs(self, step: Expr) -> tuple[Lattice, ...]:
        """The longest lattices of the given step among the outcomes."""
        numbers: list[Any] = sorted(label for label in self.args if isinstance(label, Expr) and label.is_Rational)
        starts = [number for number in numbers if number - step not in numbers]
        return tuple(Lattice(start, max(takewhile(numbers.__contains__, count(start, step))), step) for start in starts)

    def points(self, limit: int = 10_000) -> tuple[Any, ...] | None:
        return self.args

    def variable(self, name: str = "k") -> Symbol:
        return Symbol(name)

    def as_set(self) -> Set:
        return FiniteSet(*self.args)


def at_most(small: Any, large: Any) -> Boolean:
    """The condition small <= large, decided where assumptions decide it."""
    if small is -oo or large is oo or small == large:
        return S.true
    if small is oo or large is -oo:
        return S.false
    difference = large - small
    if difference.is_nonnegative:
        return S.true
    if difference.is_negative:
        return S.false
    if isinstance(small, Max):
        return And(*(at_most(each, large) for each in small.args))
    if isinstance(large, Min):
        return And(*(at_most(small, each) for each in large.args))
    # Below a maximum, or above a minimum: decided where at most one of its arguments matters.
    ways = (
        [at_most(small, each) for each in large.args]
        if isinstance(large, Max)
        else [at_most(each, large) for each in small.args]
        if isinstance(small, Min)
        else []
    )
    open_ways = [way for way in ways if way is not S.false]
    return open_ways[0] if ways and len(open_ways) == 1 else small <= large


def _interval(lower: Any, upper: Any) -> Continuum:
    """The interval between two numbers or expressions, which may not be empty."""
    ends = []
    for end in (lower, upper):
        try:
            value = sympify(end, strict=True)
        except SympifyError:
            value = None
        if not isinstance(value, Expr) or value.atoms(Float) or value is S.NaN:
            raise DomainError(f"the end point {end!r} of a support must be an exact number or an expression")
        ends.append(value)
    if ends[0] is S.Infinity or ends[1] is S.NegativeInfinity or (ends[1] - ends[0]).is_extended_nonpositive:
        raise DomainError(f"the support ({ends[0]}, {ends[1]}) is empty")
    return Continuum(*ends)


def support_of(description: Any) -> Support:
    """A support from what users write: a pair (a, b), a SymPy set, or a Support."""
    if isinstance(description, Support):
        return description
    if isinstance(description, (tuple, list, Tuple)) and len(description) == 2:
        return _interval(*description)
    if isinstance(description, Interval):
        return Continuum(description.start, description.end)
    if description == S.Reals:
        return Continuum(-oo, oo)
    if isinstance(description, Range):
        return Lattice(description.inf, description.sup, abs(description.step))
    if isinstance(description, (list, dict, set)):
        raise TypeError(f"a support is a pair (a, b), an Interval, a Range, Naturals, Integers or a FiniteSet, not {description!r}")
    named = {S.Naturals: Lattice(1, oo), S.Naturals0: Lattice(0, oo), S.Integers: Lattice(-oo, oo)}
    if description in named:
        return named[description]
    if isinstance(description, FiniteSet):
        return Outcomes(*description.args)
    raise TypeError(f"a support is a pair (a, b), an Interval, a Range, Naturals, Integers or a FiniteSet, not {description!r}")
