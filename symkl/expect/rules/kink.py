"""E|X − c|, and E of a statistic by cases x < c and x > c: the range is taken apart there, and each side has an antiderivative.

For a law even about m only δ = |c − m| matters: E|X − c| = δ + E[(|X − m| − δ)⁺]. Otherwise the answer depends on whether c lies
inside the support, which becomes a Piecewise where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sympy import Abs, Add, Expr, Ge, Gt, Le, Lt, Max, Mul, Piecewise, Pow, S, Symbol, exp, log, oo
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum, Support
from symkl.expect.limits import limit_at
from symkl.expect.moves import MOVES
from symkl.expect.moves.breakpoints import breakpoint_of, place_of_kink
from symkl.expect.primitives import primitive
from symkl.expect.reduce import reduce_law, resolve_branches, transport
from symkl.expect.rules import antiderivative
from symkl.expect.rules.base import Outcome, Rule
from symkl.expect.rules.kinked_law import Kinked, inner_outcomes, kink_of_law
from symkl.expect.shapes import Piece, Profile, with_facts
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["resolved", "rule_with"]

#: No more substitutions than this are tried one after the other.
LONGEST_WAY = 3


def _kinked(f: Any, x: Symbol) -> Kinked | None:
    # |x − c|³ is written (x − c)²|x − c|.
    distance = next((each for each in Mul.make_args(f) if each.has(Abs)), f)
    base, power = (distance.base, distance.exp) if isinstance(distance, Pow) and not distance.exp.has(x) else (distance, S.One)
    c = place_of_kink(base, x)
    if c is not None and not (rest := f / distance).has(Abs, Piecewise):
        return Kinked(rest * (c - x) ** power, rest * (x - c) ** power, c)
    branches: Any = f.args
    if not isinstance(f, Piecewise) or len(branches) != 2 or branches[1][1] is not S.true or f.count(Piecewise) > 1:
        return None
    (first, condition), (second, _) = branches
    c = breakpoint_of(f, x)
    if c is None or c.has(x) or not isinstance(condition, (Gt, Ge, Lt, Le)):
        return None
    return Kinked(first, second, c) if (condition.gts - condition.lts).diff(x).is_negative else Kinked(second, first, c)


def rule_with(first_outcome: Rule) -> Rule:
    """The rule, given how the expectation is found where the kink lies outside of the support."""

    def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
        kinked = _kinked(f, x)
        if kinked is None or not isinstance(law.support, Continuum):
            return None
        special = antiderivative.special_case(law.log_density(x), x)
        if special is not None and not isinstance(f, Abs):
            return None
        if special is not None:
            # A constant of the density by cases: the generic one, and the law at the special point.
            generic = _through(f, x, law, kinked, antiderivative.off_case(law.log_density(x), special), facts)
            return antiderivative.joined(f, x, law, facts, special, generic, rule)
        reduction = reduce_law(law, facts)
        if reduction is not None and reduction.centre is not None and len(reduction.pieces) == 2 and isinstance(f, Abs):
            return _even(f, x, law, kinked.c, reduction.centre, reduction.pieces[0], facts)
        standard = reduction.pieces if reduction is not None and len(reduction.pieces) == 1 else ()
        return _through(f, x, law, kinked, law.log_density(x), facts, standard)

    def _through(f: Expr, x: Symbol, law: Law, kinked: Kinked, log_density: Expr, facts: Facts, standard: tuple[Piece, ...] = ()) -> Outcome | None:
        k = kink_of_law(law, x, facts)
        if k is not None:
            return _between_kinks(f, x, law, kinked, k, facts, first_outcome)
        pieces = (*standard, *_on_the_way(x, log_density, law.support, facts))
        asked = (_single(f, x, law, kinked, each, facts, first_outcome, rule) for each in pieces)
        return next((outcome for outcome in asked if outcome is not None), None)

    return rule


def _on_the_way(x: Symbol, log_density: Expr, support: Support, facts: Facts) -> Iterator[Piece]:
    """The law as it is, and after each of its first substitutions: there its density may have an antiderivative too."""
    this = Piece("itself", (), x, Density.from_log(log_density, x, support))
    yield this
    for _ in range(LONGEST_WAY):
        profile = Profile(this.law.log_density(this.variable), this.variable, this.law.support, facts)
        found = next((moves for moves in (move(profile) for move in MOVES) if moves is not None), ())
        if len(found) != 1:
            return
        (each,) = found
        moved = transport(profile, each)
        inverse = this.inverse.xreplace({this.variable: each.inverse})
        this = Piece("moved", (), inverse, Density.from_log(moved.log_density, each.variable, each.support))
        yield this


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
    inside = with_facts(with_facts(facts, this.law.support.facts(u)), Continuum(lower, upper).facts(u))
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
    scale = _scale_in_logarithm(m, u)
    return None if scale is None else (exp(level) - 1) / scale


def _scale_in_logarithm(m: Monomial, u: Symbol) -> Expr | None:
    """λ, if m = log(1 + λu)."""
    if len(m.factors) != 1 or m != Monomial(factors=m.factors) or m.factors[0][1] != 1 or not isinstance(m.factors[0][0], log):
        return None
    inside: Expr = m.factors[0][0].args[0]
    scale = inside.diff(u)
    return scale if not scale.has(u) and (inside - 1 - scale * u).expand() == 0 else None


def _single(f: Expr, x: Symbol, law: Law, kinked: Kinked, this: Piece, facts: Facts, first_outcome: Rule, again: Rule) -> Outcome | None:
    support = law.support
    assert isinstance(support, Continuum)
    below = _placed(support.lower, kinked.c, facts)
    above = _placed(kinked.c, support.upper, facts)
    if below is S.false:
        return _plain(kinked.above, f, x, law, facts, first_outcome)
    if above is S.false:
        return _plain(kinked.below, f, x, law, facts, first_outcome)
    within = _within(f, x, law, kinked, this, facts, again)
    if within is None or (below is S.true and above is S.true):
        return within
    return _branches(f, x, law, kinked, within, below, above, facts, first_outcome)


def _between_kinks(f: Expr, x: Symbol, law: Law, kinked: Kinked, k: Expr, facts: Facts, first_outcome: Rule) -> Outcome | None:
    support = law.support
    assert isinstance(support, Continuum)
    below, above = _placed(support.lower, kinked.c, facts), _placed(kinked.c, support.upper, facts)
    if S.false in (below, above):
        return _plain(kinked.above if below is S.false else kinked.below, f, x, law, facts, first_outcome)
    found = inner_outcomes(f, x, law, kinked, k, facts)
    if found is None:
        return None
    *others, (_, last) = found
    if not others and below is S.true and above is S.true:
        return last
    return _branches(f, x, law, kinked, last, below, above, facts, first_outcome, others)


def _placed(small: Expr, large: Expr, facts: Facts) -> Boolean | None:
    """Whether small < large: true, false (then small >= large), or None for not known."""
    if small is -oo or large is oo:
        return S.true
    difference = large - small
    if facts.is_positive(difference):
        return S.true
    return S.false if facts.is_nonnegative(-difference) else None


def _mean(inside: Expr, x: Symbol, law: Law, facts: Facts, first_outcome: Rule) -> Outcome | None:
    """E[f(X)] as it is, or term by term."""
    outcome = first_outcome(inside, x, law, facts)
    if outcome is not None:
        return outcome
    terms = expand_in(inside, x, with_facts(facts, law.support.facts(x)))
    if len(terms) < 2:
        return None
    found = [(c, m, first_outcome(m.expr(x), x, law, facts) if m != ONE else Outcome(S.One, ())) for c, m in terms]
    if any(each is None for *_, each in found):
        return None
    known = [(c, m, each) for c, m, each in found if each is not None]
    parts = Add(*(c * Expectation(m.expr(x), x, law) if m != ONE else c for c, m, _ in known))
    first = Step(Expectation(inside, x, law), parts, "linearity", "linearity of the expectation")
    steps = dict.fromkeys((first, *(step for *_, each in known for step in each.steps)))
    conditions = dict.fromkeys(condition for *_, each in known for condition in each.conditions)
    return Outcome(Add(*(c * each.value for c, _, each in known)), tuple(steps), tuple(conditions))


def _plain(inside: Expr, f: Expr, x: Symbol, law: Law, facts: Facts, first_outcome: Rule) -> Outcome | None:
    outcome = _mean(inside, x, law, facts, first_outcome)
    if outcome is None:
        return None
    first = Step(Expectation(f, x, law), Expectation(inside, x, law), "algebra", "the kink lies outside the support")
    return Outcome(outcome.value, (first, *outcome.steps), outcome.conditions)


def _within(f: Expr, x: Symbol, law: Law, kinked: Kinked, this: Piece, facts: Facts, again: Rule) -> Outcome | None:
    """c inside the support: ∫ of the one below it and of the other above, in the standard variable."""
    u, c = this.variable, kinked.c
    # Inside, c is positive wherever the inverse map is.
    inner = facts if facts.is_positive(c) or not this.inverse.is_positive else Facts((*facts.positive, c), facts.nonnegative)
    threshold = _solve(this.inverse - c, u, inner)
    slope = this.inverse.diff(u)
    rising, falling = inner.is_positive(slope), inner.is_negative(slope)
    if threshold is None or not (rising or falling):
        return None
    lower, upper = this.law.support.args
    first, second = (each.xreplace({x: this.inverse}) for each in ((kinked.below, kinked.above) if rising else (kinked.above, kinked.below)))
    left = _side(first, this, lower, threshold, inner)
    right = _side(second, this, threshold, upper, inner)
    if left is None or right is None:
        return None
    for G, end in ((left[0], lower), (right[0], upper)):
        edge = None if end.is_infinite or isinstance(f, Abs) else antiderivative.edge_of(G, u, end, law, facts)
        if edge is not None:
            return antiderivative.at_edge(f, x, law, facts, edge, again)
    total = right[2] - right[1] + left[2] - left[1]
    atom = Expectation(f.xreplace({x: this.inverse}), u, this.law)
    shown = Step(
        Expectation(f, x, law),
        atom,
        "substitution",
        f"substitution {x} = {this.inverse}",
        data={"maps": ((S.One, this.inverse, u, this.law),)},
    )
    pieces = ((lower, threshold, *left), (threshold, upper, *right))
    then = Step(atom, total, "antiderivative", "antiderivatives on both sides of the kink", data={"pieces": pieces})
    return Outcome(total, (then,) if atom == Expectation(f, x, law) else (shown, then))


def _branches(
    f: Expr,
    x: Symbol,
    law: Law,
    kinked: Kinked,
    within: Outcome,
    below: Boolean | None,
    above: Boolean | None,
    facts: Facts,
    first_outcome: Rule,
    others: Iterable[tuple[Boolean, Outcome]] = (),
) -> Outcome | None:
    """The Piecewise over the place of c, with other cases inside the support before the last."""
    support, c = law.support, kinked.c
    assert isinstance(support, Continuum)
    branches: list[tuple[Expr, Boolean]] = []
    steps: list[Step] = []
    for known, inside, condition in ((below, kinked.above, Le(c, support.lower)), (above, kinked.below, Ge(c, support.upper))):
        if known is S.true:
            continue
        outcome = _mean(inside, x, law, facts | Facts.of(condition), first_outcome)
        if outcome is None:
            return None
        branches.append((outcome.value, condition))
        steps += [step for step in outcome.steps if step not in steps]
    for place, inner in others:
        branches.append((inner.value, place))
        steps += inner.steps
    value = Piecewise(*branches, (within.value, True))
    step = Step(
        Expectation(f, x, law),
        value,
        "branches",
        "the place of the kink",
        data={"kink": c, "branches": tuple(steps), "within": within.steps},
    )
    return Outcome(value, (step,), within.conditions)
