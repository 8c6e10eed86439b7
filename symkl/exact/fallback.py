"""Values without python-flint: mpmath's intervals where they are rigorous, elsewhere estimates that say that they are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import sympy as sp
from mpmath.libmp.libhyper import NoConvergence
from sympy import Expr, Rational, S

from symkl.core.divergences import Divergence
from symkl.core.heads import Expectation, Head
from symkl.core.supports import Continuum, Lattice
from symkl.errors import SymklError, Undecided
from symkl.exact.arithmetic import bits_of, interval_context
from symkl.exact.ball import Ball
from symkl.exact.derivatives import DerivativeAt
from symkl.exact.estimates import compiled, estimated_divergence, has_mass_one, limited, summed
from symkl.exact.logparse import as_fraction

__all__ = ["estimated", "interval_enclosure"]

# A number beyond 2^±LARGEST_EXPONENT is not written out.
LARGEST_EXPONENT = 1 << 24
# Of mpmath's interval functions only those with error bounds that are proved.
ELEMENTARY: dict[Any, str] = {sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos"}
CONSTANTS: dict[Any, str] = {S.Pi: "pi", S.Exp1: "e", S.EulerGamma: "euler", S.Catalan: "catalan", S.GoldenRatio: "phi"}


def interval_enclosure(expr: Expr, digits: int) -> Ball | None:
    """A rigorous ball by interval arithmetic, for elementary expressions; None where a function is not one of them."""
    bits = bits_of(digits) + 32
    for _ in range(8):
        value = _interval(expr, interval_context(bits))
        if value is None:
            return None
        low, high = (as_fraction_of_mpf(end) for end in (value.a, value.b))
        if low is not None and high is not None:
            ball = Ball.of((low + high) / 2, (high - low) / 2, True, digits)
            if ball.digits >= digits and ball.sign is not None:
                return ball
        bits *= 2
    return None


def _interval(expr: Any, iv: Any) -> Any:
    if isinstance(expr, Rational):
        return iv.mpf(int(expr.p)) / iv.mpf(int(expr.q))
    if expr in CONSTANTS:
        return iv.mpf(getattr(iv, CONSTANTS[expr]))
    name = ELEMENTARY.get(expr.func)
    if name is None and not isinstance(expr, (sp.Add, sp.Mul, sp.Pow)):
        return None
    parts = [_interval(arg, iv) for arg in expr.args]
    if any(part is None for part in parts):
        return None
    if name is not None:
        return getattr(iv, name)(*parts) if not isinstance(expr, sp.log) or parts[0].a > 0 else None
    if isinstance(expr, sp.Pow):
        return _power(expr, parts, iv)
    total = parts[0]
    for part in parts[1:]:
        total = total + part if isinstance(expr, sp.Add) else total * part
    return total


def _power(expr: Any, parts: list[Any], iv: Any) -> Any:
    base, exponent = parts
    if expr.exp.is_Integer and abs(int(expr.exp)) < 1 << 16:
        return base ** int(expr.exp)
    return iv.exp(exponent * iv.log(base)) if base.a > 0 else None


def as_fraction_of_mpf(value: Any) -> Fraction | None:
    sign, man, exp, _ = value._mpi_[0] if hasattr(value, "_mpi_") else value._mpf_
    if (not man and exp) or abs(exp) > LARGEST_EXPONENT:
        return None
    return Fraction(-int(man) if sign else int(man)) * Fraction(2) ** int(exp)


def estimated(expr: Expr, digits: int) -> Ball:
    """mpmath at two precisions: their difference, doubled, stands for the radius, and the ball says that it is not rigorous."""
    rough, fine = (_value(expr, n) for n in (digits + 10, 2 * digits + 30))
    if rough is None or fine is None:
        raise Undecided(f"no numerical value was found of {expr}", ("balls", "mpmath"))
    slack = abs(fine) * Fraction(1, 10 ** (digits + 5))
    return Ball.of(fine, 2 * abs(fine - rough) + slack, False, digits)


def _value(expr: Expr, digits: int) -> Fraction | None:
    if isinstance(expr, (Head, Expectation)):
        return _expectation(expr, digits)
    parts = {part: _expectation(part, digits) for part in expr.atoms(Head, Expectation)}
    parts |= {part: _derivative(part, digits) for part in expr.atoms(DerivativeAt) if not part.free_symbols}
    if any(value is None for value in parts.values()):
        return None
    value = expr.xreplace({part: Rational(v.numerator, v.denominator) for part, v in parts.items() if v is not None}).evalf(digits, maxn=10000)
    if value.is_Rational:
        return as_fraction(value)
    return as_fraction_of_mpf(mpmath.mp.make_mpf(value._mpf_)) if value.is_Float else None


def _derivative(part: DerivativeAt, digits: int) -> Fraction | None:
    parts: Any = part.args
    f, v, n, point = parts
    try:
        with mpmath.workdps(digits):
            return as_fraction_of_mpf(mpmath.mpf(mpmath.diff(compiled(v, f), mpmath.mpf(str(point.evalf(digits))), int(n))))
    except (ArithmeticError, ValueError, TypeError, NoConvergence):
        return None


def _expectation(head: Any, digits: int) -> Fraction | None:
    """∫ p T or Σ p T by mpmath, between the kinks and the locations of the density."""
    try:
        return estimated_divergence(head, digits) if isinstance(head, Divergence) else _by_mpmath(head, digits)
    except (ArithmeticError, ValueError, NoConvergence):
        # mpmath's word for a function or an integral that it does not get.
        return None


def _by_mpmath(head: Any, digits: int) -> Fraction | None:
    from symkl.exact.laws import defining

    try:
        law, x, statistic = defining(head)
    except SymklError:
        return None
    with mpmath.workdps(digits):
        logarithm, factor = compiled(x, law.log_density(x)), compiled(x, statistic)

        def density(v: Any) -> Any:
            return mpmath.exp(logarithm(v))

        def term(v: Any) -> Any:
            return density(v) * factor(v)

        mass, value = _wholes(law, (density, term), x, statistic)
        return as_fraction_of_mpf(mpmath.mpf(value)) if mass is not None and has_mass_one(mass) else None


def _wholes(law: Any, functions: tuple[Callable[[Any], Any], ...], x: Any, statistic: Expr) -> tuple[Any, ...]:
    """The integrals or sums of the functions over the support, by the same points; the first is the density."""
    support = law.support
    if isinstance(support, Continuum):
        points = _points(law, x, statistic)
        return tuple(mpmath.quad(limited(f), points) for f in functions)
    if not isinstance(support, Lattice):
        return (None,) * len(functions)
    # In the number j of the point first + j·step.
    first, step = (int(support.lower) if support.lower.is_finite else 0), int(support.step)
    low, high = (0 if support.lower.is_finite else mpmath.ninf), (mpmath.inf if support.upper.is_infinite else (int(support.upper) - first) // step)
    moved = [partial(_at_number, f, first, step) for f in functions]
    return tuple(summed(limited(f), moved[:1], low, high) for f in moved)


def _at_number(f: Callable[[Any], Any], first: int, step: int, j: Any) -> Any:
    return f(mpmath.mpf(first + step * j))


def _points(law: Any, x: Any, statistic: Expr) -> list[Any]:
    from symkl.exact.kinks import breakpoints, centres

    lower, upper = law.support.lower, law.support.upper
    density = law.log_density(x)
    inner = [*breakpoints(x, lower, upper, density, statistic), *centres(x, density, statistic)]
    numbers = sorted({mpmath.mpf(str(p.evalf(30))) for p in inner})
    ends = [mpmath.ninf if lower is S.NegativeInfinity else mpmath.mpf(str(lower.evalf(mpmath.mp.dps)))]
    last = mpmath.inf if upper is S.Infinity else mpmath.mpf(str(upper.evalf(mpmath.mp.dps)))
    return ends + [p for p in numbers if ends[0] < p < last] + [last]
