"""x = m + y: the location of a law whose log-density depends on x through multiples of x − m only."""

from __future__ import annotations

from sympy import Add, Expr, S, Symbol

from symkl.core.supports import Continuum
from symkl.expect.shapes import Profile, Substitution

__all__ = ["location", "move"]


def move(profile: Profile) -> tuple[Substitution, ...] | None:
    support = profile.support
    if not isinstance(support, Continuum):
        return None
    centre = location(profile.log_density, profile.variable)
    if centre is None or centre == 0:
        return None
    y = Continuum(support.lower - centre, support.upper - centre)
    return (Substitution(centre + y.variable("y"), y.variable("y"), y),)


def location(expr: Expr, x: Symbol) -> Expr | None:
    """The common root of all maximal linear forms in x within expr; None if there are several."""
    roots: list[Expr] = []
    stack = list(Add.make_args(expr))
    while stack:
        node = stack.pop()
        if not node.has(x):
            continue
        root = _root(node, x)
        if root is not None:
            if root not in roots:
                roots.append(root)
            if len(roots) > 1:
                return None
            continue
        stack.extend(arg for arg in node.args if isinstance(arg, Expr))
    return roots[0] if roots else None


def _root(node: Expr, x: Symbol) -> Expr | None:
    if node == x:
        return S.Zero
    if not node.is_Add:
        return None
    moving = [arg for arg in Add.make_args(node) if arg.has(x)]
    if len(moving) != 1:
        return None
    slope = moving[0] / x
    if slope.has(x):
        return None
    return -Add(*(arg for arg in Add.make_args(node) if not arg.has(x))) / slope
