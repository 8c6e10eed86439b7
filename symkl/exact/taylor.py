"""Values on wide balls by Taylor's formula: what cancels between the terms of an expression cancels in its coefficients, which are those of one point.

f(z) = Σ_{j<N} a_j (z − m)^j + a_N(B) (z − m)^N for z in a convex B around m on which f is analytic, where the ball a_N(B) holds f^(N)/N! on B.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from itertools import zip_longest
from typing import Any

import sympy as sp
from sympy import Add, Expr, Mul, Pow, S, Symbol

from symkl.errors import Undecided
from symkl.exact.arithmetic import flint_module
from symkl.exact.bessel import series_in_argument, series_of_log_bessel
from symkl.exact.enclosures import opaque
from symkl.exact.powerseries import Series, constant_power, exponential, logarithm, plus, product, stretched
from symkl.exact.program import ADD, CALL, Program, Unsupported
from symkl.exact.stable import Capped, Exp, Growth, Log1p, LogBesselI, LogGammaGap, Modulus, Value, acb, arb, disc, is_real, log_sum_exp
from symkl.exact.surplus import Narrower
from symkl.exact.work import checkpoint

__all__ = ["Centred", "SeriesProgram"]

# Orders of Taylor's formula on wide balls, and the radius of a value from which on it is asked.
ORDERS, NARROW = (8, 32, 128), 2.0**-10
# A higher order is not asked where the remainder is as small as this.
SMALL_REST = 2.0**-4
# A ball with fewer right bits is too wide for Stirling's series of all coefficients.
STIRLING_BITS = 8
# Of (e^z − 1)/z on balls with numbers as large as this and others near 0 nothing is said.
LARGEST_GROWTH = 64
# Integer powers by repeated multiplication.
MOST_FACTORS = 8


def log_gamma(f: Series, order: int) -> Series:
    return composed(_log_gamma_coefficients(f[0], order if len(f) > 1 else 0), f, order)


def composed(coefficients: Series, f: Series, order: int) -> Series:
    """The series with these coefficients around f_0, of f."""
    if len(f) == 1:
        return coefficients[:1]
    if len(f) == 2:
        return stretched(coefficients, f[1])
    moving = [acb()(0), *f[1:]]
    total: Series = [coefficients[-1]]
    for n in range(len(coefficients) - 2, -1, -1):
        # What is multiplied by x^n afterwards.
        total = plus([coefficients[n]], product(total, moving, order - n))
    return total


def _log_gamma_coefficients(z: Value, order: int) -> Series:
    """log Γ(z + x); on balls too wide for Stirling's series, by |ψ^(n−1)(z)|/n! ≤ (x^−n + x^(1−n)/(n − 1))/n with x ≤ Re z, from Σ 1/(z + k)^n."""
    from flint import acb_series

    if z.rel_accuracy_bits() >= STIRLING_BITS:
        found = acb_series([z, 1], prec=order + 1).lgamma()
        if found.prec <= order:
            raise Undecided("the series of a log-gamma function was cut off")
        return [found[n] for n in range(order + 1)]
    low = z.real.lower()
    return [z.lgamma(), z.digamma()][: order + 1] + [_disc((low**-n + low ** (1 - n) / (n - 1)) / n, low) for n in range(2, order + 1)]


def _precision() -> int:
    return int(flint_module().ctx.prec)  # type: ignore[union-attr]


def _disc(bound: Any, low: Any) -> Value:
    """The numbers up to a bound, which holds where the real part is positive."""
    return disc(bound, False) if low > 0 else acb()(arb()("nan"), arb()("nan"))


def log_gamma_gap(f: Series, gap: Value, order: int) -> Series:
    """log Γ(f + d) − log Γ(f) for an affine f: on wide balls by ∫_0^d ψ^(n)(z + s) ds/n!, at most |d| (x^(−n−1) + x^−n/n) for n ≥ 1 with x ≤ Re z, Re(z + d)."""
    moved = log_gamma([f[0] + gap, *f[1:]], order)
    found = plus(moved, [-c for c in log_gamma(f, order)])
    low = f[0].real.lower().min((f[0] + gap).real.lower())
    if len(f) == 2 and f[0].rel_accuracy_bits() < _precision() // 2:
        power = f[1]
        for n in range(1, len(found)):
            bound = _disc(abs(gap) * (low ** (-n - 1) + low**-n / n), low) * power
            found[n] = bound if bound.is_finite() and not bound.real.rad() > found[n].real.rad() else found[n]
            power = power * f[1]
    return found


def log_bessel(index: Series, argument: Series, order: int) -> Series:
    """log I_n(z) for an affine n and a constant z, and log I_0(z)."""
    if len(index) == 1 and index[0].is_zero() and len(argument) > 1:
        given = series_in_argument(argument[0], order)
        if given is None:
            return [acb()("nan")] * (order + 1)
        return composed(given, argument, order)
    found = series_of_log_bessel(index[0], argument[0], order) if len(index) == 2 and len(argument) == 1 else None
    if found is None:
        return [acb()("nan")] * (order + 1)
    return stretched(found, index[1])


def growth(f: Series, order: int) -> Series:
    """(e^f − 1)/f; around a small z as Σ x^n I_n/n!, I_n = ∫_0^1 s^n e^(zs) ds, down from a high index by I_(n−1) = (e^z − z I_n)/n."""
    z, last = f[0], order if len(f) > 1 else 0
    if z.abs_lower() > 1:
        return product(plus(exponential(f, order), [acb()(-1)]), constant_power(f, acb()(-1), order), order)
    if not z.abs_upper() < LARGEST_GROWTH:
        return [acb()("nan")] * (order + 1)
    power = z.exp()
    highest = last + _precision() // 2 + 8 * int(z.abs_upper().ceil().unique_fmpz())
    # |I_n| ≤ e^max(0, Re z)/(n + 1).
    value = disc(z.real.upper().max(arb()(0)).exp() / (highest + 1), is_real(z))
    integrals: Series = []
    for n in range(highest, 0, -1):
        value = (power - z * value) / n
        if n <= last + 1:
            integrals.append(value)
    factor, coefficients = acb()(1), []
    for n, value in enumerate(reversed(integrals)):
        factor = factor / max(n, 1)
        coefficients.append(value * factor)
    return composed(coefficients, f, order)


def absolute(f: Series, order: int) -> Series:
    """|f| where the real part keeps its sign: f or −f."""
    if f[0].real > 0:
        return f
    return [-c for c in f] if f[0].real < 0 else [acb()("nan")]


def capped(f: Series, order: int) -> Series:
    """min(1, e^−f) where the real part keeps its sign."""
    if f[0].real > 0:
        return exponential([-c for c in f], order)
    return [acb()(1)] if f[0].real < 0 else [acb()("nan")]


def log_of_exponentials(order: int, *parts: Series) -> Series:
    """As `log_sum_exp`."""
    exponents, weights = parts[::2], parts[1::2]
    best = max(range(len(exponents)), key=lambda i: _middle(exponents[i][0]))
    total = weights[best]
    for i, (u, w) in enumerate(zip(exponents, weights)):
        if i != best:
            gap = plus(u, [-c for c in exponents[best]])
            total = plus(total, product(w, exponential(gap, order), order))
    return plus(exponents[best], logarithm(total, order))


def _middle(z: Value) -> Any:
    return z.real.mid()


RULES: dict[type, Callable[[Series, int], Series]] = {
    sp.exp: exponential,
    Exp: exponential,
    sp.log: logarithm,
    Log1p: lambda f, order: logarithm(plus(f, [acb()(1)]), order),
    sp.loggamma: log_gamma,
    sp.Abs: absolute,
    Modulus: absolute,
    Capped: capped,
    Growth: growth,
}


class SeriesProgram(Program):
    """The expression as code over power series in x, the variable being z + x; raises `Unsupported` for functions without a rule."""

    def __init__(self, expr: Expr, variable: Symbol) -> None:
        self._heads: dict[int, Any] = {}
        super().__init__(expr, variable, opaque)
        for depends, slot, kind, call, _ in self._steps:
            if depends and kind == CALL and call is not log_sum_exp:
                _rule(self._heads[slot])

    def _emit(self, key: Any, kind: int, call: Any, arguments: tuple[int, ...]) -> int:
        slot = super()._emit(key, kind, call, arguments)
        self._heads[slot] = key
        return slot

    def bind_series(self, bits: int) -> Callable[[Value, int], Series]:
        """The function (z, order) → coefficients, to be called under the same precision."""
        fixed: list[Any] = [None if value is None else [value] for value in self.constants(bits)]

        def run(z: Value, order: int) -> Series:
            values = fixed[:]
            values[self._variable_slot] = [z, acb()(1)]
            for depends, slot, kind, call, arguments in self._steps:
                if depends:
                    values[slot] = self._operated(slot, kind, call, [values[i] for i in arguments], order)
            found: Series = values[self._result]
            return found

        return run

    def _operated(self, slot: int, kind: int, call: Any, given: list[Series], order: int) -> Series:
        if kind == CALL:
            return log_of_exponentials(order, *given) if call is log_sum_exp else _rule(self._heads[slot])(given, order)
        return plus(*given) if kind == ADD else product(given[0], given[1], order)

    @cached_property
    def _inner(self) -> set[int]:
        """Where digits are wanted: what functions are taken of, and the result."""
        return {i for depends, _, kind, _, arguments in self._steps if depends and kind == CALL for i in arguments if self._depends[i]} | {
            self._result
        }

    def around_middle(self, z: Value, order: int, constants: list[Value]) -> tuple[Value, Any]:
        """(ball, largest remainder) of the function on the ball z, or a ball that is not finite if it is not analytic there."""
        checkpoint()
        middle = z.mid()
        distance = z - middle
        values, low, high = constants[:], [[c] for c in constants], [[c] for c in constants]
        here = self._variable_slot
        values[here], low[here], high[here] = z, [middle, acb()(1)], [z, acb()(1)]
        largest = arb()(0)
        for depends, slot, kind, call, arguments in self._steps:
            if not depends:
                continue
            given = [values[i] for i in arguments]
            # That this is finite is the proof that the function is analytic on the ball of its arguments.
            value = call(True, *given) if kind == CALL else given[0] + given[1] if kind == ADD else given[0] * given[1]
            if not value.is_finite():
                return value, arb()("inf")
            low[slot], high[slot] = (self._operated(slot, kind, call, [side[i] for i in arguments], order) for side in (low, high))
            if slot in self._inner and len(high[slot]) > 1:
                rest = high[slot][order] * distance**order if len(high[slot]) > order else acb()(0)
                largest = largest.max(rest.real.rad()) if rest.is_finite() else arb()("inf")
                value = _narrower(value, _at(low[slot][:order], distance) + rest)
            values[slot] = high[slot][0] = value
        return values[self._result], largest

    def slope_on(self, block: Value, order: int, constants: list[Value]) -> Value:
        """f′ = Σ_{0<j<N} j a_j (z − m)^(j−1) + N a_N(B) (z − m)^(N−1) on a block B around which f is analytic; not finite where that is not seen."""
        middle = block.mid()
        low, high = [[c] for c in constants], [[c] for c in constants]
        low[self._variable_slot], high[self._variable_slot] = [middle, acb()(1)], [block, acb()(1)]
        for depends, slot, kind, call, arguments in self._steps:
            if depends:
                given = [high[i][0] for i in arguments]
                value = call(True, *given) if kind == CALL else None
                low[slot], high[slot] = (self._operated(slot, kind, call, [side[i] for i in arguments], order) for side in (low, high))
                if value is not None:
                    # That this is finite is the proof that the function is analytic on the ball of its arguments.
                    if not value.is_finite():
                        return value
                    high[slot][0] = value
        whole, rest = low[self._result][:order], high[self._result][order : order + 1]
        return _at([j * c for j, c in enumerate(whole)][1:], block - middle) + (order * rest[0] * (block - middle) ** (order - 1) if rest else 0)


def _at(f: Series, distance: Value) -> Value:
    total = acb()(0)
    for c in reversed(f):
        total = total * distance + c
    return total


def _narrower(value: Value, other: Value) -> Value:
    return other if other.is_finite() and other.real.rad() < value.real.rad() else value


def _rule(node: Any) -> Callable[[list[Series], int], Series]:
    if isinstance(node, Pow) and node.base is not S.Exp1:
        return _power_rule(node)
    if isinstance(node, LogBesselI):
        return lambda given, order: log_bessel(given[0], given[1], order)
    if isinstance(node, LogGammaGap):
        return lambda given, order: log_gamma_gap(given[0], given[1][0], order)
    if isinstance(node, Narrower):
        return lambda given, order: [_narrower(a, b) for a, b in zip_longest(*given, fillvalue=acb()(0))]
    kind = sp.exp if isinstance(node, Pow) else node.func
    rule = RULES.get(kind)
    if rule is None or (len(node.args) > 1 and not isinstance(node, Pow)):
        raise Unsupported(f"no series is known of {node.func.__name__}")
    return lambda given, order: rule(given[0], order)


def _power_rule(node: Pow) -> Callable[[list[Series], int], Series]:
    exponent: Any = node.exp
    if exponent.is_Integer and 0 < exponent <= MOST_FACTORS:
        return lambda given, order: _repeated(given[0], int(exponent), order)
    if exponent.is_Integer or exponent == S.Half:
        number = int(exponent) if exponent.is_Integer else None
        return lambda given, order: constant_power(given[0], acb()(arb()(0.5) if number is None else number), order)
    if not exponent.free_symbols:
        return lambda given, order: constant_power(given[0], given[1][0], order)
    return lambda given, order: exponential(product(given[1], logarithm(given[0], order), order), order)


def _repeated(f: Series, times: int, order: int) -> Series:
    total = f
    for _ in range(times - 1):
        total = product(total, f, order)
    return total


def _with_gaps(expr: Any, t: Symbol) -> Any:
    """Sums of log-gamma functions of one slope by their differences, in which what is large cancels."""
    if not isinstance(expr, (Add, Mul, Pow, sp.exp, sp.log, Exp, Modulus)) or not expr.has(sp.loggamma):
        return expr
    args = [_with_gaps(arg, t) for arg in expr.args]
    if not isinstance(expr, Add):
        return expr.func(*args, evaluate=False)
    groups: dict[Any, list[tuple[Any, Any]]] = {}
    others = []
    for term in args:
        factor, function = term.as_coeff_Mul()
        slope = function.args[0].diff(t) if isinstance(function, sp.loggamma) else S.Zero
        offset = (function.args[0] - slope * t).expand() if slope.is_Rational and slope != 0 else S.Zero
        if slope.is_Rational and slope != 0 and offset.is_Rational:
            groups.setdefault(slope, []).append((offset, factor))
        else:
            others.append(term)
    for slope, members in groups.items():
        base = min(offset for offset, _ in members)
        others.append(Add(*(factor for _, factor in members)) * sp.loggamma(slope * t + base))
        others += [factor * LogGammaGap(slope * t + base, offset - base) for offset, factor in members if offset != base]
    return Add(*others, evaluate=False)


class Centred:
    """A function of one variable that is evaluated around the midpoint on wide balls on which it is analytic."""

    def __init__(self, expr: Expr, variable: Symbol) -> None:
        self.plain = Program(expr, variable, opaque)
        self.series: SeriesProgram | None = None
        with suppress(Unsupported):
            self.series = SeriesProgram(_with_gaps(expr, variable), variable)

    def bind(self, bits: int, orders: tuple[int, ...] = ORDERS, narrow: float = NARROW) -> Callable[[Value, bool], Value]:
        """The function (z, analytic) → ball, to be called under the same precision; balls of a radius below `narrow` are narrow enough."""
        plain, series = self.plain.bind(bits), self.series
        constants = [] if series is None else series.constants(bits)

        def run(z: Value, analytic: bool) -> Value:
            best = plain(z, analytic)
            if series is None or not analytic or (best.is_finite() and best.real.rad() < narrow and best.imag.rad() < narrow):
                return best
            former = arb()("inf")
            for order in orders:
                value, rest = series.around_middle(z, order, constants)
                if value.is_finite() and (not best.is_finite() or value.real.rad() < best.real.rad()):
                    best = value
                # A ball is too wide where remainders grow.
                if rest < SMALL_REST or not rest < former:
                    break
                former = rest
            return best

        return run

    def bind_slope(self, bits: int, order: int = ORDERS[0]) -> Callable[[Value], Value]:
        """The slope on a block of the real line, as a ball, to be called under the same precision."""
        series = self.series
        if series is None:
            return lambda block: acb()("nan")
        constants = series.constants(bits)
        return lambda block: series.slope_on(block, order, constants)
