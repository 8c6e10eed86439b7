"""Where an integrand is not smooth: zeros inside Abs, Max, Piecewise; and on each piece the smooth expression that it is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cmp_to_key
from typing import Any

import sympy as sp
from sympy import Abs, Add, Expr, Max, Min, Mul, Piecewise, Pow, Rational, S, Symbol

from symkl.core.vanishing import switches
from symkl.errors import DomainError, Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.enclosures import decide, enclosure_of, sign_of
from symkl.exact.laws import is_large
from symkl.exact.stable import Capped, Exp, Log1p, Modulus
from symkl.exact.surplus import UNIT_INTERVAL, Excess, Narrower

__all__ = ["between", "breakpoints", "centres", "smooth", "sorted_points"]

# Bits of whole numbers near breakpoints.
FLOOR_BITS = (256, 1 << 12, 1 << 15)
# Powers of rational numbers up to this are written out.
MOST_FACTORS = 8
KINKED = (Abs, Modulus, Capped, sp.sign, Max, Min, Piecewise, sp.Heaviside)


def breakpoints(x: Symbol, lower: Expr, upper: Expr, *exprs: Expr) -> list[Expr]:
    """The points strictly between the ends where an expression may have a kink or a jump, in increasing order."""
    found: list[Expr] = []
    for expr in exprs:
        node: Any
        for node in sp.preorder_traversal(expr):
            if isinstance(node, KINKED) and x in node.free_symbols:
                for switch in switches(node):
                    found += zeros(switch, x) or []
            elif _is_rough_power(node, x):
                found += zeros(node.args[0], x) or []
    return [p for p in sorted_points(found) if _inside(p, lower, upper)]


def _is_rough_power(node: Any, x: Symbol) -> bool:
    """(x − c)^e with e not an integer, as in |x|^β after squaring."""
    return isinstance(node, Pow) and x in node.base.free_symbols and not node.exp.is_integer and not node.base.is_positive


def centres(x: Symbol, *exprs: Expr) -> list[Expr]:
    """Zeros of the affine functions of x in the expressions: where scales and locations are to be looked for."""
    found: list[Expr] = []
    for expr in exprs:
        for node in sp.preorder_traversal(expr):
            if isinstance(node, Add) and x in node.free_symbols and node.is_polynomial(x) and sp.degree(node, x) == 1:
                found += zeros(node, x) or []
    return sorted_points(found)


def zeros(u: Expr, x: Symbol) -> list[Expr] | None:
    """All real zeros of u, where u is solved by undoing one function after the other; None where it is not."""
    given: list[Any] = sorted(u.atoms(Narrower), key=sp.default_sort_key)
    if given:
        # The second of two expressions for one function has the digits, the first is exact: the second may be, too.
        found = zeros(u.xreplace({each: each.args[0] for each in given}), x)
        return zeros(u.xreplace({each: each.args[1] for each in given}), x) if found is None and not u.has(UNIT_INTERVAL) else found
    target: Expr = S.Zero
    while u != x:
        if isinstance(u, Mul) and target == 0:
            lists = [zeros(f, x) for f in u.args if x in f.free_symbols]
            return None if any(each is None for each in lists) else [z for each in lists for z in each or ()]
        moving: list[Any] = [arg for arg in u.args if x in arg.free_symbols]
        if isinstance(u, Add) and (pair := _logarithms(moving)) is not None and target == u - Add(*moving):
            return zeros(pair[0] - pair[1], x)
        if len(moving) != 1:
            return _polynomial_zeros(u - target, x)
        inner = moving[0]
        if isinstance(u, Add):
            target = target - (u - inner)
        elif isinstance(u, Mul):
            target = target / (u / inner)
        elif isinstance(u, sp.log):
            target = _exponential(target)
        elif isinstance(u, Log1p):
            target = _exponential(target) - 1
        elif isinstance(u, (sp.exp, Exp)):
            if sign_of(target) <= 0:
                return []
            target = sp.log(target)
        elif isinstance(u, Excess):
            if sign_of(target + 1) <= 0:
                return []
            target = sp.log(target + 1)
        elif isinstance(u, Pow) and u.exp.is_Rational and inner is u.base:
            return _power_zeros(u, target, x)
        else:
            return None
        u = inner
    return [target]


def _exponential(target: Expr) -> Expr:
    """e^target; of Σ c log r with small whole c the rational number that it is. Of e^(10^40 log r) SymPy would write out the power of r."""
    pairs = [each.as_coeff_Mul() for each in Add.make_args(target)]
    if all(isinstance(f, sp.log) and f.args[0].is_Rational and c.is_Integer and abs(c) <= MOST_FACTORS for c, f in pairs):
        return Mul(*(f.args[0] ** c for c, f in pairs))
    return (Exp if any(map(is_large, target.atoms(Rational))) else sp.exp)(target)


def _logarithms(moving: list[Any]) -> tuple[Expr, Expr] | None:
    """(A, B) of c (log A − log B); None for other terms."""
    pairs = [each.as_coeff_Mul() for each in moving]
    if len(pairs) != 2 or pairs[0][0] != -pairs[1][0] or not all(isinstance(f, sp.log) for _, f in pairs):
        return None
    return pairs[0][1].args[0], pairs[1][1].args[0]


def _power_zeros(u: Any, target: Expr, x: Symbol) -> list[Expr] | None:
    side = sign_of(target)
    if side == 0:
        return zeros(u.base, x) if u.exp.is_positive else []
    roots: list[Expr] = []
    even = u.exp.p % 2 == 0
    if side > 0:
        roots.append(target ** (1 / u.exp))
        if even:
            roots.append(-roots[0])
    elif not even and u.exp.q % 2:
        roots.append(-((-target) ** (1 / u.exp)))
    lists = [zeros(u.base - r, x) for r in roots]
    return None if any(each is None for each in lists) else [z for each in lists for z in each or ()]


def _polynomial_zeros(u: Expr, x: Symbol) -> list[Expr] | None:
    """Real roots of quadratics; of longer polynomials with rational coefficients where SymPy isolates them."""
    if not u.is_polynomial(x):
        return None
    polynomial = sp.Poly(u, x)
    if polynomial.degree() == 1:
        a, b = polynomial.all_coeffs()
        return [-b / a]
    if polynomial.degree() == 2:
        a, b, c = polynomial.all_coeffs()
        gap = b**2 - 4 * a * c
        side = sign_of(gap)
        if side < 0:
            return []
        return [-b / (2 * a)] if side == 0 else [(-b - sp.sqrt(gap)) / (2 * a), (-b + sp.sqrt(gap)) / (2 * a)]
    return None


def _inside(point: Expr, lower: Expr, upper: Expr) -> bool:
    return bool(point.is_real is not False and _less(lower, point) and _less(point, upper))


def _less(a: Expr, b: Expr) -> bool:
    if a is S.NegativeInfinity or b is S.Infinity:
        return a != b
    if a is S.Infinity or b is S.NegativeInfinity:
        return False
    return sign_of(b - a) > 0


def sorted_points(points: Iterable[Expr]) -> list[Expr]:
    """In increasing order, each number once."""
    ordered: list[Expr] = []
    for p in sorted(points, key=cmp_to_key(_order)):
        if not ordered or sign_of(p - ordered[-1]) > 0:
            ordered.append(p)
    return ordered


def _order(a: Expr, b: Expr) -> int:
    return sign_of(a - b)


def between(lower: Expr, upper: Expr) -> Rational:
    """A rational number strictly between the two."""
    if lower.is_infinite and upper.is_infinite:
        return S.Zero
    if upper.is_infinite:
        return Rational(_floor(lower) + 2)
    if lower.is_infinite:
        return Rational(_floor(upper) - 1)
    middle = (lower + upper) / 2
    if middle.is_Rational:
        return middle
    gap, centre = enclosure_of(upper - lower)(64).real, enclosure_of(middle)(4096).real
    _, exponent = gap.lower().man_exp()
    # Rounded to a small part of the gap.
    places = max(0, -int(exponent)) + 8
    with precision(8192):
        return Rational(int((centre.mid() * 2**places).floor().unique_fmpz()), 2**places)


def _floor(number: Expr) -> int:
    if number.is_Rational:
        return int(sp.floor(number))
    for bits in FLOOR_BITS:
        value = enclosure_of(number)(bits).real
        if value.rad() < 0.25:
            man, exp = value.mid().man_exp()
            return int(man) << int(exp) if exp >= 0 else int(man) >> -int(exp)
    raise Undecided("a breakpoint is too large to be written out")


def smooth(expr: Any, x: Symbol, lower: Expr, upper: Expr) -> Any:
    """The expression that `expr` equals between two neighbouring breakpoints, read off at a point between them."""
    if not isinstance(expr, Expr) or x not in expr.free_symbols or not expr.has(*KINKED):
        return expr
    args: Any = tuple(smooth(arg, x, lower, upper) for arg in expr.args) if not isinstance(expr, Piecewise) else expr.args
    if not isinstance(expr, KINKED):
        return expr.func(*args)
    if any(zeros(switch, x) is None for switch in switches(expr)):
        # Zeros unknown: left as it is, and integrated with its kinks.
        return expr.func(*args) if not isinstance(expr, Piecewise) else _refuse(expr)
    point = between(lower, upper)
    if isinstance(expr, Piecewise):
        for value, condition in args:
            if decide(condition.xreplace({x: point})):
                return smooth(value, x, lower, upper)
        raise DomainError(f"no condition of {expr} holds at {point}")
    if isinstance(expr, (Max, Min)):
        at = {arg: arg.xreplace({x: point}) for arg in args}
        best = args[0]
        for arg in args[1:]:
            if sign_of(at[arg] - at[best]) == (1 if isinstance(expr, Max) else -1):
                best = arg
        return best
    side = sign_of(args[0].xreplace({x: point}))
    if isinstance(expr, Capped):
        return Exp(-args[0]) if side >= 0 else S.One
    if isinstance(expr, (Abs, Modulus)):
        return args[0] if side >= 0 else -args[0]
    return Rational(side) if isinstance(expr, sp.sign) else S.One if side > 0 else S.Zero


def _refuse(expr: Piecewise) -> Any:
    raise Undecided(f"the points where {expr} changes its branch are not found")
