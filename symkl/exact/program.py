"""From a SymPy expression in at most one variable to a list of ball operations, run at any precision."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, Symbol

from symkl.errors import NoClosedForm
from symkl.exact.arithmetic import flint_module
from symkl.exact.functions import FUNCTIONS, integer_power, raise_to
from symkl.exact.stable import Exp, LogBesselI, LogErfc, log_sum_exp
from symkl.exact.surplus import UNIT_INTERVAL, unit_interval
from symkl.exact.unit_argument import at_one
from symkl.exact.work import checkpoint
from symkl.exact.zetaexcess import LogZeta

__all__ = ["Opaque", "Program", "Unsupported", "exponent_of", "is_high", "log_terms"]

Value = Any
#: Called for a constant node the table does not know: gives its enclosure at so many bits, or None for "not mine".
Opaque = Callable[[Expr], "Callable[[int], Value] | None"]

ADD, MUL, CALL = range(3)
# Integer powers up to this are taken by repeated multiplication; beyond, through the logarithm.
LARGEST_POWER = 1 << 20
# Powers beyond this are steep.
HIGH_POWER = 1 << 10


class Unsupported(NoClosedForm):
    """Balls do not know a function of the expression."""


class Program:
    """The expression as straight-line code over complex balls. `bind(bits)` fixes the precision and the constants once."""

    def __init__(self, expr: Expr, variable: Symbol | None = None, opaque: Opaque | None = None) -> None:
        self.variable = variable
        self._opaque = opaque
        self._constants: list[tuple[int, Callable[[int], Value]]] = []
        self._steps: list[tuple[bool, int, int, Any, tuple[int, ...]]] = []
        self._slots: dict[Any, int] = {}
        self._depends: list[bool] = []
        self._variable_slot = self._new(variable, True) if variable is not None else -1
        self._result = self._compile(expr)

    # -- compiling -----------------------------------------------------------------------------------------------

    def _new(self, key: Any, depends: bool) -> int:
        self._slots[key] = len(self._depends)
        self._depends.append(depends)
        return len(self._depends) - 1

    def _emit(self, key: Any, kind: int, call: Any, arguments: tuple[int, ...]) -> int:
        depends = any(self._depends[i] for i in arguments)
        slot = self._new(key, depends)
        self._steps.append((depends, slot, kind, call, arguments))
        return slot

    def _constant(self, key: Any, call: Callable[[int], Value]) -> int:
        slot = self._new(key, False)
        self._constants.append((slot, call))
        return slot

    def _compile(self, expr: Expr) -> int:
        known = self._slots.get(expr)
        if known is not None:
            return known
        if isinstance(expr, Rational):
            return self._constant(expr, _exact(Fraction(int(expr.p), int(expr.q))))
        if expr in CONSTANTS:
            return self._constant(expr, CONSTANTS[expr])
        if isinstance(expr, (Add, Mul)):
            return self._compile_chain(expr)
        if isinstance(expr, Pow):
            return self._compile_power(expr)
        if isinstance(expr, sp.log) and isinstance(number := expr.args[0], Rational) and S.Half < number < 2:
            return self._constant(expr, _log_near_one(number))
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            terms = log_terms(expr.args[0])
            if terms is not None:
                total: Any = Add._from_args(terms)
                slot = self._compile(total)
                self._slots[expr] = slot
                return slot
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            parts = _exponential_terms(expr.args[0])
            if parts is not None:
                return self._emit(expr, CALL, log_sum_exp, tuple(self._compile(each) for part in parts for each in part))
        if isinstance(expr, sp.hyper):
            return self._compile_hyper(expr)
        entry = FUNCTIONS.get(expr.func)
        if entry is not None:
            arguments: Any = expr.args
            return self._emit(expr, CALL, entry, tuple(self._compile(arg) for arg in arguments))
        if self._opaque is not None and self.variable not in expr.free_symbols:
            enclosure = self._opaque(expr)
            if enclosure is not None:
                return self._constant(expr, enclosure)
        if isinstance(expr, Symbol):
            raise Unsupported(f"{expr} has no value: only expressions without free symbols are evaluated")
        raise Unsupported(f"no enclosure is known of {expr.func.__name__}")

    def _compile_chain(self, expr: Add | Mul) -> int:
        """Constants first, in one part of their own, so that they are worked out once."""
        kind = ADD if isinstance(expr, Add) else MUL
        fixed = [arg for arg in expr.args if self.variable is None or self.variable not in arg.free_symbols]
        moving = [arg for arg in expr.args if arg not in fixed]
        slot = -1
        for arg in (*fixed, *moving):
            part = self._compile(arg)
            slot = part if slot < 0 else self._emit(("chain", kind, slot, part), kind, None, (slot, part))
        self._slots[expr] = slot
        return slot

    def _compile_power(self, expr: Pow) -> int:
        base, exponent = expr.args
        if base is S.Exp1:
            return self._emit(expr, CALL, FUNCTIONS.get(sp.exp), (self._compile(exponent),))
        if isinstance(exponent, Integer) and abs(int(exponent)) <= LARGEST_POWER:
            power = int(exponent)
            return self._emit(expr, CALL, lambda analytic, z: integer_power(z, power), (self._compile(base),))
        if exponent == S.Half:
            return self._emit(expr, CALL, lambda analytic, z: z.sqrt(analytic=analytic), (self._compile(base),))
        return self._emit(expr, CALL, raise_to, (self._compile(base), self._compile(exponent)))

    def _compile_hyper(self, expr: sp.hyper) -> int:
        above, below, z = expr.ap, expr.bq, expr.argument
        if z == 1 and (plain := at_one(expr)) is not None:
            return self._compile(plain)
        parameters = tuple(self._compile(p) for p in (*above, *below))
        count = len(above)

        def call(analytic: bool, argument: Value, *values: Value) -> Value:
            a, b = values[:count], values[count:]
            if analytic and count == len(b) + 1 and not argument.real < 1 and argument.imag.contains(0):
                return argument * float("nan")
            if count == 2 and len(b) == 1:
                return argument.hypgeom_2f1(a[0], a[1], b[0])
            return argument.hypgeom(list(a), list(b))

        return self._emit(expr, CALL, call, (self._compile(z), *parameters))

    # -- running -------------------------------------------------------------------------------------------------

    def constants(self, bits: int) -> list[Value]:
        """The values of the parts without the variable; None for the others."""
        fixed: list[Value] = [None] * len(self._depends)
        for slot, call in self._constants:
            fixed[slot] = call(bits)
        for depends, slot, kind, call, arguments in self._steps:
            if not depends:
                fixed[slot] = _operate(kind, call, [fixed[i] for i in arguments], False)
        return fixed

    def bind(self, bits: int) -> Callable[..., Value]:
        """The function (z, analytic) → ball, to be called under the same precision; for a constant, a function of nothing."""
        fixed = self.constants(bits)
        moving = [(slot, kind, call, arguments) for depends, slot, kind, call, arguments in self._steps if depends]
        result, variable_slot = self._result, self._variable_slot

        def run(z: Value = None, analytic: bool = False) -> Value:
            checkpoint()
            values = fixed[:]
            if variable_slot >= 0:
                values[variable_slot] = z
            for slot, kind, call, arguments in moving:
                if kind == ADD:
                    values[slot] = values[arguments[0]] + values[arguments[1]]
                elif kind == MUL:
                    values[slot] = values[arguments[0]] * values[arguments[1]]
                else:
                    values[slot] = call(analytic, *[values[i] for i in arguments])
            return values[result]

        return run


def _operate(kind: int, call: Any, values: list[Value], analytic: bool) -> Value:
    if kind == ADD:
        return values[0] + values[1]
    return values[0] * values[1] if kind == MUL else call(analytic, *values)


def _exact(number: Fraction) -> Callable[[int], Value]:
    def enclosure(bits: int) -> Value:
        flint: Any = flint_module()
        return flint.acb(flint.fmpq(number.numerator, number.denominator))

    return enclosure


def _log_near_one(number: Any) -> Callable[[int], Value]:
    """log r as log(1 + (r − 1)), which is known to as many digits at 1 + 10^-300 as anywhere."""
    surplus = _exact(Fraction(int(number.p) - int(number.q), int(number.q)))
    return lambda bits: surplus(bits).log1p()


def _named(method: str) -> Callable[[int], Value]:
    def enclosure(bits: int) -> Value:
        flint: Any = flint_module()
        return flint.acb(getattr(flint.arb, method)())

    return enclosure


def _imaginary(bits: int) -> Value:
    flint: Any = flint_module()
    return flint.acb(0, 1)


def _golden(bits: int) -> Value:
    flint: Any = flint_module()
    return flint.acb((1 + flint.arb(5).sqrt()) / 2)


CONSTANTS: dict[Any, Callable[[int], Value]] = {
    S.Pi: _named("pi"),
    S.Exp1: _named("const_e"),
    S.EulerGamma: _named("const_euler"),
    S.Catalan: _named("const_catalan"),
    S.GoldenRatio: _golden,
    S.ImaginaryUnit: _imaginary,
    UNIT_INTERVAL: unit_interval,
}


def _exponential_terms(argument: Any) -> list[tuple[Expr, Expr]] | None:
    """(u, w) with argument = Σ w e^u, at least two terms and one of them with an exponential; None for "not of this form"."""
    if isinstance(argument, sp.cosh):
        return [(argument.args[0], S.Half), (-argument.args[0], S.Half)]
    if not isinstance(argument, Add) or not argument.has(sp.exp, Exp, Pow):
        return None
    parts = []
    for term in argument.args:
        factors: Any = [(f, exponent_of(f)) for f in Mul.make_args(term)]
        exponent = Add(*(u for _, u in factors if u is not None))
        parts.append((exponent, Mul(*(f for f, u in factors if u is None))))
    return parts if any(u != 0 for u, _ in parts) else None


def exponent_of(factor: Any) -> Any:
    """u with factor = e^u: of an exponential, or of a power of a positive function so high that it is one rather; None for others."""
    if isinstance(factor, (sp.exp, Exp)):
        return factor.args[0]
    if isinstance(factor, Pow) and factor.base.is_positive and factor.base.free_symbols and is_high(factor.exp):
        return factor.exp * sp.log(factor.base)
    return None


def is_high(exponent: Any) -> bool:
    """Whether a power with this exponent is steep: nearly 0 or ∞ on either side of where its base is one."""
    return isinstance(exponent, Rational) and abs(exponent) > HIGH_POWER


def log_terms(argument: Expr) -> list[Expr] | None:
    """The logarithm of a product with a gamma, beta, exponential, erfc or Bessel factor, as a sum that neither overflows nor underflows."""
    factors = Mul.make_args(argument)
    logarithms = [_log_of(f) for f in factors]
    if all(each is None for each in logarithms):
        return None
    if not all(each is not None or f.is_positive for f, each in zip(factors, logarithms)):
        return None
    return [sp.log(f, evaluate=False) if each is None else each for f, each in zip(factors, logarithms)]


def _log_gamma(z: Any) -> Expr:
    """log Γ(z), which SymPy would write as log(gamma(z)) for a natural z."""
    return sp.loggamma(z, evaluate=False)


def _log_of(factor: Any) -> Expr | None:
    """log of a positive factor by a function of its own, where there is one; None for "not mine"."""
    if isinstance(factor, Pow) and factor.base.is_positive:
        inner = _log_of(factor.base)
        return None if inner is None else Mul(factor.exp, inner, evaluate=False)
    args: Any = factor.args
    if isinstance(factor, sp.exp):
        return args[0] if args[0].is_extended_real else None
    if isinstance(factor, sp.sech) and args[0].is_extended_real:
        return -sp.log(sp.cosh(args[0]))
    if isinstance(factor, sp.erfc) and args[0].is_extended_real:
        return LogErfc(args[0])
    if isinstance(factor, sp.besseli) and args[0].is_extended_nonnegative and args[1].is_positive:
        return LogBesselI(*args)
    if isinstance(factor, sp.zeta) and len(args) == 1 and isinstance(args[0], Rational) and args[0] > 1:
        return LogZeta(args[0])
    if isinstance(factor, sp.gamma) and args[0].is_positive:
        return _log_gamma(args[0])
    if isinstance(factor, sp.factorial) and args[0].is_nonnegative:
        return _log_gamma(args[0] + 1)
    if isinstance(factor, sp.beta) and args[0].is_positive and args[1].is_positive:
        return _log_gamma(args[0]) + _log_gamma(args[1]) - _log_gamma(args[0] + args[1])
    if isinstance(factor, sp.binomial) and args[1].is_nonnegative and (args[0] - args[1]).is_nonnegative:
        return _log_gamma(args[0] + 1) - _log_gamma(args[1] + 1) - _log_gamma(args[0] - args[1] + 1)
    return None
