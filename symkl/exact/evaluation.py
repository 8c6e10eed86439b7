"""`evaluate`: any number symkl speaks of, to any number of digits, each of them right."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from operator import itemgetter
from typing import Any

from sympy import Add, Expr, Float, Integral, Rational, S, Sum, default_sort_key, sympify
from sympy.core.sympify import SympifyError

from symkl.core.composite import AbstractLaw, Product
from symkl.core.coordinates import by_coordinates
from symkl.core.density import Density
from symkl.core.divergences import Divergence
from symkl.core.heads import KL, CrossEntropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Continuum
from symkl.errors import DomainError, NoClosedForm, SymklError, Undecided
from symkl.exact.apart import by_affinity
from symkl.exact.arithmetic import bits_of, flint_module
from symkl.exact.ball import Ball
from symkl.exact.densities import check_density
from symkl.exact.enclosures import enclosure_of, prepared, proved_zero
from symkl.exact.fallback import estimated, interval_enclosure
from symkl.exact.finiteheads import exact_value
from symkl.exact.laws import closed_form, is_large
from symkl.exact.leaving import leaves
from symkl.exact.logparse import as_fraction
from symkl.exact.logsum import LogSum
from symkl.exact.nearby import are_near
from symkl.exact.oracle import Diverges, enclose_defining
from symkl.exact.work import SECONDS, SliceUp, TimeUp, left, limited, sliced, without_answer

__all__ = ["evaluate"]

GUARD_BITS = 32
# More digits than this are taken from a closed form first.
MOST_BY_QUADRATURE = 60
# The last attempt works with this many times the bits of the digits asked, and at least LEAST_LIMIT.
LIMIT_FACTOR, LEAST_LIMIT = 16, 1 << 14
LIMIT_OF_QUADRATURE = 12
# Points of a lattice up to which a sum is taken exactly: the masses of more are long fractions.
MOST_EXACT = 24
# A closed form with a sum of more terms than this comes after the definition.
MOST_WRITTEN_TERMS = 2000
# The precision at which a sum of measures is first held against zero.
FIRST_BITS = 96
# A closed form that more bits do not tell from zero is asked for a proof that it is.
BITS_BEFORE_PROOF = 1 << 12
# Computing time after which other ways are tried before one is gone on with, which has LONGER times as much then: the definition, a closed form.
FIRST_SECONDS, SECONDS_OF_CLOSED, LONGER = 3.0, 8.0, 4
# Operations of the longest expression that a message shows.
MOST_SHOWN = 60


def evaluate(x: Any, digits: int = 15, seconds: float | None = SECONDS) -> Ball:
    """A `Ball` around the number `x` with `digits` right significant digits.

    `x` is any head, result, derivation or SymPy expression without free symbols, at exact parameters. The working precision
    rises until the digits are right, whatever the cancellation; a value that is exactly zero is proved to be. `is_rigorous`
    is False only where a function is met that has no rigorous enclosure here, or python-flint is not installed.

    Raises `DomainError` where there is no real number, `Undecided` where the digits cannot be had, or not in `seconds` of
    computing time (None: without a limit).

    >>> from sympy import exp, pi, sqrt
    >>> print(evaluate(exp(pi*sqrt(163)), 40))
    262537412640768743.9999999999992500725972
    >>> from symkl import KL, Normal
    >>> print(evaluate(KL(Normal(0, 1), Normal(1, 2)), 30))
    0.443147180559945309417232121458
    """
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise TypeError(f"digits = {digits!r}: a whole number is wanted")
    if digits < 1:
        raise DomainError(f"digits = {digits}: at least one digit must be asked")
    with limited(seconds) as work:
        try:
            return _of_any(x, digits)
        except TimeUp:
            if work is None or seconds is None:
                raise
            raise without_answer(str(getattr(x, "result", x)), digits, seconds, work) from None


def _of_any(x: Any, digits: int) -> Ball:
    value = getattr(x, "result", x)
    if isinstance(value, Ball):
        return value
    if isinstance(value, LogSum):
        return value.evaluate(digits)
    if isinstance(value, str):
        raise TypeError(f"evaluate takes an expression, a head or a derivation, not the text {value!r}")
    try:
        expr = sympify(value, strict=True)
    except SympifyError:
        expr = None
    if not isinstance(expr, Expr):
        raise TypeError(f"evaluate takes an expression, a head or a derivation, not {x!r}")
    if expr.free_symbols:
        names = ", ".join(sorted(str(s) for s in expr.free_symbols))
        raise DomainError(f"{expr} has no value until {names} {'is' if len(expr.free_symbols) == 1 else 'are'} given")
    if expr.atoms(Float):
        raise DomainError(f"{expr} holds a float; write it exactly, with Rational")
    for law in sorted(expr.atoms(Density), key=default_sort_key):
        check_density(law)
    if isinstance(expr, (Head, Expectation)):
        return _of_head(expr, digits)
    if isinstance(expr, (Sum, Integral)) and flint_module() is not None:
        return _of_sum(expr, digits)
    return _combined(expr, digits) if expr.has(Head, Expectation) else _evaluated(prepared(expr), digits)


def _combined(expr: Expr, digits: int) -> Ball:
    """An expression with heads in it: heads of finite laws exactly; other closed forms only where quadrature cannot tell the sum from zero."""
    exact = {head: exact_value(head) for head in sorted(expr.atoms(Head), key=default_sort_key)}
    known = {head: found.as_expr() if isinstance(found, LogSum) else found for head, found in exact.items() if found is not None}
    expr = expr.xreplace(known)
    logarithms = LogSum.from_sympy(expr.expand()) if known and not expr.has(Head, Expectation) else None
    if logarithms is not None:
        return logarithms.evaluate(digits)
    parts = sorted(expr.atoms(Head, Expectation), key=default_sort_key)
    if not parts:
        return _evaluated(prepared(expr), digits)
    if flint_module() is not None and digits <= MOST_BY_QUADRATURE and _is_apart(expr):
        return _evaluated(prepared(expr), digits)
    try:
        closed = expr.xreplace({part: closed_form(part) for part in parts})
    except (NoClosedForm, Undecided):
        closed = expr
    return _evaluated(prepared(closed), digits)


def _is_apart(expr: Expr) -> bool:
    """Whether a first enclosure tells the value from zero."""
    try:
        value = enclosure_of(prepared(expr))(FIRST_BITS)
    except (Diverges, NoClosedForm, Undecided):
        return False
    return bool(value.is_finite() and not value.real.contains(0))


def _without_flint(expr: Expr, digits: int) -> Ball:
    if proved_zero(expr):
        return Ball.exact(0, digits)
    found = interval_enclosure(expr, digits)
    return estimated(expr, digits) if found is None else found


def _of_sum(expr: Expr, digits: int) -> Ball:
    try:
        return _evaluated(prepared(expr), digits) if expr.has(Head, Expectation) else _enclosed(prepared(expr), digits)
    except Diverges as infinite:
        return Ball.infinite(infinite.sign)
    except NoClosedForm:
        return estimated(expr, digits)


def _of_head(head: Any, digits: int) -> Ball:
    """By the definition; through the closed form first where digits or parameters are beyond what quadrature is good at."""
    parts = by_coordinates(head) if isinstance(head, Head) else None
    if parts is not None:
        return _combined(Add(*parts), digits)
    if head.atoms(AbstractLaw):
        raise DomainError(f"{head} has no value: of {', '.join(sorted(map(str, head.atoms(AbstractLaw))))} only the name is known")
    if head.atoms(Product):
        return _of_any(closed_form(head), digits)
    exact = exact_value(head, MOST_EXACT)
    if exact is not None:
        return exact.evaluate(digits) if isinstance(exact, LogSum) else _evaluated(prepared(exact), digits)
    # Other divergences are functions of an integral: where that is known, nothing is integrated.
    closed_first = isinstance(head, Divergence) or flint_module() is None or digits > MOST_BY_QUADRATURE
    if closed_first and flint_module() is not None and digits <= MOST_BY_QUADRATURE:
        closed_first = not are_near(head)
    extreme = closed_first or any(is_large(number) for law in head.atoms(Law) for number in law.atoms(Rational))
    if extreme and not closed_first:
        extreme = not (are_near(head) or _leaves_much(head))
    # Many digits are not to be had by quadrature; and without a limit SymPy's search has none.
    closed = _by_closed_form, inf if digits > MOST_BY_QUADRATURE or left() is None else SECONDS_OF_CLOSED
    definition = _by_definition, FIRST_SECONDS
    return _by_routes(head, digits, [closed, definition] if extreme else [definition, closed])


def _by_routes(head: Any, digits: int, routes: list[tuple[Callable[[Any, int], Ball], float]]) -> Ball:
    """By the first way that leads there. What takes longer than its seconds is left for the others, and taken up again after them."""
    if isinstance(head, Divergence):
        routes.append((by_affinity, inf))
    refusals = []
    while routes:
        late = []
        for route, seconds in routes:
            try:
                with sliced(seconds):
                    return route(head, digits)
            except SliceUp:
                late.append((route, LONGER * seconds))
            except NoClosedForm:
                refusals.append("a closed form, of which none is known")
            except Undecided as refusal:
                refusals.append(str(refusal).rstrip(".").replace(". Tried: ", ": "))
            except (ArithmeticError, RecursionError, ValueError) as slip:
                if isinstance(slip, SymklError):
                    raise
                # SymPy asks mpmath for the signs of special functions, and that divides by zero or has no end at numbers like besselk(1, 10**300).
                refusals.append(f"numbers of this size, at which SymPy stops ({type(slip).__name__})")
        routes = sorted(late, key=itemgetter(1)) if len(late) > 1 else [(route, inf) for route, _ in late]
    raise Undecided(f"{head} was not enclosed to {digits} digits.", tuple(refusals))


def _leaves_much(head: Any) -> bool:
    """Whether the closed form is a sum of very many terms, of which the definition adds only those that carry mass, or holds a mean over a
    continuous law, which must cancel against large numbers.
    """
    try:
        closed = closed_form(head)
    except (NoClosedForm, Undecided):
        return False
    limits: list[Any] = [limit for each in closed.atoms(Sum) for limit in each.limits]
    means = any(isinstance(each.under.support, Continuum) for each in closed.atoms(Expectation))
    return means or any((high - low - MOST_WRITTEN_TERMS).is_positive for _, low, high in limits)


def _by_definition(head: Any, digits: int) -> Ball:
    if flint_module() is None:
        return _without_flint_by_definition(head, digits)
    return enclose_defining(head, digits)


def _without_flint_by_definition(head: Any, digits: int) -> Ball:
    """An estimate by mpmath's quadrature, which says so; infinite where P ≪ Q fails."""
    if isinstance(head, (KL, CrossEntropy)) and head.laws[0].support.within(head.laws[1].support) is S.false and leaves(*head.laws):
        return Ball.infinite()
    return estimated(head, digits)


def _by_closed_form(head: Any, digits: int) -> Ball:
    closed = closed_form(head)
    if closed == head:
        raise Undecided("there is no closed form")
    return _evaluated(prepared(closed), digits)


def _evaluated(expr: Expr, digits: int) -> Ball:
    if expr.is_Rational:
        return Ball.exact(as_fraction(expr), digits)
    if expr in (S.Infinity, S.NegativeInfinity):
        return Ball.infinite(1 if expr is S.Infinity else -1)
    if expr in (S.NaN, S.ComplexInfinity) or expr.has(S.NaN, S.ComplexInfinity):
        raise DomainError(undefined(expr, expr))
    # The end of a range within an expectation is no part of the value.
    if expr.xreplace(dict.fromkeys(expr.atoms(Head, Expectation), S.One)).has(S.Infinity, S.NegativeInfinity):
        return _with_infinite_parts(expr, digits)
    if flint_module() is None:
        return _without_flint(expr, digits)
    try:
        return _enclosed(expr, digits)
    except Diverges:
        return _with_infinite_parts(expr, digits)
    except NoClosedForm:
        return estimated(expr, digits)


def _with_infinite_parts(expr: Expr, digits: int) -> Ball:
    """An expression with an infinite part: infinite heads become ±oo, finite ones a number of the same sign, and SymPy does the rest."""
    values: dict[Any, Any] = {}
    for part in sorted(expr.atoms(Head, Expectation, Sum, Integral), key=default_sort_key):
        ball = evaluate(part, digits)
        values[part] = (S.Infinity if ball.sign == 1 else S.NegativeInfinity) if not ball.is_finite else Rational(ball.lower)
    value = expr.xreplace(values)
    if value in (S.Infinity, S.NegativeInfinity):
        return Ball.infinite(1 if value is S.Infinity else -1)
    if value in (S.NaN, S.ComplexInfinity):
        raise DomainError(undefined(expr, value))
    raise Undecided(f"{expr} is not known to be infinite, nor finite")


def undefined(expr: Expr, value: Expr) -> str:
    """Why an expression, of which SymPy makes nan or zoo, is not defined."""
    if value.has(S.ComplexInfinity):
        return "division by zero"
    reason = "oo - oo is" if expr.is_Add else "0*oo is" if expr.is_Mul else "oo - oo, 0*oo and oo/oo are"
    return f"{reason} not defined"


def _enclosed(expr: Expr, digits: int) -> Ball:
    enclosure = enclosure_of(expr)
    wanted = bits_of(digits)
    # Each doubling integrates or sums anew where the oracle is asked, so that its limit is nearer.
    limit = LIMIT_OF_QUADRATURE * wanted if _asks_oracle(expr) else max(LIMIT_FACTOR * wanted, LEAST_LIMIT)
    bits = wanted + GUARD_BITS
    first = True
    while bits <= limit:
        value = enclosure(bits)
        if value.is_finite() and value.imag.contains(0):
            if value.real.rel_accuracy_bits() > wanted:
                ball = Ball.from_arb(value.real, digits)
                if ball.digits >= digits:
                    return ball
        elif value.is_finite():
            raise DomainError(f"{expr} is not real")
        if first and value.real.contains(0) and not _is_apart_at(enclosure, expr) and proved_zero(expr):
            return Ball.exact(0, digits)
        first = False
        bits = bits * 3 // 2 if bits < 4 * wanted else bits * 2
    raise Undecided(f"{_shown(expr)} is too close to zero, or its enclosure too wide, for {digits} digits", (f"{limit} bits of working precision",))


def _is_apart_at(enclosure: Callable[[int], Any], expr: Expr) -> bool:
    """Whether more bits tell a closed form from zero: they cost less than a proof that it is none."""
    if _asks_oracle(expr):
        return False
    value = enclosure(BITS_BEFORE_PROOF)
    return bool(value.is_finite() and not value.real.contains(0))


def _asks_oracle(expr: Expr) -> bool:
    """Whether an integral, an expectation or an infinite sum is left."""
    limits: list[Any] = [limit for each in expr.atoms(Sum) for limit in each.limits]
    return expr.has(Head, Expectation, Integral) or any(not (low.is_Integer and high.is_Integer) for _, low, high in limits)


def _shown(expr: Expr) -> str:
    """The expression in a message; SymPy's printer evaluates sums in order to sort them, and long ones tell nobody anything."""
    long = expr.has(Sum, Integral) or expr.count_ops() > MOST_SHOWN or any(map(is_large, expr.atoms(Rational)))
    return "the closed form" if long else str(expr)
