"""Measures of laws on finitely many outcomes, exact: a `LogSum` for rational masses, a SymPy expression for others.

Natural logarithms throughout; `LogSum.over` or division by log(b) changes the base. P first, Q second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from sympy import Abs, Add, Basic, Expr, Max, Mul, Piecewise, Pow, Rational, S, exp, log, oo, sqrt, sympify

from symkl.core.composite import Mixture
from symkl.core.laws import Law
from symkl.core.supports import Lattice, Outcomes
from symkl.errors import DomainError
from symkl.exact.logparse import as_fraction
from symkl.exact.logsum import LogSum
from symkl.families.masses import outcome as labelled

__all__ = [
    "MEASURES",
    "affinity",
    "bhattacharyya",
    "chi2",
    "conditional_mutual_information",
    "cross_entropy",
    "entropy",
    "hellinger",
    "jeffreys",
    "jensen_shannon",
    "kl",
    "masses_of",
    "mutual_information",
    "renyi",
    "total_variation",
    "tsallis",
]

Masses = dict[Basic, Expr]
# Common denominators of more bits than this are not formed: every logarithm then keeps its own rational weight.
COMMON_BITS = 4096
# Powers with larger exponents are not worked out.
MOST_EXPONENT = 2048


def masses_of(law: Law | Mapping[Any, Any] | Sequence[Any]) -> Masses:
    """{outcome: probability} of a law on finitely many outcomes, of a mapping, or of a list; outcomes of probability 0 left out."""
    if isinstance(law, Mapping):
        pairs: Iterable[tuple[Any, Any]] = law.items()
    elif not isinstance(law, Law):
        pairs = enumerate(law)
    elif isinstance(law, Mixture):
        pairs = _mixed(law).items()
    elif hasattr(law, "outcomes"):
        pairs = zip(law.outcomes, law.probabilities)  # type: ignore[attr-defined]
    else:
        pairs = ((point, _at(law, point)) for point in _points(law))
    return {label if isinstance(label, Basic) else labelled(label, Law): mass for label, mass in _valued(pairs) if mass != 0}


def _mixed(law: Mixture) -> Masses:
    """Σ w_i p_i, outcome by outcome."""
    total: Masses = {}
    for weight, component in zip(law.weights, law.components):
        for outcome, mass in masses_of(component).items():
            total[outcome] = total.get(outcome, S.Zero) + weight * mass
    return total


def _valued(pairs: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Expr]]:
    for outcome, mass in pairs:
        value: Any = (
            mass
            if isinstance(mass, Basic)
            else Rational(mass.numerator, mass.denominator)
            if isinstance(mass, Fraction)
            else sympify(mass, strict=True)
        )
        # Rationals by their numerator: SymPy's assumptions cost more than everything else here.
        if value.p < 0 if isinstance(value, Rational) else value.is_negative:
            raise DomainError(f"the probability of {outcome} is {value}, which is negative")
        yield outcome, value


def _points(law: Law) -> tuple[Any, ...]:
    support = law.support
    points = support.points(1_000_000) if isinstance(support, (Lattice, Outcomes)) else None
    if points is None:
        raise DomainError(f"{law} does not have a known finite number of outcomes")
    return points


def _at(law: Law, point: Any) -> Expr:
    """p(point) as an exact number: exponentials of logarithms of rationals come back as rationals."""
    density = law.log_density(point)
    logarithms = LogSum.from_sympy(density.expand())
    if logarithms is None:
        return law.density(point)
    number = Fraction(1)
    for base, c in logarithms.log_terms.items():
        if c.denominator != 1:
            return law.density(point)
        number *= Fraction(base) ** int(c)
    return Rational(number.numerator, number.denominator)


# -- logarithmic measures --------------------------------------------------------------------------------------------


def kl(P: Any, Q: Any) -> Expr:
    """D_KL(P ‖ Q) = Σ p log(p/q); oo where P has an outcome that Q lacks.

    >>> kl([Fraction(7, 10), Fraction(3, 10)], [Fraction(1, 2), Fraction(1, 2)])
    7*log(7)/10 + 3*log(3)/10 - log(5)
    """
    p, q = masses_of(P), masses_of(Q)
    if any(outcome not in q for outcome in p):
        return oo
    return _weighted_logs([(mass, mass, 1) for mass in p.values()] + [(mass, q[outcome], -1) for outcome, mass in p.items()])


def entropy(P: Any) -> Expr:
    """H(P) = −Σ p log p."""
    return _weighted_logs([(mass, mass, -1) for mass in masses_of(P).values()])


def cross_entropy(P: Any, Q: Any) -> Expr:
    """H(P, Q) = −Σ p log q; oo where P has an outcome that Q lacks."""
    p, q = masses_of(P), masses_of(Q)
    if any(outcome not in q for outcome in p):
        return oo
    return _weighted_logs([(mass, q[outcome], -1) for outcome, mass in p.items()])


def _weighted_logs(terms: Sequence[tuple[Expr, Expr, int]]) -> Expr:
    """Σ ± w log a over (w, a, ±1)."""
    if not all(isinstance(w, Rational) and isinstance(a, Rational) for w, a, _ in terms):
        return Add(*(Mul(sign, w, log(a)) for w, a, sign in terms))
    numbers: list[tuple[Any, Any, int]] = list(terms)
    denominator = _common(w.q for w, _, _ in numbers)
    total: dict[int, int | Fraction] = {}
    get = total.get
    for w, a, sign in numbers:
        weight: Any = sign * w.p * (denominator // w.q) if denominator else Fraction(sign * w.p, w.q)
        if a.p != 1:
            total[a.p] = get(a.p, 0) + weight
        if a.q != 1:
            total[a.q] = get(a.q, 0) - weight
    return LogSum.of(total, Fraction(1, denominator or 1))


def _common(denominators: Iterable[int]) -> int:
    """The least common denominator, or 0 if it would be very large."""
    common = 1
    for q in denominators:
        if common % q:
            common = common // gcd(common, q) * q
            if common.bit_length() > COMMON_BITS:
                return 0
    return common


def jeffreys(P: Any, Q: Any) -> Expr:
    """J(P, Q) = D(P ‖ Q) + D(Q ‖ P)."""
    return kl(P, Q) + kl(Q, P)


def jensen_shannon(*laws: Any, weights: Sequence[Any] | None = None) -> Expr:
    """JSD = H(Σ w_i P_i) − Σ w_i H(P_i), equal weights unless given.

    >>> jensen_shannon([1, 0], [0, 1])
    log(2)
    """
    shares = [Rational(1, len(laws))] * len(laws) if weights is None else [sympify(w, strict=True) for w in weights]
    if len(shares) != len(laws) or any(w.is_negative for w in shares) or Add(*shares) != 1:
        raise DomainError("jensen_shannon: one weight >= 0 for each law, and their sum must be 1")
    mixture: Masses = {}
    terms: list[tuple[Expr, Expr, int]] = []
    for w, law in ((w, law) for w, law in zip(shares, laws) if w != 0):
        for outcome, mass in masses_of(law).items():
            weighted = w * mass
            mixture[outcome] = mixture.get(outcome, S.Zero) + weighted
            terms.append((weighted, mass, 1))
    # One sum over one denominator: sums of logarithms over several cost fractions.
    return _weighted_logs([(mass, mass, -1) for mass in mixture.values()] + terms)


def mutual_information(joint: Any, first: Any = (0,), second: Any = (1,)) -> Expr:
    """I(X; Y) = H(X) + H(Y) − H(X, Y) of a law whose outcomes are tuples; coordinates by position, one or several."""
    masses, x, y = masses_of(joint), _positions(first), _positions(second)
    return _marginal_entropy(masses, x) + _marginal_entropy(masses, y) - _marginal_entropy(masses, x + y)


def conditional_mutual_information(joint: Any, first: Any, second: Any, given: Any) -> Expr:
    """I(X; Y | Z) = H(X, Z) + H(Y, Z) − H(Z) − H(X, Y, Z)."""
    masses = masses_of(joint)
    x, y, z = (_positions(each) for each in (first, second, given))
    return _marginal_entropy(masses, x + z) + _marginal_entropy(masses, y + z) - _marginal_entropy(masses, z) - _marginal_entropy(masses, x + y + z)


def _positions(coordinates: Any) -> tuple[int, ...]:
    return (coordinates,) if isinstance(coordinates, int) else tuple(coordinates)


def _marginal_entropy(masses: Masses, positions: tuple[int, ...]) -> Expr:
    kept = tuple(dict.fromkeys(positions))
    marginal: dict[Any, Expr] = {}
    for outcome, mass in masses.items():
        key = tuple(outcome.args[i] for i in kept)
        marginal[key] = marginal.get(key, S.Zero) + mass
    return _weighted_logs([(mass, mass, -1) for mass in marginal.values()])


# -- sums of powers --------------------------------------------------------------------------------------------------


def total_variation(P: Any, Q: Any) -> Expr:
    """TV(P, Q) = ½ Σ |p − q|."""
    p, q = masses_of(P), masses_of(Q)
    pairs: list[Any] = [(p.get(each, S.Zero), q.get(each, S.Zero)) for each in dict.fromkeys((*p, *q))]
    denominator = _common(v.q for pair in pairs for v in pair) if all(isinstance(v, Rational) for pair in pairs for v in pair) else 0
    if not denominator:
        return Add(*(Abs(a - b) for a, b in pairs)) / 2
    return Rational(sum(abs(a.p * (denominator // a.q) - b.p * (denominator // b.q)) for a, b in pairs), 2 * denominator)


def chi2(P: Any, Q: Any) -> Expr:
    """χ²(P ‖ Q) = Σ p²/q − 1; oo where P has an outcome that Q lacks."""
    return _power_sum(P, Q, S(2)) - 1


def _power_sum(P: Any, Q: Any, alpha: Expr) -> Expr:
    """Σ p^α q^(1−α)."""
    p, q = masses_of(P), masses_of(Q)
    within = all(outcome in q for outcome in p)
    if (alpha - 1).is_positive and not within:
        return oo
    common = Add(*(_power(mass, alpha) * _power(q[outcome], 1 - alpha) for outcome, mass in p.items() if outcome in q))
    return common if within or (alpha - 1).is_nonpositive else Piecewise((oo, alpha > 1), (common, True))


def _power(mass: Expr, exponent: Any) -> Expr:
    """mass^exponent; exponents whose powers would fill pages stay unevaluated."""
    return Pow(mass, exponent, evaluate=not _is_large(exponent))


def _is_large(exponent: Any) -> bool:
    return bool(exponent.is_Rational and max(abs(exponent.p), exponent.q) > MOST_EXPONENT)


def _by_largest_ratio(P: Any, Q: Any, order: Any) -> tuple[LogSum, Expr] | None:
    """(log M, Σ p (r/M)^(order − 1)) with r = p/q and M the largest r; None unless the order is large and the masses rational.

    No power of a mass is written: SymPy would work it out.
    """
    p, q = masses_of(P), masses_of(Q)
    if not _is_large(order) or order < 1 or any(outcome not in q for outcome in p):
        return None
    if not all(mass.is_Rational for mass in (*p.values(), *q.values())):
        return None
    ratios = {outcome: as_fraction(mass / q[outcome]) for outcome, mass in p.items()}
    largest = max(ratios.values())
    terms = (p[outcome] * exp((order - 1) * LogSum.log(ratio / largest)) if ratio < largest else p[outcome] for outcome, ratio in ratios.items())
    return LogSum.log(largest), Add(*terms)


def affinity(P: Any, Q: Any) -> Expr:
    """Σ √(p q), the Bhattacharyya coefficient."""
    return _power_sum(P, Q, S.Half)


def bhattacharyya(P: Any, Q: Any) -> Expr:
    """−log Σ √(p q); oo for laws without a common outcome."""
    p, q = masses_of(P), masses_of(Q)
    overlap = Add(*(sqrt(mass * q[outcome]) for outcome, mass in p.items() if outcome in q))
    return oo if overlap == 0 else _logarithm(overlap, Fraction(-1))


def hellinger(P: Any, Q: Any) -> Expr:
    """√(1 − Σ √(p q))."""
    p, q = masses_of(P), masses_of(Q)
    return sqrt(1 - Add(*(sqrt(mass * q[outcome]) for outcome, mass in p.items() if outcome in q)))


def renyi(P: Any, Q: Any, alpha: Any) -> Expr:
    """D_α(P ‖ Q) = log(Σ p^α q^(1−α)) / (α − 1); D(P ‖ Q) at α = 1, log max p/q at α = ∞."""
    order = sympify(alpha, strict=True)
    if order == 1:
        return kl(P, Q)
    if order.is_negative:
        raise DomainError(f"renyi: the order {alpha} must be >= 0")
    if order is oo:
        return _largest_ratio(P, Q)
    large = _by_largest_ratio(P, Q, order)
    if large is not None:
        return large[0] + log(large[1]) / (order - 1)
    total = _power_sum(P, Q, order)
    if total in (oo, 0):
        return oo
    return _logarithm(total, None) / (order - 1) if not order.is_Rational else _logarithm(total, 1 / as_fraction(order - 1))


def _largest_ratio(P: Any, Q: Any) -> Expr:
    p, q = masses_of(P), masses_of(Q)
    if any(outcome not in q for outcome in p):
        return oo
    return _logarithm(Max(*(mass / q[outcome] for outcome, mass in p.items())), Fraction(1))


def tsallis(P: Any, Q: Any, q: Any) -> Expr:
    """(Σ p^q q^(1−q) − 1) / (q − 1); D(P ‖ Q) at q = 1."""
    order = sympify(q, strict=True)
    if order == 1:
        return kl(P, Q)
    if order.is_extended_negative:
        raise DomainError(f"tsallis: the order {q} must be >= 0")
    if order is oo:
        raise DomainError("tsallis: the order must be finite")
    large = _by_largest_ratio(P, Q, order)
    total = _power_sum(P, Q, order) if large is None else exp((order - 1) * large[0]) * large[1]
    return (total - 1) / (order - 1)


def _logarithm(number: Expr, factor: Fraction | None) -> Expr:
    if isinstance(number, Rational) and factor is not None:
        return LogSum.log(as_fraction(number)) * factor
    weight = S.One if factor is None else Rational(factor.numerator, factor.denominator)
    return weight * log(number)


#: By the names of the heads.
MEASURES: dict[str, Callable[..., Expr]] = {
    "KL": kl,
    "Entropy": entropy,
    "CrossEntropy": cross_entropy,
    "Jeffreys": jeffreys,
    "JensenShannon": jensen_shannon,
    "Renyi": renyi,
    "Tsallis": tsallis,
    "Affinity": affinity,
    "Bhattacharyya": bhattacharyya,
    "Hellinger": hellinger,
    "Chi2": chi2,
    "TotalVariation": total_variation,
}
