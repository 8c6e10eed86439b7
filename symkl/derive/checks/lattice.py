"""Steps of sums over lattices: written out or as SymPy's Sum, summation by parts, kinks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sympy import Abs, Add, Dummy, Eq, Expr, Max, Min, Piecewise, Poly, Rational, S, Sum, Symbol, exp, oo
from sympy.core.relational import Ge, Le
from sympy.core.symbol import Str

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice
from symkl.derive.checks.context import Context, beyond, need, require, same
from symkl.derive.checks.expectations import even, parts_of, same_mean
from symkl.derive.checks.masses import neighbours

__all__ = ["even_kink", "finite_sum", "lattice_kink", "telescoped_sum", "telescoping"]

#: Points that are equal exactly if they are written alike.
PLAIN = (Rational, Str)


def at_ends(expr: Expr) -> list[Expr]:
    """The expression with each Max and Min equal to one of its arguments, in all ways: one of them is the expression."""
    node = min(expr.atoms(Max, Min), key=lambda each: each.sort_key(), default=None)
    return [expr] if node is None else [each for arg in node.args for each in at_ends(expr.xreplace({node: arg}))]


def zero(expr: Expr, context: Context) -> bool | None:
    """Whether expr is 0, or is 0 whichever argument each Max and Min is equal to."""
    truth = context.zero(expr)
    return truth if truth is True or not expr.has(Max, Min) else (all(context.zero(each) for each in at_ends(expr)) or None)


def pointwise_zero(expr: Expr, law: Law, k: Any, context: Context, last: int = 0) -> bool | None:
    """Whether expr is 0 at every point of the support, but the `last` ones; the point comes first among symbols, so that Γ(n − k) counts downwards."""
    here = context.at(law.support, k)
    if last:
        here = here.plus(*(Le(k + last, end) for end in beyond(law.support.args[1], Min, context) if end is not oo))
    to = {k: Dummy("!", **k._assumptions_orig)}
    # maxima and minima are taken apart by now, and a sum may have k for its own variable
    return Context(tuple(c.xreplace(to) for c in here.given if not c.has(Max, Min, Sum))).zero(expr.xreplace(to))


def linear_sums(expr: Expr) -> tuple[Expr, list[tuple[Expr, Sum]]]:
    """c_0 and the pairs (c_i, S_i) with expr = c_0 + Σ c_i S_i, S_i sums."""
    names = {each: Dummy() for each in sorted(expr.atoms(Sum), key=lambda each: each.sort_key())}
    flat, unknown = expr.xreplace(names), set(names.values())
    parts = [(flat.diff(name), each) for each, name in names.items()]
    require(not any(c.free_symbols & unknown for c, _ in parts), "the expression is not linear in its sums")
    return flat.xreplace(dict.fromkeys(unknown, S.Zero)), parts


def values_at(f: Expr, k: Symbol, points: Iterable[Expr]) -> Iterator[Expr]:
    """f at each point. Where a Piecewise lists numbers or texts one by one, the first branch that names the point is taken, without asking each."""
    listed: dict[Expr, tuple[dict[Any, Expr], Expr]] = {}
    for piecewise in f.atoms(Piecewise):
        branches: Any = piecewise.args
        *named, (otherwise, last) = branches
        if last is S.true and all(isinstance(condition, Eq) and condition.lhs == k and isinstance(condition.rhs, PLAIN) for _, condition in named):
            listed[piecewise] = {condition.rhs: value for value, condition in reversed(named)}, otherwise
    for point in points:
        here = {piecewise: table.get(point, otherwise) for piecewise, (table, otherwise) in listed.items()} if isinstance(point, PLAIN) else {}
        yield f.xreplace(here).subs(k, point)


def finite_sum(step: Step, context: Context) -> None:
    """E[f(K)] = Σ f(k) p(k) over the listed points, or SymPy's Sum over the lattice, summand by summand."""
    f, k, law = parts_of(step.before)
    need(law.is_discrete, "the law is not discrete")
    if not step.after.has(Sum):
        support: Any = law.support
        points = support.points()
        require(points is not None, "the points are not listed")
        total = Add(*(value * exp(law.log_density(point)) for point, value in zip(points, values_at(f, k, points))))
        return need(context.zero(step.after - total), "the sum is not Σ f(k) p(k)")
    require(isinstance(law.support, Lattice) and law.support.step == 1, "the lattice is not of step 1")
    rest, sums = linear_sums(step.after)
    found = []
    for c, each in sums:
        require(len(each.limits) == 1 and len(each.limits[0]) == 3, "the sum is not over one range")
        j, lower, upper = each.limits[0]
        require(same(lower, law.support.args[0], context) and same(upper, law.support.args[1], context), "the range is not the support")
        found.append(c * each.function.xreplace({j: k}))
    need(context.zero(rest), "a term appears from nowhere")
    return need(pointwise_zero(Add(*found) * exp(-law.log_density(k)) - f, law, k, context), "the sum is not Σ f(k) p(k)")


def telescoping(step: Step, context: Context) -> tuple[Law, ...]:
    """f p = c p + ΔG with G = R p, p(k+1) D(k) = p(k) A(k): E f = c + G after the last point − G at the first, G → 0 at an infinite end."""
    f, k, law = parts_of(step.before)
    A, D, R = step.data["numerator"], step.data["denominator"], step.data["certificate"]
    lower, upper, gap = law.support.args
    require(gap == 1 and lower.is_finite and all(each.is_polynomial(k) for each in (A, D, R)), "this is no polynomial certificate")
    ratio = neighbours(law.log_density(k), k) or exp(law.log_density(k + 1) - law.log_density(k))
    need(pointwise_zero(ratio * D - A, law, k, context, 1), "A/D is not the ratio of neighbouring masses")
    after, remainder = Poly(R.xreplace({k: k + 1}) * A, k).div(Poly(D, k))
    require(context.zero(remainder.as_expr()), "R(k+1) A(k)/D(k) is not a polynomial")
    c = f - (after.as_expr() - R)
    constant = c.xreplace({k: S.Zero})
    need(context.zero(c - constant), "f − ΔG/p is not constant")
    last: Expr = S.Zero
    if upper is oo:
        decays(A, D, R, k, context)
    else:
        last = product_at(after.as_expr(), k, upper, law, context)
    first = product_at(R, k, lower, law, context)
    need(context.zero(step.after - (constant + last - first)), "the value is not c + G(end) − G(start)")
    return () if constant == 0 else (law,)


def product_at(factor: Expr, k: Symbol, end: Expr, law: Law, context: Context) -> Expr:
    value = factor.xreplace({k: end})
    return S.Zero if zero(value, context) else value * exp(law.log_density(end))


def decays(A: Expr, D: Expr, R: Expr, k: Symbol, context: Context) -> None:
    """R p → 0: p falls geometrically, or by Gauss' test like k^{−γ} with γ above the degree of R."""
    top, bottom = Poly(A, k), Poly(D, k)
    lead, m = bottom.LC(), bottom.degree()
    facts = context.facts
    if top.degree() < m or (top.degree() == m and facts.is_positive(lead - top.LC()) and facts.is_positive(lead + top.LC())):
        return
    need((top.degree() == m and context.zero(lead - top.LC())) or None, "the masses are not seen to fall")
    slope = (bottom.coeff_monomial(k ** (m - 1)) - top.coeff_monomial(k ** (m - 1))) / lead if m else S.Zero
    need(facts.is_positive(slope - Poly(R, k).degree()) or None, "G does not vanish at infinity")


def lattice_kink(step: Step, context: Context) -> None:
    """E|K − c| = E(K − c) + 2 Σ_{k<c} (c − k) p(k) for an integer c within the range."""
    f, k, law = parts_of(step.before)
    c, (lower, upper, gap) = step.data["kink"], law.support.args
    require(gap == 1 and lower.is_integer and c.is_integer, "the kink is not a point of the lattice")
    need(context.zero(f - Abs(k - c)), "the statistic is not |k − c|")
    need(context.holds(Ge(c, lower)), "the kink is not seen to be in the range")
    need(upper is oo or context.holds(Le(c, upper + 1)), "the kink is not seen to be in the range")
    rest, sums = linear_sums(step.after)
    require(len(sums) == 1, "there is not one sum")
    ((weight, below),) = sums
    j, start, stop = below.limits[0]
    need(same(start, lower, context) and same(stop, c - 1, context), "the sum is not below the kink")
    summand = weight * below.function.xreplace({j: k})
    need(pointwise_zero(summand - 2 * (c - k) * exp(law.log_density(k)), law, k, context), "the summand is not (c − k) p(k)")
    same_mean(Expectation(k - c, k, law), rest, context)


def telescoped_sum(step: Step, context: Context) -> None:
    """Σ_{k=a}^{b} g(k) = G(b+1) − G(a) with ΔG = g."""
    before: Any = step.before
    require(isinstance(before, Sum) and len(before.limits) == 1, "this is no sum over one range")
    k, a, b = before.limits[0]
    G = step.data["G"]
    need(context.holds(Le(a, b + 1)), "the range may be empty backwards")
    within = context.plus(*(fact for fact in (Ge(k, a), Le(k, b)) if fact is not S.true))
    need(within.zero(G.xreplace({k: k + 1}) - G - before.function), "ΔG is not the summand")
    need(context.zero(step.after - (G.xreplace({k: b + 1}) - G.xreplace({k: a}))), "the value is not G(b+1) − G(a)")


def even_kink(step: Step, context: Context) -> None:
    """E|K − c| = E|K − m − |c − m|| for P even about m."""
    f, k, law = parts_of(step.before)
    m, c = step.data["centre"], step.data["kink"]
    even(law, k, m, context)
    need(context.zero(f - Abs(k - c)), "the statistic is not |k − c|")
    same_mean(Expectation(Abs(k - m - Abs(c - m)), k, law), step.after, context)
