"""Steps between expectations: linearity, substitution, master integrals, symmetry, antiderivatives, sums."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Matrix,
    Max,
    Or,
    Rational,
    S,
    Symbol,
    Tuple,
    asin,
    cos,
    exp,
    expand_log,
    log,
    oo,
    sin,
    sympify,
)
from sympy.matrices.exceptions import NonInvertibleMatrixError

from symkl.core.composite import Mixture
from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum, Lattice
from symkl.derive.checks.context import Context, cases, need, require, same, under, unfolded
from symkl.derive.checks.growth import continuous, integrable, limit
from symkl.derive.checks.masses import has_mass_one
from symkl.derive.checks.resolved import resolved, vanishes
from symkl.form.facts import Facts
from symkl.form.numeric import is_nonzero_somewhere
from symkl.masters import MASTERS, Master

__all__ = [
    "antiderivative",
    "is_normalised",
    "linear_parts",
    "linearity",
    "master",
    "mixture",
    "parts_of",
    "reflection",
    "resolved",
    "same_mean",
    "substitution",
    "symmetric_kink",
    "symmetry",
    "tilt",
]


def parts_of(expr: Any) -> tuple[Expr, Symbol, Law]:
    """(f, x, P) of an expectation whose variable is nobody's parameter."""
    require(isinstance(expr, Expectation), "{} is not an expectation", expr)
    f, x, law = expr.args
    require(x not in law.free_symbols, "the variable {} is also a parameter", x)
    return f, x, law


def linear_parts(expr: Expr) -> tuple[Expr, list[tuple[Expr, Expectation]]]:
    """c_0 and the pairs (c_i, E_i) with expr = c_0 + Σ c_i E_i."""
    names = {each: Dummy() for each in sorted(expr.atoms(Expectation), key=lambda each: each.sort_key())}
    flat, unknown = expr.xreplace(names), set(names.values())
    parts = [(flat.diff(name), each) for each, name in names.items()]
    require(not any(c.free_symbols & unknown for c, _ in parts), "the expression is not linear in its expectations")
    return flat.xreplace(dict.fromkeys(unknown, S.Zero)), [(c, each) for c, each in parts if c != 0]


def same_mean(before: Expr, after: Expr, context: Context) -> None:
    """before and after are linear in expectations under one law, and their statistics agree at every point of its support."""
    (left, lefts), (right, rights) = linear_parts(before), linear_parts(after)
    pairs = [(c, *parts_of(each)) for c, each in lefts] + [(-c, *parts_of(each)) for c, each in rights]
    require(pairs, "there is no expectation on either side")
    _, _, x, law = pairs[0]
    require(all(each == law for *_, each in pairs), "the expectations are under different laws")
    require(not (law.free_symbols | (before - after).free_symbols) & {x}, "the variable {} also occurs free", x)
    total = left - right + Add(*(c * f.xreplace({y: x}) for c, f, y, _ in pairs))
    need(vanishes(total, x, law.support, context.at(law.support, x)), "the statistics on the two sides differ")


def linearity(step: Step, context: Context) -> tuple[Law, ...]:
    """E[Σ c_i T_i + c_0] = Σ c_i E[T_i] + c_0; a constant c_0 needs a law of total mass one, which is returned to be shown."""
    _, _, law = parts_of(step.before)
    same_mean(step.before, step.after, context)
    return (law,) if linear_parts(step.after)[0] != 0 else ()


def substitution(step: Step, context: Context) -> None:
    """E_P[f(X)] = Σ w_j E_{P_j}[f(g_j(U))]: the maps carry the P_j, with weights and Jacobians, onto the pieces of P."""
    f, x, law = parts_of(step.before)
    maps = tuple((sympify(w, strict=True), g, u, target) for w, g, u, target in step.data["maps"])
    period = pushed_forward(maps, x, law, context)
    need(context.zero(f.xreplace({x: x + period}) - f), "the statistic is not periodic")
    rest, parts = linear_parts(step.after)
    need(context.zero(rest), "a constant appears from nowhere")
    for u, target in dict.fromkeys((u, target) for _, _, u, target in maps):
        require(u not in step.before.free_symbols | target.free_symbols, "the new variable {} is in use", u)
        wanted = Add(*(w * f.xreplace({x: g}) for w, g, v, other in maps if (v, other) == (u, target)))
        found = Add(*(c * each.statistic for c, each in parts if each.args[1:] == (u, target)))
        need(vanishes(wanted - found, u, target.support, context.at(target.support, u)), "the statistic is not the transported one")
    require(all((each.variable, each.under) in [(u, t) for _, _, u, t in maps] for _, each in parts), "an expectation appears from nowhere")


def pushed_forward(maps: tuple[Any, ...], x: Symbol, law: Any, context: Context) -> Expr:
    """log p(g(u)) + log|g'(u)| = log w + log p_j(u) for every map, and the images of the supports partition the support of P.

    Of a periodic density any interval as long as the support will do; then the period is returned, which the statistic must have too; else 0.
    """
    images: list[tuple[Expr, Expr]] = []
    for weight, g, u, target in maps:
        inside = context.at(target.support, u)
        slope = g.diff(u)
        rising, falling = inside.facts.is_positive(slope), inside.facts.is_negative(slope)
        require(rising or falling, "{} is not seen to be monotone", g)
        slope = slope if rising else -slope
        if law.is_discrete:
            require(isinstance(law.support, Lattice) and isinstance(target.support, Lattice) and not slope.has(u), "this is no map of lattices")
            need(context.zero(slope * target.support.step - law.support.step), "the lattices do not match")
            slope = S.One
        else:
            need(not target.is_discrete, "a density is not a mass function")
        need(context.facts.is_positive(weight), "the weight {} is not seen to be positive", weight)
        gap = law.log_density(g) + log(slope) - log(weight) - target.log_density(u)
        need(vanishes(gap, u, target.support, inside), "the density of {} is not the transported one", u)
        ends = [_image(g, u, end, side, inside) for end, side in zip(target.support.args[:2], (1, -1))]
        images.append((ends[0], ends[1]) if rising else (ends[1], ends[0]))
    lower, upper = law.support.args[:2]
    if len(images) == 1 and upper.is_finite and lower.is_finite and same(images[0][0], lower, context) is not True:
        period = upper - lower
        need(context.zero(images[0][1] - images[0][0] - period), "the image is not a whole period")
        need(not law.is_discrete and context.zero(law.log_density(x + period) - law.log_density(x)), "the density is not periodic")
        return period
    partition(images, lower, upper, law.support.step if law.is_discrete else S.Zero, context)
    return S.Zero


def _image(g: Expr, u: Symbol, end: Expr, side: int, context: Context) -> Expr:
    # asin is continuous on [−1, 1]: its limit is that of its argument.
    table: dict[Basic, Expr] = {}
    for each in g.atoms(asin):
        inside = limit(each.args[0], u, end, side, context.facts)
        if inside in (S.NegativeOne, S.Zero, S.One):
            table[each] = asin(inside)
    value = limit(g.xreplace(table), u, end, side, context.facts)
    require(value is not None, "the limit of {} at {} is not known", g, end)
    assert value is not None
    return value


def partition(pieces: list[tuple[Expr, Expr]], lower: Expr, upper: Expr, gap: Expr, context: Context) -> None:
    """The intervals, put end to end, are (lower, upper)."""
    at, left = lower, list(pieces)
    while left:
        found = next((piece for piece in left if same(piece[0], at, context)), None)
        require(found is not None, "the pieces do not cover the support once")
        assert found is not None
        left.remove(found)
        at = found[1] + gap if found[1] is not oo else oo
    need(same(at, upper + gap if upper is not oo else oo, context), "the pieces do not reach the end of the support")


def master(step: Step, context: Context) -> None:
    """f(u) p(u) = c · ∂^orders of the integrand of a master integral, and the value is c · ∂^orders of its value, inside its domain."""
    law: Any
    f, u, law = parts_of(step.before)
    if step.data["master"] == "symmetry":
        return symmetry(step, context)
    entry = MASTERS.get(step.data["master"])
    require(entry is not None, "there is no master integral {}", step.data["master"])
    assert entry is not None
    values = {entry.parameter(name): sympify(value, strict=True) for name, value in step.data["values"]}
    orders = {entry.parameter(name): n for name, n in step.data.get("orders", ()) if n}
    require(set(values) == set(entry.parameters), "the parameters of {} are not all given", entry.name)
    weighted = f * exp(law.log_density(u))
    coefficients = [(sympify(step.data.get("coefficient", S.One), strict=True), orders)]
    require(u not in Tuple(coefficients[0][0], *values.values()).free_symbols, "a parameter depends on the variable {}", u)
    shift = law.support.lower - entry.lower if entry.discrete and law.is_discrete and entry.lower.is_finite else S.Zero
    inside = context.at(law.support, u)
    truth = inside.zero(weighted - _combined(entry, u - shift, values, coefficients, False))
    if truth is not True and entry.discrete and orders:
        coefficients = _falling(weighted, u, shift, entry, values, orders)
        truth = inside.zero(weighted - _combined(entry, u - shift, values, coefficients, False))
    need(truth, "the integrand is not that of {}", entry.name)
    instance(entry, law.support, values, orders, shift, context)
    need(context.zero(step.after - _combined(entry, u, values, coefficients, True)), "the value is not that of {}", entry.name)
    return None


def _combined(entry: Master, point: Expr, values: Any, coefficients: Any, integrated: bool) -> Expr:
    return Add(*(c * (entry.value_at(values, orders) if integrated else entry.integrand_at(point, values, orders)) for c, orders in coefficients))


def _falling(weighted: Expr, k: Symbol, shift: Expr, entry: Master, values: Any, orders: Any) -> list[tuple[Expr, Any]]:
    """A polynomial multiple of z^k a_k as Σ c_j ∂_z^j: the coefficients are the finite differences at 0, over j!."""
    ((z, degree),) = orders.items()
    ratio = weighted.xreplace({k: k + shift}) / entry.integrand_at(k, values)
    at = [ratio.subs(k, i) for i in range(int(degree) + 1)]
    coefficients = []
    for j in range(int(degree) + 1):
        coefficients.append((at[0] * values[z] ** j, {z: j}))
        at = [(b - a) / (j + 1) for a, b in pairwise(at)]
    return coefficients


def instance(entry: Master, support: Any, values: Any, orders: Any, shift: Expr, context: Context) -> None:
    """The range is the master's, and the parameters lie in its domain (inside it, for derivatives)."""
    require(isinstance(support, Lattice) and support.step == 1 if entry.discrete else isinstance(support, Continuum), "the range is of another kind")
    ends = [end if end.is_infinite else end + shift for end in entry.bounds_at(values)]
    require(all(same(end, own, context) for end, own in zip(ends, support.args[:2])), "the range is not that of {}", entry.name)
    require(not (entry.lower.free_symbols | entry.upper.free_symbols) & set(orders), "a bound depends on the parameter of differentiation")
    for condition in entry.conditions_at(values, orders):
        need(context.holds(condition), "{} needs {}", entry.name, condition)


def even(law: Law, x: Symbol, centre: Expr, context: Context) -> None:
    lower, upper = law.support.args[:2]
    need((lower, upper) == (-oo, oo) or (lower.is_finite and context.zero(lower + upper - 2 * centre)), "the support is not even about {}", centre)
    need(context.at(law.support, x).zero(law.log_density(2 * centre - x) - law.log_density(x)), "the law is not even about {}", centre)


def symmetry(step: Step, context: Context) -> None:
    """E[f(X)] = 0 for f odd and P even about a centre, where E|f(X)| is finite."""
    f, x, law = parts_of(step.before)
    centre = step.data.get("centre", S.Zero)
    even(law, x, centre, context)
    need(context.zero(f.xreplace({x: 2 * centre - x}) + f), "the statistic is not odd about {}", centre)
    weighted, end = f * exp(law.log_density(x)), law.support.args[0]
    require(continuous(weighted, x, context.at(law.support, x).facts), "the statistic may be singular inside")
    bounded = end.is_infinite is not True and continuous(weighted, x, context.facts, end)
    need(bounded or integrable(weighted, x, end, 1, context.facts)[0], "the expectation may not exist")
    need(step.after == 0, "the value is not 0")


def reflection(step: Step, context: Context) -> None:
    """E f(X) = E f(2c − X) for P even about c."""
    f, x, law = parts_of(step.before)
    centre = step.data.get("centre", S.Zero)
    even(law, x, centre, context)
    same_mean(Expectation(f.xreplace({x: 2 * centre - x}), x, law), step.after, context)


def symmetric_kink(step: Step, context: Context) -> None:
    """E|X − c| = δ + E max(Y − δ, 0), δ = |c − m|, Y = |X − m|: the mean of |Y − δ| and Y + δ is max(Y, δ)."""
    f, x, law = parts_of(step.before)
    centre, kink = step.data["centre"], step.data["kink"]
    ((_, g, u, target),) = step.data["maps"]
    delta = Abs(kink - centre)
    even(law, x, centre, context)
    need(context.zero(f - Abs(x - kink)), "the statistic is not |x − c|")
    pushed_forward(((S.Half, g, u, target), (S.Half, 2 * centre - g, u, target)), x, law, context)
    need(context.at(target.support, u).facts.is_positive(g - centre), "the map does not run above the centre")
    same_mean(Expectation(Max(g - centre - delta, 0), u, target), step.after - delta, context)


def mixture(step: Step, context: Context) -> None:
    """E_P[f(X)] = Σ w_i E_{P_i}[f(X)] for P = Σ w_i P_i."""
    f, x, law = parts_of(step.before)
    need(isinstance(law, Mixture) or None, "the law is no mixture")
    assert isinstance(law, Mixture)
    wanted = {Expectation(f, x, each): S.Zero for each in law.components}
    for w, each in zip(law.weights, law.components):
        wanted[Expectation(f, x, each)] += w
    rest, parts = linear_parts(step.after)
    need(context.zero(rest), "a constant appears from nowhere")
    need(set(wanted) == {each for _, each in parts} or None, "the expectations are not those under the components")
    need(all(context.zero(c - wanted[each]) for c, each in parts), "the weights are not those of the mixture")


def tilt(step: Step, context: Context) -> None:
    """E_P[f(X)] = E_B[g(X)] for measures on one range with f p = g b."""
    f, x, law = parts_of(step.before)
    g, y, base = parts_of(step.after)
    require(x == y and law.support == base.support, "the variable or its range changes")
    inside = context.at(law.support, x)
    truth = inside.zero(f - g * exp(base.log_density(x) - law.log_density(x)))
    need(truth or inside.zero(f * exp(law.log_density(x)) - g * exp(base.log_density(x))), "the weighted statistics differ")


def antiderivative(step: Step, context: Context) -> None:
    """On each piece (a, b) of the support G' = f p with G continuous; the value is Σ G(b−) − G(a+)."""
    f, x, law = parts_of(step.before)
    lower, upper = law.support.args[:2]
    need(not law.is_discrete, "a sum has no antiderivative")
    pieces = [(a, b, G, Ga, Gb) for a, b, G, Ga, Gb in step.data["pieces"]]
    partition([(a, b) for a, b, *_ in pieces], lower, upper, S.Zero, context)
    for a, b, G, Ga, Gb in pieces:
        piece = Continuum(a, b)
        inside = context.at(law.support, x).plus(*piece.facts(x))
        need(context.holds(a <= b), "{} <= {} is not known", a, b)
        need(vanishes(G.diff(x) - f * exp(law.log_density(x)), x, piece, inside), "G' is not f·p")
        require(continuous(G, x, inside.facts, (a, b)), "G is not seen to be continuous")
        for end, side, value in ((a, 1, Ga), (b, -1, Gb)):
            need(_ends_at(G, x, end, side, value, context), "the limit of G at {} is not {}", end, value)
    need(context.zero(step.after - Add(*(Gb - Ga for *_, Ga, Gb in pieces))), "the value is not the sum of the increments")


def _ends_at(G: Expr, x: Symbol, end: Expr, side: int, value: Expr, context: Context) -> bool | None:
    """Whether the limit of G is `value`: as a whole, or in each of the alternatives that are given."""
    if end.is_infinite is not True and continuous(G, x, context.facts, end):
        plain = G.xreplace({x: end})
        if same(plain, value, context):
            return True
    found = limit(G, x, end, side, context.facts)
    either = next((each for each in context.given if unfolded(each).has(Or)), None) if found is None else None
    if either is None:
        require(found is not None, "the limit of {} at {} is not known", G, end)
        assert found is not None
        return same(found, value, context)
    rest = Context(tuple(each for each in context.given if each is not either))
    for case in cases(unfolded(either)):
        for moved, inner in under(Tuple(G, end, value), case, rest):
            parts: Any = moved.args
            need(_ends_at(parts[0], x, parts[1], side, parts[2], inner), "the limit of {} at {} is not {}", *parts)
    return True


def is_normalised(law: Law, pushed: list[tuple[Law, tuple[Any, ...]]], context: Context) -> bool:
    """Total mass one: families by their catalogue entry, densities by a checked substitution or as a multiple of a master integrand."""
    if isinstance(law, Mixture):
        return bool(context.zero(Add(*law.weights) - 1)) and all(is_normalised(each, pushed, context) for each in law.components)
    if not isinstance(law, Density):
        return True
    for source, maps in pushed:
        targets = {target for *_, target in maps}
        one = context.zero(Add(*(w for w, *_ in maps)) - 1)
        if one and targets == {law} and source != law:
            others = [each for each in pushed if each != (source, maps)]
            if is_normalised(source, others, context):
                return True
        if one and source == law and law not in targets and all(is_normalised(target, [], context) for target in targets):
            return True
    if law.is_discrete:
        return has_mass_one(law, context)
    return _is_wave(law, context) or any(_is_multiple(law, entry, context) for entry in MASTERS.values())


def _is_wave(law: Density, context: Context) -> bool:
    """Whether p is a constant plus multiples of cos(au + b) and sin(au + b) whose antiderivative rises by one over a bounded support."""
    u, support = law.variable, law.support
    if not isinstance(support, Continuum) or support.lower.is_infinite or support.upper.is_infinite:
        return False
    total: Expr = S.Zero
    for term in Add.make_args(exp(law.log_density(u)).expand()):
        c, wave = term.as_independent(u, as_Add=False)
        slope = wave.args[0].diff(u) if isinstance(wave, (cos, sin)) else S.One
        if wave != 1 and (not isinstance(wave, (cos, sin)) or slope.has(u) or slope.is_nonzero is not True):
            return False
        total += c * (u if wave == 1 else sin(wave.args[0]) / slope if isinstance(wave, cos) else -cos(wave.args[0]) / slope)
    return context.zero(total.subs(u, support.upper) - total.subs(u, support.lower) - 1) is True


def _is_multiple(law: Density, entry: Master, context: Context) -> bool:
    """Whether p = integrand/value for parameters found from a linear system in slopes of log p, and then verified."""
    u, support = law.variable, law.support
    if entry.discrete or law.is_discrete or support != Continuum(entry.lower, entry.upper):
        return False
    slope = expand_log(log(entry.integrand), force=True).diff(entry.variable).xreplace({entry.variable: u})
    rows = [slope.xreplace({u: Rational(i, len(entry.parameters) + 1)}) for i in range(1, len(entry.parameters) + 1)]
    wanted = [law.log_density(u).diff(u).xreplace({u: Rational(i, len(rows) + 1)}) for i in range(1, len(rows) + 1)]
    matrix = Matrix([[row.diff(parameter) for parameter in entry.parameters] for row in rows])
    if matrix.free_symbols:
        return False
    try:
        solved = matrix.LUsolve(Matrix([w - row.xreplace(dict.fromkeys(entry.parameters, S.Zero)) for w, row in zip(wanted, rows)]))
    except NonInvertibleMatrixError:
        return False
    values = dict(zip(entry.parameters, solved))
    if is_nonzero_somewhere((law.log_density(u).diff(u) - slope.xreplace(values)).xreplace({u: Rational(1, 2 * len(rows) + 2)}), Facts()):
        # Most masters fail at one more place, where numbers tell it soon.
        return False
    inside = context.at(support, u)
    fits = inside.zero(law.log_density(u) - log(entry.integrand_at(u, values)) + log(entry.value_at(values)))
    return bool(fits) and all(context.holds(condition) for condition in entry.conditions_at(values))
