"""Where a density is zero on its declared support: p = 0 on the part of an interval where max(0, ·), a step or a case says so, or at points of a lattice.

The support of a law is where it is positive, up to null sets: what `Density` is given is trimmed to that here. An expression that is analytic in
x inside an interval and not zero throughout has isolated zeros, which are a null set; so only what is not analytic is looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Heaviside,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    binomial,
    cancel,
    cos,
    default_sort_key,
    exp,
    log,
    loggamma,
    pi,
    preorder_traversal,
    sign,
    sin,
)
from sympy.core.relational import Relational
from sympy.polys.polyerrors import BasePolynomialError
from sympy.polys.polytools import Poly, real_roots

from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.errors import DomainError

__all__ = ["is_positive_throughout", "kept_points", "switches", "trimmed"]

STEPS = (Max, Min, Heaviside, sign, Piecewise)
KINKED = (*STEPS, Abs)
#: So many points of a lattice are looked at one by one; so many zeros of a wave.
MOST_POINTS, MOST_WAVES = 1000, 64

Cell = tuple[Expr, Expr]


class _Open(Exception):
    """Where the expression switches, or in which order, is not decided."""


def trimmed(expr: Expr, x: Symbol, support: Any) -> tuple[Expr, Support]:
    """The density with the part of the support on which it is not zero; `DomainError` where that is not decided.

    >>> from sympy import oo
    >>> x = Symbol("x", real=True)
    >>> trimmed(Max(0, 1 - Abs(x)), x, Continuum(-oo, oo))
    (1 - Abs(x), Continuum(-1, 1))
    >>> k = Symbol("k", integer=True)
    >>> trimmed(k/3, k, Lattice(0, 2))
    (k/3, Lattice(1, 2, 1))
    """
    if isinstance(support, Continuum):
        return _of_interval(expr, x, support)
    points = support.points(MOST_POINTS)
    if points is not None:
        return expr, _of_points(expr, x, support, points)
    return _of_lattice(expr, x, support) if isinstance(support, Lattice) else (expr, support)


def is_positive_throughout(log_density: Expr, x: Symbol, support: Any) -> bool | None:
    """Whether exp(log_density) vanishes on no part of the support (at no point of a lattice); None where that is not known."""
    if isinstance(support, Continuum):
        inside = [node.args[0] for node in preorder_traversal(log_density) if isinstance(node, log) and node.has(x)]
        return True if all(_seldom_zero(each, x) or _is_nonzero_on_cells(each, x, (support.lower, support.upper)) for each in inside) else None
    points = support.points(MOST_POINTS)
    if points is not None and log_density.free_symbols <= {x}:
        return all(not _vanishes(log_density, x, point) for point in points)
    inside = [node.args[0] for node in log_density.atoms(log, loggamma) if node.has(x)]
    return True if all(_is_nonzero_on_lattice(each, x, support) for each in inside) else None


def kept_points(log_density: Expr, x: Symbol, support: Support) -> Support:
    """The support without the points at which exp(log_density) is 0, where parameters that have become numbers show them: C(n, k) at n < k."""
    points = support.points(MOST_POINTS) if isinstance(support, (Lattice, Outcomes)) and log_density.free_symbols <= {x} else None
    return support if points is None else _without(support, [point for point in points if _vanishes(log_density, x, point)], points)


def _vanishes(log_density: Expr, x: Symbol, point: Any) -> bool:
    return isinstance(point, Expr) and bool(exp(log_density).subs(x, point) == 0)


# Intervals ------------------------------------------------------------------------------------------------------------


def _of_interval(expr: Expr, x: Symbol, support: Continuum) -> tuple[Expr, Support]:
    if not any(node.has(x) for node in expr.atoms(*STEPS)) or _seldom_zero(expr, x):
        return expr, support
    try:
        cells = _cells(expr, x, (support.lower, support.upper))
        values = [_resolved(expr, x, _sample(cell), STEPS) for cell in cells]
        zero = [_is_zero(_resolved(value, x, _sample(cell), KINKED)) for value, cell in zip(values, cells)]
    except _Open:
        raise DomainError(
            f"Density: {expr} may be zero on a part of {support.shown}, and on which is not decided; give the interval on which it is positive"
        ) from None
    if not any(zero):
        return expr, support
    kept = [i for i, gone in enumerate(zero) if not gone]
    if not kept:
        raise DomainError(f"Density: {expr} is zero on {support.shown}")
    if kept != list(range(kept[0], kept[-1] + 1)):
        raise DomainError(f"Density: {expr} is zero between parts of {support.shown} on which it is not; a support is one interval")
    branches: list[tuple[Expr, Expr]] = []
    for i in kept:
        if branches and branches[-1][0] == values[i]:
            branches.pop()
        branches.append((values[i], cells[i][1]))
    whole = branches[0][0] if len(branches) == 1 else Piecewise(*((value, x < end) for value, end in branches[:-1]), (branches[-1][0], True))
    return whole, Continuum(cells[kept[0]][0], cells[kept[-1]][1])


def _cells(expr: Expr, x: Symbol, cell: Cell) -> list[Cell]:
    """Intervals on each of which every max, modulus, step and case within is one expression."""
    node = next((n for n in sorted(expr.atoms(*KINKED), key=default_sort_key) if n.has(x) and not any(m.has(x) for m in n.atoms(*KINKED) - {n})), None)
    if node is None:
        return [cell]
    points = [cell[0], *_inside([zero for switch in switches(node) if switch.has(x) for zero in _zeros(switch, x, cell)], cell), cell[1]]
    parts: list[Cell] = list(pairwise(points))
    return [each for part in parts for each in _cells(expr.xreplace({node: _resolved(node, x, _sample(part), KINKED)}), x, part)]


def _is_nonzero_on_cells(expr: Expr, x: Symbol, cell: Cell) -> bool:
    try:
        values = [_resolved(expr, x, _sample(each), KINKED) for each in _cells(expr, x, cell)]
    except _Open:
        return False
    return all(not _is_zero(value) and _seldom_zero(value, x) for value in values)


def switches(node: Any) -> list[Expr]:
    """The functions whose signs select the branch."""
    if isinstance(node, (Max, Min)):
        args: Any = node.args
        return [a - b for i, a in enumerate(args) for b in args[i + 1 :]]
    if isinstance(node, Piecewise):
        pairs: Any = node.args
        return [each.lhs - each.rhs for _, condition in pairs for each in sorted(condition.atoms(Relational), key=default_sort_key)]
    return [node.args[0]]


def _zeros(u: Expr, x: Symbol, cell: Cell) -> list[Expr]:
    """The zeros of a line, a polynomial with rational coefficients, or a wave within a bounded interval."""
    slope = u.diff(x)
    if not slope.has(x):
        return [cancel((slope * x - u).expand() / slope)]
    if u.is_polynomial(x) and u.free_symbols == {x}:
        try:
            return list(dict.fromkeys(real_roots(Poly(u, x))))
        except (BasePolynomialError, NotImplementedError):
            raise _Open from None
    if isinstance(u, (sin, cos)) and not (rate := u.args[0].diff(x)).has(x) and all(end.is_number and end.is_finite for end in (*cell, rate)):
        shift = u.args[0].xreplace({x: S.Zero}) - (pi / 2 if isinstance(u, cos) else 0)
        turns = sorted((rate * end + shift) / pi for end in cell)
        first, last = int(turns[0]) - 1, int(turns[1]) + 1
        if last - first <= MOST_WAVES:
            return [(j * pi - shift) / rate for j in range(first, last + 1)]
    if isinstance(u, (Mul, Pow)):
        factors = [f.as_base_exp()[0] for f in Mul.make_args(u) if f.has(x) and not isinstance(f, exp)]
        if u not in factors:
            return [zero for each in factors for zero in _zeros(each, x, cell)]
    raise _Open


def _inside(points: list[Expr], cell: Cell) -> list[Expr]:
    """The points strictly inside a cell, in increasing order."""
    found: list[Expr] = []
    for point in dict.fromkeys(points):
        if not _less(cell[0], point) or not _less(point, cell[1]):
            continue
        at = next((i for i, other in enumerate(found) if not _less(other, point)), len(found))
        if at == len(found) or _less(point, found[at]):
            found.insert(at, point)
    return found


def _less(a: Expr, b: Expr) -> bool:
    """a < b, which has to be decided."""
    gap = b - a
    if gap.is_extended_positive:
        return True
    if gap.is_extended_nonpositive:
        return False
    raise _Open


def _sample(cell: Cell) -> Expr:
    lower, upper = cell
    if lower.is_infinite:
        return S.Zero if upper.is_infinite else upper - 1
    return lower + 1 if upper.is_infinite else (lower + upper) / 2


def _resolved(expr: Any, x: Symbol, point: Expr, kinds: Any) -> Any:
    """The expression with every node of the kinds the one expression that it is around a point."""
    if not isinstance(expr, Expr) or not expr.has(*kinds) or not expr.has(x):
        return expr
    if isinstance(expr, Piecewise):
        pairs: Any = expr.args
        for value, condition in pairs:
            holds = condition.subs(x, point)
            if holds is S.true:
                return _resolved(value, x, point, kinds)
            if holds is not S.false:
                raise _Open
        raise _Open
    args = [_resolved(arg, x, point, kinds) for arg in expr.args]
    if not isinstance(expr, kinds):
        return expr.func(*args)
    if isinstance(expr, (Max, Min)):
        best = args[0]
        for each in args[1:]:
            larger = _side((each - best).subs(x, point)) > 0
            best = each if larger is isinstance(expr, Max) else best
        return best
    side = _side(args[0].subs(x, point))
    return S(side) if isinstance(expr, sign) else S.One * (side > 0) if isinstance(expr, Heaviside) else side * args[0]


def _side(value: Expr) -> int:
    if value.is_positive:
        return 1
    if value.is_negative:
        return -1
    raise _Open


def _is_zero(value: Expr) -> bool:
    return bool(value == 0 or value.expand() == 0)


def _seldom_zero(expr: Any, x: Symbol) -> bool:
    """Whether the expression is seen to be zero on a null set only, wherever it is real. What is free of x is taken not to be zero: the mass is one."""
    if not expr.has(x):
        return bool(expr != 0)
    if isinstance(expr, exp):
        return all(_seldom_zero(node.args[0], x) for node in expr.args[0].atoms(log) if node.has(x))
    if isinstance(expr, (Mul, Max, Min)):
        return all(_seldom_zero(arg, x) for arg in expr.args)
    if isinstance(expr, (Pow, Abs, sign)):
        return _seldom_zero(expr.args[0], x)
    if isinstance(expr, Piecewise):
        pairs: Any = expr.args
        return all(_seldom_zero(value, x) for value, _ in pairs)
    if isinstance(expr, Heaviside):
        return False
    # Sums and functions: analytic between isolated points unless a step, a modulus or a root is in them; or a sum of what is not negative.
    if isinstance(expr, Add) and all(arg.is_nonnegative for arg in expr.args):
        return any(_seldom_zero(arg, x) for arg in expr.args)
    return expr.is_positive is True or not any(isinstance(node, KINKED) or _is_root(node, x) for node in preorder_traversal(expr) if node.has(x))


def _is_root(node: Basic, x: Symbol) -> bool:
    """A root, whose branches may cancel what they are added to on one side of a zero of the radicand; of a line, only one side is real."""
    if not isinstance(node, Pow) or node.exp.is_integer or node.base.is_positive or not node.base.has(x):
        return False
    return bool(node.base.diff(x).has(x)) and bool(node.exp.is_Rational and node.base.is_polynomial(x) and Poly(node.base, x).is_sqf is False)


# Lattices -------------------------------------------------------------------------------------------------------------


def _of_points(expr: Expr, x: Symbol, support: Support, points: tuple[Any, ...]) -> Support:
    """The points of a finite support at which the density is not zero."""
    return _without(support, [point for point in points if isinstance(point, Expr) and expr.subs(x, point).is_zero], points)


def _without(support: Support, zeros: list[Any], points: tuple[Any, ...]) -> Support:
    kept = tuple(point for point in points if point not in zeros)
    if len(kept) == len(points):
        return support
    if not kept:
        raise DomainError(f"Density: it is zero on {support.shown}")
    if isinstance(support, Lattice) and len(kept) - 1 == (kept[-1] - kept[0]) / support.step:
        return Lattice(kept[0], kept[-1], support.step)
    return Outcomes(*kept)


def _of_lattice(expr: Expr, x: Symbol, support: Lattice) -> tuple[Expr, Support]:
    """An infinite or symbolic lattice without the points at its ends at which a factor is zero."""
    lower, upper, step = support.args
    zeros: list[Expr] = []
    for factor in Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if isinstance(base, binomial) and base.args[0].is_Integer and base.args[1] == x and exponent.is_positive and step == 1:
            # C(n, k) = 0 for k < 0 and for k > n.
            lower = lower if lower.is_extended_nonnegative else S.Zero
            upper = base.args[0] if upper is S.Infinity or upper.is_Integer and upper > base.args[0] else upper
        elif base.has(x) and base.is_polynomial(x) and base.free_symbols == {x} and not exponent.is_negative and not isinstance(factor, exp):
            try:
                zeros += [root for root in real_roots(Poly(base, x)) if root.is_Rational]
            except (BasePolynomialError, NotImplementedError):
                continue
        elif factor.has(x) and factor.has(*STEPS) and not _seldom_zero(factor, x):
            raise DomainError(f"Density: {factor} may be zero at points of {support.shown}; give the range on which it is positive")
    found = Lattice(lower, upper, step)
    here = {zero for zero in zeros if found.contains(zero) is S.true}
    while found.lower in here:
        here.remove(found.lower)
        found = Lattice(found.lower + step, found.upper, step)
    while found.upper in here:
        here.remove(found.upper)
        found = Lattice(found.lower, found.upper - step, step)
    if not here:
        return expr, found
    if (points := found.points(MOST_POINTS)) is not None:
        return expr, _of_points(expr, x, found, points)
    raise DomainError(f"Density: {expr} is zero at {x} = {min(here)}, within {found.shown}; a support without points of its inside is not known here")


def _is_nonzero_on_lattice(inside: Expr, x: Symbol, support: Support) -> bool:
    point = support.variable(x.name)
    value = inside.xreplace({x: point})
    if value.is_positive or value.is_negative:
        return True
    if isinstance(support, Lattice) and not (slope := inside.diff(x)).has(x):
        ends = [(end, inside.xreplace({x: end})) for end in support.args[:2]]
        # A line that is positive at either end; towards an infinite one it grows.
        if all(at.is_positive if end.is_finite else slope.is_positive if end is S.Infinity else slope.is_negative for end, at in ends):
            return True
    if not isinstance(support, Lattice) or not value.is_polynomial(point) or value.free_symbols != {point}:
        return False
    return not any(support.contains(root) is not S.false for root in real_roots(Poly(value, point)))
