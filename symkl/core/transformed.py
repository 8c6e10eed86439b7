"""`Transformed`: the law of g(X), for a one-to-one map g made of elementary ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sympy import (
    Add,
    Dummy,
    Expr,
    Lambda,
    Mul,
    Pow,
    S,
    Symbol,
    apart,
    asinh,
    atan,
    atanh,
    cancel,
    cos,
    cosh,
    exp,
    expand_log,
    log,
    oo,
    pi,
    sinh,
    tan,
    tanh,
    together,
)

from symkl.core.convert import as_law
from symkl.core.density import Density
from symkl.core.family import exact_value
from symkl.core.laws import Law, bound_variable
from symkl.core.supports import Continuum, Lattice, Support
from symkl.errors import DomainError

__all__ = ["Transformed"]


def Transformed(law: Any, map: Any, x: Symbol | None = None) -> Density:
    """p_Y(y) = p_X(h(y)) |h′(y)| with h = g⁻¹: the law of Y = g(X), X ~ law.

    `map` is an expression in `x` (its only symbol where `x` is left out), a `Lambda`, or a function. It must be one-to-one on the support
    of the law and be made of sums and products with constants, powers, exp, log, tan, atan, sinh, asinh, tanh and atanh, one inside the
    other; a fraction is taken apart first. A law on a lattice takes affine maps. Any other map is a `DomainError`.

    >>> from symkl import LogNormal, Normal, Transformed, kl
    >>> from sympy import exp, symbols
    >>> x = symbols("x")
    >>> kl(Transformed(Normal(0, 1), exp(x), x), LogNormal(0, 1))
    0
    """
    if isinstance(law, type) and issubclass(law, Law):
        raise TypeError(f"Transformed: write the parameters of {law.__name__}, as in Transformed({law.__name__}(...), exp)")
    law = as_law(law)
    variable, image = _read(map, x)
    chain = _chain(image, variable)
    support = law.support
    if isinstance(support, Lattice):
        return _on_lattice(law, support, chain)
    if not isinstance(support, Continuum):
        raise DomainError(f"Transformed: {law} lives on {support.shown}; the law of new names for its outcomes is its image(f)")
    chain, ends = _along(chain, _Ends(support.lower, support.upper))
    target = Continuum(ends.lower, ends.upper)
    y = target.variable(bound_variable(law).name)
    point: Expr = y
    jacobian: Expr = S.Zero
    for each in chain:
        point, slope = each.back(point)
        jacobian += slope
    return Density.from_log(_plain_logarithms(law.log_density(point) + jacobian, y, target), y, target)


def _plain_logarithms(expr: Any, y: Symbol, target: Continuum) -> Expr:
    """Logarithms of fractions in y as sums over linear factors, each written so that it is positive on the target."""
    expr = expr.xreplace({each: _in_one_wave(each) for each in expr.atoms(log)})
    table = {}
    for each in expr.atoms(log):
        inside = cancel(together(each.args[0]))
        if not inside.is_polynomial(y) and inside.is_rational_function(y):
            factors: list[Any] = [_positive(factor, y, target) for factor in Mul.make_args(inside.factor())]
            if None not in factors:
                table[each] = expand_log(log(Mul(*factors)), force=True)
    return expr.xreplace(table)


def _in_one_wave(logarithm: Any) -> Expr:
    """log(1 + tan²u) = −2 log cos u, log(1 + sinh²u) = 2 log cosh u, log(1 − tanh²u) = −2 log cosh u; cos u > 0 where tan u stands for an inverse."""
    for wave in sorted(logarithm.atoms(*_EVEN), key=lambda each: each.sort_key()):
        t, c = Dummy("t"), Dummy("c", positive=True)
        partner, square = _EVEN[type(wave)]
        inside = logarithm.args[0].xreplace({wave: t})
        if inside.is_polynomial(t) and inside.expand() == inside.xreplace({t: -t}).expand():
            found = together(inside.expand().subs(t**2, square(c))).factor()
            if not found.has(t, Add):
                return expand_log(log(found), force=True).xreplace({c: partner(wave.args[0])})
    return logarithm


#: The even powers of a wave in one that is positive where the wave is an inverse of a map.
_EVEN: dict[Any, tuple[Any, Callable[[Expr], Expr]]] = {
    tan: (cos, lambda c: 1 / c**2 - 1),
    sinh: (cosh, lambda c: c**2 - 1),
    tanh: (cosh, lambda c: 1 - 1 / c**2),
}


def _positive(factor: Expr, y: Symbol, target: Continuum) -> Expr | None:
    """|factor|, where the factor is a power of a linear function without a zero on the target."""
    if not factor.has(y):
        return factor if factor.is_positive else -factor if factor.is_negative else None
    base, exponent = factor.as_base_exp()
    ends = [(base.subs(y, end) if end.is_finite else base.coeff(y, 1) * end) for end in target.args]
    if base.as_poly(y) is None or base.as_poly(y).degree() != 1:
        return None
    if all(end.is_extended_nonnegative for end in ends):
        return factor
    return (-base).expand() ** exponent if all(end.is_extended_nonpositive for end in ends) else None


class _Ends(NamedTuple):
    lower: Expr
    upper: Expr


class _Map(NamedTuple):
    """One elementary monotone map: the range it makes of a range, and its inverse with log|slope of the inverse|."""

    forward: Callable[[_Ends], _Ends]
    back: Callable[[Expr], tuple[Expr, Expr]]
    exponent: Expr | None = None


def _read(map: Any, x: Symbol | None) -> tuple[Symbol, Expr]:
    if isinstance(map, Lambda):
        if len(map.variables) != 1:
            raise DomainError(f"Transformed: {map} must take one variable")
        return map.variables[0], exact_value(map.expr, Density, "the map of Transformed")
    if callable(map) and not isinstance(map, Expr):
        point = Dummy("x")
        return point, exact_value(map(point), Density, "the map of Transformed")
    if isinstance(map, str):
        raise DomainError(f"Transformed: the map {map!r} is a text; write an expression such as exp(x), or a function")
    expr: Any = exact_value(map, Density, "the map of Transformed")
    if x is None:
        if len(expr.free_symbols) != 1:
            raise DomainError(f"Transformed: say which symbol of {expr} is the variable, as Transformed(law, {expr}, x)")
        (x,) = expr.free_symbols
    return x, expr


def _chain(expr: Expr, x: Symbol) -> list[_Map]:
    """The elementary maps of which expr is made, the outermost first."""
    chain: list[_Map] = []
    inner = expr
    while inner != x:
        if not inner.has(x):
            raise DomainError(f"Transformed: {expr} does not depend on {x}")
        each, inner = _outermost(_with_one_place(inner, x), x)
        chain.append(each)
    return chain


def _along(chain: list[_Map], ends: _Ends) -> tuple[list[_Map], _Ends]:
    """The chain and the range it ends in; whole powers of negative numbers become powers of positive ones."""
    passed: list[_Map] = []
    for each in reversed(chain):
        whole = each.exponent is not None and each.exponent.is_Integer and ends.upper.is_extended_nonpositive
        around = [_scale(S.NegativeOne), each, _scale(S.NegativeOne ** each.exponent)] if whole and each.exponent is not None else [each]
        for step in around:
            ends = step.forward(ends)
        passed += around
    return passed[::-1], ends


def _with_one_place(expr: Expr, x: Symbol) -> Expr:
    """A fraction in x or in one exponential of it, taken apart so that the variable stands in one place."""
    if not isinstance(expr, (Add, Mul)) or sum(part.has(x) for part in expr.args) < 2:
        return expr
    for unit in sorted({x} | expr.atoms(exp), key=lambda e: e.sort_key()):
        t = Dummy("t")
        inside = expr.subs(unit, t)
        if not inside.has(x) and inside.is_rational_function(t):
            found = apart(inside, t).subs(t, unit)
            if sum(part.has(x) for part in Add.make_args(found)) == 1:
                return found
    raise DomainError(f"Transformed: no inverse of {expr} was found; the variable {x} must stand in one place")


def _outermost(expr: Expr, x: Symbol) -> tuple[_Map, Expr]:
    """The outermost map of expr, and what it is applied to."""
    if isinstance(expr, Add):
        constant, inner = expr.as_independent(x, as_Add=True)
        return _shift(constant), inner
    if isinstance(expr, Mul):
        constant, inner = expr.as_independent(x, as_Add=False)
        return _scale(constant), inner
    if isinstance(expr, Pow) and not expr.exp.has(x):
        return _power(expr.exp), expr.base
    if isinstance(expr, Pow) and not expr.base.has(x):
        # c^u = e^(u log c)
        return _FUNCTIONS[exp], expr.exp * log(expr.base)
    if type(expr) in _FUNCTIONS:
        inner_arg: Any = expr.args[0]
        return _FUNCTIONS[type(expr)], inner_arg
    raise DomainError(f"Transformed: {type(expr).__name__} in {expr} is not among the maps whose inverse is known")


def _shift(c: Expr) -> _Map:
    return _Map(lambda ends: _Ends(ends.lower + c, ends.upper + c), lambda w: (w - c, S.Zero))


def _scale(c: Expr) -> _Map:
    if not (c.is_positive or c.is_negative):
        raise DomainError(f"Transformed: the sign of the factor {c} must be known; declare its symbols positive")
    size = c if c.is_positive else -c

    def forward(ends: _Ends) -> _Ends:
        low, high = c * ends.lower, c * ends.upper
        return _Ends(low, high) if c.is_positive else _Ends(high, low)

    return _Map(forward, lambda w: (w / c, -expand_log(log(size), force=True)))


def _power(r: Expr) -> _Map:
    """u^r of u > 0."""
    if not (r.is_positive or r.is_negative):
        raise DomainError(f"Transformed: the sign of the exponent {r} must be known; declare its symbols positive")

    def forward(ends: _Ends) -> _Ends:
        if not ends.lower.is_extended_nonnegative:
            raise DomainError(f"Transformed: a power {r} is one-to-one on positive numbers; here it is applied to ({ends.lower}, {ends.upper})")
        low, high = (_power_at(end, r) for end in ends)
        return _Ends(low, high) if r.is_positive else _Ends(high, low)

    size = r if r.is_positive else -r
    return _Map(forward, lambda w: (w ** (1 / r), (1 / r - 1) * expand_log(log(w), force=True) - log(size)), r)


def _power_at(end: Expr, r: Expr) -> Expr:
    if end in (S.Zero, oo):
        return S.Zero if (end == 0) == bool(r.is_positive) else oo
    return end**r


def _increasing(function: Any, limits: dict[Expr, Expr], domain: tuple[Expr, Expr], back: Callable[[Expr], tuple[Expr, Expr]]) -> _Map:
    """An increasing function on `domain`, with its limits at the ends of it."""

    def forward(ends: _Ends) -> _Ends:
        below = domain[0] is not -oo and not (ends.lower - domain[0]).is_extended_nonnegative
        if below or domain[1] is not oo and not (domain[1] - ends.upper).is_extended_nonnegative:
            raise DomainError(f"Transformed: {function.__name__} needs values in ({domain[0]}, {domain[1]}); here it is applied to ({ends.lower}, {ends.upper})")
        return _Ends(*(limits[end] if end in limits else function(end) for end in ends))

    return _Map(forward, back)


_FUNCTIONS: dict[type, _Map] = {
    exp: _increasing(exp, {-oo: S.Zero, oo: oo}, (-oo, oo), lambda w: (log(w), -log(w))),
    log: _increasing(log, {S.Zero: -oo, oo: oo}, (S.Zero, oo), lambda w: (exp(w), w)),
    tan: _increasing(tan, {-pi / 2: -oo, pi / 2: oo}, (-pi / 2, pi / 2), lambda w: (atan(w), -log(1 + w**2))),
    atan: _increasing(atan, {-oo: -pi / 2, oo: pi / 2}, (-oo, oo), lambda w: (tan(w), -2 * log(cos(w)))),
    sinh: _increasing(sinh, {-oo: -oo, oo: oo}, (-oo, oo), lambda w: (asinh(w), -log(1 + w**2) / 2)),
    asinh: _increasing(asinh, {-oo: -oo, oo: oo}, (-oo, oo), lambda w: (sinh(w), log(cosh(w)))),
    tanh: _increasing(tanh, {-oo: S.NegativeOne, oo: S.One}, (-oo, oo), lambda w: (log((1 + w) / (1 - w)) / 2, -log(1 + w) - log(1 - w))),
    atanh: _increasing(atanh, {S.NegativeOne: -oo, S.One: oo}, (S.NegativeOne, S.One), lambda w: (tanh(w), -2 * log(cosh(w)))),
}


def _on_lattice(law: Law, support: Lattice, chain: list[_Map]) -> Density:
    """The law of an affine image: the masses move with the points."""
    k = support.variable()
    point: Expr = k
    for each in chain:
        point, _ = each.back(point)
    slope = point.diff(k)
    if slope.has(k):
        raise DomainError(f"Transformed: {law} lives on the lattice {support.shown}; only affine maps keep it one")
    _, ends = _along(chain, _Ends(support.lower, support.upper))
    size = slope if slope.is_positive else -slope
    target: Support = Lattice(ends.lower, ends.upper, support.step / size)
    y = target.variable()
    return Density.from_log(law.log_density(point.xreplace({k: y})), y, target)
