"""Whether E_P f(X) is finite, decided before any integration: at the ends of the support, and where f may be infinite inside.

At an end the density is e^{E(t)} and |f| and |dx/dt| have scales too; ∫ p|f| converges there if and only if the scale of the product beats
1/t. Of a sum the leading term decides, and for f = log p − log q a divergent E|f| is the same as D_KL(P ‖ Q) = ∞: the negative part of
p log(p/q) is always integrable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sympy import Abs, Add, And, Basic, Eq, Expr, Integer, Mul, Ne, Or, Piecewise, Pow, S, Symbol, log, oo
from sympy.logic.boolalg import Boolean

from symkl.core.composite import Mixture
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.errors import DomainError, Undecided
from symkl.expect.growth import LOG, ONE, Growth, Scale, T, compare, converges, dominant
from symkl.expect.growth_conditions import answers, condition_of, conjunction, is_void
from symkl.expect.growth_expand import End, Place, constant, expand, exponent_parts, holds_near
from symkl.expect.growth_points import has_nested_log, is_entire, poles, suspects, zeros
from symkl.expect.growth_signs import CaseTree, Imprecise, Known, Replacement, Split, Void, case_tree, nonzero, sign, unfolded
from symkl.form.facts import Facts

__all__ = ["divergent_sign", "finite_condition"]

#: How many terms past the leading one an expansion keeps, at first and when that was not enough.
ORDERS = (1, 3, 6)
FINITE, PLUS, MINUS, INFINITE = 0, 1, -1, 2
#: Up to how many points of a lattice are looked at one by one.
MAX_POINTS = 32
JACOBIAN = T ** Integer(-2)
NO_FACTS = Facts()


@dataclass(frozen=True)
class Question:
    """f and P with the replacements of the present case put in, and what is known in it."""

    f: Expr
    x: Symbol
    law: Law
    known: Known
    signed: bool


Site = Callable[[Question], int]


def finite_condition(f: Expr, x: Symbol, law: Law, facts: Facts = NO_FACTS, given: Boolean = S.true) -> Boolean:
    """The exact condition under which E_P|f(X)| < ∞.

    For f = log p − log q its complement is the condition of D_KL(P ‖ Q) = ∞, given that P is absolutely continuous with respect to Q.
    `given` is a condition that may be assumed besides the facts, such as supp P ⊂ supp Q with end points that are a `Piecewise`.
    `Undecided` is raised where the growth of f or a sign cannot be found.

    >>> from sympy import Symbol, log
    >>> from symkl import Gamma
    >>> x, alpha, beta = (Symbol(name, positive=True) for name in ("x", "alpha", "beta"))
    >>> finite_condition(1/x, x, Gamma(alpha, beta)), finite_condition(log(x)**2, x, Gamma(alpha, beta))
    (alpha > 1, True)
    """
    parts: list[Boolean] = []
    for present, f_, x_, law_, known in _components(f, x, law, facts, given):
        whole: list[Boolean] = []
        for trees in _sites(f_, x_, law_, known, signed=False):
            condition = _alternatives(trees, known)
            if condition is S.false and present is S.true:
                return S.false
            whole.append(condition)
        parts.append(Or(Not_(present), conjunction(whole, known.facts)))
    return conjunction(parts, facts)


def divergent_sign(f: Expr, x: Symbol, law: Law, facts: Facts = NO_FACTS, given: Boolean = S.true) -> int | None:
    """+1 or −1 if E_P f(X) = ±∞ wherever it is not finite; None if it never diverges or diverges to both sides.

    >>> from sympy import Symbol, log
    >>> from symkl import Cauchy
    >>> x = Symbol("x", real=True)
    >>> divergent_sign(x**2, x, Cauchy(0, 1)), divergent_sign(x, x, Cauchy(0, 1))
    (1, None)
    """
    found: set[int] = set()
    for _, f_, x_, law_, known in _components(f, x, law, facts, given):
        for trees in _sites(f_, x_, law_, known, signed=True):
            for _, tree in trees:
                found |= answers(tree)
    found.discard(FINITE)
    return found.pop() if found in ({PLUS}, {MINUS}) else None


def Not_(condition: Boolean) -> Boolean:  # noqa: N802
    return S.false if condition is S.true else ~condition


def _components(f: Expr, x: Symbol, law: Law, facts: Facts, given: Boolean) -> Iterator[tuple[Boolean, Expr, Symbol, Law, Known]]:
    """(weight is not zero, f, x, law, what is known) for the law, or for each component of a mixture."""
    if isinstance(law, Mixture):
        for weight, each in zip(law.weights, law.components):
            present = S.true if weight.is_positive or facts.is_positive(weight) else Ne(weight, 0)
            for inner, *rest in _components(f, x, each, facts, given):
                yield (And(present, inner), *rest)  # type: ignore[misc]
        return
    variable = _variable(law)
    f = f.xreplace({x: variable})
    yield S.true, f, variable, law, _real(f, variable, law, _known(law, facts, given))


@lru_cache(maxsize=4096)
def _variable(law: Law) -> Symbol:
    return law.support.variable("x_")


@lru_cache(maxsize=4096)
def _known(law: Law, facts: Facts, given: Boolean) -> Known:
    """The facts, the law's conditions, that its support is not empty, and the given condition."""
    more = facts | Facts.of(law.conditions)
    support = law.support
    if not isinstance(support, Outcomes):
        gap = support.upper - support.lower
        if gap.free_symbols and gap.is_finite and not gap.has(Piecewise):
            more = more | Facts.of([gap > 0 if isinstance(support, Continuum) else gap >= 0])
    conditions = And.make_args(given)
    pending = tuple(sorted((each for each in conditions if each.has(Piecewise)), key=lambda each: each.sort_key()))
    return Known(unfolded(more | Facts.of(each for each in conditions if not each.has(Piecewise))), pending=pending)


@lru_cache(maxsize=8192)
def _real(f: Expr, x: Symbol, law: Law, known: Known) -> Known:
    """f is real on the support, so a linear function whose logarithm is taken is not negative at its ends."""
    more: list[Expr] = []
    if not isinstance(law.support, Outcomes):
        for kind, h in suspects(f, x):
            if kind == "log" and x not in h.diff(x).free_symbols:
                values = [h.xreplace({x: end}) for end in law.support.args[:2] if end.is_finite]
                more += [value for value in values if value.free_symbols and not known.facts.is_nonnegative(value)]
    return known.plus(Facts((), tuple(more))) if more else known


def _sites(f: Expr, x: Symbol, law: Law, known: Known, signed: bool) -> Iterator[list[tuple[Boolean, CaseTree[int]]]]:
    """For every place where f may be too large: the alternatives (condition, tree of cases) that make its answer."""
    support = law.support
    if isinstance(support, Outcomes):
        points: tuple[Basic, ...] | None = support.args
    else:
        # A few points are looked at one by one, whatever the form of f.
        points = support.points(MAX_POINTS) if isinstance(support, Lattice) and f.has(Piecewise) else None
    if points is not None:
        for label in points:
            yield [(S.true, _ask(f, x, law, known, signed, lambda q, at=label: _at_point(q, at)))]  # type: ignore[misc]
        return
    if not isinstance(support, (Continuum, Lattice)):
        raise Undecided(f"finiteness under {law}: its support is not known")
    for side in (1, -1):
        point, infinity = (support.lower, -oo) if side > 0 else (support.upper, oo)
        at_infinity = lambda q, side=side, e=infinity: _at_end(q, End(e, side))  # noqa: E731
        at_value = lambda q, side=side: _at_end(q, _finite_end(q, side))  # noqa: E731
        if point.is_infinite:
            yield [(S.true, _ask(f, x, law, known, signed, at_infinity))]
        elif point.is_finite is None and point.is_extended_real and point.is_Symbol:
            yield [
                (Eq(point, infinity), _ask(f, x, law, known, signed, at_infinity)),
                (Ne(point, infinity), _ask(f, x, law, known, signed, at_value)),
            ]
        else:
            yield [(S.true, _ask(f, x, law, known, signed, at_value))]
    for site in _inside(f, x, law, known):
        yield [(S.true, _ask(f, x, law, known, signed, site))]


def _ask(f: Expr, x: Symbol, law: Law, known: Known, signed: bool, site: Site) -> CaseTree[int]:
    def question(known: Known, replacement: Replacement) -> int:
        if not replacement:
            return site(Question(f, x, law, known, signed))
        try:
            case = law.xreplace(replacement)
        except DomainError:
            raise Void from None
        return site(Question(f.xreplace(replacement), x, case, known, signed))

    return case_tree(question, known)


def _alternatives(trees: list[tuple[Boolean, CaseTree[int]]], known: Known) -> Boolean:
    conditions = [(when, condition_of(tree, lambda answer: answer == FINITE, known.facts)) for when, tree in trees]
    real = [(when, condition) for when, condition in conditions if condition is not None]
    if not real:
        if any(is_void(tree) for _, tree in trees):
            raise Undecided("the function is not real near an end of the support")
        # What is given cannot hold.
        return S.true
    if len({condition for _, condition in real}) == 1:
        return real[0][1]
    return Or(*(And(when, condition) for when, condition in real))


# One end of the support


def _finite_end(q: Question, side: int) -> End:
    """The end of the support in the present case."""
    support = q.law.support
    point = support.lower if side > 0 else support.upper
    while isinstance(point, Piecewise):
        place = Place(q.x, End(S.Zero, 1), q.known)
        branches = [branch for branch, condition in point.args if holds_near(condition, place)]
        if not branches:
            raise Void
        point = branches[0]
    return End(point, side)


def _at_end(q: Question, end: End) -> int:
    if isinstance(q.law.support, Lattice) and not end.is_infinite:
        return _at_point(q, end.point)
    f = _moving(q.f, q.x, end)
    if f == 0:
        return FINITE
    jacobian = ONE if end.is_infinite else JACOBIAN

    def integrable(at: Place) -> Callable[[Scale], bool]:
        scale, errors = _weight(q.law, at)
        scale = scale * jacobian
        return lambda m: converges(scale * m, errors, at.known)

    return _size(f, Place(q.x, end, q.known), integrable, q.signed)


@lru_cache(maxsize=8192)
def _moving(f: Expr, x: Symbol, end: End) -> Expr:
    """f without the terms that are bounded near the end whatever the parameters."""
    if end.is_infinite:
        return Add(*(term for term in Add.make_args(f) if x in term.free_symbols))
    return Add(*(term for term in Add.make_args(f) if not is_entire(term, x)))


@lru_cache(maxsize=8192)
def _weight(law: Law, at: Place) -> tuple[Scale, tuple[Scale, ...]]:
    """(scale, errors) of the density at the place: p = scale · e^{O(errors)}."""
    scale, _, _, loose = exponent_parts(expand(_log_density(law, at.x), at), at.known)
    return scale, tuple(error for error in loose if compare(error, ONE, at.known) > 0)


@lru_cache(maxsize=4096)
def _log_density(law: Law, x: Symbol) -> Expr:
    return law.log_density(x)


def _at_point(q: Question, point: Expr) -> int:
    """f at a point that carries mass: it must not be infinite there."""
    f = _settled(q.f, q, point)
    value = f.xreplace({q.x: point})
    if not value.has(S.NaN, S.ComplexInfinity, oo, -oo) and not any(_vanishes(kind, h, q, point) for kind, h in suspects(f, q.x)):
        return FINITE
    if not point.is_extended_real and point.is_Symbol and not f.free_symbols & {point}:
        raise Undecided(f"whether {f} is finite at the outcome {point}")
    side = -1 if point == getattr(q.law.support, "upper", None) else 1
    return _size(f, Place(q.x, End(point, side), q.known), lambda at: lambda m: compare(m, ONE, at.known) <= 0, q.signed)


def _settled(f: Expr, q: Question, point: Expr) -> Expr:
    """f with the branch of every Piecewise that holds at the point."""
    for piece in sorted(f.atoms(Piecewise), key=str):
        for branch, condition in piece.args:
            if holds_near(condition.xreplace({q.x: point}), Place(q.x, End(S.Zero, 1), q.known)):
                f = f.xreplace({piece: branch})
                break
    return f


def _vanishes(kind: str, h: Expr, q: Question, point: Expr) -> bool:
    value = h.xreplace({q.x: point})
    if value.has(S.NaN, S.ComplexInfinity, oo, -oo):
        return True
    return sign(value, q.known) <= 0 if kind == "gamma" else not nonzero(value, q.known)


# Sums: the leading term decides


def _size(f: Expr, at: Place, fine: Callable[[Place], Callable[[Scale], bool]], signed: bool) -> int:
    """FINITE if every term of f that does not cancel is fine; else the sign of the leading term (or INFINITE, unless `signed`)."""
    if not signed and _surely_fine(f, at, fine):
        return FINITE
    for order in ORDERS:
        place = Place(at.x, at.end, at.known, order)
        try:
            return _size_of(expand(f, place), place, fine(place), signed)
        except Imprecise:
            continue
    raise Undecided(f"the growth of {f} near {at.end}: its leading terms cancel", ("growth scale",))


def _surely_fine(f: Expr, at: Place, fine: Callable[[Place], Callable[[Scale], bool]]) -> bool:
    """Whether each term of f is fine by itself, so that no cancellation or order of terms matters."""
    try:
        test = fine(at)
        return all(test(m) for m in bounds(f, at))
    except (Split, Imprecise, Void, Undecided):
        return False


def _size_of(growth: Growth, at: Place, fine: Callable[[Scale], bool], signed: bool) -> int:
    terms = dict(growth.terms)
    while True:
        largest = _largest(terms, fine, at.known)
        if largest is None:
            break
        if fine(largest):
            # What is smaller is fine as well.
            break
        if not nonzero(terms[largest], at.known):
            del terms[largest]
            continue
        if any(compare(error, largest, at.known) >= 0 for error in growth.errors):
            raise Imprecise
        return sign(terms[largest], at.known) if signed else INFINITE
    if all(fine(error) for error in growth.errors):
        return FINITE
    raise Imprecise


def _largest(terms: dict[Scale, Expr], fine: Callable[[Scale], bool], known: Known) -> Scale | None:
    """The largest scale; where the order is open, the largest of those that are not fine, or any if all are."""
    try:
        return dominant(terms, known, lambda coefficient, known: True)
    except Split:
        heavy = {m: c for m, c in terms.items() if not fine(m)}
        return dominant(heavy, known, lambda coefficient, known: True) if heavy else next(iter(terms))


def bounds(expr: Expr, at: Place) -> tuple[Scale, ...]:
    """Scales with |expr| = O(their sum), found with as few questions about signs as possible."""
    if at.x not in expr.free_symbols or (not at.end.is_infinite and is_entire(expr, at.x)):
        return (ONE,)
    if isinstance(expr, Add):
        return tuple(dict.fromkeys(m for term in expr.args for m in bounds(term, at)))
    if isinstance(expr, Mul):
        scales: tuple[Scale, ...] = (ONE,)
        for factor in expr.args:
            if at.x in factor.free_symbols:
                scales = tuple(dict.fromkeys(a * b for a in scales for b in bounds(factor, at)))
        return scales
    if isinstance(expr, Pow) and expr.args[1].is_Integer and expr.args[1].is_positive:
        return tuple(m ** expr.args[1] for m in bounds(expr.args[0], at))
    if isinstance(expr, Abs):
        return bounds(expr.args[0], at)
    if isinstance(expr, Piecewise):
        return tuple(dict.fromkeys(m for branch, _ in expr.args for m in bounds(branch, at)))
    if isinstance(expr, log) and not at.end.is_infinite and is_entire(expr.args[0], at.x) and not expr.args[0].has(Abs):
        # An analytic function vanishes to finite order.
        return (LOG,)
    if isinstance(expr, log) and isinstance(expr.args[0], Add):
        return _bounds_of_log(expr, at)
    return expand(expr, at).scales()


def _bounds_of_log(expr: Expr, at: Place) -> tuple[Scale, ...]:
    """|log Σ h_i| ≤ max |log h_i| + log n for positive h_i, whichever of them is the greatest."""
    try:
        return expand(expr, at).scales()
    except Split:
        logs = [log(term) for term in expr.args[0].args]
        return tuple(dict.fromkeys([ONE, *(m for each in logs for m in expand(each, at).scales())]))


# Inside the support


def _inside(f: Expr, x: Symbol, law: Law, known: Known) -> Iterator[Site]:
    support = law.support
    harmless_logs = isinstance(support, Continuum) and not has_nested_log(_log_density(law, x), x)
    points: dict[Expr, None] = {}
    for kind, h in suspects(f, x):
        if kind == "gamma":
            slope, _ = poles(h, x)
            yield lambda q, h=h, slope=slope: _gamma_inside(q, h, slope)  # type: ignore[misc]
        elif not (kind == "log" and harmless_logs):
            points.update(dict.fromkeys(zeros(h, x, support, known)))
    for point in points:
        if _certainly_outside(point, support, known):
            continue
        yield lambda q, point=point: _inner_point(q, point)  # type: ignore[misc]


def _certainly_outside(point: Expr, support: Support, known: Known) -> bool:
    return point == support.lower or point == support.upper


def _inner_point(q: Question, point: Expr) -> int:
    """f at a point that lies in the support or not, from both sides."""
    support = q.law.support
    for end, side in ((support.lower, 1), (support.upper, -1)):
        if not end.is_infinite and sign(side * (point - end), q.known) <= 0:
            return FINITE
    if isinstance(support, Lattice):
        steps = (point - support._anchor()) / support.step
        if steps.is_integer is False:
            return FINITE
        if not steps.is_integer:
            raise Undecided(f"whether {point} is a point of the support")
        return _at_point(q, point)
    sides = {_at_end(q, End(point, side)) for side in (1, -1)}
    sides.discard(FINITE)
    return sides.pop() if len(sides) == 1 else INFINITE if sides else FINITE


def _gamma_inside(q: Question, h: Expr, slope: Expr) -> int:
    """The argument of a gamma function must be positive on the support; a pole at its end is seen there."""
    support = q.law.support
    low, high = (support.lower, support.upper) if sign(slope, q.known) > 0 else (support.upper, support.lower)
    if low.is_infinite:
        raise Undecided(f"the gamma function of {h} has poles in the support")
    value = h.xreplace({q.x: low})
    if sign(value, q.known) >= 0:
        return FINITE
    if isinstance(support, Lattice) and value.is_integer:
        return INFINITE
    raise Void


