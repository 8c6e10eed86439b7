"""The variable in which a steep or flat power is an exponential: where (x/α)^(10^100) turns from 0 to ∞, no scale of x itself is to be seen."""

from __future__ import annotations

from typing import Any

from sympy import Add, Dummy, Expr, Mul, Pow, Rational, S, Symbol, degree, exp, log, oo, preorder_traversal

from symkl.exact.enclosures import sign_of
from symkl.exact.program import exponent_of, is_high
from symkl.exact.stable import Exp, Growth, Log1p
from symkl.exact.surplus import Narrower

__all__ = ["in_exponent"]


def in_exponent(x: Symbol, log_density: Expr, statistic: Expr, lower: Expr, upper: Expr) -> tuple[Symbol, Expr, Expr, Expr, Expr] | None:
    """(w, log p(x(w)) |dx/dw|, T(x(w)), ends) with w = E log B for a steep or flat power B^E of an affine B > 0 in the density; None where there is none."""
    found = _power(x, log_density, lower, upper)
    if found is None:
        return None
    base, exponent = found
    w = Dummy("w", real=True)
    slope = base.diff(x)
    log_density, statistic = _exponentials(log_density), _exponentials(statistic)
    place = {x: (exp(w / exponent) - (base - slope * x).expand()) / slope}
    ends = [_image(base, exponent, x, end) for end in (lower, upper)]
    if sign_of(slope) * sign_of(exponent) < 0:
        ends.reverse()
    side = 1 if ends[0].is_nonnegative else -1 if ends[1].is_nonpositive else 0
    density, statistic = (_growth_taken_out(_apart(each.xreplace(place)), w, side) for each in (log_density, statistic))
    return w, density + w / exponent - log(abs(slope * exponent)), statistic, ends[0], ends[1]


def _growth_taken_out(expr: Any, w: Symbol, side: int) -> Any:
    """log(c (e^u − 1)) as u + log(c (1 − e^−u)) in the terms of a sum, for u = a w that is positive where w has this side: where u is large, the
    powers of e^u in a density cancel.
    """
    terms = []
    for term in Add.make_args(expr):
        factor, function = term.as_coeff_Mul()
        found = _of_growth(function.args[0], w, side) if isinstance(function, log) else None
        terms += [term] if found is None else [factor * each for each in found]
    return Add(*terms)


def _of_growth(argument: Expr, w: Symbol, side: int) -> tuple[Expr, Expr] | None:
    """(u, log(c (1 − e^−u))) for c (e^u − 1), which is written c u (e^u − 1)/u."""
    u = next((each.args[0] for each in Mul.make_args(argument) if isinstance(each, Growth)), None)
    if u is None or not (u / w).is_Rational or (u / w) * side <= 0:
        return None
    rest = argument / Growth(u)
    return u, Narrower(log(rest * Growth(-u)), log(rest / u) + Log1p(-exp(-u)))


def _exponentials(expr: Any) -> Any:
    """Steep and flat powers as exponentials: SymPy would write their constants out."""
    if not isinstance(expr, Expr) or not expr.has(Pow):
        return expr
    args = [_exponentials(arg) for arg in expr.args]
    if isinstance(expr, Pow) and args[0].free_symbols and _is_extreme(args[1]):
        return Exp(args[1] * log(args[0]))
    return expr.func(*args) if args else expr


def _apart(expr: Any) -> Any:
    """log(c e^u) as log c + u, so that what is large cancels, and c − c e^u as −c u (e^u − 1)/u, whose digits are not lost at a tiny u."""
    if not isinstance(expr, Expr) or not expr.has(log, exp):
        return expr
    args = [_apart(arg) for arg in expr.args]
    if isinstance(expr, Add) and len(args) == 2 and args[0].is_Rational:
        factor, u = -args[0], exponent_of(-args[1] / args[0])
        if u is not None and _is_extreme(u.as_coeff_Mul()[0]):
            return factor * u * Growth(u)
        return expr.func(*args)
    if isinstance(expr, log) and isinstance(args[0], (Mul, exp)):
        factors = Mul.make_args(args[0])
        rest = Mul(*(f for f in factors if not isinstance(f, exp)))
        return Add(log(rest), *(f.args[0] for f in factors if isinstance(f, exp)))
    return expr.func(*args) if args else expr


def _power(x: Symbol, expr: Expr, lower: Expr, upper: Expr) -> tuple[Expr, Rational] | None:
    nodes = [_base_and_exponent(node) for node in preorder_traversal(expr)]
    # A power in the density itself is steep where its base is one at an end of the support.
    nodes += [(base, exponent) for base, exponent in map(_coefficient, preorder_traversal(expr)) if is_high(exponent) and _ends_at_one(base, x, lower, upper)]
    for base, exponent in nodes:
        if x not in base.free_symbols or not _is_extreme(exponent):
            continue
        if base.is_polynomial(x) and degree(base, x) == 1 and all(_at(base, x, end) == oo or sign_of(_at(base, x, end)) >= 0 for end in (lower, upper)):
            return base, exponent
    return None


def _base_and_exponent(node: Any) -> tuple[Any, Any]:
    if isinstance(node, Pow) and node.base is not S.Exp1:
        return node.base, node.exp
    return _coefficient(node.args[0]) if isinstance(node, Exp) else (S.Zero, S.Zero)


def _coefficient(node: Any) -> tuple[Any, Any]:
    """(B, E) of E log B."""
    exponent, rest = node.as_coeff_Mul() if isinstance(node, Mul) else (S.One, node)
    return (rest.args[0], exponent) if isinstance(rest, log) else (S.Zero, S.Zero)


def _ends_at_one(base: Expr, x: Symbol, lower: Expr, upper: Expr) -> bool:
    return any(end.is_finite and base.xreplace({x: end}) == 1 for end in (lower, upper))


def _is_extreme(exponent: Any) -> bool:
    """Whether a power with this exponent is steep or flat."""
    return isinstance(exponent, Rational) and exponent != 0 and (is_high(exponent) or is_high(1 / exponent))


def _at(base: Expr, x: Symbol, end: Expr) -> Any:
    return base.diff(x) * end if end.is_infinite else base.xreplace({x: end})


def _image(base: Expr, exponent: Rational, x: Symbol, end: Expr) -> Any:
    value = _at(base, x, end)
    if value == oo:
        return oo * exponent
    return -oo * exponent if sign_of(value) == 0 else exponent * log(value)
