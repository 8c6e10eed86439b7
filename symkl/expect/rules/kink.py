"""E|X − c|: the range is taken apart at the kink, and each side has an antiderivative in the standard variable.

For a law even about m only δ = |c − m| matters: E|X − c| = δ + E[(|X − m| − δ)⁺]. Otherwise the answer depends on whether c lies
inside the support, which becomes a Piecewise where it is not known.
"""

from __future__ import annotations

from sympy import Abs, Add, Expr, Ge, Le, Max, Piecewise, S, Symbol, exp, log, oo
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum, Support
from symkl.expect.limits import limit_at
from symkl.expect.moves.breakpoints import place_of_kink
from symkl.expect.primitives import primitive
from symkl.expect.reduce import reduce_law, resolve_branches
from symkl.expect.rules import standard_form
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Piece, with_facts
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["resolved", "rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    centre = place_of_kink(f, x)
    if centre is None or not isinstance(law.support, Continuum):
        return None
    reduction = reduce_law(law, facts)
    if reduction is None:
        return None
    if reduction.centre is not None and len(reduction.pieces) == 2:
        return _even(f, x, law, centre, reduction.centre, reduction.pieces[0], facts)
    if len(reduction.pieces) == 1:
        return _single(f, x, law, centre, reduction.pieces[0], facts)
    return None


def resolved(f: Expr, x: Symbol, support: Support, facts: Facts) -> Expr:
    """f with the absolute values taken off whose sign is known on the support, and branches decided."""
    return resolve_branches(f, with_facts(facts, support.facts(x)))


def _even(f: Expr, x: Symbol, law: Law, c: Expr, m: Expr, half: Piece, facts: Facts) -> Outcome | None:
    lower, upper = half.law.support.args
    delta = Abs(c - m)
    d = Symbol("delta", positive=True)
    u = half.variable
    excess = (half.inverse - m).expand() - d
    threshold = _solve(excess, u, facts)
    if threshold is None:
        return None
    value = _side(excess, half, threshold, upper, facts)
    if value is None:
        return None
    G, at_threshold, at_end = value
    total = d + at_end - at_threshold
    statistic = Max(excess, 0).xreplace({d: delta})
    back = {d: delta}
    inner = Expectation(statistic, u, half.law)
    maps = ((S.Half, half.inverse, u, half.law),)
    first = Step(Expectation(f, x, law), delta + inner, "symmetric kink", f"symmetry about {m}", data={"centre": m, "kink": c, "maps": maps})
    pieces = (
        (lower, threshold.xreplace(back), S.Zero, S.Zero, S.Zero),
        (threshold.xreplace(back), upper, G.xreplace(back), at_threshold.xreplace(back), at_end.xreplace(back)),
    )
    second = Step(inner, (at_end - at_threshold).xreplace(back), "antiderivative", "antiderivative beyond the kink", data={"pieces": pieces})
    return Outcome(total.xreplace(back), (first, second))


def _side(h: Expr, this: Piece, lower: Expr, upper: Expr, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """∫ h p over (lower, upper) in the standard variable: the antiderivative and its values at the two ends."""
    u = this.variable
    inside = with_facts(facts, this.law.support.facts(u))
    density = expand_in(exp(this.law.log_density(u)), u, inside)
    parts = []
    for a, n in expand_in(h, u, inside):
        for b, m in density:
            G = primitive(n * m, u, inside)
            if G is None:
                return None
            parts.append(a * b * G)
    G = Add(*parts)
    low = limit_at(G, u, lower, True, facts)
    high = limit_at(G, u, upper, False, facts)
    return None if low is None or high is None else (G, low, high)


def _solve(h: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """The zero of h(u) = a + b·m(u), m a power, a logarithm or an exponential."""
    terms = expand_in(h, u, facts)
    moving = [(b, m) for b, m in terms if m != ONE]
    if len(moving) != 1:
        return None
    b, m = moving[0]
    level = -sum((c for c, n in terms if n == ONE), S.Zero) / b
    if m == Monomial(power=m.power):
        return level if m.power == 1 else level ** (1 / m.power)
    if m == Monomial(logs=1):
        return exp(level)
    if m == Monomial(rate=m.rate):
        return log(level) / m.rate
    return None


def _single(f: Expr, x: Symbol, law: Law, c: Expr, this: Piece, facts: Facts) -> Outcome | None:
    support = law.support
    assert isinstance(support, Continuum)
    below = _placed(support.lower, c, facts)
    above = _placed(c, support.upper, facts)
    if below is S.false:
        return _plain(x - c, f, x, law, facts)
    if above is S.false:
        return _plain(c - x, f, x, law, facts)
    within = _within(f, x, law, c, this, facts)
    if within is None or (below is S.true and above is S.true):
        return within
    return _branches(f, x, law, c, within, below, above, facts)


def _placed(small: Expr, large: Expr, facts: Facts) -> Boolean | None:
    """Whether small < large: true, false (then small >= large), or None for not known."""
    if small is -oo or large is oo:
        return S.true
    difference = large - small
    if facts.is_positive(difference):
        return S.true
    return S.false if facts.is_nonnegative(-difference) else None


def _plain(inside: Expr, f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    outcome = standard_form.rule(inside, x, law, facts)
    if outcome is None:
        return None
    first = Step(Expectation(f, x, law), Expectation(inside, x, law), "algebra", "the kink lies outside the support")
    return Outcome(outcome.value, (first, *outcome.steps), outcome.conditions)


def _within(f: Expr, x: Symbol, law: Law, c: Expr, this: Piece, facts: Facts) -> Outcome | None:
    """c inside the support: −∫ (x − c) p below it and +∫ above, in the standard variable."""
    u = this.variable
    # Inside, c is positive wherever the inverse map is.
    inner = facts if facts.is_positive(c) or not this.inverse.is_positive else Facts((*facts.positive, c), facts.nonnegative)
    h = this.inverse - c
    threshold = _solve(h, u, inner)
    if threshold is None:
        return None
    lower, upper = this.law.support.args
    left = _side(h, this, lower, threshold, inner)
    right = _side(h, this, threshold, upper, inner)
    if left is None or right is None:
        return None
    slope = this.inverse.diff(u)
    rising = S.One if inner.is_positive(slope) else S.NegativeOne if inner.is_negative(slope) else None
    if rising is None:
        return None
    total = rising * ((right[2] - right[1]) - (left[2] - left[1]))
    statistic = f.xreplace({x: this.inverse})
    atom = Expectation(statistic, u, this.law)
    first = Step(
        Expectation(f, x, law),
        atom,
        "substitution",
        f"substitution {x} = {this.inverse}",
        data={"maps": ((S.One, this.inverse, u, this.law),)},
    )
    pieces = (
        (lower, threshold, -rising * left[0], -rising * left[1], -rising * left[2]),
        (threshold, upper, rising * right[0], rising * right[1], rising * right[2]),
    )
    second = Step(atom, total, "antiderivative", "antiderivatives on both sides of the kink", data={"pieces": pieces})
    return Outcome(total, (second,) if atom == Expectation(f, x, law) else (first, second))


def _branches(f: Expr, x: Symbol, law: Law, c: Expr, within: Outcome, below: Boolean | None, above: Boolean | None, facts: Facts) -> Outcome | None:
    """The Piecewise over the place of c."""
    support = law.support
    assert isinstance(support, Continuum)
    branches: list[tuple[Expr, Boolean]] = []
    steps: list[Step] = []
    for known, inside, condition in ((below, x - c, Le(c, support.lower)), (above, c - x, Ge(c, support.upper))):
        if known is S.true:
            continue
        outcome = standard_form.rule(inside, x, law, facts)
        if outcome is None:
            return None
        branches.append((outcome.value, condition))
        steps += [step for step in outcome.steps if step not in steps]
    value = Piecewise(*branches, (within.value, True))
    step = Step(
        Expectation(f, x, law),
        value,
        "branches",
        "the place of the kink",
        data={"kink": c, "branches": tuple(steps), "within": within.steps},
    )
    return Outcome(value, (step,), within.conditions)
