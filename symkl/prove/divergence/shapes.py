"""Equivalent shapes of a claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import gcd, lcm

from sympy.core.intfunc import integer_nthroot

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.terms import Call, Constant, Measure, Plus, Pow, Relation, Scalar, Times, bare, factors_of, negative, plus, terms_of, times

__all__ = ["cleared", "exponentials", "in_nats", "isolated", "linearised", "logarithms", "powered", "squared", "to_power", "without_inverses"]

ZERO = Constant(Fraction(0))
ONE, HALF = Constant(Fraction(1)), Constant(Fraction(1, 2))


def logarithms(relation: Relation) -> Relation | None:
    """exp(u) ≤ v as u ≤ log v, and u ≤ exp(v) as log u ≤ v; None for any other relation."""
    if relation.sign not in ("<=", "<") or not any(isinstance(side, Call) and side.function == "exp" for side in (relation.left, relation.right)):
        return None
    return Relation(_logarithm(relation.left), relation.sign, _logarithm(relation.right))


def _logarithm(node: Scalar) -> Scalar:
    return node.argument if isinstance(node, Call) and node.function == "exp" else Call("log", node)


def exponentials(relation: Relation) -> tuple[Relation, Relation, Fraction] | None:
    """u ≤ v as exp(c u) ≤ exp(c v), with c u ≤ c v and 1/c, where both sides are multiples of logarithms, of Rényi divergences among them.

    By c what stands under the logarithms has whole powers, ∫ p^a q^(1 − a) for D_a, and no power at all where every a > 1 is the same. None if
    there is no such divergence.
    """
    if relation.sign not in ("<=", "<"):
        return None
    sizes: list[Fraction] = []
    logs = whole = False
    for side in (relation.left, relation.right):
        (scale, kind), logs = _scaled_logarithm(side), logs or isinstance(bare(side), Measure)
        if kind is None:
            return None
        if isinstance(kind, Measure):
            order = kind.parameters[0] if kind.parameters else HALF
            if not isinstance(order, Constant) or order.value == 1:
                return None
            sizes += [abs(order.value - 1) / abs(scale) if kind.head == "Renyi" else Fraction(1)]
            whole = whole or order.value < 1
        whole = whole or not isinstance(kind, Measure)
    if not logs:
        return None
    c = max([*sizes, Fraction(whole)])
    scaled = Relation(times(Constant(c), relation.left), relation.sign, times(Constant(c), relation.right)) if c != 1 else relation
    return Relation(_exponential(scaled.left), scaled.sign, _exponential(scaled.right)), scaled, 1 / c


def _exponential(node: Scalar) -> Scalar:
    """exp of a term, as the checker writes it."""
    return node.argument if isinstance(node, Call) and node.function == "log" else Call("exp", node)


def _scaled_logarithm(side: Scalar) -> tuple[Fraction, Scalar | None]:
    """The number before a logarithm, a Rényi divergence or that of Bhattacharyya, and what it stands before; None for anything else."""
    kind = bare(side)
    plain = isinstance(kind, Constant) or (isinstance(kind, Call) and kind.function == "log") or (isinstance(kind, Measure) and kind.head in ("Renyi", "Bhattacharyya"))
    return _coefficient(side), kind if plain else None


def in_nats(relation: Relation) -> Relation:
    """Both sides times log b where a measure is divided by log b, the number b > 1: what is said in another unit."""
    units = [unit for side in (relation.left, relation.right) for term in terms_of(side) for unit in _units(term)]
    if not units:
        return relation
    unit = units[0]
    left, right = (plus(*(_times_unit(term, unit) for term in terms_of(side))) for side in (relation.left, relation.right))
    return in_nats(Relation(left, relation.sign, right))


def without_inverses(relation: Relation) -> Relation:
    """log(u/v) as log u − log v, where all factors but one at most are evidently not negative: either is defined where the other is."""
    return Relation(_without_inverses(relation.left), relation.sign, _without_inverses(relation.right))


def _without_inverses(node: Scalar) -> Scalar:
    if isinstance(node, (Plus, Times)):
        parts = [_without_inverses(each) for each in node.parts]
        return plus(*parts) if isinstance(node, Plus) else times(*parts)
    if not isinstance(node, Call) or node.function != "log":
        return node
    factors = factors_of(node.argument)
    unclear = [each for each in factors if not evidently_nonnegative(scalar_json(each.base if isinstance(each, Pow) else each))]
    if not any(map(_is_inverse, factors)) or len(unclear) > 1 or any(isinstance(each, Constant) for each in unclear):
        return node
    return plus(*(_logarithm_of_power(each) for each in factors))


def _is_inverse(node: Scalar) -> bool:
    return isinstance(node, Pow) and node.exponent < 0


def _logarithm_of_power(node: Scalar) -> Scalar:
    """log u, and log(1/u^e) as −log u^e."""
    if not isinstance(node, Pow) or not _is_inverse(node):
        return Call("log", node)
    return negative(_without_inverses(Call("log", node.base if node.exponent == -1 else Pow(node.base, -node.exponent))))


def _units(term: Scalar) -> list[Call]:
    """The logarithms of numbers b > 1 by which the term is divided."""
    found = [each.base for each in factors_of(term) if isinstance(each, Pow) and each.exponent == -1 and isinstance(each.base, Call)]
    return [each for each in found if each.function == "log" and isinstance(each.argument, Constant) and each.argument.value > 1]


def _times_unit(term: Scalar, unit: Call) -> Scalar:
    factors = list(factors_of(term))
    inverse = Pow(unit, Fraction(-1))
    if inverse not in factors:
        return times(term, unit)
    factors.remove(inverse)
    return times(*factors) if factors else Constant(Fraction(1))


def squared(relation: Relation, depth: int = 0) -> Relation | None:
    """left ≤ right as left² ≤ right², where a root or a distance stands alone on one side; None if there is none."""
    if relation.sign in ("=", "!=") or depth > 1:
        return None
    if not any(_has_root(side) or (depth == 0 and _is_distance(side)) for side in (relation.left, relation.right)):
        return None
    return Relation(_square(relation.left), relation.sign, _square(relation.right))


def powered(relation: Relation) -> tuple[Relation, Fraction] | None:
    """u^a v^b ≤ w^c as the same relation of powers e of both sides, which make the exponents whole and coprime; with e, None where e = 1."""
    if relation.sign not in ("<=", "<"):
        return None
    sides = [factors_of(side) for side in (relation.left, relation.right)]
    powers = [each.exponent if isinstance(each, Pow) else Fraction(1) for side in sides for each in side if not isinstance(each, Constant)]
    if not powers or min(powers) <= 0 or any(isinstance(side, Plus) for side in (relation.left, relation.right)):
        return None
    e = Fraction(lcm(*(power.denominator for power in powers)), gcd(*(power.numerator for power in powers)))
    raised = [[to_power(each, e) for each in side] for side in sides]
    if e == 1 or any(each is None for side in raised for each in side):
        return None
    left, right = (times(*(each for each in side if each is not None)) for side in raised)
    return Relation(left, relation.sign, right), e


def to_power(node: Scalar, e: Fraction) -> Scalar | None:
    """A factor to the power e; None for a number without such a power."""
    if isinstance(node, Constant):
        roots = [integer_nthroot(part, e.denominator) for part in (node.value.numerator, node.value.denominator)] if node.value > 0 else []
        return Constant(Fraction(int(roots[0][0]), int(roots[1][0])) ** e.numerator) if roots and all(exact for _, exact in roots) else None
    base, exponent = (node.base, node.exponent * e) if isinstance(node, Pow) else (node, e)
    return base if exponent == 1 else Pow(base, exponent)


def _is_distance(node: Scalar) -> bool:
    parts = factors_of(node)
    return any(isinstance(each, Measure) and each.head in ("TotalVariation", "Hellinger") for each in parts)


def _has_root(node: Scalar) -> bool:
    if isinstance(node, Pow):
        return node.exponent.denominator == 2
    return isinstance(node, Times) and any(_has_root(each) for each in node.parts)


def _square(node: Scalar) -> Scalar:
    if isinstance(node, Pow):
        exponent = node.exponent * 2
        return node.base if exponent == 1 else Pow(node.base, exponent)
    if isinstance(node, Times):
        return times(*(_square(each) for each in node.parts))
    return Pow(node, Fraction(2))


def isolated(relation: Relation) -> Relation | None:
    """left ≤ right with the one root or exponential of a sum alone on its side; None if there is none, or it stands alone."""
    terms = [*terms_of(relation.right), *map(negative, terms_of(relation.left))]
    odd = [each for each in terms if _has_root(each) or any(isinstance(f, Call) and f.function == "exp" for f in factors_of(each))]
    if len(odd) != 1 or relation.sign not in ("<=", "<") or odd[0] in (relation.right, negative(relation.left)):
        return None
    rest = plus(*(each for each in terms if each is not odd[0]))
    if _coefficient(odd[0]) > 0:
        return Relation(negative(rest), relation.sign, odd[0])
    return Relation(negative(odd[0]), relation.sign, rest)


def cleared(relation: Relation, continuous: Collection[str]) -> tuple[Relation, list[Pow]] | None:
    """left ≤ right times what is divided by in it and is evidently not negative, and the inverses by which it comes back; None if there is none."""
    found: dict[Scalar, Pow] = {}
    for side in (relation.left, relation.right):
        for each in (f for term in terms_of(side) for f in factors_of(term)):
            if isinstance(each, Pow) and each.exponent < 0 and evidently_nonnegative(scalar_json(each.base), continuous):
                found[each.base] = min(each, found.get(each.base, each), key=lambda power: power.exponent)
    if not found or relation.sign not in ("<=", "<"):
        return None
    sides = [_times_side(side, found) for side in (relation.left, relation.right)]
    return Relation(sides[0], relation.sign, sides[1]), list(found.values())


def _times_side(side: Scalar, inverses: Mapping[Scalar, Pow]) -> Scalar:
    """A side times every base, where the terms without an inverse stay together."""
    terms = terms_of(side)
    divided = [term for term in terms if any(isinstance(f, Pow) and f.base in inverses and f.exponent < 0 for f in factors_of(term))]
    plain = plus(*(term for term in terms if term not in divided))
    return plus(*(_times_all(term, inverses) for term in divided), *((_times_all(plain, inverses),) if plain != ZERO else ()))


def _times_all(term: Scalar, inverses: Mapping[Scalar, Pow]) -> Scalar:
    """The term times every base to the power that clears it."""
    rest = {base: -inverse.exponent for base, inverse in inverses.items()}
    kept = []
    for each in factors_of(term):
        if isinstance(each, Pow) and each.exponent < 0 and each.base in rest:
            rest[each.base] += each.exponent
        else:
            kept.append(each)
    return times(*kept, *(base if e == 1 else Pow(base, e) for base, e in rest.items() if e))


def _coefficient(term: Scalar) -> Fraction:
    first = factors_of(term)[0]
    return first.value if isinstance(first, Constant) else Fraction(1)


def linearised(node: Scalar) -> Scalar:
    """The expression with u − 1 in the place of log u, and so Tsallis' divergences in the place of Rényi's."""
    if isinstance(node, (Plus, Times)):
        parts = [linearised(each) for each in node.parts]
        return plus(*parts) if isinstance(node, Plus) else times(*parts)
    if isinstance(node, Call) and node.function == "log" and not isinstance(node.argument, Constant):
        return plus(node.argument, negative(ONE))
    if isinstance(node, Measure) and node.head == "Renyi" and node.parameters != (ONE,):
        return Measure("Tsallis", node.laws, node.parameters)
    if isinstance(node, Measure) and node.head == "Bhattacharyya":
        return times(HALF, Measure("Tsallis", node.laws, (HALF,)))
    return node
