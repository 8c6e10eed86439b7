"""Derivatives of any enclosable function at a point: Cauchy's formula on a circle, its error bounded by the maximum on a larger disc."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any

from sympy import Derivative, Expr, Subs, Symbol, sympify

from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.program import Opaque, Program, Unsupported
from symkl.exact.zetaexcess import without_one

__all__ = ["DerivativeAt", "derivative_enclosure", "evaluated_derivatives"]

# Sample points beyond the order: more of them need fewer extra bits each.
EXTRA_POINTS = 16
# Discs of a radius of 2^-k are tried for k = 1, 3, 7, … up to this.
SMALLEST = 1 << 14


class DerivativeAt(Expr):
    """d^n f/dv^n at v = a, for a number a: `DerivativeAt(f, v, n, a)`."""

    is_commutative = True

    @property
    def free_symbols(self) -> set[Any]:
        f, v, _, point = self.args
        return (f.free_symbols - {v}) | point.free_symbols


def evaluated_derivatives(expr: Expr) -> Expr:
    """`Subs` and the derivatives in it as `DerivativeAt`, innermost first."""

    def replaced(node: Any, env: dict[Any, Any]) -> Any:
        if isinstance(node, Subs):
            inner = dict(zip(node.variables, (replaced(p, env) for p in node.point)))
            return replaced(node.expr, {**env, **inner})
        if isinstance(node, Derivative):
            return _derivative(node, env)
        if not node.args:
            return env.get(node, node)
        if not node.has(Subs, Derivative):
            return node.xreplace(env) if env else node
        return node.func(*(replaced(arg, env) for arg in node.args))

    def _derivative(node: Derivative, env: dict[Any, Any]) -> Any:
        counts = node.variable_count
        if len(counts) != 1 or not sympify(counts[0][1], strict=True).is_Integer:
            raise Unsupported(f"mixed derivatives are not enclosed: {node}")
        v, order = counts[0]
        if v not in env:
            raise Unsupported(f"{node} is taken at no point")
        # The variable stays free in the function alone; everything else takes its value.
        rest = {key: value for key, value in env.items() if key != v}
        return DerivativeAt(replaced(node.expr, rest), v, order, env[v])

    return replaced(expr, {}) if expr.has(Subs, Derivative) else expr


def derivative_enclosure(node: DerivativeAt, opaque: Opaque) -> Callable[[int], Any]:
    """The enclosure of f^(n)(a) as a function of the working precision."""
    args: Any = node.args
    f, v, order, point = args
    n = int(order)
    if not isinstance(v, Symbol):
        raise Unsupported(f"a derivative by {v} is not enclosed")
    function, centre = Program(without_one(f, v), v, opaque), Program(point, None, opaque)

    def enclosure(bits: int) -> Any:
        count = n + EXTRA_POINTS
        gap = (bits + 16) // count + 1
        with precision(bits + n * gap + 64) as flint:
            run, a = function.bind(flint.ctx.prec), centre.bind(flint.ctx.prec)()
            if not run(a, True).is_finite():
                # With so few bits the point may be one where there is no derivative.
                return flint.acb("nan")
            radius, bound = _disc(run, a, flint)
            # r = R·2^-gap, so that what folds back from the coefficients beyond `count` is below M·2^-(gap·count)/R^n.
            small = radius * flint.arb(2) ** -gap
            total = flint.acb(0)
            for j in range(count):
                angle = flint.arb(2 * j) / count
                point_on_circle = a + small * flint.acb(angle.cos_pi(), angle.sin_pi())
                total += run(point_on_circle, False) * _root_of_unity(-j * n, count, flint)
            ratio = flint.arb(2) ** -(gap * count)
            error = bound / radius**n * ratio / (1 - ratio)
            coefficient = total / count / small**n + flint.acb(flint.arb(0, error.abs_upper()), flint.arb(0, error.abs_upper()))
            value = coefficient * factorial(n)
            # f takes real values on the real line, so its derivatives do.
            return flint.acb(value.real) if a.imag.is_zero() and run(a, False).imag.is_zero() else value

    return enclosure


def _disc(run: Callable[..., Any], a: Any, flint: Any) -> tuple[Any, Any]:
    """(R, M) with f analytic and |f| ≤ M on the square of half-width R around a: the largest power of two, about."""

    def bound(k: int) -> Any:
        width = flint.arb(0, flint.arb(2) ** -k)
        value = run(a + flint.acb(width, width), True)
        return value.abs_upper() if value.is_finite() else None

    too_large, k = 0, 1
    while (found := bound(k)) is None:
        if k > SMALLEST:
            raise Undecided("no disc was found on which the function is analytic")
        too_large, k = k, 2 * k + 1
    while k - too_large > 2:
        middle = (k + too_large) // 2
        closer = bound(middle)
        if closer is None:
            too_large = middle
        else:
            k, found = middle, closer
    return flint.arb(2) ** -k, found


def _root_of_unity(k: int, n: int, flint: Any) -> Any:
    angle = flint.arb(2 * (k % n)) / n
    return flint.acb(angle.cos_pi(), angle.sin_pi())
