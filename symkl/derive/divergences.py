"""Divergences other than D_KL in closed form: exactly on finitely many outcomes, else through D_KL or an α-integral.

∫ p^α q^(1−α) is the mass of the unnormalised density p^α q^(1−α), which the standard forms know, or the expectation of
(p/q)^(α−1) under P; it is taken where one of the two comes out whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Add, And, Eq, Expr, Gt, Lt, Mul, Ne, Or, Piecewise, S, Symbol, exp, expand, expand_log, log, nan, oo, sqrt, zoo
from sympy.logic.boolalg import Boolean, to_dnf

from symkl.core.density import Density, is_positive_law
from symkl.core.divergences import (
    Bhattacharyya,
    Chi2,
    Divergence,
    Hellinger,
    Jeffreys,
    JensenShannon,
    MutualInformation,
    PowerDivergence,
    Renyi,
    TotalVariation,
    Tsallis,
)
from symkl.core.heads import KL, Expectation
from symkl.core.hooks import resolve
from symkl.core.laws import Law, bound_variable
from symkl.core.supports import Continuum, Lattice, at_most
from symkl.derive.crossings import shannon_by_cells, variation_by_cells
from symkl.derive.kinked_mass import mass_in_either_order
from symkl.derive.masses import continuous_mass
from symkl.derive.measures import derive
from symkl.derive.settle import apart, settle
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.expect.finiteness import finite_condition
from symkl.expect.rules.finite_sum import FEW, mass
from symkl.families.finite import Finite
from symkl.form.facts import Facts
from symkl.form.textbook import textbook

__all__ = [
    "bhattacharyya",
    "chi2",
    "hellinger",
    "jeffreys",
    "jensen_shannon",
    "mutual_information",
    "renyi",
    "total_variation",
    "tsallis",
    "value",
]

# Atoms of a condition that is brought to disjunctive form.
MOST_ATOMS = 8
RULES = ("finitely many outcomes", "mass of p^α q^(1−α) by a standard form", "expectation of (p/q)^(α−1)")


def jeffreys(P: Any, Q: Any, *, base: Any = None) -> Expr:
    """J(P, Q) = D_KL(P ‖ Q) + D_KL(Q ‖ P), in nats unless `base` is given.

    >>> from symkl import jeffreys, Poisson
    >>> jeffreys(Poisson, Poisson)
    (lam_1 - lam_2)*log(lam_1/lam_2)
    """
    return Jeffreys(P, Q, base=base).doit()


def jensen_shannon(*laws: Any, weights: Any = None, base: Any = None) -> Expr:
    """JSD(P_1, …, P_n) = Σ w_i D_KL(P_i ‖ Σ w_j P_j), equal weights and nats unless given; closed for finite laws, and densities in
    constant ratios.

    >>> from symkl import Finite, jensen_shannon
    >>> jensen_shannon(Finite([1, 0]), Finite([0, 1]))
    log(2)
    """
    return JensenShannon(*laws, weights=weights, base=base).doit()


def renyi(P: Any, Q: Any, alpha: Any, *, base: Any = None) -> Expr:
    """D_α(P ‖ Q) = log ∫ p^α q^(1−α) / (α − 1), in nats unless `base` is given; D_KL at α = 1.

    >>> from symkl import renyi, Normal
    >>> renyi(Normal(0, 1), Normal(1, 1), 3)
    3/2
    """
    return Renyi(P, Q, alpha, base=base).doit()


def tsallis(P: Any, Q: Any, alpha: Any) -> Expr:
    """T_α(P ‖ Q) = (∫ p^α q^(1−α) − 1) / (α − 1), and D_KL at α = 1."""
    return Tsallis(P, Q, alpha).doit()


def bhattacharyya(P: Any, Q: Any, *, base: Any = None) -> Expr:
    """D_B(P, Q) = −log ∫ √(p q), in nats unless `base` is given; oo for laws on disjoint sets."""
    return Bhattacharyya(P, Q, base=base).doit()


def hellinger(P: Any, Q: Any) -> Expr:
    """H(P, Q) = √(1 − ∫ √(p q)), in [0, 1]."""
    return Hellinger(P, Q).doit()


def chi2(P: Any, Q: Any) -> Expr:
    """χ²(P ‖ Q) = ∫ p²/q − 1; oo where P is not absolutely continuous with respect to Q.

    >>> from symkl import chi2, Exponential
    >>> chi2(Exponential(1), Exponential(2)), chi2(Exponential(3), Exponential(2))
    (oo, 1/8)
    """
    return Chi2(P, Q).doit()


def total_variation(P: Any, Q: Any) -> Expr:
    """TV(P, Q) = ½ ∫ |p − q|, in [0, 1]; closed for finite laws, and where the zeros of p − q are known.

    >>> from sympy import Rational as R
    >>> from symkl import Finite, total_variation
    >>> total_variation(Finite([R(7, 10), R(3, 10)]), Finite([R(1, 2), R(1, 2)]))
    1/5
    """
    return TotalVariation(P, Q).doit()


def mutual_information(joint: Any, first: Any = None, second: Any = None, given: Any = (), *, base: Any = None) -> Expr:
    """I(X; Y | Z) = H(X, Z) + H(Y, Z) − H(Z) − H(X, Y, Z) of coordinates of a finite joint law, by name or position.

    >>> from sympy import Rational
    >>> from symkl import Joint, mutual_information
    >>> xor = Joint({(x, y, x ^ y): Rational(1, 4) for x in (0, 1) for y in (0, 1)})
    >>> mutual_information(xor, "X", "Y"), mutual_information(xor, "X", "Y", given="Z", base=2)
    (0, 1)
    """
    return MutualInformation(joint, first, second, given, base=base).doit()


@lru_cache(maxsize=512)
def value(head: Divergence) -> Expr:
    """What `.doit()` of a divergence gives; `NoClosedForm` where no rule finds it."""
    if not isinstance(head, MutualInformation) and (names := apart(head.laws, head.free_symbols)):
        # A parameter, or an order, that bears the name of a variable of the derivation.
        renamed: Any = head
        return value(renamed.xreplace(names)).xreplace({new: old for old, new in names.items()})
    found = resolve("finite")(head)
    if found is not None:
        return _with_limit(head, found, head.base) if isinstance(head, (Renyi, Tsallis)) else found
    if isinstance(head, MutualInformation):
        raise DomainError(f"{head}: mutual information is that of a joint law on finitely many outcomes")
    laws = head.laws
    if all(law == laws[0] for law in laws):
        return S.Zero
    listed = _listed(head) if isinstance(head, (JensenShannon, TotalVariation)) else None
    if listed is not None:
        return listed
    nats = _closed(head)
    return nats if nats is oo or head.base is S.Exp1 else _scaled(nats, log(head.base))


def _scaled(nats: Expr, unit: Expr) -> Expr:
    return _joined([(each if each is oo else each / unit, condition) for each, condition in _branches(nats)])


def _listed(head: Divergence) -> Expr | None:
    """The measure of the laws as lists of masses, where all are on the same few points."""
    points = head.laws[0].support.points(FEW) if isinstance(head.laws[0].support, Lattice) else None
    if points is None or any(law.support != head.laws[0].support for law in head.laws):
        return None
    lists: dict[Any, Any] = {law: Finite({x: mass(law, x) for x in points}) for law in head.laws}
    found: Expr | None = resolve("finite")(head.func(*(lists.get(each, each) for each in head.args)))
    return found


def _closed(head: Divergence) -> Expr:
    """The measure in nats."""
    P, Q = head.laws[:2]
    if isinstance(head, Jeffreys):
        return _sum_of_both(P, Q)
    if isinstance(head, (JensenShannon, TotalVariation)):
        if (found := _by_cells(head)) is not None:
            return found
        asked = "cells on which p − q keeps its sign" if isinstance(head, TotalVariation) else "cells on which the ratios are constant"
        raise NoClosedForm(f"{head} has no closed form that is known here; evaluate() gives its number.", (RULES[0], asked))
    assert isinstance(head, PowerDivergence)
    if head.order == 1:
        return derive(KL(P, Q)).result
    if head.order is oo:
        raise NoClosedForm(f"{head}: the supremum of p/q is known in closed form for finite laws only; evaluate() gives its number on intervals.", RULES[:1])
    return _with_limit(head, _from_power(head, P, Q, head.order))


def _by_cells(head: Divergence) -> Expr | None:
    settled = settle(head.laws)
    if not all(isinstance(law.support, (Continuum, Lattice)) for law in settled.laws):
        return None
    if isinstance(head, JensenShannon):
        found = shannon_by_cells(settled.laws, head.weights, settled.facts)
    else:
        P, Q = settled.laws
        found = variation_by_cells(P, Q, settled.facts)
    return None if found is None else settled.restore(found)


def _with_limit(head: PowerDivergence, found: Expr, base: Expr = S.Exp1) -> Expr:
    """The value with D_KL where the order is one, if the form has no value there."""
    order: Any = head.order
    singular = (nan, zoo, oo, -oo)
    if (order - 1).is_nonzero or not order.is_Symbol or not any(v.xreplace({order: S.One}).has(*singular) for v, _ in _branches(found) if v is not oo):
        return found
    limit = derive(KL(*head.laws[:2], base=base)).result
    return _joined([(v, And(Eq(order, 1), condition)) for v, condition in _branches(limit)] + list(_branches(found)))


def _sum_of_both(P: Law, Q: Law) -> Expr:
    """D_KL(P ‖ Q) + D_KL(Q ‖ P); both are ≥ 0, so the sum is oo where one is."""
    settled = settle((P, Q))
    one, other = (derive(KL(*pair)).result for pair in (settled.laws, settled.laws[::-1]))
    cases = []
    for left, here in _branches(one):
        for right, there in _branches(other):
            total = oo if oo in (left, right) else textbook(expand(left + right), settled.facts)
            cases.append((total, And(here, there)))
    return settled.restore(_joined(cases))


def _branches(expr: Expr) -> tuple[Any, ...]:
    return expr.args if isinstance(expr, Piecewise) else ((expr, S.true),)


def _joined(cases: list[tuple[Expr, Any]]) -> Expr:
    """The first case whose condition holds; neighbours with one value are one."""
    kept: list[tuple[Expr, Any]] = []
    for each, condition in reversed([case for case in cases if case[1] is not S.false]):
        if kept and kept[-1][0] == each:
            kept[-1] = (each, Or(kept[-1][1], condition))
        else:
            kept.append((each, condition))
    kept.reverse()
    return kept[0][0] if kept[0][1] is S.true else Piecewise(*kept)


def _from_power(head: Divergence, P: Law, Q: Law, alpha: Expr) -> Expr:
    """The measure from S = ∫ p^α q^(1−α), branch by branch."""
    total = power_integral(head, P, Q, alpha)
    cases = [(_of_power(head, each, alpha), condition) for each, condition in _branches(total)]
    return _joined([(_at(each, c, alpha), c) for each, c in cases])


def _at(value: Any, condition: Any, alpha: Expr) -> Expr:
    """The value with the order put in, where the condition says what it is."""
    return value.subs(*condition.args) if isinstance(condition, Eq) and condition.lhs == alpha and value is not oo else value


def _of_power(head: Divergence, total: Expr, alpha: Expr) -> Expr:
    if total is oo:  # then the order is above one
        return oo
    if isinstance(head, (Bhattacharyya, Renyi)):
        if total == 0:
            return oo
        found = -_logarithm(total) if isinstance(head, Bhattacharyya) else _logarithm(total) / (alpha - 1)
    elif isinstance(head, Hellinger):
        return sqrt(1 - total)
    else:
        found = total - 1 if isinstance(head, Chi2) else (total - 1) / (alpha - 1)
    return found if found.has(oo) else textbook(found, Facts())


def _logarithm(total: Expr) -> Expr:
    """log S for S > 0, factor by factor: a base with a power that is no integer is positive, what else has no known sign stays together."""
    parts: list[Expr] = []
    rest: list[Expr] = []
    for factor in Mul.make_args(total):
        if isinstance(factor, exp):
            parts.append(factor.args[0])
            continue
        base, exponent = factor.as_base_exp()
        if base.is_positive or exponent.is_integer is not True:
            parts.append(exponent * expand_log(log(base)))
        else:
            rest.append(factor)
    return Add(*parts, log(Mul(*rest)))


@lru_cache(maxsize=512)
def power_integral(head: Divergence, P: Law, Q: Law, alpha: Expr) -> Expr:
    """∫ p^α q^(1−α), a `Piecewise` where it is finite under a condition; `NoClosedForm` names the rules that were asked."""
    settled = settle((P, Q))
    (P, Q), facts = settled.laws, settled.facts
    x = bound_variable(P, Q)
    within, around = P.support.within(Q.support), Q.support.within(P.support)
    beyond = (alpha - 1).is_positive
    if within is not S.true and beyond is not False and not is_positive_law(P):
        raise Undecided(f"{head}: whether {P} has mass outside {Q.support.shown} is not decided: it is not seen to be positive on all of its support")
    if within is S.false and beyond:
        return oo
    if beyond is None and within is not S.true:
        raise NoClosedForm(f"{head}: P is not absolutely continuous with respect to Q, so say whether the order is above 1.", RULES[:1])
    if not beyond and S.true not in (within, around):
        common = _common(P, Q)
        if common is None:
            raise NoClosedForm(f"{head}: neither support is known to lie in the other.", RULES[:1])
        whole = S.Zero if common is S.EmptySet else _mass(Density.from_log(_mixed(P, Q, alpha, x), x, common), facts)
        if whole is None:
            raise NoClosedForm(f"{head}: ∫ p^α q^(1−α) did not come out whole.", RULES[:2])
        return settled.restore(textbook(whole, facts))
    smaller, larger = (P, Q) if within is S.true or beyond else (Q, P)
    order = alpha if smaller is P else 1 - alpha
    found = _under(smaller, larger, order, x, facts, within if beyond else S.true)
    if found is None:
        raise NoClosedForm(f"{head}: ∫ p^α q^(1−α) did not come out whole.", RULES)
    return settled.restore(found)


def _common(P: Law, Q: Law) -> Any:
    """The interval that two overlapping ones share, where the order of their ends is known; the empty set where they share none."""
    one, other = P.support, Q.support
    if not (isinstance(one, Continuum) and isinstance(other, Continuum)):
        return None
    lower = _later(one.lower, other.lower, at_most(one.lower, other.lower))
    upper = _later(other.upper, one.upper, at_most(one.upper, other.upper))
    if lower is None or upper is None:
        return None
    empty = at_most(upper, lower)
    return S.EmptySet if empty is S.true else Continuum(lower, upper) if empty is S.false else None


def _later(a: Expr, b: Expr, ordered: Boolean) -> Expr | None:
    return b if ordered is S.true else a if ordered is S.false else None


def _mixed(P: Law, Q: Law, alpha: Expr, x: Symbol) -> Expr:
    """α log p + (1 − α) log q."""
    return expand(alpha * P.log_density(x) + (1 - alpha) * Q.log_density(x))


def _under(P: Law, Q: Law, alpha: Expr, x: Symbol, facts: Facts, inside: Boolean) -> Expr | None:
    """∫ p^α q^(1−α) over the support of P, which lies in that of Q where `inside` holds; oo elsewhere."""
    ratio = expand((alpha - 1) * (P.log_density(x) - Q.log_density(x)))
    given = And(inside, *(condition for each in (P, Q) for condition in each.conditions))
    try:
        tails = _interior(finite_condition(exp(ratio), x, P, facts, given))
    except Undecided:
        return None
    if tails is S.false:
        return oo
    finite = And(tails, inside)
    more = Facts.of([finite])
    known = Facts(facts.positive + more.positive, facts.nonnegative + more.nonnegative)
    total = _mass(Density.from_log(_mixed(P, Q, alpha, x), x, P.support), known)
    if total is not None:
        cases: list[tuple[Expr, Any]] = [(textbook(each, known), And(condition, finite)) for each, condition in _branches(total)]
        return _joined([*cases, (oo, S.true)] if finite is not S.true else cases)
    found = derive(Expectation(exp(ratio), x, P))
    if found.status == "semi-closed":
        return None
    # The integrand is positive, so where it has no finite integral the integral is infinite.
    result: Any = found.result.replace(lambda each: each is S.NaN, lambda each: oo)
    if inside is S.true:
        return result
    return _joined([*((each, And(condition, inside)) for each, condition in _branches(result)), (oo, S.true)])


def _mass(law: Density, facts: Facts) -> Expr | None:
    """∫ of an unnormalised density by a standard form or an antiderivative, else None."""
    if law.is_discrete:
        return None
    found = continuous_mass(law, facts)
    return mass_in_either_order(law, facts) if found is None else found


def _interior(condition: Boolean) -> Boolean:
    """The condition without cases that contradict themselves, such as a = b and c < a and c > b."""
    if isinstance(condition, (And, Or)) and len(condition.atoms(Gt, Lt, Eq, Ne)) <= MOST_ATOMS:
        cases = [case for case in Or.make_args(to_dnf(condition)) if not _contradicts(case)]
        return Or(*cases)
    return condition


def _contradicts(case: Boolean) -> bool:
    parts = And.make_args(case)
    return any(Lt(*part.args) in parts or Eq(*part.args) in parts for part in parts if isinstance(part, Gt)) or any(
        Eq(*part.args) in parts for part in parts if isinstance(part, Lt)
    )
