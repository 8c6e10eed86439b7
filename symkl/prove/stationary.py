"""Functions of one variable whose derivative is a rational function: where they are least, and how large they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sympy import Expr, Function, Poly, Pow, Rational, S, Symbol, cancel, fraction, latex, log, real_roots, roots
from sympy.polys.polyerrors import CoercionFailed, PolynomialError

from symkl.exact.evaluation import evaluate
from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.steps import Step, plain

__all__ = ["Valleys", "lowest", "valleys"]

#: Larger derivatives are not taken apart.
DEGREE, DIGITS = 8, 20


@dataclass(frozen=True)
class Valleys:
    """On low < x < high the derivative is `slope`; the function is least at one of `places`, which may be an end."""

    slope: Expr
    places: tuple[Expr, ...]


def lowest(f: Expr, x: Symbol, low: Expr, high: Expr) -> tuple[Step, ...] | None:
    """Steps that show f ≥ 0 on low < x < high, by its values where it is least; None if it is not seen."""
    found = valleys(f, x, low, high)
    if found is None:
        return None
    values = [_value(f.subs(x, place)) for place in found.places]
    if not values or None in values:
        return None
    said = ", ".join(f"{x} = {plain(place)}, where it is {value}" for place, value in zip(found.places, values))
    shown = ", ".join(f"${latex(x)} = {latex(place)}$, where it is ${value}$" for place, value in zip(found.places, values))
    first = Step(f"the derivative by {x} is {plain(found.slope)}", rf"the derivative by ${latex(x)}$ is ${latex(found.slope)}$")
    return first, Step(f"so the difference is least at {said}", f"so the difference is least at {shown}")


def valleys(f: Expr, x: Symbol, low: Expr, high: Expr) -> Valleys | None:
    """Where f may be least, from the exact zeros of its derivative and the signs between them; None if the derivative is not rational in x."""
    if any(each.has(x) and not isinstance(each, log) for each in f.atoms(Function)) or any(each.base.has(x) and not each.exp.is_Integer for each in f.atoms(Pow)):
        return None  # others may jump where their derivative is seen not to
    slope = cancel(f.diff(x))
    top, bottom = fraction(slope)
    zeros, poles = _zeros(top, x), _zeros(bottom, x)
    if not low < high or slope == 0 or zeros is None or poles is None:
        return None
    if any(low < each < high for each in poles):
        return None
    zeros = [each for each in zeros if low < each < high]
    signs = [(slope.subs(x, each) > 0) == True for each in _between([low, *zeros, high])]
    ends = [*([low] if signs[0] else []), *(zero for zero, before, after in zip(zeros, signs, signs[1:]) if after and not before), *([] if signs[-1] else [high])]
    return Valleys(slope, tuple(ends))


def _zeros(part: Expr, x: Symbol) -> list[Expr] | None:
    """The real zeros of a polynomial, in order; None if it is none, or of a high degree, or beyond the second with numbers such as pi in it."""
    try:
        rational = Poly(part, x, domain="QQ")
        return sorted(set(real_roots(rational))) if rational.degree() <= DEGREE else None
    except (PolynomialError, CoercionFailed):
        pass
    try:
        general = Poly(part, x)
    except PolynomialError:
        return None
    if general.gens != (x,) or general.free_symbols != {x} or general.degree() > 2:
        return None
    found = roots(general)
    return sorted(each for each in found if each.is_real) if all(each.is_real is not None for each in found) else None


def _between(places: list[Expr]) -> Iterator[Expr]:
    """A rational number in each gap."""
    for a, b in pairwise(places):
        if a.is_infinite and b.is_infinite:
            yield S.Zero
        elif a.is_infinite or b.is_infinite:
            yield (b.evalf(20) // 1 - 1) if a.is_infinite else (a.evalf(20) // 1 + 2)
        else:
            yield next(r for r in (Rational(str(((a + b) / 2).evalf(n))) for n in (10, 20, 40, 80)) if a < r < b)


def _value(value: Expr) -> str | None:
    """The number, if it is not negative."""
    if value.free_symbols or not value.is_finite or value.is_real is False:
        return None
    if is_zero(value, Facts()) is True:
        return "0"
    ball = evaluate(value, DIGITS)
    return f"{plain(value)} > 0" if ball.is_rigorous and ball.sign is not None and ball.sign > 0 else None
