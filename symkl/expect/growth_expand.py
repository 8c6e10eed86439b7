"""Growth of an expression at an end of an interval, found from its structure: sums, products, powers, exp, log and special functions.

The local variable is t → ∞ with x = t, x = −t, x = e + 1/t or x = e − 1/t. An expansion keeps `order` terms past the leading one wherever
a function is composed; `Imprecise` asks for more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import Abs, Add, Expr, Heaviside, Integer, Max, Min, Mul, Piecewise, Pow, Rational, S, Symbol, exp, expand_log, log, sign as sympy_sign
from sympy.core.relational import Eq, Ne
from sympy.logic.boolalg import And, Not, Or

from symkl.errors import Undecided
from symkl.expect.growth import LOG, LOGS, ONE, Growth, Scale, T, accumulate, compare, leading
from symkl.expect.growth_cases import TESTS
from symkl.expect.growth_linear import POSITIVE
from symkl.expect.growth_points import depends
from symkl.expect.growth_signs import Imprecise, Known, Void, nonzero, possible_signs, sign

__all__ = ["End", "Place", "constant", "expand", "exponential", "logarithm", "power", "taylor", "towards"]

MAX_POWER = 12


@dataclass(frozen=True)
class End:
    """Where x tends: +∞ or −∞ (side ±1, point ±oo), or a finite point from the right (+1) or the left (−1)."""

    point: Expr
    side: int

    @property
    def is_infinite(self) -> bool:
        return self.point in (S.Infinity, S.NegativeInfinity)

    def growth(self) -> Growth:
        if self.is_infinite:
            return Growth({T: S.One if self.point is S.Infinity else S.NegativeOne})
        near = {T**S.NegativeOne: Integer(self.side)}
        return Growth(near if self.point == 0 else {ONE: self.point, **near})

    def __str__(self) -> str:
        return str(self.point) if self.is_infinite else f"{self.point}{'+' if self.side > 0 else '-'}"


@dataclass(frozen=True)
class Place:
    """Everything an expansion depends on besides the expression."""

    x: Symbol
    end: End
    known: Known
    order: int = 1


def constant(value: Expr) -> Growth:
    return Growth({ONE: value} if value != 0 else {})


@lru_cache(maxsize=20000)
def expand(expr: Any, at: Place) -> Growth:
    """The growth of `expr` at the place; raises Split, Void, Imprecise or Undecided."""
    if not depends(expr, at.x):
        return constant(expr)
    if expr == at.x:
        return at.end.growth()
    if isinstance(expr, Add):
        total = constant(S.Zero)
        for term in expr.args:
            total = total + expand(term, at)
        return total
    if isinstance(expr, Mul):
        fixed, moving = expr.as_independent(at.x, as_Add=False)
        product = constant(fixed)
        for factor in Mul.make_args(moving):
            product = product * expand(factor, at)
        return product
    if isinstance(expr, Pow):
        return _power(expr, at)
    rule = _RULES.get(expr.func)
    if rule is None:
        # The special functions are registered from a module of their own.
        from symkl.expect.growth_functions import FUNCTIONS

        special = FUNCTIONS.get(expr.func)
        if special is None:
            raise Undecided(f"the growth of {expr.func.__name__} is not known", ("growth scale",))
        return special(expr, at)
    return rule(expr, at)


def _power(expr: Any, at: Place) -> Growth:
    base, exponent = expr.args
    if depends(exponent, at.x):
        if base == 0 and towards(expand(exponent, at), at)[0] is S.Infinity:
            return constant(S.Zero)
        if not depends(base, at.x) and exponent.is_integer and not possible_signs(base, at.known) & POSITIVE:
            # The sign alternates: a bound is all there is.
            moduli = exponential(expand(exponent, at) * logarithm(constant(-base), at), at)
            return Growth({}, moduli.scales())
        return exponential(expand(exponent, at) * logarithm(expand(base, at), at), at)
    return power(expand(base, at), exponent, at)


def power(base: Growth, r: Expr, at: Place) -> Growth:
    """base^r by the binomial series around the leading term."""
    if r.is_Integer and 0 < int(r) <= MAX_POWER:
        product = base
        for _ in range(int(r) - 1):
            product = product * base
        return product
    if not base.terms and not base.errors and sign(r, at.known) > 0:
        return base
    first, base = leading(base, at.known)
    coefficient = base.terms[first]
    if r.is_integer is not True and sign(coefficient, at.known) < 0:
        raise Void
    small = _relative(base, first)
    binomials: list[Expr] = [S.One]
    current: Expr = S.One
    for j in range(at.order):
        current = current * (r - j) / (j + 1)
        binomials.append(current)
    return taylor(binomials, small).scaled(coefficient**r, first**r)


def _relative(growth: Growth, first: Scale) -> Growth:
    """growth/(leading term) − 1."""
    inverse, scale = 1 / growth.terms[first], first**S.NegativeOne
    return Growth({m * scale: (c * inverse).expand() for m, c in growth.terms.items() if m != first}, [e * scale for e in growth.errors])


def taylor(coefficients: list[Expr], small: Growth) -> Growth:
    """Σ c_j small^j + O(small^{n+1}), for small → 0."""
    total, current = constant(coefficients[0]), constant(S.One)
    for coefficient in coefficients[1:]:
        current = current * small
        if coefficient != 0:
            total = total + current.scaled(coefficient)
    beyond = Integer(len(coefficients))
    # |Σ m_i|^n = O(Σ m_i^n), so powers of the single scales bound the remainder.
    return Growth(total.terms, [*total.errors, *(m**beyond for m in small.scales())])


def logarithm(argument: Growth, at: Place) -> Growth:
    """log of a growth that is positive; void where it is negative."""
    first, argument = leading(argument, at.known)
    coefficient = argument.terms[first]
    if sign(coefficient, at.known) < 0:
        raise Void
    series = [S.Zero] + [Rational((-1) ** (j + 1), j) for j in range(1, at.order + 1)]
    terms = dict(first.logarithm())
    if coefficient != 1:
        accumulate(terms, ONE, expand_log(log(coefficient), deep=False, force=True))
    return Growth(terms) + taylor(series, _relative(argument, first))


def exponential(argument: Growth, at: Place) -> Growth:
    """exp of a growth: what tends to infinity makes the scale, what tends to zero is expanded."""
    scale, free, small, loose = exponent_parts(argument, at.known)
    if loose:
        if any(compare(error, ONE, at.known) > 0 for error in loose):
            raise Imprecise
        return Growth({}, (scale,))
    factorials: list[Expr] = [S.One]
    current: Expr = S.One
    for j in range(at.order):
        current = current / (j + 1)
        factorials.append(current)
    return taylor(factorials, small).scaled(exp(free), scale)


def exponent_parts(argument: Growth, known: Known) -> tuple[Scale, Expr, Growth, tuple[Scale, ...]]:
    """(scale, constant, vanishing part, errors that do not vanish) of exp(argument)."""
    powers = list(ONE.powers)
    large: dict[Scale, Expr] = {}
    small: dict[Scale, Expr] = {}
    free: Expr = S.Zero
    for key, coefficient in argument.terms.items():
        if key == ONE:
            free = coefficient
        elif key in LOGS:
            powers[LOGS.index(key)] = coefficient
        elif (which := compare(key, ONE, known)) > 0:
            large[key] = coefficient
        elif which < 0:
            small[key] = coefficient
        else:
            free = free + coefficient
    sizes = [(error, compare(error, ONE, known)) for error in argument.errors]
    vanishing = [error for error, size in sizes if size < 0]
    return Scale(tuple(powers), large), free, Growth(small, vanishing), tuple(error for error, size in sizes if size >= 0)


def towards(growth: Growth, at: Place) -> tuple[Expr, Growth]:
    """(value, growth − value) where value is the limit: a number, or ±oo."""
    value: Expr = S.Zero
    small: dict[Scale, Expr] = {}
    large = False
    for key, coefficient in growth.terms.items():
        size = 0 if key == ONE else compare(key, ONE, at.known)
        if size > 0:
            large = True
        elif size == 0:
            value = value + coefficient
        else:
            small[key] = coefficient
    if large:
        first, growth = leading(growth, at.known)
        if compare(first, ONE, at.known) > 0:
            return (S.Infinity if sign(growth.terms[first], at.known) > 0 else S.NegativeInfinity), growth
        raise Imprecise
    if any(compare(error, ONE, at.known) >= 0 for error in growth.errors):
        raise Imprecise
    return value, Growth(small, growth.errors)


def _absolute(expr: Any, at: Place) -> Growth:
    inner = expand(expr.args[0], at)
    if not inner.terms and not inner.errors:
        return inner
    first, inner = leading(inner, at.known)
    return inner if sign(inner.terms[first], at.known) > 0 else inner.scaled(S.NegativeOne)


def _sign_near(expr: Any, at: Place) -> int:
    """The sign of `expr` near the end."""
    inner = expand(expr, at)
    if not inner.terms and not inner.errors:
        return 0
    first, inner = leading(inner, at.known)
    return sign(inner.terms[first], at.known)


def _heaviside(expr: Any, at: Place) -> Growth:
    return constant(S.One if _sign_near(expr.args[0], at) > 0 else S.Zero)


def _signum(expr: Any, at: Place) -> Growth:
    return constant(Integer(_sign_near(expr.args[0], at)))


def _extreme(expr: Any, at: Place) -> Growth:
    best, *others = expr.args
    wanted = 1 if isinstance(expr, Max) else -1
    for other in others:
        if _sign_near(other - best, at) == wanted:
            best = other
    return expand(best, at)


def _piecewise(expr: Any, at: Place) -> Growth:
    for branch, condition in expr.args:
        if holds_near(condition, at):
            return expand(branch, at)
    raise Void


def holds_near(condition: Any, at: Place) -> bool:
    """Whether a condition on x and the parameters holds near the end."""
    if condition is S.true or condition is S.false:
        return condition is S.true
    if isinstance(condition, And):
        return all(holds_near(part, at) for part in sorted(condition.args, key=str))
    if isinstance(condition, Or):
        return any(holds_near(part, at) for part in sorted(condition.args, key=str))
    if isinstance(condition, Not):
        return not holds_near(condition.args[0], at)
    if isinstance(condition, (Eq, Ne)) and not depends(condition, at.x):
        return nonzero(condition.lhs - condition.rhs, at.known) is isinstance(condition, Ne)
    test = TESTS.get(getattr(condition, "rel_op", ""))
    if test is None:
        raise Undecided(f"whether {condition} holds near {at.end}", ("growth scale",))
    return test(_sign_near(condition.lhs - condition.rhs, at))


_RULES: dict[type, Callable[[Expr, Place], Growth]] = {
    exp: lambda e, at: exponential(expand(e.args[0], at), at),
    log: lambda e, at: logarithm(expand(e.args[0], at), at),
    Abs: _absolute,
    Heaviside: _heaviside,
    sympy_sign: _signum,
    Max: _extreme,
    Min: _extreme,
    Piecewise: _piecewise,
}

__all__ += ["LOG", "exponent_parts", "holds_near"]
