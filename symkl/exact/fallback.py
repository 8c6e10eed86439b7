"""Values without python-flint: mpmath's intervals where they are rigorous, elsewhere estimates that say that they are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
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
from symkl.exact.estimates import estimated_divergence
from symkl.exact.logparse import as_fraction

__all__ = ["estimated", "interval_enclosure"]

# Terms of an infinite sum before its tail is left to extrapolation.
FIRST_TERMS = 400
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
    if any(value is None for value in parts.values()):
        return None
    value = expr.xreplace({part: Rational(v.numerator, v.denominator) for part, v in parts.items() if v is not None}).evalf(digits, maxn=10000)
    if value.is_Rational:
        return as_fraction(value)
    return as_fraction_of_mpf(mpmath.mp.make_mpf(value._mpf_)) if value.is_Float else None


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
        density = sp.lambdify(x, law.log_density(x), "mpmath")
        factor = sp.lambdify(x, statistic, "mpmath")

        def term(v: Any) -> Any:
            return mpmath.exp(density(v)) * factor(v)

        support = law.support
        if isinstance(support, Continuum):
            return as_fraction_of_mpf(mpmath.quad(term, _points(law, x, statistic)))
        if isinstance(support, Lattice) and support.lower.is_finite:
            return as_fraction_of_mpf(mpmath.mpf(_sum(term, support)))
        if isinstance(support, Lattice) and support.upper is S.Infinity and support.step == 1:
            halves = (_sum(term, Lattice(0, S.Infinity)), _sum(lambda v: term(-v), Lattice(1, S.Infinity)))
            return as_fraction_of_mpf(mpmath.mpf(mpmath.fsum(halves)))
    return None


def _points(law: Any, x: Any, statistic: Expr) -> list[Any]:
    from symkl.exact.kinks import breakpoints, centres

    lower, upper = law.support.lower, law.support.upper
    density = law.log_density(x)
    inner = [*breakpoints(x, lower, upper, density, statistic), *centres(x, density, statistic)]
    numbers = sorted({mpmath.mpf(str(p.evalf(30))) for p in inner})
    ends = [mpmath.ninf if lower is S.NegativeInfinity else mpmath.mpf(str(lower.evalf(mpmath.mp.dps)))]
    last = mpmath.inf if upper is S.Infinity else mpmath.mpf(str(upper.evalf(mpmath.mp.dps)))
    return ends + [p for p in numbers if ends[0] < p < last] + [last]


def _sum(term: Callable[[Any], Any], support: Lattice) -> Any:
    first, step = int(support.lower), int(support.step)
    if support.upper.is_finite:
        return mpmath.fsum(term(mpmath.mpf(k)) for k in range(first, int(support.upper) + 1, step))
    head = mpmath.fsum(term(mpmath.mpf(first + step * j)) for j in range(FIRST_TERMS))
    return head + mpmath.nsum(lambda j: term(first + step * j), [FIRST_TERMS, mpmath.inf])
