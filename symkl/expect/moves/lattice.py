"""Lattices brought to start at zero: shifted, reversed, or taken apart at the kink of a law on all integers."""

from __future__ import annotations

from sympy import Abs, Expr, S, Symbol, oo

from symkl.core.supports import Lattice
from symkl.expect.shapes import Profile, Substitution

__all__ = ["kink", "move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support = profile.support
    if not isinstance(support, Lattice) or support.step != 1 or support.lower == 0:
        return None
    j = Symbol("j" if profile.variable.name != "j" else "m", integer=True, nonnegative=True)
    if support.lower is not -oo:
        return (Substitution(support.lower + j, j, Lattice(0, support.upper - support.lower)),)
    if support.upper is not oo:
        return (Substitution(support.upper - j, j, Lattice(0, oo)),)
    centre = kink(profile.log_density, profile.variable)
    if centre is None:
        return None
    return Substitution(centre + j, j, Lattice(0, oo)), Substitution(centre - 1 - j, j, Lattice(0, oo))


def kink(expr: Expr, k: Symbol) -> Expr | None:
    """The integer c of the terms |k − c|, where there is exactly one."""
    found = set()
    for node in expr.atoms(Abs):
        if not node.has(k):
            continue
        slope = node.args[0].diff(k)
        if slope not in (S.One, S.NegativeOne):
            return None
        found.add((k - slope * node.args[0]).expand())
    if len(found) != 1:
        return None
    (centre,) = found
    return centre if centre.is_integer else None
